"""Quy tắc điểm bằng lời, as a plan prints it: its kind, its parameters, its bonus."""

from campaign.core.numbers import format_decimal
from campaign.scheme.rules.checklist import checklist_words
from campaign.scheme.rules.counts import count_rule_words
from campaign.scheme.rules.formulas.known import FORMULAS
from campaign.scheme.rules.points_rule import PointsRule
from campaign.scheme.rules.table import Scheme, ScoredCriterion
from campaign.scheme.rules.terms import CriterionKind, Direction

_LIMITS = {Direction.AT_MOST, Direction.BELOW}


def rule_words(rule: PointsRule, direction: Direction) -> str:
    """Quy tắc điểm bằng lời, in one line, as it judges an indicator of this direction."""
    formula = FORMULAS[rule.kind]
    told = formula.told_of_limit if direction in _LIMITS else None
    parts = [rule.kind.label, (told or formula.told)(rule.how)]
    if rule.bonus_per_percent > 0:
        each, most = format_decimal(rule.bonus_per_percent), format_decimal(rule.bonus_cap)
        parts.append(f"thưởng {each} điểm cho mỗi 1 % vượt, không quá {most}")
    return "; ".join(filter(None, parts))


def judged_words(scheme: Scheme, criterion: ScoredCriterion) -> str:
    """Ai cho điểm một tiêu chí, theo quy tắc nào; in one line."""
    if criterion.count_rule is not None:
        is_penalty = criterion.kind is CriterionKind.PENALTY
        words = count_rule_words(criterion.count_rule, is_penalty=is_penalty)
        return f"theo số lần được công nhận: {words}"
    if criterion.checklist:
        return f"theo danh mục: {checklist_words(criterion.checklist)}"
    indicator = scheme.judged.get(criterion.id)
    if indicator is None:
        return criterion.judged_by.label
    words = rule_words(indicator.rule, indicator.direction)
    return f"theo “{indicator.name}”, {indicator.judgement.label}: {words}"
