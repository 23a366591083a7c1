"""Tiến trình phục vụ: how all of them are replaced, and their memory with them."""

import mmap
import multiprocessing
import os
import signal
import struct
import time

NAME = "granian-worker"
"""So the server calls each of its workers."""
LEAVING_SECONDS = 150
"""After so long nobody is left who was to be replaced; whoever is still there asks again."""
_MOMENT = struct.Struct("d")
_asked_at = mmap.mmap(-1, _MOMENT.size)
"""Common to all workers of a generation, for it is loaded once and they are copies of it."""


def is_one() -> bool:
    """Whether this process is a worker of the server."""
    return multiprocessing.current_process().name == NAME


def replace_all() -> None:
    """Thay mọi tiến trình phục vụ: on SIGHUP the server begins a new generation of them, and lets
    the old ones finish what they are answering. Whatever else runs us is left alone.
    """
    server = multiprocessing.parent_process()
    if server is not None and server.pid and is_one():
        _asked_at[:] = _MOMENT.pack(time.monotonic())
        os.kill(server.pid, signal.SIGHUP)


def replace_all_once() -> None:
    """Thay mọi tiến trình phục vụ, where none of this generation has just asked for it."""
    (asked_at,) = _MOMENT.unpack(_asked_at[:])
    if not asked_at or time.monotonic() - asked_at > LEAVING_SECONDS:
        replace_all()
