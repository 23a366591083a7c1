"""Disks of an instance that fill, or let nobody write, while somebody works."""

import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http import HTTPStatus
from pathlib import Path

from prove.browser import Answer
from prove.ground import POSTGRESQL, Ground, ProofFailed, until
from prove.machines import holds
from prove.trial import Trial

DISK_MB, POSTGRESQL_MB = 48, 320
PIECES = (1 << 20, 1 << 12)


def mount(*words: str) -> None:
    """As `mount` does."""
    subprocess.run(["mount", *words], check=True, capture_output=True)  # noqa: S603, S607 - ours


def unmount(folder: Path) -> None:
    """Whoever still uses it."""
    subprocess.run(["umount", "-l", str(folder)], check=False, capture_output=True)  # noqa: S603, S607 - ours


@contextmanager
def small_disk(folder: Path) -> Iterator[bool]:
    """A disk of its own below `folder`, where this machine lets us."""
    try:
        mount("-t", "tmpfs", "-o", f"size={DISK_MB}m", "tmpfs", str(folder))
    except (OSError, subprocess.CalledProcessError):
        yield False
        return
    try:
        yield True
    finally:
        unmount(folder)


def small_disk_of_postgresql(ground: Ground) -> None:
    """A disk of its own for what PostgreSQL writes, before it begins."""
    folder = ground.folder.with_name("postgresql")
    if ground.database == POSTGRESQL:
        folder.mkdir()
        with suppress(OSError, subprocess.CalledProcessError):
            mount("-t", "tmpfs", "-o", f"size={POSTGRESQL_MB}m", "tmpfs", str(folder))


def _fill(file: Path) -> None:
    with file.open("ab", buffering=0) as out:
        for piece in PIECES:
            with suppress(OSError):
                while True:
                    out.write(bytes(piece))


def full_disk(trial: Trial) -> None:
    """Ổ đĩa đầy."""
    filler = trial.ground.folder / "filler"
    _fill(filler)
    trial.refused("a cell", lambda: _until_refused(trial.save), "đã đầy")
    trial.refused("a file", trial.attach, "đã đầy")
    trial.taken("a page that is only read", trial.look)
    filler.unlink()
    trial.goes_on("a full disk")


def full_postgresql(trial: Trial) -> None:
    """Ổ đĩa của PostgreSQL đầy; where its log finds no room it ends itself, and is begun again."""
    server = trial.ground.postgres
    if server is None or not server.folder.is_mount():
        return
    filler = server.folder / "filler"
    _fill(filler)
    trial.refused("a cell", lambda: _until_refused(trial.save, lambda: _fill(filler)))
    trial.refused("a file", trial.attach)
    filler.unlink()
    server.start()
    trial.goes_on("a full disk of PostgreSQL")


def _until_refused(ask: Callable[[], Answer], before: Callable[[], object] = bool) -> Answer:
    """The log of the database has some room of its own that is used up first."""
    for _ in range(1500):
        before()
        came = ask()
        if came.status != HTTPStatus.OK:
            return came
    message = "a full disk refuses nothing"
    raise ProofFailed(message)


def read_only_store(trial: Trial) -> None:
    """Kho tệp chỉ đọc."""
    store = str(trial.ground.folder / "evidence")
    mount("--bind", store, store)
    try:
        mount("-o", "remount,bind,ro", store)
        trial.refused("a file", trial.attach, "chỉ cho đọc")
        trial.taken("a cell meanwhile", trial.save)
    finally:
        unmount(Path(store))
    trial.goes_on("a read-only store")


def read_only_disk(trial: Trial) -> None:
    """Cả ổ đĩa chỉ đọc, as a disk with a fault is mounted when the machine begins."""
    ground, folder = trial.ground, str(trial.ground.folder)
    ground.kill_server()
    trial.browser.close()
    until(lambda: holds("mount", "-o", "remount,ro", folder), "somebody still writes there")
    try:
        ground.start()
        ground.await_served()
        trial.refused("a cell", trial.save, "chỉ cho đọc")
        trial.refused("a file", trial.attach, "chỉ cho đọc")
        came = trial.look()
        print(f"  a page that is only read: {came.status}", flush=True)
    finally:
        mount("-o", "remount,rw", folder)
    trial.goes_on("a disk that could only be read")
