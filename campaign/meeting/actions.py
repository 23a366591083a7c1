"""Cuộc họp Hội đồng: calling, the roll, replacement, opening and closing."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from campaign.accounts.models import User
from campaign.core.dates import format_date, local_date
from campaign.core.errors import refuse
from campaign.core.majorities import majority_text
from campaign.core.text import nfc, one_line
from campaign.council import actions as membership
from campaign.council import queries as council
from campaign.council.actions import needed_reason
from campaign.council.models import CouncilMember
from campaign.council.rules import CouncilFunction
from campaign.extensions import db
from campaign.files.storage import StoredContent
from campaign.meeting import queries
from campaign.meeting.models import Attendance, Meeting, OpinionScan
from campaign.meeting.roll_call import demand_possible, demand_roll_call, why_told
from campaign.meeting.rules import MeetingState, Presence, is_quorate
from campaign.planning.actions import hold
from campaign.planning.models import Campaign
from campaign.planning.rules import Phase


def call_meeting(
    campaign: Campaign,
    members: Sequence[CouncilMember],
    *,
    place: str,
    starts_at: datetime,
    opinions_until: datetime | None,
    agenda: str,
    at: datetime,
    also: Collection[int] = (),
) -> Meeting:
    """Mời họp: every member in office on its day is on the roll; the council needs its chair and a
    secretary.
    Whoever only sat on another's seat at the last meeting is on it where `also` names them.
    """
    hold(campaign)
    if campaign.phase is not Phase.MEETING:
        refuse("Chỉ mời họp khi phong trào ở bước “Họp Hội đồng”.")
    if queries.has_unfinished_meeting(campaign.id):
        refuse("Cuộc họp trước chưa xác nhận biên bản.")
    standing_in = {row.member_id for row in queries.stand_ins(campaign.id)} - set(also)
    day = local_date(starts_at)
    sitting = [row for row in members if not row.why_away(day) and row.id not in standing_in]
    _demand_led(members, sitting, day)
    meeting = _next_meeting(campaign, sitting, at)
    edit_meeting(
        meeting, place=place, starts_at=starts_at, opinions_until=opinions_until, agenda=agenda
    )
    db.session.add(meeting)
    db.session.flush()
    db.session.add_all([Attendance(meeting_id=meeting.id, member_id=row.id) for row in sitting])
    db.session.flush()
    return meeting


_STEERING = frozenset({CouncilFunction.CHAIR, CouncilFunction.SECRETARY})


def _demand_led(
    members: Sequence[CouncilMember], sitting: Sequence[CouncilMember], day: date
) -> None:
    """Hội đồng có Chủ tịch và Thư ký; who is one and not in office that day is named."""
    lacking = _STEERING - {row.function for row in sitting}
    for row in members:
        if row.function in lacking and row.left_on is None:
            refuse(
                f"{row.user.full_name}, {row.function.label}, {row.why_away(day)} vào ngày họp "
                f"{format_date(day)}; hãy sửa nhiệm kỳ hoặc cử người khác trước khi mời họp.",
                "starts_at",
            )
    if lacking:
        refuse("Hội đồng phải có Chủ tịch và Thư ký trước khi mời họp.")


def _next_meeting(campaign: Campaign, sitting: Sequence[CouncilMember], at: datetime) -> Meeting:
    """Cuộc họp kế tiếp, led by the council's chair and secretary, under the campaign's quorum."""
    leading = {row.function: row.id for row in reversed(sitting)}
    return Meeting(
        campaign_id=campaign.id,
        number=queries.last_meeting_number(campaign.id) + 1,
        called_at=at,
        chair_id=leading[CouncilFunction.CHAIR],
        secretary_id=leading[CouncilFunction.SECRETARY],
        quorum_numerator=campaign.quorum[0],
        quorum_denominator=campaign.quorum[1],
    )


def invite(meeting: Meeting, stand_ins: Collection[int]) -> None:
    """Mời thêm người đã dự thay ở cuộc họp trước, with a seat of their own: until it opens."""
    demand_standing(meeting)
    if meeting.opened_at is not None:
        refuse("Cuộc họp đã khai mạc; giấy mời không sửa được nữa.")
    on_roll = set(queries.roll(meeting.id).presence)
    offered = {row.member_id for row in queries.stand_ins(meeting.campaign_id)} - on_roll
    db.session.add_all(
        [
            Attendance(meeting_id=meeting.id, member_id=number)
            for number in sorted(offered.intersection(stand_ins))
        ]
    )
    follow(meeting)


def edit_meeting(
    meeting: Meeting,
    *,
    place: str,
    starts_at: datetime,
    opinions_until: datetime | None,
    agenda: str,
) -> None:
    """Sửa giấy mời: until the meeting opens."""
    demand_standing(meeting)
    if meeting.opened_at is not None:
        refuse("Cuộc họp đã khai mạc; giấy mời không sửa được nữa.")
    if not one_line(place):
        refuse("Hãy ghi nơi họp.", "place")
    if opinions_until is not None and opinions_until > starts_at:
        refuse("Hạn gửi ý kiến phải trước giờ họp.", "opinions_until")
    meeting.place, meeting.starts_at = one_line(place), starts_at
    meeting.opinions_until, meeting.agenda = opinions_until, nfc(agenda).strip()


def cancel_meeting(meeting: Meeting, *, reason: str, at: datetime) -> None:
    """Huỷ cuộc họp đã mời, with a reason, before it opens: what was prepared for it stays on record
    and is free to be put before the next one.
    """
    demand_standing(meeting)
    why = needed_reason(reason, "Hãy ghi lý do huỷ cuộc họp.")
    if meeting.state is not MeetingState.CALLED:
        refuse("Cuộc họp đã khai mạc nên không huỷ được nữa; muốn dừng họp, hãy bế mạc.")
    follow(meeting)
    meeting.state, meeting.cancelled_at, meeting.cancel_reason = MeetingState.CANCELLED, at, why
    db.session.flush()


def demand_standing(meeting: Meeting) -> None:
    """Cuộc họp không bị huỷ: of one that was called off nothing changes any more."""
    if meeting.state is MeetingState.CANCELLED:
        refuse("Cuộc họp đã huỷ, không sửa được gì nữa; hãy mời cuộc họp khác.")


def appoint(meeting: Meeting, *, chair_id: int, secretary_id: int) -> None:
    """Cử người chủ trì và thư ký cuộc họp: of those on the roll, where the usual ones are away;
    once it has opened, of those who are here.
    """
    roll = queries.roll(meeting.id)
    presence = {member for member, how in roll.presence.items() if how is not Presence.REPLACED}
    if meeting.closed_at is not None:
        refuse("Cuộc họp đã bế mạc.")
    if chair_id == secretary_id or not {chair_id, secretary_id} <= presence:
        refuse("Chủ trì và thư ký là hai thành viên khác nhau trong danh sách dự họp.", "chair_id")
    chosen = {chair_id, secretary_id} - {meeting.chair_id, meeting.secretary_id}
    if meeting.opened_at is not None and chosen - roll.present:
        refuse("Cuộc họp đã khai mạc: chỉ cử được người đang có mặt.", "chair_id")
    meeting.chair_id, meeting.secretary_id = chair_id, secretary_id
    follow(meeting)


def set_presence(
    meeting: Meeting, row: Attendance, presence: Presence, *, reason: str, at: datetime
) -> None:
    """Điểm danh: who came, who did not and why; after the opening one leaves, and is not absent."""
    demand_roll_call(meeting, row, presence)
    if presence in {Presence.ABSENT, Presence.LEFT} and not one_line(reason):
        refuse("Hãy ghi lý do.", "reason")
    if presence is Presence.LEFT and row.presence is Presence.LEFT:
        return  # said twice: the first moment holds
    demand_possible(row, presence, local_date(at))
    row.reason = why_told(meeting, row, presence, one_line(reason), at)
    row.presence = presence
    row.left_at = at if presence is Presence.LEFT else None
    follow(meeting)


def follow(meeting: Meeting) -> None:
    """Raise the meeting's version, which every screen follows: of one that was not cancelled."""
    demand_standing(meeting)
    meeting.version += 1
    db.session.flush()


