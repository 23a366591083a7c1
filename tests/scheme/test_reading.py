"""Rules of points as they are stored and read back, and what is refused of them."""

import json
from decimal import Decimal as D

import pytest

from campaign.core.errors import RuleViolation
from campaign.scheme.rules.formulas.bands import Bands
from campaign.scheme.rules.formulas.ceiling import Ceiling
from campaign.scheme.rules.formulas.leader import Leader
from campaign.scheme.rules.formulas.levels import Levels
from campaign.scheme.rules.formulas.place_in_block import PlaceTable, RankInBlock
from campaign.scheme.rules.formulas.step import Counted, MissingIn, Step
from campaign.scheme.rules.points_rule import PointsRule, Proportion
from campaign.scheme.rules.reading import points_rule_from_data, unfit_of
from campaign.scheme.rules.telling import rule_words
from campaign.scheme.rules.terms import Direction, Judgement

RULE = PointsRule(
    Bands(bands=((D(100), D(100)), (D("80.5"), D(50)))),
    bonus_per_percent=D("0.1"),
    bonus_cap=D(2),
)
DATA = {
    "kind": "bands",
    "bands": [["100", "100"], ["80.5", "50"]],
    "bonus_per_percent": "0.1",
    "bonus_cap": "2",
}
OLD_DATA = {**DATA, "lost": "0.5", "unit": "0.25", "lost_percent": "4"}


def test_a_rule_is_stored_in_strings_and_read_back_as_it_was():
    assert RULE.to_data() == DATA
    assert points_rule_from_data(DATA) == RULE


def test_a_row_that_carries_the_parameters_of_every_kind_is_read_by_its_own():
    assert points_rule_from_data(OLD_DATA) == RULE
    assert points_rule_from_data({**OLD_DATA, "kind": "ceiling"}).how == Ceiling(
        lost=D("0.5"), unit=D("0.25")
    )
    assert points_rule_from_data({**OLD_DATA, "kind": "rank_in_block"}).how == RankInBlock(
        lost_percent=D(4)
    )
    assert points_rule_from_data({**OLD_DATA, "kind": "step"}).how == Step(lost=D("0.5"))


@pytest.mark.parametrize(
    "how",
    [
        Step(lost=D("0.5"), counted=Counted.STARTED, missing_in=MissingIn.UNIT, each=D(2)),
        Leader(target_share=D(60), without_target=True),
        Leader(),
        PlaceTable(places=(D(10), D(8), D("6.5"))),
        Levels(levels=((D(5), D(1)), (D("-2.5"), D("0.25")))),
        Proportion(),
    ],
)
def test_the_parameters_of_each_kind_survive_being_stored(how):
    stored = json.loads(json.dumps(PointsRule(how).to_data()))
    assert points_rule_from_data(stored) == PointsRule(how)
    assert {type(value) for value in stored.values()} <= {str, list, bool}


def test_what_is_not_stored_is_as_a_new_rule_has_it():
    assert points_rule_from_data({}) == PointsRule()


def test_levels_stand_from_the_highest_down_however_they_were_typed():
    rising = {**DATA, "bands": [["80.5", "50"], ["100", "100"]]}
    assert points_rule_from_data(rising).how.bands == ((D(100), D(100)), (D("80.5"), D(50)))


@pytest.mark.parametrize(
    "bands",
    [
        [["0", "0"]],
        [["0.5", "0.5"]],
        [["100", "100"], ["0", "100"]],
        [["150", "100"], ["100", "99"], ["50", "99"]],
    ],
)
def test_levels_from_nothing_and_equal_shares_are_allowed(bands):
    rule = points_rule_from_data({"kind": "bands", "bands": bands})
    assert rule.how.bands == tuple((D(start), D(share)) for start, share in bands)


LEVELS = (
    "Bảng mức đạt cần ít nhất một dòng, các mức khác nhau, mức cao hơn được tỷ lệ điểm không "
    "thấp hơn, tỷ lệ từ 0 đến 100 %."
)


