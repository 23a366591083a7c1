"""Nhắc báo cáo: what is due today becomes notices; what no longer holds is withdrawn."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime

from flask import current_app
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from campaign.accounts.models import User
from campaign.core.dates import local_date
from campaign.core.permissions import Role
from campaign.extensions import db
from campaign.notices import actions as notices
from campaign.notices.actions import About
from campaign.notices.models import Notice
from campaign.notices.queries import days_off_set
from campaign.notices.receivers import OF_UNIT
from campaign.notices.rules import NoticeKind, is_day_off, is_hour_of_mail, report_key
from campaign.planning.models import Campaign
from campaign.reminders import queries
from campaign.reminders.models import Reminder
from campaign.reminders.queries import ByHand, Expected
from campaign.reminders.rules import Done, Step, reason_of, roles_told, step_due, title_of

People = Mapping[tuple[int, Role], Sequence[User]]


def remind_campaign(campaign: Campaign, *, at: datetime) -> int:
    """Nhắc một phong trào theo tình hình hôm nay: how many steps were taken. Not at night, not on a
    day off; in two processes at once each step is taken by one of them.
    """
    today = local_date(at)
    missing = queries.expected(campaign, today)
    people = queries.people_of({row.participation.unit_id for row in missing})
    withdraw_settled(campaign.id, missing, people, at=at)
    days_off = days_off_set()
    if not is_hour_of_mail(at) or is_day_off(today, days_off):
        return 0
    return _take_steps(campaign.id, missing, people, days_off, at)


def _take_steps(
    campaign_id: int,
    missing: Iterable[Expected],
    people: People,
    days_off: Collection[date],
    at: datetime,
) -> int:
    """Of each missing report the step that is due today, if any; how many were taken."""
    today, steps = local_date(at), queries.done_steps(campaign_id)
    taken = 0
    for row in missing:
        done = steps.get(row.key, {})
        step = step_due(today, row.dates.due_on, done, days_off)
        if step is not None:
            taken += _taken_once(row, step, done, people, at)
    return taken


def _taken_once(
    row: Expected, step: Step, done: Mapping[Step, Done], people: People, at: datetime
) -> bool:
    """One step, unless another process has just taken it."""
    roles = roles_told(step, row.state)
    told = queries.receivers(row.participation.unit_id, roles, people)
    try:
        with db.session.begin_nested():
            take_step(row, step, done, told, at=at)
    except IntegrityError:
        return False
    return True


def remind_by_hand(rows: Iterable[ByHand], *, note: str, by: User, at: datetime) -> None:
    """Thường trực nhắc các báo cáo này, with a word of its own."""
    for row in rows:
        take_step(row.expected, Step.BY_HAND, {}, row.told, at=at, by=by, note=note)


def take_step(
    row: Expected,
    step: Step,
    done: Mapping[Step, Done],
    told: Sequence[User],
    *,
    at: datetime,
    by: User | None = None,
    note: str = "",
) -> None:
    """Nhắc một bước: it is logged, and each of those told has one notice of this report."""
    _log(row, step, told, at, by)
    if not told:
        return
    ids = [user.id for user in told]
    notices.withdraw_all(report_key(row.participation.id, row.period.id), at=at, user_ids=ids)
    notices.tell(ids, _about(row, step, done, local_date(at), note), at=at)
    db.session.flush()


def _log(row: Expected, step: Step, told: Sequence[User], at: datetime, by: User | None) -> None:
    """Ghi vào nhật ký nhắc; of two processes that take one step at once the database takes one."""
    db.session.add(
        Reminder(
            participation_id=row.participation.id,
            period_id=row.period.id,
            due_on=row.dates.due_on,
            step=step,
            at=at,
            by_id=by.id if by else None,
            told=", ".join(user.full_name for user in told),
        )
    )
    db.session.flush()


def _about(row: Expected, step: Step, done: Mapping[Step, Done], today: date, note: str) -> About:
    is_late = row.dates.due_on < today
    day = f":{today}" if step is Step.BY_HAND else ""
    reason = reason_of(row.state, row.dates, done, today)
    return About(
        NoticeKind.REPORT_LATE if is_late else NoticeKind.REPORT_DUE,
        f"{report_key(row.participation.id, row.period.id)}{row.dates.due_on}:{step.value}{day}",
        title_of(row.subject, row.dates.due_on, today),
        _page(row),
        f"{note} {reason}".strip(),
        row.participation.campaign_id,
        row.dates.due_on,
    )


def _page(row: Expected) -> str:
    """Trang của báo cáo, or the board where it was not begun; told outside any request too."""
    values = {"campaign_id": row.participation.campaign_id}
    addresses = current_app.url_map.bind("localhost")
    if row.report_id is None:
        return addresses.build("reporting.index", values)
    return addresses.build("reporting.show", {**values, "report_id": row.report_id})


def withdraw_settled(
    campaign_id: int, missing: Iterable[Expected], people: People, *, at: datetime
) -> None:
    """Thôi nhắc những gì không còn đúng: handed in, given longer, withdrawn, or no longer taken;
    and whoever holds no role at the unit any more.
    """
    own = _still_told(missing, people)
    for notice in db.session.scalars(
        select(Notice).where(
            Notice.campaign_id == campaign_id,
            Notice.kind.in_((NoticeKind.REPORT_DUE, NoticeKind.REPORT_LATE)),
            Notice.read_at.is_(None),
        )
    ):
        if notice.user_id not in own.get(":".join(notice.key.split(":")[:4]), ()):
            notices.read(notice, at=at)


def _still_told(missing: Iterable[Expected], people: People) -> dict[str, set[int]]:
    """Of each report that is missing, as the keys of its notices begin, whom it concerns."""
    return {
        f"{report_key(*row.key[:2])}{row.dates.due_on}": {
            user.id
            for role in OF_UNIT
            for user in people.get((row.participation.unit_id, role), ())
        }
        for row in missing
    }
