"""Numbers in a line of arithmetic, and what is said of a number that stands at an edge."""

from dataclasses import replace
from datetime import date
from decimal import Decimal as D
from fractions import Fraction as F

import pytest

from campaign.scheme.rules.achievement import (
    Achievement,
    Observation,
    achievement,
    ratio,
    reached_words,
    terms_of,
)
from campaign.scheme.rules.block import Standing
from campaign.scheme.rules.formulas.bands import Bands
from campaign.scheme.rules.formulas.ceiling import Ceiling
from campaign.scheme.rules.formulas.place_in_block import RankInBlock
from campaign.scheme.rules.indicators import MeasuredIndicator
from campaign.scheme.rules.magnitudes import Known, magnitude_warning, size_question
from campaign.scheme.rules.points import IndicatorPoints, indicator_points
from campaign.scheme.rules.points_rule import PointsRule
from campaign.scheme.rules.progress import Share, Shares, campaign_share
from campaign.scheme.rules.rescaling import rescaled, rescaling_words
from campaign.scheme.rules.terms import CountedBy, Direction, Judgement
from campaign.scheme.rules.wording import is_short, percent_text, shown_percent, told, told_points


@pytest.mark.parametrize(
    ("value", "beside", "text"),
    [
        (F("12.3456"), (), "12,3456"),
        (F("12.34567"), (), "12,35"),
        (F(12), (), "12"),
        (F(1200), (), "1.200"),
        (F(1, 3), (), "0,33"),
        (F("11.99999"), (), "11,99999"),
        (F("12.00001"), (), "12,00001"),
        (F(2, 3), (F("0.67"),), "0,667"),
        (F(2, 3), (F("0.66"),), "0,67"),
        (F("0.335001"), (F("0.335"),), "0,34"),
        (F("0.334999"), (F("0.335"),), "0,33"),
        (F("5.00001"), (F("5.00001"),), "5,00001"),
    ],
)
def test_a_result_has_so_many_digits_that_it_stays_on_its_side(value, beside, text):
    assert told(value, beside) == text


@pytest.mark.parametrize(
    ("percent", "shown", "text"),
    [
        (F("97.126"), D("97.13"), "97,13 %"),
        (F(97), D("97.00"), "97,00 %"),
        (F("99.996"), D("99.996"), "99,996 %"),
        (F("100.001"), D("100.001"), "100,001 %"),
        (F("97.1267"), D("97.13"), "97,13 %"),
        (F(100), D("100.00"), "100,00 %"),
    ],
)
def test_a_per_cent_has_two_decimals_and_more_only_beside_a_hundred(percent, shown, text):
    assert shown_percent(percent).as_tuple() == shown.as_tuple()
    assert percent_text(percent) == text


@pytest.mark.parametrize(
    ("points", "text"),
    [
        (F("8.5"), "8,50"),
        (F(8), "8,00"),
        (F("8.125"), "8,125"),
        (F(1, 3), "0,33"),
        (F("8.12345"), "8,12"),
    ],
)
def test_points_in_a_line_have_two_decimals_at_least(points, text):
    assert told_points(points) == text


@pytest.mark.parametrize(
    ("value", "short"),
    [(F("0.123456"), True), (F("0.1234567"), False), (F(1, 3), False), (F(1_000_000_000), True)],
)
def test_six_decimals_are_written_out(value, short):
    assert is_short(value) is short


@pytest.mark.parametrize(
    ("points", "of", "to", "worked_out", "words"),
    [
        (D(8), D(10), D(10), "", ()),
        (D(8), D(10), D("12.5"), "", ("quy đổi: 8 × 12,5 ÷ 10 = 10,00",)),
        (F(1, 3), D(10), D(20), "10 × 1 ÷ 30", ("quy đổi: 10 × 1 ÷ 30 × 20 ÷ 10 = 0,67",)),
        (F(1, 3), D(10), D(20), "", ("quy đổi: 1/3 × 20 ÷ 10 = 0,67",)),
    ],
)
def test_re_scaling_is_told_where_it_changes_something(points, of, to, worked_out, words):
    assert rescaling_words(points, of, to, worked_out, places=2) == words


