"""Bảng xếp hạng đã chốt: the frozen tables, and the ties left in them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from campaign.enrolment.models import Participation
from campaign.extensions import db
from campaign.planning.models import Block, Campaign
from campaign.planning.rules import Phase
from campaign.ranking.bands import Candidate, next_vote
from campaign.ranking.models import FrozenRanking, FrozenStanding
from campaign.ranking.queries import bands_of, blocks
from campaign.voting import results


def latest_frozen(campaign_id: int) -> FrozenRanking | None:
    """Bảng xếp hạng đã chốt có hiệu lực: the last one."""
    return db.session.scalars(
        select(FrozenRanking)
        .where(FrozenRanking.campaign_id == campaign_id)
        .options(joinedload(FrozenRanking.by))
        .order_by(FrozenRanking.id.desc())
        .limit(1)
    ).one_or_none()


def frozen_standings(ranking_id: int) -> Sequence[FrozenStanding]:
    """Thứ hạng đã chốt, by block and rank, the unranked last."""
    return db.session.scalars(
        select(FrozenStanding)
        .where(FrozenStanding.ranking_id == ranking_id)
        .options(joinedload(FrozenStanding.participation).joinedload(Participation.unit))
        .order_by(
            FrozenStanding.block_id,
            FrozenStanding.rank.is_(None),
            FrozenStanding.rank,
            FrozenStanding.id,
        )
    ).all()


def published_ranking(campaign_id: int) -> Sequence[FrozenStanding]:
    """Kết quả đã công bố; empty before publication."""
    phase = db.session.scalar(select(Campaign.phase).where(Campaign.id == campaign_id))
    frozen = latest_frozen(campaign_id) if phase is Phase.PUBLISHED else None
    return frozen_standings(frozen.id) if frozen else []


@dataclass(frozen=True)
class Tie:
    """Đồng hạng trong bảng đã chốt: units of one block that share a rank."""

    block: Block
    rank: int
    units: Sequence[FrozenStanding]


def ties(frozen: FrozenRanking) -> list[Tie]:
    """Các đồng hạng còn lại, block by block."""
    groups: dict[tuple[int, int], list[FrozenStanding]] = defaultdict(list)
    for row in frozen_standings(frozen.id):
        if row.rank is not None:
            groups[row.block_id, row.rank].append(row)
    known = {block.id: block for block in blocks(frozen.campaign_id)}
    return [
        Tie(known[block_id], place, rows)
        for (block_id, place), rows in groups.items()
        if len(rows) > 1
    ]


@dataclass(frozen=True)
class BandVote:
    """Lượt xếp loại kế tiếp: a band, and the units whose points open the vote on it."""

    name: str
    units: Sequence[FrozenStanding]


def next_band_vote(frozen: FrozenRanking) -> BandVote | None:
    """Mức xếp loại kế tiếp đưa ra Hội đồng; None where nothing waits, or a vote is not counted."""
    rows = {row.participation_id: row for row in frozen_standings(frozen.id)}
    votes = results.band_votes(frozen.campaign_id)
    name, units = next_vote(
        [band.name for band in bands_of(frozen.campaign_id)],
        [
            Candidate(number, row.explanation.get("reached", ()), votes.get(number, {}))
            for number, row in rows.items()
        ],
    )
    return BandVote(name, [rows[number] for number in units]) if name else None


def is_outvoted(frozen: FrozenRanking) -> bool:
    """Hội đồng đã phân định đồng hạng hoặc xếp loại sau khi bảng này được chốt."""
    return results.votes_bands_since(frozen.campaign_id, frozen.at) or any(
        ballot.closed_at is not None and ballot.closed_at > frozen.at
        for ballot, _ in results.rank_ballots(frozen.campaign_id)
    )
