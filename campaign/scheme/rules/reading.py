"""Đọc quy tắc điểm as it is stored or typed."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from campaign.core.errors import refuse
from campaign.scheme.rules.formulas.formula import Problem
from campaign.scheme.rules.formulas.known import FORMULAS
from campaign.scheme.rules.points_rule import PointsRule, PointsRuleKind


def points_rule_from_data(data: Mapping[str, Any]) -> PointsRule:
    """Đọc quy tắc điểm as stored; a rule that makes no sense is refused."""
    bands = tuple((Decimal(start), Decimal(share)) for start, share in data.get("bands", ()))
    rule = PointsRule(
        kind=PointsRuleKind(data.get("kind", "linear")),
        lost=Decimal(data.get("lost", "0")),
        unit=Decimal(data.get("unit", "0.1")),
        bands=tuple(sorted(bands, reverse=True)),
        lost_percent=Decimal(data.get("lost_percent", "5")),
        bonus_per_percent=Decimal(data.get("bonus_per_percent", "0")),
        bonus_cap=Decimal(data.get("bonus_cap", "0")),
    )
    for sentence, field in (*FORMULAS[rule.kind].problems(rule), *_bonus_problems(rule)):
        refuse(sentence, field)
    return rule


def _bonus_problems(rule: PointsRule) -> Sequence[Problem]:
    if rule.bonus_per_percent < 0 or rule.bonus_cap < 0:
        return [("Điểm thưởng không được âm.", "bonus_cap")]
    if (rule.bonus_per_percent > 0) != (rule.bonus_cap > 0):
        return [("Điểm thưởng cần cả mức cho mỗi 1 % vượt và mức tối đa.", "bonus_cap")]
    return ()