def test_nothing_is_re_scaled_where_both_maxima_are_the_same():
    assert rescaled(D("7.005"), D(0), D(0), 2) == D("7.01")
    assert rescaled(D("7.005"), D(10), D(20), 2) == D("14.01")


def test_what_is_only_watched_shows_its_number_and_no_per_cent():
    watched = "Chỉ tiêu chỉ để theo dõi, không tính điểm."
    for value, actual in ((D("4.5"), F("4.5")), (None, None)):
        reached = achievement(Direction.WATCH, Judgement.LEVEL, Observation(value))
        assert reached == Achievement(None, actual, problem=watched)


def test_a_number_without_its_target_is_kept_with_the_problem():
    of = (Direction.AT_LEAST, Judgement.LEVEL, Observation(D("4.5")))
    assert achievement(*of) == Achievement(None, F("4.5"), problem="Chưa có mức chỉ tiêu.", of=of)


@pytest.mark.parametrize(
    ("direction", "value", "target", "percent", "is_met"),
    [
        (Direction.AT_MOST, "0", "0", F(100), True),
        (Direction.AT_MOST, "2", "0.5", F(25), False),
        (Direction.AT_MOST, "2", "0", F(0), False),
        (Direction.AT_MOST, "2", "-4", F(0), False),
        (Direction.BELOW, "0", "5", F(100), True),
        (Direction.BELOW, "0", "0", F(0), False),
        (Direction.AT_LEAST, "0.25", "0.5", F(50), False),
        (Direction.AT_LEAST, "0", "0.5", F(0), False),
    ],
)
def test_small_limits_and_targets_are_compared_as_they_are(
    direction, value, target, percent, is_met
):
    reached = achievement(direction, Judgement.LEVEL, Observation(D(value), target=D(target)))
    assert (reached.percent, reached.is_met, reached.problem) == (percent, is_met, None)


@pytest.mark.parametrize(("value", "is_met"), [("0", True), ("-1", False)])
def test_a_target_of_nothing_has_no_per_cent_but_is_reached_or_missed(value, is_met):
    reached = achievement(Direction.AT_LEAST, Judgement.LEVEL, Observation(D(value), target=D(0)))
    assert (reached.percent, reached.is_met) == (None, is_met)
    assert reached.problem == "Mức phải đạt không lớn hơn 0."
    assert reached.steps == ()


def test_a_year_before_of_less_than_one_is_compared():
    seen = Observation(D("0.6"), growth_target=D(20), same_period_last_year=D("0.5"))
    reached = achievement(Direction.AT_LEAST, Judgement.GROWTH, seen)
    assert (reached.actual, reached.goal, reached.percent) == (F(120), F(120), F(100))


def _growth(value, last):
    seen = Observation(D(value), growth_target=D(8), same_period_last_year=D(last))
    return achievement(Direction.AT_LEAST, Judgement.GROWTH, seen)


def test_an_index_without_an_end_stands_as_its_sum():
    assert terms_of(_growth("110", "100")) == ("110", "108", "110", "100 × 108 %")
    assert terms_of(_growth("110", "300")) == ("110 ÷ 300 × 100", "108", "110", "300 × 108 %")
    assert terms_of(_growth("0", "300")) == ("0", "108", "0", "300 × 108 %")


def test_a_growth_just_beside_its_target_is_told_apart_from_it():
    assert reached_words(_growth("108.00001", "100"), ()) == (
        "So với cùng kỳ: 108,00001 ÷ 100 = 108,00001 %",
        "108,00001 ÷ (100 × 108 %) = 100,00001 %",
    )
    assert reached_words(_growth("324.015", "300"), (F("100.005"),)) == (
        "So với cùng kỳ: 324,015 ÷ 300 = 108,005 %",
        "324,015 ÷ (300 × 108 %) = 100,0046 %",
    )
    assert reached_words(_growth("0", "100"), ()) == (
        "So với cùng kỳ: 0 ÷ 100 = 0 %",
        "0 ÷ (100 × 108 %) = 0 %",
    )


