"""Bảng điểm: what is read of indicators and criteria."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from sqlalchemy import ScalarResult, Select, select
from sqlalchemy.orm import joinedload

from campaign.core.points import PLACES
from campaign.extensions import db
from campaign.scheme.models import (
    Allocation,
    Criterion,
    CriterionGroup,
    CriterionMarker,
    CriterionScope,
    GivenTarget,
    Indicator,
    IndicatorOwner,
    MeasureUnit,
)
from campaign.scheme.rules.checklist import checklist_from_data
from campaign.scheme.rules.counts import count_rule_from_data
from campaign.scheme.rules.indicators import AllocatedTarget, MeasuredIndicator, OwnWay
from campaign.scheme.rules.markers import EVERYBODY, Markers
from campaign.scheme.rules.reading import points_rule_from_data
from campaign.scheme.rules.table import Scheme, ScoredCriterion, ScoredGroup
from campaign.scheme.rules.targets import GivenTo, Numbers
from campaign.scheme.rules.terms import OwnerPart
from campaign.scheme.rules.tree import MOST_LEVELS, NO_LIMIT


def read_scheme(campaign_id: int, places: int) -> Scheme:
    """Bảng điểm của một phong trào from the database: eight queries, whatever its size."""
    below: dict[int | None, list[CriterionGroup]] = defaultdict(list)
    for row in sections_held(campaign_id):
        below[row.parent_id].append(row)
    criteria = _criteria_of(campaign_id)
    return Scheme(
        groups=tuple(_node(row, 1, below, criteria) for row in below[None]),
        indicators=indicators_of(campaign_id),
        places=places,
    )


def sections_held(campaign_id: int) -> Sequence[CriterionGroup]:
    """Các mục của phong trào, each among its siblings in order."""
    return db.session.scalars(
        select(CriterionGroup)
        .where(CriterionGroup.campaign_id == campaign_id)
        .order_by(CriterionGroup.position, CriterionGroup.id)
    ).all()


_Below = Mapping[int | None, Sequence[CriterionGroup]]
"""Các mục con, by the section that holds them; the groups under None."""
_Leaves = Mapping[int, Sequence[ScoredCriterion]]
"""Các tiêu chí, by the section they stand in."""


def _node(row: CriterionGroup, level: int, below: _Below, criteria: _Leaves) -> ScoredGroup:
    """A section with everything below it; a chain of sections without an end is cut."""
    children = below.get(row.id, ()) if level < MOST_LEVELS else ()
    nodes = tuple(
        node for child in children for node in _node(child, level + 1, below, criteria).outline
    )
    own = tuple(criteria.get(row.id, ()))
    return ScoredGroup(
        id=row.id,
        code=row.code,
        name=row.name,
        criteria=(*own, *(leaf for node in nodes for leaf in node.own)),
        ceiling=row.ceiling,
        floor=row.floor,
        parent_id=row.parent_id,
        level=level,
        nodes=nodes,
    )


def _criteria_of(campaign_id: int) -> Mapping[int, list[ScoredCriterion]]:
    """The criteria of each section, in order."""
    criteria: dict[int, list[ScoredCriterion]] = defaultdict(list)
    blocks, applied = _scopes(campaign_id)
    markers = markers_of(campaign_id)
    for row in db.session.scalars(
        select(Criterion)
        .where(Criterion.campaign_id == campaign_id)
        .order_by(Criterion.position, Criterion.id)
    ):
        criteria[row.group_id].append(
            ScoredCriterion(
                id=row.id,
                group_id=row.group_id,
                code=row.code,
                name=row.name,
                guidance=row.guidance,
                maximum=NO_LIMIT if row.maximum is None else row.maximum,
                kind=row.kind,
                judged_by=row.judged_by,
                evidence_required=row.evidence_required,
                indicator_id=row.indicator_id,
                count_rule=count_rule_from_data(row.count_rule) if row.count_rule else None,
                own_way=own_way_of(row),
                checklist=checklist_from_data(row.checklist or ()),
                markers=markers.get(row.id, EVERYBODY),
                blocks=frozenset(blocks[row.id]),
                units=frozenset(applied[row.id]),
                takes_from=row.takes_from,
                taken_id=row.taken_criterion_id,
            )
        )
    return criteria


def markers_of(campaign_id: int) -> dict[int, Markers]:
    """Người được giao chấm của các tiêu chí, of those alone that name somebody."""
    named: dict[int, Markers] = {}
    for row in db.session.scalars(
        select(CriterionMarker)
        .join(Criterion, Criterion.id == CriterionMarker.criterion_id)
        .where(Criterion.campaign_id == campaign_id)
    ):
        functions, people = named.get(row.criterion_id, EVERYBODY)
        if row.user_id is not None:
            people |= {row.user_id}
        else:
            functions |= {row.function or ""}
        named[row.criterion_id] = Markers(functions, people)
    return named


def own_way_of(row: Criterion) -> OwnWay | None:
    """Cách tính riêng của một tiêu chí, if it has one."""
    if row.judgement is None or row.points_rule is None:
        return None
    return OwnWay(row.judgement, points_rule_from_data(row.points_rule))


def _scopes(campaign_id: int) -> tuple[dict[int, set[int]], dict[int, set[int]]]:
    blocks: dict[int, set[int]] = defaultdict(set)
    applied: dict[int, set[int]] = defaultdict(set)
    for scope in db.session.scalars(
        select(CriterionScope)
        .join(Criterion, Criterion.id == CriterionScope.criterion_id)
        .where(Criterion.campaign_id == campaign_id)
    ):
        if scope.block_id is not None:
            blocks[scope.criterion_id].add(scope.block_id)
        elif scope.unit_id is not None:
            applied[scope.criterion_id].add(scope.unit_id)
    return blocks, applied


def indicators_of(campaign_id: int) -> dict[int, MeasuredIndicator]:
    """Các chỉ tiêu của phong trào, by id in the order of the plan: five queries."""
    mine = select(Indicator.id).where(Indicator.campaign_id == campaign_id)
    owners = _owning(mine)
    allocations, last_year = _allocated(mine)
    given = _given(mine)
    return {
        row.id: replace(
            _measured(row, frozenset(owners[row.id]), dict(allocations[row.id])),
            last_year=dict(last_year[row.id]),
            given=dict(given[row.id]),
        )
        for row in _indicators_held(campaign_id)
    }


def _indicators_held(campaign_id: int) -> ScalarResult[Indicator]:
    """Các chỉ tiêu with their units of measure, in the order of the plan."""
    return db.session.scalars(
        select(Indicator)
        .where(Indicator.campaign_id == campaign_id)
        .options(joinedload(Indicator.measure_unit))
        .order_by(Indicator.position, Indicator.id)
    )


def _owning(mine: Select[Any]) -> dict[int, set[int]]:
    """The units that answer for each indicator, or help with it."""
    owners: dict[int, set[int]] = defaultdict(set)
    for owner in db.session.scalars(
        select(IndicatorOwner).where(IndicatorOwner.indicator_id.in_(mine))
    ):
        owners[owner.indicator_id].add(owner.unit_id)
    return owners


def _allocated(
    mine: Select[Any],
) -> tuple[dict[int, dict[int, AllocatedTarget]], dict[int, dict[int, Decimal | None]]]:
    """What units are given of each indicator; of those given nothing, last year's value."""
    allocations: dict[int, dict[int, AllocatedTarget]] = defaultdict(dict)
    last_year: dict[int, dict[int, Decimal | None]] = defaultdict(dict)
    for row in db.session.scalars(select(Allocation).where(Allocation.indicator_id.in_(mine))):
        if row.target is None and row.growth_target is None:
            last_year[row.indicator_id][row.unit_id] = row.previous_year_value
        else:
            allocations[row.indicator_id][row.unit_id] = AllocatedTarget(
                row.target, row.growth_target, row.previous_year_value
            )
    return allocations, last_year


