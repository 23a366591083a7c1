"""Đọc quy tắc điểm as it is stored or typed."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from campaign.core.errors import refuse
from campaign.scheme.rules.formulas.formula import Problem
from campaign.scheme.rules.formulas.known import FORMULAS
from campaign.scheme.rules.points_rule import PointsRule, PointsRuleKind


def points_rule_from_data(data: Mapping[str, Any]) -> PointsRule:
    """Đọc quy tắc điểm as stored; a rule that makes no sense is refused.

    Parameters of other kinds, which older rows carry, are passed over.
    """
    formula = FORMULAS[PointsRuleKind(data.get("kind", "linear"))]
    rule = PointsRule(
        how=formula.parameters.from_data(data),
        bonus_per_percent=Decimal(data.get("bonus_per_percent", "0")),
        bonus_cap=Decimal(data.get("bonus_cap", "0")),
    )
    for sentence, field in (*formula.problems(rule.how), *_bonus_problems(rule)):
        refuse(sentence, field)
    return rule


def _bonus_problems(rule: PointsRule) -> Sequence[Problem]:
    if rule.bonus_per_percent < 0 or rule.bonus_cap < 0:
        return [("Điểm thưởng không được âm.", "bonus_cap")]
    if (rule.bonus_per_percent > 0) != (rule.bonus_cap > 0):
        return [("Điểm thưởng cần cả mức cho mỗi 1 % vượt và mức tối đa.", "bonus_cap")]
    return ()
