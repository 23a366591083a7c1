"""Lượt phục vụ: what one worker does at once, so that a crowd takes no more memory than there is.

A worker has THREADS threads, and its server gives them what has come in whole (`tools/worker.py`).
At most WORKS pages are drawn at a time, and as many acts are done; the others wait. Whoever only
looks does not wait for those who write.
"""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from flask import Flask, has_request_context, request

from campaign.core import queueing
from campaign.core.errors import Busy
from campaign.web.access import SAFE_METHODS
from campaign.web.journal import BEGAN

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

THREADS = 40
WORKS = 2
WAIT_SECONDS = 20.0
_TURN = "ngonco.turn"
_MANY = "Đang có nhiều người dùng cùng lúc. Hãy thử lại sau giây lát."


class Turns:
    """Lượt của một tiến trình: stands before the application."""

    def __init__(self, app: Flask) -> None:
        """Count for this worker alone."""
        self._app, self._next = app, app.wsgi_app
        self._works, self._acts = queueing.Places(WORKS), queueing.Places(WORKS)

    def __call__(self, environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        """Answer one request, or say that it cannot be answered now."""
        environ[BEGAN] = time.perf_counter()
        turn = self._works if environ["REQUEST_METHOD"] in SAFE_METHODS else self._acts
        if not turn.acquire(timeout=WAIT_SECONDS):
            return self._refused(environ, start)
        environ[_TURN] = turn
        try:
            return self._next(environ, start)
        finally:
            _give_back(environ)

    def _refused(self, environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        """The page of the refusal, with all that every answer carries."""
        with self._app.request_context(environ):
            answer = self._app.make_response(self._app.handle_user_exception(Busy(_MANY)))
            return self._app.process_response(answer)(environ, start)


def _give_back(environ: "WSGIEnvironment") -> None:
    """Trả lượt, once."""
    turn: queueing.Places | None = environ.pop(_TURN, None)
    if turn is not None:
        turn.release()


def give_back() -> None:
    """Trả lượt for good: whoever writes has a queue of their own, from which one is let in at a
    time, and those who only read do not wait for it.
    """
    if has_request_context():
        _give_back(request.environ)


@contextmanager
def stepped_out() -> Iterator[None]:
    """Nhường lượt while something is waited for that is not the work of this page."""
    turn: Any = request.environ.get(_TURN) if has_request_context() else None
    if turn is None:
        yield
        return
    turn.release()
    try:
        yield
    finally:
        turn.acquire()


def init_app(app: Flask) -> None:
    """Xếp lượt trước `app`."""
    app.wsgi_app = Turns(app)  # type: ignore[assignment,method-assign]
