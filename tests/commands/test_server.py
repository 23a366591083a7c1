"""The server of `make run` and of the service: it comes back by itself, and stops when it is asked."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def _until(condition: Callable[[], object], seconds: float, told: str) -> float:
    """Wait for `condition`; gives how long it took."""
    began = time.monotonic()
    while not condition():
        assert time.monotonic() - began < seconds, told
        time.sleep(0.02)
    return time.monotonic() - began


def _status(pid: int) -> list[str]:
    """State, parent and group of a process; empty where there is none, or nothing but its end."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []
    return [] if fields[0] == "Z" else fields


def _below(pid: int) -> list[int]:
    """The processes that `pid` started, and those they started."""
    everything = [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]
    children = [one for one in everything if _status(one)[1:2] == [str(pid)]]
    return [*children, *(one for child in children for one in _below(child))]


class Served:
    """`python -m tools.server` on a database without rows."""

    def __init__(self, folder: Path) -> None:
        """Create the database once."""
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        self.environment = {
            **kept, "FLASK_APP": "wsgi", "SECRET_KEY": "only-for-tests", "PYTHONIOENCODING": "utf-8",
            "DATABASE_URL": f"sqlite:///{folder / 'data.db'}", "EVIDENCE_URL": str(folder / "files"),
            "BALLOT_KEYS": str(folder / "keys")}
        subprocess.run([sys.executable, "-m", "flask", "db", "upgrade"], cwd=ROOT, check=True,
                       env=self.environment, capture_output=True)
        self.log = folder / "server.log"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603 - our own
                [sys.executable, "-m", "tools.server", "--port", str(self.port)], cwd=ROOT,
                env=self.environment, stdout=log, stderr=log, start_new_session=True)

    @property
    def pid(self) -> int:
        assert self.process is not None
        return self.process.pid

    def processes(self) -> list[int]:
        return [self.pid, *_below(self.pid)]

    def workers(self) -> list[int]:
        """Those that granian started, once it did."""
        return [one for granian in _below(self.pid)[:1] for one in _below(granian)]

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/static/css/tokens.css", timeout=5) as answer:
                return answer.status == 200
        except OSError:
            return False

    def end(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Served:
    return Served(tmp_path_factory.mktemp("served"))


@pytest.fixture
def served(instance: Served) -> Iterator[Served]:
    instance.start()
    yield instance
    instance.end()


def test_three_workers_that_die_in_three_seconds_end_nothing(served):
    _until(served.answers, 30, "never answered")
    for _ in range(3):
        _until(served.workers, 10, "no worker came back")
        os.kill(served.workers()[0], signal.SIGKILL)
        time.sleep(0.9)  # so that the three die within three seconds, as they did when it ended for good
    _until(served.answers, 30, "did not come back")
    assert _status(served.pid) != []


def test_a_granian_that_is_gone_is_started_again(served):
    _until(served.answers, 30, "never answered")
    before = _below(served.pid)
    os.kill(before[0], signal.SIGKILL)
    _until(lambda: not any(_status(one) for one in before), 5, "its workers stayed")
    _until(served.answers, 30, "did not come back")


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
        _until(lambda: _below(served.pid), 30, "no granian")
    elif moment == "a worker is there":
        _until(served.workers, 30, "no worker")
    elif moment == "the first page is answered":
        _until(served.answers, 30, "never answered")
    everybody = served.processes()
    for one in everybody if to_all else [served.pid]:
        with suppress(ProcessLookupError):
            os.kill(one, asked)
    took = _until(lambda: served.process.poll() is not None, 5, "went on")
    assert not any(_status(one) for one in everybody)
    assert took < 5


def test_whatever_ends_the_leader_leaves_no_process_behind(served):
    _until(served.answers, 30, "never answered")
    everybody = served.processes()
    os.kill(served.pid, signal.SIGKILL)
    served.process.wait()
    _until(lambda: not any(_status(one) for one in everybody), 5, "somebody stayed")
