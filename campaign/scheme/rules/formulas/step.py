"""Trừ dần theo phần còn thiếu: points lost for each 1 % or unit of measure that is missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from campaign.core.labelled import Labelled
from campaign.core.numbers import all_digits, format_decimal
from campaign.core.points import ZERO
from campaign.scheme.rules.achievement import NONE, ratio, terms_of
from campaign.scheme.rules.formulas.formula import Case, Formula, Problem
from campaign.scheme.rules.points_rule import Parameters, PointsRuleKind
from campaign.scheme.rules.wording import WHOLE, is_short


class Counted(Labelled):
    """Cách đếm phần thiếu: what a part of 1 % or of a unit counts."""

    WHOLE = "whole", "chỉ tính phần thiếu đủ"
    STARTED = "started", "phần thiếu chưa đủ cũng tính là một"
    PROPORTIONAL = "proportional", "tính theo đúng phần thiếu"


class MissingIn(Labelled):
    """Phần thiếu tính bằng per cent of the target, or the indicator's own unit."""

    PERCENT = "percent", "phần trăm của mức phải đạt"
    UNIT = "unit", "đơn vị đo của chỉ tiêu"


@dataclass(frozen=True, slots=True)
class Step(Parameters):
    """Trừ dần: points lost for every `each` per cent or units of measure missing."""

    kind = PointsRuleKind.STEP
    lost: Decimal = ZERO
    counted: Counted = Counted.WHOLE
    missing_in: MissingIn = MissingIn.PERCENT
    each: Decimal = Decimal(1)


def _missing(case: Case[Step]) -> Fraction:
    """How many times `each` is missing, exact."""
    reached = case.reached
    if reached.is_met:
        return NONE
    missing = WHOLE - case.percent
    if case.how.missing_in is MissingIn.UNIT:
        missing = abs((reached.goal or NONE) - (reached.actual or NONE))
    return max(missing, NONE) / Fraction(case.how.each)


def _times(case: Case[Step]) -> Fraction:
    exact = _missing(case)
    if case.how.counted is Counted.PROPORTIONAL:
        return exact
    return Fraction(floor(exact) if case.how.counted is Counted.WHOLE else ceil(exact))


def _points(case: Case[Step]) -> Fraction:
    return case.whole - _times(case) * Fraction(case.how.lost)


def _words(case: Case[Step]) -> tuple[str, ...]:
    if case.reached.is_met:
        return (f"đạt, đủ {case.top}",)
    how, exact, times = case.how, _missing(case), _times(case)
    lost = format_decimal(how.lost)
    if how.counted is Counted.PROPORTIONAL:
        return (f"{case.top} − {_missing_words(case)} × {lost}",)
    is_cut = exact != times
    if how.missing_in is MissingIn.PERCENT and how.each == 1:
        part = "bỏ phần lẻ" if how.counted is Counted.WHOLE else "phần lẻ tính là 1"
        cut = f" ({part})" if is_cut else ""
        return (f"thiếu {times} %{cut}: {case.top} − {times} × {lost}",)
    bound = ", bỏ phần lẻ" if how.counted is Counted.WHOLE else ", làm tròn lên"
    return (
        f"Số lần trừ: {_missing_words(case)}{bound if is_cut else ''} = {times}",
        f"{case.top} − {times} × {lost}",
    )


def _missing_words(case: Case[Step]) -> str:
    """What is missing over `each`, as a pencil works it out."""
    percent = all_digits(case.percent)
    if case.how.missing_in is MissingIn.UNIT:
        terms = terms_of(case.reached)
        is_limit = case.reached.is_limit
        first, last = (terms.actual, terms.goal) if is_limit else (terms.goal, terms.actual)
        missing = f"({first} − {last})"
    elif case.reached.is_limit and (case.reached.goal or NONE) <= 0:
        missing = "(100 − 0)"
    else:
        missing = f"(100 − {percent if is_short(case.percent) else f'{ratio(case.reached)} × 100'})"
    divisor = format_decimal(case.how.each)
    return missing if case.how.each == 1 else f"{missing} ÷ {divisor}"


def lost_problems(lost: Decimal) -> Sequence[Problem]:
    """Số điểm bị trừ must be typed."""
    return [("Hãy nhập số điểm bị trừ, lớn hơn 0.", "lost")] if lost <= 0 else []


def _problems(how: Step) -> Sequence[Problem]:
    if how.each > 0:
        return lost_problems(how.lost)
    return [*lost_problems(how.lost), ("Hãy nhập phần thiếu cho mỗi lần trừ, lớn hơn 0.", "each")]


def _told(how: Step) -> str:
    unit = " %" if how.missing_in is MissingIn.PERCENT else " đơn vị đo"
    each, lost = format_decimal(how.each), format_decimal(how.lost)
    return f"thiếu mỗi {each}{unit} trừ {lost} điểm, {how.counted.label}"


def _told_of_limit(how: Step) -> str:
    """Of a limit units are counted over it; a per cent is still missing of what was reached."""
    told = _told(how)
    return told.replace("thiếu", "vượt") if how.missing_in is MissingIn.UNIT else told


STEP = Formula(
    Step,
    _points,
    _words,
    _problems,
    told=_told,
    told_of_limit=_told_of_limit,
    may_be_endless=True,
)
