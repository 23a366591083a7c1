"""Bỏ phiếu: calling and steering a meeting, opening and closing ballots, casting papers."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from dataclasses import replace as replace_rule
from datetime import date, datetime

from flask import current_app
from sqlalchemy import delete, func, select, text
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from campaign.accounts.models import User
from campaign.audit import recorder
from campaign.core.dates import format_date, format_moment
from campaign.core.errors import refuse
from campaign.core.majorities import majority_text
from campaign.core.text import Likeness, likeness, nfc, one_line
from campaign.core.vote_rules import Base, Mode, VoteRule, rule_problem
from campaign.council import actions as membership
from campaign.council import queries as council
from campaign.council.models import CouncilMember
from campaign.council.rules import CouncilFunction, RecusalOrigin
from campaign.extensions import db
from campaign.files.storage import Stored
from campaign.meeting import queries as meetings
from campaign.meeting.models import Attendance, Meeting, OpinionScan
from campaign.meeting.rules import MeetingState, Presence, is_quorate
from campaign.planning.models import Campaign
from campaign.planning.rules import Phase
from campaign.voting import keys, queries, urn
from campaign.voting.models import (
    Ballot,
    BallotLine,
    Declined,
    LineRecusal,
    OpenVote,
    Turnout,
    Urn,
    WrittenOpinion,
)
from campaign.voting.rules import (
    BallotState,
    Choice,
    Count,
    Form,
    Outcome,
    count_line,
    name_on,
    outcomes,
    paper_problem,
    told_apart,
)

KEYS_LOCK = 7_019_512_023
"""The advisory lock of the folder of keys on PostgreSQL; SQLite has one writer anyway."""
PLURALITY = (1, 1000)
"""Tỷ lệ của lượt chỉ hỏi thứ tự: lines that reached the threshold before, or units tied in the
ranking.
"""


@dataclass(frozen=True)
class LineSpec:
    """Dòng đưa ra biểu quyết: what the screen says, the unit it is about, who else is not given it
    (member → reason), and
    the summary of achievements for the minutes.
    """

    label: str
    detail: str = ""
    subject_id: int | None = None
    participation_id: int | None = None
    recused: Mapping[int, str] = field(default_factory=dict)
    merit: str = ""


def _reason(given: str, sentence: str) -> str:
    found = one_line(given)
    if not found:
        refuse(sentence, "reason")
    return found


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
    """Mời họp: every member in office is on the roll; the council needs its chair and a secretary.

    Whoever only sat on another's seat at the last meeting is on it where he is named in `also`.
    """
    if campaign.phase is not Phase.MEETING:
        refuse("Chỉ mời họp khi phong trào ở bước “Họp Hội đồng”.")
    if meetings.has_unfinished_meeting(campaign.id):
        refuse("Cuộc họp trước chưa xác nhận biên bản.")
    standing_in = {one.member_id for one in meetings.stand_ins(campaign.id)} - set(also)
    sitting = [one for one in members if one.left_on is None and one.id not in standing_in]
    chair = next((one for one in sitting if one.function is CouncilFunction.CHAIR), None)
    secretary = next((one for one in sitting if one.function is CouncilFunction.SECRETARY), None)
    if chair is None or secretary is None:
        refuse("Hội đồng phải có Chủ tịch và Thư ký trước khi mời họp.")
    meeting = Meeting(
        campaign_id=campaign.id,
        number=meetings.last_meeting_number(campaign.id) + 1,
        called_at=at,
        chair_id=chair.id,
        secretary_id=secretary.id,
        place="",
        starts_at=starts_at,
        quorum_numerator=campaign.quorum[0],
        quorum_denominator=campaign.quorum[1],
    )
    edit_meeting(
        meeting, place=place, starts_at=starts_at, opinions_until=opinions_until, agenda=agenda
    )
    db.session.add(meeting)
    db.session.flush()
    db.session.add_all([Attendance(meeting_id=meeting.id, member_id=one.id) for one in sitting])
    db.session.flush()
    return meeting


def invite(meeting: Meeting, stand_ins: Collection[int]) -> None:
    """Mời thêm người đã dự thay ở cuộc họp trước, as members with seats of their own: until the
    meeting opens.
    """
    if meeting.opened_at is not None:
        refuse("Cuộc họp đã khai mạc; giấy mời không sửa được nữa.")
    offered = {one.member_id for one in meetings.stand_ins(meeting.campaign_id)} - set(
        meetings.roll(meeting.id).presence
    )
    db.session.add_all(
        [
            Attendance(meeting_id=meeting.id, member_id=number)
            for number in sorted(offered.intersection(stand_ins))
        ]
    )
    _follow(meeting)


def edit_meeting(
    meeting: Meeting,
    *,
    place: str,
    starts_at: datetime,
    opinions_until: datetime | None,
    agenda: str,
) -> None:
    """Sửa giấy mời: until the meeting opens."""
    if meeting.opened_at is not None:
        refuse("Cuộc họp đã khai mạc; giấy mời không sửa được nữa.")
    if not one_line(place):
        refuse("Hãy ghi nơi họp.", "place")
    if opinions_until is not None and opinions_until > starts_at:
        refuse("Hạn gửi ý kiến phải trước giờ họp.", "opinions_until")
    meeting.place, meeting.starts_at = one_line(place), starts_at
    meeting.opinions_until, meeting.agenda = opinions_until, nfc(agenda).strip()


def appoint(meeting: Meeting, *, chair_id: int, secretary_id: int) -> None:
    """Cử người chủ trì và thư ký cuộc họp: of those on the roll, where the usual ones are away."""
    presence = meetings.roll(meeting.id).presence
    if meeting.closed_at is not None:
        refuse("Cuộc họp đã bế mạc.")
    if chair_id == secretary_id or not {chair_id, secretary_id} <= set(presence):
        refuse("Chủ trì và thư ký là hai thành viên khác nhau trong danh sách dự họp.", "chair_id")
    meeting.chair_id, meeting.secretary_id = chair_id, secretary_id
    _follow(meeting)


def set_presence(
    meeting: Meeting, row: Attendance, presence: Presence, *, reason: str, at: datetime
) -> None:
    """Điểm danh: who came, who did not and why; whoever leaves after the opening is said to have
    left.
    """
    if meeting.closed_at is not None:
        refuse("Cuộc họp đã bế mạc; điểm danh không sửa được nữa.")
    if row.presence is Presence.REPLACED:
        refuse("Thành viên này đã có người thay.")
    if presence in {Presence.INVITED, Presence.REPLACED}:
        refuse("Điểm danh chỉ ghi có mặt, vắng mặt hoặc rời họp.")
    if presence in {Presence.ABSENT, Presence.LEFT} and not one_line(reason):
        _reason("", "Hãy ghi lý do.")
    if presence is Presence.LEFT and row.presence is not Presence.PRESENT:
        refuse("Chỉ người đang có mặt mới rời họp.")
    if presence is Presence.WRITTEN:
        refuse("Người vắng mặt gửi ý kiến được ghi khi nhập phiếu lấy ý kiến.")
    if (
        presence is Presence.PRESENT
        and db.session.get_one(CouncilMember, row.member_id).left_on is not None
    ):
        refuse("Người này đã thôi làm thành viên Hội đồng.")
    came = _coming(meeting, row, at) if presence is Presence.PRESENT else ""
    row.presence, row.reason = presence, came or one_line(reason)
    row.left_at = at if presence is Presence.LEFT else None
    _follow(meeting)


def _coming(meeting: Meeting, row: Attendance, at: datetime) -> str:
    """What the minutes tell of somebody who comes while the meeting is on: that he was late, or was
    away and when.
    """
    if meeting.opened_at is None or row.presence is Presence.PRESENT:
        return row.reason if row.presence is Presence.PRESENT else ""
    if row.left_at is None:
        return f"đến lúc {format_moment(at)}"
    return (
        f"rời họp lúc {format_moment(row.left_at)} ({row.reason}), trở lại lúc {format_moment(at)}"
    )


def _follow(meeting: Meeting) -> None:
    """Raise the meeting's version, which every screen follows."""
    meeting.version += 1
    db.session.flush()


