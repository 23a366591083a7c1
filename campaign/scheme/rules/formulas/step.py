"""Trừ dần theo từng 1 % còn thiếu: points lost for each whole per cent that is missing."""

from collections.abc import Sequence
from fractions import Fraction
from math import floor

from campaign.core.numbers import format_decimal
from campaign.scheme.rules.formulas.formula import Case, Formula, Problem
from campaign.scheme.rules.points_rule import PointsRule
from campaign.scheme.rules.wording import WHOLE


def _missing(percent: Fraction) -> int:
    """Whole per cents short of what was expected."""
    return max(floor(WHOLE - percent), 0)


def _points(case: Case) -> Fraction:
    return case.whole - _missing(case.percent) * Fraction(case.rule.lost)


def _words(case: Case) -> tuple[str, ...]:
    if case.reached.is_met:
        return (f"đạt, đủ {case.top}",)
    missing = _missing(case.percent)
    cut = " (bỏ phần lẻ)" if missing != WHOLE - case.percent else ""
    lost = format_decimal(case.rule.lost)
    return (f"thiếu {missing} %{cut}: {case.top} − {missing} × {lost}",)


def lost_problems(rule: PointsRule) -> Sequence[Problem]:
    """Số điểm bị trừ must be typed."""
    return [("Hãy nhập số điểm bị trừ, lớn hơn 0.", "lost")] if rule.lost <= 0 else []


STEP = Formula(_points, _words, lost_problems)
