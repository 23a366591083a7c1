"""Quy tắc của tiêu chí trong một ô: its own way of judging a number, what it counts, its items."""

from typing import NamedTuple

from campaign.core.errors import refuse
from campaign.core.numbers import typed_decimal
from campaign.core.text import search_key
from campaign.scheme.rule_cells import (
    count_cell,
    count_rule_from_cell,
    named_points,
    rule_cell,
    rule_from_cell,
)
from campaign.scheme.rules.checklist import Checklist, ChecklistItem
from campaign.scheme.rules.counts import CountRule
from campaign.scheme.rules.indicators import OwnWay
from campaign.scheme.rules.terms import JudgedBy, Judgement


class Rules(NamedTuple):
    """Các quy tắc của một tiêu chí, as they were said; None where nothing was said of one."""

    count_rule: CountRule | None = None
    own_way: OwnWay | None = None
    checklist: Checklist | None = None


def criterion_cell(rules: Rules) -> str:
    """Quy tắc của tiêu chí as a cell holds it; empty where it judges as its indicator does."""
    if rules.own_way is not None:
        return f"{rules.own_way.judgement.label}; {rule_cell(rules.own_way.rule)}"
    if rules.count_rule is not None:
        return count_cell(rules.count_rule)
    return " / ".join(f"{row.text}: {typed_decimal(row.points)}" for row in rules.checklist or ())


def rules_from_cell(text: str, judged_by: JudgedBy) -> Rules:
    """Đọc quy tắc from a cell, as whoever gives the points needs it."""
    match judged_by:
        case JudgedBy.INDICATOR:
            return Rules(own_way=_own_way(text) if text else None)
        case JudgedBy.COUNT:
            return Rules(count_rule=count_rule_from_cell(text)) if text else Rules()
        case JudgedBy.CHECKLIST:
            items = tuple(ChecklistItem(*row) for row in named_points(text))
            return Rules(checklist=items) if items else Rules()
        case _:
            if text:
                refuse(f"Tiêu chí do {judged_by.label} cho điểm không có quy tắc.")
            return Rules()


def _own_way(text: str) -> OwnWay:
    """Cách tính riêng: how the number is judged, then the rule."""
    first, _, rest = (part.strip() for part in text.partition(";"))
    named = {search_key(judgement.label): judgement for judgement in Judgement}
    judgement = named.get(search_key(first))
    if judgement is None:
        labels = "; ".join(known.label for known in Judgement)
        refuse(f"“{first}” không phải là cách đánh giá. Hãy ghi một trong: {labels}.")
    rule = rule_from_cell(rest)
    if rule.bonus_per_percent:
        refuse("Điểm thưởng vượt chỉ tiêu ghi ở chỉ tiêu; cách tính riêng của tiêu chí không có.")
    return OwnWay(judgement, rule)
