"""Bỏ phiếu: papers into the urn, open votes, opinions in writing, and who takes no part."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from campaign.accounts.models import User
from campaign.audit import recorder
from campaign.core.errors import refuse
from campaign.core.text import one_line
from campaign.core.vote_rules import Mode
from campaign.council.actions import needed_reason
from campaign.extensions import db
from campaign.files.storage import StoredContent
from campaign.meeting import queries as meetings
from campaign.meeting.actions import follow, receive_opinion
from campaign.meeting.models import Attendance, Meeting
from campaign.voting import queries, urn
from campaign.voting.marks import paper_problem
from campaign.voting.models import (
    Ballot,
    BallotLine,
    Declined,
    OpenVote,
    Turnout,
    Urn,
    WrittenOpinion,
)
from campaign.voting.rules import BallotState, BallotType, Choice

_SECOND_PAPER = "Ông/Bà đã bỏ phiếu lượt này; mỗi thành viên chỉ bỏ một phiếu."


def decline(meeting: Meeting, ballot: Ballot, member_id: int, *, reason: str, by: User) -> None:
    """Không tham gia lượt này: present, and gives no paper; until it is closed they still may."""
    why = needed_reason(reason, "Hãy ghi lý do không tham gia.")
    if ballot.state is not BallotState.OPEN:
        refuse("Lượt biểu quyết này đã đóng.")
    if member_id in queries.declined([ballot.id])[ballot.id]:
        return  # said twice: the first reason holds
    if member_id not in queries.missing_voters(ballot):
        refuse(
            "Chỉ ghi không tham gia cho người đang có mặt, được biểu quyết và chưa bỏ phiếu.",
            "member_id",
        )
    db.session.add(Declined(ballot_id=ballot.id, member_id=member_id, reason=why, by_id=by.id))
    follow(meeting)


def _takes_part(ballot: Ballot, member_id: int) -> None:
    """Whoever votes after all takes part."""
    recorder.run(
        delete(Declined).where(Declined.ballot_id == ballot.id, Declined.member_id == member_id)
    )


def _paper(ballot: Ballot, member_id: int, given: Mapping[int, Choice]) -> dict[int, Choice]:
    """The paper of one member, complete: a line they leave out is blank."""
    if member_id not in meetings.roll(ballot.meeting_id).present:
        refuse("Chỉ thành viên đang có mặt mới bỏ phiếu được.")
    allowed = [line.id for line in queries.may_vote_on(ballot, member_id)]
    if not allowed:
        refuse("Ông/Bà không biểu quyết dòng nào trong lượt này.")
    if problem := paper_problem(ballot.form, given, allowed, ballot.places):
        refuse(problem)
    paper = {line_id: given.get(line_id, Choice.BLANK) for line_id in allowed}
    if ballot.form is BallotType.CHOOSE and Choice.YES in paper.values():
        paper = {
            line_id: Choice.YES if choice is Choice.YES else Choice.NO
            for line_id, choice in paper.items()
        }
    return paper


def demand_unvoted(ballot: Ballot, member_id: int) -> None:
    """Chưa bỏ phiếu lượt này: told before anything is said of a second paper."""
    if member_id in queries.voted(ballot):
        refuse(_SECOND_PAPER)


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
    _sign_for_paper(ballot, member_id)
    paper = _paper(ballot, member_id, given)
    _takes_part(ballot, member_id)
    return _into_urn(sealed, paper)


def _into_urn(sealed: Urn, paper: Mapping[int, Choice]) -> str:
    """Phiếu vào hòm, which is opened and sealed again; its receipt code."""
    papers = urn.unseal(sealed.key_name, sealed.sealed)
    code = papers.add(paper)
    sealed.key_name, sealed.sealed = urn.seal(sealed.ballot_id, papers)
    db.session.flush()
    return code


def _sign_for_paper(ballot: Ballot, member_id: int) -> None:
    """Ký nhận phiếu: the key of the turnout decides who was first."""
    try:
        with db.session.begin_nested():
            db.session.add(Turnout(ballot_id=ballot.id, member_id=member_id))
    except IntegrityError:
        refuse(_SECOND_PAPER)


def cast_open(ballot: Ballot, member_id: int, given: Mapping[int, Choice], *, by: User) -> None:
    """Biểu quyết công khai: on the member's device, or a hand entered by the secretary; once."""
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
    scan: tuple[str, StoredContent] | None = None,
) -> None:
    """Nhập phiếu lấy ý kiến of a member who will be absent: until the deadline, on lines not yet
    opened; entered for another, with the scan of their paper.
    """
    receive_opinion(meeting, row, by=by, at=at, scan=scan)
    allowed = _lines_asked(row, given)
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
    db.session.flush()


def _lines_asked(row: Attendance, given: Collection[int]) -> set[int]:
    """Các dòng được hỏi bằng văn bản; what is given is of them, and at least one."""
    asked = queries.asked_in_writing(row.meeting_id, row.member_id)
    allowed = {line.id for _, lines in asked for line in lines}
    if not given or set(given) - allowed:
        refuse("Hãy cho ý kiến về ít nhất một dòng được hỏi.")
    return allowed


def keep_opinions(ballot: Ballot, again: Ballot) -> None:
    """Ý kiến bằng văn bản về cùng một dòng, asked in the same way, stands: the absent cannot be
    asked once more.
    """
    given, held = queries.opinions([ballot.id]), queries.opinions([again.id])
    lines = queries.lines_of([ballot.id, again.id])
    asked = {_question(line): line.id for line in lines[ballot.id]}
    for line in lines[again.id]:
        before = given.get(asked.get(_question(line), 0), {})
        db.session.add_all(
            [
                _same_on(line, opinion)
                for member, opinion in before.items()
                if member not in held.get(line.id, {})
            ]
        )
    db.session.flush()


def _question(line: BallotLine) -> tuple[str, int | None, int | None]:
    """Điều được hỏi ở một dòng: its words, the matter and the unit it is about."""
    return line.label, line.subject_id, line.participation_id


def _same_on(line: BallotLine, opinion: WrittenOpinion) -> WrittenOpinion:
    """Ý kiến như đã gửi, on the line that asks the same."""
    return WrittenOpinion(
        line_id=line.id,
        member_id=opinion.member_id,
        choice=opinion.choice,
        note=opinion.note,
        at=opinion.at,
        by_id=opinion.by_id,
    )
