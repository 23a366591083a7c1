"""Chỉ tiêu, as reports and rules need it: plain values, with what is asked of one unit."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import NamedTuple

from campaign.scheme.rules.achievement import Achievement, Observation, achievement
from campaign.scheme.rules.points_rule import PointsRule
from campaign.scheme.rules.progress import Shares
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

    @property
    def is_doubted(self) -> bool:
        """Chưa ai đối chiếu: neither compared nor typed by the office itself with a source."""
        return not self.is_checked and (self.is_carried_over or not self.source.strip())

    def judged_by(self, own: OwnWay | None) -> "MeasuredIndicator":
        """Chỉ tiêu như một tiêu chí xét: by the criterion's own way, where it has one."""
        return self if own is None else replace(self, judgement=own.judgement, rule=own.rule)

    def concerns(self, unit_id: int) -> bool:
        """Whether the unit answers for it: as owner or by allocation; all, where none is named."""
        named = self.owners or self.allocations
        return not named or unit_id in self.owners or unit_id in self.allocations

    def targets_for(self, unit_id: int) -> AllocatedTarget:
        """Mục tiêu của đơn vị: its allocation, completed by the indicator's own growth target."""
        own = AllocatedTarget(
            self.year_target,
            self.growth_target,
            self.last_year.get(unit_id, self.previous_year_value),
        )
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
