"""Gia hạn: granting one."""

from collections.abc import Sequence
from datetime import date, datetime

from campaign.accounts.models import User
from campaign.core.errors import refuse
from campaign.core.text import one_line
from campaign.enrolment.models import Participation
from campaign.extensions import db
from campaign.planning.models import Campaign, ReportingPeriod
from campaign.reporting.deadlines import queries
from campaign.reporting.models import (
    Extension,
)
from campaign.reporting.rules import Dates, may_extend
from campaign.reporting.wishes.actions import settle
from campaign.reporting.wishes.rules import WishState


def refuse_extension_after_reporting(campaign: Campaign) -> None:
    """Không gia hạn nữa once reports are taken no more."""
    if not may_extend(campaign.phase):
        refuse("Phong trào không còn nhận báo cáo nên không gia hạn được nữa.")


def grant_extensions(
    participations: Sequence[Participation],
    period: ReportingPeriod,
    *,
    due_on: date,
    locks_on: date,
    reason: str,
    by: User,
    at: datetime,
) -> list[Extension]:
    """Gia hạn cho các đơn vị, all or none: the new dates are no earlier than any that one has."""
    text = one_line(reason)
    if not text:
        refuse("Hãy ghi lý do gia hạn.", "reason")
    now = queries.dates_of([row.id for row in participations], [period]).values()
    latest = Dates(max(own.due_on for own in now), max(own.locks_on for own in now))
    _refuse_earlier(latest, due_on, locks_on)
    rows = [
        Extension(
            participation_id=participation.id,
            period_id=period.id,
            due_on=due_on,
            locks_on=locks_on,
            reason=text,
            at=at,
            by_id=by.id,
        )
        for participation in participations
    ]
    db.session.add_all(rows)
    ids = [participation.id for participation in participations]
    settle(ids, period.id, WishState.GRANTED, text, by=by, at=at)
    db.session.flush()
    return rows


def _refuse_earlier(now: Dates, due_on: date, locks_on: date) -> None:
    """Không rút ngắn hạn, and the lock never before the due day."""
    if due_on < now.due_on:
        refuse(f"Hạn nộp mới phải từ hạn cũ trở đi ({now.due_on:%d/%m/%Y}).", "due_on")
    if locks_on < now.locks_on:
        refuse(
            f"Ngày đóng nhận báo cáo mới phải từ ngày cũ trở đi ({now.locks_on:%d/%m/%Y}).",
            "locks_on",
        )
    if locks_on < due_on:
        refuse(
            f"Ngày đóng nhận báo cáo phải từ hạn nộp mới trở đi ({due_on:%d/%m/%Y}).", "locks_on"
        )
