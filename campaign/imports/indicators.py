"""Nhập chỉ tiêu: one row an indicator, with its target and its rule; as they are exported."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from campaign.core.cells import LONGEST
from campaign.core.errors import refuse
from campaign.core.labelled import Labelled
from campaign.core.numbers import format_decimal
from campaign.core.permissions import Permission
from campaign.core.text import name_key
from campaign.imports.importer import Column, Context, Importer, code_read
from campaign.imports.queries import Plan
from campaign.imports.readers import (
    EMPTY_CELL,
    campaign_of,
    choice_read,
    measure_columns,
    size_questions,
)
from campaign.imports.rules import Outcome, Row, asking, compared
from campaign.papers.workbook import Kind
from campaign.planning.indicators.actions import save_indicator
from campaign.scheme.actions import add_measure_unit
from campaign.scheme.models import Indicator, MeasureUnit
from campaign.scheme.rule_cells import rule_cell, rule_from_cell
from campaign.scheme.rules.magnitudes import GivenNumbers, Measure, magnitude_warning
from campaign.scheme.rules.points_rule import PointsRule
from campaign.scheme.rules.reading import points_rule_from_data, unfit_of
from campaign.scheme.rules.terms import Direction, Judgement, TargetOf, ValueKind


class SourceOfValue(Labelled):
    """Cột nguồn số liệu."""

    NEEDED = "needed", "bắt buộc ghi nguồn"
    FREE = "free", "không bắt buộc"


_NUMBERS: Mapping[str, str] = {
    "year_target": "Mục tiêu",
    "growth_target": "Tăng trưởng, %",
    "previous_year_value": "Năm trước",
}
_PLAIN = ("short_name", "target_of", *_NUMBERS, "decimals", "required_kind", "source")
"""Columns whose value is the field's own."""
_DEFAULTS: Mapping[str, Any] = {
    "short_name": "",
    "target_of": TargetOf.YEAR,
    "decimals": 2,
    "source": "",
    "source_required": True,
}
"""What a new indicator has where its column is not there or empty."""


_LONGEST_SYMBOL = 30


def _rule_read(_context: Context, row: Row, key: str) -> PointsRule | None:
    text = row.text(key)
    return rule_from_cell(text) if text else None


def _whole_read(_context: Context, row: Row, key: str) -> int | None:
    number = row.number_of(key, decimals=0, minimum=Decimal(0), maximum=Decimal(4))
    return None if number is None else int(number)


def _unit_read(context: Context, row: Row, key: str) -> MeasureUnit:
    """Đơn vị đo by its name, or by a symbol that only one has; a new one joins the catalogue."""
    asked = row.text(key)
    named = context.held.measure_units
    if unit := named.get(name_key(asked)):
        return unit
    marked = [held for held in named.values() if held.symbol == asked]
    if len(marked) > 1:
        names = "; ".join(held.name for held in marked)
        refuse(f"“{asked}” có thể là một trong: {names}. Hãy ghi tên đơn vị đo.")
    if marked:
        return marked[0]
    if len(asked) > _LONGEST_SYMBOL:
        refuse(f"Đơn vị đo mới dài nhất {_LONGEST_SYMBOL} ký tự.")
    named[name_key(asked)] = added = add_measure_unit(asked, asked)
    row.notes.append(f"Đơn vị đo “{asked}” chưa có trong danh mục, sẽ được thêm.")
    return added


def _told(indicator: Indicator, plan: Plan, units: Mapping[int, str]) -> dict[str, str]:
    rule = points_rule_from_data(indicator.points_rule)
    numbers = {title: getattr(indicator, name) for name, title in _NUMBERS.items()}
    source = SourceOfValue.NEEDED if indicator.source_required else SourceOfValue.FREE
    return {
        "Tên ngắn": indicator.short_name,
        "Đơn vị đo": units[indicator.measure_unit_id],
        "Số chữ số thập phân": str(indicator.decimals),
        "Chiều": indicator.direction.label,
        "Cách đánh giá": indicator.judgement.label,
        "Tính cho": indicator.target_of.label,
        **{title: "" if n is None else format_decimal(n) for title, n in numbers.items()},
        "Loại số liệu": indicator.required_kind.label if indicator.required_kind else "",
        "Nguồn số liệu": source.label,
        "Nguồn giao": indicator.source,
        "Quy tắc điểm": rule_cell(rule),
        "Nhóm thưởng": plan.section_code(indicator.bonus_group_id),
    }


def _stored(plan: Plan, known: Indicator | None, values: Mapping[str, Any]) -> dict[str, Any]:
    """What the row says of its indicator; an empty cell and a new row have the form's defaults."""
    return {
        **({} if known else _DEFAULTS),
        **_plain(values),
        "name": values["name"],
        "direction": values["direction"],
        "judgement": values["judgement"],
        "measure_unit_id": values["unit"].id,
        "points_rule": _rule_of(known, values).to_data(),
        "bonus_group_id": _bonus_group(plan, known, values),
    }


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Các cột có trong tệp whose value is the field's own, or stands for one of two."""
    plain = {
        name: _DEFAULTS.get(name) if values[name] is None else values[name]
        for name in _PLAIN
        if name in values
    }
    if "source_required" in values:
        plain["source_required"] = values["source_required"] is not SourceOfValue.FREE
    return plain


