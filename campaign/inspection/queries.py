"""Kiểm tra thực tế: what its pages and others read of the visits."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from campaign.enrolment.models import Participation
from campaign.extensions import db, visible_row
from campaign.inspection.models import InspectedSubject, Inspection, InspectionFile


def inspections(campaign_id: int, participation_id: int | None = None) -> Sequence[Inspection]:
    """Các cuộc kiểm tra, newest first."""
    statement = (
        select(Inspection)
        .join(Inspection.participation)
        .where(Participation.campaign_id == campaign_id)
        .options(
            contains_eager(Inspection.participation).joinedload(Participation.unit, innerjoin=True),
            joinedload(Inspection.recorded_by),
        )
        .order_by(Inspection.held_on.desc(), Inspection.id.desc())
    )
    if participation_id is not None:
        statement = statement.where(Inspection.participation_id == participation_id)
    return db.session.scalars(statement).all()


class VisitDay(NamedTuple):
    """Kiểm tra thực tế một chỉ tiêu hoặc tiêu chí của đơn vị."""

    inspection_id: int
    held_on: date


def inspected_of(participation_id: int) -> Mapping[tuple[str, int], Sequence[VisitDay]]:
    """Những gì của đơn vị đã được kiểm tra thực tế, newest first: by ("indicator", id) or
    ("criterion", id).
    """
    subject = InspectedSubject
    statement = (
        select(subject.indicator_id, subject.criterion_id, Inspection.id, Inspection.held_on)
        .join(Inspection, Inspection.id == subject.inspection_id)
        .where(Inspection.participation_id == participation_id)
        .order_by(Inspection.held_on.desc(), Inspection.id.desc())
    )
    visits: dict[tuple[str, int], list[VisitDay]] = defaultdict(list)
    for row in db.session.execute(statement):
        kind = "criterion" if row.indicator_id is None else "indicator"
        visits[kind, row.indicator_id or row.criterion_id].append(VisitDay(row.id, row.held_on))
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
    return visible_row(statement)


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
    return visible_row(statement)
