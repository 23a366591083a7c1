"""The server: a generation of workers after the other on one socket, until it is asked to stop.

`python -m tools.server --host 127.0.0.1 --port 8000`. Whoever comes in while a generation is
replaced, or started again after it died, waits at the socket and is refused by nobody.
"""

import ctypes
import errno
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from tools import memory, settings

ROOT = Path(__file__).resolve().parent.parent
BACKLOG = 1024
PATIENCE_SECONDS = 4.5
"""So long all have to finish when the server is asked to stop, then they are ended."""
ASK_AGAIN_SECONDS = 0.5
PAUSE_SECONDS = 0.5
"""Between an end that nobody asked for and the next start."""
LOADING_SECONDS = 120
"""So long a new generation may take until its workers answer; the old one serves meanwhile."""
LEAVING_SECONDS = 135
"""So long the old one may take over what it is answering and over who still sends."""
LOOK_SECONDS = 30
"""So often the memory of the workers is looked at."""
GLANCE_SECONDS = 0.1
STOPS = {signal.SIGINT, signal.SIGTERM}
AGAIN = {signal.SIGUSR2}
"""A new generation is asked for, also by SIGHUP where no terminal is left by it."""
WATCHED = {*STOPS, *AGAIN, signal.SIGHUP, signal.SIGCHLD, signal.SIGALRM}


def end_with_parent() -> None:
    """Let the system end this process when its parent is gone (where the system is Linux)."""
    if sys.platform == "linux":
        set_parent_death_signal = 1
        ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGKILL)


