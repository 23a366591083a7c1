"""Nhập chỉ tiêu giao: the shares of a campaign's targets given to units."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from campaign.core.errors import refuse
from campaign.core.numbers import format_decimal
from campaign.core.permissions import Permission
from campaign.core.text import name_key
from campaign.imports.importer import Column, Context, Importer
from campaign.imports.readers import (
    EMPTY_CELL,
    INDICATOR,
    campaign_of,
    measure_columns,
    size_questions,
    unit_of_days_read,
)
from campaign.imports.rules import Outcome, Row, asking, compared
from campaign.planning.indicators.actions import save_allocation
from campaign.scheme.models import Allocation
from campaign.scheme.rules.indicators import MeasuredIndicator
from campaign.scheme.rules.magnitudes import GivenNumbers


def _told_target(row: Allocation) -> dict[str, str]:
    numbers = {
        "Mục tiêu giao": row.target,
        "Tăng trưởng giao": row.growth_target,
        "Thực hiện năm trước": row.previous_year_value,
    }
    return {name: "" if value is None else format_decimal(value) for name, value in numbers.items()}


_TARGETS: Mapping[str, tuple[str, str]] = {
    "target": ("Mục tiêu giao", "target"),
    "growth": ("Tăng trưởng giao, %", "growth_target"),
    "previous": ("Thực hiện năm trước", "previous_year_value"),
}


_FOR_THEM_ALONE = (
    "Chỉ tiêu này đang chấm mọi đơn vị; đã giao riêng thì chỉ chấm đơn vị được giao. Các đơn vị "
    "khác có được giao không?"
)


def _take_target(context: Context, row: Row, values: Mapping[str, Any]) -> Outcome:
    """The share of an indicator's target given to one unit, in a plan that is not launched."""
    indicator, unit = values["indicator"], values["unit"]
    plan = context.held.plan(campaign_of(context))
    held = plan.allocations
    known = held.get((indicator.id, unit.id))
    before = _told_target(known) if known else None
    numbers = {name: values[key] for key, (_, name) in _TARGETS.items() if key in values}
    if known is None and all(number is None for number in numbers.values()):
        refuse("Dòng không có số nào.")
    measured = plan.measured[indicator.id]
    is_first = indicator.id not in plan.allotted and not measured.concerned_words
    given = known or Allocation(indicator_id=indicator.id, unit_id=unit.id)
    save_allocation(campaign_of(context), given, numbers)
    held[indicator.id, unit.id] = given
    outcome = compared(row, f"{indicator.name}, {unit.name}", before, _told_target(given))
    if is_first and (given.target, given.growth_target) != (None, None):
        plan.allotted.add(indicator.id)
        outcome = asking(outcome, _FOR_THEM_ALONE)
    return asking(outcome, *size_questions(_given_numbers(given, numbers, measured), measured))


def _given_numbers(
    given: Allocation, numbers: Mapping[str, Decimal | None], measured: MeasuredIndicator
) -> GivenNumbers:
    """Các số của dòng; last year's also where only an earlier file gave it."""
    return GivenNumbers(
        numbers.get("target"),
        numbers.get("growth_target"),
        given.previous_year_value,
        measured.year_target,
    )


TARGETS = Importer(
    "targets",
    "Chỉ tiêu giao",
    Permission.CAMPAIGN_PLAN,
    "plan.edit",
    [
        "Chỉ tiêu ghi đúng tên đầy đủ hoặc tên ngắn trong kế hoạch; đơn vị ghi bằng mã.",
        "Chỉ tiêu đã giao riêng thì chỉ chấm đơn vị được giao, đơn vị chủ trì, phối hợp; muốn chấm "
        "mọi đơn vị thì giao cho mọi đơn vị, hoặc giao theo khối, theo kỳ.",
        "Chỉ nhập được khi phong trào chưa phát động. Đơn vị không có trong tệp giữ nguyên.",
        EMPTY_CELL,
    ],
    (
        INDICATOR,
        Column("unit", "Mã đơn vị", "KTTP", is_required=True, width=12, read=unit_of_days_read),
        *measure_columns({key: title for key, (title, _) in _TARGETS.items()}),
    ),
    _take_target,
    lambda row: name_key(f"{row.text('indicator')}|{row.text('unit')}"),
    of_campaign=True,
)
