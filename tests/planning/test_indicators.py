"""The indicators of a plan: targets, checks and trials."""

from decimal import Decimal
from http import HTTPStatus

import pytest

from campaign.core.permissions import Role
from campaign.extensions import db
from campaign.planning.indicators.actions import confirm_indicator, save_indicator
from campaign.planning.queries import scheme_of
from campaign.planning.rules import Phase
from campaign.scheme.models import (
    Indicator,
)
from campaign.scheme.rules.terms import JudgedBy
from tests import build


def test_an_indicator_whose_target_changed_waits_to_be_checked_again(app):
    campaign = build.campaign()
    one = build.indicator(campaign, checked_by_id=build.user().id, checked_on=build.TODAY)
    same = {
        name: getattr(one, name)
        for name in (
            "name",
            "measure_unit_id",
            "direction",
            "year_target",
            "growth_target",
            "previous_year_value",
            "source",
        )
    }
    assert save_indicator(campaign, one, {**same, "decimals": 1}) is False
    assert one.checked_on == build.TODAY
    assert save_indicator(campaign, one, {**same, "year_target": Decimal(99)}) is True
    assert (one.checked_on, one.checked_by_id) == (None, None)


@pytest.mark.parametrize(
    ("facts", "is_doubted"),
    [
        ({"source": "Quyết định giao chỉ tiêu 2021"}, False),
        ({"source": " "}, True),
        ({"source": "Quyết định 2020", "is_carried_over": True}, True),
        ({"source": "", "checked_on": build.TODAY}, False),
    ],
)
def test_a_target_that_the_office_typed_with_a_source_bears_no_mark(app, facts, is_doubted):
    campaign = build.campaign()
    by = {"checked_by_id": build.user().id} if "checked_on" in facts else {}
    row = build.indicator(campaign, **facts, **by)
    assert scheme_of(campaign.id).indicators[row.id].is_doubted is is_doubted


def test_a_target_carried_over_loses_its_mark_when_the_office_saves_or_confirms_it(app):
    campaign = build.campaign()
    saved, confirmed = (
        build.indicator(campaign, source="Kế hoạch 2020", is_carried_over=True) for _ in range(2)
    )
    names = (
        "name",
        "measure_unit_id",
        "direction",
        "year_target",
        "growth_target",
        "previous_year_value",
        "source",
    )
    save_indicator(campaign, saved, {name: getattr(saved, name) for name in names})
    confirm_indicator(confirmed, by_id=build.user().id, on=build.TODAY)
    assert (saved.is_carried_over, confirmed.is_carried_over) == (False, False)


def test_confirming_an_indicator_is_seen_at_once_although_the_scheme_is_kept(launched):
    indicator = db.session.query(Indicator).first()
    assert scheme_of(launched.id).indicators[indicator.id].is_checked is False
    confirm_indicator(indicator, by_id=1, on=build.TODAY)
    db.session.commit()
    assert scheme_of(launched.id).indicators[indicator.id].is_checked is True


