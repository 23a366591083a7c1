"""`make bench`: how fast each page is, beside the bars of the fastest system of the kind and beside
a bare floor.
"""

import http.client
import os
import re
import secrets
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

from flask import Flask
from sqlalchemy import event, text

from bench import floor
from bench.fill import Shape, fill
from tools import memory

ROOT = Path(__file__).parent.parent
MEMORY_BAR = 120
FLOOR_TIMES = 3
KNOWN_ROWS = 200
"""A bare table of so many rows took 3 to 4 ms where the bars were measured: it tells how fast this
machine is beside that one.
"""
RANKING_BAR_MS = 500
PEER_SHAPES = (Shape(200, 10, 5, with_indicators=False), Shape(2000, 10, 5, with_indicators=False))
OWN_SHAPES = tuple(Shape(units, 10, 20, with_indicators=True) for units in (10, 100, 1000))


@dataclass(frozen=True)
class Page:
    """A page to measure: who reads it, in which phase, and the bar in ms for 200 and for 2,000
    units.
    """

    name: str
    path: str
    user: int | None
    phase: str = "scoring"
    bars: tuple[float | None, float | None] = (None, None)
    after_change: str = ""
    """Measured with a change of this table in the record before each request: of a typed cell
    ("mark") or of anything else,
    after which nothing that was kept can serve the page.
    """


PAGES = (
    Page("sign-in", "/account/sign-in", None),
    Page("public page", "/public/campaigns/1", None, bars=(0.85, 0.85)),
    Page("report board", "/campaigns/1/verification/", 1),
    Page("report editor", "/campaigns/1/reports/1", 2),
    Page("verification", "/campaigns/1/verification/2", 1),
    Page("score sheet", "/campaigns/1/scoring/1/units/3", 12, bars=(3.3, 3.3)),
    Page("block grid", "/campaigns/1/scoring/1", 12),
    Page("scored list", "/campaigns/1/ranking/", 1, phase="meeting", bars=(13, 119)),
    Page("explanation", "/campaigns/1/ranking/units/3", 1, phase="meeting"),
    Page(
        "score sheet, typing",
        "/campaigns/1/scoring/1/units/3",
        12,
        bars=(3.3, 3.3),
        after_change="mark",
    ),
    Page("block grid, typing", "/campaigns/1/scoring/1", 12, after_change="mark"),
    Page(
        "scored list, typing",
        "/campaigns/1/ranking/",
        1,
        phase="meeting",
        bars=(13, 119),
        after_change="mark",
    ),
    Page(
        "public page, changed",
        "/public/campaigns/1",
        None,
        bars=(0.85, 0.85),
        after_change="verification",
    ),
    Page(
        "scored list, changed",
        "/campaigns/1/ranking/",
        1,
        phase="meeting",
        bars=(13, 119),
        after_change="verification",
    ),
    Page(
        "explanation, changed",
        "/campaigns/1/ranking/units/3",
        1,
        phase="meeting",
        after_change="verification",
    ),
)
SAVE_BAR = 5.0
WARM_UP, IN_A_ROW = 5, 20


@dataclass
class Figures:
    """Milliseconds, bytes and rows of one page."""

    median: float
    p95: float
    size: int
    rows: int


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def served(environment: dict[str, str]) -> Iterator[tuple[int, int]]:
    """One granian worker; gives its port and the process."""
    port = _free_port()
    command = [
        str(Path(sys.executable).with_name("granian")),
        "--interface",
        "wsgi",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--workers",
        "1",
        "--blocking-threads",
        "1",
        "--log-level",
        "error",
        "--factory",
        "bench.serve:application",
    ]
    process = subprocess.Popen(  # noqa: S603 - our own arguments
        command, cwd=ROOT, env={**memory.MALLOC, **os.environ, **environment}
    )
    try:
        for _ in range(200):
            try:
                with socket.create_connection(("127.0.0.1", port), timeout=1):
                    break
            except OSError:
                time.sleep(0.05)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait()


