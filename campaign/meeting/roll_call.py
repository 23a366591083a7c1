"""Điểm danh: what may be said of a member, and how the minutes tell of coming and leaving."""

from datetime import date, datetime

from campaign.core.dates import format_moment
from campaign.core.errors import refuse
from campaign.council.models import CouncilMember
from campaign.extensions import db
from campaign.meeting.models import Attendance, Meeting
from campaign.meeting.rules import Presence

_NEXT = "; "
"""Giữa hai lần đến và rời họp."""


def demand_roll_call(meeting: Meeting, row: Attendance, presence: Presence) -> None:
    """Còn điểm danh được: the meeting goes on, the seat is the member's, the roll has the word; who
    was there once it had opened, and may have voted, is not absent.
    """
    if meeting.closed_at is not None:
        refuse("Cuộc họp đã bế mạc; điểm danh không sửa được nữa.")
    if row.presence is Presence.REPLACED:
        refuse("Thành viên này đã có người thay.")
    if presence in {Presence.INVITED, Presence.REPLACED}:
        refuse("Điểm danh chỉ ghi có mặt, vắng mặt hoặc rời họp.")
    if row.presence is Presence.WRITTEN and presence is Presence.ABSENT:
        refuse("Người này vắng mặt và đã gửi phiếu lấy ý kiến; ý kiến đó vẫn được tính.")
    came = meeting.opened_at is not None and row.presence in {Presence.PRESENT, Presence.LEFT}
    if came and presence is Presence.ABSENT:
        refuse("Người này đã dự cuộc họp nên không ghi vắng mặt được; ai về thì ghi rời họp.")


def demand_possible(row: Attendance, presence: Presence, on: date) -> None:
    """Ai rời họp thì đang có mặt; who is here is in office; who writes is told elsewhere."""
    if presence is Presence.LEFT and row.presence is not Presence.PRESENT:
        refuse("Chỉ người đang có mặt mới rời họp.")
    if presence is Presence.WRITTEN:
        refuse("Người vắng mặt gửi ý kiến được ghi khi nhập phiếu lấy ý kiến.")
    if presence is Presence.PRESENT and (
        why := db.session.get_one(CouncilMember, row.member_id).why_away(on)
    ):
        refuse(f"Người này {why}.")


def why_told(meeting: Meeting, row: Attendance, presence: Presence, why: str, at: datetime) -> str:
    """Lý do ghi vào biên bản: of who comes and leaves while the meeting is on, late, or away and
    when; each time is added to those before.
    """
    if presence is Presence.LEFT:
        return _NEXT.join(filter(None, (row.reason, why.replace(_NEXT, ", "))))
    if presence is not Presence.PRESENT:
        return why
    if row.presence is Presence.PRESENT:
        return row.reason or why
    if meeting.opened_at is None:
        return why
    if row.left_at is None:
        return f"đến lúc {format_moment(at)}"
    before, _, left_for = row.reason.rpartition(_NEXT)
    away = f"rời họp lúc {format_moment(row.left_at)} ({left_for})"
    return _NEXT.join(filter(None, (before, f"{away}, trở lại lúc {format_moment(at)}")))
