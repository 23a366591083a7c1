"""Đề nghị khen thưởng: kinds, quotas, nominees, and what the Council said of them."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from campaign.core.dates import local_date
from campaign.enrolment.models import Participation
from campaign.enrolment.rules import ParticipationState
from campaign.extensions import db, visible_row
from campaign.honours.rules import CampaignChoice, Subject
from campaign.nomination.models import AwardKind, AwardQuota, Nominee, NomineeChange
from campaign.nomination.rules import SENT_BACK, NomineeState, Shares, places, shares
from campaign.planning.models import Block, Campaign
from campaign.ranking.frozen_tables import frozen_standings, latest_frozen
from campaign.ranking.models import FrozenStanding
from campaign.units.models import Unit
from campaign.voting import results
from campaign.voting.rules import Outcome


def received_on(rows: Iterable[Nominee]) -> date | None:
    """Ngày nhận hồ sơ: when the last head signed; None where none did."""
    return max(
        (local_date(row.signed_at) for row in rows if row.signed_at is not None), default=None
    )


def chosen_in(form_id: int) -> list[CampaignChoice]:
    """Phong trào đã chọn hình thức này, and for whom."""
    rows = db.session.execute(
        select(Campaign.title, Campaign.starts_on, Campaign.ends_on, AwardKind.subject)
        .join(Campaign, Campaign.id == AwardKind.campaign_id)
        .where(AwardKind.form_id == form_id)
        .order_by(Campaign.id)
    )
    return [CampaignChoice(*row) for row in rows]


def kinds(campaign_id: int) -> Sequence[AwardKind]:
    """Hình thức của phong trào, in order."""
    return db.session.scalars(
        select(AwardKind)
        .where(AwardKind.campaign_id == campaign_id)
        .options(joinedload(AwardKind.award_type))
        .order_by(AwardKind.position, AwardKind.id)
    ).all()


def kind(campaign_id: int, kind_id: int) -> AwardKind:
    """Một hình thức của phong trào."""
    return visible_row(
        select(AwardKind)
        .where(AwardKind.id == kind_id, AwardKind.campaign_id == campaign_id)
        .options(joinedload(AwardKind.award_type))
    )


def quotas(campaign_id: int) -> dict[tuple[int, int], AwardQuota]:
    """Chỉ tiêu: (kind, block) → quota."""
    rows = db.session.scalars(
        select(AwardQuota)
        .join(AwardKind, AwardKind.id == AwardQuota.kind_id)
        .where(AwardKind.campaign_id == campaign_id)
    )
    return {(row.kind_id, row.block_id): row for row in rows}


def block_sizes(campaign_id: int) -> dict[int, int]:
    """Số đơn vị tham gia theo khối."""
    rows = db.session.execute(
        select(Participation.block_id, func.count())
        .where(
            Participation.campaign_id == campaign_id,
            Participation.state == ParticipationState.CONFIRMED,
        )
        .group_by(Participation.block_id)
    )
    return {row[0]: row[1] for row in rows if row[0] is not None}


def limit_of(quota: AwardQuota | None, units: int) -> int | None:
    """Chỉ tiêu của một khối, as a number; a share is of its units."""
    if quota is None:
        return None
    return places(
        count=quota.count,
        percent=quota.percent,
        population=units,
        fraction=quota.fraction,
        rounds_half_up=quota.rounds_half_up,
    )


def _nominees(campaign_id: int) -> Select[Any]:
    return (
        select(Nominee)
        .join(Nominee.participation)
        .join(Participation.unit)
        .where(Nominee.campaign_id == campaign_id)
        .options(
            joinedload(Nominee.participation).joinedload(Participation.unit),
            joinedload(Nominee.kind).joinedload(AwardKind.award_type),
        )
        .order_by(Unit.sort_key, Nominee.name_key, Nominee.id)
    )


def nominees(
    campaign_id: int, *, unit_ids: Collection[int] | None = None, hidden: Collection[int] = ()
) -> list[Nominee]:
    """Các đề nghị; of some units only, or without those somebody is kept away from."""
    statement = _nominees(campaign_id)
    if unit_ids is not None:
        statement = statement.where(Participation.unit_id.in_(unit_ids))
    if hidden:
        statement = statement.where(Participation.unit_id.not_in(hidden))
    return list(db.session.scalars(statement))


def nominee(campaign_id: int, nominee_id: int) -> Nominee:
    """Một đề nghị của phong trào."""
    row: Nominee = visible_row(_nominees(campaign_id).where(Nominee.id == nominee_id))
    return row


def changes_of(nominee_id: int) -> Sequence[NomineeChange]:
    """Các lần đổi đề xuất, newest first."""
    return db.session.scalars(
        select(NomineeChange)
        .where(NomineeChange.nominee_id == nominee_id)
        .options(joinedload(NomineeChange.by))
        .order_by(NomineeChange.id.desc())
    ).all()


def frozen_ranks(campaign_id: int) -> dict[int, FrozenStanding]:
    """Xếp hạng đã chốt: participation → standing."""
    frozen = latest_frozen(campaign_id)
    return {row.participation_id: row for row in frozen_standings(frozen.id)} if frozen else {}


def shares_of(rows: Sequence[Nominee]) -> Shares:
    """Cơ cấu của các cá nhân trong danh sách."""
    return shares(
        [(row.is_leader, row.honorific) for row in rows if row.kind.subject is Subject.INDIVIDUAL]
    )


@dataclass(frozen=True)
class Panel:
    """Một bảng đề xuất: a kind in a block, its quota, its nominees and their make-up."""

    kind: AwardKind
    block: Block
    limit: int | None
    rows: list[Nominee]
    proposed: int
    shares: Shares
    leaders: int


def panels(campaign: Campaign, rows: Sequence[Nominee]) -> list[Panel]:
    """Các bảng đề xuất, kind by kind and block by block."""
    limits, sizes = quotas(campaign.id), block_sizes(campaign.id)
    blocks = db.session.scalars(
        select(Block).where(Block.campaign_id == campaign.id).order_by(Block.position, Block.id)
    ).all()
    listed = []
    for award_kind in kinds(campaign.id):
        for block in blocks:
            limit = limit_of(limits.get((award_kind.id, block.id)), sizes.get(block.id, 0))
            listed.append(_panel(award_kind, block, limit, rows))
    return listed


def _panel(kind: AwardKind, block: Block, limit: int | None, rows: Sequence[Nominee]) -> Panel:
    """Một bảng with those of the nominees that are of its kind and its block."""
    inside = [
        row for row in rows if row.kind_id == kind.id and row.participation.block_id == block.id
    ]
    chosen = [row for row in inside if row.state is NomineeState.PROPOSED]
    return Panel(
        kind,
        block,
        limit,
        inside,
        len(chosen),
        shares_of(chosen),
        sum(row.is_leader for row in chosen),
    )


def council_says(campaign_id: int, rows: Sequence[Nominee]) -> dict[int, Outcome]:
    """Kết quả bỏ phiếu cuối cùng: nominee → outcome; none for what an objection sent back, until it
    is voted anew.
    """
    standing = settled(campaign_id)
    counted = results.results_for(campaign_id, [row.id for row in rows if row.id in standing])
    return {key: line.outcome for key, (_, line) in counted.items() if line.outcome is not None}


def settled(campaign_id: int) -> frozenset[int]:
    """Đề nghị đã đưa ra Hội đồng, but for those an objection sent back since."""
    times = results.times_before_council(campaign_id)
    back = Counter(
        db.session.scalars(
            select(NomineeChange.nominee_id)
            .join(Nominee, Nominee.id == NomineeChange.nominee_id)
            .where(
                Nominee.campaign_id == campaign_id,
                NomineeChange.reason.startswith(SENT_BACK, autoescape=True),
            )
        )
    )
    return frozenset(nominee_id for nominee_id, count in times.items() if count > back[nominee_id])


def holding(campaign_id: int, rows: Sequence[Nominee]) -> frozenset[int]:
    """Đề xuất đang giữ một suất: before the Council, or passed by it."""
    outcome, standing = council_says(campaign_id, rows), settled(campaign_id)
    return frozenset(
        row.id
        for row in rows
        if row.state is NomineeState.PROPOSED
        and row.id in standing
        and outcome.get(row.id) is not Outcome.NOT_ELECTED
    )


def returning(campaign_id: int) -> dict[int, str]:
    """Đề nghị trở lại vì lượt bỏ phiếu đã huỷ: nominee → which ballot and why; the next ballots
    take them in by themselves.
    """
    standing = settled(campaign_id)
    return {
        subject: ballot.words
        for subject, ballot in results.annulled_last(campaign_id).items()
        if subject not in standing
    }


def waiting_for_council(campaign_id: int) -> int:
    """Số đề xuất chưa ra Hội đồng, those whose ballot was annulled among them."""
    proposed = set(
        db.session.scalars(
            select(Nominee.id).where(
                Nominee.campaign_id == campaign_id, Nominee.state == NomineeState.PROPOSED
            )
        )
    )
    return len(proposed - settled(campaign_id)) if proposed else 0


def elected(campaign_id: int) -> list[Nominee]:
    """Các đề nghị Hội đồng đã thông qua."""
    rows = nominees(campaign_id)
    outcome = council_says(campaign_id, rows)
    return [
        row
        for row in rows
        if outcome.get(row.id) is Outcome.ELECTED and row.state is NomineeState.PROPOSED
    ]


def participations(campaign_id: int) -> Sequence[Participation]:
    """Đơn vị được xác nhận tham gia, with their units."""
    return db.session.scalars(
        select(Participation)
        .join(Participation.unit)
        .where(
            Participation.campaign_id == campaign_id,
            Participation.state == ParticipationState.CONFIRMED,
        )
        .options(joinedload(Participation.unit))
        .order_by(Unit.sort_key)
    ).all()
