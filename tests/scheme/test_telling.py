"""Lines of rules that look at the block or at the value alone, and why there is nothing to tell."""

from decimal import Decimal as D
from fractions import Fraction as F

import pytest

from campaign.scheme.rules.achievement import Achievement, Observation, achievement
from campaign.scheme.rules.block import Standing
from campaign.scheme.rules.points import indicator_points
from campaign.scheme.rules.points_rule import PointsRule
from campaign.scheme.rules.reading import points_rule_from_data
from campaign.scheme.rules.terms import Direction, Judgement

UP, DOWN, BELOW = Direction.AT_LEAST, Direction.AT_MOST, Direction.BELOW


def _level(value, target=None, direction=UP):
    target = None if target is None else D(target)
    return achievement(direction, Judgement.LEVEL, Observation(D(value), target=target))


def _grown(value, last, growth=None):
    growth = None if growth is None else D(growth)
    seen = Observation(D(value), growth_target=growth, same_period_last_year=D(last))
    return achievement(UP, Judgement.GROWTH, seen)


def _points(rule, reached, standing=None, maximum="10"):
    return indicator_points(points_rule_from_data(rule), reached, D(maximum), standing=standing)


BEST, LEADER = {"kind": "best_value"}, {"kind": "leader", "target_share": "50"}
SHARE = {"kind": "growth_share"}
START = {"kind": "start_and_step", "start": "5", "start_points": "6", "every": "1", "gain": "1"}


@pytest.mark.parametrize(
    ("value", "best", "line"),
    [
        ("0", "4", "không trên 0: 0 × 10 = 0,00 điểm"),
        ("0.5", "0.5", "cao nhất trong khối: 100 % × 10 = 10,00 điểm"),
        ("0.5", "4", "số cao nhất trong khối là 4: 10 × 0,5 ÷ 4 = 1,25 điểm"),
        ("1", "10/3", "số cao nhất trong khối là 3,33: 10 × 1 ÷ (10/3) = 3,00 điểm"),
        ("1", "4.123456789", "số cao nhất trong khối là 4,12: 10 × 1 ÷ 4,123456789 = 2,43 điểm"),
    ],
)
def test_a_value_is_told_beside_the_best_of_the_block(value, best, line):
    found = _points(BEST, _level(value), Standing(2, 3, None, F(best), None))
    assert found.steps[-1] == line


@pytest.mark.parametrize(
    ("value", "target", "leader", "line"),
    [
        ("0", "100", "100", "không trên 0 %: 50 % × 10 × 0 = 0,00 điểm"),
        ("0.5", "100", "100", "chưa vượt mục tiêu: 50 % × 10 × 0,5 % = 0,03 điểm"),
        ("1", "3", "3", "chưa vượt mục tiêu: 50 % × 10 × 1 ÷ 3 = 1,67 điểm"),
        (
            "110",
            "100",
            "120",
            "vượt mục tiêu, so với đơn vị dẫn đầu: 50 % × 10 + 50 % × 10 × (110 − 100) ÷ "
            "(120 − 100) = 7,50 điểm",
        ),
        (
            "110",
            "100",
            "105",
            "vượt mục tiêu, so với đơn vị dẫn đầu: 50 % × 10 + 50 % × 10 × (110 − 100) ÷ "
            "(110 − 100) = 10,00 điểm",
        ),
        (
            "4",
            "3",
            "5",
            "vượt mục tiêu, so với đơn vị dẫn đầu: 50 % × 10 + 50 % × 10 × (4 ÷ 3 × 100 − 100) ÷ "
            "(5 ÷ 3 × 100 − 100) = 7,50 điểm",
        ),
    ],
)
def test_points_beyond_a_target_are_told_beside_the_leader(value, target, leader, line):
    standing = Standing(2, 3, _level(leader, target), None, None)
    assert _points(LEADER, _level(value, target), standing).steps[-1] == line


