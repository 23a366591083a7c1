"""Where a proof happens: an instance in a folder of its own, its server, and its database."""

import logging
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any

import psutil

from tools.server import end_with_parent

ROOT = Path(__file__).resolve().parent.parent
SQLITE, POSTGRESQL = "sqlite", "postgresql"
PATIENCE = 90.0
"""So many seconds a server may take to answer again before the proof has failed."""


class ProofFailed(Exception):
    """Điều đã hứa không giữ được, or the proof could not be carried out."""


def until(condition: Callable[[], object], sentence: str, seconds: float = PATIENCE) -> float:
    """Wait for `condition`; gives how long it took."""
    began = time.monotonic()
    while not condition():
        if time.monotonic() - began > seconds:
            raise ProofFailed(sentence)
        time.sleep(0.05)
    return time.monotonic() - began


def free_port() -> int:
    """A port where nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def kill(processes: list[psutil.Process]) -> None:
    """SIGKILL, to all of them before any can answer the end of another."""
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            process.send_signal(signal.SIGSTOP)
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            process.kill()


def _is_over(process: psutil.Process) -> bool:
    """Whether nothing is left of it, but perhaps its end for whoever asks."""
    try:
        return bool(process.status() == psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return True


def _children(process: psutil.Process) -> list[psutil.Process]:
    try:
        return list(process.children())
    except psutil.NoSuchProcess:
        return []


@dataclass
class Postgres:
    """A PostgreSQL of this proof alone, from the package `pgserver`, syncing as it is shipped."""

    folder: Path
    server: Any = None

    def start(self) -> None:
        """Begin, or begin again after a kill."""
        from pgserver.postgres_server import get_server

        logging.getLogger("pgserver").setLevel(logging.CRITICAL)  # it repeats the log of the server
        if self.server is None:
            self.server = get_server(self.folder, cleanup_mode=None)
        until(self._runs, "PostgreSQL did not come back")

    def _runs(self) -> bool:
        try:
            self.server.ensure_postgres_running()
        except (subprocess.SubprocessError, AssertionError, OSError, ValueError):
            return False
        return True

    @property
    def url(self) -> str:
        """The address of its database."""
        return str(self.server.get_uri(database="postgres"))

    def processes(self) -> list[psutil.Process]:
        """The postmaster first, then all that it started."""
        try:
            first = int((self.folder / "postmaster.pid").read_text().split("\n", 1)[0])
            postmaster = psutil.Process(first)
            return [postmaster, *postmaster.children(recursive=True)]
        except (OSError, ValueError, psutil.NoSuchProcess):
            return []

    def backends(self) -> list[psutil.Process]:
        """The processes that serve a connection each."""
        seen = []
        for process in self.processes()[1:]:
            with suppress(psutil.NoSuchProcess):
                if any("[local]" in word for word in process.cmdline()):
                    seen.append(process)
        return seen

    def kill(self) -> None:
        """All of it at once, and wait until it is gone."""
        processes = self.processes()
        kill(processes)
        psutil.wait_procs(processes, timeout=10)

    def stop(self) -> None:
        """End it and free what it held."""
        if self.server is not None:
            kill(self.processes())
            self.server.cleanup()


@dataclass
class Ground:
    """An instance: its folder, what its processes are told, and the server that runs on it."""

    folder: Path
    database: str = SQLITE
    workers: int = 2
    url: str = ""
    environment: dict[str, str] = field(default_factory=dict)
    postgres: Postgres | None = None
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> Path:
        """Where the server says what it has to say: not on the disk that may be taken from it."""
        return self.folder.with_name("server.log")

    def prepare(self, url: str = "") -> None:
        """Begin the database; `url`: one that stands elsewhere, and is nobody's to kill."""
        if self.database == POSTGRESQL and not url:
            self.postgres = Postgres(self.folder.with_name("postgresql"))
            self.postgres.start()
            url = self.postgres.url
        self.url = url
        inherited = ("PATH", "HOME", "LANG", "PYTHONPATH")
        self.environment = {
            **{name: os.environ[name] for name in inherited if name in os.environ},
            "FLASK_APP": "wsgi",
            "NGONCO_MODE": "demo",
            "NGONCO_INSTANCE": str(self.folder),
            "PORT": str(self.port),
            "WORKERS": str(self.workers),
            "PYTHONIOENCODING": "utf-8",
            **({"DATABASE_URL": url} if url else {}),
        }

    def run(self, *command: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        """A command of the product, or of the proof, on this instance."""
        return subprocess.run(  # noqa: S603 - our own modules
            [sys.executable, *command],
            cwd=ROOT,
            env=self.environment,
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
        )

    def told(self, *command: str, stdin: str = "") -> str:
        """What a command that must succeed says."""
        done = self.run(*command, stdin=stdin)
        if done.returncode:
            message = f"{' '.join(command)}\n{done.stdout}\n{done.stderr}"
            raise ProofFailed(message)
        return done.stdout

    def start(self) -> None:
        """Begin the server as the service does."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603 - our own
                [sys.executable, "-m", "tools.server", "--port", str(self.port)],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=end_with_parent,  # noqa: PLW1509 - it only asks the system for one thing
            )

    def processes(self) -> list[psutil.Process]:
        """The supervisor first, then all that it started."""
        if self.process is None or self.process.poll() is not None:
            return []
        with suppress(psutil.NoSuchProcess):
            first = psutil.Process(self.process.pid)
            return [first, *first.children(recursive=True)]
        return []

    def worker_processes(self) -> list[psutil.Process]:
        """Those that answer: they start nothing."""
        return [process for process in self.processes()[1:] if not _children(process)]

    def leading_processes(self) -> list[psutil.Process]:
        """Those between the supervisor and the workers."""
        return [process for process in self.processes()[1:] if _children(process)]

    def answers(self, path: str = "/account/sign-in") -> bool:
        """Whether a page comes that needs the database."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=5) as answer:
                return bool(answer.status == HTTPStatus.OK)
        except (OSError, ValueError):
            return False

    def await_served(self) -> None:
        """Wait until it answers at all, whatever it says."""
        until(lambda: self.answers("/healthz"), f"nobody serves; see {self.log}")

    def await_answer(self) -> float:
        """Wait until it answers; gives how long it took."""
        return until(self.answers, f"the server did not answer; see {self.log}")

    def kill_server(self) -> None:
        """Supervisor, leader and workers at once."""
        processes = self.processes()
        kill(processes)
        until(lambda: all(_is_over(process) for process in processes), "a process outlives SIGKILL")
        if self.process is not None:
            self.process.wait()

    def end(self) -> None:
        """Leave no process behind."""
        self.kill_server()
        if self.postgres is not None:
            self.postgres.stop()


@contextmanager
def new_ground(
    database: str,
    *,
    keep: bool = False,
    workers: int = 2,
    before: Callable[[Ground], None] = lambda _ground: None,
) -> Iterator[Ground]:
    """A fresh instance that goes when the proof has ended, unless it is to be looked at; `before`
    its database begins there may be something to prepare.
    """
    folder = Path(tempfile.mkdtemp(prefix="ngonco-prove-"))
    folder.chmod(0o711)  # PostgreSQL may be another user; the instance closes its own folder
    ground = Ground(folder / "instance", database, workers)
    ground.folder.mkdir()
    try:
        before(ground)
        ground.prepare()
        yield ground
    finally:
        ground.end()
        if not keep:
            shutil.rmtree(folder, ignore_errors=True)
