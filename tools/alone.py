"""Run a command in a folder of its own, of which nothing stays, however it ends; then tell what
it took: `python tools/alone.py make check`.

Two processes watch it: the one that was called, and a keeper which starts the command, inherits
whatever of it has lost its parent, and ends all of it when the first one is stopped or gone.
"""

import ctypes
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import psutil

FOLDER = "NGONCO_TEST_RUN"
"""The variable that tells the command which folder is its own."""
UNCOMPILED = "PYTHONDONTWRITEBYTECODE"
"""Not passed on: a run starts hundreds of processes, and each would compile all that it loads."""
MEMORY = Path("/dev/shm")  # noqa: S108 - where it is large enough, files need no disk
ENOUGH = 2 * 1024**3
STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
LOOK_SECONDS = 0.2
GRACE_SECONDS = 5
"""So long a database may take to give its memory back."""


def main() -> int:
    """Let the keeper work, and let go of it when this process is asked to stop."""
    in_memory = os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ENOUGH
    folder = tempfile.mkdtemp(prefix="ngonco-tests-", dir=MEMORY if in_memory else None)
    heard, held = os.pipe()
    _inherit_orphans()
    keeper = os.fork()
    if keeper == 0:
        os.close(held)
        os._exit(_keep(sys.argv[1:], folder, heard))
    for stop in STOPS:
        signal.signal(stop, lambda *_: os.write(held, b"stop"))
    _, status = os.waitpid(keeper, 0)
    _end_all()  # where the keeper itself was killed
    shutil.rmtree(folder, ignore_errors=True)
    return max(os.waitstatus_to_exitcode(status), 0) or int(os.WIFSIGNALED(status))


def _keep(command: list[str], folder: str, heard: int) -> int:
    """Run the command until it ends or the one who asked for it does."""
    os.setsid()
    for stop in STOPS:
        signal.signal(stop, signal.SIG_IGN)
    _inherit_orphans()
    begun = time.monotonic()
    running = subprocess.Popen(
        command,
        env={name: os.environ[name] for name in os.environ if name != UNCOMPILED}
        | {FOLDER: folder},
        preexec_fn=_hear_stops,  # noqa: PLW1509 - there are no threads here
    )
    while not select.select([heard], [], [], LOOK_SECONDS)[0]:
        running.returncode = _ended(running.pid)
        if running.returncode is not None:
            break
    _end_all()
    shutil.rmtree(folder, ignore_errors=True)
    worked = os.times()
    seconds = worked.children_user + worked.children_system
    print(f"{_told(time.monotonic() - begun)} by the clock, {_told(seconds)} of the processors")
    sys.stdout.flush()
    return 1 if running.returncode is None else abs(running.returncode)


def _ended(command: int) -> int | None:
    """Take leave of every process that has ended; how the command did, if it was among them."""
    code, ended = None, 1
    with suppress(ChildProcessError):
        while ended:
            ended, status = os.waitpid(-1, os.WNOHANG)
            if ended == command:
                code = os.waitstatus_to_exitcode(status)
    return code


def _told(seconds: float) -> str:
    return f"{int(seconds) // 60} min {int(seconds) % 60:02} s"


def _hear_stops() -> None:
    for stop in STOPS:
        signal.signal(stop, signal.SIG_DFL)


def _inherit_orphans() -> None:
    """Become the parent of whatever below loses its own (where the system is Linux)."""
    if sys.platform == "linux":
        become_subreaper = 36
        ctypes.CDLL(None).prctl(become_subreaper, 1)


def _end_all() -> None:
    """End everything below: databases are asked first, as they hold memory of the system."""
    below = psutil.Process().children(recursive=True)
    for process in below:
        with suppress(psutil.NoSuchProcess):
            is_database = process.name().startswith("postgres")
            process.send_signal(signal.SIGQUIT if is_database else signal.SIGKILL)
    psutil.wait_procs(below, timeout=GRACE_SECONDS)
    while below := psutil.Process().children(recursive=True):
        for process in below:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        psutil.wait_procs(below, timeout=LOOK_SECONDS)


if __name__ == "__main__":
    sys.exit(main())