def test_a_unit_without_a_target_is_told_beside_those_without_one():
    rule = {**LEADER, "without_target": True}
    standing = Standing(None, 1, None, F(9), F(4))
    assert _points(rule, _level("1"), standing).steps[-1] == (
        "số cao nhất trong các đơn vị không giao là 4: 10 × 1 ÷ 4 = 2,50 điểm"
    )


@pytest.mark.parametrize(
    ("value", "last", "line"),
    [
        ("100", "100", "không tăng: 0 × 10 = 0,00 điểm"),
        ("100.5", "100", "tăng 0,5 % của 8 %: 10 × 0,5 ÷ 8 = 0,63 điểm"),
        ("108", "100", "tăng 8 % của 8 %, đủ điểm: 100 % × 10 = 10,00 điểm"),
        ("107.99999", "100", "tăng 7,99999 % của 8 %: 10 × (107,99999 ÷ 100 × 100 − 100) ÷ 8"),
    ],
)
def test_growth_is_told_beside_the_growth_asked(value, last, line):
    steps = _points(SHARE, _grown(value, last, "8")).steps
    assert steps[-1].startswith(line.partition(": ")[0])


def test_a_share_without_an_end_is_re_scaled_from_its_whole_sum_in_brackets():
    rescaled = {"maximum": D(10), "to": D(20)}
    share, leader = (points_rule_from_data(rule) for rule in (SHARE, LEADER))
    grown = indicator_points(share, _grown("4", "3", "40"), **rescaled)
    assert grown.steps[-1] == "quy đổi: (10 × (4 ÷ 3 × 100 − 100) ÷ 40) × 20 ÷ 10 = 16,67"
    standing = Standing(2, 3, _level("6", "3"), None, None)
    led = indicator_points(leader, _level("4", "3"), **rescaled, standing=standing)
    assert led.steps[-1] == (
        "quy đổi: (50 % × 10 + 50 % × 10 × (4 ÷ 3 × 100 − 100) ÷ (200 − 100)) × 20 ÷ 10 = 13,33"
    )


def test_points_before_they_are_re_scaled_are_told_with_the_decimals_of_the_plan():
    reached = _level("85", "100")
    found = indicator_points(PointsRule(), reached, D(10), to=D(20), places=1)
    assert found.steps[-2:] == ("85 % × 10 = 8,5 điểm", "quy đổi: 8,5 × 20 ÷ 10 = 17,0")


@pytest.mark.parametrize(("growth", "points"), [("0.5", "10"), ("0", None), ("-1", None)])
def test_a_growth_above_nothing_must_be_asked(growth, points):
    found = _points(SHARE, _grown("101", "100", growth))
    assert found.points == (None if points is None else D(points))
    if points is None:
        assert found.problem == "Mức tăng phải đạt phải lớn hơn 0."


@pytest.mark.parametrize(
    ("rule", "reached", "lines"),
    [
        (
            {**START, "fall": "2"},
            _level("5", "5", BELOW),
            ("Số lần: (5 − 5) ÷ 1, ít nhất 1 = 1", "6 − 1 × 2 = 4,00 điểm"),
        ),
        (
            {**START, "fall": "2"},
            _level("2", "1"),
            ("Số lần: (5 − 2) ÷ 1 = 3", "6 − 3 × 2 = 0,00 điểm"),
        ),
        (
            {**START, "fall": "0.5"},
            _level("7", "9", DOWN),
            ("Số lần: (7 − 5) ÷ 1 = 2", "6 − 2 × 0,5 = 5,00 điểm"),
        ),
        (
            {**START, "start": "-2"},
            _level("1", "1"),
            ("Số lần: (1 − (-2)) ÷ 1 = 3", "6 + 3 × 1 = 9,00 điểm"),
        ),
        (
            {**START, "start": "0"},
            _level("4", "1"),
            ("Số lần: (4 − 0) ÷ 1 = 4", "6 + 4 × 1 = 10,00 điểm"),
        ),
        (
            {**START, "start": "0.5"},
            _level("2.5", "1"),
            ("Số lần: (2,5 − 0,5) ÷ 1 = 2", "6 + 2 × 1 = 8,00 điểm"),
        ),
    ],
)
def test_steps_from_a_start_are_told_with_their_number(rule, reached, lines):
    assert _points(rule, reached).steps[-2:] == lines


