"""Quy định áp dụng: what a draft cites, and what its days contradict."""

from datetime import date

from sqlalchemy import select

from campaign.core.dates import local_date
from campaign.decision.models import Decision, DecisionLine
from campaign.extensions import db
from campaign.honours import queries as catalogue
from campaign.honours.instruments import (
    basis_problems,
    mixed_words,
    outside_words,
    paper_basis,
    power_problem,
)
from campaign.honours.models import RuleSet
from campaign.nomination.models import Nominee


def drafted_basis(rules: RuleSet, day: date) -> str:
    """Căn cứ của quyết định dự kiến ký ngày này; of an ended rule set, as on its last day."""
    last = rules.in_force_to or day
    return "\n".join(paper_basis(rules.power_basis, rules.legal_basis, min(day, last)))


def law_warnings(decision: Decision, signed_on: date | None = None) -> list[str]:
    """Cảnh báo trước khi ký: the rule set on the dossiers' days, the bases on the decision's, which
    is the planned one or `signed_on`.
    """
    rules, others = db.session.get_one(RuleSet, decision.rule_set_code), catalogue.rule_sets()
    signed = signed_on or decision.planned_on
    day, day_words = (
        (decision.received_on, "ngày nhận hồ sơ")
        if decision.received_on is not None
        else (signed, "ngày ký" if signed_on else "ngày dự kiến ký")
    )
    sentences = (
        outside_words(rules, others, day, day_words),
        _early_words(decision.received_on, signed),
        mixed_words(rules, others, _received(decision.id)),
        *_basis_warnings(rules, decision.legal_basis, signed),
    )
    return [sentence for sentence in sentences if sentence]


def _basis_warnings(rules: RuleSet, legal_basis: str, signed: date) -> list[str]:
    """Căn cứ that gives no power to decide, or does not stand on the day of signing."""
    problems = (power_problem(rules.power_basis, legal_basis), *basis_problems(legal_basis, signed))
    return [f"Căn cứ: {problem}" for problem in problems if problem]


def _early_words(received_on: date | None, signed: date) -> str:
    if received_on is None or received_on <= signed:
        return ""
    return f"Ngày ký {signed:%d/%m/%Y} trước ngày nhận hồ sơ {received_on:%d/%m/%Y}."


def _received(decision_id: int) -> list[tuple[str, date]]:
    """Hồ sơ của từng dòng: whose, and the day on which the head of the unit signed it."""
    rows = db.session.execute(
        select(DecisionLine.name, Nominee.signed_at)
        .join(Nominee, Nominee.id == DecisionLine.nominee_id)
        .where(DecisionLine.decision_id == decision_id)
        .order_by(DecisionLine.position)
    )
    return [(name, local_date(signed_at)) for name, signed_at in rows if signed_at is not None]
