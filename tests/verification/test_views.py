"""What the page of one report shows beside each other."""

from datetime import date
from http import HTTPStatus

import lxml.html
import pytest

from campaign.core.dates import format_date
from campaign.core.permissions import Role
from campaign.planning.rules import Phase
from campaign.reporting.rules import ReportState
from campaign.scheme.rules.terms import JudgedBy
from campaign.verification import actions
from campaign.web import clock
from tests import build
from tests.worlds import AT, Desk


def _address(desk, verb=""):
    return f"/campaigns/{desk.campaign.id}/verification/{desk.report.id}{verb}"


def test_the_list_of_what_is_left_follows_each_save_and_is_the_one_of_a_fresh_page(
    app, sign_in, page
):
    desk = Desk()
    browser = sign_in(desk.by)
    steps = (
        (f"v:{desk.indicator.id}:value", "99", ""),
        (f"p:{desk.criterion.id}:points", "10", ""),
        (f"p:{desk.criterion.id}:points", "", "10"),
    )
    lists = []
    for field, value, base in steps:
        said = browser.post(
            _address(desk, "/fields"), data={"field": field, "value": value, "base": base}
        ).get_json()
        part = lxml.html.fragment_fromstring(said["parts"]["missing"], create_parent="div")
        lists.append([link.text_content() for link in part.cssselect("li a")])
        assert page(browser.get(_address(desk))).all("#missing li a") == lists[-1]
    assert [len(one) for one in lists] == [1, 0, 1]


def test_the_bar_leads_to_the_next_open_place_and_a_return_begins_with_the_remarks(
    app, sign_in, page
):
    desk = Desk()
    browser, number = sign_in(desk.by), desk.indicator.id
    links = []
    for field, value in (
        (f"v:{number}:comment", "sổ ghi 98,5."),
        (f"v:{number}:value", "98,5"),
        (f"p:{desk.criterion.id}:comment", "thiếu văn bản\nchỉ đạo"),
        (f"p:{desk.criterion.id}:points", "8"),
    ):
        links += page(browser.get(_address(desk))).links(".bar a[data-next-open]")
        said = browser.post(
            _address(desk, "/fields"), data={"field": field, "value": value, "base": ""}
        ).get_json()
    assert links == [
        f"#v-{number}-value",
        f"#v-{number}-value",
        f"#p-{desk.criterion.id}-points",
        f"#p-{desk.criterion.id}-points",
    ]
    shown = page(browser.get(_address(desk)))
    assert shown.links(".bar a[data-next-open]") == ["#left"]
    remarks = (
        f"{desk.indicator.short_name or desk.indicator.name}: sổ ghi 98,5;\n"
        f"{desk.criterion.code}: thiếu văn bản chỉ đạo"
    )
    assert shown.tree.cssselect(".bar textarea[name=reason]")[0].text == remarks
    assert said["derived"]["return-reason"] == remarks
    due_on = format_date(clock.today())
    browser.post(_address(desk, "/return"), data={"reason": remarks, "due_on": due_on})
    assert "Đã trả lại báo cáo cho đơn vị." in page(browser.get(_address(desk))).all(".note")


def test_the_difference_follows_what_is_typed(app, sign_in):
    desk = Desk()
    browser, field = sign_in(desk.by), f"v:{desk.indicator.id}"
    typed = (
        ("value", "98,5", ""),
        ("official_value", "97", ""),
        ("official_value", "", "97"),
        ("value", "", "98,5"),
    )
    said = [
        browser.post(
            _address(desk, "/fields"),
            data={"field": f"{field}:{part}", "value": value, "base": base},
        ).get_json()
        for part, value, base in typed
    ]
    assert [one["derived"][f"gap-{desk.indicator.id}"] for one in said] == [
        "-0,5",
        "-2",
        "-0,5",
        "—",
    ]


def test_what_was_verified_reads_as_points_when_it_is_finished(app, sign_in, page):
    desk = Desk()
    row = desk.begin()
    desk.type(row, f"v:{desk.indicator.id}:value", "99")
    desk.type(row, f"p:{desk.criterion.id}:points", "10")
    actions.finish(row, desk.report, desk.left(row), by=desk.by, at=build.NOW)
    assert page(sign_in(desk.by).get(_address(desk))).all("td[data-label='Thẩm định']") == [
        "99",
        "9,90",
        "10,00",
        "—",
    ]


