"""Cấp trên: what was sent, and what waits to be sent."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from campaign.decision.models import UpwardRequest
from campaign.enrolment.models import Participation
from campaign.extensions import db
from campaign.honours.rules import Level
from campaign.nomination.models import AwardKind, Nominee
from campaign.nomination.queries import elected


def upward(campaign_id: int) -> Sequence[UpwardRequest]:
    """Các đề nghị đã gửi cấp trên."""
    return db.session.scalars(
        select(UpwardRequest)
        .join(UpwardRequest.nominee)
        .where(Nominee.campaign_id == campaign_id)
        .options(
            joinedload(UpwardRequest.nominee)
            .joinedload(Nominee.kind)
            .joinedload(AwardKind.award_type),
            joinedload(UpwardRequest.nominee)
            .joinedload(Nominee.participation)
            .joinedload(Participation.unit),
        )
        .order_by(UpwardRequest.nominee_id)
    ).all()


def waiting_upward(campaign_id: int) -> list[Nominee]:
    """Đề nghị đã được thông qua ở cấp cao hơn mà chưa gửi."""
    sent = {row.nominee_id for row in upward(campaign_id)}
    return [
        row
        for row in elected(campaign_id)
        if row.kind.award_type.level is not Level.DEPARTMENT and row.id not in sent
    ]
