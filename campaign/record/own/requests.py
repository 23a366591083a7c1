"""Yêu cầu sửa dữ liệu: those of a person, and all of them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from campaign.core.errors import NotVisible
from campaign.extensions import db
from campaign.record.own.models import CorrectionRequest


def requests() -> Select[Any]:
    """Mọi yêu cầu: those that wait first, the oldest of them before all."""
    return (
        select(CorrectionRequest)
        .options(joinedload(CorrectionRequest.user), joinedload(CorrectionRequest.answered_by))
        .order_by(CorrectionRequest.outcome.is_not(None), CorrectionRequest.id)
    )


def request_numbered(request_id: int) -> CorrectionRequest:
    """Một yêu cầu, held until it is answered."""
    row = db.session.get(CorrectionRequest, request_id, with_for_update=True)
    if row is None:
        raise NotVisible
    return row


def requests_of(user_id: int) -> Sequence[CorrectionRequest]:
    """Các yêu cầu của một người, newest first."""
    return db.session.scalars(
        select(CorrectionRequest)
        .where(CorrectionRequest.user_id == user_id)
        .order_by(CorrectionRequest.id.desc())
    ).all()


def open_count(user_id: int) -> int:
    """Số yêu cầu của một người còn chờ trả lời."""
    waiting = select(func.count()).where(
        CorrectionRequest.user_id == user_id, CorrectionRequest.outcome.is_(None)
    )
    return db.session.scalar(waiting) or 0
