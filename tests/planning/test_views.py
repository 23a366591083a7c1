"""Pages of a plan after the launch: what is fixed is there to read, and refused however it
is sent.
"""

from datetime import UTC, date, datetime
from decimal import Decimal
from http import HTTPStatus
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from campaign.core.permissions import Role
from campaign.extensions import db
from campaign.planning.models import ReportingPeriod, Task
from campaign.planning.queries import scheme_of, shares_of
from campaign.planning.rules import Phase
from campaign.scheme.models import Allocation, Indicator
from campaign.scheme.rules.points_rule import PointsRuleKind
from campaign.scheme.rules.terms import CountedBy, Direction, Judgement, TargetOf
from tests import build

LAUNCHED = datetime(2021, 2, 26, tzinfo=UTC)


@pytest.fixture
def launched(app):
    """A campaign of 26/02–30/04/2021 that is launched, with two tasks."""
    build.rule_set(code="RS-CU")
    campaign = build.campaign(
        phase=Phase.REPORTING,
        starts_on=date(2021, 2, 26),
        ends_on=date(2021, 4, 30),
        rule_set_code="RS-CU",
        frozen_at=LAUNCHED,
    )
    for name in ("Một", "Hai"):
        build.task(campaign, name=name)
    return campaign


def test_after_the_launch_the_period_and_the_rule_set_are_told_not_asked(launched, sign_in, page):
    shown = page(sign_in(build.user(Role.SECRETARIAT)).get(f"/campaigns/{launched.id}/edit"))
    assert shown.all("[name=starts_on], [name=ends_on], [name=rule_set_code]") == []
    assert shown.one(".note").startswith(
        "Đã chốt khi phát động: từ 26/02/2021 đến hết 30/04/2021, theo bộ quy định RS-CU"
    )


def test_whatever_is_sent_for_them_they_stay_and_the_rest_is_saved(launched, sign_in):
    browser, address = sign_in(build.user(Role.SECRETARIAT)), f"/campaigns/{launched.id}/edit"
    answer = browser.post(
        address,
        data={
            "title": "Tên mới",
            "starts_on": "01/01/2021",
            "ends_on": "31/12/2021",
            "rule_set_code": "",
            "reason": "ghi sai tên",
        },
    )
    assert answer.status_code == HTTPStatus.SEE_OTHER
    db.session.refresh(launched)
    assert (launched.title, launched.starts_on, launched.ends_on, launched.rule_set_code) == (
        "Tên mới",
        date(2021, 2, 26),
        date(2021, 4, 30),
        "RS-CU",
    )


def test_after_the_launch_no_row_of_the_plan_is_offered_to_be_moved_or_moves(
    launched, sign_in, page
):
    browser, rows = sign_in(build.user(Role.SECRETARIAT)), f"/campaigns/{launched.id}/plan/tasks"
    assert page(browser.get(rows)).all("main table form") == []
    second = db.session.query(Task).filter_by(name="Hai").one()
    browser.post(f"{rows}/{second.id}/move", data={"up": "1"})
    shown = page(browser.get(rows))
    assert shown.all("tbody th") == ["Một", "Hai"]
    assert shown.all(".flashes p") == [
        "Phong trào đã phát động: không sửa được chỉ tiêu, tiêu chí, thang điểm và cách tổng "
        "hợp nữa."
    ]


def test_the_page_of_a_row_that_is_fixed_is_headed_by_its_name(launched, sign_in, page):
    browser = sign_in(build.user(Role.SECRETARIAT))
    criterion = build.criterion(launched)
    task = db.session.query(Task).filter_by(name="Một").one()
    heads = [
        page(browser.get(f"/campaigns/{launched.id}/{path}")).one("h1")
        for path in (f"plan/tasks/{task.id}", f"criteria/{criterion.id}")
    ]
    assert heads == ["Một", f"{criterion.code}. {criterion.name}"]


def test_what_was_allotted_is_there_to_read_after_the_launch_and_no_box_to_type_in(
    launched, sign_in, page
):
    indicator = build.indicator(launched)
    unit = build.unit(name="Huyện A")
    db.session.add(Allocation(indicator_id=indicator.id, unit_id=unit.id, target=Decimal("12.5")))
    shown = page(
        sign_in(build.user(Role.SECRETARIAT)).get(
            f"/campaigns/{launched.id}/indicators/{indicator.id}/allocations"
        )
    )
    assert (shown.one("h1"), shown.all("main table input, main table select")) == (
        f"Chỉ tiêu đã giao: {indicator.name}",
        [],
    )
    assert [row for row in shown.all("tbody tr") if row.startswith("Huyện A")] == [
        "Huyện A — 12,5 — —"
    ]