def _rule_of(known: Indicator | None, values: Mapping[str, Any]) -> PointsRule:
    """Quy tắc điểm sẽ ghi; without the column a known indicator keeps its own, where it fits."""
    rule = values.get("rule") or PointsRule()
    if known and "rule" not in values:
        rule = points_rule_from_data(known.points_rule)
    if problem := unfit_of(rule, values["direction"], values["judgement"]):
        refuse(problem[0], "rule")
    return rule


def _bonus_group(plan: Plan, known: Indicator | None, values: Mapping[str, Any]) -> int | None:
    """Nhóm thưởng by its code; without the column a known indicator keeps its own."""
    if "bonus_group" not in values:
        return known.bonus_group_id if known else None
    code = values["bonus_group"]
    if code and code not in plan.groups:
        refuse(f"Bảng điểm không có nhóm “{code}”.", "bonus_group")
    return plan.groups[code].id if code else None


def _take(context: Context, row: Row, values: Mapping[str, Any]) -> Outcome:
    """One indicator of a plan that is not launched."""
    plan = context.held.plan(campaign_of(context))
    units = {unit.id: unit.name for unit in context.held.measure_units.values()}
    known = plan.by_name(values["name"])
    like = [] if known else plan.resembling(values["name"])
    before = _told(known, plan, units) if known else None
    indicator = known or Indicator()
    save_indicator(campaign_of(context), indicator, _stored(plan, known, values))
    plan.enter(indicator)
    outcome = compared(row, indicator.name, before, _told(indicator, plan, units))
    if like:
        names = "; ".join(other.name for other in like)
        outcome = asking(outcome, f"Đã có chỉ tiêu {names}: hai chỉ tiêu khác nhau?")
    return asking(outcome, *_questions(indicator, values["unit"].symbol))


def _questions(indicator: Indicator, symbol: str) -> list[str]:
    """Câu hỏi về cỡ số, as the form of an indicator asks them."""
    numbers = (indicator.year_target, indicator.growth_target, indicator.previous_year_value)
    measure = Measure(symbol, indicator.direction, indicator.judgement, indicator.target_of)
    questions = size_questions(GivenNumbers(*numbers), measure)
    yearly = indicator.year_target if indicator.target_of is TargetOf.YEAR else None
    if question := magnitude_warning(yearly, *numbers[1:]):
        questions.insert(0, f"Hãy xem lại cỡ số: {question}")
    return questions


INDICATORS = Importer(
    "indicators",
    "Chỉ tiêu",
    Permission.CAMPAIGN_PLAN,
    "plan.edit",
    [
        "Mỗi dòng một chỉ tiêu; tệp Excel tải từ trang Chỉ tiêu nhập lại được.",
        "Quy tắc điểm ghi như trong tệp tải về: loại quy tắc; tham số = giá trị; … Để trống là tỷ "
        "lệ thuận với mức đạt.",
        "Đơn vị đo ghi bằng tên; đơn vị đo chưa có thì được thêm vào danh mục.",
        "Chỉ nhập được khi phong trào chưa phát động. Chỉ tiêu không có trong tệp giữ nguyên.",
        EMPTY_CELL,
    ],
    (
        Column("name", "Chỉ tiêu", "Tổng mức bán lẻ (minh hoạ)", is_required=True, width=44),
        Column("short_name", "Tên ngắn", "Bán lẻ", width=20, longest=60),
        Column(
            "unit", "Đơn vị đo", "tỷ đồng", is_required=True, width=18, read=_unit_read, longest=60
        ),
        Column("decimals", "Số chữ số thập phân", 2, width=20, read=_whole_read, kind=Kind.MEASURE),
        Column(
            "direction",
            "Chiều",
            Direction.AT_LEAST.label,
            is_required=True,
            width=26,
            read=choice_read(Direction),
        ),
        Column(
            "judgement",
            "Cách đánh giá",
            Judgement.CUMULATIVE.label,
            is_required=True,
            width=36,
            read=choice_read(Judgement),
        ),
        Column("target_of", "Tính cho", TargetOf.YEAR.label, width=16, read=choice_read(TargetOf)),
        *measure_columns(_NUMBERS),
        Column("required_kind", "Loại số liệu", width=16, read=choice_read(ValueKind)),
        Column(
            "source_required",
            "Nguồn số liệu",
            SourceOfValue.NEEDED.label,
            width=20,
            read=choice_read(SourceOfValue),
        ),
        Column("source", "Nguồn giao", "Kế hoạch năm (minh hoạ)", width=36),
        Column(
            "rule",
            "Quy tắc điểm",
            "trừ dần theo phần còn thiếu; trừ mỗi lần = 0,5",
            width=60,
            read=_rule_read,
            longest=LONGEST,
        ),
        Column("bonus_group", "Nhóm thưởng", width=12, read=code_read),
    ),
    _take,
    lambda row: name_key(row.text("name")),
    of_campaign=True,
)
