"""Cách tính của một loại quy tắc: what every kind of rule must say of itself."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Generic, NamedTuple, TypeVar

from campaign.core.numbers import format_decimal
from campaign.scheme.rules.achievement import NONE, Achievement, measured
from campaign.scheme.rules.block import Standing
from campaign.scheme.rules.points_rule import Parameters
from campaign.scheme.rules.terms import Direction, Judgement

P = TypeVar("P", bound=Parameters)

Problem = tuple[str, str]
"""Chỗ chưa đúng của một quy tắc: the sentence, and the field it belongs to."""

Typed = tuple[str, Decimal]
"""Một số điểm đã gõ: the field it is typed in, and the points."""

ALONE = Standing(place=1)
"""Một đơn vị không có khối."""


class Case(NamedTuple, Generic[P]):
    """Một phép tính: the parameters, what was reached, the plan's maximum, the block."""

    how: P
    reached: Achievement
    maximum: Decimal
    standing: Standing = ALONE

    @property
    def percent(self) -> Fraction:
        """Mức đạt, 0 where there is none."""
        return self.reached.percent or NONE

    @property
    def measure(self) -> Fraction:
        """Giá trị được xét, 0 where there is none."""
        value = measured(self.reached)
        return value if isinstance(value, Fraction) else NONE

    @property
    def place(self) -> int:
        """Thứ trong khối."""
        return self.standing.place or 1

    @property
    def whole(self) -> Fraction:
        """Điểm tối đa, exact."""
        return Fraction(self.maximum)

    @property
    def top(self) -> str:
        """Điểm tối đa as a line of arithmetic has it."""
        return format_decimal(self.maximum)


def nothing(_: Any) -> None:
    """No reason against it."""


def no_problems(_: Parameters) -> Sequence[Problem]:
    """Nothing to ask of the parameters of a rule."""
    return ()


def either_way(_: Parameters, __: Direction) -> Sequence[Problem]:
    """Right for every direction."""
    return ()


def nothing_told(_: Parameters) -> str:
    """No parameters to tell."""
    return ""


def no_points(_: Parameters) -> Sequence[Typed]:
    """None of the parameters is a number of points."""
    return ()


def no_levels(_: Parameters) -> tuple[Fraction, ...]:
    """No levels that the number reached must be told apart from."""
    return ()


def never(_: Parameters) -> bool:
    """Not without a target."""
    return False


def any_indicator(_: Direction, __: Judgement) -> str | None:
    """Fit for every indicator."""
    return None


def only_at_least(direction: Direction, _: Judgement) -> str | None:
    """Chỉ cho chỉ tiêu càng cao càng tốt."""
    if direction in {Direction.AT_LEAST, Direction.WATCH}:
        return None
    return "Quy tắc này chỉ dùng cho chỉ tiêu đạt từ mức này trở lên."


@dataclass(frozen=True, slots=True)
class Formula(Generic[P]):
    """Cách tính: points of the plan's maximum, exact, and the lines that tell them.

    The last line of `words` is a sum, perhaps after words and a colon; rounding, floor and
    re-scaling are told by whoever asks.
    """

    parameters: type[P]
    points: Callable[[Case[P]], Fraction]
    words: Callable[[Case[P]], tuple[str, ...]]
    problems: Callable[[P], Sequence[Problem]] = no_problems
    levels: Callable[[P], tuple[Fraction, ...]] = no_levels
    """Những mức mà số đạt được phải viết khác đi."""
    told: Callable[[P], str] = nothing_told
    """Tham số bằng lời."""
    told_of_limit: Callable[[P], str] | None = None
    """Tham số bằng lời for a limit, where what is missing of a target is what is over it."""
    fits: Callable[[Direction, Judgement], str | None] = any_indicator
    """Vì sao không dùng được cho một chỉ tiêu như vậy."""
    turned: Callable[[P, Direction], Sequence[Problem]] = either_way
    """Tham số nào ngược chiều với chỉ tiêu."""
    lacks: Callable[[Case[P]], str | None] = nothing
    """Còn thiếu gì để có điểm, what every rule needs aside."""
    says_enough: bool = False
    """The plan's own word on what is enough: whoever missed a target may still have all points."""
    is_of_value: bool = False
    """Tính theo chính giá trị: no target is needed, and none is looked at."""
    without_target: Callable[[P], bool] = never
    """Đơn vị không được giao mục tiêu cũng có điểm."""
    needs_block: bool = False
    """Tính theo khối: nothing is known before the whole block has its numbers."""
    is_by_place: bool = False
    """Tính theo thứ trong khối."""
    in_points: Callable[[P], Sequence[Typed]] = no_points
    """Tham số là số điểm, each with its field; a rate for each part is none."""
    may_be_endless: bool = False
    """The points may have no end as decimals; then a line goes on from the sum itself."""
