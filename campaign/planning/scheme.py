"""Bảng điểm: what is scored, as plain values; which criteria apply to a unit, and to what
maximum.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from campaign.core.points import rescale_maxima
from campaign.planning.indicators.rules import Achievement, Observation, Shares, achievement
from campaign.planning.rules import (
    CriterionKind,
    Direction,
    JudgedBy,
    Judgement,
    PointsRule,
    PointsRuleKind,
    TargetOf,
    ValueKind,
)


class AllocatedTarget(NamedTuple):
    """Chỉ tiêu giao cho một đơn vị; an absent part falls back to the indicator's own."""

    target: Decimal | None
    growth_target: Decimal | None
    previous_year_value: Decimal | None


@dataclass(frozen=True, slots=True)
class MeasuredIndicator:
    """Chỉ tiêu, as reports and rules need it."""

    id: int
    name: str
    short_name: str
    symbol: str
    direction: Direction
    judgement: Judgement
    year_target: Decimal | None
    growth_target: Decimal | None
    previous_year_value: Decimal | None
    decimals: int
    required_kind: ValueKind | None
    source_required: bool
    is_checked: bool
    rule: PointsRule
    owners: frozenset[int] = frozenset()
    allocations: Mapping[int, AllocatedTarget] = field(default_factory=dict)
    source: str = ""
    bonus_group_id: int | None = None
    target_of: TargetOf = TargetOf.YEAR
    is_carried_over: bool = False

    @property
    def is_doubted(self) -> bool:
        """Chưa ai đối chiếu: neither compared nor typed by the office itself with a source."""
        return not self.is_checked and (self.is_carried_over or not self.source.strip())

    def concerns(self, unit_id: int) -> bool:
        """Whether the unit answers for it: an owner or one with an allocation; everybody where none
        is named.
        """
        named = self.owners or self.allocations
        return not named or unit_id in self.owners or unit_id in self.allocations

    def targets_for(self, unit_id: int) -> AllocatedTarget:
        """Mục tiêu của đơn vị: its allocation, completed by the indicator's own growth target."""
        own = AllocatedTarget(self.year_target, self.growth_target, self.previous_year_value)
        given = self.allocations.get(unit_id)
        if given is None:
            return own
        return AllocatedTarget(
            target=given.target if given.target is not None else own.target,
            growth_target=given.growth_target
            if given.growth_target is not None
            else own.growth_target,
            previous_year_value=given.previous_year_value,
        )

    def reached(
        self, unit_id: int, value: Decimal | None, comparison: Decimal | None, shares: Shares
    ) -> Achievement:
        """Mức đạt của một số liệu, against the unit's own target and what its period expects."""
        targets = self.targets_for(unit_id)
        return achievement(
            self.direction,
            self.judgement,
            Observation(
                value=value,
                target=targets.target,
                growth_target=targets.growth_target,
                same_period_last_year=comparison,
                expected_share=shares.of(self.target_of),
            ),
        )


@dataclass(frozen=True, slots=True)
class ScoredCriterion:
    """Tiêu chí, as scoring needs it; `blocks` and `units` are its scope, empty for everybody."""

    id: int
    group_id: int
    code: str
    name: str
    guidance: str
    maximum: Decimal
    kind: CriterionKind
    judged_by: JudgedBy
    evidence_required: bool
    indicator_id: int | None = None
    blocks: frozenset[int] = frozenset()
    units: frozenset[int] = frozenset()

    def is_in_scope(self, unit_id: int, block_id: int | None) -> bool:
        """Whether the plan applies it to this unit, its indicator aside."""
        if not (self.blocks or self.units):
            return True
        return unit_id in self.units or block_id in self.blocks


@dataclass(frozen=True, slots=True)
class ScoredGroup:
    """Nhóm tiêu chí, with its criteria in order."""

    id: int
    code: str
    name: str
    kind: CriterionKind
    cap: Decimal | None
    criteria: tuple[ScoredCriterion, ...]

    @property
    def maximum(self) -> Decimal:
        """Điểm tối đa của nhóm: the sum of its criteria."""
        return sum((criterion.maximum for criterion in self.criteria), Decimal(0))


