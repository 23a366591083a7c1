"""What each kind of rule refuses of its parameters, in which words, and how it counts aloud."""

from decimal import Decimal as D

import pytest

from campaign.core.errors import RuleViolation
from campaign.scheme.rules.achievement import Observation, achievement
from campaign.scheme.rules.block import Standing
from campaign.scheme.rules.points import indicator_points
from campaign.scheme.rules.reading import points_rule_from_data
from campaign.scheme.rules.terms import Direction, Judgement

UP, DOWN, BELOW = Direction.AT_LEAST, Direction.AT_MOST, Direction.BELOW
START = {"kind": "start_and_step", "start": "5", "start_points": "1", "every": "1", "gain": "1"}
PLACES = "Hãy nhập điểm của từng thứ hạng, không tăng dần, ví dụ 10-8-6."
PARTS = (
    "Hãy nhập tỷ lệ điểm của từng phần, từ 2 đến 10 phần, từ 0 đến 100 %, không tăng dần, ví dụ "
    "100-75-50."
)
LEVELS = (
    "Bảng giá trị cần ít nhất một dòng, các giá trị khác nhau, điểm không âm và chỉ tăng hoặc chỉ "
    "giảm theo giá trị."
)


@pytest.mark.parametrize(
    ("data", "sentence", "field"),
    [
        ({"kind": "place_table", "places": []}, PLACES, "places"),
        ({"kind": "place_table", "places": ["8", "-1"]}, PLACES, "places"),
        ({"kind": "parts_of_block", "parts": ["100"]}, PARTS, "parts"),
        ({"kind": "parts_of_block", "parts": ["100"] * 11}, PARTS, "parts"),
        ({"kind": "levels", "levels": []}, LEVELS, "levels"),
        ({"kind": "levels", "levels": [["3", "-1"]]}, LEVELS, "levels"),
        (
            {"kind": "leader", "target_share": "0"},
            "Tỷ lệ điểm khi vừa đạt mục tiêu phải lớn hơn 0 và dưới 100 %.",
            "target_share",
        ),
        (
            {"kind": "step", "lost": "1", "each": "0"},
            "Hãy nhập phần thiếu cho mỗi lần trừ, lớn hơn 0.",
            "each",
        ),
        ({**START, "every": "0"}, "Hãy nhập phần thêm cho mỗi lần, lớn hơn 0.", "every"),
        (
            {**START, "start_points": "-1"},
            "Điểm ở mức khởi điểm không được âm.",
            "start_points",
        ),
        ({**START, "gain": "-1"}, "Điểm thêm không được âm.", "gain"),
        ({**START, "fall": "-1"}, "Điểm bớt không được âm.", "fall"),
        (
            {**START, "gain": "0"},
            "Hãy nhập điểm thêm cho mỗi phần vượt, hoặc điểm bớt cho mỗi phần thiếu.",
            "gain",
        ),
    ],
)
def test_what_makes_no_sense_is_refused_in_its_own_words(data, sentence, field):
    with pytest.raises(RuleViolation) as refusal:
        points_rule_from_data(data)
    assert (str(refusal.value), refusal.value.field) == (sentence, field)


@pytest.mark.parametrize(
    "data",
    [
        {"kind": "place_table", "places": ["0"]},
        {"kind": "place_table", "places": ["0.5", "0.5", "0"]},
        {"kind": "parts_of_block", "parts": ["100", "0"]},
        {"kind": "parts_of_block", "parts": ["50"] * 10},
        {"kind": "levels", "levels": [["3", "0"]]},
        {"kind": "leader", "target_share": "0.5"},
        {"kind": "step", "lost": "0.5", "each": "0.5"},
        {**START, "start_points": "0", "every": "0.5", "gain": "0.5"},
        {**START, "gain": "0", "fall": "0.5"},
    ],
)
def test_what_lies_just_within_the_bounds_is_read(data):
    stored = points_rule_from_data(data).to_data()
    assert {name: stored[name] for name in data} == data


def _lines(rule, direction, value, target, standing=None):
    reached = achievement(direction, Judgement.LEVEL, Observation(D(value), target=D(target)))
    points = indicator_points(
        points_rule_from_data(rule), reached, D(10), standing=standing or Standing()
    )
    return points.steps


STEP = {"kind": "step", "lost": "0.5"}
FALL = {**START, "start_points": "6", "fall": "2"}
PART = {"kind": "parts_of_block", "parts": ["100", "75", "50"]}


