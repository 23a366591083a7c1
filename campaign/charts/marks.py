"""Hình của điểm chấm: heat map of units and criteria, and how far marks lie apart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from campaign.charts.pictures import LONG, SHORT
from campaign.charts.rules import (
    Number,
    Part,
    Scale,
    Tick,
    middle,
    number,
    percent,
    scale_of,
    shortened,
)

ROW = 32
COLUMN = 56
NAMES = 168
HEAD = 28
NAME = 22
LEVELS = (Fraction(1, 2), Fraction(7, 10), Fraction(17, 20), Fraction(19, 20))
"""Từ mấy phần của điểm tối đa thì ô đậm hơn một bậc."""


class HeatCell(NamedTuple):
    """Một ô: its place, how dark it is, and the number in it."""

    x: int
    level: int | None
    words: str


class HeatRow(NamedTuple):
    """Một hàng của bản đồ nhiệt."""

    y: int
    name: str
    cells: tuple[HeatCell, ...]


@dataclass(frozen=True, slots=True)
class Heat:
    """Bản đồ nhiệt: a row for each unit, a column for each criterion, the number in the cell."""

    heads: tuple[tuple[int, str], ...]
    rows: tuple[HeatRow, ...]
    width: int
    height: int
    table: tuple[tuple[str, ...], ...] = ()
    """Không có: the picture itself has every number; the page has them as a table."""


def heat(
    columns: Sequence[str], rows: Sequence[tuple[str, Sequence[Part | None]]], decimals: int = 2
) -> Heat:
    """Bản đồ nhiệt; a cell without anything stays empty."""
    return Heat(
        tuple(
            (NAMES + place * COLUMN + COLUMN // 2, shortened(name, 6))
            for place, name in enumerate(columns)
        ),
        tuple(
            HeatRow(HEAD + place * ROW, shortened(name, NAME), _heat_cells(parts, decimals))
            for place, (name, parts) in enumerate(rows)
        ),
        NAMES + len(columns) * COLUMN,
        HEAD + len(rows) * ROW,
    )


def _heat_cells(parts: Sequence[Part | None], decimals: int) -> tuple[HeatCell, ...]:
    """Các ô của một hàng; of what is not there a dash, and no darkness."""
    return tuple(
        HeatCell(
            NAMES + column * COLUMN,
            None if part is None else level(*part),
            "–" if part is None else number(Fraction(part.value), decimals),
        )
        for column, part in enumerate(parts)
    )


def level(value: Number, most: Number) -> int:
    """Độ đậm của một ô, 0 to 4, by its share of the most; the palest where nothing is given."""
    if not most:
        return 0
    return sum(Fraction(value) / Fraction(most) >= part for part in LEVELS)


class Span(NamedTuple):
    """Độ phân tán của một hàng: lowest, first quarter, median, third quarter, highest."""

    y: int
    name: str
    short: str
    words: str
    low: str
    quarter: str
    box: str
    median: str
    high: str


@dataclass(frozen=True, slots=True)
class Spread:
    """Hình phân tán: of each row how far its numbers lie apart."""

    rows: tuple[Span, ...]
    ticks: tuple[Tick, ...]
    height: int
    table: tuple[tuple[str, ...], ...]


SPAN = 46


def spread(values: Mapping[str, Sequence[Number]], unit: str = "") -> Spread:
    """Hình phân tán, on one scale; a row without numbers is left out."""
    known = {name: numbers for name, numbers in values.items() if numbers}
    scale = scale_of([value for numbers in known.values() for value in numbers], from_zero=False)
    fives = {name: _five(numbers) for name, numbers in known.items()}
    return Spread(
        tuple(
            _span(place * SPAN, name, five, scale)
            for place, (name, five) in enumerate(fives.items())
        ),
        scale.ticks(unit) if fives else (),
        len(fives) * SPAN + 24,
        tuple((name, *(number(value, 2) for value in five)) for name, five in fives.items()),
    )


def _five(numbers: Sequence[Number]) -> tuple[Fraction, ...]:
    """Năm số: the lowest, the three quarters between, the highest."""
    return tuple(middle(numbers, Fraction(part, 4)) for part in range(5))


def _span(y: int, name: str, five: Sequence[Fraction], scale: Scale) -> Span:
    low, quarter, median, third, high = (scale.share(value) for value in five)
    return Span(
        y,
        shortened(name, LONG),
        shortened(name, SHORT),
        f"{number(five[0], 2)} – {number(five[4], 2)}",
        percent(low),
        percent(quarter),
        percent(third - quarter),
        percent(median),
        percent(high),
    )
