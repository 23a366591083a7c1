"""Points of indicators: compared exactly, a broken limit below a kept one, shares exact."""

from datetime import date
from decimal import Decimal as D
from fractions import Fraction

import pytest

from campaign.scheme.rules.achievement import (
    Achievement,
    Observation,
    achievement,
    just_kept,
    measured,
)
from campaign.scheme.rules.block import Standing, standings
from campaign.scheme.rules.formulas.all_or_nothing import AllOrNothing
from campaign.scheme.rules.formulas.bands import Bands
from campaign.scheme.rules.formulas.ceiling import Ceiling
from campaign.scheme.rules.formulas.known import FORMULAS
from campaign.scheme.rules.formulas.place_in_block import PartsOfBlock, PlaceTable, RankInBlock
from campaign.scheme.rules.formulas.step import Step
from campaign.scheme.rules.points import indicator_points
from campaign.scheme.rules.points_rule import PointsRule, PointsRuleKind
from campaign.scheme.rules.progress import Share, campaign_share, shares, year_share
from campaign.scheme.rules.terms import CountedBy, Direction, Judgement, TargetOf
from campaign.scheme.rules.wording import percent_text

LINEAR, STEP, BANDS = (
    PointsRule(),
    PointsRule(Step(lost=D("0.5"))),
    PointsRule(Bands(bands=((D(100), D(100)), (D(90), D(80))))),
)
ALL, CEILING = (
    PointsRule(AllOrNothing()),
    PointsRule(Ceiling(lost=D("0.5"), unit=D("0.1"))),
)
RANK = PointsRule(RankInBlock())


def _level(value, target, direction=Direction.AT_LEAST):
    return achievement(direction, Judgement.LEVEL, Observation(D(value), target=D(target)))


@pytest.mark.parametrize(
    ("rule", "points"), [(BANDS, "8.00"), (ALL, "0.00"), (LINEAR, "9.99"), (STEP, "9.99")]
)
def test_a_target_missed_by_a_hair_is_missed_under_every_rule(rule, points):
    reached = _level("44461.98", "44462")
    assert (reached.is_met, percent_text(reached.percent)) == (False, "99,99996 %")
    assert indicator_points(rule, reached, D(10)).points == D(points)


@pytest.mark.parametrize("rule", [BANDS, ALL, LINEAR, STEP])
def test_a_target_just_reached_has_all_points_under_every_rule(rule):
    assert indicator_points(rule, _level("44462", "44462"), D(10)).points == D(10)


def test_points_stand_on_the_plans_scale_whatever_a_unit_can_reach():
    reached = _level("40", "50")
    results = [indicator_points(LINEAR, reached, D(10), to=to) for to in (D(10), D("12.73"))]
    assert [(row.points, row.on_plan) for row in results] == [
        (D("8.00"), D("8.00")),
        (D("10.18"), D("8.00")),
    ]


@pytest.mark.parametrize(("value", "points"), [("44462.39", "0.00"), ("44462.40", "10.00")])
def test_growth_is_compared_without_rounding_the_index(value, points):
    reached = achievement(
        Direction.AT_LEAST,
        Judgement.GROWTH,
        Observation(D(value), growth_target=D(18), same_period_last_year=D(37_680)),
    )
    assert indicator_points(ALL, reached, D(10)).points == D(points)


def test_a_growth_just_below_its_limit_keeps_it():
    reached = achievement(
        Direction.BELOW,
        Judgement.GROWTH,
        Observation(D("104999.97"), growth_target=D(5), same_period_last_year=D(100_000)),
    )
    assert (reached.is_met, reached.steps) == (
        True,
        ("So với cùng kỳ: 104.999,97 ÷ 100.000 = 104,99997 %", "104,99997: dưới 105, đạt"),
    )


def test_two_thirds_of_the_year_are_two_thirds_of_its_target():
    reached = achievement(
        Direction.AT_LEAST,
        Judgement.CUMULATIVE,
        Observation(D(29_642), target=D(44_463), expected_share=year_share(date(2021, 8, 31))),
    )
    assert (reached.percent, reached.is_met) == (Fraction(100), True)
    assert indicator_points(ALL, reached, D(10)).steps == (
        "Tiến độ phải đạt: 44.463 × 8/12 = 29.642",
        "29.642 ÷ 29.642 = 100 %",
        "đạt, đủ 10 = 10,00 điểm",
    )


