"""Không được vượt: points lost for each started unit beyond the limit."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil

from campaign.core.numbers import format_decimal
from campaign.core.points import ZERO
from campaign.scheme.rules.achievement import NONE, terms_of
from campaign.scheme.rules.formulas.formula import Case, Formula, Problem
from campaign.scheme.rules.formulas.step import lost_problems
from campaign.scheme.rules.points_rule import Parameters, PointsRuleKind


@dataclass(frozen=True, slots=True)
class Ceiling(Parameters):
    """Không được vượt: points lost per started `unit` above the limit."""

    kind = PointsRuleKind.CEILING
    lost: Decimal = ZERO
    unit: Decimal = Decimal("0.1")


def _units_over(case: Case[Ceiling]) -> Fraction:
    """How many units the value lies beyond the goal, exact."""
    reached = case.reached
    over = abs((reached.actual or NONE) - (reached.goal or NONE))
    return over / Fraction(case.how.unit)


def _times_over(case: Case[Ceiling]) -> int:
    """How many started units that is; touching a strict ceiling counts once."""
    return 0 if case.reached.is_met else max(ceil(_units_over(case)), 1)


def _points(case: Case[Ceiling]) -> Fraction:
    return case.whole - _times_over(case) * Fraction(case.how.lost)


def _words(case: Case[Ceiling]) -> tuple[str, ...]:
    if case.reached.is_met:
        return (f"đạt, đủ {case.top}",)
    terms, times, exact = terms_of(case.reached), _times_over(case), _units_over(case)
    is_limit = case.reached.is_limit
    first, last = (terms.actual, terms.goal) if is_limit else (terms.goal, terms.actual)
    how = ", ít nhất 1" if exact == 0 else ", làm tròn lên" if exact != times else ""
    return (
        f"Số lần trừ: ({first} − {last}) ÷ {format_decimal(case.how.unit)}{how} = {times}",
        f"{case.top} − {times} × {format_decimal(case.how.lost)}",
    )


def _problems(how: Ceiling) -> Sequence[Problem]:
    if how.unit > 0:
        return lost_problems(how.lost)
    return [*lost_problems(how.lost), ("Hãy nhập phần vượt cho mỗi lần trừ, lớn hơn 0.", "unit")]


def _told(how: Ceiling) -> str:
    return f"vượt mỗi {format_decimal(how.unit)} trừ {format_decimal(how.lost)} điểm"


CEILING = Formula(Ceiling, _points, _words, _problems, told=_told)
