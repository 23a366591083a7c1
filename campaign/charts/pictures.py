"""Các loại hình: each a tuple of things with their places, and the same numbers as a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from campaign.charts.rules import (
    Number,
    Scale,
    Tick,
    middle,
    number,
    percent,
    scale_of,
    shortened,
)

SHORT = 30
LONG = 90
"""Chữ của một tên nằm vừa trên màn hình hẹp and on a wide one, beside its number."""
ROW = 46
DOT_ROW = 36
AXIS = 24
FEW = 30
ENDS = 10
"""Của quá nhiều đơn vị chỉ ghi tên những đơn vị ở hai đầu."""


class Bar(NamedTuple):
    """Một thanh: how far it reaches and how far it ought to; None where there is no number."""

    name: str
    value: Number | None
    words: str
    mark: Number | None = None
    is_met: bool | None = None


class PlacedBar(NamedTuple):
    """Một thanh có chỗ."""

    y: int
    name: str
    short: str
    words: str
    x: str
    width: str
    mark: str
    state: str


@dataclass(frozen=True, slots=True)
class Bars:
    """Hình thanh ngang: one below the other, each with its name and number above it."""

    rows: tuple[PlacedBar, ...]
    ticks: tuple[Tick, ...]
    zero: str
    height: int
    table: tuple[tuple[str, ...], ...]


def bars(rows: Sequence[Bar], unit: str = "") -> Bars:
    """Hình thanh ngang; all on one scale that begins at zero."""
    scale = scale_of([value for row in rows for value in (row.value, row.mark)], most=5)
    return Bars(
        tuple(_placed(scale, place * ROW, row) for place, row in enumerate(rows)),
        scale.ticks(unit) if rows else (),
        scale.at(Fraction(0)),
        len(rows) * ROW + AXIS,
        tuple((row.name, row.words) for row in rows),
    )


def _placed(scale: Scale, y: int, row: Bar) -> PlacedBar:
    zero = scale.share(Fraction(0))
    end = zero if row.value is None else scale.share(row.value)
    state = "none" if row.value is None else "short" if row.is_met is False else "met"
    return PlacedBar(
        y,
        shortened(row.name, LONG),
        shortened(row.name, SHORT),
        row.words,
        percent(min(zero, end)),
        percent(abs(end - zero)),
        "" if row.mark is None else scale.at(row.mark),
        state,
    )


class Dot(NamedTuple):
    """Một chấm: a unit and its number; `is_own` where it is the one the page is about."""

    name: str
    value: Number
    words: str
    is_own: bool = False
    is_short: bool = False
    """Chưa đạt mức phải đạt: drawn hollow."""
    rank: int | None = None
    """Hạng, where units are ranked: what is alike as it is written may stand apart."""


class PlacedDot(NamedTuple):
    """Một chấm có chỗ; with a name where one of its own row is shown."""

    y: int
    name: str
    short: str
    words: str
    x: str
    state: str


@dataclass(frozen=True, slots=True)
class Dots:
    """Hình chấm: units sorted by their numbers, with a line through the median or a goal."""

    rows: tuple[PlacedDot, ...]
    ticks: tuple[Tick, ...]
    line: str
    line_anchor: str
    line_words: str
    height: int
    left_out: int
    table: tuple[tuple[str, ...], ...]


def dots(rows: Sequence[Dot], unit: str = "", *, goal: tuple[Number, str] | None = None) -> Dots:
    """Hình chấm, the highest first; the line is the goal where there is one, else the median."""
    ordered = sorted(rows, key=lambda row: -Fraction(row.value))
    line, words = (Fraction(0), "") if not rows else _line(ordered, goal)
    scale = scale_of([*(row.value for row in rows), *([line] if rows else [])], from_zero=False)
    named = _named(ordered)
    where = scale.share(line)
    return Dots(
        tuple(_placed_dot(row, place, scale) for place, row in enumerate(named)),
        scale.ticks(unit) if rows else (),
        percent(where),
        "start" if where < HALF_WAY else "end",
        words,
        AXIS + len(named) * DOT_ROW + AXIS,
        len(ordered) - len(named),
        tuple((row.name, row.words) for row in ordered),
    )


def _placed_dot(row: Dot, place: int, scale: Scale) -> PlacedDot:
    return PlacedDot(
        AXIS + place * DOT_ROW,
        shortened(row.name, LONG),
        shortened(row.name, SHORT),
        row.words,
        scale.at(row.value),
        "own" if row.is_own else "short" if row.is_short else "plain",
    )


HALF_WAY = 50


def _line(rows: Sequence[Dot], goal: tuple[Number, str] | None) -> tuple[Fraction, str]:
    if goal is not None:
        return Fraction(goal[0]), goal[1]
    value = middle([row.value for row in rows])
    return value, f"trung vị {number(value, 2)}"


def _named(rows: Sequence[Dot]) -> list[Dot]:
    """Those who get a row: all of few; of many both ends and one's own."""
    if len(rows) <= FEW:
        return list(rows)
    return [
        row
        for place, row in enumerate(rows)
        if place < ENDS or place >= len(rows) - ENDS or row.is_own
    ]


class Stack(NamedTuple):
    """Một chồng: so many of each part."""

    name: str
    counts: tuple[int, ...]


class PlacedPart(NamedTuple):
    """Một phần có chỗ; without words where they would not fit."""

    part: int
    x: str
    width: str
    middle: str
    words: str


class PlacedStack(NamedTuple):
    """Một chồng có chỗ."""

    y: int
    name: str
    short: str
    words: str
    parts: tuple[PlacedPart, ...]


@dataclass(frozen=True, slots=True)
class Stacks:
    """Hình phần: of each row how many are in which part, all as wide as the picture."""

    legend: tuple[str, ...]
    rows: tuple[PlacedStack, ...]
    height: int
    table: tuple[tuple[str, ...], ...]


NARROW = 3
"""Một chữ số cần chừng ấy phần trăm bề rộng của màn hình hẹp."""


def stacks(legend: Sequence[str], rows: Sequence[Stack]) -> Stacks:
    """Hình phần; a row without anything stays empty."""
    return Stacks(
        tuple(legend),
        tuple(
            PlacedStack(
                place * ROW,
                shortened(row.name, LONG),
                shortened(row.name, SHORT),
                str(sum(row.counts)),
                _parts(row),
            )
            for place, row in enumerate(rows)
        ),
        len(rows) * ROW,
        tuple((row.name, *map(str, row.counts)) for row in rows),
    )


def _parts(row: Stack) -> tuple[PlacedPart, ...]:
    whole, before, placed = sum(row.counts), 0, []
    for part, count in enumerate(row.counts):
        if count:
            x, width = Fraction(before * 100, whole), Fraction(count * 100, whole)
            words = str(count) if width >= NARROW * len(str(count)) else ""
            placed.append(
                PlacedPart(part, percent(x), percent(width), percent(x + width / 2), words)
            )
        before += count
    return tuple(placed)
