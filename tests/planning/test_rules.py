"""Planning: from a measured value to points, on the targets of 2021."""

from datetime import date
from decimal import Decimal as D

import pytest

from campaign.core.errors import RuleViolation
from campaign.planning.rules import (
    Direction,
    Judgement,
    Observation,
    PointsRule,
    PointsRuleKind,
    achievement,
    expected_share,
    indicator_points,
    is_suspicious_jump,
    points_rule_from_data,
    weight_problem,
)


def _points(rule, value, *, direction=Direction.AT_LEAST, target="100", maximum="10", place=None):
    reached = achievement(direction, Judgement.LEVEL, Observation(D(value), target=D(target)))
    return indicator_points(rule, reached, D(maximum), place=place).points


@pytest.mark.parametrize(("kind", "more", "value", "points"), [
    (PointsRuleKind.LINEAR, {}, "90", "9"),
    (PointsRuleKind.LINEAR, {}, "150", "10"),
    (PointsRuleKind.STEP, {"lost": D("0.5")}, "97.5", "9"),
    (PointsRuleKind.STEP, {"lost": D(5)}, "1", "0"),
    (PointsRuleKind.BANDS, {"bands": ((D(100), D(100)), (D(80), D(50)))}, "85", "5"),
    (PointsRuleKind.ALL_OR_NOTHING, {}, "99.99", "0"),
    (PointsRuleKind.ALL_OR_NOTHING, {}, "100", "10"),
])
def test_points_follow_the_rule(kind, more, value, points):
    assert _points(PointsRule(kind, **more), value) == D(points)


@pytest.mark.parametrize(("value", "points"), [("4.99", "4"), ("5", "3.5"), ("5.1", "3.5"), ("5.11", "3"), ("99", "0")])
def test_the_price_ceiling_is_strict_and_loses_points_for_each_started_tenth(value, points):
    rule = PointsRule(PointsRuleKind.CEILING, lost=D("0.5"), unit=D("0.1"))
    assert _points(rule, value, direction=Direction.BELOW, target="5", maximum="4") == D(points)


def test_the_leader_of_a_block_has_all_points_and_each_place_costs_five_per_cent():
    rule = PointsRule(PointsRuleKind.RANK_IN_BLOCK)
    assert [_points(rule, "100", place=place) for place in (1, 2, 21, 30)] == [D(10), D("9.5"), D(0), D(0)]


def test_growth_is_judged_against_the_same_period_and_needs_it():
    seen = Observation(D(110), growth_target=D(8), same_period_last_year=D(100))
    assert achievement(Direction.AT_LEAST, Judgement.GROWTH, seen).is_met is True
    without = achievement(Direction.AT_LEAST, Judgement.GROWTH, Observation(D(110), growth_target=D(8)))
    assert (without.percent, without.problem) == (None, "Chưa có số liệu cùng kỳ năm trước.")


def test_a_missing_value_has_no_percentage():
    assert achievement(Direction.AT_LEAST, Judgement.LEVEL, Observation(None, target=D(1))).percent is None


def test_a_third_of_the_year_is_expected_by_the_end_of_april():
    assert expected_share(date(2021, 4, 30)) == D("33.3333")


@pytest.mark.parametrize(("value", "previous", "is_odd"), [
    ("100", "10", True), ("99", "10", False), ("1", "10", True), ("0", "10", False), ("5", None, False),
])
def test_ten_times_the_last_value_is_suspicious(value, previous, is_odd):
    assert is_suspicious_jump(D(value), None if previous is None else D(previous)) is is_odd


def test_base_criteria_sum_to_exactly_one_hundred():
    assert weight_problem(D(100)) is None
    assert weight_problem(D("99.99")) == "Tổng điểm chuẩn đang là 99,99, phải đúng 100."


@pytest.mark.parametrize("data", [
    {"kind": "step", "lost": "0"}, {"kind": "ceiling", "lost": "1", "unit": "0"}, {"kind": "bands"},
    {"kind": "rank_in_block", "lost_percent": "101"}, {"kind": "linear", "bonus_per_percent": "1"},
])
def test_a_rule_that_makes_no_sense_is_refused(data):
    with pytest.raises(RuleViolation):
        points_rule_from_data(data)
