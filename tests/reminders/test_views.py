"""The secretariat reminds by hand: after a look at who will be told, once a day, with a log."""

from datetime import date
from http import HTTPStatus

import pytest
from sqlalchemy import select

from campaign.core.permissions import Role
from campaign.extensions import db
from campaign.notices.models import Notice
from campaign.planning.rules import Phase
from campaign.reminders.models import Reminder
from campaign.reporting.rules import ReportState
from tests import build


@pytest.fixture
def board(app, sign_in):
    """Three units that are late, one of them without people, and one that has reported."""
    campaign = build.campaign(phase=Phase.REPORTING)
    period = build.period(campaign, name="Kỳ 1")
    clerk, block = build.user(Role.SECRETARIAT, name="Vũ Thị Thư"), build.block(campaign)
    rows, units = [], []
    for name in ("Sở An", "Sở Bình", "Sở Cao", "Sở Dân"):
        units.append(unit := build.unit(name=name))
        rows.append(build.participation(campaign, unit=unit, block=block, by=clerk))
        if name != "Sở Cao":
            build.user(Role.UNIT_OFFICER, at=unit, name=f"Cán bộ {name}", email=f"{unit.id}@x.vn")
    build.user(Role.UNIT_HEAD, at=units[0], name="Trần Thủ Trưởng")
    build.report(of=rows[3], period=period, state=ReportState.SUBMITTED)
    return sign_in(clerk), f"/campaigns/{campaign.id}/reports", rows, period, units


def _notices():
    return db.session.scalars(select(Notice).order_by(Notice.id)).all()


def test_chosen_late_units_are_reminded_once_a_day_after_a_look_at_who_will_be_told(board, page):
    browser, reports, rows, period, _ = board
    at = f"{reports}/remind"
    chosen = {"row": [rows[0].id, rows[2].id, rows[3].id], "period": period.id}
    shown = page(browser.get(at, query_string=chosen))
    assert shown.all("tbody th") == ["Sở An"]
    assert shown.all("td[data-label='Người được nhắc']") == [
        "Cán bộ Sở An, Trần Thủ Trưởng (chưa có địa chỉ thư, chỉ thấy trên trang)"
    ]
    assert shown.all("#aside li") == [
        "Kỳ 1 – Sở Cao: đơn vị chưa có cán bộ hay thủ trưởng có tài khoản"
    ]
    assert _notices() == []
    sent = browser.post(at, data=chosen | {"note": "Gấp, chiều nay họp."})
    assert sent.location == f"{reports}/reminders"
    told = _notices()
    assert len(told) == 2
    assert told[0].reason.startswith("Gấp, chiều nay họp. Đơn vị chưa bắt đầu báo cáo.")
    log = page(browser.get(sent.location))
    assert log.all("tbody td")[1:4] == [
        "Thường trực nhắc",
        "Cán bộ Sở An, Trần Thủ Trưởng",
        "Vũ Thị Thư",
    ]
    again = browser.get(browser.post(at, data=chosen).location)
    assert "đã nộp, đã gia hạn hoặc đã nhắc hôm nay." in again.text
    assert len(_notices()) == 2


def test_without_a_choice_all_late_ones_are_reminded(board, page):
    browser, reports, rows, _, _ = board
    shown = page(browser.get(f"{reports}/remind"))
    assert shown.all("tbody th") == ["Sở An", "Sở Bình"]
    browser.post(f"{reports}/remind", data={"row": [rows[0].id, rows[1].id], "period": 0})
    assert [row.due_on for row in db.session.scalars(select(Reminder))] == [date(2021, 4, 30)] * 2


def test_the_button_for_chosen_units_reminds_nobody_where_none_was_chosen(board, page):
    browser, reports, *_ = board
    answer = browser.get(f"{reports}/remind", query_string={"period": ""})
    assert answer.status_code == HTTPStatus.CONFLICT
    assert "Chưa chọn đơn vị nào. Hãy đánh dấu các đơn vị trên bảng báo cáo." in answer.text


@pytest.mark.parametrize("part", ["remind", "reminders"])
def test_the_pages_cost_the_same_for_one_row_and_for_three(board, count_queries, part):
    browser, reports, rows, period, _ = board
    costs = []
    for some in (rows[:1], rows[:2]):
        asked = {"row": [row.id for row in some], "period": period.id}
        if part == "reminders":
            browser.post(f"{reports}/remind", data=asked)
        with count_queries() as seen:
            browser.get(f"{reports}/{part}", query_string=asked)
        costs.append(len(seen))
    assert costs[0] == costs[1]


def test_the_board_leads_to_it_for_the_secretariat_alone(board, page, sign_in):
    browser, reports, _, _, units = board
    links = f"a[href^='{reports}/remind']"
    assert page(browser.get(f"{reports}/")).all(links) == [
        "Nhắc đơn vị chậm…",
        "Nhật ký nhắc",
        "nhắc",
        "nhắc",
        "nhắc",
    ]
    officer = sign_in(build.user(Role.UNIT_OFFICER, at=units[0]))
    assert page(officer.get(f"{reports}/")).all(links) == []
    assert officer.get(f"{reports}/remind").status_code == HTTPStatus.FORBIDDEN