def test_the_next_report_that_waits_is_never_one_of_the_verifiers_own_unit(app, sign_in, page):
    desk = Desk()
    own = build.user(Role.SECRETARIAT, unit_id=desk.office.id)
    board = f"/campaigns/{desk.campaign.id}/verification/"
    led_there = [
        (
            page(sign_in(one).get(board)).links(".page-head a.btn-primary"),
            page(sign_in(one).get("/home/")).links(".todo a"),
        )
        for one in (own, desk.by)
    ]
    assert [
        (_address(desk) in on_board, _address(desk) in at_home) for on_board, at_home in led_there
    ] == [(False, False), (True, True)]


def test_without_scripts_what_was_refused_stays_as_it_was_typed(app, sign_in, page):
    desk = Desk()
    field = f"v:{desk.indicator.id}:value"
    answer = page(
        sign_in(desk.by).post(_address(desk, "/save"), data={field: "99.5", f"base-{field}": ""})
    )
    assert (answer.value(field), answer.value(f"base-{field}")) == ("99.5", "")
    assert answer.all(".cell-error") == [
        "“99.5” có phải là “99,5” không? Dấu phẩy ngăn phần thập phân."
    ]


def test_the_kind_of_a_value_typed_by_hand_and_a_criterion_that_does_not_apply_are_said_on_the_page(
    app, sign_in, page
):
    desk = Desk()
    desk.begin()
    browser = sign_in(desk.by)
    value, reason = f"v:{desk.indicator.id}:kind", f"p:{desk.criterion.id}:not_applicable_reason"
    shown = page(browser.get(_address(desk)))
    assert (shown.value(value), shown.value(reason)) == ("", "")
    browser.post(
        _address(desk, "/save"),
        data={
            value: "preliminary",
            f"base-{value}": "",
            reason: "Không có việc này",
            f"base-{reason}": "",
        },
    )
    shown = page(browser.get(_address(desk)))
    assert (shown.value(value), shown.value(reason)) == ("preliminary", "Không có việc này")
    refused = browser.post(
        _address(desk, "/save"), data={value: "đúng", f"base-{value}": "preliminary"}
    )
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert (
        page(refused).one(f"#v-{desk.indicator.id}-kind-error")
        == "Hãy chọn ước, sơ bộ hoặc chính thức."
    )


def test_a_criterion_on_a_shared_number_is_set_aside_on_the_page_while_the_other_counts(
    app, sign_in, page
):
    desk = Desk()
    second = build.criterion(
        desk.campaign, judged_by=JudgedBy.INDICATOR, indicator_id=desk.indicator.id
    )
    browser = sign_in(desk.by)
    for field, value in (
        (f"v:{desk.indicator.id}:value", "99"),
        (f"p:{second.id}:not_applicable_reason", "Mới lập năm nay"),
    ):
        typed = {"field": field, "value": value, "base": ""}
        assert browser.post(_address(desk, "/fields"), data=typed).status_code == HTTPStatus.OK
    assert page(browser.get(_address(desk))).one(f"#steps-{second.id}") == "không áp dụng"
    never = {"field": f"p:{second.id}:points", "value": "9", "base": ""}
    refused = browser.post(_address(desk, "/fields"), data=never)
    assert refused.status_code == HTTPStatus.NOT_FOUND


def test_the_verifier_reads_what_the_unit_claimed_for_last_year_and_its_note(app, sign_in, page):
    desk = Desk()
    claimed = {
        "value": "99",
        "kind": "official",
        "source": "s",
        "comparison": "88.5",
        "note": "Số của Cục Thống kê.",
        "blank_reason": "",
    }
    build.version(
        of=desk.report,
        by=build.user(Role.SECRETARIAT),
        number=2,
        snapshot={"values": {str(desk.indicator.id): claimed}},
    )
    address = f"/campaigns/{desk.campaign.id}/verification/{desk.report.id}"
    told = page(sign_in(build.user(Role.SECRETARIAT)).get(address)).all(
        "td[data-label='Đơn vị báo']"
    )
    assert told == ["99chính thức · scùng kỳ 88,5Số của Cục Thống kê."]


