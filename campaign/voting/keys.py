"""Khoá hòm phiếu: each in a file of its own outside the database, one for every state of an urn.

A key is on disk for good before the urn sealed with it is committed; the one before it is
overwritten after that. Which of the files that a crash leaves is right, the row of the urn tells.
"""

import os
import secrets
from pathlib import Path

from flask import current_app

from campaign.core.durable import PARTIAL, make_folder, sync_folder, whole_file
from campaign.core.faults import os_words

SUFFIX = ".key"
MARK = "noi-giu-khoa"
"""A file that tells this folder from every other one."""


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


def has(name: str) -> bool:
    """Khoá này có ở máy này không."""
    return _file(name).is_file()


def problem() -> str:
    """Vì sao máy này không giữ được khoá, tried with a file that is none; empty where it can."""
    trial, content = _folder() / f"thu-ghi-{secrets.token_hex(8)}", secrets.token_bytes(16)
    try:
        make_folder(_folder())
        trial.write_bytes(content)
        is_same = trial.read_bytes() == content
        trial.unlink()
    except OSError as error:
        return f"Máy này không giữ được khoá hòm phiếu: {os_words(error)}."
    return "" if is_same else "Máy này không giữ được khoá hòm phiếu: đọc lại không như đã ghi."


def mark() -> str:
    """Dấu của nơi giữ khoá; empty where none was made."""
    file = _folder() / MARK
    return file.read_text(encoding="ascii") if file.is_file() else ""


def put_mark(drawn: str) -> None:
    """Đóng dấu nơi giữ khoá; what a crash left half is written anew."""
    make_folder(_folder())
    file = _folder() / MARK
    file.with_name(file.name + PARTIAL).unlink(missing_ok=True)
    with whole_file(file) as target:
        target.write(drawn.encode())


def kept() -> list[str]:
    """Các khoá còn trên đĩa, by name."""
    return sorted(path.stem for path in _folder().glob(f"ballot-*{SUFFIX}"))
