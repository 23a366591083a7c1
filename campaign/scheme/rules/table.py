"""Bảng điểm: what is scored, which criteria apply to a unit, and to what maximum."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from campaign.core.numbers import format_decimal, format_points
from campaign.core.points import PLACES, rescale_maxima
from campaign.scheme.rules.checklist import Checklist
from campaign.scheme.rules.counts import CountRule
from campaign.scheme.rules.formulas.known import FORMULAS
from campaign.scheme.rules.indicators import MeasuredIndicator, OwnWay
from campaign.scheme.rules.terms import CriterionKind, JudgedBy


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
    count_rule: CountRule | None = None
    checklist: Checklist = ()
    own_way: OwnWay | None = None
    """Cách tính riêng, beside that of its indicator."""

    @property
    def is_worked_out(self) -> bool:
        """Điểm do hệ thống tính, from a number, occurrences or items; nobody types it."""
        return self.judged_by in {JudgedBy.INDICATOR, JudgedBy.COUNT, JudgedBy.CHECKLIST}

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
    places: int = PLACES
    """Số chữ số thập phân của điểm, as the plan says."""

    @cached_property
    def criteria(self) -> tuple[ScoredCriterion, ...]:
        """Mọi tiêu chí, in order."""
        return tuple(criterion for group in self.groups for criterion in group.criteria)

    @cached_property
    def checked(self) -> tuple[ScoredCriterion, ...]:
        """Tiêu chí có điểm từ thẩm định: what the rules and the secretariat decide, in order."""
        return tuple(row for row in self.criteria if row.judged_by is not JudgedBy.COUNCIL)

    @cached_property
    def counted(self) -> tuple[ScoredCriterion, ...]:
        """Tiêu chí tính theo số lần, in order."""
        return tuple(row for row in self.criteria if row.judged_by is JudgedBy.COUNT)

    @property
    def ranks_within_blocks(self) -> bool:
        """Whether a unit's points depend on the other units of its block."""
        return any(FORMULAS[row.rule.kind].needs_block for row in self.judged.values())

    @cached_property
    def judged(self) -> Mapping[int, MeasuredIndicator]:
        """Chỉ tiêu như từng tiêu chí xét (criterion id → indicator): several may share a number."""
        return {
            row.id: self.indicators[row.indicator_id].judged_by(row.own_way)
            for row in self.criteria
            if row.indicator_id and row.judged_by is JudgedBy.INDICATOR
        }

    @cached_property
    def leaves(self) -> Mapping[int, tuple[ScoredCriterion, ...]]:
        """Các tiêu chí lấy số của từng chỉ tiêu (indicator id → criteria), in order."""
        leaves: dict[int, tuple[ScoredCriterion, ...]] = {}
        for row in self.criteria:
            if row.indicator_id:
                leaves[row.indicator_id] = (*leaves.get(row.indicator_id, ()), row)
        return leaves

    def ways_of(self, indicator: MeasuredIndicator) -> tuple[MeasuredIndicator, ...]:
        """Chỉ tiêu như các tiêu chí của nó xét; as it says itself where no criterion takes it."""
        leaves = self.leaves.get(indicator.id, ())
        return tuple(self.judged.get(row.id, indicator) for row in leaves) or (indicator,)

    def shares_number(self, criterion: ScoredCriterion) -> bool:
        """Dùng chung số với tiêu chí khác: then it may be set aside while the others count."""
        return len(self.leaves.get(criterion.indicator_id or 0, ())) > 1

    def may_be_aside(self, criterion: ScoredCriterion) -> bool:
        """Tiêu chí do hệ thống tính mà riêng nó có thể không áp dụng: no number of its own says
        so.
        """
        has_own = bool(criterion.checklist) or criterion.count_rule is not None
        return has_own or self.shares_number(criterion)

    @property
    def base_total(self) -> Decimal:
        """Tổng điểm chuẩn, bonus and penalty aside: the plan's scale before launch."""
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
        """Đơn vị phải báo chỉ tiêu này: it answers for it, and one of its criteria applies."""
        leaves = self.leaves.get(indicator.id, ())
        return indicator.concerns(unit_id) and (
            not leaves or any(row.is_in_scope(unit_id, block_id) for row in leaves)
        )

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
        """Criteria that may not apply: with a scope, or of an indicator that names units."""
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
                maxima |= rescale_maxima(own, chosen, group.maximum, self.places)
            else:
                maxima |= {key: own[key] for key in chosen}
        return maxima


def weight_problem(base_total: Decimal, scale: Decimal, places: int) -> str | None:
    """Tổng điểm chuẩn must be exactly the plan's scale (thang điểm) before launch."""
    if base_total == scale:
        return None
    return (
        f"Tổng điểm chuẩn đang là {format_points(base_total, places)}, phải đúng thang điểm "
        f"{format_decimal(scale)}."
    )
