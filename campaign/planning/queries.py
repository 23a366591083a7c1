"""Phát động: what the pages of a plan read."""

from collections import defaultdict

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from campaign.core.errors import NotVisible
from campaign.core.permissions import Permission, Viewer
from campaign.extensions import db
from campaign.planning.models import (
    Allocation,
    Campaign,
    Criterion,
    CriterionGroup,
    CriterionScope,
    Indicator,
    IndicatorOwner,
)
from campaign.planning.rules import Phase, points_rule_from_data
from campaign.planning.scheme import (
    AllocatedTarget,
    MeasuredIndicator,
    Scheme,
    ScoredCriterion,
    ScoredGroup,
)


def scheme_of(campaign_id: int) -> Scheme:
    """Bảng điểm của phong trào: five queries, whatever its size."""
    criteria: dict[int, list[ScoredCriterion]] = defaultdict(list)
    blocks, units = _scopes(campaign_id)
    groups = db.session.scalars(
        select(CriterionGroup).where(CriterionGroup.campaign_id == campaign_id)
        .order_by(CriterionGroup.position, CriterionGroup.id)).all()
    kinds = {group.id: group.kind for group in groups}
    for row in db.session.scalars(
        select(Criterion).where(Criterion.campaign_id == campaign_id)
        .order_by(Criterion.position, Criterion.id)
    ):
        criteria[row.group_id].append(ScoredCriterion(
            id=row.id, group_id=row.group_id, code=row.code, name=row.name, guidance=row.guidance,
            maximum=row.maximum, kind=kinds[row.group_id], judged_by=row.judged_by,
            evidence_required=row.evidence_required, indicator_id=row.indicator_id,
            blocks=frozenset(blocks[row.id]), units=frozenset(units[row.id])))
    return Scheme(
        groups=tuple(ScoredGroup(id=group.id, code=group.code, name=group.name, kind=group.kind,
                                 cap=group.cap, criteria=tuple(criteria[group.id]))
                     for group in groups),
        indicators=indicators_of(campaign_id))


def _scopes(campaign_id: int) -> tuple[dict[int, set[int]], dict[int, set[int]]]:
    blocks: dict[int, set[int]] = defaultdict(set)
    units: dict[int, set[int]] = defaultdict(set)
    for scope in db.session.scalars(
        select(CriterionScope).join(Criterion, Criterion.id == CriterionScope.criterion_id)
        .where(Criterion.campaign_id == campaign_id)
    ):
        if scope.block_id is not None:
            blocks[scope.criterion_id].add(scope.block_id)
        elif scope.unit_id is not None:
            units[scope.criterion_id].add(scope.unit_id)
    return blocks, units


def indicators_of(campaign_id: int) -> dict[int, MeasuredIndicator]:
    """Các chỉ tiêu của phong trào, by id in the order of the plan: three queries."""
    mine = select(Indicator.id).where(Indicator.campaign_id == campaign_id)
    owners: dict[int, set[int]] = defaultdict(set)
    for owner in db.session.scalars(select(IndicatorOwner).where(IndicatorOwner.indicator_id.in_(mine))):
        owners[owner.indicator_id].add(owner.unit_id)
    allocations: dict[int, dict[int, AllocatedTarget]] = defaultdict(dict)
    for given in db.session.scalars(select(Allocation).where(Allocation.indicator_id.in_(mine))):
        allocations[given.indicator_id][given.unit_id] = AllocatedTarget(
            given.target, given.growth_target, given.previous_year_value)
    rows = db.session.scalars(
        select(Indicator).where(Indicator.campaign_id == campaign_id)
        .options(joinedload(Indicator.measure_unit))
        .order_by(Indicator.position, Indicator.id))
    return {
        row.id: MeasuredIndicator(
            id=row.id, name=row.name, short_name=row.short_name or row.name,
            symbol=row.measure_unit.symbol, direction=row.direction, judgement=row.judgement,
            year_target=row.year_target, growth_target=row.growth_target,
            previous_year_value=row.previous_year_value, decimals=row.decimals,
            required_kind=row.required_kind, source_required=row.source_required,
            is_checked=row.checked_on is not None, rule=points_rule_from_data(row.points_rule),
            owners=frozenset(owners[row.id]), allocations=dict(allocations[row.id]))
        for row in rows
    }


def campaign_for(viewer: Viewer, campaign_id: int) -> Campaign:
    """Phong trào, with its organiser and rule set; a draft exists only for those who plan."""
    statement = (select(Campaign).where(Campaign.id == campaign_id)
                 .options(joinedload(Campaign.organiser), joinedload(Campaign.rule_set)))
    if Permission.CAMPAIGN_PLAN not in viewer.permissions:
        statement = statement.where(Campaign.phase != Phase.DRAFT)
    campaign = db.session.scalars(statement).one_or_none()
    if campaign is None:
        raise NotVisible
    return campaign
