"""Điểm của chỉ tiêu: from what was reached to points, rounded once at the very end."""

from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from campaign.core.numbers import all_digits, format_decimal, format_points
from campaign.core.points import POINT, ZERO, round_points
from campaign.scheme.rules.achievement import NONE, Achievement, ratio, reached_words
from campaign.scheme.rules.formulas.formula import Case, Formula
from campaign.scheme.rules.formulas.known import FORMULAS
from campaign.scheme.rules.points_rule import PointsRule
from campaign.scheme.rules.rescaling import rescaled, rescaling_words
from campaign.scheme.rules.wording import WHOLE, is_short, told_points


class IndicatorPoints(NamedTuple):
    """Điểm của chỉ tiêu: base points, bonus, and the arithmetic; None where there are none."""

    points: Decimal | None
    bonus: Decimal = ZERO
    problem: str | None = None
    case: Case | None = None
    """What they were worked out from."""
    to: Decimal = ZERO
    """Điểm tối đa của đơn vị."""

    @property
    def steps(self) -> tuple[str, ...]:
        """Cách tính bằng lời, written when somebody reads it."""
        if self.case is None:
            return ()
        rule, reached = self.case.rule, self.case.reached
        if self.points is None:
            return reached.steps
        steps = (
            *reached_words(reached, FORMULAS[rule.kind].levels(rule)),
            *_points_words(self.case, self.to),
        )
        return (*steps, _bonus_words(rule, reached, self.bonus)) if self.bonus > 0 else steps


def indicator_points(
    rule: PointsRule,
    reached: Achievement,
    maximum: Decimal,
    *,
    to: Decimal | None = None,
    place: int | None = None,
) -> IndicatorPoints:
    """Điểm theo quy tắc, re-scaled to the unit's maximum, rounded once; places count from 1.

    Whoever missed what was asked never has all the points, however little was missing.
    """
    if reached.percent is None or reached.actual is None or reached.goal is None:
        return IndicatorPoints(None, problem=reached.problem)
    formula, to = FORMULAS[rule.kind], maximum if to is None else to
    case = Case(rule, reached, maximum, place or 1)
    if formula.needs_place and place is None:
        return IndicatorPoints(None, problem="Tính khi cả khối đã có số liệu.", case=case, to=to)
    raw = max(formula.points(case), NONE)
    points = min(rescaled(raw, maximum, to), _most(formula, case, to))
    return IndicatorPoints(points, _bonus(rule, reached.percent), case=case, to=to)


def _most(formula: Formula, case: Case, to: Decimal) -> Decimal:
    """Điểm cao nhất có thể được: short of the maximum where a limit was broken or a target missed.

    A band and a place in the block of a target are the plan's own word on what is enough.
    """
    reached = case.reached
    if reached.is_met or (formula.says_enough and not reached.is_limit):
        return to
    return max(_met_points(formula, case, to) - POINT, ZERO)


def _met_points(formula: Formula, case: Case, to: Decimal) -> Decimal:
    """Điểm khi vừa đạt: what a limit that is kept earns; of bands not always the maximum."""
    met = case.reached._replace(percent=WHOLE, is_met=True)
    points = formula.points(Case(case.rule, met, to))
    return to if points == to else round_points(points)


def _bonus(rule: PointsRule, percent: Fraction) -> Decimal:
    over = percent - WHOLE
    if over <= 0 or not rule.bonus_per_percent:
        return ZERO
    return min(round_points(over * Fraction(rule.bonus_per_percent)), round_points(rule.bonus_cap))


def _points_words(case: Case, to: Decimal) -> tuple[str, ...]:
    """The lines that give the points, floor and cap said; re-scaled in a line of its own."""
    formula, maximum = FORMULAS[case.rule.kind], case.maximum
    raw, (*before, line) = formula.points(case), formula.words(case)
    lowest = ", không dưới 0" if raw < 0 else ""
    floored, most = max(raw, NONE), _most(formula, case, to)
    points = rescaled(floored, maximum, to)
    highest = f", chưa đạt nên không quá {format_decimal(most)}" if points > most else ""
    points = min(points, most)
    if maximum == to:
        return (*before, f"{line}{lowest}{highest} = {format_points(points)} điểm")
    worked_out = all_digits(floored)
    if formula.may_be_endless and not is_short(floored):
        worked_out = line.rpartition(": ")[2]
    more = rescaling_words(floored, maximum, to, worked_out)
    if highest:
        share = f"{worked_out} × {format_decimal(to)} ÷ {format_decimal(maximum)}"
        more = (f"quy đổi: {share}{highest} = {format_points(points)}",)
    return (*before, f"{line}{lowest} = {told_points(floored)} điểm", *more)


def _bonus_words(rule: PointsRule, reached: Achievement, bonus: Decimal) -> str:
    return (
        f"Thưởng phần vượt: ({ratio(reached)} × 100 − 100) × "
        f"{format_decimal(rule.bonus_per_percent)}, "
        f"không quá {format_decimal(rule.bonus_cap)} = {format_points(bonus)} điểm"
    )
