"""Tỷ lệ thuận với mức đạt: the same share of the points as of the target, never more than all."""

from fractions import Fraction

from campaign.core.numbers import all_digits
from campaign.scheme.rules.achievement import ratio
from campaign.scheme.rules.formulas.formula import Case, Formula
from campaign.scheme.rules.points_rule import Proportion
from campaign.scheme.rules.wording import WHOLE, is_short


def _points(case: Case[Proportion]) -> Fraction:
    return case.whole * min(case.percent, WHOLE) / WHOLE


def _words(case: Case[Proportion]) -> tuple[str, ...]:
    if case.percent > WHOLE:
        return (f"không quá 100 %: 100 % × {case.top}",)
    if is_short(case.percent):
        return (f"{all_digits(case.percent)} % × {case.top}",)
    return (f"{case.top} × {ratio(case.reached)}",)


PROPORTION = Formula(Proportion, _points, _words, may_be_endless=True)
