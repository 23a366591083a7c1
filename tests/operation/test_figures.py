"""What programs that watch read: figures of all processes of a machine, and of nobody in it."""

import os
import re
import signal
import socket
import sys
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from urllib.error import HTTPError

import pytest

from campaign.core.errors import RuleViolation
from campaign.operation.listening import address_of
from tests.served import PATIENCE, Begun, Served, status_of, until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")


@pytest.fixture
def served(tmp_path, migrated, ready):
    """A server that counts, and the port on which its figures are told."""
    server = Served(tmp_path, migrated, ready)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        server.figures = f"127.0.0.1:{probe.getsockname()[1]}"
    server.environment |= {
        "METRICS": str(tmp_path / "metrics"),
        "METRICS_ADDRESS": server.figures,
        "NGONCO_INSTANCE": str(tmp_path),
    }
    server.start()
    with server.log.open("ab") as log:
        teller = Begun(ready.begin(log, server.environment, ["metrics", "--serve"]))
    yield server
    teller.end()
    server.end()


def _ask(address):
    try:
        with urllib.request.urlopen(f"http://{address}", timeout=PATIENCE) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as refused:
        return refused.code, ""
    except OSError:
        return None, ""


def _told(server, name):
    """The value of one figure, by its name and labels; None as long as it is not told."""
    lines = dict(line.rsplit(" ", 1) for line in _ask(f"{server.figures}/metrics")[1].splitlines())
    return float(lines[name]) if name in lines else None


def test_figures_of_two_workers_are_summed_and_outlive_them(served, tmp_path):
    asked = 'ngonco_requests_total{endpoint="health.alive",method="GET",status="200"}'
    strange = 'ngonco_requests_total{endpoint="other",method="GET",status="404"}'
    until(lambda: _told(served, "ngonco_workers") == 2, PATIENCE, "two workers do not count")
    sent = []

    def both_answered():
        with ThreadPoolExecutor(8) as many:
            sent.extend(many.map(lambda _: _ask(f"127.0.0.1:{served.port}/healthz")[0], range(20)))
        files = [*(tmp_path / "metrics").glob("counter_*.db")]
        return [b"health.alive" in file.read_bytes() for file in files] == [True, True]

    until(both_answered, PATIENCE, "one of the workers answers nothing")
    assert _ask(f"127.0.0.1:{served.port}/Nguyen-Van-An")[0] == 404
    assert {*sent} == {200}
    assert (_told(served, asked), _told(served, strange)) == (len(sent), 1)
    assert _told(served, 'ngonco_request_seconds_count{endpoint="health.alive"}') == len(sent)
    assert _told(served, 'ngonco_part{part="database"}') == 0
    assert _told(served, "ngonco_open_ballots") == 0
    assert 30e6 < _told(served, "ngonco_largest_worker_resident_bytes") < 300e6
    everything = _ask(f"{served.figures}/metrics")[1]
    assert "Nguyen" not in everything
    assert not re.search(r"user|choice|/account/", everything)

    ended = served.workers()[0]
    os.kill(ended, signal.SIGKILL)
    until(lambda: not status_of(ended), PATIENCE, "it does not end")
    assert _told(served, asked) == len(sent)
    assert not (tmp_path / "metrics" / f"counter_{ended}.db").exists()
    assert _ask(f"{served.figures}/healthz")[0] == 404


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ("0.0.0.0:9464", "phải là địa chỉ của chính máy này"),
        ("10.0.7.2:9464", "phải là địa chỉ của chính máy này"),
        ("localhost", "phải có dạng 127.0.0.1:9464"),
        ("127.0.0.1:cong", "phải có dạng 127.0.0.1:9464"),
    ],
)
def test_figures_are_told_on_no_address_that_others_reach(named, said):
    with pytest.raises(RuleViolation, match=said):
        address_of(named)


def test_this_machine_is_named_by_either_of_its_addresses():
    assert address_of("127.0.0.1:9464") == ("127.0.0.1", 9464)
    assert address_of("[::1]:9464") == ("::1", 9464)
