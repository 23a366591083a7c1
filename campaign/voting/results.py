"""Kết quả biểu quyết: what became of each matter that was voted on."""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, and_, exists, select

from campaign.extensions import db
from campaign.meeting.models import Meeting
from campaign.meeting.rules import MeetingState
from campaign.voting.models import Ballot, BallotLine
from campaign.voting.rules import Outcome

_HELD = and_(Meeting.id == Ballot.meeting_id, Meeting.state != MeetingState.CANCELLED)
"""Lượt của cuộc họp không bị huỷ: what was prepared for one that was called off is before nobody,
and can be put before the Council anew.
"""


def rank_ballots(campaign_id: int) -> list[tuple[Ballot, dict[int, int | None]]]:
    """Các lượt phân định đồng hạng, in order: participation → votes; None until they are counted.
    Annulled ones left out.
    """
    by_ballot: dict[int, tuple[Ballot, dict[int, int | None]]] = {}
    for ballot, unit, votes in db.session.execute(_lines_on_ranks(campaign_id)):
        if unit is not None:
            by_ballot.setdefault(ballot.id, (ballot, {}))[1][unit] = votes
    return list(by_ballot.values())


def _lines_on_ranks(campaign_id: int) -> Select[Ballot, int | None, int | None]:
    """Các dòng phân định đồng hạng: about a unit, neither a proposal nor a band; in order."""
    return (
        select(Ballot, BallotLine.participation_id, BallotLine.yes)
        .join(BallotLine, BallotLine.ballot_id == Ballot.id)
        .join(Meeting, _HELD)
        .where(
            Meeting.campaign_id == campaign_id,
            BallotLine.subject_id.is_(None),
            BallotLine.participation_id.is_not(None),
            BallotLine.band == "",
            Ballot.annulled_reason == "",
        )
        .order_by(Meeting.number, Ballot.number, BallotLine.position)
    )


def votes_between_units(campaign_id: int) -> list[dict[int, int]]:
    """Phiếu phân định đồng hạng đã kiểm, in order: participation → votes. One repeated in full
    gives way to its repeat.
    """
    counted = {
        ballot.id: (ballot, {unit: votes or 0 for unit, votes in votes_of.items()})
        for ballot, votes_of in rank_ballots(campaign_id)
        if ballot.closed_at is not None
    }
    replaced = {
        ballot.repeats_id
        for ballot, votes_of in counted.values()
        if ballot.repeats_id in counted and set(votes_of) >= set(counted[ballot.repeats_id][1])
    }
    return [votes_of for ballot, votes_of in counted.values() if ballot.id not in replaced]


def band_votes(campaign_id: int) -> dict[int, dict[str, bool | None]]:
    """Phiếu xếp loại, by participation: band → passed or not, None until it is counted. The newest
    vote counts; one without a result, or annulled, decides nothing.
    """
    decided: dict[int, dict[str, bool | None]] = defaultdict(dict)
    for unit, band, outcome in db.session.execute(_lines_on_bands(campaign_id)):
        if unit is None:
            continue
        if outcome is Outcome.NO_RESULT:
            decided[unit].pop(band, None)
        else:
            decided[unit][band] = None if outcome is None else outcome is Outcome.ELECTED
    return dict(decided)


def _lines_on_bands(campaign_id: int) -> Select[int | None, str, Outcome | None]:
    """Các dòng xếp loại, in order; annulled ones left out."""
    return (
        select(BallotLine.participation_id, BallotLine.band, BallotLine.outcome)
        .join(Ballot, Ballot.id == BallotLine.ballot_id)
        .join(Meeting, _HELD)
        .where(
            Meeting.campaign_id == campaign_id,
            BallotLine.band != "",
            Ballot.annulled_reason == "",
        )
        .order_by(Meeting.number, Ballot.number)
    )


def votes_bands_since(campaign_id: int, at: datetime) -> bool:
    """Hội đồng đã kiểm phiếu xếp loại sau một lúc nào đó."""
    return (
        db.session.scalar(
            select(
                exists()
                .where(BallotLine.ballot_id == Ballot.id, BallotLine.band != "")
                .where(_HELD, Meeting.campaign_id == campaign_id)
                .where(Ballot.closed_at > at, Ballot.annulled_reason == "")
            )
        )
        is True
    )


