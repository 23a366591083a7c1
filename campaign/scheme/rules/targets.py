"""Mục tiêu được dùng: a unit's own before its block's before everybody's, a period's own before
the part of the whole.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from campaign.core.labelled import Labelled


class TargetFrom(Labelled):
    """Mục tiêu giao cho ai."""

    UNIT = "unit", "giao riêng cho đơn vị"
    BLOCK = "block", "giao cho khối"
    ALL = "all", "chung cho mọi đơn vị"


class GivenTo(NamedTuple):
    """Giao cho ai, cho kỳ nào: a unit or a block or neither; a period, or None for the whole."""

    unit_id: int | None = None
    block_id: int | None = None
    period_id: int | None = None


class Numbers(NamedTuple):
    """Mục tiêu và mức tăng; either may be left open."""

    target: Decimal | None
    growth_target: Decimal | None


class Candidate(NamedTuple):
    """Một mục tiêu có thể dùng."""

    numbers: Numbers
    given_by: TargetFrom
    is_of_period: bool = False

    @property
    def words(self) -> str:
        """Mục tiêu nào, in words."""
        return f"{self.given_by.label}, riêng kỳ này" if self.is_of_period else self.given_by.label


class TargetUsed(NamedTuple):
    """Mục tiêu được dùng và mức tăng được dùng, each with where it comes from."""

    target: Candidate | None
    growth: Candidate | None


Given = Mapping[GivenTo, Numbers]


def target_used(
    given: Given,
    *,
    unit: Numbers | None,
    everybody: Numbers,
    at: GivenTo,
) -> TargetUsed:
    """Mục tiêu dùng cho một đơn vị trong khối và kỳ `at`; `unit`, `everybody` are for the whole."""
    found = list(_candidates(given, unit, everybody, at) if given else _usual(unit, everybody))
    return TargetUsed(
        next((row for row in found if row.numbers.target is not None), None),
        next((row for row in found if row.numbers.growth_target is not None), None),
    )


def _usual(unit: Numbers | None, everybody: Numbers) -> Iterator[Candidate]:
    """Không có gì theo khối, theo kỳ: the unit's own, then everybody's; most plans are such."""
    if unit is not None:
        yield Candidate(unit, TargetFrom.UNIT)
    yield Candidate(everybody, TargetFrom.ALL)


def _whom_in_period(at: GivenTo) -> dict[TargetFrom, GivenTo | None]:
    """Cho ai trong kỳ ấy: under what a target of the period alone would be kept."""
    return {
        TargetFrom.UNIT: GivenTo(unit_id=at.unit_id, period_id=at.period_id),
        TargetFrom.BLOCK: GivenTo(block_id=at.block_id, period_id=at.period_id)
        if at.block_id
        else None,
        TargetFrom.ALL: GivenTo(period_id=at.period_id),
    }


def _candidates(
    given: Given, unit: Numbers | None, everybody: Numbers, at: GivenTo
) -> Iterator[Candidate]:
    """In the order in which they count: who stands before when."""
    whole = {
        TargetFrom.UNIT: unit,
        TargetFrom.BLOCK: given.get(GivenTo(block_id=at.block_id)) if at.block_id else None,
        TargetFrom.ALL: everybody,
    }
    whom = _whom_in_period(at)
    for given_by in TargetFrom:
        key = whom[given_by] if at.period_id else None
        if key is not None and (numbers := given.get(key)):
            yield Candidate(numbers, given_by, is_of_period=True)
        if (numbers := whole[given_by]) is not None:
            yield Candidate(numbers, given_by)
