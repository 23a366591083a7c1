"""From verified values to points: ranks within a block, what is set aside, and what is missing."""

from dataclasses import replace
from decimal import Decimal as D

import pytest

from campaign.scheme.rules.checklist import ChecklistItem
from campaign.scheme.rules.counts import CountRule
from campaign.scheme.rules.indicators import AllocatedTarget
from campaign.scheme.rules.points_rule import PointsRuleKind
from campaign.scheme.rules.rescaling import rescaled, rescaling_words
from campaign.scheme.rules.table import ScoredCriterion
from campaign.scheme.rules.terms import Direction, JudgedBy
from campaign.verification.rules import (
    GivenPoints,
    VerifiedUnit,
    block_results,
    set_aside_reasons,
)
from tests.verification import build
from tests.verification.build import BASE


def test_the_leader_of_a_block_gets_all_and_each_place_less_five_per_cent():
    scheme = build.scheme(
        build.criterion(1, indicator_id=1),
        indicators=[build.indicator(1, PointsRuleKind.RANK_IN_BLOCK)],
    )
    results = block_results(
        scheme,
        [
            build.unit(1, "99"),
            build.unit(2, "120"),
            build.unit(3, "99"),
            build.unit(4, "50"),
            build.unit(5, "10", block=2),
        ],
    )
    assert {key: row.results[1].points for key, row in results.items()} == {
        2: D("10.00"),
        1: D("9.50"),
        3: D("9.50"),
        4: D("8.50"),
        5: D("10.00"),
    }


def test_of_a_limit_the_smaller_value_leads():
    scheme = build.scheme(
        build.criterion(1, indicator_id=1),
        indicators=[build.indicator(1, PointsRuleKind.RANK_IN_BLOCK, Direction.AT_MOST)],
    )
    results = block_results(scheme, [build.unit(1, "90"), build.unit(2, "10")])
    assert [results[key].results[1].points for key in (2, 1)] == [D("10.00"), D("9.50")]


def test_a_unit_without_a_value_has_no_points_and_the_reason():
    scheme = build.scheme(build.criterion(1, indicator_id=1), indicators=[build.indicator(1)])
    result = block_results(scheme, [build.unit(1, None)])[1].results[1]
    assert (result.points, result.steps) == (None, ("Chưa có số liệu.",))


def test_what_the_secretariat_has_not_judged_yet_is_said():
    scheme = build.scheme(build.criterion(1, judged_by=JudgedBy.SECRETARIAT))
    result = block_results(scheme, [VerifiedUnit(1, 1, 1, 1)])[1].results[1]
    assert (result.points, result.steps) == (None, ("Thường trực chưa cho điểm",))


@pytest.mark.parametrize(
    "points", [{}, {2: GivenPoints(9, D(8), not_applicable_reason="Không có chợ")}]
)
def test_what_is_set_aside_gives_its_weight_to_the_rest_of_the_group(points):
    scheme = build.scheme(
        build.criterion(1, indicator_id=1),
        build.criterion(2, judged_by=JudgedBy.SECRETARIAT),
        build.criterion(3, judged_by=JudgedBy.COUNCIL),
        indicators=[build.indicator(1)],
    )
    reason = "" if points else "Không có hộ chưa có điện"
    result = block_results(scheme, [build.unit(1, "100", reason=reason, points=points)])[1]
    left = {1, 3} if points else {2, 3}
    assert result.maxima == dict.fromkeys(sorted(left), D("15.00"))


def test_rescaling_is_shown_where_it_changes_something():
    assert (
        rescaled(D("8.005"), D(10), D(10), 2),
        rescaling_words(D("8.005"), D(10), D(10), places=2),
    ) == (
        D("8.01"),
        (),
    )
    assert rescaled(D("7.93"), D(8), D("17.78"), 2) == D("17.62")
    assert rescaling_words(D("7.93"), D(8), D("17.78"), places=2) == (
        "quy đổi: 7,93 × 17,78 ÷ 8 = 17,62",
    )


