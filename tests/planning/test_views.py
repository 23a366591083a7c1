"""Pages of a plan after the launch: what is fixed is there to read, and refused however it is sent."""

from datetime import UTC, date, datetime
from decimal import Decimal
from http import HTTPStatus

import pytest

from campaign.core.permissions import Role
from campaign.extensions import db
from campaign.planning.models import Allocation, Task
from campaign.planning.rules import Phase
from tests import build

LAUNCHED = datetime(2021, 2, 26, tzinfo=UTC)


@pytest.fixture
def launched(app):
    """A campaign of 26/02–30/04/2021 that is launched, with two tasks."""
    build.rule_set(code="RS-CU")
    campaign = build.campaign(phase=Phase.REPORTING, starts_on=date(2021, 2, 26), ends_on=date(2021, 4, 30), rule_set_code="RS-CU",
                              frozen_at=LAUNCHED)
    for name in ("Một", "Hai"):
        build.task(campaign, name=name)
    return campaign


def test_after_the_launch_the_period_and_the_rule_set_are_told_not_asked(launched, sign_in, page):
    shown = page(sign_in(build.user(Role.SECRETARIAT)).get(f"/campaigns/{launched.id}/edit"))
    assert shown.all("[name=starts_on], [name=ends_on], [name=rule_set_code]") == []
    assert shown.one(".note").startswith("Đã chốt khi phát động: từ 26/02/2021 đến hết 30/04/2021, theo bộ quy định RS-CU")


def test_whatever_is_sent_for_them_they_stay_and_the_rest_is_saved(launched, sign_in):
    browser, address = sign_in(build.user(Role.SECRETARIAT)), f"/campaigns/{launched.id}/edit"
    answer = browser.post(address, data={"title": "Tên mới", "starts_on": "01/01/2021", "ends_on": "31/12/2021",
                                         "rule_set_code": "", "reason": "ghi sai tên"})
    assert answer.status_code == HTTPStatus.SEE_OTHER
    db.session.refresh(launched)
    assert (launched.title, launched.starts_on, launched.ends_on, launched.rule_set_code) == (
        "Tên mới", date(2021, 2, 26), date(2021, 4, 30), "RS-CU")


def test_after_the_launch_no_row_of_the_plan_is_offered_to_be_moved_or_moves(launched, sign_in, page):
    browser, rows = sign_in(build.user(Role.SECRETARIAT)), f"/campaigns/{launched.id}/plan/tasks"
    assert page(browser.get(rows)).all("main table form") == []
    second = db.session.query(Task).filter_by(name="Hai").one()
    browser.post(f"{rows}/{second.id}/move", data={"up": "1"})
    shown = page(browser.get(rows))
    assert shown.all("tbody th") == ["Một", "Hai"]
    assert shown.all(".flashes p") == ["Phong trào đã phát động: không sửa được chỉ tiêu, tiêu chí, thang điểm và cách tổng hợp nữa."]


def test_the_page_of_a_row_that_is_fixed_is_headed_by_its_name(launched, sign_in, page):
    browser = sign_in(build.user(Role.SECRETARIAT))
    criterion = build.criterion(launched)
    task = db.session.query(Task).filter_by(name="Một").one()
    heads = [page(browser.get(f"/campaigns/{launched.id}/{path}")).one("h1")
             for path in (f"plan/tasks/{task.id}", f"criteria/{criterion.id}")]
    assert heads == ["Một", f"{criterion.code}. {criterion.name}"]


def test_what_was_allotted_is_there_to_read_after_the_launch_and_no_box_to_type_in(launched, sign_in, page):
    indicator = build.indicator(launched)
    unit = build.unit(name="Huyện A")
    db.session.add(Allocation(indicator_id=indicator.id, unit_id=unit.id, target=Decimal("12.5")))
    shown = page(sign_in(build.user(Role.SECRETARIAT)).get(f"/campaigns/{launched.id}/indicators/{indicator.id}/allocations"))
    assert (shown.one("h1"), shown.all("main table input, main table select")) == (f"Chỉ tiêu đã giao: {indicator.name}", [])
    assert [row for row in shown.all("tbody tr") if row.startswith("Huyện A")] == ["Huyện A — 12,5 — —"]


def test_once_the_results_are_public_no_period_is_moved_any_more(launched, sign_in, page):
    launched.phase, launched.published_at = Phase.PUBLISHED, LAUNCHED
    period = build.period(launched)
    browser, address = sign_in(build.user(Role.SECRETARIAT)), f"/campaigns/{launched.id}/plan/periods/{period.id}"
    assert page(browser.get(address)).all("main [type=submit]") == []
    refused = page(browser.post(address, data={"name": "Kỳ khác", "starts_on": "26/02/2021", "ends_on": "30/04/2021",
                                               "due_on": "30/04/2021", "locks_on": "05/05/2021", "is_final": "y"}))
    assert (refused.status, refused.all(".error-summary li")) == (
        HTTPStatus.UNPROCESSABLE_ENTITY, ["Phong trào đã công bố kết quả: kỳ báo cáo không sửa được nữa."])


def test_a_criterion_and_an_indicator_are_deleted_only_after_a_question(app, sign_in, page):
    campaign = build.campaign()
    build.criterion(campaign)
    build.indicator(campaign)
    browser = sign_in(build.user(Role.SECRETARIAT))
    for path, asked in (("criteria", "Xoá tiêu chí"), ("indicators", "Xoá chỉ tiêu")):
        shown = page(browser.get(f"/campaigns/{campaign.id}/{path}/"))
        assert shown.all("tbody details.reason form button") == [asked]
