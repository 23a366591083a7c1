"""Nhập đơn vị: units by their codes."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from campaign.core.dates import format_date
from campaign.core.permissions import Permission
from campaign.extensions import db
from campaign.imports.importer import Column, Context, Importer, code_read, day_read
from campaign.imports.readers import EMPTY_CELL, unit_read
from campaign.imports.rules import Outcome, Row, asking, compared
from campaign.papers.workbook import Kind
from campaign.units import actions as units
from campaign.units.kinds import kind_named
from campaign.units.models import Unit


def _told_unit(unit: Unit) -> dict[str, str]:
    parent = db.session.get(Unit, unit.parent_id) if unit.parent_id else None
    return {
        "Tên": unit.name,
        "Tên ngắn": unit.short_name,
        "Loại": kind_named(unit.kind).name,
        "Cấp trên": parent.code if parent else "",
        "Từ ngày": format_date(unit.valid_from) if unit.valid_from else "",
        "Đến ngày": format_date(unit.valid_to) if unit.valid_to else "",
        "Chức vụ người đứng đầu": unit.head_title,
    }


def _kind_read(context: Context, row: Row, key: str) -> str | None:
    """Cột loại đơn vị, by its name in the office's list."""
    return row.named_in(key, context.held.unit_kinds)


def _take_unit(context: Context, row: Row, values: Mapping[str, Any]) -> Outcome:
    """A unit by its code: new, changed or left; a column the file has not keeps what is there."""
    known = context.held.units.get(values["code"])
    like = [] if known else context.held.units_like(values["code"], values["name"])
    before = _told_unit(known) if known else None
    unit = units.save_unit(
        known,
        code=values["code"],
        name=values["name"],
        kind=values["kind"],
        is_illustrative=known.is_illustrative if known else False,
        **_described(known, values),
    )
    context.held.enter_unit(unit)
    outcome = compared(row, f"{unit.code}, {unit.name}", before, _told_unit(unit))
    return _asking_of(outcome, like)


def _described(known: Unit | None, values: Mapping[str, Any]) -> dict[str, Any]:
    """Những gì còn lại của đơn vị, where the file has their columns."""
    standing: dict[str, Any] = {
        "short_name": "",
        "parent_id": None,
        "valid_from": None,
        "valid_to": None,
        "head_title": "",
    }
    if known:
        standing = {name: getattr(known, name) for name in standing}
    given = {name: values[name] for name in standing if name in values}
    if "parent" in values:
        given["parent_id"] = values["parent"].id if values["parent"] else None
    return standing | given


def _asking_of(outcome: Outcome, like: Sequence[Unit]) -> Outcome:
    """Hỏi về đơn vị giống đơn vị mới, where there are some."""
    if not like:
        return outcome
    named = "; ".join(f"{other.name} (mã {other.code})" for other in like)
    return asking(outcome, f"Đã có {named}: hai đơn vị khác nhau?")


def _days_in_order(
    _context: Context,
    _row: Row,
    values: Mapping[str, Any],
) -> Iterator[tuple[str, str]]:
    """Ngày hết hiệu lực after the day it begins."""
    first, last = values.get("valid_from"), values.get("valid_to")
    if first and last and first > last:
        yield "valid_to", "Ngày hết hiệu lực phải sau ngày bắt đầu."


def _parents_first(rows: list[Row]) -> list[Row]:
    """Rows of units, those above before those below; a circle stays in the order of the file."""
    codes = {row.label("code") for row in rows}
    placed: set[str] = set()
    ordered: list[Row] = []
    waiting = rows
    while waiting:
        open_codes = codes - placed
        ready = [row for row in waiting if row.label("parent") not in open_codes] or waiting
        ordered += ready
        placed |= {row.label("code") for row in ready}
        numbers = {row.number for row in ready}
        waiting = [row for row in waiting if row.number not in numbers]
    return ordered


UNITS = Importer(
    "units",
    "Đơn vị",
    Permission.UNIT_MANAGE,
    "unit.import",
    [
        "Mã đơn vị không đổi: dòng có mã đã có thì sửa đơn vị đó, mã mới thì thêm.",
        "Cấp trên ghi bằng mã; có thể là đơn vị ở dòng khác của tệp.",
        "Loại ghi theo danh mục ở trang Đơn vị, mục “Loại đơn vị”; loại chưa có thì thêm vào đó "
        "trước.",
        f"{EMPTY_CELL} Ô tên ngắn để trống thì lấy tên đầy đủ.",
    ],
    (
        Column(
            "code", "Mã", "VP", is_required=True, width=12, read=code_read, is_word=True, longest=40
        ),
        Column("name", "Tên", "Văn phòng Sở (minh hoạ)", is_required=True, width=44),
        Column("short_name", "Tên ngắn", "Văn phòng"),
        Column("kind", "Loại", "Phòng chuyên môn", is_required=True, read=_kind_read),
        Column("parent", "Mã cấp trên", "SCT", width=14, read=unit_read),
        Column("valid_from", "Từ ngày", date(2021, 1, 1), width=14, read=day_read, kind=Kind.DAY),
        Column("valid_to", "Đến ngày", None, width=14, read=day_read, kind=Kind.DAY),
        Column("head_title", "Chức vụ người đứng đầu", "Chánh Văn phòng", width=24),
    ),
    _take_unit,
    lambda row: row.text("code"),
    _parents_first,
    check=_days_in_order,
)
