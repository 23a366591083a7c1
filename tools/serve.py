"""`make run`: secret key, migrations, then a production server on 127.0.0.1:$PORT."""

import os
import secrets
import socket
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
INSTANCE = Path(os.environ.get("NGONCO_INSTANCE", ROOT / "instance"))


def keep_secret_key() -> None:
    """Make a secret key once; only its owner may read it."""
    INSTANCE.mkdir(parents=True, exist_ok=True)
    file = INSTANCE / "secret_key"
    if not file.exists():
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as out:
            out.write(secrets.token_hex(32))


def refuse_taken_port(port: int) -> None:
    """Say what to do when somebody else listens there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            sys.exit(f"Cổng {port} đang có chương trình khác dùng (có thể là một lần “make run” trước). "
                     f"Hãy dừng chương trình ấy, hoặc chọn cổng khác: PORT={port + 1} make run")


# The C library gives freed memory back sooner than it would by itself: a worker that drew one long list does not keep it.
FRUGAL = {"MALLOC_ARENA_MAX": "1", "MALLOC_TRIM_THRESHOLD_": "8388608", "MALLOC_MMAP_THRESHOLD_": "524288"}

# A worker that dies, or has grown too large, is replaced by a new one; what it was answering it answers first.
STEADY = ["--respawn-failed-workers", "--workers-max-rss", "160"]


def main() -> None:
    """Prepare, then hand over to the server."""
    port = int(os.environ.get("PORT", "8000"))
    refuse_taken_port(port)
    os.environ.setdefault("NGONCO_MODE", "demo")
    keep_secret_key()
    sys.path.insert(0, str(ROOT))
    from flask_migrate import upgrade

    from campaign.cli import prepare_migrations
    from campaign.demo.commands import complete_catalogue, load_if_empty, who_can_sign_in
    from wsgi import app

    prepare_migrations(app)
    with app.app_context():
        upgrade()
        complete_catalogue()
        load_if_empty()
        print(who_can_sign_in())
    print(f"Ngọn Cờ: http://127.0.0.1:{port}", flush=True)
    granian = Path(sys.executable).with_name("granian")
    os.chdir(ROOT)
    for name, value in FRUGAL.items():
        os.environ.setdefault(name, value)
    os.execv(granian, [str(granian), "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
                       "--workers", os.environ.get("WORKERS", "2"), "--blocking-threads", "1", "--log-level", "error", *STEADY, "wsgi:app"])


if __name__ == "__main__":
    main()
