"""Đếm cho trang việc của tôi."""

from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from campaign.enrolment.models import Participation
from campaign.enrolment.rules import ParticipationState
from campaign.extensions import db
from campaign.reporting.models import Report


def count_of(statement: Select[Any]) -> int:
    """Số dòng that the statement counts."""
    return db.session.scalar(statement) or 0


def report_count(campaign_id: int, *conditions: ColumnElement[bool]) -> int:
    """Số báo cáo của phong trào that meet the conditions, of units that take part."""
    return count_of(
        select(func.count())
        .select_from(Report)
        .join(Participation, Participation.id == Report.participation_id)
        .where(
            Participation.campaign_id == campaign_id,
            Participation.state == ParticipationState.CONFIRMED,
            *conditions,
        )
    )
