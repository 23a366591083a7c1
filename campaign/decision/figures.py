"""Tiền và thứ tự: worked out from the base salary of the decision's day."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import date

from campaign.core.errors import refuse
from campaign.core.text import name_key
from campaign.decision import queries
from campaign.decision.models import Decision, DecisionLine
from campaign.decision.payments import EarlierPayment, Money, PayableLine, money, paid_once
from campaign.decision.rules import (
    DecisionEntry,
    DecisionKind,
    official_order,
)
from campaign.extensions import db
from campaign.honours import queries as catalogue
from campaign.honours.models import AwardType, RuleSet
from campaign.honours.rules import base_salary_on
from campaign.nomination import queries as nominations
from campaign.nomination.models import Nominee
from campaign.planning.models import Campaign
from campaign.ranking.models import FrozenStanding


def _salary_on(day: date) -> int:
    salary = base_salary_on(catalogue.salary_table(), day)
    if salary is None:
        refuse("Bảng lương cơ sở chưa có mức cho ngày này.", "planned_on")
    return salary[1]


def refigure(campaign: Campaign, decision: Decision) -> None:
    """Tính lại tiền và thứ tự: from the base salary of its day; not once signed."""
    rules = db.session.get_one(RuleSet, decision.rule_set_code)
    if decision.kind is DecisionKind.AWARD:
        decision.base_salary, decision.rounding = _salary_on(decision.planned_on), rules.rounding
    ranks = nominations.frozen_ranks(campaign.id)
    lines = {line.nominee_id: line for line in queries.lines_of(decision.id)}
    rows = {row.id: row for row in nominations.nominees(campaign.id) if row.id in lines}
    order = official_order(_entries(rows.values(), ranks), decision.order)
    for position, nominee_id in enumerate(order, start=1):
        lines[nominee_id].position = position
    if decision.kind is DecisionKind.AWARD:
        paid = _worked_out(decision, rules, [rows[nominee_id] for nominee_id in order])
        for nominee_id, money in paid.items():
            lines[nominee_id].amount, lines[nominee_id].steps = money.amount, money.steps
    db.session.flush()


def _entries(rows: Iterable[Nominee], ranks: Mapping[int, FrozenStanding]) -> list[DecisionEntry]:
    """Đề nghị as their order is told by: of whom, the rank of their unit, the name."""
    return [
        DecisionEntry(
            row.id,
            row.kind.subject,
            standing.rank if (standing := ranks.get(row.participation_id)) else None,
            row.name_key,
        )
        for row in rows
    ]


def _worked_out(decision: Decision, rules: RuleSet, rows: Sequence[Nominee]) -> dict[int, Money]:
    """Tiền thưởng của từng đề nghị by its rule set, and whether only the highest is paid."""
    twins = {(row.code, row.name): row for row in catalogue.award_types(rules.code)}
    earlier = (
        queries.paid_lines(decision.campaign_id, without=decision.id)
        if rules.pays_highest_only
        else []
    )
    people = _people([*rows, *(nominee for _, nominee in earlier)])
    payable = []
    for row in rows:
        own = row.kind.award_type
        award_type = twins.get((own.code, own.name), own)
        payable.append(_payable(decision, row, award_type, people[row.id]))
    if not rules.pays_highest_only:
        return {row.id: row.money for row in payable}
    return paid_once(payable, _paid_before(earlier, people), rules.highest_source)


def _payable(
    decision: Decision, row: Nominee, award_type: AwardType, person: Hashable
) -> PayableLine:
    """Một đề nghị as money is worked out of it alone, by the form of the decision's rule set."""
    factor = award_type.factor(row.kind.subject)
    return PayableLine(
        row.id,
        person,
        award_type.is_title,
        award_type.name,
        money(decision.base_salary, award_type.coefficient, factor, decision.rounding),
    )


def _people(rows: Sequence[Nominee]) -> dict[int, Hashable]:
    """Ai được khen, by nominee: the same name, letter by letter, of the same unit; apart by the
    year of birth where several are known.
    """
    names = {row.id: (row.kind.subject, row.participation_id, name_key(row.name)) for row in rows}
    years: dict[Hashable, set[int]] = defaultdict(set)
    for row in rows:
        if row.birth_year is not None:
            years[names[row.id]].add(row.birth_year)
    return {
        row.id: (names[row.id], row.birth_year if len(years[names[row.id]]) > 1 else None)
        for row in rows
    }


def _paid_before(
    earlier: Sequence[tuple[DecisionLine, Nominee]], people: Mapping[int, Hashable]
) -> dict[tuple[Hashable, bool], EarlierPayment]:
    """Đã trả trong phong trào này by other decisions that are signed and stand."""
    paid: dict[tuple[Hashable, bool], EarlierPayment] = {}
    for line, nominee in earlier:
        key = (people[nominee.id], nominee.kind.award_type.is_title)
        before = paid[key].amount if key in paid else 0
        paid[key] = EarlierPayment(before + line.amount, line.decision.title)
    return paid
