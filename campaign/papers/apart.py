"""Chạy riêng: one heavy or risky job in a process of its own, which hands back what it made and is
gone with its memory.

The scripts (those of `guarded/`, `typesetter.py`, `looker.py` of the store of files, and
`bagger.py` of the archive) import nothing of the application, so that they start at once, and
inherit nothing of its environment; `packer.py` of the archive, which is the application, does.
"""

import fcntl
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import MappingProxyType

PATIENCE = 0.3
"""So many seconds a file waits until another person's has been looked at."""
_GLANCE = 0.02


class TookTooLong(Exception):
    """Chạy quá lâu nên bị dừng."""


class Occupied(Exception):
    """Đang xem xét một tệp khác: of the same person, or of another."""

    def __init__(self, *, is_own: bool) -> None:
        """Keep whose file it is."""
        super().__init__(is_own)
        self.is_own = is_own


_NOTHING: Mapping[str, str] = MappingProxyType({})


def run(
    script: Path, given: bytes, *, seconds: int, environment: Mapping[str, str] = _NOTHING
) -> "subprocess.CompletedProcess[bytes]":
    """Chạy một tệp with `given` on its standard input. Raises TookTooLong."""
    try:
        return subprocess.run(  # noqa: S603 - our own
            [sys.executable, "-P", str(script)],
            input=given,
            capture_output=True,
            timeout=seconds,
            check=False,
            env=dict(environment),
        )
    except subprocess.TimeoutExpired as late:
        raise TookTooLong from late


@contextmanager
def turn(folder: Path, person: str) -> Iterator[None]:
    """Một lượt xem xét: one file of a person, and one of all people, at a time. Raises Occupied.

    The system gives a lock back when its holder ends, however it ends.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with ExitStack() as held:
        if not _is_taken(held, folder / f"person-{person}", 0):
            raise Occupied(is_own=True)
        if not _is_taken(held, folder / "everybody", PATIENCE):
            raise Occupied(is_own=False)
        yield


def _is_taken(held: ExitStack, file: Path, patience: float) -> bool:
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    held.callback(os.close, descriptor)
    until = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                return False
            time.sleep(_GLANCE)
        else:
            return True