@pytest.mark.parametrize(
    ("direction", "value"),
    [
        (Direction.BELOW, "5"),
        (Direction.BELOW, "5.0001"),
        (Direction.AT_MOST, "5.0001"),
        (Direction.AT_MOST, "5.01"),
    ],
)
@pytest.mark.parametrize(
    ("rule", "most"),
    [
        (LINEAR, "3.99"),
        (STEP, "3.99"),
        (BANDS, "3.20"),
        (ALL, "0"),
        (CEILING, "3.5"),
        (RANK, "3.99"),
        (PointsRule(Bands(bands=((D(80), D(100)),))), "3.99"),
        (PointsRule(Step(lost=D("0.001"))), "3.99"),
        (PointsRule(Ceiling(lost=D("0.001"), unit=D(1))), "3.99"),
    ],
)
def test_a_broken_limit_never_earns_what_a_kept_one_earns(rule, most, direction, value):
    assert indicator_points(
        rule, _level("4.9", "5", direction), D(4), standing=Standing(1)
    ).points == D(4)
    assert indicator_points(
        rule, _level(value, "5", direction), D(4), standing=Standing(1)
    ).points == D(most)


@pytest.mark.parametrize(
    ("how", "points"),
    [
        (PlaceTable(places=(D(10), D(8), D(8), D(8))), ["10.00", "8.00", "7.99", "7.99"]),
        (PartsOfBlock(parts=(D(100), D(75))), ["10.00", "10.00", "7.50", "7.50"]),
        (PartsOfBlock(parts=(D(100), D(100))), ["10.00", "10.00", "9.99", "9.99"]),
        (RankInBlock(lost_percent=D("0.01")), ["10.00", "10.00", "9.99", "9.99"]),
    ],
)
def test_in_a_block_whoever_broke_its_limit_has_less_than_the_last_that_kept_it(how, points):
    reaches = dict(enumerate(_level(value, "5", Direction.AT_MOST) for value in "3567"))
    at = standings(reaches, Direction.AT_MOST)
    assert [
        str(indicator_points(PointsRule(how), row, D(10), standing=at[key]).points)
        for key, row in reaches.items()
    ] == points


@pytest.mark.parametrize("value", ["5", "5.2"])
def test_it_earns_less_also_where_the_band_of_the_kept_limit_is_not_the_highest(value):
    rule = PointsRule(Bands(bands=((D(110), D(100)), (D(90), D(80)))))
    kept, broken = (_level(typed, "5", Direction.BELOW) for typed in ("4.9", value))
    assert indicator_points(rule, kept, D(4)).points == D("3.20")
    assert indicator_points(rule, broken, D(4)).points == D("3.19")


def test_it_earns_less_also_after_re_scaling_to_a_smaller_maximum():
    assert indicator_points(LINEAR, _level("5", "5", Direction.BELOW), D(10), to=D(1)).points == D(
        "0.99"
    )


def test_a_value_that_touches_a_strict_limit_is_told_as_missed():
    reached = _level("5", "5", Direction.BELOW)
    assert indicator_points(LINEAR, reached, D(4)).steps == (
        "5: không dưới 5, chưa đạt",
        "5 ÷ 5 = 100 %",
        "100 % × 4, chưa đạt nên không quá 3,99 = 3,99 điểm",
    )
    assert (
        indicator_points(BANDS, reached, D(4)).steps[-1]
        == "chưa đạt, mức từ 90 % đến dưới 100 %: 80 % × 4 = 3,20 điểm"
    )


def test_a_band_that_asks_for_less_than_the_target_is_the_plans_own_word():
    rule = PointsRule(Bands(bands=((D(95), D(100)),)))
    assert indicator_points(rule, _level("96", "100"), D(10)).points == D(10)


@pytest.mark.parametrize(
    ("rule", "reached", "to", "line"),
    [
        (
            PointsRule(Step(lost=D("0.5"))),
            _level("10", "100"),
            "10",
            "thiếu 90 %: 10 − 90 × 0,5, không dưới 0 = 0,00 điểm",
        ),
        (LINEAR, _level("98.79", "100"), "9.5", "quy đổi: 9,879 × 9,5 ÷ 10 = 9,39"),
        (LINEAR, _level("6.28", "8.33"), "12", "quy đổi: 10 × 6,28 ÷ 8,33 × 12 ÷ 10 = 9,05"),
        (CEILING, _level("5.25", "5", Direction.AT_MOST), "10", "10 − 3 × 0,5 = 8,50 điểm"),
        (LINEAR, _level("-3", "100"), "10", "(-3) % × 10, không dưới 0 = 0,00 điểm"),
        (LINEAR, _level("5", "-1", Direction.AT_MOST), "10", "0 % × 10 = 0,00 điểm"),
        (
            LINEAR,
            _level("5", "5", Direction.BELOW),
            "12",
            "quy đổi: 10 × 12 ÷ 10, chưa đạt nên không quá 11,99 = 11,99",
        ),
    ],
)
def test_what_is_shown_gives_what_is_shown(rule, reached, to, line):
    assert indicator_points(rule, reached, D(10), to=D(to)).steps[-1] == line