def test_numbers_beside_each_other_are_told_apart_on_both_sides():
    seen = Observation(D("108.500001"), growth_target=D("8.5"), same_period_last_year=D(100))
    reached = achievement(Direction.AT_LEAST, Judgement.GROWTH, seen)
    assert reached.steps[0] == "So với cùng kỳ: 108,500001 ÷ 100 = 108,500001 %"
    seen = Observation(D("0.33"), target=D(1), expected_share=Share(D(4), 12))
    reached = achievement(Direction.AT_LEAST, Judgement.CUMULATIVE, seen)
    assert reached.steps == (
        "Tiến độ phải đạt: 1 × 4/12 = 0,333",
        "0,33 ÷ (1 × 4/12) = 99 %",
    )
    for value, limit, line in (
        ("5.50001", "5.5", "5,50001: không quá 5,5, chưa đạt"),
        ("5.5", "5.49999", "5,5: không quá 5,49999, chưa đạt"),
    ):
        seen = Observation(D(value), target=D(limit))
        assert achievement(Direction.AT_MOST, Judgement.LEVEL, seen).steps[0] == line


def test_nothing_is_told_of_what_was_not_compared():
    assert (reached_words(Achievement(None), ()), ratio(Achievement(None))) == ((), "0 ÷ 0")
    seen = Observation(D(5), target=D(5))
    compared = (Direction.AT_LEAST, Judgement.LEVEL, seen)
    assert reached_words(Achievement(F(1), F(1), None, of=compared), ()) == ()
    assert reached_words(Achievement(F(1), None, F(1), of=compared), ()) == ()
    assert reached_words(Achievement(F(1), F(1), F(1)), ()) == ()


@pytest.mark.parametrize(
    ("direction", "value", "target", "lines"),
    [
        (Direction.AT_MOST, "2", "0", ("2: không quá 0, chưa đạt",)),
        (
            Direction.AT_MOST,
            "2",
            "0.5",
            ("2: không quá 0,5, chưa đạt", "0,5 ÷ 2 = 25 %"),
        ),
        (Direction.BELOW, "4.99", "5", ("4,99: dưới 5, đạt",)),
        (Direction.BELOW, "5", "5", ("5: không dưới 5, chưa đạt", "5 ÷ 5 = 100 %")),
        (
            Direction.AT_MOST,
            "5.000004",
            "5.000001",
            (
                "5,000004: không quá 5,000001, chưa đạt",
                "5,000001 ÷ 5,000004 = 99,9999 %",
            ),
        ),
    ],
)
def test_a_limit_is_told_with_the_number_that_kept_or_broke_it(direction, value, target, lines):
    reached = achievement(direction, Judgement.LEVEL, Observation(D(value), target=D(target)))
    assert reached.steps == lines


RANK = PointsRule(RankInBlock())


def test_points_by_the_place_wait_with_the_maximum_they_will_have():
    reached = achievement(Direction.AT_LEAST, Judgement.LEVEL, Observation(D(5), target=D(4)))
    waiting = indicator_points(RANK, reached, D(10), to=D(12))
    assert (waiting.points, waiting.to) == (None, D(12))
    assert waiting.steps == reached.steps
    assert indicator_points(PointsRule(), Achievement(None, problem="x"), D(10)) == (
        IndicatorPoints(None, problem="x")
    )


@pytest.mark.parametrize(
    ("value", "per_percent", "cap", "bonus"),
    [
        ("100", "0.5", "5", "0.00"),
        ("100.5", "0.5", "5", "0.25"),
        ("101", "0.5", "5", "0.50"),
        ("120", "0.5", "5", "5.00"),
        ("99", "0.5", "5", "0.00"),
        ("120", "0", "5", "0.00"),
    ],
)
def test_each_per_cent_beyond_the_target_earns_up_to_the_cap(value, per_percent, cap, bonus):
    rule = PointsRule(bonus_per_percent=D(per_percent), bonus_cap=D(cap))
    reached = achievement(Direction.AT_LEAST, Judgement.LEVEL, Observation(D(value), target=D(100)))
    assert indicator_points(rule, reached, D(10)).bonus == D(bonus)


def _points(rule, direction, value, target, **more):
    reached = achievement(direction, Judgement.LEVEL, Observation(D(value), target=D(target)))
    return indicator_points(rule, reached, D(10), **more)


