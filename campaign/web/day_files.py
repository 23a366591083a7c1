"""Tệp nhật ký theo ngày: faults, and what was slow, as lines of JSON in a file a day each, kept for
eight days; they are written while the database is away as well.
"""

import json
import logging
import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

KEPT_DAYS = 8
MOST_A_DAY = 2 * 1024 * 1024
"""So many bytes a day: what fails a thousand times is known from its first hundreds."""
FAULTS, SLOW = "faults-{}.jsonl", "slow-{}.jsonl"
"""Tên tệp: of what failed, and of what took long."""


def _days(today: date) -> list[date]:
    return [today - timedelta(days=back) for back in range(KEPT_DAYS)]


class DayFiles(logging.Handler):
    """Ghi vào tệp của ngày; a folder that cannot be written to stops nobody."""

    def __init__(self, folder: Path, name: str = FAULTS) -> None:
        """Only what is at least a warning is kept."""
        super().__init__(logging.WARNING)
        self._folder, self._name = folder, name
        self._day: date | None = None

    def emit(self, record: logging.LogRecord) -> None:
        """Add one line, in one write: several processes share the file."""
        today = datetime.now(UTC).date()
        with suppress(OSError):
            if today != self._day:
                self._begin(today)
            file = self._folder / self._name.format(today.isoformat())
            descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            try:
                if os.fstat(descriptor).st_size < MOST_A_DAY:
                    os.write(descriptor, (self.format(record) + "\n").encode())
            finally:
                os.close(descriptor)

    def _begin(self, today: date) -> None:
        """A new day: the oldest file goes."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        kept = {self._name.format(day.isoformat()) for day in _days(today)}
        for file in self._folder.glob(self._name.format("*")):
            if file.name not in kept:
                file.unlink(missing_ok=True)
        self._day = today


def newest_first(folder: Path, today: date, name: str = FAULTS) -> Iterator[dict[str, Any]]:
    """Các dòng đã ghi, newest first; what is no line of JSON is passed over."""
    for day in _days(today):
        try:
            lines = (folder / name.format(day.isoformat())).read_text("utf-8").splitlines()
        except OSError:
            continue
        for line in reversed(lines):
            with suppress(ValueError):
                read = json.loads(line)
                if isinstance(read, dict):
                    yield read