@pytest.mark.parametrize(
    ("rule", "direction", "value", "target", "lines"),
    [
        (
            {**STEP, "counted": "started"},
            UP,
            "97.5",
            "100",
            ("thiếu 3 % (phần lẻ tính là 1): 10 − 3 × 0,5 = 8,50 điểm",),
        ),
        (STEP, UP, "97.5", "100", ("thiếu 2 % (bỏ phần lẻ): 10 − 2 × 0,5 = 9,00 điểm",)),
        (
            {**STEP, "each": "2"},
            UP,
            "95",
            "100",
            ("Số lần trừ: (100 − 95) ÷ 2, bỏ phần lẻ = 2", "10 − 2 × 0,5 = 9,00 điểm"),
        ),
        (
            {**STEP, "each": "2", "counted": "started"},
            UP,
            "95",
            "100",
            ("Số lần trừ: (100 − 95) ÷ 2, làm tròn lên = 3", "10 − 3 × 0,5 = 8,50 điểm"),
        ),
        (
            {**STEP, "each": "2"},
            UP,
            "96",
            "100",
            ("Số lần trừ: (100 − 96) ÷ 2 = 2", "10 − 2 × 0,5 = 9,00 điểm"),
        ),
        (
            {**STEP, "missing_in": "unit"},
            UP,
            "7",
            "9",
            ("Số lần trừ: (9 − 7) = 2", "10 − 2 × 0,5 = 9,00 điểm"),
        ),
        (
            {**STEP, "missing_in": "unit"},
            DOWN,
            "9",
            "7",
            ("Số lần trừ: (9 − 7) = 2", "10 − 2 × 0,5 = 9,00 điểm"),
        ),
        (
            {**STEP, "lost": "0.05", "each": "2"},
            DOWN,
            "9",
            "0",
            ("Số lần trừ: (100 − 0) ÷ 2 = 50", "10 − 50 × 0,05 = 7,50 điểm"),
        ),
        (
            {**STEP, "each": "2"},
            UP,
            "2",
            "3",
            ("Số lần trừ: (100 − 2 ÷ 3 × 100) ÷ 2, bỏ phần lẻ = 16", "10 − 16 × 0,5 = 2,00 điểm"),
        ),
        (
            {**STEP, "each": "2"},
            DOWN,
            "1",
            "0.9",
            ("Số lần trừ: (100 − 90) ÷ 2 = 5", "10 − 5 × 0,5 = 7,50 điểm"),
        ),
        (FALL, UP, "7", "7", ("Số lần: (7 − 5) ÷ 1 = 2", "6 + 2 × 1 = 8,00 điểm")),
        (FALL, UP, "7.5", "7", ("Số lần: (7,5 − 5) ÷ 1, bỏ phần lẻ = 2", "6 + 2 × 1 = 8,00 điểm")),
        (
            FALL,
            UP,
            "3.5",
            "3",
            ("Số lần: (5 − 3,5) ÷ 1, làm tròn lên = 2", "6 − 2 × 2 = 2,00 điểm"),
        ),
        (
            FALL,
            UP,
            "10",
            "3",
            ("Số lần: (10 − 5) ÷ 1 = 5", "6 + 5 × 1, không quá 10 = 10,00 điểm"),
        ),
        (START, UP, "4", "3", ("4, chưa tới mức khởi điểm 5: 0 = 0,00 điểm",)),
    ],
)
def test_what_was_counted_is_told_line_by_line(rule, direction, value, target, lines):
    assert _lines(rule, direction, value, target)[-len(lines) :] == lines


@pytest.mark.parametrize(
    ("place", "size", "first", "points"),
    [
        (1, 6, "Phần của khối: (1 − 1) × 3 ÷ 6 + 1 = 1", "100 % × 10 = 10,00 điểm"),
        (3, 6, "Phần của khối: (3 − 1) × 3 ÷ 6 + 1 = 2", "75 % × 10 = 7,50 điểm"),
        (4, 6, "Phần của khối: (4 − 1) × 3 ÷ 6 + 1, bỏ phần lẻ = 2", "75 % × 10 = 7,50 điểm"),
        (6, 7, "Phần của khối: (6 − 1) × 3 ÷ 7 + 1, bỏ phần lẻ = 3", "50 % × 10 = 5,00 điểm"),
    ],
)
def test_the_part_of_the_block_is_worked_out_in_a_line(place, size, first, points):
    lines = _lines(PART, UP, "5", "4", Standing(place, size))
    assert lines[-2] == first
    assert lines[-1].endswith(f": {points}")


@pytest.mark.parametrize(
    ("places", "line"),
    [
        (["12", "8"], "thứ 1 trong khối: 12, không quá 10 = 10,00 điểm"),
        (["10", "8"], "thứ 1 trong khối: 10 = 10,00 điểm"),
        (["9", "8"], "thứ 1 trong khối: 9 = 9,00 điểm"),
    ],
)
def test_a_table_of_places_gives_no_more_than_the_maximum(places, line):
    rule = {"kind": "place_table", "places": places}
    assert _lines(rule, UP, "5", "4", Standing(1, 2))[-1] == line
