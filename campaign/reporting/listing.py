"""Bảng báo cáo: by what the boards of units and periods are searched, narrowed and sorted."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from campaign.enrolment.models import Participation
from campaign.planning.models import Block, ReportingPeriod
from campaign.planning.queries import periods_of, rows_of
from campaign.reporting import queries
from campaign.reporting.deadlines import queries as deadlines
from campaign.reporting.queries import FiledReport, Sight
from campaign.reporting.rules import Dates, ReportState
from campaign.web.lists import Asked, Column, Filter, asked, choices_of

STATES = {
    "late": "muộn hoặc quá hạn",
    "overdue": "quá hạn chưa nộp",
    "none": "chưa có báo cáo",
    **{state.value: state.label for state in ReportState},
}
_ORDER = (None, *ReportState)
Filed = Mapping[tuple[int, int], FiledReport]


def asked_board(
    blocks: Iterable[Block],
    periods: Sequence[ReportingPeriod],
    filed: Filed,
    *,
    name: Callable[[Any], str],
    endpoint: str,
) -> Asked:
    """Điều kiện của bảng: sorted by unit, or by how far its report of a period has come."""
    columns = [Column("name", "Đơn vị", value=name)]
    columns += [
        Column(f"period-{period.id}", period.name, value=partial(_stage, filed, period.id))
        for period in periods
    ]
    filters = _filters(blocks, periods)
    return asked(columns, filters, search="Tìm theo tên đơn vị", endpoint=endpoint)


def _filters(blocks: Iterable[Block], periods: Sequence[ReportingPeriod]) -> list[Filter]:
    return [
        Filter("block", "Khối", choices_of(blocks)),
        Filter("period", "Kỳ", choices_of(periods)),
        Filter("state", "Trạng thái báo cáo", tuple(STATES.items())),
    ]


def _stage(filed: Filed, period_id: int, row: Any) -> int:
    report = filed.get((row.id, period_id))
    return _ORDER.index(report.state if report else None)


def in_state(report: FiledReport | None, state: str, *, is_past: bool) -> bool:
    """Whether a report counts under a state of the filter; `is_past` tells that it was due."""
    is_overdue = is_past and (report is None or not report.is_sent)
    if state == "overdue":
        return is_overdue
    if state == "late":
        return is_overdue or (report is not None and report.is_sent and report.is_on_time is False)
    if state == "none":
        return report is None
    return not state or (report is not None and report.state.value == state)


def unit_in_state(
    row: Any,
    state: str,
    periods: Iterable[ReportingPeriod],
    filed: Filed,
    dates: Mapping[tuple[int, int], Dates],
    today: date,
) -> bool:
    """Whether a unit has a report in the state that is asked for, in one of these periods."""
    return not state or any(
        in_state(filed.get(key), state, is_past=dates[key].due_on < today)
        for key in ((row.id, period.id) for period in periods)
    )


class SeenBoard(NamedTuple):
    """Bảng báo cáo trong tầm nhìn: the units and periods that are asked for."""

    asked: Asked
    rows: list[Participation]
    periods: list[ReportingPeriod]
    filed: Filed
    dates: Mapping[tuple[int, int], Dates]


def seen_board(campaign_id: int, sight: Sight, today: date) -> SeenBoard:
    """Bảng báo cáo của một người, as the address asks for it."""
    seen, all_periods = queries.participations_seen(campaign_id, sight), periods_of(campaign_id)
    filed = queries.filed(campaign_id, [row.id for row in seen])
    here = asked_board(
        rows_of(Block, campaign_id),
        all_periods,
        filed,
        name=_name,
        endpoint="reporting.index",
    )
    periods = asked_periods(here, all_periods)
    dates = deadlines.dates_of([row.id for row in seen], periods)
    rows = _asked_rows(here, seen, periods, filed, dates, today)
    return SeenBoard(here, here.sorted(rows), periods, filed, dates)


def asked_periods(here: Asked, periods: Iterable[ReportingPeriod]) -> list[ReportingPeriod]:
    """Các kỳ như điều kiện nói."""
    period_id = here.number("period")
    return [period for period in periods if period_id in {None, period.id}]


def _asked_rows(
    here: Asked,
    seen: Iterable[Participation],
    periods: Sequence[ReportingPeriod],
    filed: Filed,
    dates: Mapping[tuple[int, int], Dates],
    today: date,
) -> list[Participation]:
    """Các đơn vị như điều kiện nói: by name, block and the state of a report."""
    block_id, state = here.number("block"), here.chosen["state"]
    return [
        row
        for row in here.matching(seen, _name)
        if block_id in {None, row.block_id}
        and unit_in_state(row, state, periods, filed, dates, today)
    ]


def _name(row: Participation) -> str:
    return row.unit.name