def test_a_table_of_values_says_where_it_is_cut():
    table = {"kind": "levels", "levels": [["5", "12"], ["3", "10"], ["1", "4"]]}
    assert [_points(table, _level(value, "1")).steps[-1] for value in ("6", "4", "2", "0")] == [
        "6, mức từ 5: 12, không quá 10 = 10,00 điểm",
        "4, mức từ 3 và dưới 5: 10 = 10,00 điểm",
        "2, mức từ 1 và dưới 3: 4 = 4,00 điểm",
        "0, mức dưới 1: 0 = 0,00 điểm",
    ]


def test_a_table_of_values_below_which_one_must_stay_names_its_bounds():
    table = {"kind": "levels", "levels": [["5", "4"], ["3", "10"]]}
    assert [_points(table, _level(value, "9", BELOW)).steps[-1] for value in ("2.5", "3", "5")] == [
        "2,5, mức dưới 3: 10 = 10,00 điểm",
        "3, mức dưới 5 và từ 3: 4 = 4,00 điểm",
        "5, mức từ 5: 0 = 0,00 điểm",
    ]


def test_a_growth_just_below_a_level_is_told_apart_from_it():
    reached = _grown("323.9999", "300", "8")
    table = {"kind": "levels", "levels": [["8", "10"], ["5", "4"]]}
    assert _points(table, reached).steps[-2:] == (
        "Mức tăng: 323,9999 ÷ 300 × 100 − 100 = 7,99997",
        "7,99997, mức từ 5 và dưới 8: 4 = 4,00 điểm",
    )
    assert _points(SHARE, reached).steps[-1] == (
        "tăng 7,99997 % của 8 %: 10 × (323,9999 ÷ 300 × 100 − 100) ÷ 8, chưa đạt nên không "
        "quá 9,99 = 9,99 điểm"
    )


def test_who_has_no_leader_beside_is_held_against_the_own_share():
    assert _points(LEADER, _level("110", "100"), Standing(1, 1)).points == D(10)


def test_who_has_nothing_and_no_target_has_no_points_beside_those_who_have_something():
    rule = {**LEADER, "without_target": True}
    found = _points(rule, _level("0"), Standing(None, 1, None, F(9), F(4)))
    assert (found.points, found.problem) == (D(0), None)
    alone = _points(rule, _level("0"), Standing(None, 1, None, F(9), F(0)))
    assert (alone.points, alone.problem) == (None, "Trong khối chưa có số liệu nào lớn hơn 0.")


def test_who_reached_as_much_as_the_leader_is_told_by_the_own_numbers():
    standing = Standing(1, 3, _level("8", "6"), None, None)
    assert _points(LEADER, _level("4", "3"), standing).steps[-1] == (
        "vượt mục tiêu, so với đơn vị dẫn đầu: 50 % × 10 + 50 % × 10 × (4 ÷ 3 × 100 − 100) ÷ "
        "(4 ÷ 3 × 100 − 100) = 10,00 điểm"
    )


def test_why_there_are_no_points_stands_with_the_case_it_is_about():
    assert indicator_points(PointsRule(), Achievement(None), D(10)).problem == "Chưa có số liệu."
    said = indicator_points(PointsRule(), Achievement(None, problem="Chưa nộp."), D(10))
    assert said.problem == "Chưa nộp."
    rule = points_rule_from_data(BEST)
    standing = Standing(None, 1, None, F(0), None)
    lacking = indicator_points(rule, _level("0", "5"), D(10), to=D(12), standing=standing)
    assert lacking.problem == "Trong khối chưa có số liệu nào lớn hơn 0."
    assert (lacking.case.standing, lacking.to, lacking.rule) == (standing, D(12), rule)
    waiting = indicator_points(rule, _level("1", "5"), D(10), to=D(12))
    assert (waiting.problem, waiting.to, waiting.rule) == (
        "Tính khi cả khối đã có số liệu.",
        D(12),
        rule,
    )