def replace(
    meeting: Meeting,
    row: Attendance,
    substitute: CouncilMember,
    *,
    reason: str,
    on: date,
    is_voting: bool,
    leaves_on: date | None = None,
) -> None:
    """Thay thành viên: another member of the council takes the seat; the one replaced no longer
    counts; not while a vote is open (`is_voting`).

    For this meeting only, unless the one replaced leaves the council on `leaves_on`.
    """
    why = needed_reason(reason, "Hãy ghi lý do thay thành viên.")
    _demand_on_roll(meeting, row, is_voting=is_voting)
    _demand_free(meeting, substitute, on)
    if row.member_id in {meeting.chair_id, meeting.secretary_id}:
        refuse("Hãy cử người chủ trì hoặc thư ký khác trước khi thay người này.")
    until = "chỉ trong cuộc họp này"
    if leaves_on:
        until = f"thôi làm thành viên Hội đồng từ ngày {format_date(leaves_on)}"
    row.presence, row.reason = Presence.REPLACED, f"{why}; {until}"
    db.session.add(
        Attendance(
            meeting_id=meeting.id,
            member_id=substitute.id,
            presence=Presence.PRESENT,
            replaces_id=row.member_id,
            reason=why,
        )
    )
    db.session.flush()
    if leaves_on is not None:
        member = council.member(meeting.campaign_id, row.member_id)
        membership.leave(member, reason=why, on=leaves_on)
    follow(meeting)


