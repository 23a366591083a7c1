"""`python -m prove power`: the power is cut while people work, and what was acknowledged is there.

Database, files and keys lie on ext4 on a disk that tells the truth about syncing, and at a cut
loses what it was not asked to sync: some of it, all, or in another order. Then the machine is
switched on again: the file system replays its journal, the database its log, and people go on.
"""

import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from prove import crash
from prove.crash import Crash
from prove.ground import ROOT, Ground, ProofFailed, until
from prove.machines import SAFE_PATH, Process, holds, run

POWER = "the power"
DISK_MB = 768
PYTHON = "/usr/bin/python3"
"""Debian's own, which knows python3-fusepy."""


def missing() -> list[str]:
    """Gói của Debian that this machine lacks for it."""
    asked = subprocess.run([PYTHON, "-c", "import fusepy"], check=False, capture_output=True)  # noqa: S603 - Debian's
    tools = {"mkfs.ext4": "e2fsprogs", "losetup": "mount"}
    lacking = {package for name, package in tools.items() if not shutil.which(name, path=SAFE_PATH)}
    return sorted(lacking | ({"python3-fusepy"} if asked.returncode else set()))


@dataclass
class Disk:
    """A disk in a folder, mounted at `folder/disk`."""

    folder: Path
    seed: int
    cuts: int = 0
    device: str = ""
    process: Process | None = None

    @property
    def place(self) -> Path:
        """Where it is mounted."""
        return self.folder / "disk"

    def format(self) -> None:
        """An empty file system."""
        for name in ("current", "durable"):
            with (self.folder / name).open("wb") as image:
                image.truncate(DISK_MB << 20)
        (self.folder / "door").mkdir()
        self.place.mkdir()
        run("mkfs.ext4", "-q", self.folder / "current")
        shutil.copyfile(self.folder / "current", self.folder / "durable")
        self._plug()
        self.place.chmod(0o711)

    def _plug(self) -> None:
        """Switch it on: the file system replays its journal."""
        door = self.folder / "door"
        images = [str(self.folder / name) for name in ("current", "durable")]
        words = [
            PYTHON,
            str(ROOT / "prove/disk.py"),
            *images,
            str(door),
            f"{self.seed}-{self.cuts}",
        ]
        self.process = Process(words, self.folder / "disk.log")
        self.process.start()
        until((door / "disk").exists, f"no disk; see {self.folder}/disk.log")
        self.device = run("losetup", "--find", "--show", door / "disk").strip()
        run("mount", self.device, self.place)

    def cut(self) -> None:
        """From now on nothing is written or read."""
        (self.folder / "door/cut").write_bytes(b"1")

    def begin_again(self) -> None:
        """With what outlived the cut; nobody uses the disk any more."""
        self.end()
        self.cuts += 1
        shutil.copyfile(self.folder / "durable", self.folder / "current")
        self._plug()

    def end(self) -> None:
        """Take it away."""
        if self.process is None:
            return
        if self.place.is_mount():
            until(lambda: holds("umount", self.place), f"somebody still uses {self.place}")
        holds("losetup", "-d", self.device)
        self.process.kill()
        holds("umount", "-l", self.folder / "door")


@dataclass
class Powered(Ground):
    """An instance on such a disk."""

    disk: Disk = field(default_factory=lambda: Disk(Path(), 0))

    @property
    def log(self) -> Path:
        """Beside the disk."""
        return self.disk.folder / "server.log"

    def lose_power(self) -> None:
        """Everything stops, and begins again."""
        self.disk.cut()
        self.kill_server()
        if self.postgres is not None:
            self.postgres.kill()
        self.disk.begin_again()
        if self.postgres is not None:
            self.postgres.start()
        self.start()


@dataclass
class Outage(Crash):
    """One run."""

    ground: Powered

    def __post_init__(self) -> None:
        """What people wrote down lies elsewhere."""
        super().__post_init__()
        self.diaries = self.ground.disk.folder / "diaries"
        self.diaries.mkdir()

    def _choose(self) -> str:
        return POWER

    def _kill(self, what: str) -> None:
        del what
        self.ground.lose_power()


@contextmanager
def new_ground(database: str, seed: int, *, keep: bool) -> Iterator[Powered]:
    """An instance on a disk of its own."""
    folder = Path(tempfile.mkdtemp(prefix="ngonco-power-"))
    folder.chmod(0o711)
    disk = Disk(folder, seed)
    ground = Powered(disk.place / "instance", database, disk=disk)
    try:
        disk.format()
        ground.folder.mkdir()
        ground.prepare()
        yield ground
    finally:
        ground.end()
        disk.end()
        if not keep:
            shutil.rmtree(folder, ignore_errors=True)


def main(database: str, cuts: int, seed: int | None, *, keep: bool) -> bool:
    """Prove it on a fresh instance; whether nothing was lost."""
    if lacking := missing():
        sys.exit("Cần quyền root và các gói: apt-get install -y " + " ".join(lacking))
    chosen = random.SystemRandom().randrange(10**6) if seed is None else seed
    print(f"power on {database}, {cuts} cuts, seed {chosen}", flush=True)
    with new_ground(database, chosen, keep=keep) as ground:
        held = crash.report(crash.prove(ground, cuts, chosen, Outage))
        print((ground.disk.folder / "disk.log").read_text(), end="")
        return held


__all__ = ["ProofFailed", "main"]
