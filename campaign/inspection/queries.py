"""Kiểm tra thực tế: what its pages and others read of the visits."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import bindparam, select
from sqlalchemy.orm import contains_eager, joinedload

from campaign.core.errors import NotVisible
from campaign.enrolment.models import Participation
from campaign.extensions import db
from campaign.inspection.models import InspectedSubject, Inspection, InspectionFile

_INSPECTIONS = (
    select(Inspection)
    .join(Inspection.participation)
    .where(Participation.campaign_id == bindparam("campaign_id"))
    .options(
        contains_eager(Inspection.participation).joinedload(Participation.unit, innerjoin=True),
        joinedload(Inspection.recorded_by),
    )
    .order_by(Inspection.held_on.desc(), Inspection.id.desc())
)


_INSPECTIONS_OF_ONE = _INSPECTIONS.where(
    Inspection.participation_id == bindparam("participation_id")
)


def inspections(campaign_id: int, participation_id: int | None = None) -> Sequence[Inspection]:
    """Các cuộc kiểm tra, newest first."""
    if participation_id is None:
        return db.session.scalars(_INSPECTIONS, {"campaign_id": campaign_id}).all()
    return db.session.scalars(
        _INSPECTIONS_OF_ONE, {"campaign_id": campaign_id, "participation_id": participation_id}
    ).all()


class VisitDay(NamedTuple):
    """Kiểm tra thực tế một chỉ tiêu hoặc tiêu chí của đơn vị."""

    inspection_id: int
    held_on: date


_SUBJECT, _VISIT = InspectedSubject.__table__.c, Inspection.__table__.c


_INSPECTED = (
    select(_SUBJECT.indicator_id, _SUBJECT.criterion_id, _VISIT.id, _VISIT.held_on)
    .join(Inspection.__table__, _VISIT.id == _SUBJECT.inspection_id)
    .where(_VISIT.participation_id == bindparam("participation_id"))
    .order_by(_VISIT.held_on.desc(), _VISIT.id.desc())
)


def inspected_of(participation_id: int) -> Mapping[tuple[str, int], Sequence[VisitDay]]:
    """Những gì đã được kiểm tra, newest first: by ("indicator", id) or ("criterion", id)."""
    visits: dict[tuple[str, int], list[VisitDay]] = defaultdict(list)
    for indicator_id, criterion_id, *visit in db.session.execute(
        _INSPECTED, {"participation_id": participation_id}
    ):
        kind = "criterion" if indicator_id is None else "indicator"
        visits[kind, indicator_id or criterion_id].append(VisitDay(*visit))
    return dict(visits)


def inspection(campaign_id: int, inspection_id: int) -> Inspection:
    """Một cuộc kiểm tra."""
    statement = (
        select(Inspection)
        .join(Inspection.participation)
        .where(Inspection.id == inspection_id, Participation.campaign_id == campaign_id)
        .options(
            joinedload(Inspection.participation).joinedload(Participation.unit),
            joinedload(Inspection.recorded_by),
        )
    )
    row = db.session.scalars(statement).one_or_none()
    if row is None:
        raise NotVisible
    return row


def subjects_of(inspection_id: int) -> Sequence[InspectedSubject]:
    """Đối tượng của một cuộc kiểm tra."""
    return db.session.scalars(
        select(InspectedSubject)
        .where(InspectedSubject.inspection_id == inspection_id)
        .order_by(InspectedSubject.id)
    ).all()


def files_of(inspection_id: int) -> Sequence[InspectionFile]:
    """Tệp của một cuộc kiểm tra."""
    return db.session.scalars(
        select(InspectionFile)
        .where(InspectionFile.inspection_id == inspection_id)
        .order_by(InspectionFile.id)
    ).all()


def inspection_file(campaign_id: int, file_id: int) -> InspectionFile:
    """Một tệp kiểm tra của phong trào này."""
    statement = (
        select(InspectionFile)
        .join(Inspection, Inspection.id == InspectionFile.inspection_id)
        .join(Inspection.participation)
        .where(InspectionFile.id == file_id, Participation.campaign_id == campaign_id)
    )
    row = db.session.scalars(statement).one_or_none()
    if row is None:
        raise NotVisible
    return row