class Asker:
    """One client with one kept connection, that asks the same thing again and again and notes how
    long it took.
    """

    def __init__(
        self,
        port: int,
        method: str,
        path: str,
        *,
        cookie: str = "",
        body: Callable[[int], str] | None = None,
        token: str = "",
        before: Callable[[], None] | None = None,
    ) -> None:
        """Ask `path`; `before` each request, outside the time measured."""
        self._connection = http.client.HTTPConnection("127.0.0.1", port)
        self._method, self._path, self._body, self._before = method, path, body, before
        self._headers = {"Cookie": cookie} if cookie else {}
        if body:
            self._headers |= {
                "Content-Type": "application/x-www-form-urlencoded",
                "X-CSRFToken": token,
            }
        self._rounds: list[list[float]] = []
        self._page, self._number = b"", 0
        self.ask(0)

    def ask(self, times: int) -> None:
        """So many requests in a row, after some that only warm up."""
        took = [self._once() for _ in range(WARM_UP + times)][WARM_UP:]
        if took:
            self._rounds.append(took)

    def _once(self) -> float:
        if self._before:
            self._before()
        body = self._body(self._number) if self._body else None
        start = time.perf_counter()
        self._connection.request(self._method, self._path, body=body, headers=self._headers)
        answer = self._connection.getresponse()
        self._page = answer.read()
        took = (time.perf_counter() - start) * 1000
        self._number += 1
        if answer.status not in {200, 201}:
            message = f"{self._method} {self._path}: {answer.status}"
            raise RuntimeError(message)
        return took

    @property
    def figures(self) -> Figures:
        """What was seen until now: the median of the calmest round, for other guests of the machine
        only make it slower; the
        p95 of all.
        """
        took = sorted(one for round_ in self._rounds for one in round_) or [0.0]
        rows = len(re.findall(b"<tr|<li|<section|<article", self._page))
        return Figures(
            min(map(statistics.median, self._rounds), default=0.0),
            took[int(len(took) * 0.95)],
            len(self._page),
            rows,
        )


