"""Tổng hợp trong ngày: what the secretariat is told once a day, with names; nothing to say, no
mail, and what was said the day before is not said again.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from flask import current_app
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload, selectinload

from campaign.accounts.models import RoleGrant, User
from campaign.core.dates import local_date
from campaign.core.permissions import Role
from campaign.enrolment.models import Participation
from campaign.extensions import db
from campaign.notices import actions as notices
from campaign.notices.actions import About
from campaign.notices.models import Notice
from campaign.notices.queries import days_off_set
from campaign.notices.rules import NoticeKind, is_day_off, is_hour_of_mail
from campaign.planning.models import Campaign
from campaign.reminders import queries
from campaign.reminders.queries import Expected
from campaign.reminders.rules import Digest, Step, Told, told_before
from campaign.reporting.models import ExtensionWish, Report
from campaign.reporting.rules import OPEN_PHASES, ReportState
from campaign.reporting.wishes.queries import wishes as extension_wishes
from campaign.reporting.wishes.rules import WishState
from campaign.units.models import Unit


def tell_digest(campaign: Campaign, *, at: datetime) -> int:
    """Gửi tổng hợp của một phong trào cho Thường trực: how many were told."""
    today = local_date(at)
    if campaign.phase not in OPEN_PHASES:
        notices.withdraw_all(f"digest:{campaign.id}:", at=at)
        return 0
    if not is_hour_of_mail(at) or is_day_off(today, days_off_set()):
        return 0
    return _tell_each(campaign, today, at)


def _tell_each(campaign: Campaign, today: date, at: datetime) -> int:
    """To each what holds for all, and what waits of other units than their own."""
    late, wishes = queries.late(campaign, today), _wishes(campaign.id)
    waiting, passed_on = _waiting(campaign.id), _passed_on(campaign.id, late, today)
    return sum(
        _told(
            person,
            campaign,
            Digest(
                late=[_report_told(row) for row in late],
                passed_on=passed_on,
                wishes=wishes,
                waiting=[told for unit_id, told in waiting if unit_id not in person.own_unit_ids],
            ),
            at,
        )
        for person in _secretariat()
    )


def _report_told(row: Expected | ExtensionWish | Report) -> Told:
    return Told(row.participation.unit.short_name, row.period.name)


def _wishes(campaign_id: int) -> list[Told]:
    """Đơn vị xin gia hạn, and waits for an answer."""
    rows = db.session.scalars(extension_wishes(campaign_id))
    return [_report_told(row) for row in rows if row.state is WishState.OPEN]


def _secretariat() -> Sequence[User]:
    return db.session.scalars(
        select(User)
        .where(
            User.is_active,
            select(RoleGrant.user_id)
            .where(RoleGrant.user_id == User.id, RoleGrant.role == Role.SECRETARIAT)
            .exists(),
        )
        .options(selectinload(User.grants))
        .order_by(User.id)
    ).all()


def _waiting(campaign_id: int) -> list[tuple[int, Told]]:
    """Báo cáo đã nộp chờ thẩm định, with the unit, which those of that unit may not verify."""
    rows = db.session.scalars(
        select(Report)
        .join(Report.participation)
        .join(Participation.unit)
        .where(Participation.campaign_id == campaign_id, Report.state == ReportState.SUBMITTED)
        .options(
            joinedload(Report.participation).joinedload(Participation.unit),
            joinedload(Report.period),
        )
        .order_by(Unit.sort_key, Report.id)
    )
    return [(row.participation.unit_id, _report_told(row)) for row in rows]


def _passed_on(campaign_id: int, late: Iterable[Expected], today: date) -> list[str]:
    """Báo cáo chuyển đến Thường trực hôm nay, each naming who was told before."""
    steps = queries.done_steps(campaign_id)
    return [
        f"{row.subject} ({told_before(steps[row.key])})"
        for row in late
        if (done := steps.get(row.key, {}).get(Step.TO_SECRETARIAT)) and done.on == today
    ]


def _told(person: User, campaign: Campaign, digest: Digest, at: datetime) -> int:
    """One person's digest, unless there is nothing, or nothing new, or it was told today."""
    reason, today = digest.reason, local_date(at)
    beginning = f"digest:{campaign.id}:"
    last = _last_told(person.id, beginning)
    if reason and last and (last.reason == reason or last.key == f"{beginning}{today}"):
        return 0
    notices.withdraw_all(beginning, at=at, user_ids=[person.id])
    if not reason:
        return 0
    about = _about(campaign, digest, f"{beginning}{today}")
    try:
        with db.session.begin_nested():
            return notices.tell([person.id], about, at=at)
    except IntegrityError:  # another process has just told it
        return 0


def _last_told(user_id: int, beginning: str) -> Notice | None:
    """The newest digest of this campaign that one person was told."""
    return db.session.scalars(
        select(Notice)
        .where(Notice.user_id == user_id, Notice.key.startswith(beginning, autoescape=True))
        .order_by(Notice.id.desc())
        .limit(1)
    ).one_or_none()


def _about(campaign: Campaign, digest: Digest, key: str) -> About:
    return About(
        NoticeKind.DIGEST,
        key,
        f"{campaign.title}: {digest.title}",
        current_app.url_map.bind("localhost").build(
            "reporting.index", {"campaign_id": campaign.id}
        ),
        digest.reason,
        campaign.id,
    )
