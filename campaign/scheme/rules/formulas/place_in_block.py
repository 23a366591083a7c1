"""Theo thứ hạng trong khối: a share of the maximum lost for each place behind the first."""

from collections.abc import Sequence
from fractions import Fraction

from campaign.core.numbers import format_decimal
from campaign.core.points import HUNDRED
from campaign.scheme.rules.formulas.formula import Case, Formula, Problem
from campaign.scheme.rules.points_rule import PointsRule
from campaign.scheme.rules.wording import WHOLE


def _points(case: Case) -> Fraction:
    return case.whole - (case.place - 1) * Fraction(case.rule.lost_percent) / WHOLE * case.whole


def _words(case: Case) -> tuple[str, ...]:
    lost = f"({case.place} − 1) × {format_decimal(case.rule.lost_percent)} % × {case.top}"
    return (f"thứ {case.place} trong khối: {case.top} − {lost}",)


def _problems(rule: PointsRule) -> Sequence[Problem]:
    if 0 < rule.lost_percent <= HUNDRED:
        return ()
    return [("Tỷ lệ trừ mỗi bậc phải lớn hơn 0 và không quá 100 %.", "lost_percent")]


PLACE_IN_BLOCK = Formula(_points, _words, _problems, says_enough=True, needs_place=True)
