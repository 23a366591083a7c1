"""Sao chép kế hoạch: a draft from the plan of an earlier campaign."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from campaign.core.dates import moved_by_months
from campaign.extensions import db
from campaign.planning.actions import _SHARES
from campaign.planning.copied_rows import CopiedIds, copied_rows, row_values
from campaign.planning.copied_table import copy_table
from campaign.planning.copy_parts import ALL_PARTS, CopyPart, refuse_torn
from campaign.planning.models import Band, Block, Campaign, PlanCopy, ReportingPeriod, Task
from campaign.planning.ties import renamed_chain
from campaign.scheme.models import (
    Allocation,
    Criterion,
    CriterionScope,
    GivenTarget,
    Indicator,
    IndicatorOwner,
)

COPIED = (
    "occasion",
    "organiser_id",
    "legal_basis",
    "announcement",
    "rule_set_code",
    "aggregation",
    "scale",
    "points_places",
    "mark_step",
    "quorum_numerator",
    "quorum_denominator",
    "award_quorum_numerator",
    "award_quorum_denominator",
    "band_numerator",
    "band_denominator",
    "minimum_marks",
    "recuses_block",
    "rescaling",
    "clarification_days",
    "divergence_points",
    "divergence_percent",
    "divergence_ended_by",
    "progress_is_public",
    "is_illustrative",
    "counted_by",
)
"""Những gì của chính phong trào đi cùng bản sao."""


@dataclass(frozen=True)
class Copied:
    """Bản sao, with the numbers of its rows by those of the source's."""

    campaign: Campaign
    blocks: Mapping[int, int]
    indicators: Mapping[int, int]


def copy_campaign(
    source: Campaign, *, title: str, months: int, parts: Collection[CopyPart] = ALL_PARTS
) -> Copied:
    """Sao chép các phần đã chọn, dates moved by `months`; no enrolment or report.

    The targets are an earlier year's: they wait to be checked again.
    """
    _refuse_torn(source.id, parts)
    campaign = _draft_of(source, title, months)
    db.session.add(campaign)
    db.session.flush()
    db.session.add(
        PlanCopy(campaign_id=campaign.id, source_id=source.id, months=months, parts=sorted(parts))
    )
    new = _copied_parts(source.id, campaign.id, months, parts)
    campaign.tie_breaks = renamed_chain(source.tie_breaks, new.groups)
    db.session.flush()
    return Copied(campaign, new.blocks, new.indicators)


def _draft_of(source: Campaign, title: str, months: int) -> Campaign:
    """Dự thảo with what the campaign itself says of how it is held."""
    return Campaign(
        title=title,
        starts_on=moved_by_months(source.starts_on, months),
        ends_on=moved_by_months(source.ends_on, months),
        **{name: getattr(source, name) for name in COPIED},
    )


def _copied_parts(
    source_id: int, campaign_id: int, months: int, parts: Collection[CopyPart]
) -> CopiedIds:
    """Copy each part that was chosen, what others name before them."""
    new = CopiedIds({}, {}, {}, {})
    _copy_lists(source_id, campaign_id, parts)
    if CopyPart.BLOCKS in parts:
        new.blocks = copied_rows(Block, source_id, campaign_id)
    if CopyPart.INDICATORS in parts:
        new.indicators = copied_rows(Indicator, source_id, campaign_id, "bonus_group_id")
    if CopyPart.TABLE in parts:
        copy_table(source_id, campaign_id, new)
    if CopyPart.PERIODS in parts:
        new.periods = _copy_periods(source_id, campaign_id, months)
    if CopyPart.ALLOCATIONS in parts:
        _copy_links(new)
    return new


def _copy_lists(source_id: int, target_id: int, parts: Collection[CopyPart]) -> None:
    """Mức xếp loại và nhiệm vụ, which nothing else of the plan names."""
    if CopyPart.BANDS in parts:
        copied_rows(Band, source_id, target_id)
    if CopyPart.TASKS in parts:
        copied_rows(Task, source_id, target_id)


def _refuse_torn(source_id: int, parts: Collection[CopyPart]) -> None:
    """What of the source's table would come along without what it rests on."""
    criteria = select(Criterion.id).where(Criterion.campaign_id == source_id)
    numbers = criteria.where(Criterion.indicator_id.is_not(None)).limit(1)
    scoped = (
        criteria.join(CriterionScope, CriterionScope.criterion_id == Criterion.id)
        .where(CriterionScope.block_id.is_not(None))
        .limit(1)
    )
    refuse_torn(
        parts,
        takes_numbers=db.session.scalar(numbers) is not None,
        is_scoped=db.session.scalar(scoped) is not None,
    )


def _copy_periods(source_id: int, target_id: int, months: int) -> dict[int, int]:
    dates = ("starts_on", "ends_on", "due_on", "locks_on")
    pairs = []
    for row in db.session.scalars(
        select(ReportingPeriod).where(ReportingPeriod.campaign_id == source_id)
    ):
        moved = {name: moved_by_months(getattr(row, name), months) for name in dates}
        twin = ReportingPeriod(campaign_id=target_id, **row_values(row, *dates, *_SHARES), **moved)
        db.session.add(twin)
        pairs.append((row.id, twin))
    db.session.flush()
    return {old: twin.id for old, twin in pairs}


def _copy_links(new: CopiedIds) -> None:
    """Đơn vị chủ trì, chỉ tiêu giao và mục tiêu theo khối, theo kỳ of the copied indicators."""
    models: tuple[type[Any], ...] = (IndicatorOwner, Allocation)
    for model in models:
        for row in db.session.scalars(select(model).where(model.indicator_id.in_(new.indicators))):
            db.session.add(
                model(
                    indicator_id=new.indicators[row.indicator_id], **row_values(row, "indicator_id")
                )
            )
    _copy_given_targets(new)


def _copy_given_targets(new: CopiedIds) -> None:
    """Mục tiêu theo khối, theo kỳ, of blocks and periods that came along."""
    for row in db.session.scalars(
        select(GivenTarget).where(GivenTarget.indicator_id.in_(new.indicators))
    ):
        block_id, period_id = new.blocks.get(row.block_id or 0), new.periods.get(row.period_id or 0)
        if (row.block_id and not block_id) or (row.period_id and not period_id):
            continue
        db.session.add(
            GivenTarget(
                indicator_id=new.indicators[row.indicator_id],
                unit_id=row.unit_id,
                block_id=block_id,
                period_id=period_id,
                target=row.target,
                growth_target=row.growth_target,
            )
        )
