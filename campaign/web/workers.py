"""Tiến trình phục vụ: how all of them are replaced, and their memory with them."""

import multiprocessing
import os
import signal

NAME = "granian-worker"
"""So the server calls each of its workers."""


def replace_all() -> None:
    """Thay mọi tiến trình phục vụ: on SIGHUP the server begins a new generation of them, and lets
    the old ones finish what they are answering. Whatever else runs us is left alone.
    """
    server = multiprocessing.parent_process()
    if server is not None and server.pid and multiprocessing.current_process().name == NAME:
        os.kill(server.pid, signal.SIGHUP)
