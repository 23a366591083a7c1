"""The server of `make run` and of the service, as a process of its own: what tests do with it."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

from tests.conftest import RUN, TEMPLATES
from tests.guards import Guard
from tools.server import end_with_parent

ROOT = Path(__file__).parents[1]
DATABASE = "data.db"
A_GLANCE = 0.1
PATIENCE = 120
"""So many seconds a machine may take that does something else; nobody waits longer than needed."""


def until(condition: Callable[[], object], seconds: float, sentence: str) -> float:
    """Wait for `condition`; gives how long it took."""
    began = time.monotonic()
    while not condition():
        assert time.monotonic() - began < seconds, sentence
        time.sleep(0.05)
    return time.monotonic() - began


def shared() -> float:
    """By how many others this machine is used at the moment: 1 where by nobody."""
    began, worked = time.monotonic(), time.process_time()
    while time.process_time() - worked < A_GLANCE:
        pass
    return max((time.monotonic() - began) / A_GLANCE, 1)


def is_within(seconds: float, took: float) -> bool:
    """Whether it took no longer than that, so many times as long where the machine is shared; how
    far it is need be measured only then.
    """
    return took < seconds or took < seconds * shared()


def status_of(pid: int) -> list[str]:
    """State, parent and group of a process; empty where there is none, or nothing but its end."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []
    return [] if fields[0] == "Z" else fields


def below(pid: int) -> list[int]:
    """The processes that `pid` started, and those they started."""
    started = [child for child in _started_by(pid) if status_of(child)]
    return [*started, *(process for child in started for process in below(child))]


def _started_by(pid: int) -> list[int]:
    """As the system tells them, thread by thread: nobody looks through all that run here."""
    started: list[int] = []
    for told in Path("/proc").glob(f"{pid}/task/*/children"):
        with suppress(FileNotFoundError, ProcessLookupError):  # it may end meanwhile
            started += map(int, told.read_text(encoding="ascii").split())
    return started


def settings(folder: Path) -> dict[str, str]:
    """What the environment tells a production instance in `folder`."""
    inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {
        **inherited,
        "FLASK_APP": "wsgi",
        "SECRET_KEY": "only-for-tests",
        "PUBLIC_URL": "http://127.0.0.1",
        "TRUSTED_HOSTS": "127.0.0.1",
        "PYTHONIOENCODING": "utf-8",
        "DATABASE_URL": f"sqlite:///{folder / DATABASE}",
        "EVIDENCE_URL": str(folder / "files"),
        "BALLOT_KEYS": str(folder / "keys"),
        "TEMPLATE_CACHE": str(Path(os.environ[RUN]) / TEMPLATES),
    }


def begin_with(migrated: Path, folder: Path, name: str = DATABASE) -> None:
    """Copy the database `migrated` into the folder of another instance."""
    with (
        closing(sqlite3.connect(migrated)) as source,
        closing(sqlite3.connect(folder / name)) as target,
    ):
        source.backup(target)


class Begun:
    """A server that a process of tests lets go: what `subprocess.Popen` would give."""

    def __init__(self, pid: int) -> None:
        """Know it by its process."""
        self.pid = pid
        self._is_over = False

    def poll(self) -> int | None:
        """Nothing as long as it goes on; how it ended is known to whoever began it."""
        self._is_over = self._is_over or not status_of(self.pid)
        return 0 if self._is_over else None

    def wait(self) -> None:
        until(lambda: self.poll() is not None, PATIENCE, "it does not end")

    def kill(self) -> None:
        self._ask(signal.SIGKILL)

    def terminate(self) -> None:
        self._ask(signal.SIGTERM)

    def end(self) -> None:
        self.kill()
        self.wait()

    def _ask(self, how: int) -> None:
        if self.poll() is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, how)


class Served:
    """The server, on a database without rows unless its environment names another: a copy of what
    waits in `ready`, or, where nothing does, `python -m tools.server` as people begin it.
    """

    def __init__(self, folder: Path, migrated: Path | None, ready: Guard | None = None) -> None:
        """Begin with a copy of the database `migrated`."""
        self.environment = settings(folder)
        if migrated is not None:
            begin_with(migrated, folder)
        self.log = folder / "server.log"
        self.ready = ready
        self.process: Begun | subprocess.Popen[bytes] | None = None

    def start(self, *, workers: int = 2) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        environment = {**self.environment, "WORKERS": str(workers)}
        asked = ["--port", str(self.port)]
        with self.log.open("ab") as log:
            if self.ready is not None:
                words = ["-m", "tests.begun_server", *asked]
                self.process = Begun(self.ready.begin(log, environment, words))
                return
            self.process = subprocess.Popen(  # noqa: S603 - our own
                [sys.executable, "-m", "tools.server", *asked],
                cwd=ROOT,
                env=environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=end_with_parent,  # noqa: PLW1509 - it only asks the system for one thing
            )

    @property
    def pid(self) -> int:
        assert self.process is not None
        return self.process.pid

    def processes(self) -> list[int]:
        return [self.pid, *below(self.pid)]

    def workers(self) -> list[int]:
        """Those that their leader started, once it did."""
        return [process for leader in below(self.pid)[:1] for process in below(leader)]

    def answers(self, *, seconds: float = 5) -> bool:
        try:
            with urllib.request.urlopen(
                f"http://127.0.0.1:{self.port}/static/css/tokens.css", timeout=seconds
            ) as answer:
                return answer.status == 200
        except OSError:
            return False

    def end(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()