def _given(mine: Select[Any]) -> dict[int, dict[GivenTo, Numbers]]:
    """Targets by block and by period of each indicator."""
    given: dict[int, dict[GivenTo, Numbers]] = defaultdict(dict)
    for row in db.session.scalars(select(GivenTarget).where(GivenTarget.indicator_id.in_(mine))):
        key = GivenTo(row.unit_id, row.block_id, row.period_id)
        given[row.indicator_id][key] = Numbers(row.target, row.growth_target)
    return given


def _measured(
    row: Indicator, owners: frozenset[int], allocations: dict[int, AllocatedTarget]
) -> MeasuredIndicator:
    return MeasuredIndicator(
        id=row.id,
        name=row.name,
        short_name=row.short_name or row.name,
        symbol=row.measure_unit.symbol,
        direction=row.direction,
        judgement=row.judgement,
        year_target=row.year_target,
        growth_target=row.growth_target,
        previous_year_value=row.previous_year_value,
        decimals=row.decimals,
        required_kind=row.required_kind,
        source_required=row.source_required,
        is_checked=row.checked_on is not None,
        rule=points_rule_from_data(row.points_rule),
        owners=owners,
        allocations=allocations,
        source=row.source,
        bonus_group_id=row.bonus_group_id,
        target_of=row.target_of,
        is_carried_over=row.is_carried_over,
        measure_unit=row.measure_unit.name,
    )