class Generation:
    """Một đời: who leads the workers, and they, a process group of its own."""

    def __init__(self, listener: socket.socket) -> None:
        """Start it on the socket; it is heard of through a pipe when a worker begins."""
        self._ready, told = os.pipe()
        os.set_blocking(self._ready, False)
        command = [sys.executable, "-m", "tools.generation", str(listener.fileno()), str(told)]
        self.process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**memory.MALLOC, **os.environ},
            stdin=subprocess.DEVNULL,
            pass_fds=(listener.fileno(), told),
            process_group=0,
            preexec_fn=_begin,  # noqa: PLW1509 - there are no threads here
        )
        os.close(told)
        self.since = time.monotonic()
        self._beginners = 0
        self._is_large = False

    def is_over(self) -> bool:
        """Whether it has ended."""
        return self.process.poll() is not None

    def serves(self) -> bool:
        """Whether as many workers have begun as there should be."""
        with suppress(BlockingIOError):
            self._beginners += len(os.read(self._ready, 64))
        return self._beginners >= settings.whole("WORKERS", 2, 64)

    def has_outgrown(self) -> bool:
        """Whether a worker is too large, twice in a row: a long list is drawn and forgotten."""
        was_large = self._is_large
        sizes = memory.sizes_below(self.process.pid)
        self._is_large = max(sizes, default=0) > memory.LARGEST_WORKER_MIB
        return was_large and self._is_large

    def ask_to_end(self) -> None:
        """No more visitors; what is being answered is answered."""
        self.since = time.monotonic()
        self.process.terminate()

    def end(self) -> None:
        """Whatever it does."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        os.close(self._ready)


def _begin() -> None:
    """What a generation starts from: no signal held back, and an end with its parent."""
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    end_with_parent()


class Serving:
    """Đời đang phục vụ, the one that is to follow it, and those that are leaving."""

    def __init__(self, listener: socket.socket) -> None:
        """Begin the first generation."""
        self._listener = listener
        self._now = Generation(listener)
        self._next: Generation | None = None
        self._leaving: list[Generation] = []
        self._is_asked_again = False
        self._looked_at = time.monotonic()

    def replace(self) -> None:
        """A new generation, and once more where one is already coming: it may have begun before
        that which is to be left behind.
        """
        if self._next is None:
            self._next = Generation(self._listener)
        else:
            self._is_asked_again = True

    def is_moving(self) -> bool:
        """Whether there is something to look after."""
        return self._next is not None or bool(self._leaving)

    def go_on(self) -> None:
        """What is due now."""
        self._follow()
        for old in list(self._leaving):
            if old.is_over() or time.monotonic() - old.since > LEAVING_SECONDS:
                old.end()
                self._leaving.remove(old)
        if time.monotonic() - self._looked_at > LOOK_SECONDS:
            self._looked_at = time.monotonic()
            if self._now.has_outgrown():
                self.replace()

    def _follow(self) -> None:
        """The next generation takes the place of the present one as soon as it serves."""
        coming = self._next
        if coming is None:
            return
        if coming.serves():
            self._now.ask_to_end()
            self._leaving.append(self._now)
            self._now, self._next = coming, None
        elif coming.is_over() or time.monotonic() - coming.since > LOADING_SECONDS:
            coming.end()
            self._next = None
            _say("Lượt tiến trình mới không chạy được; lượt đang chạy vẫn phục vụ.")
        if self._next is None and self._is_asked_again:
            self._is_asked_again = False
            self.replace()

    def has_fallen(self) -> bool:
        """Whether nobody serves."""
        return self._now.is_over()

    def get_up(self) -> None:
        """After an end that nobody asked for."""
        self._now.end()
        self._now, self._next = self._next or Generation(self._listener), None

    def stop(self) -> None:
        """Ask all, again and again, for one that just begins hears nothing; then end them."""
        everybody = [self._now, *self._leaving, *([self._next] if self._next else [])]
        for one in everybody:
            one.process.terminate()
        until = time.monotonic() + PATIENCE_SECONDS
        for one in everybody:
            while not one.is_over() and time.monotonic() < until:
                with suppress(subprocess.TimeoutExpired):
                    one.process.wait(ASK_AGAIN_SECONDS)
                    break
                with suppress(ProcessLookupError):
                    os.killpg(one.process.pid, signal.SIGTERM)
        for one in everybody:
            one.end()


def main() -> None:
    """Serve until asked to stop; then within five seconds, what is being answered first."""
    settings.whole("WORKERS", 2, 64)
    listener = _listener()
    is_reload = AGAIN if sys.stdin is not None and sys.stdin.isatty() else {*AGAIN, signal.SIGHUP}
    signal.pthread_sigmask(signal.SIG_BLOCK, WATCHED)
    serving = Serving(listener)
    while True:
        came = _signal_within(GLANCE_SECONDS if serving.is_moving() else LOOK_SECONDS)
        if came in is_reload:
            serving.replace()
        elif came in {*STOPS, signal.SIGHUP}:
            return serving.stop()
        serving.go_on()
        if serving.has_fallen():
            _say("Máy chủ web vừa dừng ngoài ý muốn; đang chạy lại.")
            if _is_asked_to_stop_within(PAUSE_SECONDS):
                return serving.stop()
            serving.get_up()


def _listener() -> socket.socket:
    """The socket of systemd where one is handed over, else one of our own."""
    reader = settings.Arguments()
    reader.add_argument("--host", default="127.0.0.1")
    reader.add_argument("--port", type=int, choices=range(1, 65_536), default=8000)
    options = reader.parse_args()
    if os.environ.get("LISTEN_PID") == str(os.getpid()):
        listener = socket.socket(fileno=3)
    else:
        listener = _listening(options.host, options.port)
    listener.setblocking(False)  # noqa: FBT003
    return listener


def _listening(host: str, port: int) -> socket.socket:
    """A socket of our own at this address."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=BACKLOG)
    except OSError as fault:
        if fault.errno == errno.EADDRINUSE:
            sys.exit(f"Cổng {port} đang có chương trình khác dùng; hãy dừng nó, hoặc đổi --port.")
        sys.exit(f"Không mở được cổng {port} ở địa chỉ {host}; hãy xem lại --host và --port.")


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def _signal_within(seconds: float) -> int:
    """Wait for the next signal; SIGALRM says that so many seconds are over."""
    signal.setitimer(signal.ITIMER_REAL, seconds)
    return signal.sigwait(WATCHED)


def _is_asked_to_stop_within(seconds: float) -> bool:
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        if _signal_within(left) in STOPS:
            return True
    return False


if __name__ == "__main__":
    main()