def test_once_the_results_are_public_no_period_is_moved_any_more(launched, sign_in, page):
    launched.phase, launched.published_at = Phase.PUBLISHED, LAUNCHED
    period = build.period(launched)
    browser, address = (
        sign_in(build.user(Role.SECRETARIAT)),
        f"/campaigns/{launched.id}/plan/periods/{period.id}",
    )
    assert page(browser.get(address)).all("main [type=submit]") == []
    refused = page(
        browser.post(
            address,
            data={
                "name": "Kỳ khác",
                "starts_on": "26/02/2021",
                "ends_on": "30/04/2021",
                "due_on": "30/04/2021",
                "locks_on": "05/05/2021",
                "is_final": "y",
            },
        )
    )
    assert (refused.status, refused.all(".error-summary li")) == (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        ["Phong trào đã công bố kết quả: kỳ báo cáo không sửa được nữa."],
    )


def test_a_criterion_and_an_indicator_are_deleted_only_after_a_question(app, sign_in, page):
    campaign = build.campaign()
    build.criterion(campaign)
    build.indicator(campaign)
    browser = sign_in(build.user(Role.SECRETARIAT))
    for path, asked in (("criteria", "Xoá tiêu chí"), ("indicators", "Xoá chỉ tiêu")):
        shown = page(browser.get(f"/campaigns/{campaign.id}/{path}/"))
        assert shown.all("tbody details.reason form button") == [asked]


def _indicator_form(campaign, **more):
    return {
        "name": "Trồng cây",
        "measure_unit_id": str(build.measure_unit(symbol="cây").id),
        "decimals": "0",
        "direction": "at_least",
        "judgement": "cumulative",
        "year_target": "9.000",
        "kind": "linear",
        "required_kind": "",
        **more,
    }


def test_a_target_of_the_campaign_is_tried_with_the_share_of_the_chosen_period(app, sign_in, page):
    campaign = build.campaign(starts_on=date(2026, 12, 1), ends_on=date(2027, 2, 28))
    first, last = (
        build.period(
            campaign,
            name=name,
            is_final=name == "Kỳ cuối",
            starts_on=campaign.starts_on,
            ends_on=end,
            due_on=end,
            locks_on=end,
        )
        for name, end in (("Kỳ 1", date(2026, 12, 31)), ("Kỳ cuối", date(2027, 2, 28)))
    )
    browser, at = sign_in(build.user(Role.SECRETARIAT)), f"/campaigns/{campaign.id}/indicators"
    assert (
        browser.post(f"{at}/new", data=_indicator_form(campaign, target_of="campaign")).status_code
        == HTTPStatus.SEE_OTHER
    )
    (made,) = db.session.scalars(select(Indicator).where(Indicator.campaign_id == campaign.id))
    assert made.target_of is TargetOf.CAMPAIGN
    shown = page(browser.get(f"{at}/{made.id}"))
    assert shown.all("[name=trial_period] option") == ["Kỳ cuối", "Kỳ 1"]
    for period, line in (
        (first, "Tiến độ phải đạt: 9.000 × 1/3 = 3.000"),
        (last, "Tiến độ phải đạt: 9.000 × 3/3 = 9.000"),
    ):
        tried = page(
            browser.get(
                f"{at}/{made.id}", query_string={"trial_value": "3.000", "trial_period": period.id}
            )
        )
        assert tried.all("[data-trial-answer] li")[0] == line
    asked = {
        **_indicator_form(campaign, target_of="year"),
        "trial_value": "3.000",
        "trial_period": first.id,
    }
    assert (
        page(browser.get(f"{at}/trial", query_string=asked)).all("li")[0]
        == "Tiến độ phải đạt: 9.000 × 12/12 = 9.000"
    )


def test_a_trial_of_another_campaigns_period_is_refused(app, sign_in, page):
    campaign, other = build.campaign(), build.period(build.campaign())
    indicator = build.indicator(campaign, judgement=Judgement.CUMULATIVE)
    answer = page(
        sign_in(build.user(Role.SECRETARIAT)).get(
            f"/campaigns/{campaign.id}/indicators/{indicator.id}",
            query_string={"trial_value": "1", "trial_period": other.id},
        )
    )
    assert answer.all("[data-trial-answer] p") == ["Kỳ báo cáo: Hãy chọn trong danh sách."]


