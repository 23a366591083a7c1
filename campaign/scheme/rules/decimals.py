"""Số chữ số thập phân của điểm: what of a plan is typed as points, and may not be finer than them.

What a rule gives or takes for each part (per cent, step, tenth) is a rate: it may be finer, for
the points are rounded once at the end.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from campaign.core.errors import refuse
from campaign.core.numbers import decimals_of, format_decimal
from campaign.scheme.rules.checklist import checklist_from_data
from campaign.scheme.rules.counts import CountRule, count_rule_from_data
from campaign.scheme.rules.formulas.formula import Typed
from campaign.scheme.rules.formulas.known import FORMULAS
from campaign.scheme.rules.points_rule import PointsRule
from campaign.scheme.rules.reading import points_rule_from_data

IN_POINTS = (
    "maximum",
    "ceiling",
    "floor",
    "from_points",
    "scale",
    "mark_step",
    "divergence_points",
)
"""Ô ghi thẳng một số điểm, by its name in the plan."""
STORED = (*IN_POINTS, "points_rule", "count_rule", "checklist")
"""Mọi ô có thể giữ số điểm."""


def points_in(values: Mapping[str, Any]) -> Iterator[Typed]:
    """Các số điểm trong một dòng của kế hoạch, as it is stored, with the field each is typed in."""
    for name in IN_POINTS:
        if values.get(name) is not None:
            yield name, values[name]
    if values.get("points_rule"):
        yield from _of_rule(points_rule_from_data(values["points_rule"]))
    if values.get("count_rule"):
        yield from _of_count(count_rule_from_data(values["count_rule"]))
    for item in checklist_from_data(values.get("checklist") or ()):
        yield "checklist_items", item.points


def _of_rule(rule: PointsRule) -> Iterator[Typed]:
    yield from FORMULAS[rule.kind].in_points(rule.how)
    yield "bonus_cap", rule.bonus_cap


def _of_count(rule: CountRule) -> Iterator[Typed]:
    yield "count_start", rule.start
    yield "count_each", rule.each
    yield "count_lowest", rule.lowest
    for _, points in rule.kinds:
        yield "count_kinds", points


def finer(typed: Iterable[Typed], places: int) -> Iterator[Typed]:
    """Những số điểm có nhiều chữ số thập phân hơn."""
    return ((field, points) for field, points in typed if decimals_of(points) > places)


def demand_decimals(values: Mapping[str, Any], places: int) -> None:
    """Điểm không chi tiết hơn kế hoạch: the first that is finer is refused at its field."""
    for field, points in finer(points_in(values), places):
        refuse(f"{decimals_words(places)}, không ghi được {format_decimal(points)}.", field)


def decimals_words(places: int) -> str:
    """Điểm của kế hoạch viết thế nào, without a full stop."""
    if not places:
        return "Điểm của phong trào này là số nguyên"
    return f"Điểm của phong trào này có nhiều nhất {places} chữ số thập phân"
