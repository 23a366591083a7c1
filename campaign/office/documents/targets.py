"""Mức phải đạt bằng lời: how a target is written in plans, pledges and reports."""

from collections.abc import Mapping
from decimal import Decimal

from campaign.core.listing import listing
from campaign.core.numbers import format_decimal
from campaign.scheme.rules.indicators import MeasuredIndicator
from campaign.scheme.rules.table import Scheme
from campaign.scheme.rules.targets import GivenTo, Numbers
from campaign.scheme.rules.terms import Direction, Judgement, TargetOf

_BOUNDS = {
    Direction.AT_LEAST: "từ {} trở lên",
    Direction.AT_MOST: "không quá {}",
    Direction.BELOW: "dưới {}",
}


def measured(value: Decimal | None, symbol: str = "") -> str:
    """Số kèm đơn vị đo; nothing where there is none."""
    return "" if value is None else f"{format_decimal(value)} {symbol}".strip()


def goal_words(scheme: Scheme, indicator: MeasuredIndicator, of: GivenTo | None = None) -> str:
    """Mức phải đạt của một chỉ tiêu, for every way in which its criteria judge it."""
    ways = (target_words(way, of) for way in scheme.ways_of(indicator))
    return listing(dict.fromkeys(ways))


def target_words(indicator: MeasuredIndicator, of: GivenTo | None = None) -> str:
    """Mức phải đạt bằng lời; of one unit, in its block and period, where it is named."""
    if of is None or of.unit_id is None:
        return _words(indicator, Numbers(indicator.year_target, indicator.growth_target))
    used = indicator.target_used(of.unit_id, of.block_id, of.period_id)
    numbers = Numbers(
        used.target.numbers.target if used.target else None,
        used.growth.numbers.growth_target if used.growth else None,
    )
    return _words(indicator, numbers, is_of_period=bool(used.target and used.target.is_of_period))


def given_words(
    indicator: MeasuredIndicator, blocks: Mapping[int, str], periods: Mapping[int, str]
) -> list[str]:
    """Mục tiêu theo khối, theo kỳ bằng lời; those of single units stand in their pledges."""
    rows = sorted(indicator.given.items(), key=lambda row: [number or 0 for number in row[0]])
    return [
        f"{blocks.get(key.block_id or 0, 'mọi đơn vị')}"
        f"{', ' + periods[key.period_id or 0] if key.period_id in periods else ''}: "
        f"{_words(indicator, numbers, is_of_period=key.period_id is not None, is_part=True)}"
        for key, numbers in rows
        if key.unit_id is None
    ]


def _words(
    indicator: MeasuredIndicator,
    given: Numbers,
    *,
    is_of_period: bool = False,
    is_part: bool = False,
) -> str:
    bound = _BOUNDS.get(indicator.direction)
    if bound is None:
        return "theo dõi"
    growth, is_growth = given.growth_target, indicator.judgement is Judgement.GROWTH
    if growth is not None and (is_growth or (is_part and given.target is None)):
        return f"tăng {bound.format(f'{format_decimal(growth)} %')}"
    if given.target is None:
        return "theo mức giao"
    is_whole = indicator.target_of is TargetOf.CAMPAIGN and not is_of_period
    within = " trong cả phong trào" if is_whole else ""
    return bound.format(measured(given.target, indicator.symbol)) + within
