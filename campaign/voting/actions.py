"""Lượt biểu quyết: prepared, opened, closed, annulled, repeated."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime

from campaign.core.dates import local_date
from campaign.core.errors import refuse
from campaign.core.text import one_line
from campaign.core.vote_rules import Mode, VoteRule, rule_problem
from campaign.council.actions import needed_reason
from campaign.council.models import CouncilMember
from campaign.extensions import db
from campaign.meeting import queries as meetings
from campaign.meeting.actions import (
    appoint,
    demand_in_office,
    demand_led,
    demand_quorum,
    follow,
    quorum_problem,
    replace,
)
from campaign.meeting.models import Attendance, Meeting
from campaign.voting import queries
from campaign.voting.casting import keep_opinions
from campaign.voting.counting import keep_turnout, papers_taken_out, record
from campaign.voting.models import Ballot, BallotLine, LineRecusal
from campaign.voting.opening import demand_turn, seal_urn, take_free_places
from campaign.voting.recusals import keep_away
from campaign.voting.repeating import demand_repeatable, terms_of_repeat, tied_lines
from campaign.voting.rules import BallotState, BallotType, Outcome
from campaign.voting.secrecy import names_of, secrecy_problem


@dataclass(frozen=True)
class LineSpec:
    """Dòng đưa ra biểu quyết: what the screen says, the unit it is about, who else is not given it
    (member → reason), and the summary of achievements for the minutes.
    """

    label: str
    detail: str = ""
    subject_id: int | None = None
    participation_id: int | None = None
    recused: Mapping[int, str] = field(default_factory=dict)
    merit: str = ""
    band: str = ""
    """Mức xếp loại được hỏi."""


def replace_member(
    meeting: Meeting,
    row: Attendance,
    substitute: CouncilMember,
    *,
    reason: str,
    on: date,
    leaves_on: date | None = None,
) -> None:
    """Thay thành viên, who is not given the lines of their own unit in the ballots to come."""
    ballots = queries.ballots(meeting.id)
    is_voting = any(ballot.state is BallotState.OPEN for ballot in ballots)
    replace(
        meeting, row, substitute, reason=reason, on=on, is_voting=is_voting, leaves_on=leaves_on
    )
    keep_away(meeting, [ballot.id for ballot in ballots if ballot.state is BallotState.PREPARED])


def appoint_leaders(meeting: Meeting, *, chair_id: int, secretary_id: int) -> None:
    """Cử người chủ trì và thư ký; not another chair while a ballot is open whose outcome asks what
    the chair chose: its rule stands from its opening on, and so does whose choice that is.
    """
    if chair_id != meeting.chair_id and any(
        ballot.state is BallotState.OPEN and (ballot.needs_chair or ballot.chair_decides)
        for ballot in queries.ballots(meeting.id)
    ):
        refuse(
            "Lượt biểu quyết đang mở tính theo ý kiến của người chủ trì; hãy kiểm phiếu hoặc huỷ "
            "lượt đó rồi mới cử người khác chủ trì.",
            "chair_id",
        )
    appoint(meeting, chair_id=chair_id, secretary_id=secretary_id)


def prepare_ballot(
    meeting: Meeting,
    *,
    title: str,
    lines: Sequence[LineSpec],
    rule: VoteRule,
    ballot_type: BallotType = BallotType.APPROVE,
    places: int | None = None,
    repeats: Ballot | None = None,
    reason: str = "",
    standards: str = "",
    follows: Ballot | None = None,
    at: datetime | None = None,
) -> Ballot:
    """Chuẩn bị một lượt biểu quyết: lines in order, and who is not given which; `follows`: whose
    free places it gets.
    """
    title = one_line(title)
    _demand_new(meeting, title, lines)
    _demand_sense(lines, rule, ballot_type, places)
    ballot = Ballot(
        meeting_id=meeting.id,
        number=queries.last_number(meeting.id) + 1,
        title=title,
        form=ballot_type,
        places=places,
        **asdict(rule),
        follows_id=follows.id if follows else None,
        prepared_at=at,
        repeats_id=repeats.id if repeats else None,
        repeat_reason=reason,
        standards=standards,
    )
    db.session.add(ballot)
    db.session.flush()
    _add_lines(ballot, lines)
    keep_away(meeting, [ballot.id])
    follow(meeting)
    return ballot


def _demand_sense(
    lines: Sequence[LineSpec], rule: VoteRule, ballot_type: BallotType, places: int | None
) -> None:
    """Lượt có nghĩa: lines to vote on, a rule that can be met, and a choice of some of them."""
    if not lines:
        refuse("Cần ít nhất một dòng để biểu quyết.", "lines")
    if problem := rule_problem(rule):
        refuse(problem, "share")
    if ballot_type is BallotType.CHOOSE and (places is None or not 0 < places < len(lines)):
        refuse("Chọn trong danh sách thì số được chọn phải lớn hơn 0 và ít hơn số dòng.", "places")


def _demand_new(meeting: Meeting, title: str, lines: Sequence[LineSpec]) -> None:
    """A meeting that goes on, and a title; the same is not prepared twice, as by a button that was
    pressed twice.
    """
    if meeting.closed_at is not None:
        refuse("Cuộc họp đã bế mạc.")
    if not title:
        refuse("Hãy ghi nội dung biểu quyết.", "title")
    waiting = [
        row
        for row in queries.ballots(meeting.id)
        if row.state is BallotState.PREPARED and row.title == title
    ]
    by_ballot = queries.lines_of([row.id for row in waiting])
    for row in waiting:
        if [line.label for line in by_ballot[row.id]] == [spec.label for spec in lines]:
            refuse(f"Lượt {row.number} đã có đúng nội dung này và chưa mở.", "title")


def _add_lines(ballot: Ballot, lines: Sequence[LineSpec]) -> None:
    members = set(meetings.roll(ballot.meeting_id).presence)
    for position, spec in enumerate(lines, start=1):
        _add_line(ballot, position, spec, members)
    db.session.flush()


def _add_line(ballot: Ballot, position: int, spec: LineSpec, members: Collection[int]) -> None:
    line = _line_of(ballot, position, spec)
    db.session.add(line)
    db.session.flush()
    db.session.add_all(
        [
            LineRecusal(line_id=line.id, member_id=member, reason=why)
            for member, why in spec.recused.items()
            if member in members
        ]
    )


def _line_of(ballot: Ballot, position: int, spec: LineSpec) -> BallotLine:
    """Dòng ở vị trí này của lượt."""
    return BallotLine(
        ballot_id=ballot.id,
        position=position,
        label=spec.label,
        detail=spec.detail,
        merit=spec.merit,
        subject_id=spec.subject_id,
        participation_id=spec.participation_id,
        band=spec.band,
    )


def remove_ballot(meeting: Meeting, ballot: Ballot) -> None:
    """Xoá một lượt chưa mở; what was said in writing about it goes too."""
    if ballot.state is not BallotState.PREPARED:
        refuse("Lượt đã mở không xoá được.")
    if ballot.repeats_id is None and any(queries.opinions([ballot.id]).values()):
        refuse(
            "Đã có người gửi ý kiến về lượt này nên không xoá được; muốn bỏ, hãy mở lượt rồi "
            "huỷ với lý do."
        )
    db.session.delete(ballot)
    follow(meeting)


def open_ballot(meeting: Meeting, ballot: Ballot, *, at: datetime) -> None:
    """Mở bỏ phiếu: one at a time, with a quorum; a secret one gets a sealed urn and its key."""
    demand_turn(meeting, ballot)
    demand_in_office(meeting, local_date(at))
    demand_led(meeting)
    demand_quorum(meeting)
    keep_away(meeting, [ballot.id])
    if asked := [row for row in queries.namesakes(meeting, [ballot.id]) if row.is_exact]:
        refuse(f"{asked[0].words} Hãy trả lời ở dòng đó rồi mở bỏ phiếu.")
    if not queries.voters(ballot):
        refuse("Không có thành viên nào có mặt được biểu quyết lượt này.")
    take_free_places(meeting, ballot)
    if problem := secrecy_problem(ballot, queries.voters(ballot)):
        refuse(problem)
    ballot.state, ballot.opened_at = BallotState.OPEN, at
    if ballot.mode is Mode.SECRET:
        seal_urn(ballot)
    follow(meeting)


def closing_problems(meeting: Meeting, ballot: Ballot) -> list[str]:
    """Vì sao chưa kiểm phiếu được: who is missing, no quorum, papers too few to stay secret."""
    problems = []
    if missing := queries.missing_voters(ballot):
        problems.append(_missing_words(meeting, missing))
    if problem := quorum_problem(meeting):
        problems.append(
            f"{problem} Hãy chờ người vắng trở lại rồi kiểm phiếu, hoặc huỷ lượt này với lý do."
        )
    if problem := secrecy_problem(
        ballot,
        queries.voted(ballot),
        advice=" Lượt này chỉ có thể chờ thêm phiếu, hoặc huỷ mà không đếm.",
    ):
        problems.append(problem)
    return problems


def _missing_words(meeting: Meeting, missing: Collection[int]) -> str:
    """Ai có mặt mà chưa bỏ phiếu, as a sentence."""
    return (
        f"Còn {len(missing)} người có mặt chưa bỏ phiếu: {names_of(meeting.id, missing)}. "
        "Hãy chờ, hoặc ghi người rời họp, "
        "người không tham gia lượt này."
    )


def close_ballot(meeting: Meeting, ballot: Ballot, *, at: datetime) -> None:
    """Kiểm phiếu: once; the urn is opened, counted line by line and removed; its key is destroyed
    after the commit.

    While somebody is missing, without a quorum, or with papers too few to stay secret it is
    refused: nothing is counted and the papers stay sealed.
    """
    if ballot.state is not BallotState.OPEN:
        refuse("Lượt này không mở, hoặc đã kiểm phiếu.")
    for problem in closing_problems(meeting, ballot):
        refuse(problem)
    keep_turnout(ballot)
    papers = papers_taken_out(ballot)
    record(ballot, papers)
    ballot.state, ballot.closed_at = BallotState.CLOSED, at
    ballot.receipts = papers.receipts if ballot.mode is Mode.SECRET else None
    follow(meeting)


def annul_ballot(meeting: Meeting, ballot: Ballot, *, reason: str, at: datetime) -> None:
    """Huỷ lượt đang mở: its papers are destroyed uncounted; the minutes tell the reason."""
    why = needed_reason(reason, "Hãy ghi lý do huỷ lượt biểu quyết.")
    if ballot.state is not BallotState.OPEN:
        refuse("Chỉ huỷ được lượt đang mở.")
    keep_turnout(ballot)
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
    follow(meeting)


def repeat_ballot(meeting: Meeting, ballot: Ballot, *, reason: str) -> Ballot:
    """Bỏ phiếu lại: a new ballot that names the old one and why.

    Lines that were tied have reached the threshold: they are chosen among for the places that are
    left, by the greater number of votes. Without a tie all are voted again by the same rule.
    """
    why = needed_reason(reason, "Hãy ghi lý do bỏ phiếu lại.")
    demand_repeatable(ballot)
    made = _prepare_again(meeting, ballot, why)
    if made.form is BallotType.APPROVE:
        keep_opinions(ballot, made)
    return made


def _prepare_again(meeting: Meeting, ballot: Ballot, why: str) -> Ballot:
    """Chuẩn bị lượt bỏ phiếu lại, of the tied lines where there are some, else of all."""
    lines = queries.lines_of([ballot.id])[ballot.id]
    rule, ballot_type, places = terms_of_repeat(ballot, lines)
    return prepare_ballot(
        meeting,
        title=f"Bỏ phiếu lại: {ballot.title.removeprefix('Bỏ phiếu lại: ')}",
        lines=_again(ballot, tied_lines(lines) or lines),
        rule=rule,
        ballot_type=ballot_type,
        places=places,
        repeats=ballot,
        reason=why,
        standards=ballot.standards,
    )


def _again(ballot: Ballot, lines: Sequence[BallotLine]) -> list[LineSpec]:
    recused = queries.recusals_of([ballot.id])
    return [
        LineSpec(
            line.label,
            line.detail,
            line.subject_id,
            line.participation_id,
            recused.get(line.id, {}),
            line.merit,
            line.band,
        )
        for line in lines
    ]
