"""Chỉ tiêu, as reports and rules need it: plain values, with what is asked of one unit."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import NamedTuple

from campaign.core.points import ZERO
from campaign.scheme.rules.achievement import Achievement, Observation, achievement
from campaign.scheme.rules.points_rule import PointsRule
from campaign.scheme.rules.progress import Shares
from campaign.scheme.rules.targets import Given, GivenTo, Numbers, TargetUsed, target_used
from campaign.scheme.rules.terms import Direction, Judgement, TargetOf, ValueKind


class AllocatedTarget(NamedTuple):
    """Chỉ tiêu giao cho một đơn vị; an absent part falls back to the indicator's own."""

    target: Decimal | None
    growth_target: Decimal | None
    previous_year_value: Decimal | None


class OwnWay(NamedTuple):
    """Cách tính riêng của một tiêu chí: how it judges a number that others may judge otherwise.

    It gives no bonus: what is beyond the target is rewarded once, by the indicator's own rule.
    """

    judgement: Judgement
    rule: PointsRule


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
    measure_unit: str = ""
    """Tên đơn vị đo."""
    last_year: Mapping[int, Decimal | None] = field(default_factory=dict)
    """Số năm trước của đơn vị không được giao riêng: it is known, and names nobody."""
    given: Given = field(default_factory=dict)
    """Giao theo khối, theo kỳ; they say how much, and name nobody."""

    @property
    def is_doubted(self) -> bool:
        """Chưa ai đối chiếu: neither compared nor typed by the office itself with a source."""
        return not self.is_checked and (self.is_carried_over or not self.source.strip())

    @property
    def given_units(self) -> frozenset[int]:
        """Đơn vị được giao riêng cho một kỳ."""
        return frozenset(key.unit_id for key in self.given if key.unit_id is not None)

    def judged_by(self, own: OwnWay | None) -> "MeasuredIndicator":
        """Chỉ tiêu như một tiêu chí xét: by the criterion's own way, where it has one."""
        if own is None:
            return self
        rule = replace(own.rule, bonus_per_percent=ZERO, bonus_cap=ZERO)
        return replace(self, judgement=own.judgement, rule=rule)

    def concerns(self, unit_id: int) -> bool:
        """Whether the unit answers for it: as owner or by allocation; all, where none is named."""
        named = self.owners or self.allocations
        return not named or unit_id in self.owners or unit_id in self.allocations

    @property
    def concerned_words(self) -> str:
        """Chỉ chấm những đơn vị nào, where not all answer for it; empty where all do."""
        owners = ["đơn vị chủ trì, phối hợp"] if self.owners else []
        given = ["đơn vị được giao chỉ tiêu này"] if self.allocations else []
        return " và ".join([*owners, *given])

    def target_used(
        self, unit_id: int, block_id: int | None = None, period_id: int | None = None
    ) -> TargetUsed:
        """Mục tiêu được dùng cho đơn vị này, trong khối này, ở kỳ này."""
        own = self.allocations.get(unit_id)
        return target_used(
            self.given,
            unit=Numbers(own.target, own.growth_target) if own else None,
            everybody=Numbers(self.year_target, self.growth_target),
            at=GivenTo(unit_id, block_id, period_id),
        )

    def targets_for(
        self, unit_id: int, block_id: int | None = None, period_id: int | None = None
    ) -> AllocatedTarget:
        """Mục tiêu của đơn vị: the most particular one that is given."""
        used, own = self.target_used(unit_id, block_id, period_id), self.allocations.get(unit_id)
        return AllocatedTarget(
            target=used.target.numbers.target if used.target else None,
            growth_target=used.growth.numbers.growth_target if used.growth else None,
            previous_year_value=own.previous_year_value
            if own
            else self.last_year.get(unit_id, self.previous_year_value),
        )

    def reached(
        self,
        unit_id: int,
        value: Decimal | None,
        comparison: Decimal | None,
        shares: Shares,
        block_id: int | None = None,
    ) -> Achievement:
        """Mức đạt của một số liệu, against the unit's own target and what its period expects."""
        used = self.target_used(unit_id, block_id, shares.period_id)
        chosen = used.growth if self.judgement is Judgement.GROWTH else used.target
        has_several = bool(self.allocations or self.given)
        return achievement(
            self.direction,
            self.judgement,
            Observation(
                value=value,
                target=used.target.numbers.target if used.target else None,
                growth_target=used.growth.numbers.growth_target if used.growth else None,
                same_period_last_year=comparison,
                expected_share=shares.of(self.target_of),
                target_from=chosen.words if chosen and has_several else "",
                is_of_period=bool(used.target and used.target.is_of_period),
            ),
        )
