"""Kiểm phiếu: the urn is opened once, and each line is counted."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from campaign.core.errors import refuse
from campaign.core.vote_rules import Base, Mode
from campaign.extensions import db
from campaign.meeting import queries as meetings
from campaign.meeting.models import Meeting
from campaign.meeting.rules import Roll
from campaign.voting import queries, urn
from campaign.voting.models import Ballot, BallotLine, WrittenOpinion
from campaign.voting.rules import Choice, Count, count_line, outcomes


def keep_turnout(ballot: Ballot) -> None:
    """Giữ con số của lượt này as it is closed, whoever leaves or comes afterwards."""
    roll, entitled, cast = (
        meetings.roll(ballot.meeting_id),
        queries.voters(ballot),
        queries.voted(ballot),
    )
    ballot.total_count, ballot.present_count = roll.total, len(roll.present)
    ballot.entitled_count, ballot.voted_count = len(entitled), len(cast)


def papers_taken_out(ballot: Ballot) -> urn.Papers:
    """The papers of a secret ballot, the urn gone; none of an open one, whose votes have names."""
    if ballot.mode is Mode.OPEN:
        return urn.Papers()
    sealed = queries.locked_urn(ballot.id)
    if sealed is None:
        refuse("Lượt này đã kiểm phiếu.")
    db.session.delete(sealed)
    return urn.unseal(sealed.key_name, sealed.sealed)


@dataclass(frozen=True, slots=True)
class _Votes:
    """Mọi phiếu của một lượt: what each line is counted from."""

    roll: Roll
    voted: frozenset[int]
    away: frozenset[int]
    papers: urn.Papers
    hands: Mapping[int, Mapping[int, Choice]]
    opinions: Mapping[int, Mapping[int, WrittenOpinion]]


def record(ballot: Ballot, papers: urn.Papers) -> None:
    """Ghi kết quả: each line by itself, then who passes among them."""
    votes = _Votes(
        meetings.roll(ballot.meeting_id),
        queries.voted(ballot),
        frozenset(queries.declined([ballot.id])[ballot.id]),
        papers,
        queries.open_votes([ballot.id]),
        queries.opinions([ballot.id]),
    )
    recused = queries.recusals_of([ballot.id])
    lines = queries.lines_of([ballot.id])[ballot.id]
    counts = [_count(ballot, line, votes, set(recused.get(line.id, {}))) for line in lines]
    decided = outcomes(counts, ballot.rule, ballot.places)
    for line in lines:
        line.outcome = decided[line.id]


def _count(ballot: Ballot, line: BallotLine, votes: _Votes, recused: set[int]) -> Count:
    """Đếm một dòng, and write its figures down."""
    hands, opinions = votes.hands.get(line.id, {}), votes.opinions.get(line.id, {})
    is_secret = ballot.mode is Mode.SECRET
    cast = votes.papers.choices(line.id) if is_secret else list(hands.values())
    said = _said_in_writing(ballot, votes.roll, recused, opinions)
    if ballot.needs_chair or ballot.chair_decides:
        line.chair_choice = _chair_on(ballot, recused, hands, opinions)
    count = count_line(
        line.id,
        choices=[*cast, *said],
        issued=len((votes.roll.present | votes.voted) - recused - votes.away) + len(said),
        chair=line.chair_choice,
        base=votes.roll.base(ballot.rule, votes.voted, recused),
    )
    _write_down(line, count, said)
    return count


def _said_in_writing(
    ballot: Ballot, roll: Roll, recused: Collection[int], written: Mapping[int, WrittenOpinion]
) -> list[Choice]:
    """Ý kiến bằng văn bản được đếm: of the absent, unless they are kept away or only those present
    are counted.
    """
    return [
        opinion.choice
        for member, opinion in written.items()
        if member in roll.written and member not in recused and ballot.base is not Base.PRESENT
    ]


def _write_down(line: BallotLine, count: Count, said: Sequence[Choice]) -> None:
    """Ghi số phiếu của một dòng, those in writing also by themselves."""
    line.issued, line.returned, line.base_count = count.issued, count.returned, count.base
    line.yes, line.no = count.yes, count.no
    line.written_yes, line.written_no = said.count(Choice.YES), said.count(Choice.NO)


def _chair_on(
    ballot: Ballot,
    recused: Collection[int],
    hands: Mapping[int, Choice],
    written: Mapping[int, WrittenOpinion],
) -> Choice | None:
    """Chủ tịch Hội đồng chọn gì; blank where they gave nothing, None where they may not."""
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
