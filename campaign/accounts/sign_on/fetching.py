"""Hỏi nhà cung cấp: one answer in JSON, within a time that holds whatever the other side does."""

import json
import ssl
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from socket import SHUT_RDWR
from typing import Any, NoReturn
from urllib.parse import urlsplit

SECONDS = 4.0
"""So long all questions of one request of ours may take together."""
_MOST_BYTES = 512 * 1024
_SERVER_FAULT = 500
_GOOD = range(200, 300)


class Away(Exception):
    """Không trả lời: not reached, too slow, too much, or no JSON."""


def give_up(reason: str) -> NoReturn:
    """Thôi không đợi, and say why."""
    raise Away(reason)


@dataclass(frozen=True)
class Answer:
    """Câu trả lời, as Authlib reads it."""

    status_code: int
    body: bytes

    def json(self) -> Any:
        """What was said; ValueError where it is no JSON."""
        return json.loads(self.body)

    def raise_for_status(self) -> None:
        """Nothing to be read in it."""
        if self.status_code not in _GOOD:
            give_up(f"status {self.status_code}")


def until() -> float:
    """Hạn chót of a request that begins now."""
    return time.monotonic() + SECONDS


def ask(
    address: str, *, form: bytes | None = None, headers: Mapping[str, str] | None = None, by: float
) -> Answer:
    """Hỏi một địa chỉ, without following it elsewhere; Away where no answer came `by` then.

    A thread of its own asks: a name that is not found, a connection that is not taken and an answer
    that drips are all left behind in time.
    """
    connection = _connection(address, by)
    if connection is None:
        give_up("no time left")
    answer = partial(_answer, connection, address, form, dict(headers or {}), by)
    said = _said_in_time(connection, answer, by)
    if said is None:
        give_up("no answer in time")
    if isinstance(said, Exception):
        give_up(type(said).__name__)
    return said


def _said_in_time(
    connection: HTTPConnection, answer: Callable[[], Answer], by: float
) -> Answer | Exception | None:
    """What a thread of its own is answered `by` then; else its connection is cut, and it ends."""
    said: list[Answer | Exception] = []
    talk = partial(_talk, connection, answer, said)
    thread = threading.Thread(target=talk, daemon=True, name="sign-on")
    thread.start()
    thread.join(max(0.0, by - time.monotonic()))
    if said:
        return said[0]
    with suppress(OSError, AttributeError):
        connection.sock.shutdown(SHUT_RDWR)
    return None


def _talk(
    connection: HTTPConnection, answer: Callable[[], Answer], said: list[Answer | Exception]
) -> None:
    """Leave the answer, or what kept it away, in `said`, and close the connection."""
    try:
        said.append(answer())
    except (OSError, HTTPException, ValueError, Away) as fault:
        said.append(fault)
    finally:
        connection.close()


def _connection(address: str, by: float) -> HTTPConnection | None:
    parts, left = urlsplit(address), by - time.monotonic()
    if left <= 0:
        return None
    if parts.scheme == "https":
        return HTTPSConnection(
            parts.hostname or "", parts.port, timeout=left, context=ssl.create_default_context()
        )
    return HTTPConnection(parts.hostname or "", parts.port, timeout=left)


def _answer(
    connection: HTTPConnection, address: str, form: bytes | None, headers: dict[str, str], by: float
) -> Answer:
    parts = urlsplit(address)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers = {"Accept": "application/json", **headers}
    connection.request("GET" if form is None else "POST", path, body=form, headers=headers)
    response = connection.getresponse()
    body = b""
    while chunk := response.read1(65536):
        body += chunk
        if len(body) > _MOST_BYTES or time.monotonic() > by:
            give_up("too much or too slow")
    if response.status >= _SERVER_FAULT:
        give_up(f"status {response.status}")
    return Answer(response.status, body)


def read(address: str, *, by: float) -> dict[str, Any]:
    """Đọc một tài liệu JSON."""
    answer = ask(address, by=by)
    answer.raise_for_status()
    try:
        document = answer.json()
    except ValueError:
        give_up("no JSON")
    if not isinstance(document, dict):
        give_up("no object")
    return document
