"""Đọc quy tắc điểm as it is stored or typed."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from campaign.core.errors import refuse
from campaign.scheme.rules.formulas.formula import Problem
from campaign.scheme.rules.formulas.known import FORMULAS
from campaign.scheme.rules.points_rule import PointsRule, PointsRuleKind
from campaign.scheme.rules.terms import Direction, Judgement


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


def unfit_of(rule: PointsRule, direction: Direction, judgement: Judgement) -> Problem | None:
    """Chỗ không hợp với chỉ tiêu: the first sentence on why such an indicator cannot have the rule,
    and its field; nothing where it can.
    """
    formula = FORMULAS[rule.kind]
    unfit = formula.fits(direction, judgement)
    if unfit:
        return unfit, "kind"
    return next(iter(formula.turned(rule.how, direction)), None)


def _bonus_problems(rule: PointsRule) -> Sequence[Problem]:
    if rule.bonus_per_percent < 0 or rule.bonus_cap < 0:
        return [("Điểm thưởng không được âm.", "bonus_cap")]
    if (rule.bonus_per_percent > 0) != (rule.bonus_cap > 0):
        return [("Điểm thưởng cần cả mức cho mỗi 1 % vượt và mức tối đa.", "bonus_cap")]
    return ()
