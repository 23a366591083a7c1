"""`python -m prove scale`: a province in one database, ten times as large each time.

An office is a campaign of 100 units that ten members mark on twenty criteria. Lists, a saved mark,
the deep check and a backup are measured at each size: what a mark costs must not grow with
the number of marks.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from http import HTTPStatus
from itertools import pairwise

from campaign.core.numbers import format_decimal
from prove.browser import Browser
from prove.clients import JSON
from prove.ground import ROOT, SQLITE, Ground, ProofFailed, new_ground
from prove.province import ADMINISTRATOR, MEMBERS, SECRETARY, Size, points_of

UNITS = 100
TIMES = 15
GROWTH_BAR = 1.5
"""What a mark costs at the largest size may be so many times what it costs at the one before."""
MIB = 1024 * 1024
HALF = Decimal("0.5")
PAGES = {
    "secretary": {
        "home": "/home/",
        "campaigns": "/campaigns/",
        "units": "/units/",
        "enrolments of one office": "/campaigns/1/enrolment/",
        "reports of one office": "/campaigns/1/verification/",
        "marks of one office": "/campaigns/1/scoring/",
        "public pages": "/",
    },
    "administrator": {
        "accounts": "/account/users",
        "record": "/audit/",
        "record, the last of many pages": "/audit/?page=100",
        "record of one person": "/audit/?q=u%E1%BB%B7",
        "operation": "/operation/",
    },
    "member": {
        "home of a member": "/home/",
        "grid of a member": "/campaigns/1/scoring/1",
        "sheet of a member": "/campaigns/1/scoring/1/units/1",
    },
}
"""By who reads them."""


@dataclass
class Cost:
    """What a command took."""

    seconds: float
    processor: float
    memory: float
    """MiB at most."""

    def __str__(self) -> str:
        """As a line of figures."""
        return f"{self.seconds:.0f} s, {self.processor:.0f} s of a processor, {self.memory:.0f} MiB"


@dataclass
class Figures:
    """One size, measured."""

    size: Size
    fill: float = 0.0
    bytes: int = 0
    copied: int = 0
    """Bytes of a backup."""
    pages: dict[str, float] = field(default_factory=dict)
    """Median milliseconds."""
    costs: dict[str, Cost] = field(default_factory=dict)

    def told(self) -> str:
        """A line each."""
        lines = [
            f"{self.size.offices} offices x {self.size.units} units: {self.size.marks:,} marks; "
            f"filled in {self.fill:.0f} s; database {self.bytes / MIB:,.0f} MiB, "
            f"its copy {self.copied / MIB:,.0f} MiB"
        ]
        lines += [f"  {name}: {took:.1f} ms" for name, took in self.pages.items()]
        lines += [f"  {name}: {cost}" for name, cost in self.costs.items()]
        return "\n".join(lines)

    def per_mark(self, name: str) -> float:
        """Microseconds of a processor for each mark."""
        return self.costs[name].processor / self.size.marks * 1e6


def main(database: str, offices: Sequence[int], *, keep: bool) -> bool:
    """Each size after the other; whether nothing grows faster than what is kept."""
    seen = []
    for count in offices:
        with new_ground(database, keep=keep) as ground:
            figures = _measured(ground, Size(count, UNITS))
        print(f"scale on {database}: {figures.told()}", flush=True)
        seen.append(figures)
    grows = [
        f"{name} costs {before.per_mark(name):.0f} and then {after.per_mark(name):.0f} us a mark"
        for before, after in pairwise(seen[1:])
        for name in after.costs
        if after.per_mark(name) > before.per_mark(name) * GROWTH_BAR
    ]
    for sentence in grows:
        print(f"GROWS {sentence}")
    print(f"grows={len(grows)}")
    return not grows


def _measured(ground: Ground, size: Size) -> Figures:
    figures = Figures(size)
    told = ground.told(
        "-m", "prove.province", "--offices", str(size.offices), "--units", str(size.units)
    )
    figures.fill = float(told.split()[-1])
    figures.bytes = _bytes(ground)
    sessions = _sessions(ground, size)
    ground.start()
    ground.await_answer()
    figures.pages = _pages(ground, sessions)
    ground.kill_server()
    figures.costs["deep check"] = _cost(ground, "audit", "verify")
    copy = ground.folder.with_name("copy.zip")
    figures.costs["backup"] = _cost(ground, "backup", str(copy))
    figures.copied = copy.stat().st_size
    return figures


def _bytes(ground: Ground) -> int:
    if ground.database == SQLITE:
        return sum(file.stat().st_size for file in ground.folder.glob("ngonco.db*"))
    import psycopg

    with psycopg.connect(ground.url) as connection:
        size = connection.execute("SELECT pg_database_size(current_database())").fetchone()
    return int(size[0]) if size else 0


def _sessions(ground: Ground, size: Size) -> dict[str, tuple[str, str]]:
    """Of those who read; the member is the last of the first office, whose sheet is open."""
    member = ADMINISTRATOR + size.offices * size.units + MEMBERS
    numbers = {"secretary": SECRETARY, "administrator": ADMINISTRATOR, "member": member}
    program = (
        "import json; from prove.scene import session_of; from wsgi import app;"
        f"print(json.dumps([session_of(app, f'{{id_}}.1') for id_ in {list(numbers.values())}]))"
    )
    made = json.loads(ground.told("-c", program))
    return {who: (cookie, token) for who, (cookie, token) in zip(numbers, made, strict=True)}


def _pages(ground: Ground, sessions: dict[str, tuple[str, str]]) -> dict[str, float]:
    took: dict[str, float] = {}
    for who, pages in PAGES.items():
        browser = Browser(ground.port, *sessions[who])
        took |= {name: _median(browser, address) for name, address in pages.items()}
        if who == "member":
            took["a mark saved"] = _saving(browser)
        browser.close()
    return took


def _median(browser: Browser, address: str) -> float:
    took = []
    for _ in range(TIMES):
        began = time.perf_counter()
        came = browser.ask(address)
        took.append((time.perf_counter() - began) * 1000)
        if came.status != HTTPStatus.OK:
            message = f"{address} answered {came.status}"
            raise ProofFailed(message)
    return sorted(took)[TIMES // 2]


def _saving(browser: Browser) -> float:
    """One mark after the other, each in the place of what stood there."""
    took = []
    for criterion in range(1, TIMES + 1):
        stood = points_of(1, criterion, MEMBERS)
        given = stood - HALF if stood else HALF
        fields = {
            "field": f"m:1:{criterion}",
            "value": format_decimal(given),
            "base": format_decimal(stood),
        }
        began = time.perf_counter()
        came = browser.post("/campaigns/1/scoring/1/fields", fields, accept=JSON)
        took.append((time.perf_counter() - began) * 1000)
        if came.status != HTTPStatus.OK:
            message = f"a mark was answered with {came.status}: {came.content.decode()}"
            raise ProofFailed(message)
    return sorted(took)[TIMES // 2]


def _cost(ground: Ground, *command: str) -> Cost:
    """A command of the product: time, processor and memory."""
    with (ground.folder / "commands.log").open("ab") as log:
        began = time.monotonic()
        process = subprocess.Popen(  # noqa: S603 - our own
            [sys.executable, "-m", "flask", *command],
            cwd=ROOT,
            env=ground.environment,
            stdout=log,
            stderr=log,
        )
        _, status, used = os.wait4(process.pid, 0)
    if status:
        message = f"flask {' '.join(command)} ended with {status}; see {ground.folder}/commands.log"
        raise ProofFailed(message)
    seconds = time.monotonic() - began
    return Cost(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
