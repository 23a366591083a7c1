"""The server: granian and its workers, started again whenever they end, until it is asked to stop.

`python -m tools.server --host 127.0.0.1 --port 8000`; what stands behind goes to granian.
"""

import ctypes
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from tools import memory

ROOT = Path(__file__).resolve().parent.parent
THREADS = 40
"""As many as `campaign/web/turns.py` reckons with; most only wait."""

ANSWER_SECONDS = 4
"""So long a worker that is asked to end may go on with what it is answering."""
PATIENCE_SECONDS = 4.5
"""So long granian has to stop, then it is ended with its workers."""
ASK_AGAIN_SECONDS = 0.5
PAUSE_SECONDS = 0.5
"""Between an end that nobody asked for and the next start."""
STOPS = {signal.SIGHUP, signal.SIGINT, signal.SIGTERM}
WATCHED = {*STOPS, signal.SIGCHLD, signal.SIGALRM}

REPLACED_SECONDS = 10
"""So long a worker that is to be replaced goes on: the new one has started by then, also slowly."""

# A worker that dies, or has grown too large, is replaced by a new one; what it was answering it
# answers first.
GRANIAN = [
    "--interface",
    "wsgi",
    "--workers",
    os.environ.get("WORKERS", "2"),
    "--blocking-threads",
    str(THREADS),
    "--respawn-failed-workers",
    "--workers-max-rss",
    str(memory.LARGEST_WORKER_MIB),
    "--respawn-interval",
    str(REPLACED_SECONDS),
    "--workers-kill-timeout",
    str(ANSWER_SECONDS),
    "--log-level",
    "error",
]


def end_with_parent() -> None:
    """Let the system end this process when its parent is gone (where the system is Linux)."""
    if sys.platform == "linux":
        set_parent_death_signal = 1
        ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGKILL)


def main() -> None:
    """Serve until asked to stop; then within five seconds, what is being answered first."""
    signal.pthread_sigmask(signal.SIG_BLOCK, WATCHED)
    while True:
        server = _started(sys.argv[1:])
        while server.poll() is None:
            if _signal_within(0) in STOPS:
                _stop(server)
                return
        print("Máy chủ web vừa dừng ngoài ý muốn; đang chạy lại.", file=sys.stderr, flush=True)
        if _is_asked_to_stop_within(PAUSE_SECONDS):
            return


def _started(options: list[str]) -> subprocess.Popen[bytes]:
    granian = str(Path(sys.executable).with_name("granian"))
    command = [granian, *GRANIAN, *options, "--factory", "tools.worker:application"]
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env={**memory.MALLOC, **os.environ},
        stdin=subprocess.DEVNULL,
        process_group=0,
        preexec_fn=_begin,  # noqa: PLW1509 - there are no threads here
    )


def _begin() -> None:
    """What granian starts from: no signal held back, and an end with its parent."""
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    end_with_parent()


def _signal_within(seconds: float) -> int:
    """Wait for the next signal; SIGALRM says that so many seconds are over, 0 are endless."""
    signal.setitimer(signal.ITIMER_REAL, seconds)
    return signal.sigwait(WATCHED)


def _is_asked_to_stop_within(seconds: float) -> bool:
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        if _signal_within(left) in STOPS:
            return True
    return False


def _stop(server: subprocess.Popen[bytes]) -> None:
    """Ask granian, then all of its group again and again: one that just begins hears nothing."""
    server.terminate()
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        with suppress(subprocess.TimeoutExpired):
            server.wait(ASK_AGAIN_SECONDS)
            return
        os.killpg(server.pid, signal.SIGTERM)
    os.killpg(server.pid, signal.SIGKILL)
    server.wait()


if __name__ == "__main__":
    main()
