"""Điểm của chỉ tiêu: from what was reached to points, rounded once at the very end."""

from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from campaign.core.numbers import all_digits, format_decimal, format_points
from campaign.core.points import PLACES, ZERO, least_points, round_points
from campaign.scheme.rules.achievement import (
    NONE,
    Achievement,
    just_kept,
    measured,
    ratio,
    reached_words,
)
from campaign.scheme.rules.block import Standing
from campaign.scheme.rules.formulas.formula import ALONE, Case, Formula
from campaign.scheme.rules.formulas.known import FORMULAS
from campaign.scheme.rules.points_rule import PointsRule
from campaign.scheme.rules.rescaling import rescaled, rescaling_words
from campaign.scheme.rules.wording import WHOLE, is_short, told_points


class IndicatorPoints(NamedTuple):
    """Điểm của chỉ tiêu: base points, bonus, and the arithmetic; None where there are none."""

    points: Decimal | None
    bonus: Decimal = ZERO
    problem: str | None = None
    case: Case[Any] | None = None
    """What they were worked out from."""
    to: Decimal = ZERO
    """Điểm tối đa của đơn vị."""
    rule: PointsRule = PointsRule()
    places: int = PLACES
    """Số chữ số thập phân của điểm."""

    @property
    def on_plan(self) -> Decimal | None:
        """Điểm trên thang của kế hoạch, as of a unit that can reach all of it."""
        if self.points is None or self.case is None or self.case.maximum == self.to:
            return self.points
        case = self.case
        return _points_out_of(FORMULAS[self.rule.kind], case, case.maximum, self.places)

    @property
    def steps(self) -> tuple[str, ...]:
        """Cách tính bằng lời, written when somebody reads it."""
        if self.case is None:
            return ()
        case, reached = self.case, self.case.reached
        if self.points is None:
            return reached.steps
        formula = FORMULAS[self.rule.kind]
        is_told = not formula.is_of_value or _is_capped(formula, case, self.to, self.places)
        compared = reached_words(reached, formula.levels(case.how)) if is_told else ()
        steps = (*compared, *_points_words(formula, case, self.to, self.places))
        if self.bonus > 0:
            return (*steps, _bonus_words(self.rule, reached, self.bonus, self.places))
        return steps


def indicator_points(
    rule: PointsRule,
    reached: Achievement,
    maximum: Decimal,
    *,
    to: Decimal | None = None,
    standing: Standing | None = None,
    places: int = PLACES,
) -> IndicatorPoints:
    """Điểm theo quy tắc, re-scaled to the unit's maximum, rounded once to the plan's decimals.

    Whoever missed what was asked never has all the points, however little was missing.
    """
    formula, to = FORMULAS[rule.kind], maximum if to is None else to
    case = Case(rule.how, reached, maximum, standing or ALONE)
    if problem := _problem(formula, case):
        return IndicatorPoints(None, problem=problem)
    if formula.needs_block and (standing is None or (formula.is_by_place and not standing.place)):
        waits = "Tính khi cả khối đã có số liệu."
        return IndicatorPoints(None, problem=waits, case=case, to=to, rule=rule)
    if problem := formula.lacks(case):
        return IndicatorPoints(None, problem=problem, case=case, to=to, rule=rule)
    points = _points_out_of(formula, case, to, places)
    bonus = _bonus(rule, reached.percent, places) if reached.percent is not None else ZERO
    return IndicatorPoints(points, bonus, case=case, to=to, rule=rule, places=places)


def _points_out_of(formula: Formula[Any], case: Case[Any], to: Decimal, places: int) -> Decimal:
    """Điểm theo quy tắc out of a maximum `to`, rounded once."""
    raw = max(formula.points(case), NONE)
    return min(rescaled(raw, case.maximum, to, places), _most(formula, case, to, places))


def rewarded_once(
    points: IndicatorPoints, indicator_id: int, rewarded: set[int]
) -> IndicatorPoints:
    """Điểm thưởng một lần: of criteria on one number the first that gives a bonus gives it."""
    if indicator_id in rewarded:
        return points._replace(bonus=ZERO)
    if points.bonus:
        rewarded.add(indicator_id)
    return points


