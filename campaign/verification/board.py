"""Bảng thẩm định: units × periods, what was filed, and what is counted of it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from flask import (
    request,
)

from campaign.core.numbers import row_id
from campaign.enrolment import queries as enrolment
from campaign.planning.models import ReportingPeriod
from campaign.reporting import queries as reports
from campaign.reporting.deadlines import queries as deadlines
from campaign.reporting.rules import Dates, ReportState
from campaign.web import clock

PER_PAGE = 100


class Totals(NamedTuple):
    """Số chung của bảng thẩm định: of the reports due in the periods that have begun, how many
    stand as submitted, verified, returned, late or overdue.
    """

    units: int
    expected: int
    submitted: int
    verified: int
    returned: int
    late: int
    of_period: Mapping[int, int]
    """Đã nộp, by period; those that have not begun are not in it."""


class Board(NamedTuple):
    """Bảng thẩm định: units × periods, what was filed and when it was due, as of today."""

    rows: Sequence[enrolment.ParticipationRow]
    periods: Sequence[ReportingPeriod]
    filed: Mapping[tuple[int, int], reports.FiledReport]
    dates: Mapping[tuple[int, int], Dates]
    today: date

    @property
    def totals(self) -> Totals:
        """Số chung, against one base: each unit's report for each period that has begun."""
        begun = [period.id for period in self.periods if period.starts_on <= self.today]
        expected = [(row.id, period_id) for row in self.rows for period_id in begun]
        submitted = {key for key in expected if (report := self.filed.get(key)) and report.is_sent}
        return Totals(
            units=len(self.rows),
            expected=len(expected),
            submitted=len(submitted),
            verified=sum(self.filed[key].state is ReportState.VERIFIED for key in submitted),
            returned=sum(
                report.state is ReportState.RETURNED
                for key in expected
                if (report := self.filed.get(key))
            ),
            late=sum(self.filed[key].is_on_time is False for key in submitted)
            + sum(self.dates[key].due_on < self.today and key not in submitted for key in expected),
            of_period={number: sum(key[1] == number for key in submitted) for number in begun},
        )

    def in_state(self, state: str) -> list[enrolment.ParticipationRow]:
        """The units with a report in the state that is asked for, in one of these periods."""
        return [
            row
            for row in self.rows
            if not state
            or any(
                _matches(self.filed.get(key), state, overdue=self.dates[key].due_on < self.today)
                for key in ((row.id, period.id) for period in self.periods)
            )
        ]


def board_here(campaign_id: int, all_periods: Sequence[ReportingPeriod]) -> Board:
    """Units of the block and periods that are asked for."""
    block_id, period_id = (
        request.args.get("block", type=row_id),
        request.args.get("period", type=row_id),
    )
    rows = enrolment.confirmed(campaign_id, block_id)
    periods = [period for period in all_periods if period_id in {None, period.id}]
    ids = [row.id for row in rows]
    return Board(
        rows,
        periods,
        reports.filed(campaign_id),
        deadlines.dates_of(ids, periods),
        clock.today(),
    )


STATES = {
    "late": "muộn hoặc quá hạn",
    "overdue": "quá hạn chưa nộp",
    "none": "chưa có báo cáo",
    **{state.value: state.label for state in ReportState},
}


def _matches(filed: reports.FiledReport | None, state: str, *, overdue: bool) -> bool:
    is_overdue = overdue and (filed is None or not filed.is_sent)
    if state == "overdue":
        return is_overdue
    if state == "late":
        return is_overdue or (filed is not None and filed.is_sent and filed.is_on_time is False)
    if state == "none":
        return filed is None
    return filed is not None and filed.state.value == state