@pytest.mark.parametrize("criterion", ["by its value", "by its criterion"])
def test_who_is_set_aside_takes_no_place_in_the_block(criterion):
    scheme = build.scheme(
        build.criterion(1, indicator_id=1),
        build.criterion(2, judged_by=JudgedBy.SECRETARIAT),
        indicators=[build.indicator(1, PointsRuleKind.RANK_IN_BLOCK)],
    )
    reason = "Không có hộ chưa có điện"
    first = (
        build.unit(1, "99", reason=reason)
        if criterion == "by its value"
        else build.unit(1, "99", points={1: GivenPoints(1, None, not_applicable_reason=reason)})
    )
    results = block_results(scheme, [first, build.unit(2, "90"), build.unit(3, "80")])
    assert {key: row.results[1].points for key, row in results.items() if 1 in row.results} == {
        2: D("10.00"),
        3: D("9.50"),
    }


def test_two_criteria_of_one_indicator_have_each_its_own_order():
    scheme = build.scheme(
        build.criterion(1, indicator_id=1),
        build.criterion(2, indicator_id=1),
        indicators=[build.indicator(1, PointsRuleKind.RANK_IN_BLOCK)],
    )
    aside = {2: GivenPoints(1, None, not_applicable_reason="Không có chợ")}
    results = block_results(
        scheme, [build.unit(1, "99", points=aside), build.unit(2, "90"), build.unit(3, "80")]
    )
    assert [results[key].results[1].points for key in (2, 3)] == [D("9.50"), D("9.00")]
    assert [results[key].results[2].points for key in (2, 3)] == [D("10.00"), D("9.50")]


def test_to_whom_the_criterion_does_not_apply_takes_no_place_in_the_block():
    criterion = ScoredCriterion(
        id=1,
        group_id=1,
        code="A1",
        name="",
        guidance="",
        maximum=D(10),
        kind=BASE,
        judged_by=JudgedBy.INDICATOR,
        evidence_required=False,
        indicator_id=1,
        units=frozenset({2, 3}),
    )
    scheme = build.scheme(
        criterion,
        build.criterion(2, judged_by=JudgedBy.SECRETARIAT),
        indicators=[build.indicator(1, PointsRuleKind.RANK_IN_BLOCK)],
    )
    results = block_results(scheme, [build.unit(1, "99"), build.unit(2, "90"), build.unit(3, "80")])
    assert [results[key].results[1].points for key in (2, 3)] == [D("10.00"), D("9.50")]


@pytest.mark.parametrize(
    ("limits", "values", "points"),
    [
        (("10", "5"), ("6", "5.5"), ("10.00", "9.50")),
        (("5", "10"), ("3", "6"), ("10.00", "10.00")),
        (("-1", "5"), ("-3", "4"), ("10.00", "9.50")),
        (("5", "5"), ("5.2", "6"), ("9.99", "9.50")),
    ],
)
def test_of_own_limits_whoever_stays_further_within_leads_and_a_broken_one_never_has_all(
    limits, values, points
):
    own = {
        number: AllocatedTarget(D(limit), None, None)
        for number, limit in enumerate(limits, start=1)
    }
    scheme = build.scheme(
        build.criterion(1, indicator_id=1),
        indicators=[
            build.indicator(1, PointsRuleKind.RANK_IN_BLOCK, Direction.AT_MOST, allocations=own)
        ],
    )
    results = block_results(
        scheme, [build.unit(number, value) for number, value in enumerate(values, start=1)]
    )
    assert tuple(str(results[key].results[1].points) for key in (1, 2)) == points


def test_points_of_a_rule_are_rescaled_before_they_are_rounded():
    scheme = build.scheme(
        build.criterion(1, indicator_id=1),
        build.criterion(2, judged_by=JudgedBy.SECRETARIAT, maximum="2"),
        indicators=[build.indicator(1)],
    )
    result = block_results(
        scheme,
        [
            build.unit(
                1, "75.39", points={2: GivenPoints(2, None, not_applicable_reason="Không có chợ")}
            )
        ],
    )[1]
    assert (result.maxima, result.results[1].points) == ({1: D(12)}, D("9.05"))
    assert result.results[1].steps == (
        "75,39 ÷ 100 = 75,39 %",
        "75,39 % × 10 = 7,539 điểm",
        "quy đổi: 7,539 × 12 ÷ 10 = 9,05",
    )


