"""Points by the items of a checklist, worked out by hand, and what a checklist may not be."""

from decimal import Decimal as D

import pytest

from campaign.reporting.rules import Content, SelfAssessment, from_snapshot, to_snapshot
from campaign.scheme.rules.checklist import (
    ChecklistItem,
    checklist_data,
    checklist_from_data,
    checklist_points,
    checklist_problem,
    item_number,
    unanswered,
    with_tick,
)
from campaign.scheme.rules.table import ScoredCriterion
from campaign.scheme.rules.terms import CriterionKind, JudgedBy
from campaign.verification.checks import missing
from campaign.verification.rules import GivenPoints, VerifiedUnit, block_results
from tests.verification import build

ITEMS = (
    ChecklistItem("Có quy chế", D(2)),
    ChecklistItem("Có tổ thường trực", D("1.5")),
    ChecklistItem("Có sơ kết", D(3)),
)


def _criterion(kind="base"):
    return ScoredCriterion(
        id=1,
        group_id=1,
        code="C1",
        name="",
        guidance="",
        maximum=D(5),
        kind=CriterionKind(kind),
        judged_by=JudgedBy.CHECKLIST,
        evidence_required=False,
        checklist=ITEMS,
    )


@pytest.mark.parametrize(
    ("ticks", "maximum", "to", "points", "last"),
    [
        (None, 5, 5, "0", "Không có mục nào đạt: 0 = 0,00 điểm"),
        ({"1": "met", "2": "met"}, 5, 5, "3.5", "2 + 1,5 = 3,50 điểm"),
        ({"1": "met", "2": "unmet", "3": "met"}, 5, 5, "5", "2 + 3 = 5,00 điểm"),
        (dict.fromkeys("123", "met"), 5, 5, "5", "2 + 1,5 + 3, không quá 5 = 5,00 điểm"),
        ({"2": "met"}, 5, 10, "3", "quy đổi: 1,5 × 10 ÷ 5 = 3,00"),
    ],
)
def test_points_are_the_sum_of_the_items_that_are_met(ticks, maximum, to, points, last):
    counted = checklist_points(ITEMS, ticks, D(maximum), D(to))
    assert (counted.points, counted.steps[-1]) == (D(points), last)


@pytest.mark.parametrize(
    ("to", "places", "lines"),
    [
        (5, 2, ("1,5 = 1,50 điểm",)),
        (5, 1, ("1,5 = 1,5 điểm",)),
        (10, 2, ("1,5 = 1,50 điểm", "quy đổi: 1,5 × 10 ÷ 5 = 3,00")),
        (10, 1, ("1,5 = 1,5 điểm", "quy đổi: 1,5 × 10 ÷ 5 = 3,0")),
    ],
)
def test_the_sum_of_the_items_is_told_as_it_is_before_it_is_re_scaled(to, places, lines):
    counted = checklist_points(ITEMS, {"2": "met"}, D(5), D(to), places=places)
    assert counted.steps[3:] == lines


def test_each_item_is_told_with_what_became_of_it():
    assert checklist_points(ITEMS, {"1": "met", "2": "unmet"}, D(5)).steps[:3] == (
        "Có quy chế (2 điểm): đạt",
        "Có tổ thường trực (1,5 điểm): không đạt",
        "Có sơ kết (3 điểm): chưa đánh dấu",
    )


def test_an_item_is_ticked_taken_back_and_known_by_its_number():
    ticks = with_tick(with_tick(None, "1", "met"), "3", "unmet")
    assert (ticks, unanswered(ITEMS, ticks)) == ({"1": "met", "3": "unmet"}, [2])
    assert with_tick(with_tick(ticks, "1", None), "3", None) is None
    told = {"item-1": "1", "item-3": "3", "item-4": "", "item-0": "", "points": ""}
    assert {part: item_number(part, ITEMS) for part in told} == told


@pytest.mark.parametrize(
    ("items", "sentence"),
    [
        ((), "Hãy nhập ít nhất một mục kèm điểm."),
        ((ChecklistItem("A", D(0)),), "Điểm của mỗi mục phải lớn hơn 0."),
        ((ChecklistItem("A", D(1)), ChecklistItem("a", D(2))), "Mỗi mục chỉ ghi một dòng."),
        (ITEMS, None),
    ],
)
def test_a_checklist_has_items_with_points_and_names_of_their_own(items, sentence):
    assert checklist_problem(items) == sentence
    assert checklist_from_data(checklist_data(items)) == items


def test_a_version_keeps_the_items_that_the_unit_ticked():
    content = Content(scores={7: SelfAssessment(D(2), "", {"1": "met"}), 8: SelfAssessment(D(1))})
    kept = to_snapshot(content)
    assert kept["scores"] == {
        "7": {"points": "2", "explanation": "", "ticks": {"1": "met"}},
        "8": {"points": "1", "explanation": ""},
    }
    assert from_snapshot(kept).scores == content.scores


@pytest.mark.parametrize(
    ("kind", "claimed", "given", "sentences"),
    [
        ("base", None, None, ["C1: còn 3 mục chưa đánh dấu."]),
        ("base", None, dict.fromkeys("12", "met"), ["C1: còn 1 mục chưa đánh dấu."]),
        ("base", {"1": "met"}, dict.fromkeys("123", "met"), []),
        (
            "base",
            {"1": "met"},
            dict.fromkeys("123", "unmet"),
            ["C1: khác đơn vị tự đánh dấu, hãy ghi nhận xét."],
        ),
        ("bonus", None, None, []),
        ("bonus", {"1": "met"}, None, ["C1: còn 3 mục chưa đánh dấu."]),
    ],
)
def test_every_item_is_met_or_not_before_the_verification_ends(kind, claimed, given, sentences):
    content = Content(scores={1: SelfAssessment(None, "", claimed)})
    points = {1: GivenPoints(4, None, ticks=given)} if given else {}
    left = missing(build.scheme(_criterion(kind)), {1}, content, {}, points)
    assert [sentence for sentence, _ in left] == sentences


def test_points_agreed_in_a_second_verification_stand_above_the_items_and_are_told():
    first = GivenPoints(4, None, ticks={"1": "met", "2": "unmet", "3": "unmet"})
    second = first._replace(points=D("3.5"), comment="Đã có tổ thường trực")
    results = [
        block_results(build.scheme(_criterion()), [VerifiedUnit(1, 1, 1, 1, points={1: given})])[1]
        for given in (first, second)
    ]
    assert [row.results[1].points for row in results] == [D("2.00"), D("3.50")]
    assert results[1].results[1].steps[-1] == "Thẩm định lần hai: 3,50 điểm"
    assert results[1].results[1].comment == "Đã có tổ thường trực"
