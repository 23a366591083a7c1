"""Xếp hạng: freezing the ranking with the ids of everything it used."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from campaign.accounts.models import User
from campaign.audit import queries as audit
from campaign.audit.rules import digest
from campaign.core.dates import local_date
from campaign.core.errors import refuse
from campaign.core.text import one_line
from campaign.core.vote_rules import PLURALITY, Base, Mode, Ordering, VoteRule
from campaign.extensions import db
from campaign.meeting.models import Meeting
from campaign.planning.actions import hold
from campaign.planning.models import Block, Campaign
from campaign.planning.queries import scheme_of
from campaign.planning.rules import Phase, TieBreak
from campaign.ranking import frozen_tables, queries, tallies
from campaign.ranking.explanation import NOTHING
from campaign.ranking.models import FrozenRanking, FrozenStanding
from campaign.ranking.order import by_votes
from campaign.ranking.table import Row
from campaign.ranking.telling import Case, Said, said_of, told_in_full
from campaign.scheme.rules.table import Scheme
from campaign.scoring.queries import final_content
from campaign.verification.queries import finished_units, finishers
from campaign.verification.rules import block_results
from campaign.voting import actions as voting
from campaign.voting import results
from campaign.voting.models import Ballot
from campaign.voting.rules import BallotType

FrozenRow = dict[str, Any]
"""Thứ hạng của một đơn vị để chốt, by the columns it is kept in."""


def freeze(campaign: Campaign, *, reason: str, by: User, at: datetime) -> FrozenRanking:
    """Chốt xếp hạng after scoring: a snapshot nothing can move; replacing one needs a reason."""
    hold(campaign)
    if campaign.phase not in {Phase.MEETING, Phase.DECIDING}:
        refuse("Chỉ chốt xếp hạng sau khi đóng chấm điểm và trước khi công bố.")
    text = one_line(reason)
    if frozen_tables.latest_frozen(campaign.id) is not None and not text:
        refuse("Xếp hạng đã chốt; muốn chốt lại, hãy ghi lý do.", "reason")
    standings = _standings(campaign, local_date(at))
    if not any(row["explanation"]["rank"] for row in standings):
        refuse("Chưa có đơn vị nào được xếp hạng.")
    ranking = _sealed(campaign, standings, reason=text, by=by, at=at)
    db.session.add(ranking)
    db.session.flush()
    db.session.add_all([FrozenStanding(ranking_id=ranking.id, **row) for row in standings])
    return ranking


def _sealed(
    campaign: Campaign, standings: Sequence[FrozenRow], *, reason: str, by: User, at: datetime
) -> FrozenRanking:
    """Bảng đã chốt, with the hash of what it tells and the head of the record."""
    number, head = audit.head()
    settings = _settings(campaign)
    return FrozenRanking(
        campaign_id=campaign.id,
        at=at,
        by_id=by.id,
        reason=reason,
        settings=settings,
        audit_number=number,
        audit_hash=head,
        sha256=digest([settings, [row["explanation"] for row in standings]]),
    )


def _settings(campaign: Campaign) -> dict[str, Any]:
    """Cách tính của bảng xếp hạng, as it is kept beside what it gave."""
    return {
        "aggregation": campaign.aggregation.value,
        "minimum_marks": campaign.minimum_marks,
        "rescaling": campaign.rescaling.value,
        "tie_breaks": list(campaign.tie_breaks),
        "rule_set": campaign.rule_set_code,
        "tie_votes": [
            {str(unit): votes for unit, votes in by_unit.items()}
            for by_unit in results.votes_between_units(campaign.id)
        ],
        **_voted_bands(campaign),
    }


def _voted_bands(campaign: Campaign) -> dict[str, Any]:
    """Phiếu xếp loại, and the share they needed; nothing where points alone give the bands."""
    if campaign.band_share is None:
        return {}
    votes = results.band_votes(campaign.id)
    return {
        "band_share": list(campaign.band_share),
        "band_votes": {str(unit): by_band for unit, by_band in votes.items()},
    }


def put_tie_before_council(
    campaign: Campaign, frozen: FrozenRanking, meeting: Meeting, *, block_id: int, place: int
) -> Ballot:
    """Đưa một đồng hạng ra Hội đồng: a secret choice of one among the tied, who has more votes
    stands above.

    The ranking takes the result in when it is frozen again; units that are still equal may be voted
    on once more.
    """
    tie = _tie_to_part(campaign, frozen, block_id, place)
    return voting.prepare_ballot(
        meeting,
        title=f"Phân định đồng hạng, {tie.block.name}",
        lines=_lines_of(tie),
        rule=VoteRule(Mode.SECRET, Base.PRESENT, *PLURALITY, ordering=Ordering.COUNT),
        ballot_type=BallotType.CHOOSE,
        places=1,
    )


def _tie_to_part(
    campaign: Campaign, frozen: FrozenRanking, block_id: int, place: int
) -> frozen_tables.Tie:
    """Đồng hạng được đưa ra Hội đồng: where the plan has it so, and it was not voted on yet."""
    if campaign.phase is not Phase.MEETING:
        refuse("Chỉ phân định đồng hạng khi phong trào ở bước “Họp Hội đồng”.")
    if TieBreak.COUNCIL_VOTE.value not in campaign.tie_breaks:
        refuse(
            "Kế hoạch của phong trào không phân định đồng hạng bằng "
            f"“{TieBreak.COUNCIL_VOTE.label}”."
        )
    ties = {(tie.block.id, tie.rank): tie for tie in frozen_tables.ties(frozen)}
    tie = ties.get((block_id, place))
    if tie is None:
        refuse("Các đơn vị này không còn đồng hạng trong bảng đã chốt.")
    _demand_unvoted(campaign, {row.participation_id for row in tie.units})
    return tie


def _lines_of(tie: frozen_tables.Tie) -> list[voting.LineSpec]:
    """Các đơn vị đồng hạng để chọn."""
    # Neither title nor lines tell rank or points: in the room sit members who may not know them
    # yet.
    return [
        voting.LineSpec(row.participation.unit.name, participation_id=row.participation_id)
        for row in tie.units
    ]


def put_band_before_council(
    campaign: Campaign,
    frozen: FrozenRanking,
    meeting: Meeting,
    *,
    name: str,
    at: datetime | None = None,
) -> Ballot:
    """Đưa một mức xếp loại ra Hội đồng: a secret vote on each unit whose points reach it, and that
    was not given a higher one.

    The ranking takes the result in when it is frozen again.
    """
    if campaign.phase is not Phase.MEETING:
        refuse("Chỉ biểu quyết xếp loại khi phong trào ở bước “Họp Hội đồng”.")
    if campaign.band_share is None:
        refuse("Kế hoạch của phong trào xếp loại theo điểm, Hội đồng không bỏ phiếu.")
    vote = frozen_tables.next_band_vote(frozen)
    if vote is None or vote.name != name:
        refuse("Mức xếp loại này không còn chờ biểu quyết; hãy tải lại trang.")
    lines = [
        voting.LineSpec(
            row.participation.unit.name, participation_id=row.participation_id, band=name
        )
        for row in vote.units
    ]
    return voting.prepare_ballot(
        meeting,
        title=f"Xếp loại “{name}”",
        lines=lines,
        rule=VoteRule(Mode.SECRET, Base.PRESENT, *campaign.band_share),
        at=at,
    )


def _demand_unvoted(campaign: Campaign, tied: set[int]) -> None:
    """Chưa biểu quyết về đồng hạng này, nor is a vote on it waiting."""
    waiting = [
        set(votes)
        for ballot, votes in results.rank_ballots(campaign.id)
        if ballot.closed_at is None
    ]
    if any(units & tied for units in waiting):
        refuse("Đồng hạng này đang chờ Hội đồng biểu quyết.")
    if len(by_votes(sorted(tied), results.votes_between_units(campaign.id))) > 1:
        refuse("Hội đồng đã biểu quyết về đồng hạng này; hãy chốt lại xếp hạng để lấy kết quả.")


def _standings(campaign: Campaign, today: date) -> list[FrozenRow]:
    """Thứ hạng của mọi đơn vị, block by block, each with its explanation."""
    scheme = scheme_of(campaign.id)
    said = said_of(campaign, scheme, today)
    return [
        _standing(block.id, row, _explained(campaign, scheme, case, said) if case else {})
        for block in queries.blocks(campaign.id)
        for row, case in _cases(campaign, scheme, block)
    ]


def _cases(campaign: Campaign, scheme: Scheme, block: Block) -> Iterator[tuple[Row, Case | None]]:
    """Các đơn vị của khối as the table has them, with the case of each that was verified."""
    units = {unit.participation_id: unit for unit in finished_units(campaign.id, block.id)}
    results, finished = block_results(scheme, list(units.values())), finishers(block.id)
    counted = tallies.counted_tallies(campaign, block.id, campaign.aggregation, in_full=True)
    table = queries.table(campaign, block, scheme=scheme, verified=results, counted=counted)
    for row in [*table.ranked, *table.unranked]:
        unit = units.get(row.id)
        if unit is None:
            yield row, None
        else:
            content = final_content(row.id, unit.version_id)
            marks = tallies.marks_of(block.id, row.id)
            yield row, Case(row, unit, results[row.id], content, marks, finished.get(row.id))


def _explained(campaign: Campaign, scheme: Scheme, case: Case, said: Said) -> dict[str, Any]:
    """Giải trình to be frozen; where the Council votes on bands, also which ones are reached."""
    told = told_in_full(campaign, scheme, case, said)
    return told if campaign.band_share is None else told | {"reached": list(case.row.reached)}


def _standing(block_id: int, row: Row, explanation: dict[str, Any]) -> FrozenRow:
    """Thứ hạng của một đơn vị để chốt; of one that was not verified little is told."""
    return {
        "participation_id": row.id,
        "block_id": block_id,
        "rank": row.standing.rank if row.standing else None,
        "total": row.total if row.standing else None,
        "band": row.band,
        "explanation": explanation or {**NOTHING, "unit": row.name, "reason": row.reason},
    }