@pytest.mark.parametrize(
    ("data", "sentence", "field"),
    [
        ({"kind": "bands", "bands": []}, LEVELS, "bands"),
        ({"kind": "bands", "bands": [["90", "80"], ["90", "70"]]}, LEVELS, "bands"),
        ({"kind": "bands", "bands": [["90", "80"], ["-1", "0"]]}, LEVELS, "bands"),
        ({"kind": "bands", "bands": [["90", "100.5"]]}, LEVELS, "bands"),
        ({"kind": "bands", "bands": [["90", "-0.5"]]}, LEVELS, "bands"),
        ({"kind": "bands", "bands": [["90", "70"], ["80", "71"]]}, LEVELS, "bands"),
        ({"kind": "step"}, "Hãy nhập số điểm bị trừ, lớn hơn 0.", "lost"),
        ({"kind": "ceiling", "lost": "0"}, "Hãy nhập số điểm bị trừ, lớn hơn 0.", "lost"),
        (
            {"kind": "ceiling", "lost": "1", "unit": "0"},
            "Hãy nhập phần vượt cho mỗi lần trừ, lớn hơn 0.",
            "unit",
        ),
        (
            {"kind": "rank_in_block", "lost_percent": "0"},
            "Tỷ lệ trừ mỗi bậc phải lớn hơn 0 và không quá 100 %.",
            "lost_percent",
        ),
        (
            {"kind": "rank_in_block", "lost_percent": "100.5"},
            "Tỷ lệ trừ mỗi bậc phải lớn hơn 0 và không quá 100 %.",
            "lost_percent",
        ),
        ({"bonus_per_percent": "-1"}, "Điểm thưởng không được âm.", "bonus_cap"),
        ({"bonus_cap": "-1"}, "Điểm thưởng không được âm.", "bonus_cap"),
        (
            {"bonus_per_percent": "0.1"},
            "Điểm thưởng cần cả mức cho mỗi 1 % vượt và mức tối đa.",
            "bonus_cap",
        ),
        (
            {"bonus_cap": "0.5"},
            "Điểm thưởng cần cả mức cho mỗi 1 % vượt và mức tối đa.",
            "bonus_cap",
        ),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_field(data, sentence, field):
    with pytest.raises(RuleViolation) as refusal:
        points_rule_from_data(data)
    assert (str(refusal.value), refusal.value.field) == (sentence, field)


@pytest.mark.parametrize(
    "data",
    [
        {"kind": "step", "lost": "0.5"},
        {"kind": "ceiling", "lost": "0.5", "unit": "0.5"},
        {"kind": "rank_in_block", "lost_percent": "0.5"},
        {"kind": "rank_in_block", "lost_percent": "100"},
        {"bonus_per_percent": "0.5", "bonus_cap": "0.5"},
    ],
)
def test_what_lies_within_the_bounds_is_read(data):
    rule = points_rule_from_data(data).to_data()
    assert {name: rule[name] for name in data} == data


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "tỷ lệ thuận với mức đạt"),
        (
            {"bonus_per_percent": "0.2", "bonus_cap": "1"},
            "tỷ lệ thuận với mức đạt; thưởng 0,2 điểm cho mỗi 1 % vượt, không quá 1",
        ),
        (
            {"kind": "step", "lost": "0.5"},
            "trừ dần theo phần còn thiếu; thiếu mỗi 1 % trừ 0,5 điểm, chỉ tính phần thiếu đủ",
        ),
        (
            {"kind": "step", "lost": "2", "each": "10", "missing_in": "unit"},
            "trừ dần theo phần còn thiếu; thiếu mỗi 10 đơn vị đo trừ 2 điểm, chỉ tính phần thiếu "
            "đủ",
        ),
        (
            DATA,
            "theo bảng mức đạt (%); từ 100 % được 100 % điểm, từ 80,5 % được 50 % điểm; "
            "thưởng 0,1 điểm cho mỗi 1 % vượt, không quá 2",
        ),
        (
            {"kind": "levels", "levels": [["5000", "10"], ["4000", "8"]]},
            "theo bảng giá trị; 5.000 được 10 điểm, 4.000 được 8 điểm",
        ),
        ({"kind": "all_or_nothing"}, "đạt thì đủ điểm, không đạt thì 0"),
        (
            {"kind": "ceiling", "lost": "1"},
            "không được vượt: trừ điểm theo phần vượt; vượt mỗi 0,1 trừ 1 điểm",
        ),
        (
            {
                "kind": "start_and_step",
                "start": "5000",
                "start_points": "10",
                "every": "100",
                "gain": "0.5",
            },
            "từ mức khởi điểm, thêm mỗi phần được thêm điểm; đến 5.000 được 10 điểm, cứ thêm 100 "
            "được 0,5",
        ),
        (
            {"kind": "start_and_step", "start": "5", "start_points": "10", "fall": "2"},
            "từ mức khởi điểm, thêm mỗi phần được thêm điểm; đến 5 được 10 điểm, thiếu mỗi 1 bớt 2",
        ),
        (
            {"kind": "rank_in_block"},
            "theo thứ hạng trong khối, mỗi bậc trừ một tỷ lệ; mỗi bậc trừ 5 % điểm tối đa",
        ),
        (
            {"kind": "place_table", "places": ["10", "8", "6.5"]},
            "theo bảng điểm của thứ hạng trong khối (10-8-6…); 10-8-6,5 điểm",
        ),
        (
            {"kind": "parts_of_block", "parts": ["100", "50"]},
            "theo phần của khối (một phần ba, một phần tư…); 100-50 % điểm tối đa",
        ),
        (
            {"kind": "leader", "target_share": "60"},
            "so với đơn vị dẫn đầu khối; vừa đạt mục tiêu được 60 % điểm tối đa",
        ),
        (
            {"kind": "leader", "without_target": True},
            "so với đơn vị dẫn đầu khối; vừa đạt mục tiêu được 50 % điểm tối đa; không được giao "
            "thì so với số cao nhất",
        ),
    ],
)
def test_a_rule_is_told_in_a_line_with_its_parameters(data, words):
    assert rule_words(points_rule_from_data(data), Direction.AT_LEAST) == words


