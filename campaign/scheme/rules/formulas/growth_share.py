"""Mức tăng so với mức tăng phải đạt: 9 % of an asked 18 % is half of the points."""

from dataclasses import dataclass
from fractions import Fraction

from campaign.core.numbers import all_digits
from campaign.scheme.rules.achievement import NONE
from campaign.scheme.rules.formulas.formula import Case, Formula, only_at_least
from campaign.scheme.rules.formulas.measures import measure_text, measure_words
from campaign.scheme.rules.points_rule import Parameters, PointsRuleKind
from campaign.scheme.rules.terms import Direction, Judgement
from campaign.scheme.rules.wording import WHOLE


@dataclass(frozen=True, slots=True)
class GrowthShare(Parameters):
    """Mức tăng trên mức tăng: nothing to set."""

    kind = PointsRuleKind.GROWTH_SHARE


def _asked(case: Case[GrowthShare]) -> Fraction:
    """Mức tăng phải đạt, per cent."""
    return (case.reached.goal or NONE) - WHOLE


def _points(case: Case[GrowthShare]) -> Fraction:
    if case.reached.is_met:
        return case.whole
    return case.whole * max(case.measure, NONE) / _asked(case)


def _words(case: Case[GrowthShare]) -> tuple[str, ...]:
    before, value = measure_words(case, (_asked(case), NONE))
    if case.measure <= 0:
        return (*before, f"không tăng: 0 × {case.top}")
    asked = all_digits(_asked(case))
    if case.reached.is_met:
        return (*before, f"tăng {value} % của {asked} %, đủ điểm: 100 % × {case.top}")
    words = f"tăng {value} % của {asked} %"
    return (*before, f"{words}: {case.top} × {measure_text(case)} ÷ {asked}")


def _fits(direction: Direction, judgement: Judgement) -> str | None:
    if judgement is not Judgement.GROWTH:
        return "Quy tắc này chỉ dùng khi đánh giá tăng trưởng so với cùng kỳ năm trước."
    return only_at_least(direction, judgement)


def _lacks(case: Case[GrowthShare]) -> str | None:
    return None if _asked(case) > 0 else "Mức tăng phải đạt phải lớn hơn 0."


GROWTH_SHARE = Formula(GrowthShare, _points, _words, fits=_fits, lacks=_lacks, may_be_endless=True)
