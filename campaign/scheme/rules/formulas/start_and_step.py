"""Từ mức khởi điểm: points at a start, more for each whole part beyond it, fewer before it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from campaign.core.numbers import format_decimal
from campaign.core.points import ZERO
from campaign.scheme.rules.achievement import NONE
from campaign.scheme.rules.formulas.formula import Case, Formula, Problem
from campaign.scheme.rules.formulas.measures import measure_text, measure_words
from campaign.scheme.rules.points_rule import Parameters, PointsRuleKind
from campaign.scheme.rules.terms import Direction


@dataclass(frozen=True, slots=True)
class StartAndStep(Parameters):
    """Khởi điểm và bước: `gain` for each whole `every` beyond the start, `fall` for each started
    one short of it; without a fall nothing is earned before the start.
    """

    kind = PointsRuleKind.START_AND_STEP
    start: Decimal = ZERO
    start_points: Decimal = ZERO
    every: Decimal = Decimal(1)
    gain: Decimal = ZERO
    fall: Decimal = ZERO


def _beyond(case: Case[StartAndStep]) -> Fraction:
    """How many parts beyond the start, below 0 before it; exact."""
    over = case.measure - Fraction(case.how.start)
    return (-over if case.reached.is_limit else over) / Fraction(case.how.every)


def _is_short(case: Case[StartAndStep]) -> bool:
    """Chưa tới khởi điểm; a strict limit is not kept by a value that touches it."""
    beyond = _beyond(case)
    is_strict = case.reached.of is not None and case.reached.of[0] is Direction.BELOW
    return beyond < 0 or (is_strict and beyond == 0)


def _times(case: Case[StartAndStep]) -> int:
    beyond = _beyond(case)
    return max(ceil(-beyond), 1) if _is_short(case) else floor(beyond)


def _points(case: Case[StartAndStep]) -> Fraction:
    how = case.how
    start, times = Fraction(how.start_points), _times(case)
    if not _is_short(case):
        return min(start + times * Fraction(how.gain), case.whole)
    return min(start - times * Fraction(how.fall), case.whole) if how.fall else NONE


def _words(case: Case[StartAndStep]) -> tuple[str, ...]:
    how, times = case.how, _times(case)
    start, every = format_decimal(how.start), format_decimal(how.every)
    before, value = measure_words(case, (Fraction(how.start),))
    if _is_short(case) and not how.fall:
        return (*before, f"{value}, chưa tới mức khởi điểm {start}: 0")
    sign, share = ("−", how.fall) if _is_short(case) else ("+", how.gain)
    raw = Fraction(how.start_points) + (-times if _is_short(case) else times) * Fraction(share)
    cut = f", không quá {case.top}" if raw > case.whole else ""
    shown = measure_text(case)
    start = f"({start})" if how.start < 0 else start
    upwards = _is_short(case) is case.reached.is_limit
    first, last = (shown, start) if upwards else (start, shown)
    return (
        *before,
        f"Số lần: ({first} − {last}) ÷ {every}{_bound(case)} = {times}",
        f"{format_decimal(how.start_points)} {sign} {times} × {format_decimal(share)}{cut}",
    )


def _bound(case: Case[StartAndStep]) -> str:
    beyond = _beyond(case)
    if beyond == 0 and _is_short(case):
        return ", ít nhất 1"
    if beyond.denominator == 1:
        return ""
    return ", làm tròn lên" if _is_short(case) else ", bỏ phần lẻ"


def _problems(how: StartAndStep) -> Sequence[Problem]:
    checks = (
        (how.every <= 0, "Hãy nhập phần thêm cho mỗi lần, lớn hơn 0.", "every"),
        (how.start_points < 0, "Điểm ở mức khởi điểm không được âm.", "start_points"),
        (how.gain < 0, "Điểm thêm không được âm.", "gain"),
        (how.fall < 0, "Điểm bớt không được âm.", "fall"),
        (
            how.gain == 0 and how.fall == 0,
            "Hãy nhập điểm thêm cho mỗi phần vượt, hoặc điểm bớt cho mỗi phần thiếu.",
            "gain",
        ),
    )
    return [(sentence, field) for is_wrong, sentence, field in checks if is_wrong]


def _levels(how: StartAndStep) -> tuple[Fraction, ...]:
    return (Fraction(how.start),)


def _told(how: StartAndStep) -> str:
    start, points, every, gain, fall = map(
        format_decimal, (how.start, how.start_points, how.every, how.gain, how.fall)
    )
    more = f", cứ thêm {every} được {gain}" if how.gain else ""
    less = f", thiếu mỗi {every} bớt {fall}" if how.fall else ""
    return f"đến {start} được {points} điểm{more}{less}"


START_AND_STEP = Formula(
    StartAndStep,
    _points,
    _words,
    _problems,
    _levels,
    _told,
    is_of_value=True,
    in_points=lambda how: [("start_points", how.start_points)],
)