def _demand_on_roll(meeting: Meeting, row: Attendance, *, is_voting: bool) -> None:
    """Người được thay: still on the roll, and no vote is open that counts them."""
    if meeting.closed_at is not None or row.presence is Presence.REPLACED:
        refuse("Không thay được thành viên này nữa.")
    if is_voting:
        refuse("Đang có lượt biểu quyết; hãy kiểm phiếu rồi mới thay thành viên.")


def _demand_free(meeting: Meeting, substitute: CouncilMember, on: date) -> None:
    """Người thay: a member of this council, in office, who is not on the roll."""
    if (
        substitute.id in queries.roll(meeting.id).presence
        or substitute.campaign_id != meeting.campaign_id
        or substitute.left_on is not None
    ):
        refuse(
            "Người thay phải là thành viên Hội đồng chưa có trong danh sách dự họp; "
            "hãy thêm vào Hội đồng trước.",
            "substitute_id",
        )
    if why := substitute.why_away(on):
        refuse(f"{substitute.user.full_name} {why}; hãy chọn người khác.", "substitute_id")


def open_meeting(meeting: Meeting, *, at: datetime) -> None:
    """Khai mạc: with a quorum, chair and secretary present; who did not come is absent."""
    demand_standing(meeting)
    if meeting.state is not MeetingState.CALLED:
        refuse("Cuộc họp đã khai mạc.")
    _leave_out_who_left(meeting, local_date(at))
    roll = queries.roll(meeting.id)
    demand_led(meeting)
    demand_quorum(meeting)
    _mark_absent(meeting)
    meeting.opening_present, meeting.opening_total = (
        len(roll.present),
        queries.roll(meeting.id).total,
    )
    meeting.state, meeting.opened_at = MeetingState.OPEN, at
    follow(meeting)


def demand_led(meeting: Meeting) -> None:
    """Có người chủ trì và thư ký: as it opens, and at each vote, for either may have left since."""
    if not {meeting.chair_id, meeting.secretary_id} <= queries.roll(meeting.id).present:
        refuse("Người chủ trì và thư ký phải có mặt; nếu vắng, hãy cử người khác.")


def _mark_absent(meeting: Meeting) -> None:
    """Vắng mặt không báo lý do: who was invited and of whom nothing was said."""
    for row in queries.attendances(meeting.id):
        if row.presence is Presence.INVITED:
            row.presence, row.reason = Presence.ABSENT, "không báo lý do"


def _leave_out_who_left(meeting: Meeting, on: date) -> None:
    """Bỏ khỏi danh sách người không còn là thành viên: who has left since the call, or whose term
    is over; the total is that of the council as it opens.
    """
    for row in queries.attendances(meeting.id):
        why = row.member.why_away(on)
        if not why or row.presence is Presence.REPLACED:
            continue
        if row.presence not in {Presence.INVITED, Presence.ABSENT}:
            refuse(
                f"{row.member.user.full_name} {why}; hãy ghi vắng mặt hoặc người thay trước khi "
                "khai mạc."
            )
        db.session.delete(row)
    db.session.flush()