def replace(
    meeting: Meeting,
    row: Attendance,
    substitute: CouncilMember,
    *,
    reason: str,
    leaves_on: date | None = None,
) -> None:
    """Thay thành viên: another member of the council takes the seat; the one replaced no longer
    counts.

    For this meeting only, unless the one replaced leaves the council on `leaves_on`.
    """
    why = _reason(reason, "Hãy ghi lý do thay thành viên.")
    presence = meetings.roll(meeting.id).presence
    if meeting.closed_at is not None or row.presence is Presence.REPLACED:
        refuse("Không thay được thành viên này nữa.")
    if any(one.state is BallotState.OPEN for one in queries.ballots(meeting.id)):
        refuse("Đang có lượt biểu quyết; hãy kiểm phiếu rồi mới thay thành viên.")
    if (
        substitute.id in presence
        or substitute.campaign_id != meeting.campaign_id
        or substitute.left_on is not None
    ):
        refuse(
            "Người thay phải là thành viên Hội đồng chưa có trong danh sách dự họp; "
            "hãy thêm vào Hội đồng trước.",
            "substitute_id",
        )
    if row.member_id in {meeting.chair_id, meeting.secretary_id}:
        refuse("Hãy cử người chủ trì hoặc thư ký khác trước khi thay người này.")
    until = (
        f"thôi làm thành viên Hội đồng từ ngày {format_date(leaves_on)}"
        if leaves_on
        else "chỉ trong cuộc họp này"
    )
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
        membership.leave(
            council.member(meeting.campaign_id, row.member_id), reason=why, on=leaves_on
        )
    _keep_away(
        meeting,
        [one.id for one in queries.ballots(meeting.id) if one.state is BallotState.PREPARED],
    )
    _follow(meeting)


def open_meeting(meeting: Meeting, *, at: datetime) -> None:
    """Khai mạc: with a quorum, chair and secretary present; whoever was invited and did not come is
    absent.
    """
    if meeting.state is not MeetingState.CALLED:
        refuse("Cuộc họp đã khai mạc.")
    _leave_out_who_left(meeting)
    roll = meetings.roll(meeting.id)
    if not {meeting.chair_id, meeting.secretary_id} <= roll.present:
        refuse("Người chủ trì và thư ký phải có mặt; nếu vắng, hãy cử người khác.")
    _demand_quorum(meeting)
    for row in meetings.attendances(meeting.id):
        if row.presence is Presence.INVITED:
            row.presence, row.reason = Presence.ABSENT, "không báo lý do"
    meeting.opening_present, meeting.opening_total = (
        len(roll.present),
        meetings.roll(meeting.id).total,
    )
    meeting.state, meeting.opened_at = MeetingState.OPEN, at
    _follow(meeting)


