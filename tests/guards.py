"""Guarded processes that begin at once: one of each script has loaded what it needs and waits; for
each job it lets a copy of itself go, which binds itself, does the job and is gone.

What a job may do is bound as ever, by the script itself. How a script begins anew is told by
`tests/papers/test_apart.py`, and by the server of `tests/journeys/test_set_up.py`, which begins as
it does for a newcomer and knows nothing of this.
"""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from threading import Lock, Thread
from types import MappingProxyType
from typing import Any, BinaryIO, TextIO

from campaign.papers import apart

ROOT = Path(__file__).parents[1]
KNOWN = frozenset(
    ROOT / script
    for script in (
        "campaign/archive/bagger.py",
        "campaign/files/looker.py",
        "campaign/papers/typesetter.py",
        "guarded/papers/run.py",
        "guarded/pictures/run.py",
        "guarded/signed/run.py",
        "guarded/spreadsheets/run.py",
        "guarded/spreadsheets/run_text.py",
    )
)
BEGINS_ANEW = apart.run
NOTHING: Mapping[str, str] = MappingProxyType({})
WAITING = Path(__file__).with_name("waiting_guard.py")


class Guard:
    """One script, loaded and waiting."""

    def __init__(self, script: Path, environment: Mapping[str, str]) -> None:
        """Begin as `apart.run` would, but for what it does with the script."""
        self._line, theirs = socket.socketpair()
        self._lock = Lock()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - our own
                [sys.executable, "-P", str(WAITING), str(script), str(theirs.fileno())],
                env=dict(environment),
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
            )

    def do(self, given: bytes, seconds: float, *words: Any) -> "subprocess.CompletedProcess[bytes]":
        """Do one job, which its script may need `words` for; raises TookTooLong."""
        said: dict[str, bytes] = {}

        def read(name: str, end: int) -> None:
            with os.fdopen(end, "rb") as pipe:
                said[name] = pipe.read()

        def write(end: int) -> None:
            with suppress(BrokenPipeError), os.fdopen(end, "wb") as pipe:
                pipe.write(given)

        (stdin, typed), (told, stdout), (warned, stderr) = os.pipe(), os.pipe(), os.pipe()
        helpers = [
            Thread(target=write, args=[typed]),
            Thread(target=read, args=["out", told]),
            Thread(target=read, args=["err", warned]),
        ]
        with self._lock:
            self._ask(words, [stdin, stdout, stderr])
            for end in (stdin, stdout, stderr):
                os.close(end)
            for helper in helpers:
                helper.start()
            code, is_late = self._end_of(self._number(), seconds)
        for helper in helpers:
            helper.join()
        if is_late:
            raise apart.TookTooLong
        return subprocess.CompletedProcess([], code, said["out"], said["err"])

    @contextmanager
    def talking(self, *words: Any) -> Iterator[tuple[TextIO, TextIO]]:
        """One job that answers line by line what is typed, and ends when it is left."""
        (stdin, typed), (told, stdout) = os.pipe(), os.pipe()
        with self._lock, os.fdopen(told) as answers:
            try:
                with os.fdopen(typed, "w") as typing:
                    ends = [stdin, stdout, sys.stderr.fileno()]
                    self._ask(words, ends)
                    os.close(stdin)
                    os.close(stdout)
                    self._number()
                    yield typing, answers
            finally:
                self._number()

    def begin(self, log: BinaryIO, *words: Any) -> int:
        """One job that goes on by itself, until it is ended or this guard is; gives its process."""
        with self._lock, Path(os.devnull).open("rb") as nothing:
            ends = [nothing.fileno(), log.fileno(), log.fileno()]
            self._ask(words, ends, is_awaited=False)
            return self._number()

    def _ask(self, words: Sequence[Any], ends: list[int], *, is_awaited: bool = True) -> None:
        asked = json.dumps({"words": words, "is_awaited": is_awaited}).encode()
        socket.send_fds(self._line, [asked], ends)

    def _end_of(self, job: int, seconds: float) -> tuple[int, bool]:
        """How the process of a job ended, and whether it had to be stopped."""
        try:
            if not seconds:
                raise TimeoutError
            self._line.settimeout(seconds)
            return self._number(), False
        except TimeoutError:
            with suppress(ProcessLookupError):  # it may have ended meanwhile
                os.kill(job, signal.SIGKILL)
            self._line.settimeout(None)
            return self._number(), True
        finally:
            self._line.settimeout(None)

    def _number(self) -> int:
        return int.from_bytes(self._line.recv(8), "big", signed=True)

    def end(self) -> None:
        """Let it go."""
        self._line.close()
        self._process.wait()


@contextmanager
def ready() -> Iterator[Callable[..., Any]]:
    """What does `apart.run`'s work meanwhile."""
    waiting: dict[tuple[Path, tuple[tuple[str, str], ...]], Guard] = {}

    def run(
        script: Path, given: bytes, *, seconds: int, environment: Mapping[str, str] = NOTHING
    ) -> "subprocess.CompletedProcess[bytes]":
        if script not in KNOWN:
            return BEGINS_ANEW(script, given, seconds=seconds, environment=environment)
        key = (script, tuple(environment.items()))
        if key not in waiting:
            waiting[key] = Guard(script, environment)
            at_last.callback(waiting[key].end)
        return waiting[key].do(given, seconds)

    with ExitStack() as at_last:
        yield run