def results_for(
    campaign_id: int, subjects: Collection[int]
) -> dict[int, tuple[Ballot, BallotLine]]:
    """Kết quả cuối cùng của mỗi việc đưa ra bỏ phiếu: subject → its newest line, whose outcome is
    empty until it is counted.
    """
    statement = (
        select(Ballot, BallotLine)
        .join(BallotLine, BallotLine.ballot_id == Ballot.id)
        .join(Meeting, _HELD)
        .where(Meeting.campaign_id == campaign_id, BallotLine.subject_id.in_(subjects))
        .order_by(Meeting.number, Ballot.number)
    )
    return {
        line.subject_id: (ballot, line)
        for ballot, line in db.session.execute(statement)
        if line.subject_id is not None
    }


def times_before_council(campaign_id: int) -> Counter[int]:
    """Mỗi việc đã đưa ra Hội đồng mấy lần: a ballot and its repeats once, unless all annulled."""
    rows = db.session.execute(
        select(Ballot.id, Ballot.repeats_id, Ballot.annulled_reason, BallotLine.subject_id)
        .join(BallotLine, BallotLine.ballot_id == Ballot.id)
        .join(Meeting, _HELD)
        .where(Meeting.campaign_id == campaign_id)
        .order_by(Meeting.number, Ballot.number)
    ).all()
    first: dict[int, int] = {}
    for row in rows:
        first.setdefault(row.id, first.get(row.repeats_id, row.id))
    times = {
        (first[row.id], row.subject_id)
        for row in rows
        if not row.annulled_reason and row.subject_id is not None
    }
    return Counter(subject for _, subject in times)


@dataclass(frozen=True, slots=True)
class AnnulledBallot:
    """Lượt đã huỷ: which of which meeting, and why."""

    meeting: int
    ballot: int
    reason: str

    @property
    def words(self) -> str:
        """Lượt nào đã huỷ, vì sao."""
        return f"lượt {self.ballot} của cuộc họp số {self.meeting} đã huỷ: {self.reason}"


def annulled_last(campaign_id: int) -> dict[int, AnnulledBallot]:
    """Việc mà lượt bỏ phiếu gần nhất đã huỷ: subject → that ballot."""
    newest = {
        subject: AnnulledBallot(meeting, ballot, reason)
        for subject, meeting, ballot, reason in db.session.execute(
            select(BallotLine.subject_id, Meeting.number, Ballot.number, Ballot.annulled_reason)
            .join(Ballot, Ballot.id == BallotLine.ballot_id)
            .join(Meeting, _HELD)
            .where(Meeting.campaign_id == campaign_id, BallotLine.subject_id.is_not(None))
            .order_by(Meeting.number, Ballot.number)
        )
        if subject is not None
    }
    return {subject: ballot for subject, ballot in newest.items() if ballot.reason}


def repeated(meeting_id: int) -> frozenset[int]:
    """Các lượt đã được bỏ phiếu lại: by a ballot that names it, or by a later one of this meeting
    on one of its lines.
    """
    named = {
        number
        for number in db.session.scalars(
            select(Ballot.repeats_id).where(Ballot.meeting_id == meeting_id)
        )
        if number is not None
    }
    return frozenset(named | _voted_on_later(meeting_id))


def _voted_on_later(meeting_id: int) -> set[int]:
    """Các lượt có dòng đã đưa vào một lượt sau của cuộc họp này."""
    earlier: set[int] = set()
    newest: dict[int | None, int] = {}
    for subject, ballot_id in db.session.execute(
        select(BallotLine.subject_id, Ballot.id)
        .join(Ballot, Ballot.id == BallotLine.ballot_id)
        .where(Ballot.meeting_id == meeting_id, BallotLine.subject_id.is_not(None))
        .order_by(Ballot.number)
    ):
        if subject in newest:
            earlier.add(newest[subject])
        newest[subject] = ballot_id
    return earlier