def _leave_out_who_left(meeting: Meeting) -> None:
    """Bỏ khỏi danh sách người đã thôi làm thành viên since the call: the total is that of the
    council as it opens.
    """
    for row in meetings.attendances(meeting.id):
        if row.member.left_on is None or row.presence is Presence.REPLACED:
            continue
        if row.presence not in {Presence.INVITED, Presence.ABSENT}:
            refuse(
                f"{row.member.user.full_name} đã thôi làm thành viên Hội đồng; hãy ghi vắng "
                "mặt hoặc người thay trước khi khai mạc."
            )
        db.session.delete(row)
    db.session.flush()


def quorum_problem(meeting: Meeting) -> str | None:
    """Chưa đủ điều kiện họp: the sentence, where too few are here."""
    roll = meetings.roll(meeting.id)
    here = len(roll.present)
    if is_quorate(here, roll.total, meeting.quorum_numerator, meeting.quorum_denominator):
        return None
    return (
        f"Chưa đủ điều kiện họp: có mặt {here}/{roll.total}, phải đạt "
        f"{majority_text(meeting.quorum_numerator, meeting.quorum_denominator)}."
    )


def _demand_quorum(meeting: Meeting) -> None:
    """Đủ điều kiện họp."""
    if problem := quorum_problem(meeting):
        refuse(problem)


def close_meeting(meeting: Meeting, *, at: datetime) -> None:
    """Bế mạc: no ballot open, none left unopened."""
    if meeting.state is not MeetingState.OPEN:
        refuse("Cuộc họp không ở trạng thái đang họp.")
    left = [one for one in queries.ballots(meeting.id) if one.state is not BallotState.CLOSED]
    if left:
        refuse(f"Còn lượt biểu quyết số {left[0].number} chưa xong; hãy bỏ phiếu hoặc xoá lượt đó.")
    meeting.state, meeting.closed_at = MeetingState.CLOSED, at
    _follow(meeting)


def prepare_ballot(
    meeting: Meeting,
    *,
    title: str,
    lines: Sequence[LineSpec],
    rule: VoteRule,
    form: Form = Form.APPROVE,
    places: int | None = None,
    repeats: Ballot | None = None,
    reason: str = "",
    standards: str = "",
    follows: Ballot | None = None,
) -> Ballot:
    """Chuẩn bị một lượt biểu quyết: lines in order, and who is not given which; `follows`: whose
    free places it gets.
    """
    if meeting.closed_at is not None:
        refuse("Cuộc họp đã bế mạc.")
    if not one_line(title):
        refuse("Hãy ghi nội dung biểu quyết.", "title")
    if not lines:
        refuse("Cần ít nhất một dòng để biểu quyết.", "lines")
    if problem := rule_problem(rule):
        refuse(problem, "share")
    if form is Form.CHOOSE and (places is None or not 0 < places < len(lines)):
        refuse("Chọn trong danh sách thì số được chọn phải lớn hơn 0 và ít hơn số dòng.", "places")
    ballot = Ballot(
        meeting_id=meeting.id,
        number=queries.last_number(meeting.id) + 1,
        title=one_line(title),
        form=form,
        mode=rule.mode,
        base=rule.base,
        numerator=rule.numerator,
        denominator=rule.denominator,
        is_strict=rule.is_strict,
        keeps_recused=rule.keeps_recused,
        places=places,
        needs_chair=rule.needs_chair,
        chair_decides=rule.chair_decides,
        ordering=rule.ordering,
        minimum_papers=rule.minimum_papers,
        follows_id=follows.id if follows else None,
        repeats_id=repeats.id if repeats else None,
        repeat_reason=reason,
        standards=standards,
    )
    db.session.add(ballot)
    db.session.flush()
    members = set(meetings.roll(meeting.id).presence)
    for position, spec in enumerate(lines, start=1):
        line = BallotLine(
            ballot_id=ballot.id,
            position=position,
            label=spec.label,
            detail=spec.detail,
            merit=spec.merit,
            subject_id=spec.subject_id,
            participation_id=spec.participation_id,
        )
        db.session.add(line)
        db.session.flush()
        db.session.add_all(
            [
                LineRecusal(line_id=line.id, member_id=member, reason=why)
                for member, why in spec.recused.items()
                if member in members
            ]
        )
    db.session.flush()
    _keep_away(meeting, [ballot.id])
    _follow(meeting)
    return ballot


def _keep_away(meeting: Meeting, ballot_ids: Sequence[int]) -> None:
    """Nobody on the roll is given a line about a unit he is kept away from, or about himself:
    whatever was said before,
    also who joined the meeting or whose interest became known after the ballot was prepared.
    """
    present = meetings.roll(meeting.id).presence
    members = [one for one in council.members(meeting.campaign_id) if one.id in present]
    kept = council.recusals_by_member(meeting.campaign_id, members)
    recused, lifted = queries.recusals_of(ballot_ids), queries.lifted(meeting.campaign_id)
    for line, unit_id in queries.lines_with_units(ballot_ids):
        for member in members:
            ground = kept[member.id].get(unit_id) if unit_id is not None else None
            why = _why_kept_away(line, member, ground)
            is_own = ground is not None and ground.origin is RecusalOrigin.OWN_UNIT
            is_lifted = (member.id, (line.label, line.participation_id)) in lifted and not is_own
            if why and not is_lifted and member.id not in recused.get(line.id, {}):
                _keep_from_line(line.id, member.id, why)
    db.session.flush()


