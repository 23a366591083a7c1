"""Lịch riêng: the meetings a person is called to, and the days on which their reports are due."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select

from campaign.accounts.models import User
from campaign.core.permissions import Role
from campaign.council.models import CouncilMember
from campaign.enrolment.models import Participation
from campaign.extensions import db
from campaign.meeting.models import Attendance, Meeting
from campaign.meeting.rules import MeetingState
from campaign.notices.calendar import Deadline, Event
from campaign.notices.events import Call, host, meeting_event
from campaign.notices.queries import sequences_told
from campaign.planning.models import Campaign, ReportingPeriod
from campaign.planning.queries import periods_of
from campaign.planning.rules import Phase
from campaign.reporting.deadlines.queries import dates_of
from campaign.reporting.queries import Sight, filed, participations_seen
from campaign.reporting.rules import OPEN_PHASES

WITH_DAYS = OPEN_PHASES | {Phase.LAUNCHED}
"""Các bước mà ngày nộp báo cáo còn ở phía trước hoặc vừa qua."""


def meetings_of(user: User) -> list[Event]:
    """Các cuộc họp có tên trong danh sách mời, those that were cancelled among them."""
    told = sequences_told(user.id)
    rows = db.session.scalars(
        select(Meeting)
        .join(Attendance, Attendance.meeting_id == Meeting.id)
        .join(CouncilMember, CouncilMember.id == Attendance.member_id)
        .where(CouncilMember.user_id == user.id, CouncilMember.left_on.is_(None))
        .order_by(Meeting.starts_at, Meeting.id)
    )
    return [
        meeting_event(
            Call(row.campaign_id, row.id, row.starts_at, row.place),
            told.get(row.id, 0),
            is_cancelled=row.state is MeetingState.CANCELLED,
        )
        for row in rows.unique()
    ]


def deadlines_of(user: User) -> Iterable[Deadline]:
    """Hạn nộp báo cáo của các đơn vị mình, with extensions; what changes raises the sequence."""
    own = frozenset(user.units_as(Role.UNIT_OFFICER, Role.UNIT_HEAD))
    if not own:
        return
    campaigns = db.session.scalars(
        select(Campaign).where(Campaign.phase.in_(WITH_DAYS)).order_by(Campaign.id)
    )
    for campaign in campaigns:
        rows = participations_seen(campaign.id, Sight(own, sees_others=False))
        periods, ids = periods_of(campaign.id), [row.id for row in rows]
        reports, dates = filed(campaign.id, ids), dates_of(ids, periods)
        for row in rows:
            for period in periods:
                report, due_on = reports.get((row.id, period.id)), dates[row.id, period.id].due_on
                yield _deadline(row, period, due_on, is_sent=bool(report and report.is_sent))


def _deadline(
    row: Participation, period: ReportingPeriod, due_on: date, *, is_sent: bool
) -> Deadline:
    """One day in the calendar; an extension and the sending each raise its sequence."""
    return Deadline(
        uid=f"report-{row.id}-{period.id}@{host()}",
        sequence=_days_between(period.starts_on, due_on) * 2 + is_sent,
        on=due_on,
        title=f"{'Đã nộp' if is_sent else 'Hạn nộp'} báo cáo {period.name} – {row.unit.short_name}",
    )


def _days_between(first: date, last: date) -> int:
    return max((last - first).days, 0)