@pytest.mark.parametrize(("phase", "offered"), [(Phase.SCORING, 1), (Phase.PUBLISHED, 0)])
def test_a_verification_is_offered_to_be_opened_again_only_while_it_can_be(
    app, sign_in, page, phase, offered
):
    desk = Desk()
    row = desk.begin()
    row.finished_at, row.finished_by_id, desk.report.state = AT, desk.by.id, ReportState.VERIFIED
    desk.campaign.phase, desk.campaign.published_at = (
        phase,
        AT if phase is Phase.PUBLISHED else None,
    )
    shown = page(
        sign_in(desk.by).get(f"/campaigns/{desk.campaign.id}/verification/{desk.report.id}")
    )
    assert [one for one in shown.all("main summary") if one.startswith("Mở lại")] == [
        "Mở lại thẩm định…"
    ] * offered


def test_the_size_of_a_verified_number_is_asked_about_beside_it_and_never_in_the_way(
    app, sign_in, page
):
    desk = Desk()
    browser, field = sign_in(desk.by), f"v:{desk.indicator.id}:value"
    said = [
        browser.post(
            _address(desk, "/fields"), data={"field": field, "value": value, "base": base}
        ).get_json()
        for value, base in (("9980", ""), ("99,8", "9.980"))
    ]
    assert [one["derived"][f"asked-{desk.indicator.id}"] for one in said] == [
        "9.980 % là quá 100 %. Có phải là 99,8 không?",
        "",
    ]


def _boarded(states, *, due_on=date(2099, 1, 1), starts_on=date(2021, 2, 26)):
    """A campaign with a report in each of these states; None where the unit has none."""
    campaign = build.campaign(phase=Phase.VERIFYING)
    block = build.block(campaign)
    period = build.period(campaign, starts_on=starts_on, due_on=due_on, locks_on=due_on)
    by = build.user()
    for state in states:
        entry = build.participation(campaign, unit=build.unit(), block=block)
        if state:
            made = build.report(of=entry, period=period, state=state)
            if state is not ReportState.DRAFT:
                build.version(of=made, by=by)
    return campaign


_STATES = [
    ReportState.SUBMITTED,
    ReportState.SUBMITTED,
    ReportState.VERIFIED,
    ReportState.RETURNED,
    ReportState.AWAITING_SIGNATURE,
    ReportState.DRAFT,
    None,
]


@pytest.mark.parametrize(("due_on", "late"), [(date(2099, 1, 1), 0), (date(2021, 4, 30), 4)])
def test_the_board_counts_what_stands_as_submitted_of_all_that_must_before_and_after_it_is_due(
    app, sign_in, page, due_on, late
):
    campaign = _boarded(_STATES, due_on=due_on)
    shown = page(
        sign_in(build.user(Role.SECRETARIAT)).get(f"/campaigns/{campaign.id}/verification/")
    )
    assert shown.one(".page-head p, .lead") == (
        f"Đã nộp 3/7 đơn vị phải nộp; đã thẩm định 1; đang trả lại 1; muộn hoặc quá hạn {late}"
    )
    assert "đã nộp 3/7 đơn vị" in shown.one(".phases")


def test_with_two_periods_the_base_is_reports_and_one_that_has_not_begun_asks_for_none(
    app, sign_in, page
):
    campaign = _boarded(_STATES)
    build.period(
        campaign,
        is_final=False,
        starts_on=date(2021, 2, 26),
        due_on=date(2099, 1, 1),
        locks_on=date(2099, 1, 1),
    )
    build.period(
        campaign,
        is_final=False,
        starts_on=date(2098, 1, 1),
        ends_on=date(2098, 2, 1),
        due_on=date(2099, 1, 1),
        locks_on=date(2099, 1, 1),
    )
    shown = page(
        sign_in(build.user(Role.SECRETARIAT)).get(f"/campaigns/{campaign.id}/verification/")
    )
    assert shown.one(".page-head p, .lead").startswith("Đã nộp 3/14 báo cáo phải nộp;")
    assert [head.partition("đã nộp ")[2] for head in shown.all("main thead th")[1:]] == [
        "3/7 đơn vị phải nộp",
        "0/7 đơn vị phải nộp",
        "",
    ]


def test_first_page_and_board_count_the_same_overdue_reports(app, sign_in, page):
    _boarded(_STATES, due_on=date(2021, 4, 30))
    browser = sign_in(build.user(Role.SECRETARIAT))
    home = page(browser.get("/home/"))
    (told,) = [text for text in home.all(".todo li") if "Báo cáo quá hạn chưa nộp" in text]
    (address,) = [link for link in home.links(".todo a") if "state=overdue" in link]
    assert told.endswith("4")
    assert len(page(browser.get(address)).all("main tbody tr")) == 4