def _why_kept_away(line: BallotLine, member: CouncilMember, ground: council.Kept | None) -> str:
    """Lý do không biểu quyết, or nothing: a name makes a person only with his unit."""
    has_his_name = likeness(name_on(line.label), member.user.full_name) is Likeness.SAME
    is_own = ground is not None and ground.origin is RecusalOrigin.OWN_UNIT
    if has_his_name and (is_own or member.user.unit_id is None):
        return "là người được đề nghị"
    return (ground.reason or ground.origin.label) if ground is not None else ""


def _keep_from_line(line_id: int, member_id: int, why: str) -> None:
    row = db.session.get(LineRecusal, (line_id, member_id))
    if row is None:
        row = LineRecusal(line_id=line_id, member_id=member_id)
        db.session.add(row)
    row.reason, row.lifted_reason, row.lifted_at, row.lifted_by_id = why, "", None, None


def lift_recusal(
    meeting: Meeting,
    ballot: Ballot,
    line_id: int,
    member_id: int,
    *,
    reason: str,
    by: User,
    at: datetime,
) -> None:
    """Bỏ việc không biểu quyết ghi nhầm: by the chair, with a reason, before the member has
    voted.
    """
    why = _reason(reason, "Hãy ghi lý do cho thành viên biểu quyết dòng này.")
    if ballot.state is BallotState.CLOSED:
        refuse("Lượt biểu quyết đã kiểm phiếu.")
    if member_id not in queries.recusals_of([ballot.id]).get(line_id, {}):
        refuse("Thành viên này vẫn biểu quyết dòng ấy.")
    if ballot.state is BallotState.OPEN and member_id in queries.voted(ballot):
        refuse("Thành viên này đã bỏ phiếu lượt này; muốn sửa, hãy huỷ lượt rồi bỏ phiếu lại.")
    line, ground = _ground_of(meeting, ballot, line_id, member_id)
    if ground is not None and ground.origin is RecusalOrigin.OWN_UNIT:
        refuse("Đây là đơn vị của chính thành viên này nên không bỏ được.")
    _lift(line, member_id, why, by=by, at=at)
    _follow(meeting)


def tell_apart(
    meeting: Meeting,
    ballot: Ballot,
    line_id: int,
    member_id: int,
    *,
    reason: str,
    by: User,
    at: datetime,
) -> None:
    """Xác nhận hai người trùng tên là hai người: nothing keeps the member from the line."""
    why = _reason(reason, "Hãy ghi vì sao đây là hai người khác nhau.")
    if ballot.state is not BallotState.PREPARED:
        refuse("Lượt biểu quyết đã mở; danh sách người biểu quyết đã cố định.")
    asked = {(row.line_id, row.member_id) for row in queries.namesakes(meeting, [ballot.id])}
    if (line_id, member_id) not in asked:
        refuse("Không còn câu hỏi nào về hai tên này.")
    line, _ = _ground_of(meeting, ballot, line_id, member_id)
    db.session.add(LineRecusal(line_id=line_id, member_id=member_id, reason="trùng họ tên"))
    _lift(line, member_id, why, by=by, at=at)
    _follow(meeting)


def _ground_of(
    meeting: Meeting, ballot: Ballot, line_id: int, member_id: int
) -> tuple[BallotLine, council.Kept | None]:
    """The line, and on what ground the member is kept away from its unit."""
    line, unit_id = next(
        (line, unit_id)
        for line, unit_id in queries.lines_with_units([ballot.id])
        if line.id == line_id
    )
    kept = council.recusals_of(council.member(meeting.campaign_id, member_id))
    return line, kept.get(unit_id) if unit_id is not None else None


def _lift(line: BallotLine, member_id: int, why: str, *, by: User, at: datetime) -> None:
    db.session.flush()
    row = db.session.get_one(LineRecusal, (line.id, member_id))
    row.lifted_reason, row.lifted_at, row.lifted_by_id = why, at, by.id


def recuse(meeting: Meeting, ballot: Ballot, line_id: int, member_id: int, *, reason: str) -> None:
    """Không biểu quyết một dòng: declared by the member or decided by the chair, before the ballot
    opens.
    """
    why = _reason(reason, "Hãy ghi lý do không biểu quyết.")
    if ballot.state is not BallotState.PREPARED:
        refuse("Lượt biểu quyết đã mở; danh sách người biểu quyết đã cố định.")
    if line_id not in {line.id for line in queries.lines_of([ballot.id])[ballot.id]}:
        refuse("Dòng này không thuộc lượt biểu quyết.", "line_id")
    if member_id not in meetings.roll(meeting.id).presence:
        refuse("Người này không có trong danh sách dự họp.", "member_id")
    if member_id in queries.recusals_of([ballot.id]).get(line_id, {}):
        return
    _keep_from_line(line_id, member_id, why)
    _follow(meeting)


def remove_ballot(meeting: Meeting, ballot: Ballot) -> None:
    """Xoá một lượt chưa mở; what was said in writing about it goes too."""
    if ballot.state is not BallotState.PREPARED:
        refuse("Lượt đã mở không xoá được.")
    if any(queries.opinions([ballot.id]).values()):
        refuse(
            "Đã có người gửi ý kiến về lượt này nên không xoá được; muốn bỏ, hãy mở lượt rồi "
            "huỷ với lý do."
        )
    db.session.delete(ballot)
    _follow(meeting)


