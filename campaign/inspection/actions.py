"""Kiểm tra thực tế: writing down a visit, and keeping its files."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import IO, Any

from campaign.accounts.models import User
from campaign.core.dates import local_date
from campaign.core.errors import refuse
from campaign.enrolment.models import Participation
from campaign.extensions import db
from campaign.files import storage
from campaign.files.attached import attached
from campaign.inspection import queries
from campaign.inspection.models import InspectedSubject, Inspection, InspectionFile


def save(
    visit: Inspection | None,
    participation: Participation,
    values: Mapping[str, Any],
    indicators: Collection[int],
    criteria: Collection[int],
    *,
    by: User,
    at: datetime,
) -> Inspection:
    """Ghi biên bản kiểm tra thực tế and what it concerns."""
    if values["held_on"] > local_date(at):
        refuse("Ngày kiểm tra không thể ở tương lai.", "held_on")
    visit = visit or Inspection(
        participation_id=participation.id, recorded_at=at, recorded_by_id=by.id
    )
    for name, value in values.items():
        setattr(visit, name, value)
    db.session.add(visit)
    db.session.flush()
    for subject in queries.subjects_of(visit.id):
        db.session.delete(subject)
    db.session.flush()
    db.session.add_all(
        [InspectedSubject(inspection_id=visit.id, indicator_id=number) for number in indicators]
    )
    db.session.add_all(
        [InspectedSubject(inspection_id=visit.id, criterion_id=number) for number in criteria]
    )
    return visit


def attach(
    visit: Inspection,
    stream: IO[bytes],
    file_name: str | None,
    *,
    limit: int,
    by: User,
    at: datetime,
) -> InspectionFile:
    """Gắn tệp vào biên bản kiểm tra."""
    stored = storage.keep(stream, limit=limit)
    row = InspectionFile(
        inspection_id=visit.id,
        **attached(stored, file_name, by_id=by.id, at=at),
    )
    db.session.add(row)
    db.session.flush()
    return row
