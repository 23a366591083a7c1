"""Cuộc họp Hội đồng: meetings with their roll, and who stood in for whom."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from campaign.accounts.models import User
from campaign.core.errors import NotVisible
from campaign.council.models import CouncilMember
from campaign.council.rules import LEADING, CouncilFunction
from campaign.extensions import db, visible_row
from campaign.meeting.models import Attendance, Meeting, OpinionScan
from campaign.meeting.rules import MeetingState, Roll


def meetings(campaign_id: int) -> Sequence[Meeting]:
    """Các cuộc họp, newest first."""
    return db.session.scalars(
        select(Meeting).where(Meeting.campaign_id == campaign_id).order_by(Meeting.number.desc())
    ).all()


def meeting(campaign_id: int, meeting_id: int, *, for_change: bool = False) -> Meeting:
    """Một cuộc họp của phong trào, locked against other changes where it will be changed, and read
    as it stands then.
    """
    statement = select(Meeting).where(Meeting.id == meeting_id, Meeting.campaign_id == campaign_id)
    if for_change:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    return visible_row(statement)


def confirms(meeting: Meeting, member: CouncilMember | None, day: date) -> bool:
    """Được xác nhận biên bản: who chaired the meeting; where that is nobody any more, who leads the
    Council.
    """
    if member is None or member.id == meeting.chair_id:
        return member is not None
    return member.function in LEADING and bool(why_chair_is_gone(meeting, day))


def why_chair_is_gone(meeting: Meeting, day: date) -> str:
    """Vì sao người chủ trì không xác nhận được biên bản nữa; empty where they still may."""
    chair = db.session.scalars(
        select(CouncilMember)
        .where(CouncilMember.id == meeting.chair_id)
        .options(joinedload(CouncilMember.user))
    ).one()
    return chair.why_away(day) or ("" if chair.user.is_active else "không còn tài khoản")


def current_meeting(campaign_id: int, *, for_change: bool = False) -> Meeting | None:
    """Cuộc họp đang chuẩn bị hoặc đang họp: the newest whose minutes are not confirmed and that
    was not cancelled; locked where it will be changed.
    """
    statement = (
        select(Meeting)
        .where(
            Meeting.campaign_id == campaign_id,
            Meeting.state.not_in((MeetingState.CONFIRMED, MeetingState.CANCELLED)),
        )
        .order_by(Meeting.number.desc())
        .limit(1)
    )
    return db.session.scalars(
        statement.with_for_update().execution_options(populate_existing=True)
        if for_change
        else statement
    ).one_or_none()


def last_meeting_number(campaign_id: int) -> int:
    """Số cuộc họp gần nhất."""
    return (
        db.session.scalar(
            select(func.max(Meeting.number)).where(Meeting.campaign_id == campaign_id)
        )
        or 0
    )


def has_confirmed_meeting(campaign_id: int) -> bool:
    """Đã có cuộc họp được xác nhận biên bản."""
    return (
        db.session.scalar(
            select(Meeting.id)
            .where(Meeting.campaign_id == campaign_id, Meeting.state == MeetingState.CONFIRMED)
            .limit(1)
        )
        is not None
    )


def has_unfinished_meeting(campaign_id: int) -> bool:
    """Còn cuộc họp chưa xác nhận biên bản."""
    return current_meeting(campaign_id) is not None


def last_closed_at(campaign_id: int) -> datetime | None:
    """Lúc bế mạc cuộc họp gần nhất."""
    return db.session.scalar(
        select(func.max(Meeting.closed_at)).where(Meeting.campaign_id == campaign_id)
    )


def attendances(meeting_id: int) -> Sequence[Attendance]:
    """Danh sách dự họp, with people, in the council's order."""
    return db.session.scalars(
        select(Attendance)
        .join(Attendance.member)
        .join(CouncilMember.user)
        .where(Attendance.meeting_id == meeting_id)
        .options(joinedload(Attendance.member).joinedload(CouncilMember.user).joinedload(User.unit))
        .order_by(CouncilMember.position, User.sort_key, CouncilMember.id)
    ).all()


def roll(meeting_id: int) -> Roll:
    """Danh sách tính số của cuộc họp."""
    rows = db.session.execute(
        select(Attendance.member_id, Attendance.presence).where(Attendance.meeting_id == meeting_id)
    )
    return Roll({row.member_id: row.presence for row in rows})


def attendance(meeting_id: int, member_id: int) -> Attendance:
    """Một người trong danh sách dự họp."""
    row = db.session.get(Attendance, (meeting_id, member_id))
    if row is None:
        raise NotVisible
    return row


@dataclass(frozen=True, slots=True)
class StandIn:
    """Người dự thay: whose seat they had at the last meeting; its owner is still a member."""

    member_id: int
    name: str
    replaced: str
    meeting: int

    @property
    def words(self) -> str:
        """Ai, đã dự thay ai."""
        return f"{self.name}, đã dự thay {self.replaced} tại cuộc họp số {self.meeting}"


def stand_ins(campaign_id: int) -> list[StandIn]:
    """Người dự thay trong một cuộc họp: members whom the next one does not invite by itself, for
    the seat is its owner's again.
    """
    seats, people = _newest_seats(campaign_id), _people_in_office(campaign_id)
    steering = {CouncilFunction.CHAIR, CouncilFunction.SECRETARY}
    return [
        StandIn(member, people[member][1], people[replaced][1], number)
        for member, (replaced, number) in seats.items()
        if replaced in people and member in people and people[member][0] not in steering
    ]


def _newest_seats(campaign_id: int) -> dict[int, tuple[int | None, int]]:
    """Chỗ ngồi gần nhất của mỗi thành viên: whom they stood in for, and the meeting's number."""
    return {
        member: (replaced, number)
        for member, replaced, number in db.session.execute(
            select(Attendance.member_id, Attendance.replaces_id, Meeting.number)
            .join(Meeting, Meeting.id == Attendance.meeting_id)
            .where(Meeting.campaign_id == campaign_id)
            .order_by(Meeting.number)
        )
    }


def _people_in_office(campaign_id: int) -> dict[int, tuple[CouncilFunction, str]]:
    """Thành viên đương nhiệm: function and name."""
    return {
        number: (function, name)
        for number, function, name in db.session.execute(
            select(CouncilMember.id, CouncilMember.function, User.full_name)
            .join(User, User.id == CouncilMember.user_id)
            .where(CouncilMember.campaign_id == campaign_id, CouncilMember.left_on.is_(None))
        )
    }


def scans(meeting_id: int) -> dict[int, list[OpinionScan]]:
    """Bản chụp phiếu lấy ý kiến theo thành viên."""
    by_member: dict[int, list[OpinionScan]] = defaultdict(list)
    for row in db.session.scalars(
        select(OpinionScan).where(OpinionScan.meeting_id == meeting_id).order_by(OpinionScan.id)
    ):
        by_member[row.member_id].append(row)
    return by_member


def scan(meeting_id: int, scan_id: int) -> OpinionScan:
    """Một bản chụp của cuộc họp này."""
    return visible_row(
        select(OpinionScan).where(OpinionScan.id == scan_id, OpinionScan.meeting_id == meeting_id)
    )
