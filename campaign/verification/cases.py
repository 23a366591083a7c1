"""Hồ sơ thẩm định: the one at hand, how it was opened again, and which report waits next."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from campaign.accounts.models import User
from campaign.core.errors import NotVisible
from campaign.enrolment.models import Participation
from campaign.enrolment.rules import ParticipationState
from campaign.extensions import db
from campaign.planning.models import ReportingPeriod
from campaign.reporting.models import Report, ReportVersion
from campaign.reporting.rules import ReportState
from campaign.verification.models import (
    Unlocking,
    Verification,
    VerifiedPoints,
    VerifiedValue,
)


def in_hand(report_id: int) -> tuple[ReportVersion, Verification | None]:
    """Bản nộp đang thẩm định: the last, or the finished one; with its verification if begun."""
    pair = db.session.execute(
        select(ReportVersion, Verification)
        .outerjoin(Verification, Verification.report_id == ReportVersion.report_id)
        .where(ReportVersion.report_id == report_id)
        .options(joinedload(Verification.finished_by).load_only(User.full_name))
        .order_by(ReportVersion.number.desc())
        .limit(1)
    ).one_or_none()
    if pair is None:
        raise NotVisible
    version, row = pair
    if row is not None and row.finished_at and row.version_id != version.id:
        version = db.session.get_one(ReportVersion, row.version_id)
    return version, row


def held(report_id: int) -> Verification | None:
    """Hồ sơ thẩm định của một báo cáo, if one was begun, kept from others until the transaction
    ends, and read as it is then.
    """
    return db.session.scalars(
        select(Verification)
        .where(Verification.report_id == report_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()


def value_row(verification_id: int, indicator_id: int, by: User, at: datetime) -> VerifiedValue:
    """Dòng số thẩm định của một chỉ tiêu, or a new one."""
    row = db.session.scalars(
        select(VerifiedValue).where(
            VerifiedValue.verification_id == verification_id,
            VerifiedValue.indicator_id == indicator_id,
        )
    ).one_or_none()
    return row or new_value(verification_id, indicator_id, by, at)


def value_rows(verification_id: int) -> dict[int, VerifiedValue]:
    """Các dòng số thẩm định đã có, by indicator."""
    statement = select(VerifiedValue).where(VerifiedValue.verification_id == verification_id)
    return {row.indicator_id: row for row in db.session.scalars(statement)}


def new_value(verification_id: int, indicator_id: int, by: User, at: datetime) -> VerifiedValue:
    """Dòng số thẩm định mới, with nothing in it."""
    return VerifiedValue(
        verification_id=verification_id,
        indicator_id=indicator_id,
        official_source="",
        comment="",
        not_applicable_reason="",
        updated_at=at,
        updated_by_id=by.id,
    )


def points_row(verification_id: int, criterion_id: int, by: User, at: datetime) -> VerifiedPoints:
    """Dòng điểm thẩm định của một tiêu chí, or a new one."""
    row = db.session.scalars(
        select(VerifiedPoints).where(
            VerifiedPoints.verification_id == verification_id,
            VerifiedPoints.criterion_id == criterion_id,
        )
    ).one_or_none()
    return row or VerifiedPoints(
        verification_id=verification_id,
        criterion_id=criterion_id,
        comment="",
        not_applicable_reason="",
        updated_at=at,
        updated_by_id=by.id,
    )


class UnlockingEntry(NamedTuple):
    """Lần mở lại: why, who and when."""

    reason: str
    by: str
    at: datetime


def unlockings(verification_id: int) -> Sequence[UnlockingEntry]:
    """Các lần mở lại, newest first."""
    statement = (
        select(Unlocking.reason, User.full_name, Unlocking.at)
        .join(User, User.id == Unlocking.by_id)
        .where(Unlocking.verification_id == verification_id)
        .order_by(Unlocking.id.desc())
    )
    return [UnlockingEntry(*row) for row in db.session.execute(statement)]


def next_waiting(campaign_id: int, own: Collection[int], *, but: int = 0) -> int | None:
    """Báo cáo đã nộp chờ thẩm định tiếp theo: the one opened first, of a unit that takes part and
    is no `own` one.
    """
    within = ReportingPeriod.campaign_id == campaign_id
    others = select(Participation.id).where(
        Participation.campaign_id == campaign_id,
        Participation.state == ParticipationState.CONFIRMED,
        Participation.unit_id.not_in(own),
    )
    report_id: int | None = db.session.scalar(
        select(func.min(Report.id)).where(
            Report.period_id.in_(select(ReportingPeriod.id).where(within)),
            Report.state == ReportState.SUBMITTED,
            Report.id != but,
            Report.participation_id.in_(others),
        )
    )
    return report_id
