"""Nhắc báo cáo: which reports are expected and not there, whom to tell, and what was told."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, joinedload

from campaign.accounts.models import RoleGrant, User
from campaign.core.dates import local_date
from campaign.core.permissions import Role
from campaign.enrolment.models import Participation
from campaign.extensions import db
from campaign.planning.models import Campaign, ReportingPeriod
from campaign.planning.queries import periods_of
from campaign.reminders.models import Reminder
from campaign.reminders.rules import Done, Step, roles_told
from campaign.reporting.deadlines.queries import dates_of
from campaign.reporting.queries import Sight, filed, participations_seen
from campaign.reporting.rules import OPEN_PHASES, Dates, ReportState

ALL = Sight(frozenset(), sees_others=True)


class Expected(NamedTuple):
    """Báo cáo còn thiếu: of a confirmed unit, for a period that has begun, and not handed in."""

    participation: Participation
    period: ReportingPeriod
    dates: Dates
    state: ReportState | None
    report_id: int | None

    @property
    def subject(self) -> str:
        """Báo cáo nào: its period and its unit."""
        return f"{self.period.name} – {self.participation.unit.short_name}"

    @property
    def key(self) -> tuple[int, int, date]:
        """Báo cáo và hạn nộp: a new day begins its steps anew."""
        return self.participation.id, self.period.id, self.dates.due_on


def expected(campaign: Campaign, today: date) -> list[Expected]:
    """Các báo cáo còn thiếu của một phong trào, by period and unit; none while none are taken."""
    if campaign.phase not in OPEN_PHASES:
        return []
    periods = [period for period in periods_of(campaign.id) if period.starts_on <= today]
    rows = participations_seen(campaign.id, ALL)
    reports, dates = filed(campaign.id), dates_of([row.id for row in rows], periods)
    missing = []
    for period in periods:
        for row in rows:
            report = reports.get((row.id, period.id))
            if report is None:
                missing.append(Expected(row, period, dates[row.id, period.id], None, None))
            elif not report.is_sent:
                missing.append(
                    Expected(row, period, dates[row.id, period.id], report.state, report.report_id)
                )
    return missing


def late(campaign: Campaign, today: date) -> list[Expected]:
    """Các báo cáo chậm: those whose day is over."""
    return [row for row in expected(campaign, today) if row.dates.due_on < today]


def done_steps(campaign_id: int) -> Mapping[tuple[int, int, date], Mapping[Step, Done]]:
    """Các bước đã nhắc, by report and due day."""
    steps: dict[tuple[int, int, date], dict[Step, Done]] = defaultdict(dict)
    for row in db.session.scalars(
        select(Reminder)
        .join(Reminder.participation)
        .where(Participation.campaign_id == campaign_id, Reminder.step != Step.BY_HAND)
        .order_by(Reminder.id)
    ):
        key = row.participation_id, row.period_id, row.due_on
        steps[key][row.step] = Done(local_date(row.at), row.told)
    return steps


def people_of(unit_ids: Collection[int]) -> Mapping[tuple[int, Role], Sequence[User]]:
    """Người của các đơn vị, by unit and role; those who can sign in."""
    people: dict[tuple[int, Role], list[User]] = defaultdict(list)
    for unit_id, role, user in db.session.execute(
        select(RoleGrant.unit_id, RoleGrant.role, User)
        .join(User, User.id == RoleGrant.user_id)
        .where(
            RoleGrant.unit_id.in_(unit_ids),
            RoleGrant.role.in_((Role.UNIT_OFFICER, Role.UNIT_HEAD)),
            User.is_active,
        )
        .order_by(User.sort_key, User.id)
    ):
        if unit_id is not None:
            people[unit_id, role].append(user)
    return people


def campaigns() -> Sequence[Campaign]:
    """Mọi phong trào, the oldest first: what was told in one that ended is withdrawn."""
    return db.session.scalars(select(Campaign).order_by(Campaign.id)).all()


class ByHand(NamedTuple):
    """Một báo cáo chậm sẽ được nhắc: who will be told, and when somebody was told last."""

    expected: Expected
    told: Sequence[User]
    last: Reminder | None


class Plan(NamedTuple):
    """Nhắc ai: what will be reminded, and what is left aside, with the reason."""

    ready: Sequence[ByHand]
    aside: Sequence[tuple[Expected, str]]


def by_hand(campaign_id: int, rows: Sequence[Expected], today: date) -> Plan:
    """Chuẩn bị nhắc các báo cáo này: by hand a report is reminded once a day."""
    people, last = people_of({row.participation.unit_id for row in rows}), _last(campaign_id)
    ready, aside = [], list[tuple[Expected, str]]()
    for row in rows:
        told = receivers(row.participation.unit_id, roles_told(Step.BY_HAND, row.state), people)
        before = last.get(row.key[:2])
        if before and before.step is Step.BY_HAND and local_date(before.at) == today:
            aside.append((row, f"đã nhắc hôm nay, {before.told}"))
        elif not told:
            aside.append((row, "đơn vị chưa có cán bộ hay thủ trưởng có tài khoản"))
        else:
            ready.append(ByHand(row, told, before))
    return Plan(ready, aside)


def _last(campaign_id: int) -> Mapping[tuple[int, int], Reminder]:
    """Lần nhắc gần nhất của mỗi báo cáo; one by hand stands before the others of its day."""
    rows = db.session.scalars(
        select(Reminder)
        .join(Reminder.participation)
        .where(Participation.campaign_id == campaign_id)
        .order_by(Reminder.id)
    )
    last: dict[tuple[int, int], Reminder] = {}
    for row in rows:
        key = row.participation_id, row.period_id
        before = last.get(key)
        last[key] = before if before is not None and _stands_before(before, row) else row
    return last


def _stands_before(earlier: Reminder, later: Reminder) -> bool:
    is_of_one_day = local_date(earlier.at) == local_date(later.at)
    return earlier.step is Step.BY_HAND and is_of_one_day


def receivers(
    unit_id: int, roles: Sequence[Role], people: Mapping[tuple[int, Role], Sequence[User]]
) -> list[User]:
    """Nhắc những ai: of these roles; the head where a unit has no officer."""
    told = {user.id: user for role in roles for user in people.get((unit_id, role), ())}
    if not told and roles:
        told = {user.id: user for user in people.get((unit_id, Role.UNIT_HEAD), ())}
    return list(told.values())


def log(campaign_id: int) -> Select[Reminder]:
    """Nhật ký nhắc, the newest first."""
    return (
        select(Reminder)
        .join(Reminder.participation)
        .where(Participation.campaign_id == campaign_id)
        .options(
            contains_eager(Reminder.participation).joinedload(Participation.unit),
            joinedload(Reminder.period),
            joinedload(Reminder.by),
        )
        .order_by(Reminder.at.desc(), Reminder.id.desc())
    )
