"""Lượt phục vụ: what one worker does at once, so that whoever sends slowly holds nobody else.

A worker has THREADS threads. A body is read whole, before the application is asked and by at most
BODIES of them; at most WORKS pages are drawn at a time, for each takes memory, and as many acts are
done; the others wait. Whoever only looks does not wait for those who write.
"""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from tempfile import TemporaryFile
from threading import Semaphore
from typing import IO, TYPE_CHECKING, Any

from flask import Flask, has_request_context, request
from werkzeug.exceptions import BadRequest, HTTPException, RequestTimeout
from werkzeug.wsgi import get_content_length

from campaign.core import queueing
from campaign.core.errors import Busy
from campaign.web.access import SAFE_METHODS
from campaign.web.journal import BEGAN

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

THREADS = 40
BODIES = 8
WORKS = 2
WAIT_SECONDS = 20.0
BODY_SECONDS = 120
"""So long one body may take that comes in piece by piece."""
IN_MEMORY = 512 * 1024
"""A larger body is kept in a file meanwhile."""
PIECE = 64 * 1024
LETTERS = 8 * 1024
"""A body no longer is read letter by letter: all share a letter's object, no text is copied."""
_TURN = "ngonco.turn"
_CROWDED = "Đang có nhiều người gửi cùng lúc nên chưa nhận được. Hãy thử lại sau giây lát."
_MANY = "Đang có nhiều người dùng cùng lúc. Hãy thử lại sau giây lát."


class Turns:
    """Lượt của một tiến trình: stands before the application."""

    def __init__(self, app: Flask) -> None:
        """Count for this worker alone."""
        self._app, self._next = app, app.wsgi_app
        self._bodies = Semaphore(BODIES)
        self._works, self._acts = queueing.Places(WORKS), queueing.Places(WORKS)

    def __call__(self, environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        """Answer one request, or say at once that it cannot be answered now."""
        environ[BEGAN] = time.perf_counter()
        turn = self._works if environ["REQUEST_METHOD"] in SAFE_METHODS else self._acts
        try:
            body = self._body(environ)
            if not turn.acquire(timeout=WAIT_SECONDS):
                raise Busy(_MANY)
        except (Busy, HTTPException, OSError) as refusal:
            return self._refused(refusal, environ, start)
        environ[_TURN] = turn
        try:
            return self._next(environ, start)
        finally:
            _give_back(environ)
            _forget(body)

    def _body(self, environ: "WSGIEnvironment") -> IO[bytes] | None:
        """What is sent, whole, in place of what is still coming in."""
        if not _has_body(environ):
            return None
        if not self._bodies.acquire(blocking=False):
            raise Busy(_CROWDED)
        try:
            environ["wsgi.input"] = body = _whole(environ, self._app.config["MAX_CONTENT_LENGTH"])
        finally:
            self._bodies.release()
        return body

    def _refused(
        self,
        refusal: Exception,
        environ: "WSGIEnvironment",
        start: "StartResponse",
    ) -> Iterable[bytes]:
        """The page of the refusal, with all that every answer carries."""
        environ["wsgi.input"], environ["CONTENT_LENGTH"] = BytesIO(), "0"
        with self._app.request_context(environ):
            answer = self._app.make_response(self._app.handle_user_exception(refusal))
            return self._app.process_response(answer)(environ, start)


def _has_body(environ: "WSGIEnvironment") -> bool:
    length = get_content_length(environ)
    if length is None:
        return bool(environ.get("wsgi.input_terminated") and environ.get("HTTP_TRANSFER_ENCODING"))
    return length > 0


def _whole(environ: "WSGIEnvironment", limit: int) -> IO[bytes]:
    """Read to the end; what comes in is in memory or, where it is larger, in a file."""
    length = get_content_length(environ)
    most = 4 * limit if length is None else min(length, 4 * limit)
    body: IO[bytes] = BytesIO() if most <= IN_MEMORY else TemporaryFile()  # noqa: SIM115
    try:
        size = _copy(environ["wsgi.input"], body, most=most, limit=limit)
        if length is not None and size < most:
            raise BadRequest
        body.seek(0)
    except BaseException:
        _forget(body)
        raise
    return body


def _copy(source: IO[bytes], body: IO[bytes], *, most: int, limit: int) -> int:
    """Read up to `most`, and keep of what is too large only so much as shows that it is.

    All is read, for a browser that is cut off shows no answer at all.
    """
    size, until = 0, time.monotonic() + BODY_SECONDS
    piece_size = 1 if most <= LETTERS else PIECE
    while piece := source.read(min(most - size, piece_size)):
        body.write(piece[: max(0, limit + 1 - size)])
        size += len(piece)
        if time.monotonic() > until:
            raise RequestTimeout
    return size


def _forget(body: IO[bytes] | None) -> None:
    """Overwrite in memory what was sent, or give its file up."""
    if isinstance(body, BytesIO):
        with body.getbuffer() as held:
            held[:] = bytes(len(held))
    elif body is not None:
        body.close()


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
