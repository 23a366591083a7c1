"""Bảng thẩm định: units × periods, what was filed, and what is counted of it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from campaign.enrolment import queries as enrolment
from campaign.planning.models import Block, ReportingPeriod
from campaign.planning.queries import rows_of
from campaign.reporting import queries as reports
from campaign.reporting.deadlines import queries as deadlines
from campaign.reporting.listing import asked_board, asked_periods, unit_in_state
from campaign.reporting.rules import Dates, ReportState
from campaign.web import clock
from campaign.web.lists import Asked


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
        begun_reports = {key: self.filed[key] for key in expected if key in self.filed}
        submitted = {key for key, report in begun_reports.items() if report.is_sent}
        return Totals(
            units=len(self.rows),
            expected=len(expected),
            submitted=len(submitted),
            verified=sum(self.filed[key].state is ReportState.VERIFIED for key in submitted),
            returned=sum(row.state is ReportState.RETURNED for row in begun_reports.values()),
            late=sum(self.filed[key].is_on_time is False for key in submitted)
            + sum(self.dates[key].due_on < self.today and key not in submitted for key in expected),
            of_period={number: sum(key[1] == number for key in submitted) for number in begun},
        )

    def shown(self, of: Asked) -> list[enrolment.ParticipationRow]:
        """The units that are asked for, by name and by the state of a report, in their order."""
        inside = [
            row
            for row in of.matching(self.rows, _name)
            if unit_in_state(
                row, of.chosen["state"], self.periods, self.filed, self.dates, self.today
            )
        ]
        return of.sorted(inside)


def _name(row: enrolment.ParticipationRow) -> str:
    return row.name


def board_here(campaign_id: int, all_periods: Sequence[ReportingPeriod]) -> tuple[Board, Asked]:
    """Units of the block and periods that are asked for, and what else is asked of them."""
    filed = reports.filed(campaign_id)
    asked = asked_board(
        rows_of(Block, campaign_id),
        all_periods,
        filed,
        name=_name,
        endpoint="verification.index",
    )
    rows = enrolment.confirmed(campaign_id, asked.number("block"))
    periods = asked_periods(asked, all_periods)
    dates = deadlines.dates_of([row.id for row in rows], periods)
    return Board(rows, periods, filed, dates, clock.today()), asked
