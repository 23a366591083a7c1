"""Đạt thì đủ điểm, không đạt thì 0."""

from dataclasses import dataclass
from fractions import Fraction

from campaign.scheme.rules.achievement import NONE
from campaign.scheme.rules.formulas.formula import Case, Formula
from campaign.scheme.rules.points_rule import Parameters, PointsRuleKind


@dataclass(frozen=True, slots=True)
class AllOrNothing(Parameters):
    """Đạt hay không: nothing to set."""

    kind = PointsRuleKind.ALL_OR_NOTHING


def _points(case: Case[AllOrNothing]) -> Fraction:
    return case.whole if case.reached.is_met else NONE


def _words(case: Case[AllOrNothing]) -> tuple[str, ...]:
    return (f"đạt, đủ {case.top}",) if case.reached.is_met else ("không đạt",)


ALL_OR_NOTHING = Formula(AllOrNothing, _points, _words)
