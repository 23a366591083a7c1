"""In which order the files of tests run: the longest first, so that all processors end together.

`tests/durations.txt` holds how long each file took; `pytest --record-durations` renews what it ran.
"""

from collections import defaultdict
from pathlib import Path

import pytest

DURATIONS = Path(__file__).with_name("durations.txt")
ROOT = Path(__file__).parents[1]
UNKNOWN = 5.0
"""Seconds that a file is thought to take which was never measured."""
_taken: dict[str, float] = defaultdict(float)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a run be measured."""
    parser.addoption("--record-durations", action="store_true", help=f"write {DURATIONS.name}")


def known() -> dict[str, float]:
    """Seconds by file, as they were measured last."""
    rows = (line.split() for line in DURATIONS.read_text(encoding="ascii").splitlines())
    return {file: float(seconds) for seconds, file in rows}


def longest_first(items: list[pytest.Item]) -> None:
    """Files by their seconds; within a file the order stands."""
    seconds = known()
    items.sort(key=lambda item: -seconds.get(item.path.relative_to(ROOT).as_posix(), UNKNOWN))


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Add up."""
    _taken[report.nodeid.partition("::")[0]] += report.duration


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Keep what was measured, now or before, the longest first, without files that are gone."""
    if session.config.getoption("record_durations") and not hasattr(session.config, "workerinput"):
        seconds = {file: took for file, took in known().items() if (ROOT / file).exists()} | _taken
        rows = sorted(seconds.items(), key=lambda row: (-round(row[1], 1), row[0]))
        DURATIONS.write_text(
            "".join(f"{seconds:.1f} {file}\n" for file, seconds in rows), encoding="ascii"
        )