def test_what_the_criterion_sets_aside_is_named_with_the_reason_given_for_it():
    scheme = build.scheme(
        build.criterion(1, indicator_id=1),
        build.criterion(2, judged_by=JudgedBy.SECRETARIAT),
        indicators=[build.indicator(1)],
    )
    unit = build.unit(
        1,
        "1",
        reason="Không có lưới điện",
        points={2: GivenPoints(2, None, not_applicable_reason="Không có chợ")},
    )
    assert set_aside_reasons(scheme, unit.values, unit.points) == {
        1: "Không có lưới điện",
        2: "Không có chợ",
    }


@pytest.mark.parametrize(
    ("rule", "target", "points"),
    [
        ({"kind": "leader"}, "100", {1: "5.00", 2: "7.50", 3: "10.00", 4: "10.00", 5: "4.50"}),
        ({"kind": "best_value"}, None, {1: "5.00", 2: "7.50", 3: "10.00", 4: "10.00", 5: "6.43"}),
        (
            {"kind": "place_table", "places": ["10", "8", "6"]},
            "100",
            {1: "6.00", 2: "8.00", 3: "10.00", 4: "10.00", 5: "8.00"},
        ),
        (
            {"kind": "parts_of_block", "parts": ["100", "75", "50"]},
            "100",
            {1: "5.00", 2: "7.50", 3: "10.00", 4: "10.00", 5: "7.50"},
        ),
    ],
)
def test_a_rule_that_looks_at_the_block_sees_the_units_of_its_own_block_alone(rule, target, points):
    goal = None if target is None else D(target)
    scheme = build.scheme(
        build.criterion(1, indicator_id=1),
        indicators=[build.indicator(1, rule=rule, year_target=goal)],
    )
    values = {1: ("100", 1), 2: ("150", 1), 3: ("200", 1), 4: ("140", 2), 5: ("90", 2)}
    units = [build.unit(key, value, block=block) for key, (value, block) in values.items()]
    for order in (units, units[::-1]):
        found = block_results(scheme, order)
        assert {key: str(row.results[1].points) for key, row in found.items()} == points


def test_before_a_block_has_a_number_a_rule_that_looks_at_it_waits():
    scheme = build.scheme(
        build.criterion(1, indicator_id=1), indicators=[build.indicator(1, rule={"kind": "leader"})]
    )
    found = block_results(scheme, [build.unit(1, None), build.unit(2, "90")])
    assert (found[1].results[1].points, found[1].results[1].steps) == (None, ("Chưa có số liệu.",))
    assert found[2].results[1].points == D("4.50")


def test_points_keep_what_they_were_on_the_plans_scale_before_they_were_rescaled():
    """Of 50 points 10 fall away: 10 becomes 12,5; and 8 of 10 is 8 whoever gave it."""
    items = (ChecklistItem("Có quy chế", D(8)), ChecklistItem("Có sơ kết", D(2)))
    listed = replace(build.criterion(3, judged_by=JudgedBy.CHECKLIST), checklist=items)
    counted = replace(build.criterion(4, judged_by=JudgedBy.COUNT), count_rule=CountRule(each=D(1)))
    scheme = build.scheme(
        build.criterion(1, indicator_id=1),
        build.criterion(2, judged_by=JudgedBy.SECRETARIAT),
        listed,
        counted,
        build.criterion(5, judged_by=JudgedBy.SECRETARIAT),
        indicators=[build.indicator(1)],
    )
    points = {
        2: GivenPoints(2, D(8)),
        3: GivenPoints(3, None, ticks={"1": "met", "2": "unmet"}),
        4: GivenPoints(4, D(8)),
        5: GivenPoints(5, None, not_applicable_reason="Không có chợ"),
    }
    results = block_results(scheme, [build.unit(1, "80", points=points)])[1].results
    assert [(row.points, row.maximum, row.on_plan) for row in results.values()] == [
        (D("10.00"), D("12.5"), D("8.00"))
    ] * 4
