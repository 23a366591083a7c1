"""Đơn vị trên phiếu chấm: those of a block that exist for a member."""

from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    bindparam,
    func,
    literal,
    select,
    tuple_,
    union_all,
)

from campaign.core.errors import NotVisible
from campaign.enrolment.models import Participation
from campaign.enrolment.rules import ParticipationState
from campaign.extensions import db
from campaign.planning.models import ReportingPeriod
from campaign.reporting.models import Report
from campaign.units.models import Unit
from campaign.verification.models import Verification


class UnitRow(NamedTuple):
    """Đơn vị trên phiếu chấm."""

    id: int
    unit_id: int
    name: str
    short_name: str
    block_id: int | None
    sort_key: str


class Neighbour(NamedTuple):
    """Tên và số của một đơn vị tham gia."""

    id: int
    short_name: str


_TAKING, _NAMED = Participation.__table__.c, Unit.__table__.c


_UNITS: Select[Any] = (
    select(
        _TAKING.id,
        _TAKING.unit_id,
        _NAMED.name,
        _NAMED.short_name,
        _TAKING.block_id,
        _NAMED.sort_key,
    )
    .select_from(Participation.__table__.join(Unit.__table__, _NAMED.id == _TAKING.unit_id))
    .where(_TAKING.block_id == bindparam("block_id"), _TAKING.state == ParticipationState.CONFIRMED)
)


_UNIT = _UNITS.where(_TAKING.id == bindparam("participation_id"))


_BY_NAME = _UNITS.order_by(_NAMED.sort_key, _TAKING.id)


SEEN = _TAKING.unit_id.not_in(bindparam("hidden", expanding=True))


class Listing(NamedTuple):
    """Câu lệnh dựng một lần: all units, one page of them, how many."""

    all: Select[Any]
    page: Select[Any]
    how_many: Select[Any]


def _listing(*seen: ColumnElement[bool]) -> Listing:
    shown = _BY_NAME.where(*seen)
    return Listing(
        shown,
        shown.limit(bindparam("limit")).offset(bindparam("offset")),
        select(func.count())
        .select_from(_TAKING.id.table)
        .where(
            _TAKING.block_id == bindparam("block_id"),
            _TAKING.state == ParticipationState.CONFIRMED,
            *seen,
        ),
    )


EVERYBODY, SOME = _listing(), _listing(SEEN)


def units_of(
    block_id: int, hidden: frozenset[int], *, page: int | None = None, size: int = 0
) -> list[UnitRow]:
    """Đơn vị của khối mà thành viên được chấm, by name: all of them, or one page from 1."""
    listing, given = listing_for(block_id, hidden)
    if page is None:
        return list(map(UnitRow._make, db.session.execute(listing.all, given).all()))
    given |= {"limit": size, "offset": (page - 1) * size}
    return list(map(UnitRow._make, db.session.execute(listing.page, given).all()))


def listing_for(block_id: int, hidden: frozenset[int]) -> tuple[Listing, dict[str, Any]]:
    """Câu lệnh cho thành viên này, and what it is given: units kept from them are not in it."""
    if not hidden:
        return EVERYBODY, {"block_id": block_id}
    return SOME, {"block_id": block_id, "hidden": list(hidden)}


def unit_of(block_id: int, participation_id: int, hidden: frozenset[int]) -> UnitRow:
    """Một đơn vị của khối; one they are kept away from does not exist for the member."""
    row = db.session.execute(
        _UNIT, {"block_id": block_id, "participation_id": participation_id}
    ).one_or_none()
    if row is None or row.unit_id in hidden:
        raise NotVisible
    return UnitRow(*row)


_DONE, _REPORT, _PERIOD = (model.__table__.c for model in (Verification, Report, ReportingPeriod))


_MARKABLE = _UNIT.add_columns(_DONE.version_id).where(
    _REPORT.participation_id == _TAKING.id,
    _PERIOD.id == _REPORT.period_id,
    _PERIOD.is_final,
    _DONE.report_id == _REPORT.id,
    _DONE.finished_at.is_not(None),
)


def markable_unit(
    block_id: int, participation_id: int, hidden: frozenset[int]
) -> tuple[UnitRow, int]:
    """Một đơn vị chấm được and the verified version of its final report; before, or to a member
    kept away from it, it does not exist.
    """
    row = db.session.execute(
        _MARKABLE, {"block_id": block_id, "participation_id": participation_id}
    ).one_or_none()
    if row is None or row.unit_id in hidden:
        raise NotVisible
    *unit, version_id = row
    return UnitRow(*unit), version_id


_KEY = tuple_(Unit.sort_key, Participation.id)


_HERE = tuple_(bindparam("sort_key"), bindparam("id"))


_BESIDE = (
    select(Participation.id, Unit.short_name)
    .join(Unit, Unit.id + 0 == Participation.unit_id)
    .where(
        Participation.campaign_id == bindparam("campaign_id"),
        Participation.block_id + 0 == bindparam("block_id"),
        Participation.state == ParticipationState.CONFIRMED,
    )
    .limit(1)
)
"""One step along the index of names: the sums keep other indexes out of it."""


def _both_sides(beside: Select[int, str]) -> CompoundSelect[Any]:
    before = (
        beside.where(Unit.sort_key <= bindparam("sort_key"), _KEY < _HERE)
        .order_by(Unit.sort_key.desc(), Participation.id.desc())
        .subquery()
    )
    after = (
        beside.where(Unit.sort_key >= bindparam("sort_key"), _KEY > _HERE)
        .order_by(Unit.sort_key, Participation.id)
        .subquery()
    )
    return union_all(select(literal(0), before), select(literal(1), after))


_BOTH = _both_sides(_BESIDE)


_BOTH_SEEN = _both_sides(_BESIDE.where(Unit.id.not_in(bindparam("hidden", expanding=True))))


def neighbours(
    campaign_id: int, of: UnitRow, hidden: frozenset[int]
) -> tuple[Neighbour | None, Neighbour | None]:
    """Đơn vị đứng trước và đứng sau trong danh sách của thành viên, by name."""
    given: dict[str, Any] = {
        "campaign_id": campaign_id,
        "block_id": of.block_id,
        "sort_key": of.sort_key,
        "id": of.id,
    }

    rows = (
        db.session.execute(_BOTH_SEEN, given | {"hidden": list(hidden)})
        if hidden
        else db.session.execute(_BOTH, given)
    )
    beside = {side: Neighbour(*row) for side, *row in rows}
    return beside.get(0), beside.get(1)
