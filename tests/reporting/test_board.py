"""The board of reports: searched, narrowed and sorted, and more time for chosen units."""

from datetime import date
from http import HTTPStatus

import pytest

from campaign.core.permissions import Role
from campaign.extensions import db
from campaign.planning.rules import Phase
from campaign.reporting.models import Extension
from campaign.reporting.rules import ReportState
from tests import build


@pytest.fixture
def board(app, sign_in):
    """A campaign of three units, one of which has a draft and one has submitted."""
    campaign = build.campaign(phase=Phase.REPORTING)
    blocks = build.block(campaign, name="Khối một"), build.block(campaign, name="Khối hai")
    period = build.period(campaign)
    entries = [
        build.participation(campaign, unit=build.unit(name=name), block=block)
        for name, block in zip(
            ("Xã Ân Thi", "Xã Đà Bắc", "Phòng Một"), (*blocks, blocks[0]), strict=True
        )
    ]
    for entry, state in zip(entries, (ReportState.DRAFT, ReportState.SUBMITTED), strict=False):
        build.report(of=entry, period=period, state=state)
    browser = sign_in(build.user(Role.SECRETARIAT))
    return browser, f"/campaigns/{campaign.id}", entries, period, blocks


@pytest.mark.parametrize("part", ["reports", "verification"])
def test_units_are_found_without_tones_and_stand_by_how_far_they_are(board, page, part):
    browser, campaign, _, period, blocks = board

    def names(**asked):
        return page(browser.get(f"{campaign}/{part}/", query_string=asked)).all(
            "table.cards tbody th"
        )

    assert names(q="da bac") == ["Xã Đà Bắc"]
    assert names(q="xa", sort="-name") == ["Xã Đà Bắc", "Xã Ân Thi"]
    by_stage = ["Phòng Một", "Xã Ân Thi", "Xã Đà Bắc"]
    assert names(sort=f"period-{period.id}") == by_stage
    assert names(sort=f"-period-{period.id}") == by_stage[::-1]
    assert names(state="none", block=blocks[0].id) == ["Phòng Một"]
    assert names(state="submitted", q="an thi") == []


_MORE = {"due_on": "30/05/2031", "locks_on": "31/05/2031", "reason": "Bão số 3"}


def test_chosen_units_are_shown_with_their_dates_and_get_more_time_together(board, page):
    browser, campaign, entries, period, _ = board
    at = f"{campaign}/reports/extend-many"
    rows = {"row": [entry.id for entry in entries], "period": period.id}
    shown = page(browser.get(at, query_string=rows))
    assert shown.all("#kept li") == ["Xã Đà Bắc"]
    assert [text.partition(":")[0] for text in shown.all("#ready li")] == ["Phòng Một", "Xã Ân Thi"]
    for wrong, field in ({"reason": ""}, "reason"), ({"due_on": "01/01/2021"}, "due_on"):
        refused = page(browser.post(at, data=rows | _MORE | wrong))
        assert refused.status == HTTPStatus.UNPROCESSABLE_ENTITY
        assert refused.one(f"#{field}-error")
    assert browser.post(at, data=rows | _MORE).status_code == HTTPStatus.SEE_OTHER
    granted = db.session.scalars(db.select(Extension).order_by(Extension.participation_id)).all()
    assert [(row.participation_id, row.due_on, row.reason) for row in granted] == [
        (entries[0].id, date(2031, 5, 30), "Bão số 3"),
        (entries[2].id, date(2031, 5, 30), "Bão số 3"),
    ]


@pytest.mark.parametrize(
    ("chosen", "asked", "sentence"),
    [
        ([], True, "Chưa chọn đơn vị nào. Hãy đánh dấu các đơn vị trên bảng báo cáo."),
        ([0], "", "Hãy chọn kỳ được gia hạn, rồi xem trước lại."),
        (
            [1],
            True,
            "Các đơn vị đã chọn đều đã nộp báo cáo kỳ này; không có đơn vị nào cần gia hạn.",
        ),
    ],
)
def test_nobody_gets_more_time_where_nobody_needs_it(board, page, chosen, asked, sentence):
    browser, campaign, entries, period, _ = board
    rows = {"row": [entries[number].id for number in chosen], "period": asked and period.id}
    answer = browser.post(f"{campaign}/reports/extend-many", data=rows | _MORE)
    body = browser.get(answer.location).text if answer.location else answer.text
    assert sentence in body
    assert db.session.scalar(db.select(db.func.count(Extension.id))) == 0
