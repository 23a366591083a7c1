"""Khoá hòm phiếu: each in a file of its own outside the database, one for every state of an urn.

A key is on disk for good before the urn sealed with it is committed; the one before it is
overwritten after that. Which of the files that a crash leaves is right, the row of the urn tells.
"""

import os
import secrets
from pathlib import Path

from flask import current_app

from campaign.core.durable import make_folder, sync_folder

SUFFIX = ".key"


def _folder() -> Path:
    return Path(current_app.config["BALLOT_KEYS"])


def _file(name: str) -> Path:
    return _folder() / f"{name}{SUFFIX}"


def keep(ballot_id: int, key: bytes) -> str:
    """Cất một khoá mới on disk for good, under a name of its own; gives the name."""
    make_folder(_folder())
    name = f"ballot-{ballot_id}-{secrets.token_hex(8)}"
    descriptor = os.open(_file(name), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as target:
        target.write(key)
        target.flush()
        os.fsync(target.fileno())
    sync_folder(_folder())
    return name


def read(name: str) -> bytes:
    """Đọc một khoá."""
    return _file(name).read_bytes()


def destroy(name: str) -> None:
    """Huỷ một khoá: overwritten, then removed; what it sealed can never be opened again."""
    path = _file(name)
    try:
        with path.open("r+b") as target:
            target.write(secrets.token_bytes(path.stat().st_size))
            target.flush()
            os.fsync(target.fileno())
    except FileNotFoundError:
        return
    path.unlink(missing_ok=True)
    sync_folder(_folder())


def kept() -> list[str]:
    """Các khoá còn trên đĩa, by name."""
    return sorted(path.stem for path in _folder().glob(f"ballot-*{SUFFIX}"))
