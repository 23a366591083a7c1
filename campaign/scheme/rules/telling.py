"""Quy tắc điểm bằng lời, as a plan prints it: its kind, its parameters, its bonus."""

from campaign.core.numbers import format_decimal
from campaign.scheme.rules.formulas.known import FORMULAS
from campaign.scheme.rules.points_rule import PointsRule


def rule_words(rule: PointsRule) -> str:
    """Quy tắc điểm bằng lời, in one line."""
    parts = [rule.kind.label, FORMULAS[rule.kind].told(rule.how)]
    if rule.bonus_per_percent > 0:
        each, most = format_decimal(rule.bonus_per_percent), format_decimal(rule.bonus_cap)
        parts.append(f"thưởng {each} điểm cho mỗi 1 % vượt, không quá {most}")
    return "; ".join(filter(None, parts))
