"""Không biểu quyết: who is not given which line, and why; lifted only with a reason."""

from collections.abc import Sequence
from datetime import datetime

from campaign.accounts.models import User
from campaign.core.errors import refuse
from campaign.core.text import Likeness, likeness
from campaign.council import queries as council
from campaign.council.actions import needed_reason
from campaign.council.models import CouncilMember
from campaign.council.rules import WORKED_OUT, RecusalOrigin
from campaign.extensions import db
from campaign.meeting import queries as meetings
from campaign.meeting.actions import follow
from campaign.meeting.models import Meeting
from campaign.voting import queries
from campaign.voting.models import Ballot, BallotLine, LineRecusal
from campaign.voting.rules import BallotState, name_on

_FIXED = "Lượt biểu quyết đã mở; danh sách người biểu quyết đã cố định."


def keep_away(meeting: Meeting, ballot_ids: Sequence[int]) -> None:
    """Nobody on the roll is given a line about a unit they are kept away from, or about themselves:
    also who joined, or whose interest became known, after the ballot was prepared.
    """
    present = meetings.roll(meeting.id).presence
    members = [row for row in council.members(meeting.campaign_id) if row.id in present]
    grounds = council.recusals_by_member(meeting.campaign_id, members)
    recused, lifted = queries.recusals_of(ballot_ids), queries.lifted(meeting.campaign_id)
    for line, unit_id in queries.lines_with_units(ballot_ids):
        for member in members:
            ground = grounds[member.id].get(unit_id) if unit_id is not None else None
            why = _why_kept_away(line, member, ground)
            is_fixed = ground is not None and ground.origin in WORKED_OUT
            is_lifted = (member.id, (line.label, line.participation_id)) in lifted and not is_fixed
            if why and not is_lifted and member.id not in recused.get(line.id, {}):
                _keep_from_line(line.id, member.id, why)
    db.session.flush()


def _why_kept_away(line: BallotLine, member: CouncilMember, ground: council.Ground | None) -> str:
    """Lý do không biểu quyết, or nothing: a name makes a person only with its unit."""
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


def recuse(meeting: Meeting, ballot: Ballot, line_id: int, member_id: int, *, reason: str) -> None:
    """Không biểu quyết một dòng: by the member or the chair, before the ballot opens."""
    why = needed_reason(reason, "Hãy ghi lý do không biểu quyết.")
    if ballot.state is not BallotState.PREPARED:
        refuse(_FIXED)
    if line_id not in {line.id for line in queries.lines_of([ballot.id])[ballot.id]}:
        refuse("Dòng này không thuộc lượt biểu quyết.", "line_id")
    if member_id not in meetings.roll(meeting.id).presence:
        refuse("Người này không có trong danh sách dự họp.", "member_id")
    if member_id in queries.recusals_of([ballot.id]).get(line_id, {}):
        return
    _keep_from_line(line_id, member_id, why)
    follow(meeting)


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
    """Bỏ việc không biểu quyết ghi nhầm: by the chair, with a reason, before the member votes."""
    why = needed_reason(reason, "Hãy ghi lý do cho thành viên biểu quyết dòng này.")
    _demand_recused(ballot, line_id, member_id)
    line, ground = _ground_of(meeting, ballot, line_id, member_id)
    _demand_liftable(ground)
    _lift(line, member_id, why, by=by, at=at)
    follow(meeting)


def _demand_recused(ballot: Ballot, line_id: int, member_id: int) -> None:
    """Đang không biểu quyết dòng ấy, and has not voted yet."""
    if ballot.state is BallotState.CLOSED:
        refuse("Lượt biểu quyết đã kiểm phiếu.")
    if member_id not in queries.recusals_of([ballot.id]).get(line_id, {}):
        refuse("Thành viên này vẫn biểu quyết dòng ấy.")
    if ballot.state is BallotState.OPEN and member_id in queries.voted(ballot):
        refuse("Thành viên này đã bỏ phiếu lượt này; muốn sửa, hãy huỷ lượt rồi bỏ phiếu lại.")


def _demand_liftable(ground: council.Ground | None) -> None:
    """Bỏ được: nobody votes about their own unit, nor about its block where the plan says so."""
    if ground is not None and ground.origin is RecusalOrigin.OWN_UNIT:
        refuse("Đây là đơn vị của chính thành viên này nên không bỏ được.")
    if ground is not None and ground.origin is RecusalOrigin.OWN_BLOCK:
        refuse("Theo kế hoạch, thành viên không biểu quyết cả khối của đơn vị mình.")


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
    why = needed_reason(reason, "Hãy ghi vì sao đây là hai người khác nhau.")
    _demand_asked(meeting, ballot, line_id, member_id)
    line, _ = _ground_of(meeting, ballot, line_id, member_id)
    db.session.add(LineRecusal(line_id=line_id, member_id=member_id, reason="trùng họ tên"))
    _lift(line, member_id, why, by=by, at=at)
    follow(meeting)


def _demand_asked(meeting: Meeting, ballot: Ballot, line_id: int, member_id: int) -> None:
    """Còn câu hỏi trùng tên về dòng này, before the ballot opens."""
    if ballot.state is not BallotState.PREPARED:
        refuse(_FIXED)
    asked = {(row.line_id, row.member_id) for row in queries.namesakes(meeting, [ballot.id])}
    if (line_id, member_id) not in asked:
        refuse("Không còn câu hỏi nào về hai tên này.")


def _ground_of(
    meeting: Meeting, ballot: Ballot, line_id: int, member_id: int
) -> tuple[BallotLine, council.Ground | None]:
    """The line, and on what ground the member is kept away from its unit."""
    line, unit_id = next(
        (line, unit_id)
        for line, unit_id in queries.lines_with_units([ballot.id])
        if line.id == line_id
    )
    grounds = council.recusals_of(council.member(meeting.campaign_id, member_id))
    return line, grounds.get(unit_id) if unit_id is not None else None


def _lift(line: BallotLine, member_id: int, why: str, *, by: User, at: datetime) -> None:
    db.session.flush()
    row = db.session.get_one(LineRecusal, (line.id, member_id))
    row.lifted_reason, row.lifted_at, row.lifted_by_id = why, at, by.id
