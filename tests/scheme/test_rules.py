"""Planning: from a measured value to points, on the targets of 2021."""

from datetime import date
from decimal import Decimal as D

import pytest

from campaign.core.errors import RuleViolation
from campaign.scheme.rules.achievement import Observation, achievement
from campaign.scheme.rules.block import Standing
from campaign.scheme.rules.formulas.all_or_nothing import AllOrNothing
from campaign.scheme.rules.formulas.bands import Bands
from campaign.scheme.rules.formulas.ceiling import Ceiling
from campaign.scheme.rules.formulas.place_in_block import RankInBlock
from campaign.scheme.rules.formulas.step import Step
from campaign.scheme.rules.magnitudes import is_suspicious_jump, magnitude_warning
from campaign.scheme.rules.points import indicator_points
from campaign.scheme.rules.points_rule import PointsRule, PointsRuleKind
from campaign.scheme.rules.progress import Share, year_share
from campaign.scheme.rules.reading import points_rule_from_data
from campaign.scheme.rules.table import weight_problem
from campaign.scheme.rules.terms import Direction, Judgement


def _at(place):
    return Standing(place, 30) if place else None


def _points(
    rule, value, *, direction=Direction.AT_LEAST, target="100", maximum="10", standing=None
):
    reached = achievement(direction, Judgement.LEVEL, Observation(D(value), target=D(target)))
    return indicator_points(rule, reached, D(maximum), standing=standing).points


@pytest.mark.parametrize(
    ("kind", "more", "value", "points"),
    [
        (PointsRuleKind.LINEAR, {}, "90", "9"),
        (PointsRuleKind.LINEAR, {}, "150", "10"),
        (PointsRuleKind.STEP, {"lost": D("0.5")}, "97.5", "9"),
        (PointsRuleKind.STEP, {"lost": D(5)}, "1", "0"),
        (PointsRuleKind.BANDS, {"bands": ((D(100), D(100)), (D(80), D(50)))}, "85", "5"),
        (PointsRuleKind.ALL_OR_NOTHING, {}, "99.99", "0"),
        (PointsRuleKind.ALL_OR_NOTHING, {}, "100", "10"),
    ],
)
def test_points_follow_the_rule(kind, more, value, points):
    assert _points(points_rule_from_data({"kind": kind, **more}), value) == D(points)


@pytest.mark.parametrize(
    ("value", "points"), [("4.99", "4"), ("5", "3.5"), ("5.1", "3.5"), ("5.11", "3"), ("99", "0")]
)
def test_the_price_ceiling_is_strict_and_loses_points_for_each_started_tenth(value, points):
    rule = PointsRule(Ceiling(lost=D("0.5"), unit=D("0.1")))
    assert _points(rule, value, direction=Direction.BELOW, target="5", maximum="4") == D(points)


def test_the_leader_of_a_block_has_all_points_and_each_place_costs_five_per_cent():
    rule = PointsRule(RankInBlock())
    assert [_points(rule, "100", standing=_at(place)) for place in (1, 2, 21, 30)] == [
        D(10),
        D("9.5"),
        D(0),
        D(0),
    ]


def test_growth_is_judged_against_the_same_period_and_needs_it():
    seen = Observation(D(110), growth_target=D(8), same_period_last_year=D(100))
    assert achievement(Direction.AT_LEAST, Judgement.GROWTH, seen).is_met is True
    without = achievement(
        Direction.AT_LEAST, Judgement.GROWTH, Observation(D(110), growth_target=D(8))
    )
    assert (without.percent, without.problem) == (None, "Chưa có số liệu cùng kỳ năm trước.")


def test_a_missing_value_has_no_percentage():
    assert (
        achievement(Direction.AT_LEAST, Judgement.LEVEL, Observation(None, target=D(1))).percent
        is None
    )


def test_a_third_of_the_year_is_expected_by_the_end_of_april():
    assert year_share(date(2021, 4, 30)).words == "4/12"


@pytest.mark.parametrize(
    ("value", "previous", "is_odd"),
    [
        ("100", "10", True),
        ("99", "10", False),
        ("1", "10", True),
        ("0", "10", False),
        ("5", None, False),
    ],
)
def test_ten_times_the_last_value_is_suspicious(value, previous, is_odd):
    assert is_suspicious_jump(D(value), None if previous is None else D(previous)) is is_odd


