"""Riêng tư: what this program writes is for its own account alone, whatever the machine would
allow.
"""

import os
import stat
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

FILE, FOLDER = 0o600, 0o700
OTHERS = 0o077


def from_now_on() -> None:
    """Từ nay: every file this process and those it starts will make."""
    os.umask(OTHERS)


def make_private(places: Iterable[Path]) -> None:
    """Đóng lại những gì đã có: files and folders with all that lies in them; links are not
    followed.
    """
    folders: list[str | Path] = []
    for place in places:
        with suppress(OSError):
            if _close(place, place.lstat().st_mode):
                folders.append(place)
    while folders:
        with suppress(OSError), os.scandir(folders.pop()) as entries:
            folders += [
                entry.path for entry in entries if _close(entry.path, os.lstat(entry.path).st_mode)
            ]


def _close(place: str | Path, mode: int) -> bool:
    """Take from others what they may, and say whether it is a folder to look into.

    What is another account's, read-only, or has just gone, is left.
    """
    is_folder = stat.S_ISDIR(mode)
    if mode & OTHERS and (is_folder or stat.S_ISREG(mode)):
        with suppress(OSError):
            Path(place).chmod(FOLDER if is_folder else FILE)
    return is_folder


def database_files(url: str) -> list[Path]:
    """Tệp của cơ sở dữ liệu SQLite, with its log; none of another database's."""
    file = url.partition("?")[0].removeprefix("sqlite:///")
    if not url.startswith("sqlite:///") or not file or file == ":memory:":
        return []
    return [Path(f"{file}{suffix}") for suffix in ("", "-wal", "-shm", "-journal")]


def local_folder(url: str) -> list[Path]:
    """Thư mục trên máy này that a store's address names; none of a store elsewhere."""
    plain = url.removeprefix("file://")
    return [] if "://" in plain else [Path(plain)]
