"""Lịch sử báo cáo: versions and returns."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from campaign.accounts.models import User
from campaign.extensions import db, visible_row
from campaign.reporting.models import (
    ReportVersion,
    Return,
)


def versions(report_id: int) -> Sequence[ReportVersion]:
    """Các bản nộp, newest first, with who submitted."""
    return db.session.scalars(
        select(ReportVersion)
        .where(ReportVersion.report_id == report_id)
        .options(joinedload(ReportVersion.submitted_by))
        .order_by(ReportVersion.number.desc())
    ).all()


def version(report_id: int, number: int) -> ReportVersion:
    """Một bản nộp theo số."""
    return visible_row(
        select(ReportVersion)
        .where(ReportVersion.report_id == report_id, ReportVersion.number == number)
        .options(joinedload(ReportVersion.submitted_by))
    )


def returns(report_id: int) -> Sequence[Return]:
    """Các lần trả lại, newest first."""
    return db.session.scalars(
        select(Return)
        .join(Return.report_version)
        .where(ReportVersion.report_id == report_id)
        .options(joinedload(Return.by), contains_eager(Return.report_version))
        .order_by(Return.id.desc())
    ).all()


class ReturnEntry(NamedTuple):
    """Lần trả lại, as the unit reads it: which version, by whom, why, and until when."""

    number: int
    at: datetime
    by: str
    reason: str
    due_on: date


def last_return(report_id: int) -> ReturnEntry | None:
    """Lần trả lại cuối cùng."""
    statement = (
        select(ReportVersion.number, Return.at, User.full_name, Return.reason, Return.due_on)
        .join(ReportVersion, ReportVersion.id == Return.version_id)
        .join(User, User.id == Return.by_id)
        .where(ReportVersion.report_id == report_id)
        .order_by(Return.id.desc())
        .limit(1)
    )
    row = db.session.execute(statement).one_or_none()
    return ReturnEntry(*row) if row else None
