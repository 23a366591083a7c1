"""Bảng điểm của bản sao: sections, criteria and what they name, each by its twin."""

from collections.abc import Mapping

from sqlalchemy import select

from campaign.extensions import db
from campaign.planning.copied_rows import CopiedIds, copied_rows, row_values
from campaign.scheme.models import (
    Criterion,
    CriterionGroup,
    CriterionMarker,
    CriterionScope,
    Indicator,
)
from campaign.scheme.rules.terms import TakesFrom


def copy_table(source_id: int, target_id: int, new: CopiedIds) -> None:
    """Bảng điểm: its sections, their criteria, and where bonuses of indicators are counted."""
    new.groups = copied_rows(CriterionGroup, source_id, target_id, "parent_id")
    _copy_tree(source_id, new)
    _copy_criteria(source_id, target_id, new)
    _copy_bonus_groups(source_id, new)


def _copy_tree(source_id: int, new: CopiedIds) -> None:
    """Each section stands in the twin of what it stood in."""
    below = select(CriterionGroup).where(
        CriterionGroup.campaign_id == source_id, CriterionGroup.parent_id.is_not(None)
    )
    for row in db.session.scalars(below):
        twin = db.session.get_one(CriterionGroup, new.groups[row.id])
        twin.parent_id = new.groups[row.parent_id or 0]
    db.session.flush()


def _copy_criteria(source_id: int, target_id: int, new: CopiedIds) -> None:
    criteria = select(Criterion).where(Criterion.campaign_id == source_id).order_by(Criterion.id)
    pairs = []
    for row in db.session.scalars(criteria):
        twin = Criterion(
            campaign_id=target_id,
            group_id=new.groups[row.group_id],
            indicator_id=new.indicators.get(row.indicator_id or 0),
            takes_from=TakesFrom.TOTAL,
            **row_values(row, "group_id", "indicator_id", "takes_from", "taken_criterion_id"),
        )
        db.session.add(twin)
        pairs.append((row.id, twin))
    db.session.flush()
    _copy_takings(dict(pairs))
    for old, twin in pairs:
        _copy_markers(old, twin.id)
        _copy_scope(old, twin.id, new)


def _copy_markers(source_id: int, target_id: int) -> None:
    """Người được giao chấm một tiêu chí."""
    db.session.add_all(
        CriterionMarker(criterion_id=target_id, function=row.function, user_id=row.user_id)
        for row in db.session.scalars(
            select(CriterionMarker).where(CriterionMarker.criterion_id == source_id)
        )
    )


def _copy_scope(source_id: int, target_id: int, new: CopiedIds) -> None:
    """Phạm vi áp dụng của một tiêu chí: the twins of its blocks, and the same units."""
    for scope in db.session.scalars(
        select(CriterionScope).where(CriterionScope.criterion_id == source_id)
    ):
        db.session.add(
            CriterionScope(
                criterion_id=target_id,
                block_id=new.blocks.get(scope.block_id or 0),
                unit_id=scope.unit_id,
            )
        )


def _copy_takings(twins: Mapping[int, Criterion]) -> None:
    """Each penalty takes from the twin of what it took from."""
    penalties = select(Criterion).where(
        Criterion.id.in_(twins), Criterion.takes_from != TakesFrom.TOTAL
    )
    for row in db.session.scalars(penalties):
        twin, taken = twins[row.id], twins.get(row.taken_criterion_id or 0)
        twin.takes_from, twin.taken_criterion_id = row.takes_from, taken.id if taken else None
    db.session.flush()


def _copy_bonus_groups(source_id: int, new: CopiedIds) -> None:
    named = select(Indicator).where(
        Indicator.campaign_id == source_id, Indicator.bonus_group_id.is_not(None)
    )
    for row in db.session.scalars(named):
        twin = db.session.get_one(Indicator, new.indicators[row.id])
        twin.bonus_group_id = new.groups.get(row.bonus_group_id or 0)
