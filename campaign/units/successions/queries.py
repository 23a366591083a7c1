"""Nối tiếp của đơn vị: what pages read."""

from collections.abc import Collection, Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from campaign.extensions import db, visible_row
from campaign.units.models import Unit
from campaign.units.successions.models import UnitSuccession
from campaign.units.successions.rules import Step


def steps(*, without: int | None = None) -> list[Step]:
    """Mọi lần nối tiếp, earliest first; a row that is being changed left out."""
    statement = select(
        UnitSuccession.predecessor_id,
        UnitSuccession.successor_id,
        UnitSuccession.kind,
        UnitSuccession.effective_on,
    ).order_by(UnitSuccession.effective_on, UnitSuccession.id)
    if without is not None:
        statement = statement.where(UnitSuccession.id != without)
    return [Step(*row) for row in db.session.execute(statement)]


def succession(unit_id: int, succession_id: int) -> UnitSuccession:
    """Một lần nối tiếp trên trang của đơn vị cũ."""
    return visible_row(
        select(UnitSuccession).where(
            UnitSuccession.id == succession_id, UnitSuccession.predecessor_id == unit_id
        )
    )


def all_successions() -> Sequence[UnitSuccession]:
    """Mọi lần nối tiếp, earliest first, with both units."""
    return db.session.scalars(
        select(UnitSuccession)
        .options(joinedload(UnitSuccession.predecessor), joinedload(UnitSuccession.successor))
        .order_by(UnitSuccession.effective_on, UnitSuccession.id)
    ).all()


def of_unit(unit_id: int) -> Sequence[UnitSuccession]:
    """Đơn vị này từ đâu ra và thành gì, earliest first."""
    return db.session.scalars(
        select(UnitSuccession)
        .where(
            or_(UnitSuccession.predecessor_id == unit_id, UnitSuccession.successor_id == unit_id)
        )
        .options(joinedload(UnitSuccession.predecessor), joinedload(UnitSuccession.successor))
        .order_by(UnitSuccession.effective_on, UnitSuccession.id)
    ).all()


def units_named(ids: Collection[int]) -> dict[int, Unit]:
    """Các đơn vị theo số."""
    return {row.id: row for row in db.session.scalars(select(Unit).where(Unit.id.in_(ids)))}
