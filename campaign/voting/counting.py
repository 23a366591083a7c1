"""Kiểm phiếu: the urn is opened once, and each line is counted."""

from collections.abc import Collection, Mapping

from campaign.core.errors import refuse
from campaign.core.vote_rules import Base, Mode
from campaign.extensions import db
from campaign.meeting import queries as meetings
from campaign.meeting.models import Meeting
from campaign.voting import queries, urn
from campaign.voting.models import Ballot, WrittenOpinion
from campaign.voting.rules import Choice, Count, count_line, outcomes


def keep_turnout(ballot: Ballot) -> None:
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
