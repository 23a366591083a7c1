"""Mức phải đạt bằng lời: how a target is written in plans, pledges and reports."""

from decimal import Decimal

from campaign.core.numbers import format_decimal
from campaign.scheme.rules.indicators import MeasuredIndicator
from campaign.scheme.rules.table import Scheme
from campaign.scheme.rules.terms import Direction, Judgement, TargetOf

_BOUNDS = {
    Direction.AT_LEAST: "từ {} trở lên",
    Direction.AT_MOST: "không quá {}",
    Direction.BELOW: "dưới {}",
}


def measured(value: Decimal | None, symbol: str = "") -> str:
    """Số kèm đơn vị đo; nothing where there is none."""
    return "" if value is None else f"{format_decimal(value)} {symbol}".strip()


def goal_words(scheme: Scheme, indicator: MeasuredIndicator, unit_id: int | None = None) -> str:
    """Mức phải đạt của một chỉ tiêu, for every way in which its criteria judge it."""
    ways = (target_words(way, unit_id) for way in scheme.ways_of(indicator))
    return " và ".join(dict.fromkeys(ways))


def target_words(indicator: MeasuredIndicator, unit_id: int | None = None) -> str:
    """Mức phải đạt bằng lời; of one unit where it is named."""
    given = indicator.targets_for(unit_id) if unit_id is not None else indicator
    growth, target = given.growth_target, given.year_target if unit_id is None else given.target  # type: ignore[union-attr]
    if indicator.direction is Direction.WATCH:
        return "theo dõi"
    if indicator.judgement is Judgement.GROWTH and growth is not None:
        return f"tăng {_BOUNDS[indicator.direction].format(f'{format_decimal(growth)} %')}"
    if target is None:
        return "theo mức giao"
    within = " trong cả phong trào" if indicator.target_of is TargetOf.CAMPAIGN else ""
    return _BOUNDS[indicator.direction].format(measured(target, indicator.symbol)) + within
