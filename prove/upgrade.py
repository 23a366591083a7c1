"""`python -m prove upgrade`: a database of the oldest known revision, upgraded while people ask.

Before, pages say that the system is being upgraded; afterwards every one is there, with each row
that stood in the tables, and the record proves the data.
"""

import lzma
import threading
import time
from collections import Counter
from contextlib import closing
from http import HTTPStatus
from typing import Any

from prove.browser import Browser, NoAnswer
from prove.ground import ROOT, SQLITE, Ground, new_ground, until
from prove.trial import VIETNAMESE, sentence_of

OLDEST = "0039"
OLD = ROOT / "tests" / "database" / "old"
PAGES = ("/", "/units/", "/awards/", "/account/sign-in")
LONGEST_WAIT = 240.0
"""PostgreSQL lets whoever reads wait until the upgrade has ended."""
SERVED = {HTTPStatus.OK, HTTPStatus.SEE_OTHER, HTTPStatus.SERVICE_UNAVAILABLE}
REPLACED = {"criterion_group", "unit_kind"}
"""Tables whose rows a step has made anew."""


def _bring(ground: Ground) -> None:
    """The copy that an older program left, told as far as the published results of the demo."""
    if ground.database == SQLITE:
        held = lzma.decompress((OLD / f"{OLDEST}.sqlite.xz").read_bytes())
        (ground.folder / "ngonco.db").write_bytes(held)
        return
    told = lzma.decompress((OLD / f"{OLDEST}.postgresql.sql.xz").read_bytes()).decode()
    with closing(_connected(ground)) as connection:
        connection.execute(told)
        connection.commit()


def _connected(ground: Ground) -> Any:
    if ground.database == SQLITE:
        import sqlite3

        return sqlite3.connect(ground.folder / "ngonco.db")
    import psycopg

    return psycopg.connect(ground.url)


_TABLES = {
    SQLITE: "SELECT name FROM sqlite_master WHERE type = 'table'",
    "postgresql": "SELECT tablename FROM pg_tables WHERE schemaname = 'public'",
}


def _rows(ground: Ground) -> dict[str, int]:
    with closing(_connected(ground)) as connection:
        names = [str(row[0]) for row in connection.execute(_TABLES[ground.database]).fetchall()]
        return {
            name: int(connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0])  # noqa: S608 - of ours
            for name in names
        }


class _Asking(threading.Thread):
    """Somebody who asks for page after page."""

    def __init__(self, port: int) -> None:
        """Begin at once."""
        super().__init__(daemon=True)
        self.browser, self.stop = Browser(port, "", "", patience=LONGEST_WAIT), threading.Event()
        self.seen: Counter[str] = Counter()
        self.longest = 0.0
        self.wrong: set[str] = set()

    def run(self) -> None:
        """Until told to stop."""
        while not self.stop.is_set():
            for path in PAGES:
                self._ask(path)
                time.sleep(0.02)
        self.browser.close()

    def _ask(self, path: str) -> None:
        began = time.monotonic()
        try:
            came = self.browser.ask(path)
        except NoAnswer as fault:
            self.seen["no answer"] += 1
            self.wrong.add(f"{path}: no answer: {fault}")
            return
        self.seen[str(came.status)] += 1
        self.longest = max(self.longest, time.monotonic() - began)
        is_told = VIETNAMESE.search(sentence_of(came)) or came.status == HTTPStatus.SEE_OTHER
        if came.status not in SERVED or not is_told:
            self.wrong.add(f"{path}: {came.status} {sentence_of(came)[:100]}")


def main(database: str, *, keep: bool) -> bool:
    """Upgrade while somebody asks; whether everybody was answered and nothing is missing."""
    print(f"upgrade on {database}, from revision {OLDEST}", flush=True)
    with new_ground(database, keep=keep) as ground:
        (ground.folder / "secret_key").write_text("prove", encoding="ascii")
        (ground.folder / "evidence" / "kho-tep-ngon-co").mkdir(parents=True)
        _bring(ground)
        before = _rows(ground)
        ground.start()
        asking = _Asking(ground.port)
        until(lambda: ground.answers("/static/css/tokens.css"), "the server did not answer")
        asking.start()
        until(lambda: asking.seen.total() > len(PAGES), "nobody was answered")
        began = time.monotonic()
        ground.told("-m", "flask", "db", "upgrade")
        took = time.monotonic() - began
        back = ground.await_answer()
        asking.stop.set()
        asking.join()
        wrong = sorted(asking.wrong) + _differences(before, _rows(ground))
        print(f"upgraded in {took:.1f} s, pages came back after {back:.1f} s more")
        print(f"answers meanwhile: {dict(asking.seen)}, the longest after {asking.longest:.1f} s")
        wrong += _proof(ground)
    for sentence in wrong:
        print(f"WRONG {sentence}")
    print(f"{sum(before.values())} rows of {len(before)} tables, wrong={len(wrong)}")
    return not wrong


def _differences(before: dict[str, int], after: dict[str, int]) -> list[str]:
    """What has fewer rows than it had."""
    return [
        f"{name}: {count} rows, now {after.get(name, 0)}"
        for name, count in before.items()
        if name not in REPLACED and after.get(name, 0) < count
    ]


def _proof(ground: Ground) -> list[str]:
    """The record proves the data; the copy holds rows and no files."""
    done = ground.run("-m", "flask", "audit", "verify")
    lines = [line for line in done.stderr.splitlines() + done.stdout.splitlines() if line.strip()]
    of_files = [line for line in lines if line.startswith("Tệp của bảng")]
    wrong = [line for line in lines if not line.startswith(("Tệp của bảng", "Có ", *_WHOLE))]
    print(f"record: {len(wrong)} faults beside {len(of_files)} files that the copy does not hold")
    return wrong


_WHOLE = ("Nhật ký nguyên vẹn", "Đầu chuỗi", "…")
