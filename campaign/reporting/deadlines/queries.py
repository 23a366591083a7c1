"""Hạn nộp: the dates that hold for each unit and period, extensions and returns counted in."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from campaign.extensions import db
from campaign.planning.models import ReportingPeriod
from campaign.reporting.models import (
    Extension,
    Report,
    ReportVersion,
    Return,
)
from campaign.reporting.rules import (
    Dates,
    effective_dates,
)

FEW_UNITS = 100
"""Up to so many units their dates are read by name; of more, everybody's in those periods."""


def dates_of(
    participation_ids: Collection[int], periods: Sequence[ReportingPeriod]
) -> dict[tuple[int, int], Dates]:
    """Hạn áp dụng cho từng (đơn vị, kỳ), the period's own where nothing changed: two queries."""
    plain = {
        period.id: effective_dates(period.due_on, period.locks_on, (), ()) for period in periods
    }
    few = participation_ids if len(participation_ids) <= FEW_UNITS else None
    extensions, returns = _extended(plain, few), _returned(plain, few)
    dates_by_key = {
        (participation_id, period_id): dates
        for participation_id in participation_ids
        for period_id, dates in plain.items()
    }
    for key in dates_by_key.keys() & (extensions.keys() | returns.keys()):
        dates_by_key[key] = _moved(plain[key[1]], extensions.get(key, ()), returns.get(key, ()))
    return dates_by_key


def _moved(
    usual: Dates, extensions: Sequence[tuple[date, date, str]], returns: Sequence[tuple[date, str]]
) -> Dates:
    """The period's dates, as extensions and returns moved them for a unit."""
    return effective_dates(usual.due_on, usual.locks_on, extensions, returns)


def _extended(
    period_ids: Collection[int], few: Collection[int] | None
) -> dict[tuple[int, int], list[tuple[date, date, str]]]:
    statement = select(Extension).where(Extension.period_id.in_(period_ids)).order_by(Extension.id)
    if few is not None:
        statement = statement.where(Extension.participation_id.in_(few))
    extensions: dict[tuple[int, int], list[tuple[date, date, str]]] = defaultdict(list)
    for row in db.session.scalars(statement):
        extensions[row.participation_id, row.period_id].append(
            (row.due_on, row.locks_on, row.reason)
        )
    return extensions


def _returned(
    period_ids: Collection[int], few: Collection[int] | None
) -> dict[tuple[int, int], list[tuple[date, str]]]:
    statement = (
        select(Report.participation_id, Report.period_id, Return.due_on, Return.reason)
        .join(ReportVersion, ReportVersion.id == Return.version_id)
        .join(Report, Report.id == ReportVersion.report_id)
        .where(Report.period_id.in_(period_ids))
        .order_by(Return.id)
    )
    if few is not None:
        statement = statement.where(Report.participation_id.in_(few))
    returns: dict[tuple[int, int], list[tuple[date, str]]] = defaultdict(list)
    for participation_id, period_id, due_on, reason in db.session.execute(statement):
        returns[participation_id, period_id].append((due_on, reason))
    return returns


def dates(report: Report) -> Dates:
    """Hạn áp dụng của một báo cáo."""
    return dates_of([report.participation_id], [report.period])[
        report.participation_id, report.period_id
    ]


def extensions(participation_id: int, period_id: int) -> Sequence[Extension]:
    """Các lần gia hạn, newest first."""
    return db.session.scalars(
        select(Extension)
        .where(Extension.participation_id == participation_id, Extension.period_id == period_id)
        .options(joinedload(Extension.by))
        .order_by(Extension.id.desc())
    ).all()
