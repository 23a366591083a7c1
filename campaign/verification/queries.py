"""Thẩm định: what its pages, scoring and ranking read."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date, datetime
from decimal import Decimal
from itertools import chain
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, bindparam, or_, select

from campaign.accounts.models import User
from campaign.counts.queries import lists_of
from campaign.database import ROWS_AT_ONCE
from campaign.enrolment.models import Participation
from campaign.enrolment.rules import ParticipationState
from campaign.extensions import db
from campaign.planning.models import Campaign, ReportingPeriod
from campaign.reporting.models import Report, ReportVersion
from campaign.scheme.rules.progress import Shares, shares
from campaign.scheme.rules.table import Scheme
from campaign.scheme.rules.terms import CountedBy
from campaign.verification.models import (
    Verification,
    VerifiedPoints,
    VerifiedValue,
)
from campaign.verification.rules import (
    GivenPoints,
    UnitResult,
    VerifiedFigure,
    VerifiedUnit,
    block_results,
    set_aside,
)

_VALUE, _POINT = VerifiedValue.__table__.c, VerifiedPoints.__table__.c
_VALUES = select(
    _VALUE.verification_id,
    _VALUE.indicator_id,
    _VALUE.id,
    _VALUE.value,
    _VALUE.kind,
    _VALUE.comparison,
    _VALUE.official_value,
    _VALUE.official_source,
    _VALUE.comment,
    _VALUE.not_applicable_reason,
)
_POINTS = select(
    _POINT.verification_id,
    _POINT.criterion_id,
    _POINT.id,
    _POINT.points,
    _POINT.comment,
    _POINT.not_applicable_reason,
    _POINT.ticks,
)
_DONE, _REPORT, _TAKING, _PERIOD, _CAMPAIGN = (
    model.__table__.c for model in (Verification, Report, Participation, ReportingPeriod, Campaign)
)
_CALENDAR = (
    _PERIOD.id,
    _PERIOD.ends_on,
    _PERIOD.expected_share,
    _PERIOD.campaign_share,
    _CAMPAIGN.starts_on,
    _CAMPAIGN.ends_on,
    _CAMPAIGN.counted_by,
)
"""What the share expected by the end of a period follows from."""
_FINISHED: Select[Any] = (
    select(_DONE.id, _DONE.version_id, _TAKING.id, _TAKING.unit_id, _TAKING.block_id, *_CALENDAR)
    .select_from(
        Verification.__table__.join(Report.__table__, _REPORT.id == _DONE.report_id)
        .join(Participation.__table__, _TAKING.id == _REPORT.participation_id)
        .join(ReportingPeriod.__table__, _PERIOD.id == _REPORT.period_id)
        .join(Campaign.__table__, _CAMPAIGN.id == _TAKING.campaign_id)
    )
    .where(
        _TAKING.campaign_id == bindparam("campaign_id"),
        _TAKING.state == ParticipationState.CONFIRMED,
        _PERIOD.is_final,
        _DONE.finished_at.is_not(None),
    )
    .order_by(_TAKING.id)
)


class _Reading(NamedTuple):
    """Statements built once: the finished units of a scope, and what was found of them."""

    units: Select[Any]
    values: Select[Any]
    points: Select[Any]
    has_lists: bool = True
    """Kèm các lần đã kê."""

    def aside(self, *values: ColumnElement[bool]) -> "_Reading":
        """The same, but of the findings only those that do not apply to the unit, and these
        `values`.
        """
        return _Reading(
            self.units,
            self.values.where(or_(_VALUE.not_applicable_reason != "", *values)),
            self.points.where(_POINT.not_applicable_reason != ""),
            has_lists=False,
        )


def _reading(*scope: ColumnElement[bool]) -> _Reading:
    units = _FINISHED.where(*scope)
    ids = units.with_only_columns(_DONE.id).order_by(None)
    return _Reading(
        units,
        _VALUES.where(_VALUE.verification_id.in_(ids)),
        _POINTS.where(_POINT.verification_id.in_(ids)),
    )


_OF_CAMPAIGN = _reading()
_OF_BLOCK = _reading(_TAKING.block_id == bindparam("block_id"))
_OF_SOME = _reading(_TAKING.id.in_(bindparam("participation_ids", expanding=True)))
_ASIDE, _ASIDE_OF_ALL = _OF_BLOCK.aside(), _OF_CAMPAIGN.aside()
_PEERS = _OF_BLOCK.aside(_VALUE.indicator_id.in_(bindparam("indicator_ids", expanding=True)))
FINISHED_IN_BLOCK = _OF_BLOCK.units.order_by(None)
"""Hồ sơ đã thẩm định xong of the final reports of a block, for others to count."""


_VALUES_OF_ONE = _VALUES.where(_VALUE.verification_id == bindparam("verification_id"))
_POINTS_OF_ONE = _POINTS.where(_POINT.verification_id == bindparam("verification_id"))


def checked_of(verification_id: int) -> tuple[dict[int, VerifiedFigure], dict[int, GivenPoints]]:
    """Số liệu và điểm thẩm định của một hồ sơ: two queries."""
    values, points = _rows(_VALUES_OF_ONE, _POINTS_OF_ONE, {"verification_id": verification_id})
    return values[verification_id], points[verification_id]


def _rows(
    values: Select[Any], points: Select[Any], given: Mapping[str, Any]
) -> tuple[dict[int, dict[int, VerifiedFigure]], dict[int, dict[int, GivenPoints]]]:
    checked: dict[int, dict[int, VerifiedFigure]] = defaultdict(dict)
    for verification_id, indicator_id, *rest in chain.from_iterable(
        db.session.execute(values, given).partitions(ROWS_AT_ONCE)
    ):
        checked[verification_id][indicator_id] = VerifiedFigure(*rest)
    given_points: dict[int, dict[int, GivenPoints]] = defaultdict(dict)
    for verification_id, criterion_id, *rest in chain.from_iterable(
        db.session.execute(points, given).partitions(ROWS_AT_ONCE)
    ):
        given_points[verification_id][criterion_id] = GivenPoints(*rest)
    return checked, given_points


def finished_units(
    campaign_id: int, block_id: int | None = None, *, only: Collection[int] | None = None
) -> list[VerifiedUnit]:
    """Đơn vị có báo cáo cuối kỳ đã thẩm định xong, all or `only` some, in three queries."""
    if only is not None and len(only) == 1:
        return _read_one({"campaign_id": campaign_id, "participation_id": next(iter(only))})
    if only is not None:
        return _read(_OF_SOME, {"campaign_id": campaign_id, "participation_ids": list(only)})
    if block_id is not None:
        return _read(_OF_BLOCK, {"campaign_id": campaign_id, "block_id": block_id})
    return _read(_OF_CAMPAIGN, {"campaign_id": campaign_id})


def _read(reading: _Reading, given: Mapping[str, Any]) -> list[VerifiedUnit]:
    rows = db.session.execute(reading.units, given).all()
    values, points = _rows(reading.values, reading.points, given) if rows else ({}, {})
    listed = lists_of(given["campaign_id"]) if rows and reading.has_lists else {}
    expected = {calendar: _shares(*calendar) for calendar in {row[5:] for row in rows}}
    return [
        VerifiedUnit(
            participation_id,
            unit_id,
            block,
            version_id,
            values.get(key, {}),
            points.get(key, {}),
            expected[tuple(calendar)],
            listed.get(participation_id, {}),
        )
        for key, version_id, participation_id, unit_id, block, *calendar in rows
    ]


def _shares(
    period_id: int,
    until: date,
    of_year: Decimal | None,
    of_campaign: Decimal | None,
    starts_on: date,
    ends_on: date,
    by: CountedBy,
) -> Shares:
    worked_out = shares(until, typed=(of_year, of_campaign), campaign=(starts_on, ends_on), by=by)
    return worked_out._replace(period_id=period_id)


_ONE_UNIT = _FINISHED.where(_TAKING.id == bindparam("participation_id"))


def _read_one(given: Mapping[str, int]) -> list[VerifiedUnit]:
    row = db.session.execute(_ONE_UNIT, given).one_or_none()
    if row is None:
        return []
    key, version_id, participation_id, unit_id, block, *calendar = row
    return [
        VerifiedUnit(
            participation_id,
            unit_id,
            block,
            version_id,
            *checked_of(key),
            _shares(*calendar),
            lists_of(given["campaign_id"], participation_id).get(participation_id, {}),
        )
    ]


def verified_results(
    campaign_id: int, scheme: Scheme, block_id: int | None = None
) -> dict[int, UnitResult]:
    """Kết quả thẩm định theo đơn vị tham gia, for indicator- and secretariat-judged criteria."""
    return block_results(scheme, finished_units(campaign_id, block_id))


def peers_of(
    campaign_id: int, scheme: Scheme, block_id: int | None, *, but: Collection[int]
) -> list[VerifiedUnit]:
    """Các đơn vị khác của khối mà điểm tuỳ theo: of each no more is read than its own standing
    rests on; none where no standing decides.
    """
    if not scheme.ranks_within_blocks:
        return []
    given = {
        "campaign_id": campaign_id,
        "block_id": block_id,
        "indicator_ids": [indicator.id for indicator in scheme.held_against.values()],
    }
    return [unit for unit in _read(_PEERS, given) if unit.participation_id not in but]


def results_of_some(
    campaign_id: int, scheme: Scheme, block_id: int, participation_ids: Collection[int]
) -> Mapping[int, tuple[VerifiedUnit, UnitResult]]:
    """Các đơn vị đã thẩm định xong among those asked for, with their results."""
    units = finished_units(campaign_id, only=participation_ids)
    peers = peers_of(campaign_id, scheme, block_id, but=participation_ids) if units else []
    results = block_results(scheme, [*units, *peers], only=participation_ids)
    return {unit.participation_id: (unit, results[unit.participation_id]) for unit in units}


class VerifiedPlace(NamedTuple):
    """Chỗ của một đơn vị đã thẩm định xong."""

    participation_id: int
    unit_id: int
    block_id: int | None


class Finisher(NamedTuple):
    """Người thẩm định xong, when, and which version of the report."""

    by: str
    at: datetime
    number: int


_FINISHERS = (
    select(
        Report.participation_id,
        User.full_name,
        Verification.finished_at,
        ReportVersion.number,
    )
    .join(Verification, Verification.report_id == Report.id)
    .join(ReportVersion, ReportVersion.id == Verification.version_id)
    .join(User, User.id == Verification.finished_by_id)
    .join(Report.participation)
    .join(Report.period)
    .where(ReportingPeriod.is_final, Verification.finished_at.is_not(None))
)


def finishers(block_id: int, participation_id: int | None = None) -> dict[int, Finisher]:
    """Ai thẩm định xong báo cáo cuối kỳ của đơn vị nào trong khối, by participation."""
    statement = _FINISHERS.where(Participation.block_id == block_id)
    if participation_id is not None:
        statement = statement.where(Participation.id == participation_id)
    return {
        row.participation_id: Finisher(row.full_name, row.finished_at, row.number)
        for row in db.session.execute(statement)
    }


def finished_unit(
    campaign_id: int, scheme: Scheme, block_id: int, participation_id: int
) -> tuple[VerifiedUnit, UnitResult] | None:
    """Một đơn vị đã thẩm định xong and its result."""
    return results_of_some(campaign_id, scheme, block_id, [participation_id]).get(participation_id)


def maxima_of_finished(
    campaign_id: int, scheme: Scheme, block_id: int | None = None
) -> dict[VerifiedPlace, Mapping[int, Decimal]]:
    """Điểm tối đa của từng đơn vị đã thẩm định xong: what applies, without working out points."""
    units = (
        _read(_ASIDE_OF_ALL, {"campaign_id": campaign_id})
        if block_id is None
        else _read(_ASIDE, {"campaign_id": campaign_id, "block_id": block_id})
    )
    return {
        VerifiedPlace(unit.participation_id, unit.unit_id, unit.block_id): scheme.maxima_for(
            unit.unit_id,
            unit.block_id,
            set_aside(scheme, unit) if unit.values or unit.points else (),
        )
        for unit in units
    }
