"""How complete and how late the reports of each period are, as it is drawn."""

from datetime import date
from types import SimpleNamespace

from campaign.core.permissions import Role
from campaign.planning.rules import Phase
from campaign.reporting.pictures import filings
from campaign.reporting.queries import FiledReport
from campaign.reporting.rules import Dates, ReportState
from tests import build

TODAY = date(2021, 4, 8)


def _period(number, name, due_on):
    return SimpleNamespace(id=number, name=name, due_on=due_on)


def test_each_unit_counts_once_by_the_dates_that_hold_for_it():
    periods = [_period(1, "Tháng 3", date(2021, 4, 5)), _period(2, "Cuối", date(2021, 4, 30))]
    units = [1, 2, 3, 4, 5]
    filed = {
        (1, 1): FiledReport(1, ReportState.VERIFIED, 1, is_on_time=True),
        (2, 1): FiledReport(2, ReportState.SUBMITTED, 2, is_on_time=False),
        (3, 1): FiledReport(3, ReportState.RETURNED, 1, is_on_time=True),
    }
    dates = {
        (unit, period.id): Dates(period.due_on, period.due_on)
        for unit in units
        for period in periods
    }
    dates[4, 1] = Dates(date(2021, 4, 20), date(2021, 4, 20))
    drawn = filings(units, periods, filed, dates, TODAY, name="1")
    assert drawn.picture.table == (("Tháng 3", "1", "1", "1", "2"), ("Cuối", "0", "0", "5", "0"))
    assert drawn.finding == "Tháng 3: 2 trong 5 đơn vị đã nộp, 1 nộp muộn, 2 quá hạn chưa nộp"
    assert filings([], periods, filed, dates, TODAY, name="1") is None


def test_the_board_and_the_first_page_of_the_secretariat_draw_it_and_a_unit_sees_none(
    app, sign_in, page
):
    campaign = build.campaign(phase=Phase.REPORTING)
    unit = build.unit()
    build.participation(campaign, unit=unit, block=build.block(campaign))
    build.period(
        campaign,
        name="Tháng 3",
        due_on=date(2021, 4, 5),
        locks_on=date(2021, 5, 5),
        ends_on=date(2021, 3, 31),
        is_final=False,
    )
    office, officer = (
        sign_in(build.user(role, at=at))
        for role, at in ((Role.SECRETARIAT, None), (Role.UNIT_OFFICER, unit))
    )
    finding = "Tháng 3: chưa đơn vị nào trong 1 đơn vị nộp, 1 quá hạn chưa nộp"
    board = f"/campaigns/{campaign.id}/reports/"
    for browser, address, said in (
        (office, board, [finding]),
        (office, "/home/", [finding]),
        (officer, board, []),
        (officer, "/home/", []),
    ):
        assert page(browser.get(address)).all(".chart__finding") == said, address