def test_beside_each_hard_choice_of_an_indicator_stands_what_it_means(app, sign_in, page):
    shown = page(
        sign_in(build.user(Role.SECRETARIAT)).get(
            f"/campaigns/{build.campaign().id}/indicators/new"
        )
    )
    helped = {
        part.get("data-shown-for")
        for part in shown.tree.xpath("//*[@data-shown-for]")
        if part.xpath("./p[@class='field__hint']")
    }
    assert helped == {
        *(f"direction={one.value}" for one in Direction),
        *(f"judgement={one.value}" for one in Judgement),
        *(f"kind={one.value}" for one in PointsRuleKind),
    }
    for name in (
        "target_of",
        "year_target",
        "growth_target",
        "previous_year_value",
        "decimals",
        "required_kind",
        "bonus_per_percent",
        "bonus_cap",
    ):
        assert (name, bool(shown.tree.xpath(f"//*[@id='{name}-hint']"))) == (name, True)


@pytest.mark.parametrize(("counted_by", "share"), [("months", "1/3"), ("days", "31/90")])
def test_the_list_of_periods_tells_what_is_to_be_reached_of_both_kinds_of_target(
    app, sign_in, page, counted_by, share
):
    campaign = build.campaign(
        starts_on=date(2026, 12, 1), ends_on=date(2027, 2, 28), counted_by=CountedBy(counted_by)
    )
    build.period(campaign, ends_on=date(2026, 12, 31))
    browser, at = sign_in(build.user(Role.SECRETARIAT)), f"/campaigns/{campaign.id}/plan/periods"
    told = page(browser.get(at)).all("tbody td")[0]
    assert told.rpartition("; ")[0].endswith(
        f"tiến độ phải đạt 12/12 mục tiêu năm, {share} mục tiêu của phong trào"
    )
    rows = list(
        load_workbook(BytesIO(browser.get(f"{at}/excel").data))
        .worksheets[0]
        .iter_rows(values_only=True)
    )
    assert [row[5:7] for row in rows if row[0] and str(row[0]).startswith("Kỳ ")] == [
        ("12/12", share)
    ]


def test_a_typed_share_stays_typed_and_a_blank_one_follows_the_calendar(app, sign_in, page):
    campaign = build.campaign()
    data = {
        "name": "Kỳ 1",
        "starts_on": "26/02/2021",
        "ends_on": "30/04/2021",
        "due_on": "30/04/2021",
        "locks_on": "05/05/2021",
        "is_final": "y",
    }
    browser, at = sign_in(build.user(Role.SECRETARIAT)), f"/campaigns/{campaign.id}/plan/periods"
    assert browser.post(f"{at}/new", data=data).status_code == HTTPStatus.SEE_OTHER
    (period,) = db.session.scalars(select(ReportingPeriod))
    assert (period.expected_share, shares_of(campaign, period).year.words) == (None, "4/12")
    browser.post(f"{at}/{period.id}", data=data | {"expected_share": "30", "campaign_share": "100"})
    assert [share.words for share in shares_of(campaign, period)[:2]] == ["30 %", "100 %"]


@pytest.mark.parametrize(
    ("typed", "quorum", "award"),
    [
        ({"quorum": "60 %", "award_quorum": "4/5"}, (60, 100), (4, 5)),
        ({"quorum": "", "award_quorum": ""}, (2, 3), None),
    ],
)
def test_the_quorum_of_meetings_is_set_with_the_campaign_and_apart_for_those_that_award(
    app, sign_in, page, typed, quorum, award
):
    campaign, browser = build.campaign(), sign_in(build.user(Role.SECRETARIAT))
    address = f"/campaigns/{campaign.id}/settings"
    shown = page(browser.get(address))
    assert (shown.value("quorum"), shown.value("award_quorum")) == ("2/3", "")
    sent = {
        "aggregation": "mean",
        "scale": "100",
        "points_places": "2",
        "mark_step": "0,5",
        "minimum_marks": "3",
    } | typed
    assert browser.post(address, data=sent).status_code == HTTPStatus.SEE_OTHER
    assert (campaign.quorum, campaign.award_quorum) == (quorum, award)
    wrong = page(browser.post(address, data=sent | {"award_quorum": "đa số"}))
    assert wrong.one("#award_quorum-error") == "Hãy ghi tỷ lệ như 70 % hoặc 2/3."


def test_the_plan_says_whether_members_mark_in_the_block_of_their_unit(app, sign_in, page):
    campaign, browser = build.campaign(), sign_in(build.user(Role.SECRETARIAT))
    sent = {
        "aggregation": "mean",
        "scale": "100",
        "points_places": "2",
        "mark_step": "0,5",
        "minimum_marks": "3",
    }
    for typed, told in (
        ({"recuses_block": "y"}, "cả khối của đơn vị mình"),
        ({}, "đơn vị của mình"),
    ):
        browser.post(f"/campaigns/{campaign.id}/settings", data=sent | typed)
        shown = page(browser.get(f"/campaigns/{campaign.id}/"))
        assert told in shown.all("dl.facts dd")
        assert campaign.recuses_block is bool(typed)


