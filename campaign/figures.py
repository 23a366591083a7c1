"""Số đo: what the serving processes of one machine count for whoever watches it.

Each process counts in files of its own, in a folder that all of them share; `flask metrics` adds
them up. No name, no number of a person and nothing that was sent is ever counted. In a process
that has not begun to count, nothing happens, and the library is not loaded.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

ANSWER_SECONDS = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)
LOCK_SECONDS = (0.001, 0.01, 0.1, 1, 10)
"""Up to how long an answer, and the wait for the right to write, are told apart."""
METHODS = frozenset({"GET", "HEAD", "POST"})
OTHER = "other"
"""What a stranger may invent, a method or an address, is counted under one name."""


class Tally:
    """Sổ đếm của một tiến trình, on files in a folder: made once it serves."""

    def __init__(self, folder: Path) -> None:
        """The library reads the folder from the environment when it is loaded."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)
        from prometheus_client import Counter, Histogram  # noqa: PLC0415 - see above

        self.requests = Counter(
            "ngonco_requests", "Requests answered", ["endpoint", "method", "status"]
        )
        self.answers = Histogram(
            "ngonco_request_seconds",
            "Time from a request to its answer",
            ["endpoint"],
            buckets=ANSWER_SECONDS,
        )
        self.locks = Histogram(
            "ngonco_write_lock_seconds", "Time waited for the right to write", buckets=LOCK_SECONDS
        )
        self.faults = Counter("ngonco_faults", "Requests that met a fault")
        self.slow = Counter("ngonco_slow_statements", "Statements from 0.2 seconds on")
        self.files = Counter("ngonco_stored_files", "Files that were stored")
        self.bytes = Counter("ngonco_stored_bytes", "Bytes of the files that were stored")


class Figures:
    """Số đo của tiến trình này."""

    def __init__(self) -> None:
        """Nothing is counted yet."""
        self._tally: Tally | None = None

    def begin(self, folder: str) -> None:
        """Bắt đầu đếm, in a process that serves; nothing is counted where no folder is set."""
        if folder:
            self._tally = Tally(Path(folder))

    def answered(self, endpoint: str | None, method: str, status: int, seconds: float) -> None:
        """Một yêu cầu đã được trả lời."""
        if self._tally is not None:
            where, how = endpoint or OTHER, method if method in METHODS else OTHER
            self._tally.requests.labels(where, how, str(status)).inc()
            self._tally.answers.labels(where).observe(seconds)

    def failed(self) -> None:
        """Một yêu cầu gặp lỗi của chương trình."""
        if self._tally is not None:
            self._tally.faults.inc()

    def slow(self) -> None:
        """Một câu lệnh chậm."""
        if self._tally is not None:
            self._tally.slow.inc()

    def stored(self, size: int) -> None:
        """Một tệp đã cất."""
        if self._tally is not None:
            self._tally.files.inc()
            self._tally.bytes.inc(size)

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """Chờ quyền ghi, whether or not it comes."""
        began = perf_counter()
        try:
            yield
        finally:
            if self._tally is not None:
                self._tally.locks.observe(perf_counter() - began)


figures = Figures()
"""Số đo của tiến trình này; every part that has something to count says it here."""
