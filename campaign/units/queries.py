"""Đơn vị: what pages about units read."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from campaign.core.text import name_key, search_key
from campaign.database import exact_first
from campaign.extensions import db, visible_row
from campaign.papers.rules import territory_of
from campaign.units.models import Letterhead, Unit, UnitKind
from campaign.units.rules import UsualKind

ABOVE = aliased(Unit, name="above")
"""Cấp trên của đơn vị trong một danh sách."""


def unit(unit_id: int) -> Unit:
    """Một đơn vị, with the one above it."""
    return visible_row(
        select(Unit)
        .where(Unit.id == unit_id)
        .options(joinedload(Unit.parent), joinedload(Unit.kind_row))
    )


def kinds() -> Sequence[UnitKind]:
    """Danh mục loại đơn vị, in order; nothing where it is as shipped and was never written."""
    return db.session.scalars(select(UnitKind).order_by(UnitKind.position, UnitKind.code)).all()


def kind_choices() -> list[tuple[str, str]]:
    """Các loại đơn vị to choose from, none by itself; those shipped, as long as nothing was
    written.
    """
    written = [(row.code, row.name) for row in kinds()]
    shipped = [(kind.value, kind.label) for kind in UsualKind]
    return [("", "— chọn loại đơn vị —"), *(written or shipped)]


def counted_kinds() -> list[tuple[UnitKind, int]]:
    """Từng loại đơn vị, with how many units are of it."""
    counted = select(Unit.kind, func.count()).group_by(Unit.kind)
    counts = {row[0]: row[1] for row in db.session.execute(counted)}
    return [(row, counts.get(row.code, 0)) for row in kinds()]


def in_order(*, valid_on: date | None = None, also: Collection[int] = ()) -> Sequence[Unit]:
    """Mọi đơn vị theo tên, those in existence on a day where one is given, and some more."""
    statement = select(Unit).order_by(Unit.sort_key, Unit.id)
    if valid_on is not None:
        statement = statement.where(_valid_on(valid_on) | Unit.id.in_(also))
    return db.session.scalars(statement).all()


def _valid_on(day: date) -> Any:
    return or_(Unit.valid_from.is_(None), Unit.valid_from <= day) & or_(
        Unit.valid_to.is_(None), Unit.valid_to >= day
    )


def absent_on(day: date, ids: Select[Any]) -> Sequence[Unit]:
    """Trong các đơn vị này, những đơn vị không có vào ngày ấy: ceased before, or founded after."""
    return db.session.scalars(
        select(Unit).where(Unit.id.in_(ids), ~_valid_on(day)).order_by(Unit.sort_key, Unit.id)
    ).all()


def matching(
    *,
    text: str = "",
    valid_on: date | None = None,
    ceased_before: date | None = None,
    order: Sequence[Any] = (),
) -> Select[Any]:
    """Tìm đơn vị: by name or code without tones; in existence on a day, or ceased before it."""
    statement = (
        select(Unit)
        .outerjoin(ABOVE, Unit.parent)
        .options(contains_eager(Unit.parent.of_type(ABOVE)), joinedload(Unit.kind_row))
        .order_by(*order, *exact_first(Unit.name, text), Unit.sort_key, Unit.id)
    )
    if text:
        key = search_key(text)
        statement = statement.where(
            Unit.search_key.contains(key, autoescape=True)
            | Unit.code.icontains(key, autoescape=True)
        )
    if valid_on is not None:
        statement = statement.where(_valid_on(valid_on))
    if ceased_before is not None:
        statement = statement.where(Unit.valid_to < ceased_before)
    return statement


def named_alike(unit: Unit) -> list[Unit]:
    """Đơn vị khác có tên ấy, or a code that is the same but for its case and tones."""
    code, name = search_key(unit.code), name_key(unit.name)
    others = db.session.scalars(select(Unit).where(Unit.id != unit.id).order_by(Unit.id))
    return [row for row in others if search_key(row.code) == code or name_key(row.name) == name]


def subordinates(above: Unit) -> Sequence[Unit]:
    """Đơn vị trực thuộc, in order."""
    return db.session.scalars(
        select(Unit).where(Unit.parent_id == above.id).order_by(Unit.sort_key, Unit.id)
    ).all()


def letterhead() -> Letterhead:
    """Tiêu đề văn bản của cơ quan; an empty one where nobody has written it yet."""
    return db.session.get(Letterhead, 1) or Letterhead(
        id=1,
        above="",
        issuer="",
        place="",
        code="",
        leader_job="Giám đốc",
        leader_name="",
        recipients="",
    )


def office_unit() -> Unit | None:
    """Cơ quan: the unit the letterhead names, else the first one with none above it."""
    named = Unit.name == letterhead().issuer
    statement = select(Unit).where(Unit.parent_id.is_(None)).order_by(named.desc(), Unit.id)
    return db.session.scalars(statement.limit(1)).first()


@dataclass(frozen=True, slots=True)
class OfficeNames:
    """Tên cơ quan ở đầu văn bản: who is above it, its name, its place, its letters in symbols."""

    above: str
    issuer: str
    place: str
    code: str


def _is_called(unit: Unit, key: str) -> bool:
    """Whether a letterhead of this name is the unit's: "Sở Công Thương" of that of a province."""
    name = search_key(unit.name)
    return key in {name, search_key(unit.short_name)} or name.startswith(f"{key} ")


def other_office(unit_id: int | None) -> Unit | None:
    """Cơ quan phát động khác với cơ quan của tiêu đề văn bản; None where the letterhead is its own
    or that of who is above it, and where nobody can tell.
    """
    key = search_key(letterhead().issuer)
    unit = db.session.get(Unit, unit_id) if unit_id else None
    if unit is None or not key or _is_called(unit, key):
        return None
    alike = db.session.scalars(select(Unit).where(Unit.search_key.contains(key, autoescape=True)))
    named = [row for row in alike if _is_called(row, key)]
    is_above = any(unit.path.startswith(row.path) for row in named)
    return unit if named and not is_above else None


def office_names(unit_id: int | None) -> OfficeNames:
    """Tên cơ quan ban hành as the letterhead has it, else by the table of units; an office beside
    that of the letterhead bears its own names.
    """
    row, issuer = letterhead(), db.session.get(Unit, unit_id) if unit_id else None
    parent = (
        db.session.get(Unit, issuer.parent_id) if issuer is not None and issuer.parent_id else None
    )
    if other := other_office(unit_id):
        place = territory_of(other.name) or row.place
        return OfficeNames(parent.name if parent else "", other.name, place, other.code)
    return OfficeNames(
        row.above or (parent.name if parent else ""),
        row.issuer or (issuer.name if issuer else ""),
        row.place,
        row.code,
    )
