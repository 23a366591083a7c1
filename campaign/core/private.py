"""Riêng tư: what this program writes is for its own account alone, whatever the machine would allow."""

import os
from collections.abc import Iterable
from pathlib import Path

FILE, FOLDER = 0o600, 0o700
OTHERS = 0o077


def from_now_on() -> None:
    """Từ nay: every file this process and those it starts will make."""
    os.umask(OTHERS)


def make_private(places: Iterable[Path]) -> None:
    """Đóng lại những gì đã có: files and folders with all that lies in them; links are not followed."""
    for place in places:
        _close(place)
        for folder, folders, files in os.walk(place):
            for name in (*folders, *files):
                _close(Path(folder, name))


def _close(place: Path) -> None:
    """Take from others what they may; what is another account's, read-only, or has just gone, is left."""
    try:
        if not place.is_symlink() and place.stat().st_mode & OTHERS:
            place.chmod(FOLDER if place.is_dir() else FILE)
    except OSError:
        return


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
