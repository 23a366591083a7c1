"""The server of `make run` and of the service: it comes back by itself, and stops when it
is asked.
"""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest

from tests.served import ROOT, Served, below, status_of, until


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Served:
    return Served(tmp_path_factory.mktemp("served"))


@pytest.fixture
def served(instance: Served) -> Iterator[Served]:
    instance.start()
    yield instance
    instance.end()


def test_three_workers_that_die_in_three_seconds_end_nothing(served):
    until(served.answers, 30, "never answered")
    for _ in range(3):
        until(served.workers, 10, "no worker came back")
        os.kill(served.workers()[0], signal.SIGKILL)
        time.sleep(
            0.9
        )  # so that the three die within three seconds, as they did when it ended for good
    until(served.answers, 30, "did not come back")
    assert status_of(served.pid) != []


def test_a_granian_that_is_gone_is_started_again(served):
    until(served.answers, 30, "never answered")
    before = below(served.pid)
    os.kill(before[0], signal.SIGKILL)
    until(lambda: not any(status_of(pid) for pid in before), 5, "its workers stayed")
    until(served.answers, 30, "did not come back")


def test_the_service_is_always_started_again_and_leaves_no_core():
    unit = (ROOT / "deploy" / "ngonco.service").read_text(encoding="utf-8").splitlines()
    for line in ("Restart=always", "StartLimitIntervalSec=0", "LimitCORE=0", "NoNewPrivileges=yes"):
        assert line in unit


MOMENTS = ["at once", "granian is there", "a worker is there", "the first page is answered"]


@pytest.mark.parametrize("to_all", [False, True], ids=["to the leader", "to all"])
@pytest.mark.parametrize("asked", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("moment", MOMENTS)
def test_it_stops_whenever_it_is_asked(served, moment, asked, to_all):
    if moment == "granian is there":
        until(lambda: below(served.pid), 30, "no granian")
    elif moment == "a worker is there":
        until(served.workers, 30, "no worker")
    elif moment == "the first page is answered":
        until(served.answers, 30, "never answered")
    everybody = served.processes()
    for pid in everybody if to_all else [served.pid]:
        with suppress(ProcessLookupError):
            os.kill(pid, asked)
    took = until(lambda: served.process.poll() is not None, 5, "went on")
    assert not any(status_of(pid) for pid in everybody)
    assert took < 5


def test_whatever_ends_the_leader_leaves_no_process_behind(served):
    until(served.answers, 30, "never answered")
    everybody = served.processes()
    os.kill(served.pid, signal.SIGKILL)
    served.process.wait()
    until(lambda: not any(status_of(pid) for pid in everybody), 5, "somebody stayed")
