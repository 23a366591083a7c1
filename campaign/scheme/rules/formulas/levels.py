"""Theo bảng giá trị: points from each value on; of a limit, up to each value, of a strict one below
it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from campaign.core.numbers import format_decimal
from campaign.scheme.rules.formulas.formula import Case, Formula, Problem
from campaign.scheme.rules.formulas.measures import measure_words
from campaign.scheme.rules.points_rule import Parameters, PointsRuleKind
from campaign.scheme.rules.terms import Direction

Row = tuple[Decimal, Decimal]


@dataclass(frozen=True, slots=True)
class Levels(Parameters):
    """Bảng giá trị: (value, points), highest value first."""

    kind = PointsRuleKind.LEVELS
    levels: tuple[Row, ...] = ()


def _row(case: Case[Levels]) -> tuple[Row | None, Row | None]:
    """The row it reaches, and the next better one that it does not."""
    better: Row | None = None
    rows = case.how.levels[::-1] if case.reached.is_limit else case.how.levels
    for row in rows:
        if _is_in(case, Fraction(row[0])):
            return row, better
        better = row
    return None, better


def _is_in(case: Case[Levels], level: Fraction) -> bool:
    """Đạt mức ấy: a strict limit is not kept by a value that touches it."""
    if not case.reached.is_limit:
        return case.measure >= level
    return case.measure < level if _is_strict(case) else case.measure <= level


def _is_strict(case: Case[Levels]) -> bool:
    return case.reached.of is not None and case.reached.of[0] is Direction.BELOW


def _given(case: Case[Levels]) -> Decimal:
    row, _ = _row(case)
    return row[1] if row else Decimal(0)


def _points(case: Case[Levels]) -> Fraction:
    return min(Fraction(_given(case)), case.whole)


def _words(case: Case[Levels]) -> tuple[str, ...]:
    row, better = _row(case)
    near, far = ("không quá", "trên") if case.reached.is_limit else ("từ", "dưới")
    if _is_strict(case):
        near, far = "dưới", "từ"
    parts = [
        *([f"{near} {format_decimal(row[0])}"] if row else []),
        *([f"{far} {format_decimal(better[0])}"] if better else []),
    ]
    cut = f", không quá {case.top}" if _given(case) > case.maximum else ""
    before, value = measure_words(case, _levels(case.how))
    return (*before, f"{value}, mức {' và '.join(parts)}: {format_decimal(_given(case))}{cut}")


def _problems(how: Levels) -> Sequence[Problem]:
    values = [value for value, _ in how.levels]
    points = [given for _, given in how.levels]
    is_one_way = points in (sorted(points), sorted(points, reverse=True))
    if values and len(set(values)) == len(values) and min(points) >= 0 and is_one_way:
        return ()
    sentence = (
        "Bảng giá trị cần ít nhất một dòng, các giá trị khác nhau, điểm không âm và chỉ tăng "
        "hoặc chỉ giảm theo giá trị."
    )
    return [(sentence, "levels")]


def _turned(how: Levels, direction: Direction) -> Sequence[Problem]:
    """Bảng ngược chiều: a value that is better must not have fewer points."""
    points = [given for _, given in how.levels]
    if points == sorted(points, reverse=direction in {Direction.AT_LEAST, Direction.WATCH}):
        return ()
    return [("Bảng giá trị ngược chiều với chỉ tiêu.", "levels")]


def _against(case: Case[Levels]) -> str | None:
    direction = case.reached.of[0] if case.reached.of else Direction.WATCH
    return next((sentence for sentence, _ in _turned(case.how, direction)), None)


def _levels(how: Levels) -> tuple[Fraction, ...]:
    return tuple(Fraction(value) for value, _ in how.levels)


def _told(how: Levels) -> str:
    rows = (
        f"{format_decimal(value)} được {format_decimal(given)} điểm" for value, given in how.levels
    )
    return ", ".join(rows)


LEVELS = Formula(
    Levels,
    _points,
    _words,
    _problems,
    _levels,
    told=_told,
    turned=_turned,
    lacks=_against,
    is_of_value=True,
    in_points=lambda how: [("levels", points) for _, points in how.levels],
)