@dataclass(frozen=True)
class Scheme:
    """Bảng điểm của phong trào: groups, criteria and indicators in the order of the plan."""

    groups: tuple[ScoredGroup, ...]
    indicators: Mapping[int, MeasuredIndicator]

    @cached_property
    def criteria(self) -> tuple[ScoredCriterion, ...]:
        """Mọi tiêu chí, in order."""
        return tuple(criterion for group in self.groups for criterion in group.criteria)

    @cached_property
    def checked(self) -> tuple[ScoredCriterion, ...]:
        """Tiêu chí có điểm từ thẩm định: what the rules and the secretariat decide, in order."""
        return tuple(row for row in self.criteria if row.judged_by is not JudgedBy.COUNCIL)

    @property
    def ranks_within_blocks(self) -> bool:
        """Whether a unit's points depend on the other units of its block."""
        return any(
            row.rule.kind is PointsRuleKind.RANK_IN_BLOCK for row in self.indicators.values()
        )

    @property
    def base_total(self) -> Decimal:
        """Tổng điểm chuẩn, bonus and penalty aside: 100 before launch."""
        return sum(
            (group.maximum for group in self.groups if group.kind is CriterionKind.BASE), Decimal(0)
        )

    def total_with(self, criterion_id: int, group_id: int, maximum: Decimal) -> Decimal:
        """Tổng điểm chuẩn khi một tiêu chí (0: a new one) has this maximum in that group."""
        base = [group for group in self.groups if group.kind is CriterionKind.BASE]
        others = sum(
            (row.maximum for group in base for row in group.criteria if row.id != criterion_id),
            Decimal(0),
        )
        return others + (maximum if group_id in {group.id for group in base} else Decimal(0))

    def applies(self, criterion: ScoredCriterion, unit_id: int, block_id: int | None) -> bool:
        """Áp dụng: in the criterion's scope, and its indicator (if any) concerns the unit."""
        if not criterion.is_in_scope(unit_id, block_id):
            return False
        indicator = self.indicators.get(criterion.indicator_id) if criterion.indicator_id else None
        return indicator is None or indicator.concerns(unit_id)

    def asks(self, indicator: MeasuredIndicator, unit_id: int, block_id: int | None) -> bool:
        """Đơn vị phải báo chỉ tiêu này: it answers for it, and so does the scope of the criterion
        that takes it.
        """
        criterion = self._scoped.get(indicator.id)
        return indicator.concerns(unit_id) and (
            criterion is None or criterion.is_in_scope(unit_id, block_id)
        )

    @cached_property
    def _scoped(self) -> Mapping[int, ScoredCriterion]:
        """Criteria for some blocks or units alone, by the indicator they take."""
        return {
            row.indicator_id: row
            for row in self.criteria
            if row.indicator_id and (row.blocks or row.units)
        }

    def maxima_for(
        self, unit_id: int, block_id: int | None, not_applicable: Collection[int] = ()
    ) -> Mapping[int, Decimal]:
        """Điểm tối đa của từng tiêu chí áp dụng cho đơn vị (criterion id → points).

        Within a base group the criteria that apply are re-scaled to the group's maximum (design
        decision 7); bonus and penalty criteria keep theirs. `not_applicable` are the criteria that
        verification set aside for this unit, with a reason.
        """
        applicable = self._always | {
            criterion.id
            for criterion in self._sometimes
            if self.applies(criterion, unit_id, block_id)
        }
        if not_applicable:
            applicable -= set(not_applicable)
        if applicable not in self._maxima:
            self._maxima[applicable] = self._rescaled(applicable)
        return self._maxima[applicable]

    @cached_property
    def _sometimes(self) -> tuple[ScoredCriterion, ...]:
        """Criteria that may not apply to a unit: those with a scope, and those whose indicator
        names its units.
        """
        named = {key for key, row in self.indicators.items() if row.owners or row.allocations}
        return tuple(
            row for row in self.criteria if row.blocks or row.units or row.indicator_id in named
        )

    @cached_property
    def _always(self) -> frozenset[int]:
        return frozenset(row.id for row in self.criteria) - {row.id for row in self._sometimes}

    @cached_property
    def _maxima(self) -> dict[frozenset[int], dict[int, Decimal]]:
        """Maxima by what applies: most units share one of a few sets."""
        return {}

    def _rescaled(self, applicable: frozenset[int]) -> dict[int, Decimal]:
        maxima: dict[int, Decimal] = {}
        for group in self.groups:
            own = {criterion.id: criterion.maximum for criterion in group.criteria}
            chosen = [key for key in own if key in applicable]
            if group.kind is CriterionKind.BASE and chosen:
                maxima |= rescale_maxima(own, chosen, group.maximum)
            else:
                maxima |= {key: own[key] for key in chosen}
        return maxima