@pytest.mark.parametrize(
    ("total", "scale", "told"),
    [
        ("100", "100", None),
        ("99.99", "100", "Tổng điểm chuẩn đang là 99,99, phải đúng thang điểm 100."),
        ("1000", "1000", None),
        ("100", "1000", "Tổng điểm chuẩn đang là 100,00, phải đúng thang điểm 1.000."),
        ("950", "950", None),
        ("1000.5", "950", "Tổng điểm chuẩn đang là 1.000,50, phải đúng thang điểm 950."),
    ],
)
def test_base_criteria_sum_to_exactly_the_scale_of_the_plan(total, scale, told):
    assert weight_problem(D(total), D(scale), 2) == told


@pytest.mark.parametrize(
    "data",
    [
        {"kind": "step", "lost": "0"},
        {"kind": "ceiling", "lost": "1", "unit": "0"},
        {"kind": "bands"},
        {"kind": "rank_in_block", "lost_percent": "101"},
        {"kind": "linear", "bonus_per_percent": "1"},
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(data):
    with pytest.raises(RuleViolation):
        points_rule_from_data(data)


@pytest.mark.parametrize(
    ("direction", "judgement", "seen", "problem"),
    [
        (
            Direction.WATCH,
            Judgement.LEVEL,
            Observation(D(1)),
            "Chỉ tiêu chỉ để theo dõi, không tính điểm.",
        ),
        (Direction.AT_LEAST, Judgement.LEVEL, Observation(None), "Chưa có số liệu."),
        (Direction.AT_LEAST, Judgement.LEVEL, Observation(D(1)), "Chưa có mức chỉ tiêu."),
        (
            Direction.AT_LEAST,
            Judgement.LEVEL,
            Observation(D(1), target=D(0)),
            "Mức phải đạt không lớn hơn 0.",
        ),
        (
            Direction.AT_LEAST,
            Judgement.CUMULATIVE,
            Observation(D(1), target=D(9)),
            "Kỳ báo cáo chưa có tiến độ phải đạt.",
        ),
        (
            Direction.AT_LEAST,
            Judgement.GROWTH,
            Observation(D(1)),
            "Chưa có mức tăng trưởng phải đạt.",
        ),
        (
            Direction.AT_LEAST,
            Judgement.GROWTH,
            Observation(D(1), growth_target=D(8)),
            "Chưa có số liệu cùng kỳ năm trước.",
        ),
        (
            Direction.AT_LEAST,
            Judgement.GROWTH,
            Observation(D(1), growth_target=D(8), same_period_last_year=D(0)),
            "Số liệu cùng kỳ năm trước phải lớn hơn 0.",
        ),
    ],
)
def test_what_is_missing_gives_no_per_cent_and_says_why(direction, judgement, seen, problem):
    found = achievement(direction, judgement, seen)
    points = indicator_points(PointsRule(), found, D(10))
    assert (found.percent, found.problem, found.steps) == (None, problem, ())
    assert (points.points, points.problem, points.steps) == (None, problem, ())


def test_a_rank_waits_for_the_block():
    reached = achievement(Direction.AT_LEAST, Judgement.LEVEL, Observation(D(99), target=D(100)))
    found = indicator_points(PointsRule(RankInBlock()), reached, D(10))
    assert (found.points, found.problem, found.steps) == (
        None,
        "Tính khi cả khối đã có số liệu.",
        ("99 ÷ 100 = 99 %",),
    )


LEVEL, GROWTH, CUMULATIVE = Judgement.LEVEL, Judgement.GROWTH, Judgement.CUMULATIVE


@pytest.mark.parametrize(
    ("direction", "judgement", "seen", "steps"),
    [
        (Direction.AT_LEAST, LEVEL, Observation(D(95), target=D(100)), ("95 ÷ 100 = 95 %",)),
        (
            Direction.AT_LEAST,
            GROWTH,
            Observation(D(110), growth_target=D(8), same_period_last_year=D(100)),
            ("So với cùng kỳ: 110 ÷ 100 = 110 %", "110 ÷ (100 × 108 %) = 101,85 %"),
        ),
        (
            Direction.AT_LEAST,
            CUMULATIVE,
            Observation(D(14_000), target=D(44_462), expected_share=Share(D(4), 12)),
            ("Tiến độ phải đạt: 44.462 × 4/12 = 14.820,67", "14.000 ÷ (44.462 × 4/12) = 94,46 %"),
        ),
        (
            Direction.AT_LEAST,
            CUMULATIVE,
            Observation(D(1), target=D(0), expected_share=Share(D(50))),
            ("Tiến độ phải đạt: 0 × 50 % = 0",),
        ),
        (Direction.BELOW, LEVEL, Observation(D("4.9"), target=D(5)), ("4,9: dưới 5, đạt",)),
        (
            Direction.BELOW,
            LEVEL,
            Observation(D(5), target=D(5)),
            ("5: không dưới 5, chưa đạt", "5 ÷ 5 = 100 %"),
        ),
        (Direction.AT_MOST, LEVEL, Observation(D(5), target=D(5)), ("5: không quá 5, đạt",)),
        (
            Direction.AT_MOST,
            LEVEL,
            Observation(D(6), target=D(5)),
            ("6: không quá 5, chưa đạt", "5 ÷ 6 = 83,33 %"),
        ),
    ],
)
def test_what_was_reached_is_told_step_by_step(direction, judgement, seen, steps):
    assert achievement(direction, judgement, seen).steps == steps


@pytest.mark.parametrize(
    ("rule", "value", "place", "step"),
    [
        (PointsRule(), "95", None, "95 % × 10 = 9,50 điểm"),
        (
            PointsRule(Step(lost=D("0.5"))),
            "97.5",
            None,
            "thiếu 2 % (bỏ phần lẻ): 10 − 2 × 0,5 = 9,00 điểm",
        ),
        (
            PointsRule(Bands(bands=((D(100), D(100)), (D(80), D(50))))),
            "85",
            None,
            "mức từ 80 % đến dưới 100 %: 50 % × 10 = 5,00 điểm",
        ),
        (PointsRule(AllOrNothing()), "100", None, "đạt, đủ 10 = 10,00 điểm"),
        (PointsRule(AllOrNothing()), "99", None, "không đạt = 0,00 điểm"),
        (
            PointsRule(Ceiling(lost=D("0.5"), unit=D("0.1"))),
            "99.8",
            None,
            "10 − 2 × 0,5 = 9,00 điểm",
        ),
        (
            PointsRule(RankInBlock()),
            "100",
            3,
            "thứ 3 trong khối: 10 − (3 − 1) × 5 % × 10 = 9,00 điểm",
        ),
    ],
)
def test_the_arithmetic_of_each_rule_is_told(rule, value, place, step):
    reached = achievement(Direction.AT_LEAST, LEVEL, Observation(D(value), target=D(100)))
    assert indicator_points(rule, reached, D(10), standing=_at(place)).steps[-1] == step


def test_what_exceeding_a_target_adds_is_told_last():
    rule = PointsRule(bonus_per_percent=D("0.1"), bonus_cap=D(1))
    reached = achievement(Direction.AT_LEAST, LEVEL, Observation(D(105), target=D(100)))
    assert indicator_points(rule, reached, D(10)).steps[1:] == (
        "không quá 100 %: 100 % × 10 = 10,00 điểm",
        "Thưởng phần vượt: (105 ÷ 100 × 100 − 100) × 0,1, không quá 1 = 0,50 điểm",
    )


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (
            {"kind": "linear", "bonus_cap": "-1", "bonus_per_percent": "-1"},
            "Điểm thưởng không được âm",
        ),
        ({"kind": "ceiling", "lost": "0.5", "unit": "0"}, "phần vượt cho mỗi lần trừ"),
        ({"kind": "step"}, "Hãy nhập số điểm bị trừ"),
        ({"kind": "bands"}, "Bảng mức đạt cần ít nhất một dòng"),
        ({"kind": "rank_in_block", "lost_percent": "0"}, "Tỷ lệ trừ mỗi bậc"),
        ({"kind": "linear", "bonus_cap": "1"}, "cần cả mức cho mỗi 1 % vượt và mức tối đa"),
    ],
)
def test_the_sentence_says_what_is_wrong_with_a_rule(data, sentence):
    with pytest.raises(RuleViolation, match=sentence):
        points_rule_from_data(data)


@pytest.mark.parametrize(
    ("target", "growth", "previous", "is_warned"),
    [
        ("980", "12", "875", False),
        ("980000000", "12", "875", True),
        ("0.98", "12", "875", True),
        (None, "12", "875", False),
        ("980", None, "875", False),
        ("0.001", "-100", "875", False),
    ],
)
def test_a_target_of_the_wrong_magnitude_is_noticed(target, growth, previous, is_warned):
    numbers = [None if text is None else D(text) for text in (target, growth, previous)]
    assert (magnitude_warning(*numbers) is not None) is is_warned
