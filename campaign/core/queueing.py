"""Xếp hàng: who waits for the same is served in the order of coming, also across processes."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


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
