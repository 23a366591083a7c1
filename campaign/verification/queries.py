"""Thẩm định: what its pages, scoring and ranking read."""

from collections import defaultdict
from collections.abc import Collection, Sequence

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from campaign.core.errors import NotVisible
from campaign.enrolment.models import Participation
from campaign.enrolment.rules import ParticipationState
from campaign.extensions import db
from campaign.planning.models import ReportingPeriod
from campaign.planning.scheme import Scheme
from campaign.reporting.models import Report
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


def checked_of(verification_id: int) -> tuple[dict[int, Checked], dict[int, Given]]:
    """Số liệu và điểm thẩm định của một hồ sơ: two queries."""
    values, points = _rows([verification_id])
    return values[verification_id], points[verification_id]


def _rows(verification_ids: Any) -> tuple[dict[int, dict[int, Checked]], dict[int, dict[int, Given]]]:  # noqa: ANN401 - ids or a query for them
    value, point = VerifiedValue.__table__.c, VerifiedPoints.__table__.c
    values: dict[int, dict[int, Checked]] = defaultdict(dict)
    for row in db.session.execute(select(
            value.verification_id, value.indicator_id, value.id, value.value, value.kind, value.comparison,
            value.official_value, value.official_source, value.comment, value.not_applicable_reason)
            .where(value.verification_id.in_(verification_ids))):
        values[row[0]][row[1]] = Checked(*row[2:])
    points: dict[int, dict[int, Given]] = defaultdict(dict)
    for row in db.session.execute(select(
            point.verification_id, point.criterion_id, point.id, point.points, point.comment,
            point.not_applicable_reason).where(point.verification_id.in_(verification_ids))):
        points[row[0]][row[1]] = Given(*row[2:])
    return values, points


def finished_units(campaign_id: int, block_id: int | None = None, *, only: int | None = None) -> list[VerifiedUnit]:
    """Đơn vị có báo cáo cuối kỳ đã thẩm định xong: three queries, however many units; `only` one participation."""
    statement = (
        select(Verification.id, Verification.version_id, Participation.id, Participation.unit_id,
               Participation.block_id, ReportingPeriod.expected_share)
        .join(Report, Report.id == Verification.report_id)
        .join(Participation, Participation.id == Report.participation_id)
        .join(ReportingPeriod, ReportingPeriod.id == Report.period_id)
        .where(Participation.campaign_id == campaign_id, Participation.state == ParticipationState.CONFIRMED,
               ReportingPeriod.is_final, Verification.finished_at.is_not(None))
        .order_by(Participation.id)
    )
    if block_id is not None:
        statement = statement.where(Participation.block_id == block_id)
    if only is not None:
        statement = statement.where(Participation.id == only)
    found = db.session.execute(statement).all()
    ids = statement.with_only_columns(Verification.id).order_by(None)
    values, points = _rows(ids) if found else ({}, {})
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