def demand_in_office(meeting: Meeting, on: date) -> None:
    """Ai có mặt thì đang là thành viên: who has left the Council since, or whose term is over, no
    longer counts among those present.
    """
    for row in queries.attendances(meeting.id):
        if row.presence is Presence.PRESENT and (why := row.member.why_away(on)):
            refuse(f"{row.member.user.full_name} {why}; hãy ghi rời họp, hoặc người thay.")


def quorum_problem(meeting: Meeting) -> str | None:
    """Chưa đủ điều kiện họp: the sentence, where too few are here."""
    roll = queries.roll(meeting.id)
    here = len(roll.present)
    if is_quorate(here, roll.total, meeting.quorum_numerator, meeting.quorum_denominator):
        return None
    return (
        f"Chưa đủ điều kiện họp: có mặt {here}/{roll.total}, phải đạt "
        f"{majority_text(meeting.quorum_numerator, meeting.quorum_denominator)}."
    )


def demand_quorum(meeting: Meeting) -> None:
    """Đủ điều kiện họp."""
    if problem := quorum_problem(meeting):
        refuse(problem)


def demand_quorum_of(meeting: Meeting, share: tuple[int, int]) -> None:
    """Cuộc họp xét khen thưởng đòi hỏi tỷ lệ có mặt cao hơn: asked for from now on."""
    if share[0] * meeting.quorum_denominator > meeting.quorum_numerator * share[1]:
        meeting.quorum_numerator, meeting.quorum_denominator = share
        follow(meeting)


def receive_opinion(
    meeting: Meeting,
    row: Attendance,
    *,
    by: User,
    at: datetime,
    scan: tuple[str, StoredContent] | None = None,
) -> None:
    """Nhận phiếu lấy ý kiến of a member who will be absent, until the deadline; entered for
    another, it needs the scan.
    """
    _demand_opinion_time(meeting, row, at)
    if by.id != row.member.user_id and scan is None:
        refuse("Nhập thay thành viên phải kèm bản chụp phiếu lấy ý kiến.", "scan")
    if scan is not None:
        _keep_scan(row, *scan)
    row.presence, row.reason = Presence.WRITTEN, row.reason or "gửi ý kiến bằng văn bản"
    follow(meeting)


def _keep_scan(row: Attendance, name: str, stored: StoredContent) -> None:
    """Giữ bản chụp phiếu lấy ý kiến of one member."""
    db.session.add(
        OpinionScan(
            meeting_id=row.meeting_id,
            member_id=row.member_id,
            file_name=name,
            media_type=stored.media_type,
            size=stored.size,
            sha256=stored.sha256,
            storage_key=stored.storage_key,
        )
    )


def _demand_opinion_time(meeting: Meeting, row: Attendance, at: datetime) -> None:
    demand_standing(meeting)
    if meeting.opened_at is not None:
        refuse("Cuộc họp đã khai mạc; không nhận phiếu lấy ý kiến nữa.")
    if meeting.opinions_until is None:
        refuse("Cuộc họp này không lấy ý kiến bằng văn bản.")
    elif at > meeting.opinions_until:
        refuse("Đã hết hạn gửi phiếu lấy ý kiến.")
    if row.presence is Presence.REPLACED:
        refuse("Thành viên này đã có người thay.")


def close_meeting(meeting: Meeting, *, unfinished: Sequence[int], at: datetime) -> None:
    """Bế mạc: no ballot open, none left unopened (`unfinished`, by number)."""
    if meeting.state is not MeetingState.OPEN:
        refuse("Cuộc họp không ở trạng thái đang họp.")
    if unfinished:
        refuse(f"Còn lượt biểu quyết số {unfinished[0]} chưa xong; hãy bỏ phiếu hoặc xoá lượt đó.")
    meeting.state, meeting.closed_at = MeetingState.CLOSED, at
    follow(meeting)


def save_notes(meeting: Meeting, notes: str) -> None:
    """Ghi thêm vào biên bản: by the secretary, until the chair confirms."""
    demand_standing(meeting)
    if meeting.state is MeetingState.CONFIRMED:
        refuse("Biên bản đã được xác nhận, không sửa được nữa.")
    meeting.notes = nfc(notes).strip()
