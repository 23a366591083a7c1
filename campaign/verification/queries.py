"""Thẩm định: what its pages, scoring and ranking read."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, bindparam, select
from sqlalchemy.orm import joinedload

from campaign.accounts.models import User
from campaign.core.errors import NotVisible
from campaign.enrolment.models import Participation
from campaign.enrolment.rules import ParticipationState
from campaign.extensions import db
from campaign.planning.models import ReportingPeriod
from campaign.planning.scheme import Scheme
from campaign.reporting.models import Report, ReportVersion
from campaign.verification.models import (
    InspectedSubject,
    Inspection,
    InspectionFile,
    Unlocking,
    Verification,
    VerifiedPoints,
    VerifiedValue,
)
from campaign.verification.rules import Checked, Given, UnitResult, VerifiedUnit, block_results


def verification_of(report_id: int) -> Verification | None:
    """Hồ sơ thẩm định của một báo cáo, if one was begun."""
    return db.session.scalars(select(Verification).where(Verification.report_id == report_id)
                              .options(joinedload(Verification.report_version),
                                       joinedload(Verification.finished_by))).one_or_none()


_VALUE, _POINT = VerifiedValue.__table__.c, VerifiedPoints.__table__.c
_VALUES = select(_VALUE.verification_id, _VALUE.indicator_id, _VALUE.id, _VALUE.value, _VALUE.kind, _VALUE.comparison,
                 _VALUE.official_value, _VALUE.official_source, _VALUE.comment, _VALUE.not_applicable_reason)
_POINTS = select(_POINT.verification_id, _POINT.criterion_id, _POINT.id, _POINT.points, _POINT.comment,
                 _POINT.not_applicable_reason)
_FINISHED: Any = (
    select(Verification.id, Verification.version_id, Participation.id, Participation.unit_id,
           Participation.block_id, ReportingPeriod.expected_share)
    .join(Report, Report.id == Verification.report_id)
    .join(Participation, Participation.id == Report.participation_id)
    .join(ReportingPeriod, ReportingPeriod.id == Report.period_id)
    .where(Participation.campaign_id == bindparam("campaign_id"), Participation.state == ParticipationState.CONFIRMED,
           ReportingPeriod.is_final, Verification.finished_at.is_not(None))
    .order_by(Participation.id)
)


class _Reading(NamedTuple):
    """Three statements built once: the finished units of a scope, and what was found for them."""

    units: Select[Any]
    values: Select[Any]
    points: Select[Any]


def _reading(*scope: ColumnElement[bool]) -> _Reading:
    units = _FINISHED.where(*scope)
    ids = units.with_only_columns(Verification.id).order_by(None)
    return _Reading(units, _VALUES.where(_VALUE.verification_id.in_(ids)), _POINTS.where(_POINT.verification_id.in_(ids)))


_OF_CAMPAIGN = _reading()
_OF_BLOCK = _reading(Participation.block_id == bindparam("block_id"))
_OF_ONE = _reading(Participation.id == bindparam("participation_id"))


def checked_of(verification_id: int) -> tuple[dict[int, Checked], dict[int, Given]]:
    """Số liệu và điểm thẩm định của một hồ sơ: two queries."""
    values, points = _rows(_VALUES.where(_VALUE.verification_id == verification_id),
                           _POINTS.where(_POINT.verification_id == verification_id), {})
    return values[verification_id], points[verification_id]


def _rows(values: Select[Any], points: Select[Any],
          given: Mapping[str, int]) -> tuple[dict[int, dict[int, Checked]], dict[int, dict[int, Given]]]:
    checked: dict[int, dict[int, Checked]] = defaultdict(dict)
    for verification_id, indicator_id, *rest in db.session.execute(values, given):
        checked[verification_id][indicator_id] = Checked(*rest)
    found: dict[int, dict[int, Given]] = defaultdict(dict)
    for verification_id, criterion_id, *rest in db.session.execute(points, given):
        found[verification_id][criterion_id] = Given(*rest)
    return checked, found


def finished_units(campaign_id: int, block_id: int | None = None, *, only: int | None = None) -> list[VerifiedUnit]:
    """Đơn vị có báo cáo cuối kỳ đã thẩm định xong: three queries, however many units; `only` one participation."""
    if only is not None:
        reading, given = _OF_ONE, {"campaign_id": campaign_id, "participation_id": only}
    elif block_id is not None:
        reading, given = _OF_BLOCK, {"campaign_id": campaign_id, "block_id": block_id}
    else:
        reading, given = _OF_CAMPAIGN, {"campaign_id": campaign_id}
    found = db.session.execute(reading.units, given).all()
    values, points = _rows(reading.values, reading.points, given) if found else ({}, {})
    return [VerifiedUnit(participation_id, unit_id, block, version_id, values.get(key, {}), points.get(key, {}), share)
            for key, version_id, participation_id, unit_id, block, share in found]


def verified_results(campaign_id: int, scheme: Scheme, block_id: int | None = None) -> dict[int, UnitResult]:
    """Kết quả thẩm định theo đơn vị tham gia, for indicator- and secretariat-judged criteria."""
    return block_results(scheme, finished_units(campaign_id, block_id))


def finished_unit(campaign_id: int, scheme: Scheme, participation_id: int) -> tuple[VerifiedUnit, UnitResult] | None:
    """Một đơn vị đã thẩm định xong and its result; its whole block is read only where ranks in the block decide."""
    found = next(iter(finished_units(campaign_id, only=participation_id)), None)
    if found is None:
        return None
    peers = finished_units(campaign_id, found.block_id) if scheme.ranks_within_blocks else [found]
    return found, block_results(scheme, peers)[participation_id]


class Finished(NamedTuple):
    """Người thẩm định xong, when, and which version of the report."""

    by: str
    at: datetime
    number: int


def finishers(block_id: int, participation_id: int | None = None) -> dict[int, Finished]:
    """Ai thẩm định xong báo cáo cuối kỳ của đơn vị nào trong khối, by participation; or of one unit alone."""
    statement = (select(Report.participation_id, User.full_name, Verification.finished_at, ReportVersion.number)
                 .join(Report, Report.id == Verification.report_id)
                 .join(Participation, Participation.id == Report.participation_id)
                 .join(ReportingPeriod, ReportingPeriod.id == Report.period_id)
                 .join(ReportVersion, ReportVersion.id == Verification.version_id)
                 .join(User, User.id == Verification.finished_by_id)
                 .where(Participation.block_id == block_id, ReportingPeriod.is_final, Verification.finished_at.is_not(None)))
    if participation_id is not None:
        statement = statement.where(Participation.id == participation_id)
    return {one: Finished(by, at, number) for one, by, at, number in db.session.execute(statement) if at}


def scorable_version(participation_id: int) -> int | None:
    """Bản báo cáo được chấm of a unit; None while its final report is not verified."""
    return db.session.scalar(
        select(Verification.version_id).join(Report, Report.id == Verification.report_id)
        .join(ReportingPeriod, ReportingPeriod.id == Report.period_id)
        .where(Report.participation_id == participation_id, ReportingPeriod.is_final,
               Verification.finished_at.is_not(None)))


def unlockings(verification_id: int) -> Sequence[Unlocking]:
    """Các lần mở lại, newest first."""
    return db.session.scalars(select(Unlocking).where(Unlocking.verification_id == verification_id)
                              .options(joinedload(Unlocking.by)).order_by(Unlocking.id.desc())).all()


def next_waiting(campaign_id: int, *, but: int = 0) -> int | None:
    """Báo cáo đã nộp chờ thẩm định tiếp theo: the one that was opened first."""
    statement = (select(Report.id).join(Participation, Participation.id == Report.participation_id)
                 .where(Participation.campaign_id == campaign_id, Report.state == "submitted", Report.id != but)
                 .order_by(Report.id).limit(1))
    return db.session.scalar(statement)


def inspections(campaign_id: int, participation_id: int | None = None) -> Sequence[Inspection]:
    """Các cuộc kiểm tra, newest first."""
    statement = (select(Inspection).join(Inspection.participation).where(Participation.campaign_id == campaign_id)
                 .options(joinedload(Inspection.participation).joinedload(Participation.unit),
                          joinedload(Inspection.recorded_by))
                 .order_by(Inspection.held_on.desc(), Inspection.id.desc()))
    if participation_id is not None:
        statement = statement.where(Inspection.participation_id == participation_id)
    return db.session.scalars(statement).all()


def inspection(campaign_id: int, inspection_id: int) -> Inspection:
    """Một cuộc kiểm tra."""
    statement = (select(Inspection).join(Inspection.participation)
                 .where(Inspection.id == inspection_id, Participation.campaign_id == campaign_id)
                 .options(joinedload(Inspection.participation).joinedload(Participation.unit),
                          joinedload(Inspection.recorded_by)))
    found = db.session.scalars(statement).one_or_none()
    if found is None:
        raise NotVisible
    return found


def subjects_of(inspection_ids: Collection[int]) -> dict[int, list[InspectedSubject]]:
    """Đối tượng của các cuộc kiểm tra."""
    found: dict[int, list[InspectedSubject]] = defaultdict(list)
    for row in db.session.scalars(select(InspectedSubject).where(InspectedSubject.inspection_id.in_(inspection_ids))):
        found[row.inspection_id].append(row)
    return found


def files_of(inspection_id: int) -> Sequence[InspectionFile]:
    """Tệp của một cuộc kiểm tra."""
    return db.session.scalars(select(InspectionFile).where(InspectionFile.inspection_id == inspection_id)
                              .order_by(InspectionFile.id)).all()


def inspection_file(campaign_id: int, file_id: int) -> InspectionFile:
    """Một tệp kiểm tra của phong trào này."""
    statement = (select(InspectionFile).join(Inspection, Inspection.id == InspectionFile.inspection_id)
                 .join(Inspection.participation)
                 .where(InspectionFile.id == file_id, Participation.campaign_id == campaign_id))
    found = db.session.scalars(statement).one_or_none()
    if found is None:
        raise NotVisible
    return found