def _problem(formula: Formula[Any], case: Case[Any]) -> str | None:
    """What every rule needs and is not there: the value, and what it is held against."""
    reached = case.reached
    if reached.of is None:
        return reached.problem or "Chưa có số liệu."
    if unfit := formula.fits(*reached.of[:2]):
        return unfit
    if formula.is_of_value or (not reached.has_target and formula.without_target(case.how)):
        value = measured(reached)
        return value if isinstance(value, str) else None
    return reached.problem


def _most(formula: Formula[Any], case: Case[Any], to: Decimal, places: int) -> Decimal:
    """Điểm cao nhất có thể được: short of the maximum where a limit was broken or a target missed.

    A table, a place in the block of a target and what looks at the value alone are the plan's own
    word on what is enough; a limit is broken whatever they say.
    """
    reached = case.reached
    is_enough = (formula.is_of_value or formula.says_enough) and not reached.is_limit
    if reached.is_met is not False or is_enough or not reached.has_target:
        return to
    return max(_met_points(formula, case, to, places) - least_points(places), ZERO)


def _is_capped(formula: Formula[Any], case: Case[Any], to: Decimal, places: int) -> bool:
    """Bị giữ dưới mức của đơn vị đạt: the rule alone would have given more."""
    raw = max(formula.points(case), NONE)
    return rescaled(raw, case.maximum, to, places) > _most(formula, case, to, places)


def _met_points(formula: Formula[Any], case: Case[Any], to: Decimal, places: int) -> Decimal:
    """Điểm khi vừa đạt: what a limit that is kept earns; of bands not always the maximum."""
    met = just_kept(case.reached)
    last = case.standing._replace(place=case.standing.last_kept)
    points = formula.points(case._replace(reached=met, standing=last))
    return to if points == case.maximum else rescaled(points, case.maximum, to, places)


def _bonus(rule: PointsRule, percent: Fraction, places: int) -> Decimal:
    over = percent - WHOLE
    if over <= 0 or not rule.bonus_per_percent:
        return ZERO
    earned = round_points(over * Fraction(rule.bonus_per_percent), places)
    return min(earned, round_points(rule.bonus_cap, places))


def _points_words(
    formula: Formula[Any], case: Case[Any], to: Decimal, places: int
) -> tuple[str, ...]:
    """The lines that give the points, floor and cap said; re-scaled in a line of its own."""
    raw, (*before, line) = formula.points(case), formula.words(case)
    lowest = ", không dưới 0" if raw < 0 else ""
    floored, most = max(raw, NONE), _most(formula, case, to, places)
    points = rescaled(floored, case.maximum, to, places)
    highest = f", chưa đạt nên không quá {format_decimal(most)}" if points > most else ""
    points = min(points, most)
    if case.maximum == to:
        return (*before, f"{line}{lowest}{highest} = {format_points(points, places)} điểm")
    worked_out = _worked_out(formula, floored, line)
    more = rescaling_words(floored, case.maximum, to, worked_out, places=places)
    if highest:
        share = f"{worked_out} × {format_decimal(to)} ÷ {format_decimal(case.maximum)}"
        more = (f"quy đổi: {share}{highest} = {format_points(points, places)}",)
    return (*before, f"{line}{lowest} = {told_points(floored, places)} điểm", *more)


def _worked_out(formula: Formula[Any], points: Fraction, line: str) -> str:
    """Điểm chưa quy đổi: its digits, or the arithmetic of `line` where these would not end."""
    if not formula.may_be_endless or is_short(points):
        return all_digits(points)
    arithmetic = line.rpartition(": ")[2]
    if " + " in arithmetic or " − " in arithmetic:
        return f"({arithmetic})"
    return arithmetic


def _bonus_words(rule: PointsRule, reached: Achievement, bonus: Decimal, places: int) -> str:
    return (
        f"Thưởng phần vượt: ({ratio(reached)} × 100 − 100) × "
        f"{format_decimal(rule.bonus_per_percent)}, "
        f"không quá {format_decimal(rule.bonus_cap)} = {format_points(bonus, places)} điểm"
    )
