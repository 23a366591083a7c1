"""`make run`: secret key, migrations, then a production server on 127.0.0.1:$PORT; with
`DEMO=no` an office's own instance, empty at first, in a folder of its own.
"""

import os
import secrets
import signal
import socket
import sys
from pathlib import Path

from tools import readiness, settings

ROOT = Path(__file__).resolve().parent.parent
NO = {"no", "0", "false", "off"}


def instance() -> Path:
    """Where the data of this mode stand, as `config.py` has it."""
    folder = Path(os.environ.get("NGONCO_INSTANCE", ROOT / "instance"))
    return folder / "office" if os.environ.get("NGONCO_MODE") == "local" else folder


def choose_mode() -> None:
    """With the demo unless `DEMO=no` says otherwise."""
    if os.environ.get("DEMO", "").lower() in NO:
        os.environ["NGONCO_MODE"] = "local"
    os.environ.setdefault("NGONCO_MODE", "demo")


def keep_secret_key() -> None:
    """Make a secret key once, on the disk for good; it and what is made later are its owner's
    alone.
    """
    from campaign.core.durable import PARTIAL, make_folder, whole_file

    os.umask(0o077)
    try:
        make_folder(instance())
    except OSError:
        sys.exit("Không tạo được thư mục dữ liệu; hãy xem lại NGONCO_INSTANCE và quyền ghi.")
    file = instance() / "secret_key"
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
    from campaign.setup.commands import begin
    from wsgi import app

    prepare_migrations(app)
    with app.app_context():
        with db.engine.connect() as connection:
            stands_at = revision_of(connection)
        if stands_at != readiness.newest_revision():
            upgrade()
        if not app.config["DEMO"]:
            return begin() if os.environ["NGONCO_MODE"] == "local" else ""
        complete_catalogue()
        load_if_empty()
        return who_can_sign_in()


def is_usual() -> bool:
    """Whether this is an instance in its own database, as `make run` makes it."""
    return os.environ["NGONCO_MODE"] in {"demo", "local"} and "DATABASE_URL" not in os.environ


def is_secret(words: str) -> bool:
    """Whether a one-time link is told: it is kept nowhere, the next start gives another."""
    return "/account/link/" in words


def main() -> None:
    """Prepare, then hand over to the server; a stop that comes meanwhile is obeyed at once."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    port = settings.whole("PORT", 8000, 65_535)
    refuse_taken_port(port)
    choose_mode()
    os.umask(0o077)
    words = readiness.told(instance()) if is_usual() else None
    if words is None:
        words = prepared()
        if is_usual() and not is_secret(words):
            readiness.note(instance(), words)
    if words:
        print(words)
    print(f"Ngọn Cờ: http://127.0.0.1:{port}", flush=True)
    os.chdir(ROOT)
    os.execv(sys.executable, [sys.executable, "-m", "tools.server", "--port", str(port)])


if __name__ == "__main__":
    main()
