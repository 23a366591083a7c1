"""Thân yêu cầu: read by the view itself, used and overwritten; the framework keeps no copy of it.

Read letter by letter, for Python has each letter as one object that all share, and compared where
it
lies with words that were known before it came. So no text of it comes into being.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any, TypeVar

from flask import abort, current_app, request

from campaign.extensions import csrf

MOST = 256 * 1024
"""No form that is read this way is longer."""
UNKNOWN = "?"
_TOKEN = b"csrf_token"
_SPACE, _AND, _IS, _PLUS, _PERCENT = b" &=+%"
_HEXADECIMAL = b"0123456789abcdefABCDEF"

Field = tuple[memoryview, memoryview]
View = TypeVar("View", bound=Callable[..., Any])


def reads_own_body(view: View) -> View:
    """Tự đọc thân yêu cầu: `request.form` stays empty; the view checks the form's token itself."""
    view.reads_own_body = True  # type: ignore[attr-defined]
    return csrf.exempt(view)  # type: ignore[no-any-return]


def is_own(endpoint: str | None) -> bool:
    """Whether the view of `endpoint` reads its body itself."""
    return hasattr(current_app.view_functions.get(endpoint or ""), "reads_own_body")


@contextmanager
def own_fields() -> Iterator[list[Field]]:
    """Các trường của biểu mẫu này where they lie, once its token is checked; then overwritten."""
    length = request.content_length or 0
    if length and request.mimetype != "application/x-www-form-urlencoded":
        abort(HTTPStatus.BAD_REQUEST)
    if length > MOST:
        abort(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    body = bytearray(length)
    try:
        read = request.environ["wsgi.input"].read
        for place in range(len(body)):
            body[place] = ord(read(1) or b"&")
        fields = list(_fields(body))
        _check_token(fields)
        yield fields
    finally:
        body[:] = bytes(len(body))


def _check_token(fields: Iterable[Field]) -> None:
    """The token of the form, if any, is checked as any other; else that of the header."""
    for name, value in fields:
        if name == _TOKEN:
            request.environ["HTTP_X_CSRFTOKEN"] = bytes(value).decode("latin-1")
    csrf.protect()


def in_known_words(fields: Iterable[Field], known: Iterable[str]) -> list[tuple[str, str]]:
    """Các trường bằng những từ đã biết: each name and value as the `known` word that it is.

    What is none is UNKNOWN, after the known beginning it has, which is a word with a hyphen at its
    end.
    """
    words = [(word.encode(), word) for word in known]
    return [(_word(name, words), _word(value, words)) for name, value in fields]


def _word(piece: memoryview, words: list[tuple[bytes, str]]) -> str:
    for letters, word in words:
        if piece == letters:
            return word
    for letters, word in words:
        if word.endswith("-") and piece[: len(letters)] == letters:
            return word + UNKNOWN
    return UNKNOWN


def _fields(body: bytearray) -> Iterator[Field]:
    start = 0
    while start < len(body):
        end = body.find(_AND, start)
        end = len(body) if end < 0 else end
        middle = body.find(_IS, start, end)
        middle = end if middle < 0 else middle
        if start < end:
            yield _plain(body, start, middle), _plain(body, min(middle + 1, end), end)
        start = end + 1


def _plain(body: bytearray, start: int, end: int) -> memoryview:
    """The piece from `start` to `end`, in place: + and %2D are put back to what was meant."""
    place = last = start
    while place < end:
        pair = body[place + 1 : place + 3] if body[place] == _PERCENT and place + 2 < end else b""
        if pair and all(letter in _HEXADECIMAL for letter in pair):
            body[last] = int(pair, 16)
            place += 3
        else:
            body[last] = _SPACE if body[place] == _PLUS else body[place]
            place += 1
        last += 1
    return memoryview(body)[start:last]