def open_ballot(meeting: Meeting, ballot: Ballot, *, at: datetime) -> None:
    """Mở bỏ phiếu: one at a time, with a quorum; a secret one gets an empty sealed urn and
    its key.
    """
    if meeting.state is not MeetingState.OPEN:
        refuse("Cuộc họp chưa khai mạc hoặc đã bế mạc.")
    if ballot.state is not BallotState.PREPARED:
        refuse("Lượt này đã mở hoặc đã kiểm phiếu.")
    if any(one.state is BallotState.OPEN for one in queries.ballots(meeting.id)):
        refuse("Đang có lượt biểu quyết khác; hãy kiểm phiếu lượt đó trước.")
    _demand_quorum(meeting)
    _keep_away(meeting, [ballot.id])
    if asked := [row for row in queries.namesakes(meeting, [ballot.id]) if row.is_exact]:
        refuse(f"{asked[0].words} Hãy trả lời ở dòng đó rồi mở bỏ phiếu.")
    if not queries.voters(ballot):
        refuse("Không có thành viên nào có mặt được biểu quyết lượt này.")
    _take_free_places(meeting, ballot)
    if problem := secrecy_problem(ballot, queries.voters(ballot)):
        refuse(problem)
    ballot.state, ballot.opened_at = BallotState.OPEN, at
    if ballot.mode is Mode.SECRET:
        _hold_keys()
        key_name, sealed = urn.seal(ballot.id, urn.Papers())
        db.session.add(Urn(ballot_id=ballot.id, sealed=sealed, key_name=key_name))
    _follow(meeting)


def _take_free_places(meeting: Meeting, ballot: Ballot) -> None:
    """Suất còn lại của lượt trước: what those who did not pass there leave free comes to
    this one.
    """
    if ballot.follows_id is None or ballot.places is None:
        return
    before = queries.ballot(meeting.id, ballot.follows_id)
    lines = queries.lines_of([before.id])[before.id]
    newest = queries.results_for(
        meeting.campaign_id, [line.subject_id for line in lines if line.subject_id is not None]
    )
    if any(line.outcome is None for _, line in newest.values()):
        refuse(
            f"Hãy kiểm phiếu lượt {before.number} trước: suất mà lượt đó để lại thuộc về lượt này."
        )
    ballot.places += sum(
        line.outcome is not Outcome.ELECTED and not one.annulled_reason
        for one, line in newest.values()
    )


def _names(meeting_id: int, members: Collection[int]) -> str:
    return ", ".join(
        row.member.user.full_name
        for row in meetings.attendances(meeting_id)
        if row.member_id in members
    )


def secrecy_problem(ballot: Ballot, voting_now: Collection[int], *, advice: str = "") -> str | None:
    """Phiếu kín có thể lộ: too few papers on a line, or the same line was counted in this meeting
    from all but a few of
    the same people, so that subtracting one result from the other would tell what those chose.
    """
    if ballot.mode is not Mode.SECRET:
        return None
    kept = queries.recusals_of([ballot.id])
    able = {
        line.id: frozenset(voting_now) - set(kept.get(line.id, {}))
        for line in queries.lines_of([ballot.id])[ballot.id]
    }
    for line in queries.lines_of([ballot.id])[ballot.id]:
        if len(able[line.id]) < ballot.minimum_papers:
            return (
                f"Dòng “{line.label}” chỉ có {len(able[line.id])} người bỏ phiếu; dưới "
                f"{ballot.minimum_papers} phiếu thì "
                f"không mở hòm phiếu kín, vì kết quả cho biết ai chọn gì.{advice}"
            )
    for one in queries.counted_before(ballot):
        if one.is_same_meeting and (
            few := told_apart(one.voters, able[one.line_id], ballot.minimum_papers)
        ):
            return (
                f"Dòng “{one.label}” đã bỏ phiếu kín ở lượt {one.ballot}; hai lần chỉ khác "
                f"nhau ở {_names(ballot.meeting_id, few)}, "
                "nên lấy hai kết quả trừ đi nhau là biết người đó chọn gì. Hãy chờ đủ những "
                "người đã bỏ phiếu lượt "
                f"{one.ballot}, hoặc để dòng này đến cuộc họp sau.{advice}"
            )
    return None


def secrecy_notes(ballot: Ballot, voting_now: Collection[int]) -> list[str]:
    """Cảnh báo trước khi mở: the same line was counted at an earlier meeting from all but a few of
    the same people.
    """
    if ballot.mode is not Mode.SECRET or ballot.state is not BallotState.PREPARED:
        return []
    kept = queries.recusals_of([ballot.id])
    return [
        f"Dòng “{one.label}” đã bỏ phiếu kín ở lượt {one.ballot} của cuộc họp số {one.meeting} "
        "với gần như cùng những người: so hai "
        "kết quả có thể đoán được người chỉ bỏ phiếu một lần đã chọn gì."
        for one in queries.counted_before(ballot)
        if not one.is_same_meeting
        and told_apart(
            one.voters,
            frozenset(voting_now) - set(kept.get(one.line_id, {})),
            ballot.minimum_papers,
        )
    ]


