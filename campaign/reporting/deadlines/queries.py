"""Hạn nộp: the dates that hold for each unit and period, extensions and returns counted in."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import BindParameter, Select, bindparam, select
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

_SENT = Report.__table__.c
_SOME: BindParameter[Any] = bindparam("participation_ids", expanding=True)
FEW_UNITS = 100
"""Up to so many units their dates are read by name; of more, everybody's in those periods."""


_EXTENSION = Extension.__table__.c


_EXTENSIONS = (
    select(
        _EXTENSION.participation_id,
        _EXTENSION.period_id,
        _EXTENSION.due_on,
        _EXTENSION.locks_on,
        _EXTENSION.reason,
    )
    .where(_EXTENSION.period_id.in_(bindparam("period_ids", expanding=True)))
    .order_by(_EXTENSION.id)
)


_RETURNS = (
    select(_SENT.participation_id, _SENT.period_id, Return.due_on, Return.reason)
    .select_from(Return)
    .join(ReportVersion, ReportVersion.id == Return.version_id)
    .join(Report, Report.id == ReportVersion.report_id)
    .where(_SENT.period_id.in_(bindparam("period_ids", expanding=True)))
    .order_by(Return.id)
)


_EXTENSIONS_OF_FEW, _RETURNS_OF_FEW = (
    _EXTENSIONS.where(_EXTENSION.participation_id.in_(_SOME)),
    _RETURNS.where(_SENT.participation_id.in_(_SOME)),
)


def dates_of(
    participation_ids: Collection[int], periods: Sequence[ReportingPeriod]
) -> dict[tuple[int, int], Dates]:
    """Hạn áp dụng cho từng (đơn vị, kỳ), the period's own where nothing changed: two queries."""
    if len(participation_ids) > FEW_UNITS:
        return _dates(participation_ids, periods, {})
    return _dates(participation_ids, periods, {"participation_ids": list(participation_ids)})


def _dates(
    participation_ids: Collection[int], periods: Sequence[ReportingPeriod], few: Mapping[str, Any]
) -> dict[tuple[int, int], Dates]:
    plain = {
        period.id: effective_dates(period.due_on, period.locks_on, (), ()) for period in periods
    }
    given: dict[str, Any] = {"period_ids": list(plain), **few}
    statements = (_EXTENSIONS_OF_FEW, _RETURNS_OF_FEW) if few else (_EXTENSIONS, _RETURNS)
    extensions, returns = _extended(statements[0], given), _returned(statements[1], given)
    dates_by_key = {
        (participation_id, period_id): dates
        for participation_id in participation_ids
        for period_id, dates in plain.items()
    }
    for key in dates_by_key.keys() & (extensions.keys() | returns.keys()):
        usual = plain[key[1]]
        dates_by_key[key] = effective_dates(
            usual.due_on, usual.locks_on, extensions.get(key, ()), returns.get(key, ())
        )
    return dates_by_key


def _extended(
    statement: Select[Any], given: Mapping[str, Any]
) -> dict[tuple[int, int], list[tuple[date, date, str]]]:
    extensions: dict[tuple[int, int], list[tuple[date, date, str]]] = defaultdict(list)
    for participation_id, period_id, due_on, locks_on, reason in db.session.execute(
        statement, given
    ):
        extensions[participation_id, period_id].append((due_on, locks_on, reason))
    return extensions


def _returned(
    statement: Select[Any], given: Mapping[str, Any]
) -> dict[tuple[int, int], list[tuple[date, str]]]:
    returns: dict[tuple[int, int], list[tuple[date, str]]] = defaultdict(list)
    for participation_id, period_id, due_on, reason in db.session.execute(statement, given):
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