def bonus_groups_of(campaign_id: int) -> Sequence[ScoredGroup]:
    """Các mục nhận được điểm thưởng vượt chỉ tiêu, in order."""
    return [node for node in read_scheme(campaign_id, PLACES).nodes if node.takes_bonus]


def measure_units() -> Sequence[MeasureUnit]:
    """Danh mục đơn vị đo."""
    return db.session.scalars(
        select(MeasureUnit).order_by(MeasureUnit.position, MeasureUnit.id)
    ).all()


def owners_of(indicator_id: int) -> dict[int, OwnerPart]:
    """Đơn vị chủ trì, phối hợp of an indicator: unit → part."""
    return {
        row.unit_id: row.part
        for row in db.session.scalars(
            select(IndicatorOwner).where(IndicatorOwner.indicator_id == indicator_id)
        )
    }


def allocations_of(indicator_id: int) -> dict[int, Allocation]:
    """Chỉ tiêu giao of an indicator, by unit."""
    return {
        row.unit_id: row
        for row in db.session.scalars(
            select(Allocation).where(Allocation.indicator_id == indicator_id)
        )
    }


def given_targets_of(indicator_id: int) -> dict[GivenTo, GivenTarget]:
    """Mục tiêu theo khối, theo kỳ of an indicator."""
    return {
        GivenTo(row.unit_id, row.block_id, row.period_id): row
        for row in db.session.scalars(
            select(GivenTarget).where(GivenTarget.indicator_id == indicator_id)
        )
    }


def scope_of(criterion_id: int) -> tuple[list[int], list[int]]:
    """Phạm vi của một tiêu chí: blocks and units, empty for everybody."""
    rows = db.session.scalars(
        select(CriterionScope).where(CriterionScope.criterion_id == criterion_id)
    ).all()
    return (
        [row.block_id for row in rows if row.block_id is not None],
        [row.unit_id for row in rows if row.unit_id is not None],
    )


def penalties_on(criterion: Criterion) -> Sequence[str]:
    """Điểm trừ trừ vào một tiêu chí, by their codes."""
    return db.session.scalars(
        select(Criterion.code)
        .where(Criterion.taken_criterion_id == criterion.id)
        .order_by(Criterion.code)
    ).all()
