"""Memory of a worker: what the C library, Python's collector and the server are told about it, in
one place for `make run`, the service and the measurements.
"""

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools import settings

# The C library gives freed memory back sooner than it would by itself: a worker that drew one
# long list does not keep it.
MALLOC = {
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_TRIM_THRESHOLD_": "8388608",
    "MALLOC_MMAP_THRESHOLD_": "524288",
}
LARGEST_WORKER_MIB = settings.whole("WORKER_MIB", 320, 100_000)
"""Workers of which one has outgrown it are replaced by new ones; ordinary load takes up to 203."""
COLLECTED_AFTER = 50_000, 20, 20
"""So many new objects, then so many rounds of the younger: a page of two thousand rows should not
be interrupted at each few hundred.
"""


@contextmanager
def loading() -> Iterator[None]:
    """Load the application: what is there afterwards stays for the life of the process, so the
    collector walks it neither now nor later.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.set_threshold(*COLLECTED_AFTER)
        gc.enable()


def sizes_below(pid: int) -> list[int]:
    """How many MiB each process that `pid` started holds in memory (where the system is Linux)."""
    try:
        started = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        pages = [int(Path(f"/proc/{one}/statm").read_text().split()[1]) for one in started]
    except OSError:  # one of them has just ended
        return []
    return [count * os.sysconf("SC_PAGE_SIZE") // 2**20 for count in pages]