BANDS = PointsRule(Bands(bands=((D(100), D(90)), (D(50), D(40)))))
CEILING = PointsRule(Ceiling(lost=D("0.5"), unit=D("0.1")))


@pytest.mark.parametrize(
    ("rule", "direction", "value", "target", "line"),
    [
        (BANDS, Direction.AT_LEAST, "20", "100", "mức dưới 50 %: 0 % × 10 = 0,00 điểm"),
        (
            BANDS,
            Direction.AT_LEAST,
            "60",
            "100",
            "mức từ 50 % đến dưới 100 %: 40 % × 10 = 4,00 điểm",
        ),
        (BANDS, Direction.AT_LEAST, "100", "100", "mức từ 100 %: 90 % × 10 = 9,00 điểm"),
        (BANDS, Direction.AT_MOST, "5", "5", "mức từ 100 %: 90 % × 10 = 9,00 điểm"),
        (
            BANDS,
            Direction.BELOW,
            "5",
            "5",
            "chưa đạt, mức từ 50 % đến dưới 100 %: 40 % × 10 = 4,00 điểm",
        ),
        (
            BANDS,
            Direction.AT_MOST,
            "10",
            "5",
            "mức từ 50 % đến dưới 100 %: 40 % × 10 = 4,00 điểm",
        ),
        (CEILING, Direction.BELOW, "5", "5", "10 − 1 × 0,5 = 9,50 điểm"),
    ],
)
def test_the_last_line_names_the_band_or_what_was_lost(rule, direction, value, target, line):
    assert _points(rule, direction, value, target).steps[-1] == line


@pytest.mark.parametrize(
    ("direction", "value", "target", "line"),
    [
        (Direction.BELOW, "5", "5", "Số lần trừ: (5 − 5) ÷ 0,1, ít nhất 1 = 1"),
        (Direction.BELOW, "5.1", "5", "Số lần trừ: (5,1 − 5) ÷ 0,1 = 1"),
        (Direction.AT_MOST, "5.11", "5", "Số lần trừ: (5,11 − 5) ÷ 0,1, làm tròn lên = 2"),
        (Direction.AT_LEAST, "4.8", "5", "Số lần trừ: (5 − 4,8) ÷ 0,1 = 2"),
    ],
)
def test_how_often_points_are_lost_is_told_with_how_it_was_rounded(direction, value, target, line):
    assert _points(CEILING, direction, value, target).steps[-2] == line


def test_points_by_the_place_are_those_of_the_place_given():
    assert _points(RANK, Direction.AT_LEAST, "5", "4", standing=Standing(1)).points == D(10)
    assert _points(PointsRule(), Direction.AT_LEAST, "5", "4").case.place == 1


def test_an_endless_share_is_re_scaled_from_the_sum_without_its_words():
    rescaled_line = _points(PointsRule(), Direction.AT_LEAST, "1", "3", to=D(20)).steps[-1]
    assert rescaled_line == "quy đổi: 10 × 1 ÷ 3 × 20 ÷ 10 = 6,67"


INDICATOR = MeasuredIndicator(
    id=1,
    name="Bán lẻ",
    short_name="Bán lẻ",
    symbol="tấn",
    direction=Direction.AT_LEAST,
    judgement=Judgement.CUMULATIVE,
    year_target=None,
    growth_target=None,
    previous_year_value=None,
    decimals=4,
    required_kind=None,
    source_required=False,
    is_checked=True,
    rule=PointsRule(),
)
QUARTER = Shares(Share(D(3), 12), Share(D(50)))


