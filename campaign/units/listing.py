"""Danh sách đơn vị: by what it is sorted and narrowed."""

from datetime import date
from typing import Any

from sqlalchemy import Select, select

from campaign.units import queries
from campaign.units.models import Unit, UnitKind
from campaign.web.lists import Asked, Column, Filter, asked

_PLACE_OF_KIND = (
    select(UnitKind.position).where(UnitKind.code == Unit.kind).correlate(Unit).scalar_subquery()
)
"""Where the kind of a unit stands in the office's list."""

COLUMNS = (
    Column("name", "Tên", (Unit.sort_key,)),
    Column("code", "Mã", (Unit.code,)),
    Column("kind", "Loại", (_PLACE_OF_KIND,)),
    Column("above", "Cấp trên", (queries.ABOVE.sort_key,)),
    Column("valid", "Hiệu lực", (Unit.valid_from, Unit.valid_to)),
)
_STATES = (("valid", "Đang hoạt động"), ("ceased", "Đã giải thể"), ("all", "Tất cả"))


def asked_units() -> Asked:
    """Điều kiện của danh sách đơn vị."""
    states = Filter("state", "Hiệu lực", _STATES, usual="valid")
    return asked(COLUMNS, [states], search="Tìm theo tên hoặc mã", endpoint="units.index")


def statement(of: Asked, day: date) -> Select[Any]:
    """Các đơn vị như điều kiện nói, on that day."""
    state = of.chosen["state"]
    return queries.matching(
        text=of.text,
        valid_on=day if state == "valid" else None,
        ceased_before=day if state == "ceased" else None,
        order=of.order,
    )
