"""Bỏ phiếu: meetings with their roll, ballots with their lines; who is given which line."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import exists, func, select

from campaign.core.errors import NotVisible
from campaign.core.text import Likeness, likeness
from campaign.core.vote_rules import Mode
from campaign.enrolment.models import Participation
from campaign.extensions import db, visible_row
from campaign.meeting.models import Attendance, Meeting
from campaign.meeting.queries import attendances, roll
from campaign.meeting.rules import Presence
from campaign.voting.models import (
    Ballot,
    BallotLine,
    Declined,
    KeyStore,
    LineRecusal,
    OpenVote,
    Turnout,
    Urn,
    WrittenOpinion,
)
from campaign.voting.rules import BallotState, BallotType, Choice, Namesake, name_on


def ballots(meeting_id: int) -> Sequence[Ballot]:
    """Các lượt biểu quyết của cuộc họp, in order."""
    return db.session.scalars(
        select(Ballot).where(Ballot.meeting_id == meeting_id).order_by(Ballot.number)
    ).all()


def unfinished(meeting_id: int) -> list[int]:
    """Các lượt chưa kiểm phiếu, by number, in order."""
    return [row.number for row in ballots(meeting_id) if row.state is not BallotState.CLOSED]


def has_ended_secretly(ballot_ids: Collection[int]) -> bool:
    """Có lượt kín nào trong số này đã kiểm hay đã huỷ không."""
    ended = exists().where(
        Ballot.id.in_(ballot_ids), Ballot.mode == Mode.SECRET, Ballot.state == BallotState.CLOSED
    )
    return bool(db.session.scalar(select(ended)))


def ballots_of(meeting_ids: Collection[int]) -> Sequence[Ballot]:
    """Các lượt biểu quyết của nhiều cuộc họp, in order: one query."""
    return db.session.scalars(
        select(Ballot)
        .join(Ballot.meeting)
        .where(Ballot.meeting_id.in_(meeting_ids))
        .order_by(Meeting.number, Ballot.number)
    ).all()


def ballot(meeting_id: int, ballot_id: int) -> Ballot:
    """Một lượt biểu quyết của cuộc họp."""
    return visible_row(
        select(Ballot).where(Ballot.id == ballot_id, Ballot.meeting_id == meeting_id)
    )


def lines_of(ballot_ids: Collection[int]) -> dict[int, list[BallotLine]]:
    """Các dòng theo lượt, in order: one query."""
    by_ballot: dict[int, list[BallotLine]] = defaultdict(list)
    for row in db.session.scalars(
        select(BallotLine)
        .where(BallotLine.ballot_id.in_(ballot_ids))
        .order_by(BallotLine.ballot_id, BallotLine.position)
    ):
        by_ballot[row.ballot_id].append(row)
    return by_ballot


def lines_with_units(ballot_ids: Collection[int]) -> list[tuple[BallotLine, int | None]]:
    """Các dòng, each with the unit taking part it is about, if it is about one."""
    statement = (
        select(BallotLine, Participation.unit_id)
        .outerjoin(Participation, Participation.id == BallotLine.participation_id)
        .where(BallotLine.ballot_id.in_(ballot_ids))
        .order_by(BallotLine.ballot_id, BallotLine.position)
    )
    return [(line, unit_id) for line, unit_id in db.session.execute(statement)]


def recusals_of(ballot_ids: Collection[int]) -> dict[int, dict[int, str]]:
    """Thành viên không biểu quyết theo dòng: line → member → reason; not what was lifted."""
    by_line: dict[int, dict[int, str]] = defaultdict(dict)
    statement = (
        select(LineRecusal.line_id, LineRecusal.member_id, LineRecusal.reason)
        .join(BallotLine, BallotLine.id == LineRecusal.line_id)
        .where(BallotLine.ballot_id.in_(ballot_ids), LineRecusal.lifted_at.is_(None))
    )
    for line_id, member_id, reason in db.session.execute(statement):
        by_line[line_id][member_id] = reason
    return by_line


Matter = tuple[str, int | None]
"""Nội dung của một dòng, wherever it is voted on: its words, and the unit it is about."""


def lifted(campaign_id: int) -> frozenset[tuple[int, Matter]]:
    """Việc không biểu quyết đã được bỏ: member and matter, at any ballot of the campaign."""
    statement = (
        select(LineRecusal.member_id, BallotLine.label, BallotLine.participation_id)
        .join(BallotLine, BallotLine.id == LineRecusal.line_id)
        .join(Ballot, Ballot.id == BallotLine.ballot_id)
        .join(Meeting, Meeting.id == Ballot.meeting_id)
        .where(Meeting.campaign_id == campaign_id, LineRecusal.lifted_at.is_not(None))
    )
    return frozenset(
        (member_id, (label, entry_id))
        for member_id, label, entry_id in db.session.execute(statement)
    )


def namesakes(meeting: Meeting, ballot_ids: Collection[int]) -> list[Namesake]:
    """Thành viên trùng tên với một dòng, whom nobody has told apart from it yet."""
    lines = [line for rows in lines_of(ballot_ids).values() for line in rows]
    recused, told_apart = recusals_of(ballot_ids), lifted(meeting.campaign_id)
    asked = []
    for row in attendances(meeting.id) if lines else ():
        if row.presence is Presence.REPLACED:
            continue
        for line in lines:
            is_answered = (
                row.member_id in recused.get(line.id, {})
                or (row.member_id, (line.label, line.participation_id)) in told_apart
            )
            if (namesake := _namesake(row, line)) is not None and not is_answered:
                asked.append(namesake)
    return asked


def _namesake(row: Attendance, line: BallotLine) -> Namesake | None:
    """Trùng tên, or all but the marks of it; None where line and member are called otherwise."""
    full_name = row.member.user.full_name
    how = likeness(name_on(line.label), full_name)
    if how is Likeness.OTHER:
        return None
    return Namesake(line.id, row.member_id, line.label, full_name, is_exact=how is Likeness.SAME)


def voted(ballot: Ballot) -> frozenset[int]:
    """Thành viên đã bỏ phiếu trong lượt này: who, never what."""
    if ballot.mode is Mode.SECRET:
        return frozenset(
            db.session.scalars(select(Turnout.member_id).where(Turnout.ballot_id == ballot.id))
        )
    return frozenset(
        db.session.scalars(
            select(OpenVote.member_id)
            .join(BallotLine, BallotLine.id == OpenVote.line_id)
            .where(BallotLine.ballot_id == ballot.id)
            .distinct()
        )
    )


def open_votes(ballot_ids: Collection[int]) -> dict[int, dict[int, Choice]]:
    """Biểu quyết công khai: line → member → choice."""
    by_line: dict[int, dict[int, Choice]] = defaultdict(dict)
    statement = (
        select(OpenVote.line_id, OpenVote.member_id, OpenVote.choice)
        .join(BallotLine, BallotLine.id == OpenVote.line_id)
        .where(BallotLine.ballot_id.in_(ballot_ids))
    )
    for line_id, member_id, choice in db.session.execute(statement):
        by_line[line_id][member_id] = choice
    return by_line


def opinions(ballot_ids: Collection[int]) -> dict[int, dict[int, WrittenOpinion]]:
    """Ý kiến bằng văn bản: line → member → opinion."""
    by_line: dict[int, dict[int, WrittenOpinion]] = defaultdict(dict)
    for row in db.session.scalars(
        select(WrittenOpinion)
        .join(BallotLine, BallotLine.id == WrittenOpinion.line_id)
        .where(BallotLine.ballot_id.in_(ballot_ids))
    ):
        by_line[row.line_id][row.member_id] = row
    return by_line


def locked_urn(ballot_id: int) -> Urn | None:
    """Hòm phiếu, held against every other hand until this transaction ends."""
    return db.session.scalars(
        select(Urn)
        .where(Urn.ballot_id == ballot_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()


def locked_key_names() -> frozenset[str]:
    """Các khoá đang dùng, of every campaign; all urns are held until this transaction ends."""
    return frozenset(
        db.session.scalars(select(Urn.key_name).order_by(Urn.ballot_id).with_for_update())
    )


def key_store() -> KeyStore | None:
    """Nơi giữ khoá mà các máy cùng dùng, as it stands now; None before its first use."""
    return db.session.get(KeyStore, 1, populate_existing=True)


def key_names() -> Sequence[str]:
    """Các khoá của mọi hòm phiếu, as they are at the moment."""
    return db.session.scalars(select(Urn.key_name).order_by(Urn.ballot_id)).all()


@dataclass(frozen=True, slots=True)
class Stamp:
    """Nhịp của phòng họp: what a screen compares with what it shows."""

    version: int
    cast: int
    voters: int


def stamp(campaign_id: int, meeting_id: int) -> Stamp:
    """Nhịp của phòng họp: its version, and how many have voted; three small queries."""
    version = db.session.scalar(
        select(Meeting.version).where(Meeting.id == meeting_id, Meeting.campaign_id == campaign_id)
    )
    if version is None:
        raise NotVisible
    running = db.session.scalars(
        select(Ballot).where(Ballot.meeting_id == meeting_id, Ballot.state == BallotState.OPEN)
    ).one_or_none()
    if running is None:
        return Stamp(version, 0, 0)
    return Stamp(version, len(voted(running)), len(voters(running)))


def voters(ballot: Ballot) -> frozenset[int]:
    """Người được phát phiếu: present, with a line to vote on; and whoever has voted already."""
    lines = lines_of([ballot.id])[ballot.id]
    recused = recusals_of([ballot.id])
    present = roll(ballot.meeting_id).present
    return frozenset(
        member
        for member in present
        if any(member not in recused.get(line.id, {}) for line in lines)
    ) | voted(ballot)


def declined(ballot_ids: Collection[int]) -> dict[int, dict[int, str]]:
    """Không tham gia theo lượt: ballot → member → reason."""
    by_ballot: dict[int, dict[int, str]] = defaultdict(dict)
    for row in db.session.scalars(select(Declined).where(Declined.ballot_id.in_(ballot_ids))):
        by_ballot[row.ballot_id][row.member_id] = row.reason
    return by_ballot


def missing_voters(ballot: Ballot) -> frozenset[int]:
    """Còn phải bỏ phiếu: present and entitled, neither voted nor recorded as taking no part."""
    return voters(ballot) - voted(ballot) - set(declined([ballot.id])[ballot.id])


def may_vote_on(ballot: Ballot, member_id: int) -> list[BallotLine]:
    """Các dòng được phát cho một thành viên."""
    recused = recusals_of([ballot.id])
    return [
        line
        for line in lines_of([ballot.id])[ballot.id]
        if member_id not in recused.get(line.id, {})
    ]


def asked_in_writing(meeting_id: int, member_id: int) -> list[tuple[Ballot, list[BallotLine]]]:
    """Các lượt lấy ý kiến bằng văn bản, each with the lines this member is given."""
    return [
        (ballot, may_vote_on(ballot, member_id))
        for ballot in ballots(meeting_id)
        if ballot.state is BallotState.PREPARED and ballot.form is BallotType.APPROVE
    ]


def last_number(meeting_id: int) -> int:
    """Số lượt biểu quyết gần nhất."""
    return (
        db.session.scalar(select(func.max(Ballot.number)).where(Ballot.meeting_id == meeting_id))
        or 0
    )