@pytest.mark.parametrize(
    ("bands", "sentence"),
    [
        ("100: 100\n90 80", "Dòng “90 80” cần dấu hai chấm, ví dụ “90: 80”."),
        ("9.5: 80", "Dòng “9.5: 80”: “9.5” có phải là “9,5” không?"),
    ],
)
def test_a_line_of_bands_that_cannot_be_read_is_refused_and_stays(
    app, sign_in, page, bands, sentence
):
    campaign, planner = build.campaign(), build.user(Role.SECRETARIAT)
    data = {
        "name": "Điện",
        "measure_unit_id": str(build.measure_unit().id),
        "decimals": "2",
        "direction": "at_least",
        "judgement": "level",
        "year_target": "100",
        "kind": "bands",
        "bands": bands,
        "lost_percent": "5",
        "unit": "0,1",
        "required_kind": "",
    }
    answer = page(sign_in(planner).post(f"/campaigns/{campaign.id}/indicators/new", data=data))
    assert answer.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert sentence in answer.one(".error-summary li")
    assert answer.value("bands") == bands


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("45", ["9,00 điểm"]),
        ("4.5", ["Giá trị thử: “4.5” có phải là “4,5” không? Dấu phẩy ngăn phần thập phân."]),
    ],
)
def test_a_trial_without_a_script_answers_on_the_page_of_the_indicator_as_it_is_kept(
    app, sign_in, page, value, said
):
    campaign = build.campaign()
    indicator = build.indicator(campaign, name="Số mô hình", year_target=Decimal(50))
    browser, at = (
        sign_in(build.user(Role.SECRETARIAT)),
        f"/campaigns/{campaign.id}/indicators/{indicator.id}",
    )
    answer = page(
        browser.get(
            at,
            query_string={
                "trial_value": value,
                "trial_maximum": "10",
                "trial_place": "1",
                "trial_share": "",
            },
        )
    )
    assert answer.all("[data-trial-answer] .figure-big, [data-trial-answer] .field__error") == said
    assert (answer.one("h1"), answer.value("trial_value"), answer.value("name")) == (
        "Số mô hình",
        value,
        "Số mô hình",
    )


def test_a_trial_starts_with_the_maximum_of_the_criterion_that_follows_the_indicator(
    app, sign_in, page
):
    campaign = build.campaign()
    followed, watched = build.indicator(campaign), build.indicator(campaign)
    build.criterion(campaign, judged_by=JudgedBy.INDICATOR, maximum="7.5", indicator_id=followed.id)
    browser = sign_in(build.user(Role.SECRETARIAT))
    answers = [
        page(browser.get(f"/campaigns/{campaign.id}/indicators/{row}"))
        for row in (followed.id, watched.id, "new")
    ]
    assert [answer.value("trial_maximum") for answer in answers] == ["7,5", "10", "10"]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"trial_value": "104", "growth_target": "8"}, "9,63 điểm"),
        (
            {"trial_value": "104", "growth_target": "8.5"},
            "Tăng so với năm trước (%): “8.5” có phải là “8,5” không? "
            "Dấu phẩy ngăn phần thập phân.",
        ),
        (
            {"trial_value": "9.5", "growth_target": "8"},
            "Giá trị thử: “9.5” có phải là “9,5” không? Dấu phẩy ngăn phần thập phân.",
        ),
    ],
)
def test_a_trial_says_which_field_cannot_be_read(app, sign_in, page, asked, said):
    campaign, planner = build.campaign(), build.user(Role.SECRETARIAT)
    typed = {
        "kind": "linear",
        "direction": "at_least",
        "judgement": "growth",
        "trial_comparison": "100",
        "trial_maximum": "10",
        **asked,
    }
    answer = page(
        sign_in(planner).get(f"/campaigns/{campaign.id}/indicators/trial", query_string=typed)
    )
    assert answer.one("p") == said


def test_the_order_of_indicators_is_fixed_by_the_launch(app, sign_in):
    campaign, planner = build.campaign(phase=Phase.LAUNCHED), build.user(Role.SECRETARIAT)
    first, second = build.indicator(campaign, position=1), build.indicator(campaign, position=2)
    sign_in(planner).post(f"/campaigns/{campaign.id}/indicators/{second.id}/move", data={"up": "1"})
    assert list(scheme_of(campaign.id).indicators) == [first.id, second.id]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("direction", "Hãy chọn chiều của chỉ tiêu."), ("judgement", "Hãy chọn cách đánh giá.")],
)
def test_which_way_an_indicator_is_good_is_chosen_by_whoever_writes_it(
    app, sign_in, page, name, sentence
):
    browser = sign_in(build.user(Role.SECRETARIAT))
    at = f"/campaigns/{build.campaign().id}/indicators/new"
    shown = page(browser.get(at))
    assert shown.tree.cssselect(f"[name={name}]")[0].value == ""
    assert (
        page(browser.post(at, data={"name": "Tỷ lệ hộ nghèo", name: ""})).one(f"#{name}-error")
        == sentence
    )
