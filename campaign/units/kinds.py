"""Loại đơn vị: the office's own list, as shipped until it is written anew."""

from sqlalchemy import func, select

from campaign.core.errors import NotVisible, refuse
from campaign.core.text import name_key, one_line
from campaign.extensions import db
from campaign.units.models import Unit, UnitKind
from campaign.units.queries import kinds
from campaign.units.rules import UsualKind, kind_code


def install_kinds() -> None:
    """Cài danh mục loại đơn vị, where the office has none at all."""
    if db.session.scalars(select(UnitKind.code).limit(1)).first() is not None:
        return
    db.session.add_all(usual_kinds())
    db.session.flush()


def usual_kinds() -> list[UnitKind]:
    """Các loại cài sẵn; the leadership signs and does not compete."""
    return [
        UnitKind(
            code=kind.value,
            name=kind.label,
            position=place,
            competes=kind is not UsualKind.LEADERSHIP,
        )
        for place, kind in enumerate(UsualKind, start=1)
    ]


def kind_named(code: str) -> UnitKind:
    """Một loại đơn vị của danh mục."""
    install_kinds()
    row = db.session.get(UnitKind, code)
    if row is None:
        raise NotVisible
    return row


def save_kind(row: UnitKind | None, *, name: str, competes: bool) -> UnitKind:
    """Ghi loại đơn vị (new where None); its code stays when it is called otherwise."""
    install_kinds()
    held, name = kinds(), one_line(name)
    if any(kind is not row and name_key(kind.name) == name_key(name) for kind in held):
        refuse(f"Danh mục đã có loại “{name}”.", "name")
    if row is None:
        code = kind_code(name, {kind.code for kind in held})
        row = UnitKind(code=code, position=max(kind.position for kind in held) + 1)
        db.session.add(row)
    row.name, row.competes = name, competes
    db.session.flush()
    return row


def delete_kind(row: UnitKind) -> None:
    """Xoá một loại that no unit is of; the last one stays."""
    count = db.session.scalar(select(func.count()).select_from(Unit).where(Unit.kind == row.code))
    if count:
        refuse(f"Còn {count} đơn vị thuộc loại “{row.name}”; hãy đổi loại của chúng trước.")
    if len(kinds()) == 1:
        refuse("Danh mục phải còn ít nhất một loại đơn vị.")
    db.session.delete(row)
    db.session.flush()
