"""Hình thức và chỉ tiêu như kế hoạch ghi: in words, and noted where a launched plan changes."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import NamedTuple

from campaign.accounts.models import User
from campaign.extensions import db
from campaign.nomination import queries
from campaign.nomination.models import AwardKind, AwardQuota
from campaign.planning.corrections import note_awards
from campaign.planning.models import Block, Campaign, CorrectionRound
from campaign.planning.queries import rows_of


class PlannedAward(NamedTuple):
    """Một hình thức trong kế hoạch: its name, whom it is for, how many."""

    name: str
    subject: str
    quota: str


def planned_awards(campaign_id: int, blocks: Sequence[Block]) -> list[PlannedAward]:
    """Hình thức và chỉ tiêu as planned: a share stays one, for units enrol after the launch."""
    quotas = queries.quotas(campaign_id)
    awards = []
    for kind in queries.kinds(campaign_id):
        limits = _limits(kind, blocks, quotas)
        awards.append(
            PlannedAward(
                kind.award_type.name,
                kind.subject.label,
                "; ".join(limits) or "không giới hạn số lượng",
            )
        )
    return awards


def _limits(
    kind: AwardKind, blocks: Sequence[Block], quotas: Mapping[tuple[int, int], AwardQuota]
) -> list[str]:
    """Chỉ tiêu của một hình thức, block by block, then of the whole campaign."""
    limits = [
        f"{block.name} tối đa {_limit_words(quota)}"
        for block in blocks
        if (quota := quotas.get((kind.id, block.id))) is not None
    ]
    if kind.overall_limit is not None:
        limits.append(f"toàn phong trào tối đa {kind.overall_limit}")
    return limits


def _limit_words(quota: AwardQuota) -> str:
    if quota.count is not None:
        return str(quota.count)
    share = quota.share_text if quota.fraction else f"{quota.percent} %"
    rounding = ", làm tròn từ nửa trở lên" if quota.rounds_half_up else ""
    return f"{share} số đơn vị của khối{rounding}"


def asks_reason(campaign: Campaign) -> bool:
    """Đã phát động: what changes is a correction; a round that is open has its reason already."""
    return campaign.frozen_at is not None and not campaign.is_correcting


@contextmanager
def noted(campaign: Campaign, *, reason: str, by: User, at: datetime) -> Iterator[None]:
    """Ghi đính chính những gì của một kế hoạch đã phát động đổi đi ở đây, with its reason."""
    if campaign.frozen_at is None:
        yield
        return
    before = _by_name(campaign)
    yield
    db.session.flush()
    for kind in queries.kinds(campaign.id):
        db.session.expire(kind, ["award_type"])
    opened = db.session.get(CorrectionRound, campaign.id) if campaign.is_correcting else None
    why = opened.reason if opened else reason
    note_awards(campaign, before, _by_name(campaign), reason=why, by=by, at=at)


def _by_name(campaign: Campaign) -> dict[str, str]:
    blocks = rows_of(Block, campaign.id)
    return {f"{row.name}, {row.subject}": row.quota for row in planned_awards(campaign.id, blocks)}
