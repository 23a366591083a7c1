"""Bảng điểm: what is scored, which criteria apply to a unit, and to what maximum."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from campaign.core.numbers import format_decimal, format_points
from campaign.core.points import PLACES, rescale_maxima
from campaign.scheme.rules.checklist import Checklist
from campaign.scheme.rules.counts import CountRule
from campaign.scheme.rules.formulas.known import FORMULAS
from campaign.scheme.rules.indicators import MeasuredIndicator, OwnWay
from campaign.scheme.rules.markers import EVERYBODY, Markers
from campaign.scheme.rules.terms import CriterionKind, JudgedBy, TakesFrom
from campaign.scheme.rules.tree import Section, bounds_words, gathered


@dataclass(frozen=True, slots=True)
class ScoredCriterion:
    """Tiêu chí, as scoring needs it; `blocks` and `units` are its scope, empty for everybody.

    A bonus or penalty without limit has `NO_LIMIT` as its maximum.
    """

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
    markers: Markers = EVERYBODY
    """Ai trong Hội đồng chấm."""
    own_way: OwnWay | None = None
    """Cách tính riêng, beside that of its indicator."""
    takes_from: TakesFrom = TakesFrom.TOTAL
    taken_id: int | None = None
    """Tiêu chí mà điểm trừ này trừ vào."""

    @property
    def is_limited(self) -> bool:
        """Có điểm tối đa."""
        return self.maximum.is_finite()

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
    """Mục của bảng điểm: a group (level 1) or a section below one, with every criterion below it.

    Criteria and `nodes`, the sections below, stand in depth order: first what hangs on the section
    itself, then the sections below it, each with its own.
    """

    id: int
    code: str
    name: str
    criteria: tuple[ScoredCriterion, ...] = ()
    ceiling: Decimal | None = None
    floor: Decimal | None = None
    parent_id: int | None = None
    level: int = 1
    nodes: tuple["ScoredGroup", ...] = ()

    @property
    def own(self) -> tuple[ScoredCriterion, ...]:
        """Tiêu chí nằm ngay trong mục."""
        return tuple(row for row in self.criteria if row.group_id == self.id)

    @property
    def outline(self) -> tuple["ScoredGroup", ...]:
        """Mục này và mọi mục dưới nó, in depth order."""
        return (self, *self.nodes)

    @property
    def kind(self) -> CriterionKind:
        """Loại của mục: what all its criteria are; base where it mixes kinds or is empty."""
        kinds = {row.kind for row in self.criteria}
        return kinds.pop() if len(kinds) == 1 else CriterionKind.BASE

    @property
    def is_empty(self) -> bool:
        """Chưa có tiêu chí nào ở đây hay ở mục dưới."""
        return not self.criteria

    @property
    def takes_bonus(self) -> bool:
        """Nhận được điểm thưởng vượt chỉ tiêu: it has a bonus of its own, or a ceiling alone."""
        is_bare = self.ceiling is not None and self.is_empty and not self.nodes
        return is_bare or any(row.kind is CriterionKind.BONUS for row in self.own)

    @property
    def maximum(self) -> Decimal:
        """Điểm tối đa của mục: of its base criteria within all ceilings; without any what
        it may add, else what it may take.
        """
        base = [row for row in self.criteria if row.kind is CriterionKind.BASE]
        if not base:
            bonus = [row for row in self.criteria if row.kind is CriterionKind.BONUS]
            return sum((row.maximum for row in bonus or self.criteria), Decimal(0))
        return reach(self.outline, {row.id: row.maximum for row in base}, base)

    @property
    def kind_words(self) -> str:
        """Loại của mục bằng lời, where it has no base criterion: "điểm thưởng, điểm trừ"."""
        kinds = [kind for kind in CriterionKind if any(row.kind is kind for row in self.criteria)]
        return "" if CriterionKind.BASE in kinds else ", ".join(kind.label for kind in kinds)

    def most_words(self, places: int = PLACES) -> str:
        """Điểm tối đa bằng lời: of bonuses their ceiling, of penalties their floor, if they have
        one.
        """
        if any(row.kind is CriterionKind.BASE for row in self.criteria) or not self.criteria:
            return format_points(self.maximum, places)
        words = []
        for kind, sign, bound in (
            (CriterionKind.BONUS, "cộng", self.ceiling),
            (CriterionKind.PENALTY, "trừ", None if self.floor is None else -self.floor),
        ):
            most = [row.maximum for row in self.criteria if row.kind is kind]
            limit = sum(most, Decimal(0)) if bound is None else bound
            if most:
                finite = f"{sign} tối đa {format_points(limit, places)}"
                words.append(finite if limit.is_finite() else f"{sign} không giới hạn")
        return ", ".join(words)

    def bounds(self, places: int = PLACES) -> str:
        """Trần và sàn bằng lời."""
        return bounds_words(self.ceiling, self.floor, places)


def sections_of(nodes: Sequence[ScoredGroup]) -> tuple[Section, ...]:
    """Các mục, as points go up through them."""
    return tuple(Section(node.id, node.parent_id, node.ceiling, node.floor) for node in nodes)


def reach(
    nodes: Sequence[ScoredGroup],
    maxima: Mapping[int, Decimal],
    criteria: Sequence[ScoredCriterion],
) -> Decimal:
    """Điểm chuẩn đạt được nhiều nhất from these criteria, within the ceilings of their sections."""
    own: dict[int, Decimal] = {}
    for row in criteria:
        if row.kind is CriterionKind.BASE and row.id in maxima:
            own[row.group_id] = own.get(row.group_id, Decimal(0)) + maxima[row.id]
    return Decimal(gathered(sections_of(nodes), own))


@dataclass(frozen=True)
class Scheme:
    """Bảng điểm của phong trào: groups, criteria and indicators in the order of the plan."""

    groups: tuple[ScoredGroup, ...]
    indicators: Mapping[int, MeasuredIndicator]
    places: int = PLACES
    """Số chữ số thập phân của điểm, as the plan says."""

    @cached_property
    def nodes(self) -> tuple[ScoredGroup, ...]:
        """Mọi mục: groups and the sections below them, in depth order."""
        return tuple(node for group in self.groups for node in group.outline)

    @cached_property
    def _paths(self) -> Mapping[int, tuple[ScoredGroup, ...]]:
        """The sections around what hangs on each, from the group down."""
        paths: dict[int, tuple[ScoredGroup, ...]] = {}
        for node in self.nodes:
            paths[node.id] = (*paths.get(node.parent_id or 0, ()), node)
        return paths

    def headings(self, criteria: Iterable[ScoredCriterion]) -> dict[int, tuple[ScoredGroup, ...]]:
        """Các mục bắt đầu ở từng tiêu chí (criterion id → sections), as headings; a table of groups
        alone needs none.
        """
        if len(self.nodes) == len(self.groups):
            return {}
        begun: set[int] = set()
        headings = {}
        for row in criteria:
            headings[row.id] = tuple(
                node for node in self._paths[row.group_id] if node.id not in begun
            )
            begun |= {node.id for node in headings[row.id]}
        return headings

    @cached_property
    def criteria(self) -> tuple[ScoredCriterion, ...]:
        """Mọi tiêu chí, in order."""
        return tuple(criterion for group in self.groups for criterion in group.criteria)

    @cached_property
    def checked(self) -> tuple[ScoredCriterion, ...]:
        """Tiêu chí có điểm từ thẩm định: what the rules and the secretariat decide, in order."""
        return tuple(row for row in self.criteria if row.judged_by is not JudgedBy.COUNCIL)

    def kind_words(self, criterion: ScoredCriterion) -> str:
        """Loại của tiêu chí bằng lời, with what a penalty takes from: "điểm trừ, trừ vào A1"."""
        taking = self.taking_words(criterion)
        return f"{criterion.kind.label}, trừ vào {taking}" if taking else criterion.kind.label

    def taking_words(self, criterion: ScoredCriterion) -> str:
        """Trừ vào đâu: the total, the section, or the code of a criterion; empty of no penalty."""
        if criterion.kind is not CriterionKind.PENALTY:
            return ""
        taken = next((row.code for row in self.criteria if row.id == criterion.taken_id), "")
        return taken or criterion.takes_from.label

    @cached_property
    def counted(self) -> tuple[ScoredCriterion, ...]:
        """Tiêu chí tính theo số lần, in order."""
        return tuple(row for row in self.criteria if row.judged_by is JudgedBy.COUNT)

    @property
    def ranks_within_blocks(self) -> bool:
        """Whether a unit's points depend on the other units of its block."""
        return bool(self.held_against)

    @property
    def held_against(self) -> Mapping[int, MeasuredIndicator]:
        """Chỉ tiêu xét theo chỗ của đơn vị trong khối (criterion id → indicator)."""
        return {
            number: indicator
            for number, indicator in self.judged.items()
            if FORMULAS[indicator.rule.kind].needs_block
        }

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
        """Chỉ tiêu như các tiêu chí xét; as it says itself where no criterion takes it."""
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

    @cached_property
    def base_total(self) -> Decimal:
        """Tổng điểm chuẩn, bonus and penalty aside: the plan's scale before launch."""
        return reach(self.nodes, {row.id: row.maximum for row in self.criteria}, self.criteria)

    def total_with(
        self, criterion_id: int, group_id: int, maximum: Decimal, kind: CriterionKind
    ) -> Decimal:
        """Tổng điểm chuẩn khi một tiêu chí (0: a new one) is this in that section."""
        own = {node.id: Decimal(0) for node in self.nodes}
        for row in self.criteria:
            if row.kind is CriterionKind.BASE and row.id != criterion_id:
                own[row.group_id] += row.maximum
        if kind is CriterionKind.BASE and group_id in own:
            own[group_id] += maximum
        return Decimal(gathered(sections_of(self.nodes), own))

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

        Within a group the base criteria that apply are re-scaled to their sum in the group (design
        decision 7); bonus and penalty criteria keep theirs. `not_applicable` are the criteria that
        verification set aside for this unit, with a reason.
        """
        applicable = self._applicable(unit_id, block_id)
        if not_applicable:
            applicable -= set(not_applicable)
        if applicable not in self._maxima:
            self._maxima[applicable] = self._rescaled(applicable)
        return self._maxima[applicable]

    def _applicable(self, unit_id: int, block_id: int | None) -> frozenset[int]:
        """The criteria that apply to a unit, before verification sets any aside."""
        return self._always | {
            criterion.id
            for criterion in self._sometimes
            if self.applies(criterion, unit_id, block_id)
        }

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
            base = {row.id: row.maximum for row in group.criteria if row.kind is CriterionKind.BASE}
            chosen = [key for key in base if key in applicable]
            whole = sum(base.values(), Decimal(0))
            stretched = rescale_maxima(base, chosen, whole, self.places)
            reached = reach(group.outline, stretched, group.criteria)
            if whole == group.maximum == reached:
                maxima |= stretched
            else:  # ceilings hold the base, or would once it is stretched: the total is re-scaled
                maxima |= {key: base[key] for key in chosen}
            maxima |= {
                row.id: row.maximum
                for row in group.criteria
                if row.id in applicable and row.id not in base
            }
        return {row.id: maxima[row.id] for row in self.criteria if row.id in maxima}


def weight_problem(base_total: Decimal, scale: Decimal, places: int) -> str | None:
    """Tổng điểm chuẩn must be exactly the plan's scale (thang điểm) before launch."""
    if base_total == scale:
        return None
    return (
        f"Tổng điểm chuẩn đang là {format_points(base_total, places)}, phải đúng thang điểm "
        f"{format_decimal(scale)}."
    )
