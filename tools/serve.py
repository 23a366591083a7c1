"""`make run`: secret key, migrations, then a production server on 127.0.0.1:$PORT."""

import os
import secrets
import signal
import socket
import sys
from pathlib import Path

from tools import readiness

ROOT = Path(__file__).resolve().parent.parent
INSTANCE = Path(os.environ.get("NGONCO_INSTANCE", ROOT / "instance"))


def keep_secret_key() -> None:
    """Make a secret key once, on the disk for good; it and what is made later are its owner's
    alone.
    """
    from campaign.core.durable import PARTIAL, make_folder, whole_file

    os.umask(0o077)
    make_folder(INSTANCE)
    file = INSTANCE / "secret_key"
    if not file.exists():
        file.with_name(file.name + PARTIAL).unlink(missing_ok=True)
        with whole_file(file) as out:
            out.write(secrets.token_hex(32).encode())


def refuse_taken_port(port: int) -> None:
    """Say what to do when somebody else listens there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            sys.exit(
                f"Cổng {port} đang có chương trình khác dùng (có thể là một lần “make run” trước). "
                f"Hãy dừng chương trình ấy, hoặc chọn cổng khác: PORT={port + 1} make run"
            )


def prepared() -> str:
    """Bring the database to where the program stands; gives what is to be told about it."""
    keep_secret_key()
    from flask_migrate import upgrade

    from campaign.cli import prepare_migrations
    from campaign.database import revision_of
    from campaign.demo.commands import complete_catalogue, load_if_empty, who_can_sign_in
    from campaign.extensions import db
    from wsgi import app

    prepare_migrations(app)
    with app.app_context():
        with db.engine.connect() as connection:
            stands_at = revision_of(connection)
        if stands_at != readiness.newest_revision():
            upgrade()
        complete_catalogue()
        load_if_empty()
        return who_can_sign_in()


def is_usual() -> bool:
    """Whether this is the rehearsal in its own database, as `make run` makes it."""
    return os.environ["NGONCO_MODE"] == "demo" and "DATABASE_URL" not in os.environ


def main() -> None:
    """Prepare, then hand over to the server; a stop that comes meanwhile is obeyed at once."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    port = int(os.environ.get("PORT", "8000"))
    refuse_taken_port(port)
    os.environ.setdefault("NGONCO_MODE", "demo")
    os.umask(0o077)
    words = readiness.told(INSTANCE) if is_usual() else None
    if words is None:
        words = prepared()
        if is_usual():
            readiness.note(INSTANCE, words)
    print(words)
    print(f"Ngọn Cờ: http://127.0.0.1:{port}", flush=True)
    os.chdir(ROOT)
    os.execv(sys.executable, [sys.executable, "-m", "tools.server", "--port", str(port)])


if __name__ == "__main__":
    main()
