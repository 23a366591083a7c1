"""`python -m prove faults`: what people see while a part is away, and that it goes on by itself.

A full disk, a folder that is read-only or gone, a locked database, a PostgreSQL that is away: each
time a sentence, nothing half, and afterwards the same request is taken with nobody's help.
"""

import hashlib
import json
import re
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any

from prove.browser import Answer, Browser
from prove.clients import JSON, PAPER
from prove.diary import Diary, End
from prove.ground import POSTGRESQL, SQLITE, Ground, new_ground, until

DISK_MB = 48
LOCKED_SECONDS = 30.0
AWAY_SECONDS = 10.0
LONGEST_ANSWER = 25.0
"""Nobody waits longer for a sentence."""
VIETNAMESE = re.compile(r"[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]")


@dataclass
class Trial:
    """Somebody at a report, and what was wrong with the answers they got."""

    ground: Ground
    scene: dict[str, Any]
    wrong: list[str] = field(default_factory=list)
    number: int = 0

    def __post_init__(self) -> None:
        """The officer of the first report."""
        self.report = self.scene["reports"][0]
        self.base = self.report["cells"]["n:1"]
        session = self.scene["sessions"][self.report["officer"]]
        self.browser = Browser(self.ground.port, *session)
        diaries = self.ground.folder.with_name("diaries")
        diaries.mkdir()
        self.diary = Diary(diaries / "officer.jsonl")
        self.address = f"/campaigns/{self.scene['campaign']}/reports/{self.report['id']}"

    def demand(self, holds: object, sentence: str) -> None:
        """Note what does not hold."""
        if not holds:
            self.wrong.append(sentence)

    def save(self) -> Answer:
        """Type into a cell; what was typed is typed again where it was not taken."""
        self.number += 1
        value = f"lần {self.number}"
        sent = self.diary.sends("cell", f"{self.report['id']}:n:1", value)
        fields = {"field": "n:1", "value": value, "base": self.base}
        came = self.browser.post(f"{self.address}/fields", fields, accept=JSON)
        if came.status == HTTPStatus.OK:
            self.base = value
        self._end(sent, came)
        return came

    def attach(self) -> Answer:
        """Attach a file."""
        self.number += 1
        content = PAPER.read_bytes() + f"\n% {self.number}".encode()
        digest = hashlib.sha256(content).hexdigest()
        sent = self.diary.sends("file", f"{self.report['id']}:{digest}", "")
        came = self.browser.send_file(
            f"{self.address}/evidence", f"{self.number}.pdf", content, "application/pdf", {}, JSON
        )
        self._end(sent, came)
        return came

    def _end(self, sent: int, came: Answer) -> None:
        self.diary.ended(sent, End.ACKNOWLEDGED if came.status == HTTPStatus.OK else End.REFUSED)

    def look(self) -> Answer:
        """Open the report."""
        return self.browser.ask(self.address)

    def refused(self, what: str, ask: Callable[[], Answer], said: str = "") -> None:
        """It is not taken, and a sentence says so soon, and why where that can be known."""
        began = time.monotonic()
        came = ask()
        took = time.monotonic() - began
        words = sentence_of(came)
        print(f"  {what}: {came.status} after {took:.1f} s: {words}", flush=True)
        self.demand(came.status >= HTTPStatus.BAD_REQUEST, f"{what}: taken with {came.status}")
        told = VIETNAMESE.search(words) and said in words
        self.demand(told, f"{what}: no sentence that says “{said}”, but “{words}”")
        self.demand(took < LONGEST_ANSWER, f"{what}: answered after {took:.1f} s")

    def taken(self, what: str, ask: Callable[[], Answer]) -> None:
        """It is taken."""
        came = ask()
        words = "" if came.status == HTTPStatus.OK else sentence_of(came)
        self.demand(came.status == HTTPStatus.OK, f"{what}: {came.status} {words}")

    def goes_on(self, what: str) -> None:
        """Cells and files are taken again, with nothing started anew."""
        took = until(lambda: self.save().status == HTTPStatus.OK, f"{what}: cells stay refused")
        self.taken(f"{what}, afterwards", self.attach)
        self.taken(f"{what}, afterwards", self.look)
        print(f"  goes on by itself after {took:.1f} s", flush=True)


def sentence_of(came: Answer) -> str:
    """What an answer says to whoever reads it."""
    with suppress(json.JSONDecodeError):
        return str(came.said.get("error", ""))
    parts = came.page.xpath("//main") or came.page.xpath("//body")
    return " ".join(parts[0].text_content().split())[:200] if parts else ""


def _mount(*words: str) -> None:
    subprocess.run(["mount", *words], check=True, capture_output=True)  # noqa: S603, S607 - ours


def _unmount(folder: Path) -> None:
    subprocess.run(["umount", "-l", str(folder)], check=False, capture_output=True)  # noqa: S603, S607 - ours


@contextmanager
def _small_disk(folder: Path) -> Iterator[bool]:
    """A disk of its own below `folder`, where this machine lets us."""
    try:
        _mount("-t", "tmpfs", "-o", f"size={DISK_MB}m", "tmpfs", str(folder))
    except (OSError, subprocess.CalledProcessError):
        yield False
        return
    try:
        yield True
    finally:
        _unmount(folder)


def full_disk(trial: Trial) -> None:
    """Ổ đĩa đầy."""
    filler = trial.ground.folder / "filler"
    with filler.open("wb", buffering=0) as out:
        for piece in (1 << 20, 1 << 12):
            with suppress(OSError):
                while True:
                    out.write(bytes(piece))
        trial.refused("a cell", lambda: _until_refused(trial.save), "đã đầy")
        trial.refused("a file", trial.attach, "đã đầy")
        trial.taken("a page that is only read", trial.look)
    filler.unlink()
    trial.goes_on("a full disk")


