"""Yêu cầu sửa dữ liệu: to ask, and to answer; nothing here commits."""

from datetime import datetime

from campaign.accounts.models import User
from campaign.extensions import db
from campaign.record.own import requests
from campaign.record.own.models import CorrectionRequest
from campaign.record.own.rules import Answer, demand_answerable, demand_askable


def ask(wish: str, *, by: User, at: datetime) -> CorrectionRequest:
    """Yêu cầu sửa dữ liệu của mình."""
    demand_askable(wish, requests.open_count(by.id))
    row = CorrectionRequest(user_id=by.id, wish=wish, asked_at=at)
    db.session.add(row)
    db.session.flush()
    return row


def answer(row: CorrectionRequest, outcome: Answer, reason: str, *, by: User, at: datetime) -> None:
    """Trả lời một yêu cầu; what is wrong is put right on its own page, by whoever may."""
    demand_answerable(is_answered=row.outcome is not None, reason=reason)
    row.outcome, row.answer = outcome, reason
    row.answered_at, row.answered_by_id = at, by.id
    db.session.flush()