def decline(meeting: Meeting, ballot: Ballot, member_id: int, *, reason: str, by: User) -> None:
    """Không tham gia lượt này: a member who is present and will give no paper; until it is closed
    he still may.
    """
    why = _reason(reason, "Hãy ghi lý do không tham gia.")
    if ballot.state is not BallotState.OPEN:
        refuse("Lượt biểu quyết này đã đóng.")
    if member_id not in queries.missing(ballot):
        refuse(
            "Chỉ ghi không tham gia cho người đang có mặt, được biểu quyết và chưa bỏ phiếu.",
            "member_id",
        )
    db.session.add(Declined(ballot_id=ballot.id, member_id=member_id, reason=why, by_id=by.id))
    _follow(meeting)


def _takes_part(ballot: Ballot, member_id: int) -> None:
    """Whoever votes after all takes part."""
    recorder.run(
        delete(Declined).where(Declined.ballot_id == ballot.id, Declined.member_id == member_id)
    )


def closing_problems(meeting: Meeting, ballot: Ballot) -> list[str]:
    """Vì sao chưa kiểm phiếu được: who is missing, no quorum, papers too few to stay secret."""
    found = []
    if missing := queries.missing(ballot):
        found.append(
            f"Còn {len(missing)} người có mặt chưa bỏ phiếu: {_names(meeting.id, missing)}. "
            "Hãy chờ, hoặc ghi người rời họp, "
            "người không tham gia lượt này."
        )
    if problem := quorum_problem(meeting):
        found.append(
            f"{problem} Hãy chờ người vắng trở lại rồi kiểm phiếu, hoặc huỷ lượt này với lý do."
        )
    if problem := secrecy_problem(
        ballot,
        queries.voted(ballot),
        advice=" Lượt này chỉ có thể chờ thêm phiếu, hoặc huỷ mà không đếm.",
    ):
        found.append(problem)
    return found


def _paper(ballot: Ballot, member_id: int, given: Mapping[int, Choice]) -> dict[int, Choice]:
    """The paper of one member, complete: a line he leaves out is blank."""
    if member_id not in meetings.roll(ballot.meeting_id).present:
        refuse("Chỉ thành viên đang có mặt mới bỏ phiếu được.")
    allowed = [line.id for line in queries.may_vote_on(ballot, member_id)]
    if not allowed:
        refuse("Ông/Bà không biểu quyết dòng nào trong lượt này.")
    if problem := paper_problem(ballot.form, given, allowed, ballot.places):
        refuse(problem)
    paper = {line_id: given.get(line_id, Choice.BLANK) for line_id in allowed}
    if ballot.form is Form.CHOOSE and Choice.YES in paper.values():
        paper = {
            line_id: Choice.YES if choice is Choice.YES else Choice.NO
            for line_id, choice in paper.items()
        }
    return paper


def demand_unvoted(ballot: Ballot, member_id: int) -> None:
    """Chưa bỏ phiếu lượt này: told before anything is said of a second paper."""
    if member_id in queries.voted(ballot):
        refuse("Ông/Bà đã bỏ phiếu lượt này; mỗi thành viên chỉ bỏ một phiếu.")


def cast_secret(ballot: Ballot, member_id: int, given: Mapping[int, Choice]) -> str:
    """Bỏ phiếu kín: turnout and paper in one transaction; gives the receipt code, which is kept
    nowhere beside a name.

    Whoever holds the urn holds it alone, so two papers never overwrite each other; the key of the
    turnout
    decides which of two papers of one member was first.
    """
    sealed = queries.locked_urn(ballot.id)
    if ballot.state is not BallotState.OPEN or sealed is None:
        refuse("Lượt bỏ phiếu này đã đóng.")
    try:
        with db.session.begin_nested():
            db.session.add(Turnout(ballot_id=ballot.id, member_id=member_id))
    except IntegrityError:
        refuse("Ông/Bà đã bỏ phiếu lượt này; mỗi thành viên chỉ bỏ một phiếu.")
    paper = _paper(ballot, member_id, given)
    _takes_part(ballot, member_id)
    papers = urn.unseal(sealed.key_name, sealed.sealed)
    code = papers.add(paper)
    sealed.key_name, sealed.sealed = urn.seal(ballot.id, papers)
    db.session.flush()
    return code


def cast_open(ballot: Ballot, member_id: int, given: Mapping[int, Choice], *, by: User) -> None:
    """Biểu quyết công khai: by the member on his device, or his hand entered by the secretary;
    once.
    """
    if ballot.state is not BallotState.OPEN or ballot.mode is not Mode.OPEN:
        refuse("Lượt biểu quyết này đã đóng.")
    if member_id in queries.voted(ballot):
        refuse("Thành viên này đã biểu quyết lượt này.")
    paper = _paper(ballot, member_id, given)
    _takes_part(ballot, member_id)
    try:
        with db.session.begin_nested():
            db.session.add_all(
                [
                    OpenVote(line_id=line_id, member_id=member_id, choice=choice, by_id=by.id)
                    for line_id, choice in paper.items()
                ]
            )
    except IntegrityError:
        refuse("Thành viên này đã biểu quyết lượt này.")


