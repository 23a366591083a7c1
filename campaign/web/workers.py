"""Tiến trình phục vụ: how all of them are replaced, and their memory with them."""

import mmap
import os
import signal
import struct
import time

LEAVING_SECONDS = 150
"""After so long nobody is left who was to be replaced; whoever is still there asks again."""
_MOMENT = struct.Struct("d")
_asked_at = mmap.mmap(-1, _MOMENT.size)
"""Common to all workers of a generation, for it is loaded once and they are copies of it."""


_begun_by: list[int] = []
"""The process that begins all workers, where this one is a worker of its."""


def be_one(server: int) -> None:
    """Làm tiến trình phục vụ of the process `server`."""
    _begun_by.append(server)


def is_one() -> bool:
    """Whether this process is a worker of the server."""
    return bool(_begun_by)


def replace_all() -> None:
    """Thay mọi tiến trình phục vụ: on SIGUSR2 the server begins a new generation of them, and lets
    the old ones finish what they are answering. Whatever else runs us is left alone.
    """
    for server in _begun_by:
        _asked_at[:] = _MOMENT.pack(time.monotonic())
        os.kill(server, signal.SIGUSR2)


def replace_all_once() -> None:
    """Thay mọi tiến trình phục vụ, where none of this generation has just asked for it."""
    (asked_at,) = _MOMENT.unpack(_asked_at[:])
    if not asked_at or time.monotonic() - asked_at > LEAVING_SECONDS:
        replace_all()