def test_the_times_a_limit_was_broken_are_worked_out_in_a_line():
    assert indicator_points(CEILING, _level("5.25", "5", Direction.AT_MOST), D(10)).steps[2] == (
        "Số lần trừ: (5,25 − 5) ÷ 0,1, làm tròn lên = 3"
    )


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2021, 4, 30), "4/12"),
        (date(2021, 8, 31), "8/12"),
        (date(2021, 12, 31), "12/12"),
        (date(2024, 2, 29), "2/12"),
        (date(2021, 4, 10), "100/360"),
    ],
)
def test_the_share_of_the_year_is_exact(day, words):
    assert year_share(day).words == words


@pytest.mark.parametrize(
    ("until", "by", "words"),
    [
        (date(2026, 12, 31), CountedBy.MONTHS, "1/3"),
        (date(2027, 1, 31), CountedBy.MONTHS, "2/3"),
        (date(2027, 2, 28), CountedBy.MONTHS, "3/3"),
        (date(2027, 3, 31), CountedBy.MONTHS, "3/3"),
        (date(2026, 12, 31), CountedBy.DAYS, "31/90"),
        (date(2027, 2, 28), CountedBy.DAYS, "90/90"),
        (date(2026, 12, 15), CountedBy.MONTHS, "5/31"),
    ],
)
def test_the_share_of_a_campaign_goes_by_its_own_time_also_over_new_year(until, by, words):
    assert campaign_share(date(2026, 12, 1), date(2027, 2, 28), until, by).words == words


def test_before_a_campaign_begins_nothing_is_expected_of_it():
    assert (
        campaign_share(date(2026, 12, 1), date(2027, 2, 28), date(2026, 11, 30), CountedBy.DAYS)
        is None
    )


def test_what_was_typed_stands_before_what_the_calendar_says():
    dates = (date(2026, 12, 1), date(2027, 2, 28))
    typed = shares(date(2027, 1, 31), typed=(D("66.67"), D(50)), campaign=dates, by=CountedBy.DAYS)
    assert [typed.of(part).words for part in TargetOf] == ["66,67 %", "50 %"]
    free = shares(date(2027, 1, 31), typed=(None, None), campaign=dates, by=CountedBy.DAYS)
    assert [free.of(part).words for part in TargetOf] == ["1/12", "62/90"]
    assert free.campaign == Share(D(62), 90)


def test_every_kind_of_rule_has_its_formula():
    assert list(FORMULAS) == list(PointsRuleKind)


@pytest.mark.parametrize(
    ("direction", "judgement", "value", "goal", "kept", "just"),
    [
        (Direction.AT_LEAST, Judgement.GROWTH, "55", 108, Direction.AT_LEAST, 54),
        (Direction.AT_LEAST, Judgement.LEVEL, "55", 80, Direction.AT_LEAST, 80),
        (Direction.AT_MOST, Judgement.LEVEL, "90", 80, Direction.AT_MOST, 80),
        (Direction.BELOW, Judgement.LEVEL, "80", 80, Direction.AT_MOST, 80),
    ],
)
def test_what_is_just_kept_stands_at_what_it_is_held_against(
    direction, judgement, value, goal, kept, just
):
    seen = Observation(D(value), target=D(80), growth_target=D(8), same_period_last_year=D(50))
    assert just_kept(achievement(direction, judgement, seen)) == Achievement(
        Fraction(100),
        Fraction(goal),
        Fraction(goal),
        is_met=True,
        of=(kept, judgement, seen._replace(value=Fraction(just))),
    )


def test_without_what_was_seen_or_a_goal_nothing_but_the_share_is_just_kept():
    bare = Achievement(Fraction(90), Fraction(9), Fraction(10))
    assert just_kept(bare) == Achievement(Fraction(100), Fraction(10), Fraction(10), is_met=True)
    of = (Direction.AT_LEAST, Judgement.LEVEL, Observation(D(9)))
    aimless = Achievement(None, Fraction(9), of=of)
    assert just_kept(aimless) == Achievement(Fraction(100), is_met=True, of=of)


def test_what_was_not_seen_measures_nothing_and_says_why():
    assert measured(Achievement(None)) == "Chưa có số liệu."
    assert measured(Achievement(None, problem="Chưa nộp.")) == "Chưa nộp."


def test_of_what_has_no_value_nothing_is_just_kept_but_all_of_it():
    assert just_kept(Achievement(None, problem="Chưa có số liệu.")) == Achievement(
        Fraction(100), is_met=True, problem="Chưa có số liệu."
    )
