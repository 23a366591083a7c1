"""`make bench`: how fast each page is, beside the bars of the fastest system of the kind.

`python -m bench --units 200 --times 20` measures one shape alone, and shortly; `--table` only the
table of three levels; `--start` only how long a start takes.
"""

import argparse
import os
import secrets
import statistics
import tempfile
import time
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

from flask import Flask
from sqlalchemy import event, text

from bench import floor, start
from bench.asking import Asker, Figures, beside, served
from bench.fill import Shape, fill
from bench.pages import (
    KNOWN_ROWS,
    OWN_SHAPES,
    PAGES,
    PEER_SHAPES,
    SAVE_BAR,
    TABLE_SHAPES,
    Page,
)
from bench.report import Report

TIMES = 60


def _cookie(app: Flask, user_id: int, token: str = "") -> str:
    """A signed-in session of one of the filled people, as a browser holds it."""
    interface = app.session_interface
    serializer = interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    session = {
        "_user_id": f"{user_id}.1",
        "_fresh": True,
        "_permanent": True,
        "touched": int(time.time()),
        "csrf_token": token or secrets.token_hex(20),
    }
    return f"{app.config['SESSION_COOKIE_NAME']}={serializer.dumps(session)}"


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
    return len([statement for statement in seen if not statement.startswith(("PRAGMA", "BEGIN"))])


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


def measure(shape: Shape, report: Report, peer: int | None, times: int) -> None:
    """Fill, serve and ask; `peer` is 0 or 1 where the shape is one the peers were measured in."""
    with tempfile.TemporaryDirectory(prefix="ngonco-bench-") as folder:
        instance = Path(folder)
        (instance / "secret_key").write_text("bench", encoding="ascii")
        url = f"sqlite:///{instance / 'floor.db'}"
        environment = {"NGONCO_MODE": "demo", "NGONCO_INSTANCE": folder, "FLOOR_URL": url}
        os.environ.update(environment)
        os.environ.pop("DATABASE_URL", None)
        app = _application(instance)
        with app.app_context():
            fill(shape)
        floor.prepare(url, max(shape.units, KNOWN_ROWS))
        visitor = floor.cookie(url)
        with (
            served(environment) as (port, pid),
            served({**environment, "BENCH": "floor"}) as (bare_port, _),
        ):
            known = Asker(bare_port, "GET", f"/?rows={KNOWN_ROWS}&bytes=0", cookie=visitor)
            known.ask(times)
            report.begin(shape, known.figures.median)
            for page in PAGES:
                seen, bare = _page(app, page, (port, bare_port), visitor, times)
                bar = page.bars[peer] if page.bars and peer is not None else 0
                report.page(page.name, seen, _queries(app, page), bare, bar)
            _phase(app, "scoring")
            seen, bare = _save(app, shape, (port, bare_port), times)
            report.page("save one mark", seen, 0, bare, SAVE_BAR if peer is not None else 0)
            report.memory(_memory(pid))
        _ranking_alone(app, report)


def _page(
    app: Flask, page: Page, ports: tuple[int, int], visitor: str, times: int
) -> tuple[Figures, Figures]:
    """One page and the floor of as many rows and bytes."""
    _phase(app, page.phase)
    asker = Asker(
        ports[0],
        "GET",
        page.path,
        cookie=_cookie(app, page.user) if page.user else "",
        before=partial(_change, app, page.after_change) if page.after_change else None,
    )

    def bare(seen: Figures) -> Asker:
        address = f"/?rows={seen.rows}&bytes={seen.size}"
        return Asker(ports[1], "GET", address, cookie=visitor)

    return beside(asker, bare, times)


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


def _save(app: Flask, shape: Shape, ports: tuple[int, int], times: int) -> tuple[Figures, Figures]:
    """One mark, typed again and again."""
    port, bare_port = ports
    token, secret = _token(app)
    criterion = _marked(app)
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
    return beside(
        asker,
        lambda _: Asker(
            bare_port, "POST", "/commit", body=lambda number: urlencode({"value": str(number)})
        ),
        times,
    )


def _marked(app: Flask) -> int:
    """The first criterion that the Council marks."""
    from campaign.extensions import db

    with app.app_context():
        first = "SELECT min(criterion_id) FROM mark"
        return int(db.session.execute(text(first)).scalar_one())


def _reset_mark(app: Flask, criterion: int, sheet: int) -> None:
    from campaign.extensions import db

    with app.app_context():
        db.session.execute(
            text(
                "UPDATE mark SET points = 15000 WHERE participation_id = 3 AND criterion_id = "
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
            ranking = table(campaign, block)
            took.append((time.perf_counter() - start) * 1000)
        db.session.remove()
        db.engine.dispose()
    report.ranking(len(ranking.ranked), statistics.median(took))


def main() -> None:
    """Measure every shape and the start, then say what was missed."""
    asked = argparse.ArgumentParser(prog="bench")
    asked.add_argument("--units", type=int, help="only the shapes of so many units")
    asked.add_argument("--times", type=int, default=TIMES, help="requests of each page")
    asked.add_argument("--table", action="store_true", help="only the shape of a whole table")
    asked.add_argument("--start", action="store_true", help="only the start")
    chosen, report = asked.parse_args(), Report()
    shapes = [*((shape, place) for place, shape in enumerate(PEER_SHAPES))]
    for shape, peer in (*shapes, *((shape, None) for shape in (*OWN_SHAPES, *TABLE_SHAPES))):
        is_wanted = chosen.units in {None, shape.units} and (bool(shape.table) or not chosen.table)
        if is_wanted and not chosen.start:
            measure(shape, report, peer, chosen.times)
    if chosen.units is None and not chosen.table:
        start.measure(report)
    print("\nMissed:" if report.missed else "\nNothing missed.")
    for line in report.missed:
        print(f"  {line}")


if __name__ == "__main__":
    main()
