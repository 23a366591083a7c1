"""`python -m prove faults`: what people see while a part is away, and that it goes on by itself.

A full disk, a folder that is read-only or gone, a locked database, a PostgreSQL that is away: each
time a sentence, nothing half, and afterwards the same request is taken with nobody's help.
"""

import json
import re
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from http import HTTPStatus

from prove import clocks, disks
from prove.clocks import clock_moves
from prove.disks import full_disk, full_postgresql, read_only_disk, read_only_store
from prove.ground import POSTGRESQL, SQLITE, Ground, new_ground
from prove.trial import Trial

LOCKED_SECONDS = 30.0
AWAY_SECONDS = 10.0


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
    """Bảng bị khoá 30 giây: who writes there is told; whoever does something else is not held."""
    import psycopg

    ends = time.monotonic() + LOCKED_SECONDS
    url = trial.ground.url.replace("postgresql+psycopg://", "postgresql://")
    with psycopg.connect(url) as other:
        other.execute("LOCK TABLE evidence IN ACCESS EXCLUSIVE MODE")
        began = time.monotonic()
        page = trial.browser.ask("/home/")
        print(f"  another page: {page.status} after {time.monotonic() - began:.1f} s")
        trial.demand(page.status == HTTPStatus.OK, f"another page: {page.status}")
        trial.refused("a file", trial.attach, "Hệ thống đang bận")
        trial.refused("the page of the report", trial.look, "Hệ thống đang bận")
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


OF_DISKS = (full_disk, read_only_store, read_only_disk)
TRIALS: dict[str, tuple[Callable[[Trial], None], ...]] = {
    SQLITE: (full_disk, read_only_store, read_only_disk, store_gone, locked_sqlite, clock_moves),
    POSTGRESQL: (
        read_only_store, store_gone, locked_postgresql, postgresql_away, full_postgresql,
        clock_moves,
    ),
}  # fmt: skip


def main(database: str, *, keep: bool) -> bool:
    """Every fault in turn; whether each was answered by a sentence and overcome."""
    began = time.monotonic()
    with (
        new_ground(database, keep=keep, before=disks.small_disk_of_postgresql) as ground,
        disks.small_disk(ground.folder) as is_small,
        _served(ground),
    ):
        trial = Trial(ground, json.loads(ground.told("-m", "prove.scene")))
        clocks.fit(ground)
        ground.start()
        ground.await_answer()
        for fault in TRIALS[database]:
            name = (fault.__doc__ or "").partition("\n")[0]
            if fault is clock_moves and clocks.LIBRARY is None:
                print(f"{database}: {name} Skipped: apt-get install -y libfaketime.")
                continue
            if not is_small and fault in OF_DISKS:
                print(f"{database}: {name} Skipped: this machine lets nobody mount a disk.")
                continue
            print(f"{database}: {name}", flush=True)
            fault(trial)
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
    """No process outlives its disk."""
    try:
        yield
    finally:
        ground.end()
        if (folder := ground.folder.with_name("postgresql")).is_mount():
            disks.unmount(folder)


def _compared(ground: Ground, trial: Trial) -> list[str]:
    """Nothing stands half."""
    del trial
    ground.environment.pop("LD_PRELOAD", None)
    ground.environment["PROVE_DIARIES"] = str(ground.folder.with_name("diaries"))
    verdict = json.loads(ground.told("-m", "prove.afterwards"))
    for line in verdict["told"]:
        print(line)
    log = ground.log.read_text(errors="replace")
    print(f"tracebacks in the log of the server: {log.count('Traceback')}")
    return [str(sentence) for sentence in verdict["lost"]]
