"""Hình đường: a number over the periods, with its target and what was expected by each day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from campaign.charts.rules import WHOLE, Number, Scale, percent, scale_of, short_number
from campaign.core.dates import format_date

HEIGHT = 200
TOP = 16


class Point(NamedTuple):
    """Số liệu của một kỳ; without a value a gap, which no line crosses."""

    day: date
    value: Number | None
    kind: str
    words: str
    expected: Number | None = None


class PlacedPoint(NamedTuple):
    """Một điểm có chỗ; its shape tells ước, sơ bộ and chính thức apart."""

    x: str
    y: str
    shape: str


class Piece(NamedTuple):
    """Một đoạn thẳng."""

    x1: str
    y1: str
    x2: str
    y2: str


class Level(NamedTuple):
    """Một vạch ngang, with what is written over it."""

    y: str
    words: str


@dataclass(frozen=True, slots=True)
class Course:
    """Hình đường, worked out."""

    points: tuple[PlacedPoint, ...]
    line: tuple[Piece, ...]
    expected: tuple[Piece, ...]
    levels: tuple[Level, ...]
    target: Level | None
    today: str
    today_anchor: str
    days: tuple[tuple[str, str, str], ...]
    height: int
    table: tuple[tuple[str, ...], ...]


def course(
    points: Sequence[Point],
    *,
    between: tuple[date, date],
    today: date,
    target: tuple[Number, str] | None = None,
) -> Course:
    """Hình đường giữa hai ngày; `today` is marked where it lies between them."""
    numbers = [number for row in points for number in (row.value, row.expected)]
    scale = scale_of([*numbers, target[0] if target else None])
    first, last = between
    expected = [(row.day, row.expected) for row in points]
    start = [(first, Fraction(0))] if points and first < points[0].day else []
    return Course(
        tuple(
            PlacedPoint(_across(row.day, between), _down(scale, row.value), row.kind)
            for row in points
            if row.value is not None
        ),
        tuple(_pieces([(row.day, row.value) for row in points], scale, between)),
        tuple(_pieces([*start, *expected], scale, between)),
        tuple(Level(_down(scale, value), short_number(value)) for value in scale.steps),
        Level(_down(scale, target[0]), target[1]) if target else None,
        _across(today, between) if first <= today <= last else "",
        "start" if (today - first) * 2 < last - first else "end",
        (("0%", format_date(first), "start"), ("100%", format_date(last), "end")),
        HEIGHT + TOP + 24,
        tuple(
            (
                format_date(row.day),
                row.words or "không có số liệu",
                "" if row.expected is None else short_number(row.expected),
            )
            for row in points
        ),
    )


def _across(day: date, between: tuple[date, date]) -> str:
    first, last = between
    share = Fraction((day - first).days * WHOLE, max((last - first).days, 1))
    return percent(max(Fraction(0), min(Fraction(WHOLE), share)))


def _down(scale: Scale, value: Number) -> str:
    return f"{TOP + round((WHOLE - scale.share(value)) * HEIGHT / WHOLE)}"


def _pieces(
    values: Sequence[tuple[date, Number | None]], scale: Scale, between: tuple[date, date]
) -> Iterable[Piece]:
    """Các đoạn giữa hai số kề nhau; none over a gap."""
    for (day, value), (after, following) in pairwise(values):
        if value is not None and following is not None:
            yield Piece(
                _across(day, between),
                _down(scale, value),
                _across(after, between),
                _down(scale, following),
            )