def _until_refused(ask: Callable[[], Answer]) -> Answer:
    """The log of the database has some room of its own that is used up first."""
    for _ in range(500):
        came = ask()
        if came.status != HTTPStatus.OK:
            return came
    return came


def read_only_store(trial: Trial) -> None:
    """Kho tệp chỉ đọc."""
    store = str(trial.ground.folder / "evidence")
    _mount("--bind", store, store)
    try:
        _mount("-o", "remount,bind,ro", store)
        trial.refused("a file", trial.attach, "chỉ cho đọc")
        trial.taken("a cell meanwhile", trial.save)
    finally:
        _unmount(Path(store))
    trial.goes_on("a read-only store")


def store_gone(trial: Trial) -> None:
    """Kho tệp biến mất."""
    store = trial.ground.folder / "evidence"
    away = store.with_name("evidence-away")
    store.rename(away)
    try:
        trial.refused("a file", trial.attach, "Kho tệp chưa được gắn")
        seen = re.search(rb"/campaigns/\d+/reports/evidence/\d+", trial.look().content)
        trial.demand(seen, "the report names no file")
        if seen:
            trial.refused(
                "reading a file", lambda: trial.browser.ask(seen.group().decode()), "Kho tệp"
            )
        trial.taken("a cell meanwhile", trial.save)
    finally:
        if store.exists():
            for left in sorted(store.rglob("*"), reverse=True):
                left.rmdir() if left.is_dir() else trial.demand(False, f"left: {left}")  # noqa: FBT003
            store.rmdir()
        away.rename(store)
    trial.goes_on("a store that was gone")


def locked_sqlite(trial: Trial) -> None:
    """Cơ sở dữ liệu bị khoá 30 giây."""
    ends = time.monotonic() + LOCKED_SECONDS
    with closing(sqlite3.connect(trial.ground.folder / "ngonco.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        trial.taken("a page that is only read", trial.look)
        trial.refused("a cell", trial.save)
        trial.refused("a file", trial.attach)
        time.sleep(max(ends - time.monotonic(), 0))
        other.execute("ROLLBACK")
    trial.goes_on("a locked database")


def locked_postgresql(trial: Trial) -> None:
    """Bảng bị khoá 30 giây: who writes there waits or is told; whoever does something else is not
    held.
    """
    import psycopg

    ends = time.monotonic() + LOCKED_SECONDS
    url = trial.ground.url.replace("postgresql+psycopg://", "postgresql://")
    with psycopg.connect(url) as other:
        other.execute("LOCK TABLE evidence IN ACCESS EXCLUSIVE MODE")
        began = time.monotonic()
        page = trial.browser.ask("/home/")
        print(f"  another page: {page.status} after {time.monotonic() - began:.1f} s")
        trial.demand(page.status == HTTPStatus.OK, f"another page: {page.status}")
        time.sleep(max(ends - time.monotonic(), 0))
        other.rollback()
    trial.goes_on("a locked table")


def postgresql_away(trial: Trial) -> None:
    """PostgreSQL vắng mặt rồi trở lại."""
    server = trial.ground.postgres
    if server is None:
        return
    server.kill()
    trial.refused("a cell", trial.save)
    trial.refused("a file", trial.attach)
    trial.refused("a page", trial.look)
    time.sleep(AWAY_SECONDS)
    trial.refused("a page, later", trial.look)
    server.start()
    trial.goes_on("a PostgreSQL that was away")


OF_FILES = (full_disk, read_only_store, store_gone)
TRIALS: dict[str, tuple[Callable[[Trial], None], ...]] = {
    SQLITE: (*OF_FILES, locked_sqlite),
    POSTGRESQL: (*OF_FILES[1:], locked_postgresql, postgresql_away),
}


def main(database: str, *, keep: bool) -> bool:
    """Every fault in turn; whether each was answered by a sentence and overcome."""
    began = time.monotonic()
    with (
        new_ground(database, keep=keep) as ground,
        _small_disk(ground.folder) as is_small,
        _served(ground),
    ):
        trial = Trial(ground, json.loads(ground.told("-m", "prove.scene")))
        ground.start()
        ground.await_answer()
        for fault in TRIALS[database]:
            name = (fault.__doc__ or "").partition("\n")[0]
            if not is_small and fault in OF_FILES[:2]:
                print(f"{database}: {name} Skipped: this machine lets nobody mount a disk.")
                continue
            print(f"{database}: {name}", flush=True)
            fault(trial)
        print("the clock set back or forward: skipped, there is no libfaketime here")
        trial.browser.close()
        trial.diary.close()
        ground.kill_server()
        lost = _compared(ground, trial)
    for sentence in (*trial.wrong, *lost):
        print(f"WRONG {sentence}")
    print(f"wrong={len(trial.wrong) + len(lost)} {time.monotonic() - began:.0f} s")
    return not trial.wrong and not lost


@contextmanager
def _served(ground: Ground) -> Iterator[None]:
    """No process of the server outlives its disk."""
    try:
        yield
    finally:
        ground.kill_server()


def _compared(ground: Ground, trial: Trial) -> list[str]:
    """Nothing stands half."""
    del trial
    ground.environment["PROVE_DIARIES"] = str(ground.folder.with_name("diaries"))
    verdict = json.loads(ground.told("-m", "prove.afterwards"))
    for line in verdict["told"]:
        print(line)
    log = (ground.folder / "server.log").read_text(errors="replace")
    print(f"tracebacks in the log of the server: {log.count('Traceback')}")
    return [str(sentence) for sentence in verdict["lost"]]
