"""The steps of a plan: their order, which lacks belong to which, and the way from page to page."""

from decimal import Decimal

import pytest

from campaign.conduct.path import PLACES, PlanStep, StepState, around, standing, step_at
from campaign.core.permissions import Role
from campaign.planning.problems import Problem
from campaign.planning.rules import Phase
from tests import build


@pytest.mark.parametrize(
    ("endpoint", "values", "step"),
    [
        ("planning.edit", {}, PlanStep.CAMPAIGN),
        ("honours.rule_sets", {}, PlanStep.CAMPAIGN),
        ("lists.index", {"kind": "blocks"}, PlanStep.BLOCKS),
        ("lists.new", {"kind": "periods"}, PlanStep.PERIODS),
        ("lists.correct", {"kind": "groups"}, None),
        ("allocations.edit", {"indicator_id": 3}, PlanStep.INDICATORS),
        ("import_table.upload", {}, PlanStep.TABLE),
        ("planning.settings", {}, PlanStep.SETTINGS),
        ("kinds.index", {}, PlanStep.AWARDS),
        ("council.index", {}, PlanStep.COUNCIL),
        ("planning.show", {}, None),
        ("reporting.index", {}, None),
    ],
)
def test_a_page_belongs_to_one_step_of_the_plan_or_to_none(endpoint, values, step):
    assert step_at(endpoint, values) is step


def test_every_step_has_its_page_and_its_neighbours():
    assert {step: step_at(place[0], dict(place[1])) for step, place in PLACES.items()} == {
        step: step for step in PlanStep
    }
    first, third, last = (
        around(step) for step in (PlanStep.CAMPAIGN, PlanStep.PERIODS, PlanStep.REVIEW)
    )
    assert (first.number, first.total, first.before, first.after) == (
        1,
        11,
        None,
        PlanStep.BLOCKS,
    )
    assert (third.number, third.before, third.after) == (3, PlanStep.BLOCKS, PlanStep.TASKS)
    assert (last.number, last.after) == (11, None)


def test_a_step_is_done_when_something_stands_there_and_nothing_is_lacking():
    lacks = Problem("Chưa có kỳ báo cáo.", "lists.index", values=(("kind", "periods"),))
    warns = Problem("Chưa đặt chỉ tiêu.", "kinds.index", is_blocking=False)
    held = {PlanStep.BLOCKS: "2 khối", PlanStep.AWARDS: "1 hình thức"}
    states = {row.step: row.state for row in standing(held, [lacks, warns])}
    assert [
        states[step]
        for step in (PlanStep.BLOCKS, PlanStep.PERIODS, PlanStep.TASKS, PlanStep.AWARDS)
    ] == [StepState.DONE, StepState.LACKING, StepState.EMPTY, StepState.WARNED]
    review = list(standing(held, [lacks, warns]))[-1]
    assert (review.state, review.held) == (StepState.LACKING, "còn 1 việc bắt buộc")
    assert list(standing(held, [warns]))[-1].state is StepState.READY


def test_the_steps_of_a_draft_tell_what_stands_and_what_is_missing(app, sign_in, page):
    campaign = build.campaign(
        legal_basis="Luật Thi đua, khen thưởng", announcement="Ra sức thi đua."
    )
    build.block(campaign, name="Khối bệnh viện")
    build.criterion(campaign, maximum=Decimal(10))
    browser = sign_in(build.user(Role.SECRETARIAT))
    shown = page(browser.get(f"/campaigns/{campaign.id}/steps"))
    told = dict(zip(shown.all(".todo__text b"), shown.all(".todo > li > a > .chip"), strict=True))
    assert told == {
        "1. Tên, thời gian và căn cứ": "còn thiếu",
        "2. Khối thi đua": "đã xong",
        "3. Kỳ báo cáo": "còn thiếu",
        "4. Nhiệm vụ chuyên môn": "chưa có gì",
        "5. Chỉ tiêu và phần giao": "chưa có gì",
        "6. Bảng điểm": "còn thiếu",
        "7. Cách chấm": "đã xong",
        "8. Mức xếp loại": "còn thiếu",
        "9. Hình thức và chỉ tiêu khen thưởng": "nên xem lại",
        "10. Hội đồng": "còn thiếu",
        "11. Xem lại và phát động": "còn thiếu",
    }
    assert any("1 khối: Khối bệnh viện" in text for text in shown.all(".todo__text"))
    assert "Tổng điểm chuẩn đang là 10,00, phải đúng thang điểm 100." in shown.all(".todo ul a")
    assert shown.links("p > .btn-primary") == [f"/campaigns/{campaign.id}/edit"]


def test_pages_of_a_draft_lead_to_the_step_before_and_the_step_after(app, sign_in, page):
    draft, launched = build.campaign(), build.campaign(phase=Phase.LAUNCHED)
    browser = sign_in(build.user(Role.SECRETARIAT))
    way = page(browser.get(f"/campaigns/{draft.id}/plan/periods"))
    assert way.links(".way a") == [
        f"/campaigns/{draft.id}/steps",
        f"/campaigns/{draft.id}/plan/blocks",
        f"/campaigns/{draft.id}/plan/tasks",
    ]
    assert way.all(".way a")[0] == "Bước 3/11: Kỳ báo cáo"
    frozen = page(browser.get(f"/campaigns/{launched.id}/plan/periods"))
    assert (frozen.all(".way"), frozen.links("main > p a")) == (
        [],
        [f"/campaigns/{launched.id}/correction"],
    )
    assert page(browser.get(f"/campaigns/{launched.id}/steps")).all("ol.todo") == []