@pytest.mark.parametrize("direction", [Direction.AT_MOST, Direction.BELOW])
@pytest.mark.parametrize(
    ("how", "words"),
    [
        (
            Step(lost=D(2), missing_in=MissingIn.UNIT),
            "trừ dần theo phần còn thiếu; vượt mỗi 1 đơn vị đo trừ 2 điểm, chỉ tính phần vượt đủ",
        ),
        (
            Step(lost=D(2)),
            "trừ dần theo phần còn thiếu; thiếu mỗi 1 % trừ 2 điểm, chỉ tính phần thiếu đủ",
        ),
        (RankInBlock(), rule_words(PointsRule(RankInBlock()), Direction.AT_LEAST)),
    ],
)
def test_of_a_limit_units_are_counted_over_it(direction, how, words):
    assert rule_words(PointsRule(how), direction) == words


def test_the_share_of_a_growth_fits_only_where_growth_is_judged():
    share = points_rule_from_data({"kind": "growth_share"})
    assert unfit_of(share, Direction.AT_LEAST, Judgement.GROWTH) is None
    assert unfit_of(share, Direction.AT_LEAST, Judgement.LEVEL) == (
        "Quy tắc này chỉ dùng khi đánh giá tăng trưởng so với cùng kỳ năm trước.",
        "kind",
    )


def test_a_table_of_values_fits_where_the_better_value_has_more_points():
    rising = PointsRule(Levels(levels=((D(5), D(10)), (D(3), D(4)))))
    assert unfit_of(rising, Direction.AT_LEAST, Judgement.LEVEL) is None
    assert unfit_of(rising, Direction.AT_MOST, Judgement.LEVEL) == (
        "Bảng giá trị ngược chiều với chỉ tiêu.",
        "levels",
    )


def test_a_rule_fits_an_indicator_or_says_in_which_field_it_does_not():
    leader = PointsRule(Leader())
    assert unfit_of(leader, Direction.AT_LEAST, Judgement.LEVEL) is None
    assert unfit_of(RULE, Direction.BELOW, Judgement.GROWTH) is None
    assert unfit_of(leader, Direction.AT_MOST, Judgement.LEVEL) == (
        "Quy tắc này chỉ dùng cho chỉ tiêu đạt từ mức này trở lên.",
        "kind",
    )
