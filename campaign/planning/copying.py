"""Sao chép kế hoạch: a draft from the plan of an earlier campaign."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.inspection import inspect

from campaign.extensions import db
from campaign.planning.actions import _SHARES
from campaign.planning.models import Band, Block, Campaign, ReportingPeriod, Task
from campaign.planning.ties import renamed_chain
from campaign.scheme.models import (
    Allocation,
    Criterion,
    CriterionGroup,
    CriterionScope,
    Indicator,
    IndicatorOwner,
)


@dataclass
class _CopiedIds:
    """Mã số mới of what was copied, by the old one."""

    blocks: dict[int, int]
    indicators: dict[int, int]
    groups: dict[int, int]


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


def copy_campaign(source: Campaign, *, title: str, starts_on: date) -> Campaign:
    """Sao chép kế hoạch: everything planned, its dates shifted; no enrolment, council or report.

    The targets are an earlier year's: they wait to be checked again.
    """
    shift = starts_on - source.starts_on
    campaign = Campaign(
        title=title,
        starts_on=starts_on,
        ends_on=source.ends_on + shift,
        **{name: getattr(source, name) for name in COPIED},
    )
    db.session.add(campaign)
    db.session.flush()
    for model in (Band, Task):
        _copy_rows(model, source.id, campaign.id)
    new = _CopiedIds(
        blocks=_copy_rows(Block, source.id, campaign.id),
        indicators=_copy_rows(Indicator, source.id, campaign.id, "bonus_group_id"),
        groups=_copy_rows(CriterionGroup, source.id, campaign.id),
    )
    campaign.tie_breaks = renamed_chain(source.tie_breaks, new.groups)
    _copy_periods(source.id, campaign.id, shift)
    _copy_criteria(source.id, campaign.id, new)
    _copy_links(new)
    _copy_bonus_groups(source.id, new)
    return campaign


def _values(row: Any, *without: str) -> dict[str, Any]:
    skipped = {"id", "campaign_id", *without}
    return {
        column.key: getattr(row, column.key)
        for column in inspect(row).mapper.column_attrs
        if column.key not in skipped
    }


def _copy_rows(model: Any, source_id: int, target_id: int, *without: str) -> dict[int, int]:
    pairs = []
    for row in db.session.scalars(
        select(model).where(model.campaign_id == source_id).order_by(model.id)
    ):
        twin = model(campaign_id=target_id, **_values(row, "checked_by_id", "checked_on", *without))
        if isinstance(twin, Indicator):
            twin.is_carried_over = True
        db.session.add(twin)
        pairs.append((row.id, twin))
    db.session.flush()
    return {old: twin.id for old, twin in pairs}


def _copy_periods(source_id: int, target_id: int, shift: timedelta) -> None:
    dates = ("starts_on", "ends_on", "due_on", "locks_on")
    for row in db.session.scalars(
        select(ReportingPeriod).where(ReportingPeriod.campaign_id == source_id)
    ):
        moved = {name: getattr(row, name) + shift for name in dates}
        db.session.add(
            ReportingPeriod(campaign_id=target_id, **_values(row, *dates, *_SHARES), **moved)
        )
    db.session.flush()


def _copy_criteria(source_id: int, target_id: int, new: _CopiedIds) -> None:
    pairs = []
    for row in db.session.scalars(
        select(Criterion).where(Criterion.campaign_id == source_id).order_by(Criterion.id)
    ):
        twin = Criterion(
            campaign_id=target_id,
            group_id=new.groups[row.group_id],
            indicator_id=new.indicators.get(row.indicator_id or 0),
            **_values(row, "group_id", "indicator_id"),
        )
        db.session.add(twin)
        pairs.append((row.id, twin))
    db.session.flush()
    for old, twin in pairs:
        for scope in db.session.scalars(
            select(CriterionScope).where(CriterionScope.criterion_id == old)
        ):
            db.session.add(
                CriterionScope(
                    criterion_id=twin.id,
                    block_id=new.blocks.get(scope.block_id or 0),
                    unit_id=scope.unit_id,
                )
            )


def _copy_bonus_groups(source_id: int, new: _CopiedIds) -> None:
    named = select(Indicator).where(
        Indicator.campaign_id == source_id, Indicator.bonus_group_id.is_not(None)
    )
    for row in db.session.scalars(named):
        twin = db.session.get_one(Indicator, new.indicators[row.id])
        twin.bonus_group_id = new.groups.get(row.bonus_group_id or 0)


def _copy_links(new: _CopiedIds) -> None:
    models: tuple[type[Any], ...] = (IndicatorOwner, Allocation)
    for model in models:
        for row in db.session.scalars(select(model).where(model.indicator_id.in_(new.indicators))):
            db.session.add(
                model(indicator_id=new.indicators[row.indicator_id], **_values(row, "indicator_id"))
            )
