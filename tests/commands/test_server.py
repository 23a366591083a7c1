"""The server of `make run` and of the service: it comes back by itself, and stops when it
is asked.
"""

import os
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import suppress
from http.client import HTTPConnection, HTTPException, HTTPResponse
from pathlib import Path
from threading import Event, Thread

import pytest

from tests.guards import Guard
from tests.leaks import leaks
from tests.served import PATIENCE, ROOT, Served, below, is_within, status_of, until
from tools import server, worker


@pytest.fixture(scope="module")
def instance(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Served:
    return Served(tmp_path_factory.mktemp("served"), migrated)


@pytest.fixture(scope="module")
def lasting(
    migrated: Path, ready: Guard, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    made = Served(tmp_path_factory.mktemp("lasting"), migrated, ready)
    yield made
    made.end()


@pytest.fixture
def served(lasting: Served) -> Served:
    """A server of two workers, the same as long as it lasts: who outlives one fault meets the
    next.
    """
    if lasting.process is None or lasting.process.poll() is not None:
        lasting.start()
    return lasting


@pytest.fixture
def small(instance: Served, ready: Guard, moment: str) -> Iterator[Served]:
    """A server of one worker: begun as people begin it where it is stopped before it has loaded the
    application.
    """
    instance.ready = None if moment in MOMENTS[:2] else ready
    instance.start(workers=1)
    yield instance
    instance.end()


@pytest.mark.parametrize(
    ("asked", "code", "title"),
    [
        (b"\x16\x03\x01 hello\r\n\r\n", 400, "Yêu cầu không hợp lệ"),
        (
            b"GET / HTTP/1.1\r\nHost: a\r\nKhong co dau hai cham\r\n\r\n",
            400,
            "Yêu cầu không hợp lệ",
        ),
        (b"POST / HTTP/1.1\r\nContent-Length: -5\r\n\r\n", 400, "Yêu cầu không hợp lệ"),
        (b"POST / HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n", 413, "Dữ liệu quá lớn"),
        (b"GET / HTTP/1.1\r\nX: " + b"a" * 40_000 + b"\r\n\r\n", 431, "Yêu cầu không hợp lệ"),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n", 501, "Yêu cầu không hợp lệ"),
    ],
)
def test_what_the_server_refuses_by_itself_is_a_page_in_vietnamese(served, asked, code, title):
    until(served.answers, PATIENCE, "never answered")
    with socket.create_connection(("127.0.0.1", served.port), timeout=20) as visitor:
        visitor.sendall(asked)
        answer = HTTPResponse(visitor)
        answer.begin()
        said = answer.read().decode()
    assert (answer.status, f"<h1>{title}</h1>" in said) == (code, True)
    assert (leaks(said), "generated" in said) == ([], False)


def test_three_workers_that_die_in_three_seconds_end_nothing(served):
    until(served.answers, PATIENCE, "never answered")
    for _ in range(3):
        until(served.workers, PATIENCE, "no worker came back")
        os.kill(served.workers()[0], signal.SIGKILL)
        time.sleep(
            0.9
        )  # so that the three die within three seconds, as they did when it ended for good
    until(served.answers, PATIENCE, "did not come back")
    assert status_of(served.pid) != []


def test_a_leader_that_is_gone_is_followed_by_another(served):
    until(served.answers, PATIENCE, "never answered")
    before = below(served.pid)
    os.kill(before[0], signal.SIGKILL)
    until(lambda: not any(status_of(pid) for pid in before), PATIENCE, "its workers stayed")
    assert served.answers(seconds=PATIENCE)  # who comes while nobody serves waits


def test_the_service_is_always_started_again_and_leaves_no_core():
    unit = (ROOT / "deploy" / "ngonco.service").read_text(encoding="utf-8").splitlines()
    for line in ("Restart=always", "StartLimitIntervalSec=0", "LimitCORE=0", "NoNewPrivileges=yes"):
        assert line in unit


MOMENTS = ["at once", "their leader is there", "a worker is there", "the first page is answered"]


@pytest.mark.parametrize("to_all", [False, True], ids=["to the leader", "to all"])
@pytest.mark.parametrize("asked", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("moment", MOMENTS)
def test_it_stops_whenever_it_is_asked(small, moment, asked, to_all):
    if moment == "their leader is there":
        until(lambda: below(small.pid), PATIENCE, "no leader")
    elif moment == "a worker is there":
        until(small.workers, PATIENCE, "no worker")
    elif moment == "the first page is answered":
        until(small.answers, PATIENCE, "never answered")
    everybody = small.processes()
    for pid in everybody if to_all else [small.pid]:
        with suppress(ProcessLookupError):
            os.kill(pid, asked)
    took = until(lambda: small.process.poll() is not None, PATIENCE, "went on")
    assert not any(status_of(pid) for pid in everybody)
    assert is_within(5, took)


def test_whatever_a_worker_does_it_is_ended_within_five_seconds():
    assert server.PATIENCE_SECONDS < 5


def test_workers_that_are_replaced_have_longer_than_anybody_may_be_silent():
    assert worker.QUIET_SECONDS + worker.LOOK_SECONDS < server.LEAVING_SECONDS


A_BREATH = 0.03
"""Between two visits of the same visitor, so that the new generation can load meanwhile."""


def _visit_until(is_over, served, refused, answered, *, keeps):
    """Over a connection that is kept as long as the server will, or over a new one each time."""
    link = HTTPConnection("127.0.0.1", served.port, timeout=PATIENCE)
    while not is_over.is_set():
        try:
            link.request("GET", "/account/sign-in")
            answer = link.getresponse()
            answer.read()
            answered.append(answer.status)
        except (OSError, HTTPException) as fault:
            refused.append(repr(fault))
            link.close()
        if not keeps:
            link.close()
        is_over.wait(A_BREATH)
    link.close()


def test_while_generations_follow_each_other_nobody_is_refused(served):
    until(served.answers, PATIENCE, "never answered")
    is_over, refused, answered = Event(), [], []
    visitors = [
        Thread(
            target=_visit_until,
            args=(is_over, served, refused, answered),
            kwargs={"keeps": number % 2},
        )
        for number in range(4)
    ]
    for visitor in visitors:
        visitor.start()
    try:
        for asked in (signal.SIGUSR2, signal.SIGHUP):
            old, before = below(served.pid), len(answered)
            os.kill(served.pid, asked)
            until(
                lambda old=old: not any(status_of(pid) for pid in old), PATIENCE, "the old stayed"
            )
            until(lambda before=before: len(answered) > before + 20, PATIENCE, "nobody answers")
    finally:
        is_over.set()
        for visitor in visitors:
            visitor.join()
    assert (refused, set(answered)) == ([], {200})


def test_whatever_ends_the_leader_leaves_no_process_behind(served):
    until(served.answers, PATIENCE, "never answered")
    everybody = served.processes()
    os.kill(served.pid, signal.SIGKILL)
    served.process.wait()
    until(lambda: not any(status_of(pid) for pid in everybody), PATIENCE, "somebody stayed")
