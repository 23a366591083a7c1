"""Đăng ký: who takes part."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import contains_eager

from campaign.core.text import search_key
from campaign.database import exact_first
from campaign.enrolment.models import Participation
from campaign.enrolment.rules import ParticipationState
from campaign.extensions import db, visible_row
from campaign.units.models import Unit

_WITH_UNIT_AND_BLOCK = (
    select(Participation)
    .join(Participation.unit)
    .outerjoin(Participation.block)
    .options(contains_eager(Participation.unit), contains_eager(Participation.block))
)


def participations(
    campaign_id: int,
    *,
    units: Collection[int] | None = None,
    text: str = "",
    order: Sequence[Any] = (),
) -> Select[Any]:
    """Đơn vị tham gia, by name; only those of `units` where given."""
    statement = _WITH_UNIT_AND_BLOCK.where(Participation.campaign_id == campaign_id).order_by(
        *order, *exact_first(Unit.name, text), Unit.sort_key, Participation.id
    )
    if units is not None:
        statement = statement.where(Participation.unit_id.in_(units))
    if text:
        statement = statement.where(Unit.search_key.contains(search_key(text), autoescape=True))
    return statement


def participation(
    campaign_id: int, participation_id: int, *, units: Collection[int] | None = None
) -> Participation:
    """Một đơn vị tham gia; others' do not exist where `units` limits."""
    statement = participations(campaign_id, units=units).where(Participation.id == participation_id)
    row: Participation = visible_row(statement)
    return row


def chosen_participations(campaign_id: int, ids: Collection[int]) -> Sequence[Participation]:
    """Các đơn vị đã đánh dấu, by name; those of other campaigns are not among them."""
    return db.session.scalars(participations(campaign_id).where(Participation.id.in_(ids))).all()


class ParticipationRow(NamedTuple):
    """Đơn vị tham gia trên một bảng."""

    id: int
    unit_id: int
    name: str
    short_name: str


def confirmed(campaign_id: int, block_id: int | None = None) -> list[ParticipationRow]:
    """Đơn vị đã xác nhận, by name."""
    statement = (
        select(Participation.id, Participation.unit_id, Unit.name, Unit.short_name)
        .join(Unit, Unit.id == Participation.unit_id)
        .where(
            Participation.campaign_id == campaign_id,
            Participation.state == ParticipationState.CONFIRMED,
        )
        .order_by(Unit.sort_key, Participation.id)
    )
    if block_id is not None:
        statement = statement.where(Participation.block_id == block_id)
    return list(map(ParticipationRow._make, db.session.execute(statement).all()))


class ConfirmedPlace(NamedTuple):
    """Đơn vị đã xác nhận, and in which block."""

    unit_id: int
    block_id: int | None
    short_name: str


def places_of(campaign_id: int) -> list[ConfirmedPlace]:
    """Đơn vị đã xác nhận kèm khối, by name."""
    rows = db.session.execute(
        select(Participation.unit_id, Participation.block_id, Unit.short_name)
        .join(Unit, Unit.id == Participation.unit_id)
        .where(
            Participation.campaign_id == campaign_id,
            Participation.state == ParticipationState.CONFIRMED,
        )
        .order_by(Unit.sort_key, Participation.id)
    )
    return list(map(ConfirmedPlace._make, rows))


def state_counts(
    campaign_id: int, units: Collection[int] | None = None
) -> dict[ParticipationState, int]:
    """Số đơn vị theo trạng thái, of all or of some units."""
    statement = select(Participation.state, func.count()).group_by(Participation.state)
    statement = statement.where(Participation.campaign_id == campaign_id)
    if units is not None:
        statement = statement.where(Participation.unit_id.in_(units))
    rows = db.session.execute(statement)
    return {state: number for state, number in rows}  # noqa: C416 - rows are not pairs to the type checker


def free_units(
    campaign_id: int, day: date, *, among: Collection[int] | None = None
) -> Sequence[Unit]:
    """Đơn vị chưa đăng ký, in existence on `day`."""
    inside = select(Participation.unit_id).where(Participation.campaign_id == campaign_id)
    statement = (
        select(Unit)
        .where(
            Unit.id.not_in(inside),
            or_(Unit.valid_from.is_(None), Unit.valid_from <= day),
            or_(Unit.valid_to.is_(None), Unit.valid_to >= day),
        )
        .order_by(Unit.sort_key, Unit.id)
    )
    if among is not None:
        statement = statement.where(Unit.id.in_(among))
    return db.session.scalars(statement).all()
