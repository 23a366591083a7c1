"""Khối: what a rule may look at of the other units of a unit's block."""

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from campaign.scheme.rules.achievement import NONE, Achievement, measured
from campaign.scheme.rules.terms import Direction


class Standing(NamedTuple):
    """Chỗ của một đơn vị trong khối: its place, counted from 1, and those it is held against."""

    place: int | None = None
    size: int = 1
    """Số đơn vị có thứ trong khối."""
    leader: Achievement | None = None
    """Mức đạt cao nhất của khối."""
    best: Fraction | None = None
    """Giá trị cao nhất của khối."""
    best_untargeted: Fraction | None = None
    """Giá trị cao nhất among the units that were given no target."""
    last_kept: int = 1
    """Thứ cuối cùng của đơn vị giữ được mức: whoever broke it is given less than that one."""


def standings(reaches: Mapping[int, Achievement], direction: Direction) -> dict[int, Standing]:
    """Chỗ của từng đơn vị trong khối, by its number: whatever their order, the same."""
    place_of = places(reaches, direction)
    ranked = [row for row in reaches.values() if row.percent is not None]
    values = {key: measured(row) for key, row in reaches.items()}
    known = {key: value for key, value in values.items() if isinstance(value, Fraction)}
    leader = max(ranked, key=_order, default=None)
    best = max(known.values(), default=None)
    free = max((value for key, value in known.items() if not reaches[key].has_target), default=None)
    kept = max((at for key, at in place_of.items() if reaches[key].is_met), default=1)
    return {
        key: Standing(place_of.get(key), len(place_of), leader, best, free, kept) for key in reaches
    }


def _order(row: Achievement) -> tuple[Fraction, Fraction, Fraction]:
    return row.percent or NONE, row.actual or NONE, row.goal or NONE


def places(reaches: Mapping[int, Achievement], direction: Direction) -> dict[int, int]:
    """Thứ trong khối theo mức đạt (1-2-2-4): of limits, furthest within its own is first."""
    known = {key: row for key, row in reaches.items() if row.percent is not None}
    is_limit = direction in {Direction.AT_MOST, Direction.BELOW}
    marks = (
        {key: -used for key, used in _used(known).items()}
        if is_limit
        else {key: row.percent or NONE for key, row in known.items()}
    )
    first: dict[Fraction, int] = {}
    for place, mark in enumerate(sorted(marks.values(), reverse=True), start=1):
        first.setdefault(mark, place)
    return {key: first[mark] for key, mark in marks.items()}


def _used(limits: Mapping[int, Achievement]) -> dict[int, Fraction]:
    """How much of its limit each used: value ÷ limit, or the distance where one is not above 0."""
    pairs = {key: (row.actual or NONE, row.goal or NONE) for key, row in limits.items()}
    if all(goal > 0 for _, goal in pairs.values()):
        return {key: actual / goal for key, (actual, goal) in pairs.items()}
    return {key: actual - goal for key, (actual, goal) in pairs.items()}
