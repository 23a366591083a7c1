"""Cách đọc một ô: numbers, choices and units of a file."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from campaign.core.dates import format_date
from campaign.core.errors import refuse
from campaign.core.labelled import Labelled
from campaign.core.text import search_key
from campaign.imports.importer import Column, Context, Reader
from campaign.imports.rules import Row
from campaign.papers.workbook import Kind
from campaign.planning.models import Campaign
from campaign.scheme.models import Indicator
from campaign.scheme.rules.magnitudes import GivenNumbers, Measured, plan_questions
from campaign.units.models import Unit
from campaign.units.rules import absence

EMPTY_CELL = (
    "Cột không có trong tệp thì phần đó giữ nguyên; ô để trống trong một cột có trong tệp thì "
    "nội dung đó bỏ trống."
)


def number_read(**limits: Any) -> Reader:
    """Cột số within limits."""
    return lambda _context, row, key: row.number_of(key, rounds=True, **limits)


def choice_read(choices: type[Labelled]) -> Reader:
    """Cột chọn trong danh mục, by its Vietnamese name."""
    named = {search_key(choice.label): choice for choice in choices}
    return lambda _context, row, key: row.one_of(key, named)


def unit_read(context: Context, row: Row, key: str) -> Unit | None:
    """Cột mã đơn vị; nothing where it is empty."""
    code = row.code(key)
    if not code:
        return None
    unit = context.held.units.get(code)
    if unit is None:
        refuse(f"Không có đơn vị mã “{code}”.")
    return unit


def unit_of_days_read(context: Context, row: Row, key: str) -> Unit | None:
    """Cột mã đơn vị, of one that exists on the day on which the campaign begins."""
    unit = unit_read(context, row, key)
    if unit is not None:
        day = campaign_of(context).starts_on
        why = absence(day, unit.valid_from, unit.valid_to)
        if why:
            refuse(
                f"Ngày {format_date(day)} phong trào bắt đầu mà không có đơn vị mã "
                f"“{unit.code}”: {why}."
            )
    return unit


def campaign_of(context: Context) -> Campaign:
    """Phong trào của trang nhập."""
    assert context.campaign is not None  # noqa: S101 - the page stands in a campaign
    return context.campaign


def indicator_read(context: Context, row: Row, key: str) -> Indicator | None:
    """Cột chỉ tiêu, by its name in this campaign; without tones where only one can be meant."""
    asked = row.text(key)
    if not asked:
        return None
    named = next(filter(None, context.held.plan(campaign_of(context)).named(asked)), [])
    if not named:
        refuse(f"Phong trào không có chỉ tiêu “{asked}”.")
    if len(named) > 1:
        names = "; ".join(indicator.name for indicator in named)
        refuse(f"“{asked}” có thể là một trong: {names}. Hãy ghi đúng dấu, tên đầy đủ.")
    return named[0]


INDICATOR = Column(
    "indicator",
    "Chỉ tiêu",
    "Tổng mức bán lẻ (minh hoạ)",
    is_required=True,
    width=44,
    read=indicator_read,
)
"""Cột chỉ tiêu mà một dòng giao số."""


def measure_columns(titles: Mapping[str, str]) -> Iterator[Column]:
    """Các cột số liệu, by their keys."""
    for key, title in titles.items():
        yield Column(
            key, title, Decimal(10), width=18, read=number_read(decimals=4), kind=Kind.MEASURE
        )


def size_questions(given: GivenNumbers, measured: Measured) -> list[str]:
    """Câu hỏi về cỡ của những số vừa đọc, as they stand beside their row."""
    return [f"Hãy xem lại cỡ số: {question}" for question in plan_questions(given, measured)]
