"""Một đời tiến trình phục vụ: granian and its workers, on a socket that `tools/server.py` keeps.

`python -m tools.generation LISTENER READY`, two descriptors: where visitors come in, and where
each worker that begins says so. The application is loaded once; the workers begin as copies.
"""

import multiprocessing
import os
import signal
import socket
import sys
import time
from collections.abc import Iterable
from contextlib import closing, suppress
from pathlib import Path
from select import epoll
from typing import TYPE_CHECKING, Any

from flask import Flask
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.net import SocketHolder  # type: ignore[attr-defined]
from granian.server import Server

from tools import worker

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

THREADS = 40
"""As many as `campaign/web/turns.py` reckons with; most only wait."""
BACKLOG = 1024
FINISH_SECONDS = 130
"""So long a worker that ends goes on with what it is answering: longer than any body may take."""
LAST_COME_IN_SECONDS = 0.3
"""Between the last visitor let in and the end, so that they have been heard."""
AGAIN = signal.SIGUSR2
"""A generation asks so for the next one, of `tools/server.py` that began it."""
DOOR_CLOSES = signal.SIGUSR1


class Generation(Server):  # type: ignore[misc,valid-type,unused-ignore]
    """granian, but for its socket, for how its workers end, and for who begins the next ones."""

    listener: socket.socket

    def _init_shared_socket(self) -> None:
        """One socket for all workers; it stays open for the next generation."""
        self._ssp, self._sso, self._sfd = None, self.listener.dup(), self.listener.fileno()
        self._shd = SocketHolder(self._sfd, False, BACKLOG)  # type: ignore[call-arg] # noqa: FBT003

    def signal_handler_reload(self, *_: object) -> None:
        """A worker asks that all be replaced."""
        os.kill(os.getppid(), AGAIN)

    def _stop_workers(self) -> None:
        """Let nobody in any more, hear who came in last, then end as granian does."""
        for process in self.wrks:
            with suppress(ProcessLookupError):
                os.kill(process.inner.pid, DOOR_CLOSES)
        time.sleep(LAST_COME_IN_SECONDS)
        super()._stop_workers()


class Leaving:
    """Stands before the application of a worker: once its door is closed it takes no more
    connections, which others take, and each answer is the last one of its connection.
    """

    def __init__(self, app: Flask, listener: socket.socket) -> None:
        """Wait for DOOR_CLOSES."""
        self._app, self._listener, self._is_closed = app, listener, False
        signal.signal(DOOR_CLOSES, self._close)

    def __call__(self, environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        """Answer one request."""

        def last(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            return start(status, [*headers, ("Connection", "close")], *more)

        return self._app(environ, last if self._is_closed else start)

    def _close(self, *_: object) -> None:
        """Whatever in this process waits at the common socket is not woken any more."""
        files = {int(file.name): _target(file) for file in Path("/dev/fd").iterdir()}
        common = files[self._listener.fileno()]
        for waiting in (number for number, target in files.items() if "eventpoll" in target):
            with closing(epoll.fromfd(os.dup(waiting))) as waits:
                for door in (number for number, target in files.items() if target == common):
                    with suppress(OSError):
                        waits.unregister(door)
        self._is_closed = True


def _target(file: Path) -> str:
    """What an open file is; one may have been closed meanwhile."""
    try:
        return str(file.readlink())
    except OSError:
        return ""


def main() -> None:
    """Load the application, then serve it."""
    listener, ready = socket.socket(fileno=int(sys.argv[1])), int(sys.argv[2])
    listener.setblocking(False)  # noqa: FBT003 - for all that share it: a worker waits for more
    worker.loaded()
    multiprocessing.set_start_method("fork")

    def application() -> Leaving:
        app = Leaving(worker.application(), listener)
        os.write(ready, b".")
        os.close(ready)
        return app

    server: Any = Generation(
        "tools.worker:application",
        interface=Interfaces.WSGI,
        workers=int(os.environ.get("WORKERS", "2")),
        blocking_threads=THREADS,
        respawn_failed_workers=True,
        workers_kill_timeout=FINISH_SECONDS,
        log_level=LogLevels.error,
        working_dir=Path(__file__).parent.parent,
    )
    server.listener = listener
    server.serve(target_loader=application, wrap_loader=False)


if __name__ == "__main__":
    main()
