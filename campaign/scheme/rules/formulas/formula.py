"""Cách tính của một loại quy tắc: what every kind of rule must say of itself."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from campaign.core.numbers import format_decimal
from campaign.scheme.rules.achievement import NONE, Achievement
from campaign.scheme.rules.points_rule import PointsRule

Problem = tuple[str, str]
"""Chỗ chưa đúng của một quy tắc: the sentence, and the field it belongs to."""


class Case(NamedTuple):
    """Một phép tính: the rule, what was reached, the plan's maximum, the place in the block."""

    rule: PointsRule
    reached: Achievement
    maximum: Decimal
    place: int = 1

    @property
    def percent(self) -> Fraction:
        """Mức đạt, 0 where there is none."""
        return self.reached.percent or NONE

    @property
    def whole(self) -> Fraction:
        """Điểm tối đa, exact."""
        return Fraction(self.maximum)

    @property
    def top(self) -> str:
        """Điểm tối đa as a line of arithmetic has it."""
        return format_decimal(self.maximum)


def no_problems(_: PointsRule) -> Sequence[Problem]:
    """Nothing to ask of the parameters of a rule."""
    return ()


def no_levels(_: PointsRule) -> tuple[Fraction, ...]:
    """No levels that the per cent reached must be told apart from."""
    return ()


@dataclass(frozen=True, slots=True)
class Formula:
    """Cách tính: points of the plan's maximum, exact, and the lines that tell them.

    The last line of `words` is a sum, perhaps after words and a colon; rounding, floor and
    re-scaling are told by whoever asks.
    """

    points: Callable[[Case], Fraction]
    words: Callable[[Case], tuple[str, ...]]
    problems: Callable[[PointsRule], Sequence[Problem]] = no_problems
    levels: Callable[[PointsRule], tuple[Fraction, ...]] = no_levels
    """Những mức mà phần trăm đạt phải viết khác đi."""
    says_enough: bool = False
    """The plan's own word on what is enough: whoever missed a target may still have all points."""
    needs_place: bool = False
    """Tính theo thứ trong khối: nothing is known before the whole block has its numbers."""
    may_be_endless: bool = False
    """The points may have no end as decimals; then a line goes on from the sum itself."""
