"""Nhập mục tiêu theo khối, theo kỳ: for everybody, a block or a unit, for the whole or a period."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from campaign.core.errors import refuse
from campaign.core.numbers import format_decimal
from campaign.core.permissions import Permission
from campaign.core.text import name_key
from campaign.imports.importer import Column, Context, Importer, Reader
from campaign.imports.readers import (
    EMPTY_CELL,
    INDICATOR,
    campaign_of,
    measure_columns,
    size_questions,
    unit_of_days_read,
)
from campaign.imports.rules import Outcome, Row, asking, compared
from campaign.planning.actions import refuse_held_if_frozen
from campaign.planning.indicators.actions import save_given_target
from campaign.scheme.models import GivenTarget, Indicator
from campaign.scheme.rules.magnitudes import GivenNumbers
from campaign.scheme.rules.targets import GivenTo

_NUMBERS = {
    "target": ("Mục tiêu giao", "target"),
    "growth": ("Tăng trưởng giao, %", "growth_target"),
}


def _named_read(what: str, noun: str) -> Reader:
    """Cột tên khối hoặc tên kỳ của phong trào; nothing where it is empty."""

    def read(context: Context, row: Row, key: str) -> int | None:
        asked = row.text(key)
        if not asked:
            return None
        named: Mapping[str, int] = getattr(context.held.plan(campaign_of(context)), what)
        number = named.get(name_key(asked))
        if number is None:
            refuse(f"Phong trào không có {noun} “{asked}”.")
        return number

    return read


def _told(row: GivenTarget) -> dict[str, str]:
    numbers = {"Mục tiêu giao": row.target, "Tăng trưởng giao": row.growth_target}
    return {name: "" if value is None else format_decimal(value) for name, value in numbers.items()}


def _key(values: Mapping[str, Any]) -> GivenTo:
    """Giao cho ai, cho kỳ nào; refused where it belongs on another page, or to two at once."""
    unit, block_id, period_id = (values.get(name) for name in ("unit", "block", "period"))
    if unit is not None and block_id is not None:
        refuse("Hãy ghi khối hoặc đơn vị, không ghi cả hai.")
    if period_id is None and unit is not None:
        refuse("Mục tiêu cả năm của đơn vị nhập ở “Nhập chỉ tiêu giao”; ở đây hãy ghi thêm kỳ.")
    if period_id is None and block_id is None:
        refuse("Mục tiêu chung cả năm ghi ở trang chỉ tiêu; ở đây hãy ghi khối hoặc kỳ.")
    return GivenTo(unit.id if unit else None, block_id, period_id)


def _take(context: Context, row: Row, values: Mapping[str, Any]) -> Outcome:
    """One target, in a plan that may be written."""
    campaign, indicator, key = campaign_of(context), values["indicator"], _key(values)
    plan = context.held.plan(campaign)
    refuse_held_if_frozen(campaign)
    numbers = {name: values[column] for column, (_, name) in _NUMBERS.items() if column in values}
    held = plan.given_targets
    known = held.get((indicator.id, key))
    before = _told(known) if known else None
    given = _saved(indicator, known, key, numbers)
    held[indicator.id, key] = given
    whom = row.text("unit") or row.text("block") or "mọi đơn vị"
    told = ", ".join(filter(None, (indicator.name, whom, row.text("period"))))
    measured = plan.measured[indicator.id]
    asked = GivenNumbers(
        numbers.get("target"), numbers.get("growth_target"), whole=measured.year_target
    )
    return asking(compared(row, told, before, _told(given)), *size_questions(asked, measured))


def _saved(
    indicator: Indicator,
    known: GivenTarget | None,
    key: GivenTo,
    numbers: Mapping[str, Decimal | None],
) -> GivenTarget:
    """The target as the row says it; a row must give something, and takes nothing away."""
    if known is None and all(number is None for number in numbers.values()):
        refuse("Dòng không có số nào.")
    given = save_given_target(indicator, known, key, numbers)
    if given is None:
        refuse(
            "Dòng không có số nào; muốn bỏ mục tiêu thì xoá ở trang Mục tiêu theo khối, theo kỳ."
        )
    return given


GIVEN_TARGETS = Importer(
    "goals",
    "Mục tiêu theo khối, theo kỳ",
    Permission.CAMPAIGN_PLAN,
    "plan.edit",
    [
        "Ghi khối để giao cho cả khối, ghi mã đơn vị để giao riêng; trống cả hai là mọi đơn vị.",
        "Ghi kỳ thì số ấy là của riêng kỳ; giao cho khối mà trống kỳ là của cả năm.",
        EMPTY_CELL,
    ],
    (
        INDICATOR,
        Column("block", "Khối", "Khối các phòng", width=36, read=_named_read("blocks", "khối")),
        Column("unit", "Mã đơn vị", width=12, read=unit_of_days_read),
        Column("period", "Kỳ báo cáo", "6 tháng", width=24, read=_named_read("periods", "kỳ")),
        *measure_columns({key: title for key, (title, _) in _NUMBERS.items()}),
    ),
    _take,
    lambda row: name_key(
        "|".join(row.text(key) for key in ("indicator", "block", "unit", "period"))
    ),
    of_campaign=True,
)
