"""The rules of points on their form: kept, shown again, tried, and refused at their field."""

from http import HTTPStatus
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from campaign.core.permissions import Role
from campaign.extensions import db
from campaign.planning.copying import copy_campaign
from campaign.planning.problems import launch_problems
from campaign.planning.queries import scheme_of
from campaign.scheme.models import Indicator
from campaign.scheme.rules.points_rule import PointsRuleKind
from campaign.scheme.rules.telling import rule_words
from tests import build

TYPED = {
    "linear": {},
    "step": {"lost": "0,5", "each": "2", "missing_in": "unit", "counted": "started"},
    "bands": {"bands": "100: 100\n90: 80"},
    "levels": {"levels": "9.000: 10\n5.000: 5"},
    "all_or_nothing": {},
    "ceiling": {"lost": "0,5", "unit": "100"},
    "start_and_step": {
        "start": "5.000",
        "start_points": "5",
        "every": "100",
        "gain": "0,5",
        "fall": "0",
    },
    "rank_in_block": {"lost_percent": "5"},
    "place_table": {"places": "10-8-6"},
    "parts_of_block": {"parts": "100-75-50"},
    "leader": {"target_share": "50", "without_target": "y"},
    "best_value": {},
    "growth_share": {},
}
POINTS = {
    "linear": "8,88",
    "step": "0,00",
    "bands": "0,00",
    "levels": "5,00",
    "all_or_nothing": "0,00",
    "ceiling": "4,50",
    "start_and_step": "10,00",
    "rank_in_block": "9,50",
    "place_table": "8,00",
    "parts_of_block": "10,00",
    "leader": "4,44",
    "best_value": "8,00",
    "growth_share": "5,00",
}


def _form(kind, **more):
    return {
        "name": "Trồng cây",
        "measure_unit_id": str(build.measure_unit(symbol="cây").id),
        "decimals": "0",
        "direction": "at_least",
        "judgement": "growth" if kind == "growth_share" else "level",
        "year_target": "9.009",
        "growth_target": "18",
        "required_kind": "",
        "kind": kind,
        **TYPED[kind],
        **more,
    }


@pytest.fixture
def planner(app, sign_in):
    return sign_in(build.user(Role.SECRETARIAT))


@pytest.mark.parametrize("kind", [kind.value for kind in PointsRuleKind])
def test_a_rule_is_kept_and_shown_as_it_was_typed(planner, page, kind):
    at = f"/campaigns/{build.campaign().id}/indicators"
    assert planner.post(f"{at}/new", data=_form(kind)).status_code == HTTPStatus.SEE_OTHER
    made = db.session.scalars(select(Indicator)).one()
    shown = page(planner.get(f"{at}/{made.id}"))
    typed = {name: text for name, text in TYPED[kind].items() if name != "without_target"}
    assert {name: shown.value(name) for name in typed} == typed
    is_checked = bool(shown.tree.xpath("//*[@name='without_target'][@checked]"))
    assert is_checked is (kind == "leader")
    kept = made.points_rule
    assert planner.post(f"{at}/{made.id}", data=_form(kind)).status_code == HTTPStatus.SEE_OTHER
    db.session.refresh(made)
    assert made.points_rule == kept


@pytest.mark.parametrize("kind", [kind.value for kind in PointsRuleKind])
def test_a_rule_as_typed_is_tried_with_seven_values_and_a_line(planner, page, kind):
    at = f"/campaigns/{build.campaign().id}/indicators"
    asked = {
        "trial_value": "109" if kind == "growth_share" else "8.000",
        "trial_comparison": "100",
        "trial_maximum": "10",
        "trial_place": "2",
        "trial_size": "9",
        "trial_leader": "10.000",
    }
    answer = page(planner.get(f"{at}/trial", query_string={**_form(kind), **asked}))
    assert answer.one(".figure-big") == f"{POINTS[kind]} điểm"
    assert len(answer.all("tbody tr")) == 7
    drawn = answer.tree.xpath("//svg[@role='img']")[0]
    assert (drawn.get("aria-labelledby"), drawn.get("aria-describedby")) == (
        "drawn-line-title",
        "drawn-line-told",
    )
    assert not answer.tree.xpath("//*[@style]")
    assert len(answer.tree.xpath("//svg/circle")) == 7


@pytest.mark.parametrize(
    ("kind", "typed", "field", "sentence"),
    [
        ("step", {"each": "0"}, "each", "Hãy nhập phần thiếu cho mỗi lần trừ, lớn hơn 0."),
        ("levels", {"levels": "chín"}, "levels", "cần dấu hai chấm, ví dụ “5.000: 10”"),
        ("levels", {"levels": "9.000: 5\n5.000: 10"}, "levels", "ngược chiều với chỉ tiêu"),
        ("levels", {"levels": "9.5: 5"}, "levels", "Dòng “9.5: 5”:"),
        ("start_and_step", {"every": "0"}, "every", "Hãy nhập phần thêm cho mỗi lần"),
        ("place_table", {"places": "8-10"}, "places", "không tăng dần, ví dụ 10-8-6"),
        ("place_table", {"places": "mười"}, "places", "không phải là số"),
        ("parts_of_block", {"parts": "100"}, "parts", "từ 2 đến 10 phần"),
        ("leader", {"target_share": "100"}, "target_share", "lớn hơn 0 và dưới 100 %"),
        ("leader", {"direction": "at_most"}, "kind", "chỉ dùng cho chỉ tiêu đạt từ mức này"),
        ("growth_share", {"judgement": "level"}, "kind", "chỉ dùng khi đánh giá tăng trưởng"),
    ],
)
def test_what_makes_no_sense_gets_its_sentence_at_its_field(
    planner, page, kind, typed, field, sentence
):
    at = f"/campaigns/{build.campaign().id}/indicators/new"
    answer = planner.post(at, data=_form(kind, **typed))
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert sentence in page(answer).one(f"#{field}-error")
    assert db.session.scalars(select(Indicator)).all() == []


@pytest.mark.parametrize(
    ("kind", "is_asked"),
    [("levels", False), ("start_and_step", False), ("best_value", False), ("linear", True)],
)
def test_a_rule_of_the_value_itself_needs_no_target_before_the_launch(planner, kind, is_asked):
    campaign = build.campaign()
    at = f"/campaigns/{campaign.id}/indicators/new"
    typed = _form(kind, year_target="", growth_target="")
    assert planner.post(at, data=typed).status_code == HTTPStatus.SEE_OTHER
    told = [str(problem) for problem in launch_problems(campaign)]
    assert any("chưa có mức phải đạt" in text for text in told) is is_asked


@pytest.mark.parametrize("kind", [kind.value for kind in PointsRuleKind])
def test_a_copied_plan_and_its_spreadsheet_have_the_rule_as_it_is(planner, page, kind):
    campaign = build.campaign()
    at = f"/campaigns/{campaign.id}/indicators"
    planner.post(f"{at}/new", data=_form(kind))
    copy = copy_campaign(campaign, title="Năm sau", months=12).campaign
    db.session.commit()
    (old,), (new,) = (scheme_of(row.id).indicators.values() for row in (campaign, copy))
    assert new.rule == old.rule
    book = load_workbook(BytesIO(planner.get(f"{at}/excel").data))
    cells = [cell.value for row in book["Chỉ tiêu"] for cell in row]
    words = rule_words(old.rule, old.direction)
    assert words in cells
    assert words in page(planner.get(f"{at}/")).all("[data-label='Quy tắc']")
