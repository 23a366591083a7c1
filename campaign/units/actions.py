"""Đơn vị: adding, editing, moving."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from campaign.core.errors import refuse
from campaign.core.text import one_line, search_key, text_sort_key
from campaign.extensions import db
from campaign.units.kinds import install_kinds
from campaign.units.models import Unit, UnitKind
from campaign.units.rules import path_of, refuse_cycle
from campaign.units.successions import queries as successions
from campaign.units.successions.rules import refuse_other_days


def save_unit(
    unit: Unit | None,
    *,
    code: str,
    name: str,
    short_name: str,
    kind: str,
    parent_id: int | None,
    valid_from: date | None,
    valid_to: date | None,
    head_title: str = "",
    is_illustrative: bool = False,
) -> Unit:
    """Ghi đơn vị (new where None); moving it moves everything below it."""
    if valid_from and valid_to and valid_from > valid_to:
        refuse("Ngày hết hiệu lực phải sau ngày bắt đầu.", "valid_to")
    install_kinds()
    if db.session.get(UnitKind, str(kind)) is None:
        refuse("Hãy chọn loại đơn vị trong danh mục.", "kind")
    row = unit or Unit(path="")
    parent = db.session.get(Unit, parent_id) if parent_id else None
    if unit is not None and parent is not None:
        refuse_cycle(unit.path, parent.path)
    if unit is not None:
        refuse_other_days(successions.steps(), unit.id, valid_from, valid_to)
    name = one_line(name)
    row.code, row.name, row.kind = one_line(code), name, str(kind)
    row.short_name, row.head_title = one_line(short_name) or name, one_line(head_title)
    row.sort_key, row.search_key = text_sort_key(name), search_key(f"{name} {row.short_name}")
    row.parent_id = parent.id if parent else None
    row.valid_from, row.valid_to, row.is_illustrative = valid_from, valid_to, is_illustrative
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        refuse(f"Mã “{code}” đã có đơn vị khác dùng.", "code")
    _settle(row, parent.path if parent else None)
    return row


def _settle(row: Unit, parent_path: str | None) -> None:
    """Give the unit its path, and those below it theirs."""
    old, new = row.path, path_of(row.id, parent_path)
    if old == new:
        return
    row.path = new
    if not old:
        return
    for lower in db.session.scalars(
        select(Unit).where(Unit.path.startswith(old, autoescape=True), Unit.id != row.id)
    ):
        lower.path = new + lower.path.removeprefix(old)
