"""Căn cứ đã dùng: which entries of the catalogue signed decisions rest on."""

from datetime import date

from sqlalchemy import func, select

from campaign.decision.models import Decision, DecisionLine
from campaign.decision.rules import DecisionState
from campaign.extensions import db
from campaign.honours.models import BaseSalary
from campaign.nomination.models import AwardKind


def is_in_use(form_id: int) -> bool:
    """Đã có quyết định ký theo hình thức này."""
    return (
        db.session.scalar(
            select(DecisionLine.id)
            .join(Decision, Decision.id == DecisionLine.decision_id)
            .join(AwardKind, AwardKind.id == DecisionLine.kind_id)
            .where(AwardKind.form_id == form_id, Decision.state == DecisionState.SIGNED)
            .limit(1)
        )
        is not None
    )


def rule_set_is_in_use(code: str) -> bool:
    """Đã có quyết định ký theo bộ quy định này."""
    return (
        db.session.scalar(
            select(Decision.id)
            .where(Decision.rule_set_code == code, Decision.state == DecisionState.SIGNED)
            .limit(1)
        )
        is not None
    )


def last_signed_on() -> date | None:
    """Ngày ký của quyết định đã ký gần nhất, of all campaigns."""
    return db.session.scalar(
        select(func.max(Decision.signed_on)).where(Decision.state == DecisionState.SIGNED)
    )


def salary_is_in_use(from_on: date) -> bool:
    """Đã có quyết định ký theo mức lương này."""
    later = db.session.scalar(
        select(func.min(BaseSalary.from_on)).where(BaseSalary.from_on > from_on)
    )
    statement = select(Decision.id).where(
        Decision.state == DecisionState.SIGNED, Decision.signed_on >= from_on
    )
    if later is not None:
        statement = statement.where(Decision.signed_on < later)
    return db.session.scalar(statement.limit(1)) is not None
