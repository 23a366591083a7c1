"""Một đời tiến trình phục vụ: the application is loaded once, and its workers begin as copies.

`python -m tools.generation LISTENER READY`, two descriptors: where visitors come in, a socket that
`tools/server.py` keeps, and where each worker that begins says so.
"""

import os
import signal
import socket
import sys
import time
from contextlib import suppress

import click

from tools import settings, worker

PAUSE_SECONDS = 0.3
"""Between the end of a worker and the begin of the one in its place."""
STOPS = {signal.SIGINT, signal.SIGTERM}
WATCHED = {*STOPS, signal.SIGCHLD}


class Generation:
    """Its workers, as many as there should be until it is asked to end."""

    def __init__(self, listener: socket.socket, ready: int) -> None:
        """Begin with none."""
        self._listener, self._ready, self._server = listener, ready, os.getppid()
        self._size = settings.whole("WORKERS", 2, 64)
        self._workers: set[int] = set()

    def lead(self) -> None:
        """Replace whoever ends; once asked to end, wait until all have."""
        is_ending = False
        self._fill()
        while self._workers:
            if signal.sigwait(WATCHED) in STOPS:
                is_ending = True
                self._ask_to_end()
            if self._bury() and not is_ending:
                time.sleep(PAUSE_SECONDS)
                self._fill()

    def _fill(self) -> None:
        while len(self._workers) < self._size:
            pid = os.fork()
            if not pid:
                signal.pthread_sigmask(signal.SIG_SETMASK, ())
                worker.serve(self._listener, self._ready, self._server)
                sys.exit()
            self._workers.add(pid)

    def _ask_to_end(self) -> None:
        for pid in self._workers:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGTERM)

    def _bury(self) -> bool:
        """Whether somebody has ended."""
        ended = {pid for pid in self._workers if os.waitpid(pid, os.WNOHANG)[0]}
        self._workers -= ended
        return bool(ended)


def main() -> None:
    """Load the application, at any moment of which it may be stopped, then let it be served."""
    for stop in STOPS:
        signal.signal(stop, signal.SIG_DFL)
    try:
        worker.loaded()
    except click.ClickException as refused:
        sys.exit(refused.format_message())
    signal.pthread_sigmask(signal.SIG_BLOCK, WATCHED)
    Generation(socket.socket(fileno=int(sys.argv[1])), int(sys.argv[2])).lead()


if __name__ == "__main__":
    main()
