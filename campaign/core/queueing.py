"""Xếp hàng: who waits for the same is served in the order of coming, also across processes."""

import fcntl
import os
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock


class Places:
    """Lượt: so many at a time, the others of this process in the order of coming.

    A `threading.Semaphore` lets whoever comes at the right moment pass all who wait.
    """

    def __init__(self, places: int) -> None:
        """All places are free."""
        self.free, self._waiting, self._lock = places, deque[Lock](), Lock()

    def acquire(self, timeout: float = -1) -> bool:
        """Wait for a place; false where none was handed over in time."""
        gate = Lock()
        with self._lock:
            if self.free:
                self.free -= 1
                return True
            gate.acquire()
            self._waiting.append(gate)
        if gate.acquire(timeout=timeout):
            return True
        with self._lock:
            if gate in self._waiting:
                self._waiting.remove(gate)
                return False
        return True  # handed over at the last moment

    def release(self) -> None:
        """Hand the place over to whoever waits longest."""
        with self._lock:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self.free += 1


@contextmanager
def at_the_head(folder: Path) -> Iterator[None]:
    """Đứng đầu hàng at `folder`: whoever came before has left, for good or because their process
    ended.

    The system keeps the queue and lets those who wait sleep; each is to leave soon, for nobody is
    let past.
    """
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
