"""The server with visitors who stall at what they send or fetch: the others do not notice."""

import socket
import time
import urllib.request
from urllib.error import HTTPError

import pytest

from tests.served import PATIENCE, Served, is_within, until

FORM = (
    b"POST /account/sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: "
    b"application/x-www-form-urlencoded\r\n"
)
STALLED = {
    "half a line": b"GET /account/si",
    "half of the headers": FORM,
    "half a form": FORM + b"Content-Length: 90000\r\n\r\nuser_name=",
    "many answers that are not fetched": (
        b"GET /static/vendor/bootstrap.css HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" * 50
    ),
}


@pytest.fixture(scope="module")
def served(migrated, ready, tmp_path_factory):
    made = Served(tmp_path_factory.mktemp("crowded"), migrated, ready)
    made.start()
    until(made.answers, PATIENCE, "never answered")
    yield made
    made.end()


def _stalled(port, sent):
    visitor = socket.socket()
    visitor.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
    visitor.connect(("127.0.0.1", port))
    visitor.sendall(sent)
    return visitor


def _status(port, form=None):
    address = f"http://127.0.0.1:{port}/account/sign-in"
    try:
        with urllib.request.urlopen(address, form, timeout=PATIENCE) as answer:
            return answer.status
    except HTTPError as refusal:
        return refusal.code


@pytest.mark.parametrize("sent", STALLED.values(), ids=STALLED)
def test_a_hundred_who_stall_hold_nobody_who_reads_or_sends(served, sent):
    crowd = [_stalled(served.port, sent) for _ in range(100)]
    try:
        for _ in range(5):
            began = time.monotonic()
            assert _status(served.port) == 200
            assert _status(served.port, b"user_name=a&password=b") == 401
            assert is_within(5, time.monotonic() - began)
    finally:
        for visitor in crowd:
            visitor.close()
