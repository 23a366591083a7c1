"""Số lần: what its pages, verification and the points read of occurrences."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Select, select

from campaign.enrolment.models import Participation
from campaign.extensions import db, visible_row
from campaign.reporting.listed import ListedOccurrence, Lists
from campaign.reporting.models import Evidence, Occurrence, Report


def lists_of(campaign_id: int, participation_id: int | None = None) -> dict[int, Lists]:
    """Các lần đã kê in all reports, by participation and criterion; one query."""
    statement = _listed(campaign_id)
    if participation_id is not None:
        statement = statement.where(Report.participation_id == participation_id)
    lists: dict[int, dict[int, tuple[ListedOccurrence, ...]]] = defaultdict(dict)
    rest: list[Any]
    for entry, criterion, *rest in db.session.execute(statement):
        mine = lists[entry]
        mine[criterion] = (*mine.get(criterion, ()), ListedOccurrence(*rest))
    return dict(lists)


def _listed(campaign_id: int) -> Select[*tuple[Any, ...]]:
    """Các lần đã kê: whose, of which criterion, then what a `ListedOccurrence` is made of."""
    return (
        select(
            Report.participation_id,
            Occurrence.criterion_id,
            Occurrence.id,
            Occurrence.held_on,
            Occurrence.kind,
            Occurrence.text,
            Occurrence.state,
            Occurrence.reason,
        )
        .join(Report, Report.id == Occurrence.report_id)
        .join(Participation, Participation.id == Report.participation_id)
        .where(Participation.campaign_id == campaign_id)
        .order_by(Occurrence.held_on, Occurrence.id)
    )


def occurrences(participation_id: int, criterion_id: int) -> Sequence[Occurrence]:
    """Các lần của một tiêu chí, of all the unit's reports, by day."""
    return db.session.scalars(
        select(Occurrence)
        .join(Report, Report.id == Occurrence.report_id)
        .where(Report.participation_id == participation_id, Occurrence.criterion_id == criterion_id)
        .order_by(Occurrence.held_on, Occurrence.id)
    ).all()


def occurrence(participation_id: int, criterion_id: int, occurrence_id: int) -> Occurrence:
    """Một lần của đơn vị; of another unit or criterion it does not exist."""
    return visible_row(
        select(Occurrence)
        .join(Report, Report.id == Occurrence.report_id)
        .where(
            Occurrence.id == occurrence_id,
            Occurrence.criterion_id == criterion_id,
            Report.participation_id == participation_id,
        )
        .with_for_update(of=Occurrence)
    )


def chosen_occurrences(
    participation_id: int, criterion_id: int, ids: Collection[int]
) -> list[Occurrence]:
    """Các lần đã đánh dấu, by day, held till the end; of another unit or criterion they are not
    among them.
    """
    return list(
        db.session.scalars(
            select(Occurrence)
            .join(Report, Report.id == Occurrence.report_id)
            .where(
                Occurrence.id.in_(ids),
                Occurrence.criterion_id == criterion_id,
                Report.participation_id == participation_id,
            )
            .order_by(Occurrence.held_on, Occurrence.id)
            .with_for_update(of=Occurrence)
        )
    )


def files_of(participation_id: int) -> dict[int, str]:
    """Tên tệp minh chứng trong các báo cáo của đơn vị, by id."""
    statement = (
        select(Evidence.id, Evidence.file_name)
        .join(Report, Report.id == Evidence.report_id)
        .where(Report.participation_id == participation_id)
        .order_by(Evidence.id)
    )
    return {row.id: row.file_name for row in db.session.execute(statement)}