def enter_opinion(
    meeting: Meeting,
    row: Attendance,
    given: Mapping[int, Choice],
    *,
    note: str,
    by: User,
    at: datetime,
    scan: tuple[str, Stored] | None = None,
) -> None:
    """Nhập phiếu lấy ý kiến of a member who will be absent: until the deadline, on lines not yet
    opened.

    Entered for another, it needs the scan of his paper.
    """
    _demand_opinion_time(meeting, row, at)
    if by.id != row.member.user_id and scan is None:
        refuse("Nhập thay thành viên phải kèm bản chụp phiếu lấy ý kiến.", "scan")
    ballots = [
        one
        for one in queries.ballots(meeting.id)
        if one.state is BallotState.PREPARED and one.form is Form.APPROVE
    ]
    allowed = {line.id for one in ballots for line in queries.may_vote_on(one, row.member_id)}
    if not given or set(given) - allowed:
        refuse("Hãy cho ý kiến về ít nhất một dòng được hỏi.")
    recorder.run(
        delete(WrittenOpinion).where(
            WrittenOpinion.member_id == row.member_id, WrittenOpinion.line_id.in_(allowed)
        )
    )
    db.session.add_all(
        [
            WrittenOpinion(
                line_id=line_id,
                member_id=row.member_id,
                choice=choice,
                note=one_line(note),
                at=at,
                by_id=by.id,
            )
            for line_id, choice in given.items()
        ]
    )
    if scan is not None:
        name, stored = scan
        db.session.add(
            OpinionScan(
                meeting_id=meeting.id,
                member_id=row.member_id,
                file_name=name,
                media_type=stored.media_type,
                size=stored.size,
                sha256=stored.sha256,
                storage_key=stored.storage_key,
            )
        )
    row.presence, row.reason = Presence.WRITTEN, row.reason or "gửi ý kiến bằng văn bản"
    _follow(meeting)


def _demand_opinion_time(meeting: Meeting, row: Attendance, at: datetime) -> None:
    if meeting.opened_at is not None:
        refuse("Cuộc họp đã khai mạc; không nhận phiếu lấy ý kiến nữa.")
    if meeting.opinions_until is None:
        refuse("Cuộc họp này không lấy ý kiến bằng văn bản.")
    elif at > meeting.opinions_until:
        refuse("Đã hết hạn gửi phiếu lấy ý kiến.")
    if row.presence is Presence.REPLACED:
        refuse("Thành viên này đã có người thay.")


def close_ballot(meeting: Meeting, ballot: Ballot, *, at: datetime) -> None:
    """Kiểm phiếu: once; the urn is opened, counted line by line and removed; its key is destroyed
    after the commit.

    While somebody is missing, without a quorum, or with papers too few to stay secret it is
    refused: nothing is counted
    and the papers stay sealed.
    """
    if ballot.state is not BallotState.OPEN:
        refuse("Lượt này không mở, hoặc đã kiểm phiếu.")
    for problem in closing_problems(meeting, ballot):
        refuse(problem)
    _keep_turnout(ballot)
    papers = _opened(ballot)
    _record(ballot, papers)
    ballot.state, ballot.closed_at = BallotState.CLOSED, at
    ballot.receipts = papers.receipts if ballot.mode is Mode.SECRET else None
    _follow(meeting)


def _keep_turnout(ballot: Ballot) -> None:
    """Giữ con số của lượt này as it is closed: whoever leaves or comes afterwards changes nothing
    of it.
    """
    roll, entitled, cast = (
        meetings.roll(ballot.meeting_id),
        queries.voters(ballot),
        queries.voted(ballot),
    )
    ballot.total_count, ballot.present_count = roll.total, len(roll.present)
    ballot.entitled_count, ballot.voted_count = len(entitled), len(cast)


def _opened(ballot: Ballot) -> urn.Papers:
    """The papers of a secret ballot, the urn gone; none of an open one, whose votes have names."""
    if ballot.mode is Mode.OPEN:
        return urn.Papers()
    sealed = queries.locked_urn(ballot.id)
    if sealed is None:
        refuse("Lượt này đã kiểm phiếu.")
    db.session.delete(sealed)
    return urn.unseal(sealed.key_name, sealed.sealed)


def _record(ballot: Ballot, papers: urn.Papers) -> None:
    roll, voted = meetings.roll(ballot.meeting_id), queries.voted(ballot)
    hands, written = queries.open_votes([ballot.id]), queries.opinions([ballot.id])
    kept, away = queries.recusals_of([ballot.id]), set(queries.declined([ballot.id])[ballot.id])
    counts: list[Count] = []
    lines = queries.lines_of([ballot.id])[ballot.id]
    for line in lines:
        recused = kept.get(line.id, {})
        cast = (
            papers.choices(line.id)
            if ballot.mode is Mode.SECRET
            else list(hands.get(line.id, {}).values())
        )
        said = [
            row.choice
            for member, row in written.get(line.id, {}).items()
            if member in roll.written and member not in recused and ballot.base is not Base.PRESENT
        ]
        issued = len((roll.present | voted) - set(recused) - away) + len(said)
        if ballot.needs_chair or ballot.chair_decides:
            line.chair_choice = _chair_on(
                ballot, recused, hands.get(line.id, {}), written.get(line.id, {})
            )
        count = count_line(
            line.id,
            choices=[*cast, *said],
            issued=issued,
            chair=line.chair_choice,
            base=roll.base(ballot.rule, voted, set(recused)),
        )
        counts.append(count)
        line.issued, line.returned, line.yes, line.no, line.base_count = (
            issued,
            count.returned,
            count.yes,
            count.no,
            count.base,
        )
        line.written_yes, line.written_no = said.count(Choice.YES), said.count(Choice.NO)
    found = outcomes(counts, ballot.rule, ballot.places)
    for line in lines:
        line.outcome = found[line.id]


