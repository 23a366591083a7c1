"""`python -m tests.begun_server --port N`: the server of `tools/server.py` in a process that has
loaded the application; each generation of its workers begins as a copy of it and is as ever
afterwards.
"""

import mmap
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from campaign.web import workers
from tools import generation, server

A_GLANCE = 0.01


class Copy:
    """What `subprocess.Popen` gives for `python -m tools.generation LISTENER READY`."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        cwd: Path,
        env: Mapping[str, str],
        stdin: int,
        pass_fds: Sequence[int],
        process_group: int,
        preexec_fn: Callable[[], None],
    ) -> None:
        """Begin; the copy has nothing open but what a new process would have."""
        assert (command[1:3], stdin) == (["-m", "tools.generation"], subprocess.DEVNULL), command
        self.returncode: int | None = None
        self.pid = os.fork()
        with suppress(PermissionError, ProcessLookupError):
            os.setpgid(self.pid, process_group)
        if self.pid:
            return
        preexec_fn()
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, sys.stdin.fileno())
        last = 3
        for kept in sorted(pass_fds):
            os.closerange(last, kept)
            last = kept + 1
        os.closerange(last, os.sysconf("SC_OPEN_MAX"))
        os.chdir(cwd)
        os.environ.clear()
        os.environ.update(env)
        workers._asked_at = mmap.mmap(-1, len(workers._asked_at))  # of this generation alone
        sys.argv = [*command[2:]]
        generation.main()
        sys.exit()

    def poll(self) -> int | None:
        """How it ended, once it has."""
        if self.returncode is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            self.returncode = os.waitstatus_to_exitcode(status) if pid else None
        return self.returncode

    def wait(self, seconds: float | None = None) -> int:
        """Until it has ended; raises TimeoutExpired."""
        began, command = time.monotonic(), "tools.generation"
        while (code := self.poll()) is None:
            if seconds is not None and time.monotonic() - began > seconds:
                raise subprocess.TimeoutExpired(command, seconds)
            time.sleep(A_GLANCE)
        return code

    def terminate(self) -> None:
        """Ask it to end."""
        if self.poll() is None:
            os.kill(self.pid, server.signal.SIGTERM)


def main() -> None:
    """Serve, in a session of its own, no longer than what it began from."""
    os.setsid()
    server.end_with_parent()
    begun: Any = SimpleNamespace(
        Popen=Copy, DEVNULL=subprocess.DEVNULL, TimeoutExpired=subprocess.TimeoutExpired
    )
    server.subprocess = begun
    server.main()


if __name__ == "__main__":
    main()
