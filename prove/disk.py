"""A disk that loses, when its power is cut, what it was not asked to sync; run by Debian's Python.

`python3 prove/disk.py CURRENT DURABLE MOUNT SEED` shows at MOUNT a file `disk` to be mounted by a
loop device, and a file `cut`: whoever writes there cuts the power. CURRENT is what the machine
reads and writes; DURABLE what outlives: all that was synced, and of the writes after that some, as
a disk with a cache of its own writes them in any order, or not at all.
"""

import errno
import os
import random
import stat
import sys
from typing import Any

import fusepy  # type: ignore[import-not-found,unused-ignore]

PIECE = 4096
"""So much a disk writes whole, or not."""
ENTRIES = {"/disk", "/cut"}
HERE = 1 << 20


class Disk(fusepy.Operations):  # type: ignore[misc,unused-ignore]
    """One file, and what became of each write to it."""

    def __init__(self, current: str, durable: str, seed: str) -> None:
        """Both images, of the same length."""
        self._current, self._durable = os.open(current, os.O_RDWR), os.open(durable, os.O_RDWR)
        self._size = os.fstat(self._current).st_size
        self._unsynced: list[tuple[int, bytes]] = []
        self._chance = random.Random(seed)  # noqa: S311 - to be repeated
        self._is_cut = False

    def getattr(self, path: str, _handle: Any = None) -> dict[str, int]:
        """Length and kind."""
        if path == "/":
            return {"st_mode": stat.S_IFDIR | 0o700, "st_nlink": 2}
        if path not in ENTRIES:
            raise fusepy.FuseOSError(errno.ENOENT)
        size = self._size if path == "/disk" else 0
        return {"st_mode": stat.S_IFREG | 0o600, "st_nlink": 1, "st_size": size}

    def readdir(self, _path: str, _handle: Any) -> list[str]:
        """Both files."""
        return [".", "..", *(entry.lstrip("/") for entry in sorted(ENTRIES))]

    def read(self, _path: str, length: int, offset: int, _handle: Any) -> bytes:
        """What was written last."""
        self._demand_power()
        return os.pread(self._current, length, offset)

    def write(self, path: str, data: bytes, offset: int, _handle: Any) -> int:
        """Into the cache; or cut the power."""
        if path == "/cut":
            self._cut()
            return len(data)
        self._demand_power()
        os.pwrite(self._current, data, offset)
        self._unsynced.append((offset, data))
        return len(data)

    def fsync(self, path: str, _is_data: int, _handle: Any) -> int:
        """From the cache onto the disk."""
        if path == "/disk":
            self._demand_power()
            for offset, data in self._unsynced:
                os.pwrite(self._durable, data, offset)
            self._unsynced.clear()
        return 0

    def truncate(self, _path: str, _length: int, _handle: Any = None) -> int:
        """A disk has its size."""
        return 0

    def _demand_power(self) -> None:
        if self._is_cut:
            raise fusepy.FuseOSError(errno.EIO)

    def _cut(self) -> None:
        """Of what was not synced nothing, some or all is there."""
        self._is_cut = True
        share = self._chance.choice((0.0, 0.5, 0.9, 1.0))
        kept = 0
        for offset, data in self._unsynced:
            for start in range(0, len(data), PIECE):
                if self._chance.random() < share:
                    os.pwrite(self._durable, data[start : start + PIECE], offset + start)
                    kept += 1
        pieces = sum(-(-len(data) // PIECE) for _, data in self._unsynced)
        print(f"{pieces - kept} of {pieces} blocks that were not synced are gone", flush=True)
        self._unsynced.clear()


if __name__ == "__main__":
    CURRENT, DURABLE, MOUNT, SEED = sys.argv[1:]
    fusepy.FUSE(
        Disk(CURRENT, DURABLE, SEED),
        MOUNT,
        foreground=True,
        nothreads=True,
        direct_io=False,
        big_writes=True,
        max_write=HERE,
    )
