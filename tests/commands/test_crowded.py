"""The server with visitors whose uploads stall: the others do not notice."""

import socket
import time
import urllib.request

import pytest

from tests.served import PATIENCE, Served, shared, until

STALLED = (
    b"POST /account/sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: "
    b"application/x-www-form-urlencoded\r\n"
    b"Content-Length: 90000\r\n\r\nuser_name="
)


@pytest.fixture
def served(migrated, tmp_path):
    made = Served(tmp_path, migrated)
    made.start()
    until(made.answers, PATIENCE, "never answered")
    yield made
    made.end()


def _stalled(port):
    upload = socket.create_connection(("127.0.0.1", port))
    upload.sendall(STALLED)
    upload.settimeout(0)
    return upload


def _told(upload):
    """What it was answered by now."""
    try:
        return upload.recv(2_000)
    except BlockingIOError:
        return b""


def test_forty_stalled_uploads_hold_nobody_who_reads(served):
    uploads = [_stalled(served.port) for _ in range(40)]
    try:
        for _ in range(10):
            began = time.monotonic()
            with urllib.request.urlopen(
                f"http://127.0.0.1:{served.port}/", timeout=PATIENCE
            ) as answer:
                assert answer.status == 200
            assert time.monotonic() - began < 5 * shared()
        time.sleep(0.3)
        answers = [_told(upload) for upload in uploads]
        assert all(
            answer.startswith(b"HTTP/1.1 503") and b"retry-after: 5" in answer
            for answer in answers
            if answer
        )
        assert sum(not answer for answer in answers) <= 16
    finally:
        for upload in uploads:
            upload.close()