def _chair_on(
    ballot: Ballot,
    recused: Collection[int],
    hands: Mapping[int, Choice],
    written: Mapping[int, WrittenOpinion],
) -> Choice | None:
    """Chủ tịch Hội đồng chọn gì; blank where they gave nothing, None where they may not vote on the
    line.
    """
    chair = db.session.get_one(Meeting, ballot.meeting_id).chair_id
    if chair in recused:
        return None
    if chair in hands:
        return hands[chair]
    return (
        written[chair].choice
        if chair in written and ballot.base is not Base.PRESENT
        else Choice.BLANK
    )


def demand_quorum_of(meeting: Meeting, share: tuple[int, int]) -> None:
    """Cuộc họp xét khen thưởng đòi hỏi tỷ lệ có mặt cao hơn: the meeting asks for it from
    now on.
    """
    if share[0] * meeting.quorum_denominator > meeting.quorum_numerator * share[1]:
        meeting.quorum_numerator, meeting.quorum_denominator = share
        _follow(meeting)


def annul_ballot(meeting: Meeting, ballot: Ballot, *, reason: str, at: datetime) -> None:
    """Huỷ một lượt đang mở: its papers are destroyed uncounted; it stands in the minutes with the
    reason.
    """
    why = _reason(reason, "Hãy ghi lý do huỷ lượt biểu quyết.")
    if ballot.state is not BallotState.OPEN:
        refuse("Chỉ huỷ được lượt đang mở.")
    _keep_turnout(ballot)
    sealed = queries.locked_urn(ballot.id)
    if sealed is not None:
        db.session.delete(sealed)
    for line in queries.lines_of([ballot.id])[ballot.id]:
        line.issued = line.returned = line.yes = line.no = line.base_count = line.written_yes = (
            line.written_no
        ) = 0
        line.outcome = Outcome.NO_RESULT
    ballot.annulled_reason = why
    ballot.state, ballot.closed_at, ballot.receipts = BallotState.CLOSED, at, None
    _follow(meeting)


def repeat_ballot(meeting: Meeting, ballot: Ballot, *, reason: str) -> Ballot:
    """Bỏ phiếu lại: a new ballot that names the old one and why.

    Lines that were tied have reached the threshold: they are chosen among for the places that are
    left, by the
    greater number of votes. Without a tie every line is voted again under the same rule.
    """
    why = _reason(reason, "Hãy ghi lý do bỏ phiếu lại.")
    if ballot.state is not BallotState.CLOSED:
        refuse("Chỉ bỏ phiếu lại sau khi kiểm phiếu.")
    if ballot.id in queries.repeated(meeting.id):
        refuse("Lượt này đã được bỏ phiếu lại, hoặc dòng của lượt đã đưa vào một lượt sau.")
    lines = queries.lines_of([ballot.id])[ballot.id]
    kept = queries.recusals_of([ballot.id])
    tied = [line for line in lines if line.outcome is Outcome.TIED]
    chosen = tied or lines
    specs = [
        LineSpec(
            line.label,
            line.detail,
            line.subject_id,
            line.participation_id,
            kept.get(line.id, {}),
            line.merit,
        )
        for line in chosen
    ]
    rule, form, places = ballot.rule, ballot.form, ballot.places
    if tied and ballot.places is not None:
        elected = sum(line.outcome is Outcome.ELECTED for line in lines)
        rule = replace_rule(
            ballot.rule, numerator=PLURALITY[0], denominator=PLURALITY[1], is_strict=False
        )
        form, places = Form.CHOOSE, ballot.places - elected
    title = (
        ballot.title
        if ballot.title.startswith("Bỏ phiếu lại: ")
        else f"Bỏ phiếu lại: {ballot.title}"
    )
    return prepare_ballot(
        meeting,
        title=title,
        lines=specs,
        rule=rule,
        form=form,
        places=places,
        repeats=ballot,
        reason=why,
        standards=ballot.standards,
    )


def save_notes(meeting: Meeting, notes: str) -> None:
    """Ghi thêm vào biên bản: by the secretary, until the chair confirms."""
    if meeting.state is MeetingState.CONFIRMED:
        refuse("Biên bản đã được xác nhận, không sửa được nữa.")
    meeting.notes = nfc(notes).strip()


def _hold_keys() -> None:
    """One hand at a time on the keys: whoever sweeps waits until a ballot that is being opened is
    on record.
    """
    if db.engine.dialect.name == "postgresql":
        db.session.execute(select(func.pg_advisory_xact_lock(text(str(KEYS_LOCK)))))


def destroy_used_keys() -> None:
    """Huỷ các khoá không còn dùng: those of earlier papers, of ballots that are over, and whatever
    a
    crash has left. Not before the commit of what was sealed: the rows tell which keys are needed.
    """
    if not keys.kept():
        return
    _hold_keys()
    needed = queries.locked_key_names()
    for name in keys.kept():
        if name not in needed:
            keys.destroy(name)


def sweep_keys() -> None:
    """Dọn khoá, now if it can be: where the database does not answer, of two keys both stay, until
    the
    next paper, the count, or the start of a worker.
    """
    db.session.rollback()
    try:
        destroy_used_keys()
        db.session.rollback()
    except SQLAlchemyError:
        db.session.rollback()
        current_app.logger.warning("keys that are not needed any more are not destroyed yet")


def leave_no_copies() -> None:
    """Không để lại bản cũ: after the commit, the key goes, and SQLite's log with the old urns."""
    destroy_used_keys()
    db.session.rollback()
    if db.engine.dialect.name == "sqlite":
        with db.engine.connect() as connection:
            connection.exec_driver_sql("ROLLBACK")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.exec_driver_sql("BEGIN")