@pytest.mark.parametrize(
    ("value", "known", "question"),
    [
        ("3", Known(target=D(100), shares=QUARTER), None),
        ("2.5", Known(target=D(100), shares=QUARTER), "mục tiêu (100)"),
        ("3", Known(last_year=D(100), shares=QUARTER), None),
        ("2.5", Known(last_year=D(100), shares=QUARTER), "cả năm trước (100)"),
        ("0.1", Known(target=D(100)), None),
        ("1000", Known(target=D(100), shares=QUARTER), "mục tiêu (100)"),
        ("999", Known(target=D(100), shares=QUARTER), None),
        ("2", Known(same_period=D(20)), "cùng kỳ năm trước (20)"),
        ("2.1", Known(same_period=D(20)), None),
        ("1.5", Known(same_period=D(20), last_period=D(1)), None),
        ("1.5", Known(same_period=D(20), last_period=D(15)), "cùng kỳ năm trước (20)"),
        ("1.5", Known(same_period=D(20), last_period=D(0)), "cùng kỳ năm trước (20)"),
        ("200", Known(same_period=D(20), last_period=D(150)), "cùng kỳ năm trước (20)"),
        (
            "500",
            Known(target=D(10), last_year=D(20), same_period=D(50)),
            "mục tiêu (10), cả năm trước (20), cùng kỳ năm trước (50)",
        ),
    ],
)
def test_a_number_is_held_against_the_part_due_of_each_that_is_known(value, known, question):
    asked = size_question(D(value), INDICATOR, known)
    shown = value.replace(".", ",") if float(value) < 1000 else "1.000"
    assert asked == (
        question and f"{shown} tấn khác {question} từ mười lần trở lên. Có nhầm đơn vị đo không?"
    )


@pytest.mark.parametrize(
    ("value", "known", "question"),
    [
        ("1000", {"target": "50"}, "1.000 % là quá 100 %. Có phải là 100 không?"),
        ("150", {"target": "100"}, "150 % là quá 100 %."),
        ("10000", {}, "10.000 % là quá 100 %. Có phải là 100 không?"),
        ("10050", {}, "10.050 % là quá 100 %."),
        ("400", {"target": "20"}, "400 % là quá 100 %. Có phải là 40 không?"),
        ("399", {"target": "20"}, "399 % là quá 100 %. Có phải là 39,9 không?"),
        ("401", {"target": "20"}, "401 % là quá 100 %."),
        ("50000", {"target": "50"}, "50.000 % là quá 100 %. Có phải là 50 không?"),
        ("-1", {"target": "0"}, "-1 % là số âm. Có đúng không?"),
        ("-1", {"target": "0.5"}, "-1 % là số âm. Có đúng không?"),
    ],
)
def test_a_share_beyond_the_whole_is_asked_about_with_the_comma_it_may_lack(value, known, question):
    share = replace(INDICATOR, symbol="%", judgement=Judgement.LEVEL)
    known = Known(**{name: D(number) for name, number in known.items()})
    assert size_question(D(value), share, known) == question


@pytest.mark.parametrize("known", [{"target": D(100)}, {"last_year": D(100)}])
def test_a_level_is_held_against_the_whole(known):
    level = replace(INDICATOR, judgement=Judgement.LEVEL)
    assert size_question(D(11), level, Known(**known, shares=QUARTER)) is None
    assert size_question(D(10), level, Known(**known, shares=QUARTER)) is not None


@pytest.mark.parametrize(
    ("target", "growth", "previous", "sentence"),
    [
        ("113.4", "8", "100", None),
        ("102.6", "8", "100", None),
        (
            "113.41",
            "8",
            "100",
            "Năm trước 100 và tăng 8 % thì mục tiêu khoảng 108,00, khác mức đã nhập 113,41.",
        ),
        (
            "2000",
            "8.5",
            "1000.5",
            "Năm trước 1.000,5 và tăng 8,5 % thì mục tiêu khoảng 1.085,54, khác mức đã nhập 2.000.",
        ),
        ("100", "-100", "100", None),
        (
            "100",
            "0",
            "50",
            "Năm trước 50 và tăng 0 % thì mục tiêu khoảng 50,00, khác mức đã nhập 100.",
        ),
    ],
)
def test_a_target_more_than_a_twentieth_from_what_growth_gives_is_told(
    target, growth, previous, sentence
):
    assert magnitude_warning(D(target), D(growth), D(previous)) == sentence


def test_the_first_day_of_a_campaign_counts():
    first, last = date(2026, 3, 1), date(2026, 3, 31)
    assert campaign_share(first, last, first, CountedBy.DAYS) == Share(D(1), 31)
    assert campaign_share(first, last, date(2026, 2, 28), CountedBy.DAYS) is None
