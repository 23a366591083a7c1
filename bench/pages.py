"""The pages that are measured, and their bars: twice as fast as the fastest system of the kind on
the pages it has; as fast as it where nothing remembered can serve.
"""

from dataclasses import dataclass

from bench.fill import Shape
from bench.own_table import HEALTH

KNOWN_ROWS = 200
KNOWN_MS = 3.6
"""A bare table of so many rows took so long where the bars were measured: every bar is scaled by
what it takes in the same run.
"""
PLAIN_WINS = 1.5
"""The plain form of the code wins up to so many times the bar."""
PEER_SHAPES = (Shape(200, 10, 5, with_indicators=False), Shape(2000, 10, 5, with_indicators=False))
OWN_SHAPES = tuple(Shape(units, 10, 20, with_indicators=True) for units in (10, 100, 1000))
TABLE_SHAPES = (Shape(200, 10, 4, with_indicators=True, table=HEALTH),)
SAVE_BAR = 5.0
"""Milliseconds to save one mark."""
RANKING_BAR = 500.0
"""Milliseconds to compute the ranking of a block, whatever its size."""
MEMORY_BAR = 120
"""MiB of a worker."""
IMPORT_BAR, START_BAR = 1.0, 3.0
"""Seconds of a processor to import the application; from a second `make run` to the first page."""

_SIGN_IN, _PUBLIC, _FORM, _LIST = (0.8, 0.8), (0.85, 0.85), (3.3, 3.3), (13.0, 119.0)
_PUBLIC_ANEW, _FORM_ANEW, _LIST_ANEW = (1.7, 1.7), (6.6, 6.6), (26.0, 238.0)
"""Milliseconds for 200 and for 2,000 units; where nothing remembered can serve, the time of the
fastest system of the kind.
"""


@dataclass(frozen=True)
class Page:
    """A page to measure: who reads it, in which phase, its bar in ms for 200 and 2,000 units."""

    name: str
    path: str
    user: int | None
    phase: str = "scoring"
    bars: tuple[float, float] | None = None
    after_change: str = ""
    """Measured with a change of this table in the record before each request: of a typed cell
    ("mark") or of anything else, after which nothing that was remembered can serve the page.
    """


_SHEET, _GRID = "/campaigns/1/scoring/1/units/3", "/campaigns/1/scoring/1"
_RANKING, _EXPLAINED = "/campaigns/1/ranking/", "/campaigns/1/ranking/units/3"
_OPEN = "/public/campaigns/1"
PAGES = (
    Page("sign-in", "/account/sign-in", None, bars=_SIGN_IN),
    Page("public page", _OPEN, None, bars=_PUBLIC),
    Page("report board", "/campaigns/1/verification/", 1),
    Page("report editor", "/campaigns/1/reports/1", 2),
    Page("verification", "/campaigns/1/verification/2", 1),
    Page("score sheet", _SHEET, 12, bars=_FORM),
    Page("block grid", _GRID, 12),
    Page("scored list", _RANKING, 1, "meeting", _LIST),
    Page("explanation", _EXPLAINED, 1, "meeting"),
    Page("score sheet, typing", _SHEET, 12, bars=_FORM_ANEW, after_change="mark"),
    Page("block grid, typing", _GRID, 12, after_change="mark"),
    Page("scored list, typing", _RANKING, 1, "meeting", _LIST_ANEW, "mark"),
    Page("public page, changed", _OPEN, None, bars=_PUBLIC_ANEW, after_change="verification"),
    Page("scored list, changed", _RANKING, 1, "meeting", _LIST_ANEW, "verification"),
    Page("explanation, changed", _EXPLAINED, 1, "meeting", after_change="verification"),
)
