"""Đạt thì đủ điểm, không đạt thì 0."""

from fractions import Fraction

from campaign.scheme.rules.achievement import NONE
from campaign.scheme.rules.formulas.formula import Case, Formula


def _points(case: Case) -> Fraction:
    return case.whole if case.reached.is_met else NONE


def _words(case: Case) -> tuple[str, ...]:
    return (f"đạt, đủ {case.top}",) if case.reached.is_met else ("không đạt",)


ALL_OR_NOTHING = Formula(_points, _words)
