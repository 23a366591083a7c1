"""`flask` for the tests of commands, and `python` for what else loads the application: its
code is loaded once, and each command is a process of its own that begins with it; so is each that
such a command begins.
"""

import os
import runpy
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Lock
from types import SimpleNamespace
from typing import Any

import flask.cli
from sqlalchemy.orm import configure_mappers

import campaign as _campaign  # noqa: F401 - what every command loads
from campaign.archive import rehearsal
from campaign.papers import apart
from tests import guards, waiting_guard

configure_mappers()  # else each copy does, at its first query

ROOT = Path(__file__).parents[1]
FLASK = [sys.executable, "-m", "flask"]
SECONDS = 300


class Spare(guards.Guard):
    """A copy of this process as it is now; it ends when whoever made it does."""

    def __init__(self) -> None:
        """Let it wait for commands."""
        self._line, theirs = socket.socketpair()
        self._lock = Lock()
        with theirs:
            if os.fork() == 0:
                self._line.close()
                waiting_guard.wait(__file__, theirs)
                os._exit(0)

    def run(
        self, command: list[str], *, cwd: Path, env: Mapping[str, str], **_piped: Any
    ) -> "subprocess.CompletedProcess[str]":
        """What `subprocess.run` does with one more `flask`."""
        assert (command[:3], cwd) == (FLASK, ROOT), command
        done = self.do(b"", SECONDS, dict(env), command[3:])
        said, warned = done.stdout.decode(), done.stderr.decode()
        return subprocess.CompletedProcess(command, done.returncode, said, warned)


def main(environment: Mapping[str, str], words: Sequence[str]) -> None:
    """`python -m flask` at the root of the project, with nothing but `environment`; another module
    where the words are `-m` and its name, other lines where they are `-c` and these.
    """
    if words[0] not in {"-c", "-m"}:
        rehearsal.subprocess = SimpleNamespace(run=Spare().run)  # type: ignore[assignment]
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    with guards.ready() as apart.run:
        if words[0] == "-m":
            sys.argv = [*words[1:]]
            runpy.run_module(words[1], run_name="__main__", alter_sys=True)
        elif words[0] == "-c":
            sys.argv = ["-c", *words[2:]]
            exec(compile(words[1], "-c", "exec"), {"__name__": "__main__"})  # noqa: S102 - a test's
        else:
            sys.argv = ["flask", *words]
            flask.cli.main()
