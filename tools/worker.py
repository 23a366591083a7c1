"""A worker of the server: the application behind waitress, until it is asked to end."""

import logging
import os
import resource
import signal
import socket
import sys
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import Flask
from waitress import create_server, wasyncore

from tools import memory, refused
from tools.server import BACKLOG, end_with_parent

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

CONNECTIONS = 500
"""So many at once; whoever comes then waits at the socket, where the other workers take them."""
FILES = 4096
"""Each of them may need three: itself, a body that comes in, an answer that goes out."""
QUIET_SECONDS, LOOK_SECONDS = 60, 10
"""A connection over which nothing went so long is closed at the next look, whatever it was for."""
LINGER_SECONDS = 2.0
"""So long a worker that ends waits for a next request over a connection that was kept open."""
BODY_IN_MEMORY, ANSWER_IN_MEMORY = 64 * 1024, 256 * 1024
"""What is larger waits in a file until it has come in, or is fetched."""
PIECE, HEADERS = 64 * 1024, 32 * 1024
SWITCH_SECONDS = 0.001
"""So long one thread goes on while others want to: whoever holds a lock of the database gives the
turn up at each statement, and gets it back five times as soon as Python would have it.
"""


def application() -> Flask:
    """The application, as a worker runs it.

    No worker outlives its server, and none leaves its memory on the disk where it breaks. What a
    worker before it could not do, it does: of the keys of open ballots only the right ones stay.
    """
    end_with_parent()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.setswitchinterval(SWITCH_SECONDS)
    app = loaded()
    from campaign.figures import figures
    from campaign.web import journal

    journal.write_lines(app)
    figures.begin(app.config["METRICS"])
    with app.app_context():
        _sweep(app)
    return app


class Worker:
    """Một tiến trình phục vụ: waitress, which takes a request whole before a thread begins with it
    and keeps an answer until it is fetched, so that nobody who is slow holds a thread.
    """

    def __init__(self, app: Flask, listener: socket.socket, threads: int) -> None:
        """Be ready to answer those who come in at `listener`."""
        self._app: WSGIApplication = app
        self._is_ending = False
        self._files: dict[int, Any] = {}
        self._server = create_server(
            self._answer,
            map=self._files,
            sockets=[listener],
            threads=threads,
            backlog=BACKLOG,
            connection_limit=CONNECTIONS,
            channel_timeout=QUIET_SECONDS,
            cleanup_interval=LOOK_SECONDS,
            recv_bytes=PIECE,
            inbuf_overflow=BODY_IN_MEMORY,
            outbuf_overflow=ANSWER_IN_MEMORY,
            max_request_header_size=HEADERS,
            max_request_body_size=4 * app.config["MAX_CONTENT_LENGTH"],
            clear_untrusted_proxy_headers=False,
            log_socket_errors=False,
            ident="",
        )
        self._server.channel_class = refused.Channel

    def serve(self) -> None:
        """Answer until asked to end, then whoever has come in by then."""
        while not self._is_ending or self._server.active_channels:
            wasyncore.loop(timeout=1, use_poll=True, map=self._files, count=1)
            if self._is_ending:
                self._close_quiet()

    def end(self, *_: object) -> None:
        """Let nobody in any more: others do, and each answer is the last one of its connection."""
        self._is_ending = True
        self._server.accepting = False
        self._server.pull_trigger()

    def _answer(self, environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        """An answer that does not say how long it is ends with its connection."""
        if not self._is_ending:
            return self._app(environ, start)

        def unsized(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            rest = [header for header in headers if header[0].lower() != "content-length"]
            return start(status, rest, *more)

        return _in_pieces(self._app(environ, unsized))

    def _close_quiet(self) -> None:
        """Whoever keeps a connection open and asks for nothing."""
        since = time.time() - LINGER_SECONDS
        for channel in list(self._server.active_channels.values()):
            is_busy = channel.request or channel.requests or channel.total_outbufs_len
            if not is_busy and channel.last_activity < since:
                channel.will_close = True


def _in_pieces(answer: Iterable[bytes]) -> Iterator[bytes]:
    try:
        yield from answer
    finally:
        if close := getattr(answer, "close", None):
            close()


def serve(listener: socket.socket, ready: int, server: int) -> None:
    """Be a worker of the process `server`, and say so at `ready` when whoever comes is answered."""
    app = application()
    from campaign.web import turns, workers

    workers.be_one(server)
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(FILES, most), most))
    worker = Worker(app, listener, turns.THREADS)
    signal.signal(signal.SIGINT, worker.end)
    signal.signal(signal.SIGTERM, worker.end)
    os.write(ready, b".")
    os.close(ready)
    worker.serve()


@cache
def loaded() -> Flask:
    """The application, in memory that the collector leaves alone; a copy of the process has it, and
    need not make its tables ready to be asked, as each would at its first query.
    """
    with memory.loading():
        from sqlalchemy.orm import configure_mappers

        from wsgi import app

        configure_mappers()
    return app


def _sweep(app: Flask) -> None:
    """Remove what a worker that died left; one that begins while the database or the store of files
    is away leaves it.
    """
    from campaign.archive.stored import sweep_unasked
    from campaign.archive.workshop import sweep
    from campaign.extensions import give_up
    from campaign.voting.sweeping import keys_problem, sweep_keys, take_key_store

    try:
        sweep(Path(app.config["PACKAGES"]), datetime.now(UTC))
        sweep_keys()
        take_key_store()
        if problem := keys_problem():
            app.logger.error("keys of open ballots are not reached from this machine: %s", problem)
        if app.config["DEMO"]:
            sweep_unasked(datetime.now(UTC))
    except Exception as fault:  # noqa: BLE001 - a store elsewhere fails in words of its own
        give_up()
        app.logger.warning("nothing was swept: %s", type(fault).__name__)