@pytest.mark.parametrize(
    ("typed", "scale", "told"),
    [
        ("1.000", Decimal(1000), None),
        ("950", Decimal(950), None),
        ("", Decimal(100), "Hãy nhập thang điểm."),
        ("0", Decimal(100), "Số phải từ 1 trở lên."),
    ],
)
def test_the_plan_says_to_what_its_base_criteria_sum(app, sign_in, page, typed, scale, told):
    campaign, browser = build.campaign(), sign_in(build.user(Role.SECRETARIAT))
    sent = {
        "aggregation": "mean",
        "scale": typed,
        "points_places": "2",
        "mark_step": "0,5",
        "minimum_marks": "3",
    }
    answer = browser.post(f"/campaigns/{campaign.id}/settings", data=sent)
    assert campaign.scale == scale
    if told is None:
        assert answer.status_code == HTTPStatus.SEE_OTHER
        table = page(browser.get(f"/campaigns/{campaign.id}/criteria/"))
        assert table.all(".chip--bad")[0] == f"Tổng điểm chuẩn 0,00/{typed}"
    else:
        assert page(answer).one("#scale-error") == told


@pytest.mark.parametrize(
    ("titles", "offered"),
    [
        (["Phong trào A"], ["Phong trào A"]),
        (["Phong trào A", "Phong trào B"], ["— chọn phong trào —", "Phong trào B", "Phong trào A"]),
    ],
)
def test_of_several_plans_the_one_to_copy_is_chosen(app, sign_in, page, titles, offered):
    for title in titles:
        build.campaign(title=title)
    browser = sign_in(build.user(Role.SECRETARIAT))
    assert page(browser.get("/campaigns/copy")).all("#source option") == offered
    answer = page(
        browser.post("/campaigns/copy", data={"source": "", "title": "Mới", "months": "12"})
    )
    assert answer.all("#source-error")[:1] == ["Hãy chọn phong trào."]


def test_a_target_with_the_comma_of_the_english_is_asked_about_and_its_size_once_saved(
    app, sign_in, page
):
    campaign, unit = build.campaign(), build.unit(short_name="Đà Bắc")
    indicator = build.indicator(campaign, name="Hộ dùng điện")
    db.session.commit()
    browser, address = (
        sign_in(build.user(Role.SECRETARIAT)),
        f"/campaigns/{campaign.id}/indicators/{indicator.id}/allocations",
    )
    field = f"target-{unit.id}"
    refused = page(browser.post(address, data={field: "44,462"}))
    assert (refused.status, refused.value(field), refused.one(f"#{field}-error")) == (
        422,
        "44,462",
        "“44,462” có phải là “44.462” không? Dấu chấm ngăn từng nhóm ba chữ số. "
        "Nếu đúng là số thập phân, hãy ghi “44,4620”.",
    )
    browser.post(address, data={field: "9.982"})
    told = page(browser.get(address))
    assert told.all(".flashes .note--warning, .flashes .note--warn") == [
        "Hãy xem lại cỡ số, Đà Bắc: 9.982 % là quá 100 %. Có phải là 99,82 không?"
    ]
    assert told.value(field) == "9.982"
    browser.post(address, data={field: "44,4620"})
    assert page(browser.get(address)).value(field) == "44,4620"


def test_the_plan_tells_each_target_as_one_says_it(app, sign_in, page):
    campaign = build.campaign()
    year = {"direction": Direction.AT_LEAST, "growth_target": None}
    for name, values in {
        "Đủ": year | {"year_target": 90, "target_of": TargetOf.CAMPAIGN},
        "Ít": year | {"year_target": 5, "direction": Direction.BELOW},
        "Tăng": {"year_target": None, "growth_target": 8, "direction": Direction.AT_LEAST},
        "Hai": {"year_target": 100, "growth_target": 18, "direction": Direction.AT_MOST},
    }.items():
        build.indicator(campaign, name=name, **values)
    shown = page(sign_in(build.user(Role.SECRETARIAT)).get(f"/campaigns/{campaign.id}/"))
    told = [line.removesuffix(" chưa đối chiếu") for line in shown.all("li") if ":" in line]
    symbol = next(iter(scheme_of(campaign.id).indicators.values())).symbol
    assert [line for line in told if line.split(":")[0] in {"Đủ", "Ít", "Tăng", "Hai"}] == [
        f"Đủ: từ 90 {symbol} trở lên trong cả phong trào",
        f"Ít: dưới 5 {symbol}",
        "Tăng: tăng từ 8 % trở lên",
        f"Hai: không quá 100 {symbol} (tăng 18 %)",
    ]