def _beside(
    page: Asker, floor_of: Callable[[Figures], Asker], times: int
) -> tuple[Figures, Figures]:
    """A page and the floor for as many rows and bytes, twenty requests of each in turn, so that
    whatever else the machine does
    meets both.
    """
    bare = floor_of(page.figures)
    for _ in range(times // IN_A_ROW):
        page.ask(IN_A_ROW)
        bare.ask(IN_A_ROW)
    return page.figures, bare.figures


def _cookie(app: Flask, user_id: int, token: str = "") -> str:
    """A signed-in session of one of the filled people, as a browser holds it after its
    first page.
    """
    interface = app.session_interface
    serializer = interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    kept = {
        "_user_id": f"{user_id}.1",
        "_fresh": True,
        "_permanent": True,
        "touched": int(time.time()),
        "csrf_token": token or secrets.token_hex(20),
    }
    return f"{app.config['SESSION_COOKIE_NAME']}={serializer.dumps(kept)}"


def _queries(app: Flask, page: Page) -> int:
    """How many statements one page sends."""
    from campaign.extensions import db

    seen: list[str] = []
    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", lambda *row: seen.append(row[2]))
    client = app.test_client()
    if page.user:
        name, _, value = _cookie(app, page.user).partition("=")
        client.set_cookie(name, value)
    client.get(page.path)
    return len([one for one in seen if not one.startswith(("PRAGMA", "BEGIN"))])


def _phase(app: Flask, phase: str) -> None:
    from campaign.extensions import db

    with app.app_context():
        db.session.execute(text("UPDATE campaign SET phase = :phase"), {"phase": phase})
        _note("campaign")


def _note(table: str) -> None:
    """An entry of the record about `table`, as anybody's act makes one."""
    from campaign.audit import recorder
    from campaign.extensions import db

    recorder.note(table, "1", None, time.time_ns())
    db.session.commit()


def _change(app: Flask, table: str) -> None:
    """A change of `table` by somebody else."""
    with app.app_context():
        _note(table)


def _memory(pid: int) -> float:
    """The largest worker below `pid`, MiB."""
    sizes = []
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            lines = dict(
                line.split(":\t", 1) for line in status.read_text().splitlines() if ":\t" in line
            )
        except OSError:
            continue
        if lines.get("PPid", "").strip() == str(pid) or lines.get("Pid", "").strip() == str(pid):
            sizes.append(int(lines["VmRSS"].split()[0]) / 1024)
    return max(sizes, default=0)


def _token(app: Flask) -> tuple[str, str]:
    """A CSRF token and the secret in the session that it belongs to."""
    from flask import session
    from flask_wtf.csrf import generate_csrf

    with app.test_request_context():
        token: str = generate_csrf()
        return token, session["csrf_token"]


class Report:
    """What is printed: a table for each shape, the missed bars at the end."""

    def __init__(self) -> None:
        """Nothing missed yet."""
        self.missed: list[str] = []

    def line(
        self,
        shape: Shape,
        name: str,
        seen: Figures,
        queries: int | str,
        bare: Figures,
        bar: float | None,
    ) -> None:
        """One page beside its floor and its bar."""
        limit = f"{bar:g}" if bar else ""
        times = seen.median / bare.median
        verdict = []
        if bar and seen.median > bar:
            verdict.append(f"bar {bar:g} ms")
        if times > FLOOR_TIMES:
            verdict.append(f"{times:.1f}x the floor")
        print(
            f"  {name:<21}{queries!s:>8}{seen.median:>10.2f}{seen.p95:>9.2f}{seen.size:>11,}"
            f"{seen.rows:>7,}{bare.median:>9.2f}"
            f"{times:>7.1f}{limit:>8}  {'MISSED: ' + ', '.join(verdict) if verdict else ''}"
        )
        if verdict:
            self.missed.append(f"{shape}: {name} {seen.median:.2f} ms ({', '.join(verdict)})")

    def note(self, text_: str, *, is_missed: bool = False) -> None:
        """A figure of its own."""
        print(f"  {text_}{'  MISSED' if is_missed else ''}")
        if is_missed:
            self.missed.append(text_)


def measure(shape: Shape, report: Report, peer: int | None) -> None:
    """Fill, serve and ask; `peer` is 0 or 1 where the shape is one of those the peers were measured
    in.
    """
    print(
        f"\n{shape}\n  {'page':<21}{'queries':>8}{'median':>10}{'p95':>9}"
        f"{'bytes':>11}{'rows':>7}{'floor':>9}{'times':>7}{'bar':>8}"
    )
    with tempfile.TemporaryDirectory(prefix="ngonco-bench-") as folder:
        instance = Path(folder)
        (instance / "secret_key").write_text("bench", encoding="ascii")
        environment = {
            "NGONCO_MODE": "demo",
            "NGONCO_INSTANCE": folder,
            "FLOOR_URL": f"sqlite:///{instance / 'floor.db'}",
        }
        os.environ.update(environment)
        os.environ.pop("DATABASE_URL", None)
        app = _application(instance)
        with app.app_context():
            fill(shape)
        floor.prepare(environment["FLOOR_URL"], max(shape.units, KNOWN_ROWS))
        visitor = floor.cookie(environment["FLOOR_URL"])
        times = 60
        with (
            served(environment) as (port, pid),
            served({**environment, "BENCH": "floor"}) as (bare_port, _),
        ):
            known = Asker(bare_port, "GET", f"/?rows={KNOWN_ROWS}&bytes=0", cookie=visitor)
            known.ask(times)
            report.note(
                f"(a bare table of {KNOWN_ROWS} rows takes {known.figures.median:.2f} ms here; "
                "3 to 4 ms where the bars were measured)"
            )
            for page in PAGES:
                _phase(app, page.phase)
                asker = Asker(
                    port,
                    "GET",
                    page.path,
                    cookie=_cookie(app, page.user) if page.user else "",
                    before=partial(_change, app, page.after_change) if page.after_change else None,
                )
                seen, bare = _beside(
                    asker,
                    lambda seen: Asker(
                        bare_port, "GET", f"/?rows={seen.rows}&bytes={seen.size}", cookie=visitor
                    ),
                    times,
                )
                report.line(
                    shape,
                    page.name,
                    seen,
                    _queries(app, page),
                    bare,
                    page.bars[peer] if peer is not None else None,
                )
            _phase(app, "scoring")
            _save(app, shape, report, (port, bare_port), peer)
            used = _memory(pid)
            report.note(
                f"memory of the worker: {used:.0f} MiB (at most {MEMORY_BAR})",
                is_missed=used > MEMORY_BAR,
            )
        _ranking_alone(app, report)


def _application(instance: Path) -> Flask:
    import config
    from campaign import create_app
    from campaign.demo.clock import move
    from campaign.extensions import db
    from config import Demo

    config.INSTANCE = instance
    app = create_app(Demo())
    from bench.fill import TODAY

    with app.app_context():
        db.create_all()
        move(TODAY)
        db.session.commit()
    return app


def _save(
    app: Flask, shape: Shape, report: Report, ports: tuple[int, int], peer: int | None
) -> None:
    port, bare_port = ports
    token, secret = _token(app)
    criterion = 7 if shape.with_indicators else 1
    values = ("1", "1,5")

    def body(number: int) -> str:
        return urlencode(
            {
                "field": f"m:3:{criterion}",
                "value": values[number % 2],
                "base": values[(number + 1) % 2],
            }
        )

    _reset_mark(app, criterion, shape.members)
    asker = Asker(
        port,
        "POST",
        "/campaigns/1/scoring/1/fields",
        cookie=_cookie(app, 12, secret),
        body=body,
        token=token,
    )
    seen, bare = _beside(
        asker,
        lambda _: Asker(
            bare_port, "POST", "/commit", body=lambda number: urlencode({"value": str(number)})
        ),
        times=60,
    )
    report.line(shape, "save one mark", seen, "", bare, SAVE_BAR if peer is not None else None)


def _reset_mark(app: Flask, criterion: int, sheet: int) -> None:
    from campaign.extensions import db

    with app.app_context():
        db.session.execute(
            text(
                "UPDATE mark SET points = 150 WHERE participation_id = 3 AND criterion_id = "
                ":one AND sheet_id = :sheet"
            ),
            {"one": criterion, "sheet": sheet},
        )
        db.session.commit()


def _ranking_alone(app: Flask, report: Report) -> None:
    from campaign.extensions import db
    from campaign.planning.models import Block, Campaign
    from campaign.ranking.queries import table

    took = []
    with app.app_context():
        campaign, block = db.session.get(Campaign, 1), db.session.get(Block, 1)
        if campaign is None or block is None:
            return
        for _ in range(5):
            start = time.perf_counter()
            found = table(campaign, block)
            took.append((time.perf_counter() - start) * 1000)
        db.session.remove()
        db.engine.dispose()
    middle = statistics.median(took)
    report.note(
        f"ranking of {len(found.ranked):,} units computed in {middle:.1f} ms (at most "
        f"{RANKING_BAR_MS})",
        is_missed=middle > RANKING_BAR_MS,
    )


def main() -> None:
    """Measure every shape, then say what was missed."""
    report = Report()
    for place, shape in enumerate(PEER_SHAPES):
        measure(shape, report, place)
    for shape in OWN_SHAPES:
        measure(shape, report, None)
    print("\nMissed:" if report.missed else "\nNothing missed.")
    for line in report.missed:
        print(f"  {line}")


if __name__ == "__main__":
    main()
