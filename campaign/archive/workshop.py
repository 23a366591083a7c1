"""Nơi lập gói lưu trữ: a folder with one package of each campaign, its note, and the lock of
whoever packs it.
"""

import fcntl
import os
import shutil
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from campaign.archive.rules import (
    PACKAGE_KEPT,
    PackingNote,
    PackingState,
    packing_note_of,
    packing_note_text,
    packing_state,
)
from campaign.core.durable import PARTIAL, make_folder, whole_file


class Workshop:
    """Chỗ của một phong trào, `mark`, in the folder of packages."""

    def __init__(self, folder: Path, mark: str) -> None:
        """Name its files."""
        self._folder = folder
        self._lock = folder / f"{mark}.lock"
        self._note = folder / f"{mark}.json"
        self.package = folder / f"{mark}.zip"
        self.scratch = folder / f"{mark}.scratch"

    def take(self) -> int | None:
        """Nhận việc: a descriptor; while anybody holds it nobody else gets one, but None."""
        make_folder(self._folder)
        descriptor = os.open(self._lock, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return None
        return descriptor

    def clear(self) -> None:
        """Dọn chỗ: what an earlier run made, or left when it was killed."""
        for file in (self.package, self._note):
            file.unlink(missing_ok=True)
            file.with_name(file.name + PARTIAL).unlink(missing_ok=True)
        shutil.rmtree(self.scratch, ignore_errors=True)
        self.scratch.mkdir(mode=0o700)

    def write(self, note: PackingNote) -> None:
        """Ghi chú."""
        with whole_file(self._note) as target:
            target.write(packing_note_text(note).encode())

    def read(self) -> PackingNote | None:
        """Đọc ghi chú; None where nobody packed, or what stands there is none."""
        try:
            return packing_note_of(self._note.read_text(encoding="utf-8"))
        except (OSError, ValueError, KeyError):
            return None

    def state(self, now: datetime) -> PackingState:
        """Việc lập gói đang ra sao."""
        is_at_work = self._is_at_work()
        state = packing_state(self.read(), is_at_work=is_at_work, now=now)
        if state is PackingState.READY and not self.package.exists():
            return PackingState.NONE
        return state

    def _is_at_work(self) -> bool:
        try:
            descriptor = os.open(self._lock, os.O_RDONLY | os.O_NOFOLLOW)
        except FileNotFoundError:
            return False
        try:
            fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        else:
            return False
        finally:
            os.close(descriptor)


def sweep(folder: Path, now: datetime) -> None:
    """Bỏ gói quá hạn: those that nobody took in time."""
    for package in folder.glob("*.zip"):
        with suppress(FileNotFoundError):
            if now.timestamp() - package.stat().st_mtime >= PACKAGE_KEPT.total_seconds():
                package.unlink()
