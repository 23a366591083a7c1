"""Points by occurrences, worked out by hand; days and kinds that are refused."""

from datetime import date
from decimal import Decimal as D

import pytest

from campaign.counts.rules import (
    day_problem,
    exemplar_of,
    hand_problem,
    kind_problem,
    tally,
    waiting,
)
from campaign.reporting.listed import ListedOccurrence, OccurrenceState
from campaign.scheme.rules.counts import (
    CountRule,
    CountRuleKind,
    CountSource,
    KindPoints,
    count_drawings,
    count_points,
    count_problems,
    count_rule_from_data,
    count_rule_words,
)

HALF = CountRule(each=D("0.5"))
EIGHTH = CountRule(each=D("0.125"))
LESS = CountRule(start=D(10), each=D(-2), lowest=D(1))
IN_TIME = CountRule(each=D(1), source=CountSource.STUDIED, within=10)
AWARDS = CountRule(
    CountRuleKind.AWARDS,
    kinds=(KindPoints("Bằng khen", D("1.5")), KindPoints("Phê bình", D(-1))),
)


@pytest.mark.parametrize(
    ("rule", "held", "maximum", "to", "points", "last"),
    [
        (HALF, {}, 3, 3, "0", "0 × 0,5 = 0,00 điểm"),
        (HALF, {"": 5}, 3, 3, "2.5", "5 × 0,5 = 2,50 điểm"),
        (HALF, {"": 7}, 3, 3, "3", "7 × 0,5, không quá 3 = 3,00 điểm"),
        (HALF, {"": 5}, 3, 6, "5", "quy đổi: 2,5 × 6 ÷ 3 = 5,00"),
        (EIGHTH, {"": 1}, 3, 3, "0.13", "1 × 0,125 = 0,13 điểm"),
        (LESS, {}, 10, 10, "10", "10 − 0 × 2 = 10,00 điểm"),
        (LESS, {"": 3}, 10, 10, "4", "10 − 3 × 2 = 4,00 điểm"),
        (LESS, {"": 5}, 10, 10, "1", "10 − 5 × 2, không dưới 1 = 1,00 điểm"),
        (AWARDS, {}, 5, 5, "0", "Chưa có lần nào được công nhận: 0 = 0,00 điểm"),
        (AWARDS, {"Bằng khen": 2, "Phê bình": 1}, 5, 5, "2", "3 + (-1) = 2,00 điểm"),
        (AWARDS, {"Bằng khen": 4}, 5, 5, "5", "6, không quá 5 = 5,00 điểm"),
        (AWARDS, {"Phê bình": 1}, 5, 5, "0", "(-1), không dưới 0 = 0,00 điểm"),
    ],
)
def test_points_by_occurrences_and_their_arithmetic(rule, held, maximum, to, points, last):
    counted = count_points(rule, held, D(maximum), D(to))
    assert (counted.points, counted.steps[-1]) == (D(points), last)


def test_each_occurrence_adds_to_what_there_is_before_any():
    assert count_points(CountRule(start=D(2), each=D(1)), {"": 2}, D(5)).steps == (
        "Số lần được công nhận: 2",
        "2 + 2 × 1 = 4,00 điểm",
    )


def test_points_by_occurrences_are_told_with_the_decimals_of_the_plan():
    assert count_points(HALF, {"": 1}, D(3), places=1).steps[-1] == "1 × 0,5 = 0,5 điểm"


def test_only_what_takes_away_stands_in_brackets():
    small = CountRule(
        CountRuleKind.AWARDS,
        kinds=(KindPoints("Giấy khen", D("0.5")), KindPoints("Thư cảm ơn", D(0))),
    )
    assert count_points(small, {"Giấy khen": 1, "Thư cảm ơn": 2}, D(5)).steps == (
        "Giấy khen: 1 × 0,5 = 0,5",
        "Thư cảm ơn: 2 × 0 = 0",
        "0,5 + 0 = 0,50 điểm",
    )


def test_each_kind_is_told_in_a_line_of_its_own():
    assert count_points(AWARDS, {"Bằng khen": 2, "Phê bình": 1}, D(5)).steps[:2] == (
        "Bằng khen: 2 × 1,5 = 3",
        "Phê bình: 1 × (-1) = -1",
    )
    assert count_points(HALF, {"": 5}, D(3)).steps[0] == "Số lần được công nhận: 5"


@pytest.mark.parametrize(
    ("rule", "field", "sentence"),
    [
        (CountRule(), "count_each", "Hãy nhập điểm cho mỗi lần, khác 0."),
        (
            CountRule(start=D(-1), each=D(1)),
            "count_start",
            "Điểm khi chưa có lần nào không được âm.",
        ),
        (
            CountRule(start=D(6), each=D(1)),
            "count_start",
            "Điểm khi chưa có lần nào không được quá điểm tối đa.",
        ),
        (
            CountRule(each=D(-1)),
            "count_start",
            "Mỗi lần bớt điểm thì điểm khi chưa có lần nào phải lớn hơn 0.",
        ),
        (
            CountRule(each=D(1), lowest=D(6)),
            "count_lowest",
            "Mức sàn phải từ 0 đến điểm tối đa.",
        ),
        (
            CountRule(CountRuleKind.AWARDS),
            "count_kinds",
            "Hãy nhập ít nhất một loại và điểm.",
        ),
        (
            CountRule(CountRuleKind.AWARDS, kinds=(KindPoints("a", D(1)), KindPoints("A", D(2)))),
            "count_kinds",
            "Mỗi loại chỉ ghi một dòng.",
        ),
        (
            CountRule(
                CountRuleKind.AWARDS,
                kinds=(KindPoints("a", D(1)),),
                source=CountSource.FOUND,
            ),
            "count_source",
            "Các lần lấy từ sổ thì tính theo số lần, không theo loại.",
        ),
        (
            CountRule(each=D(1), source=CountSource.FOUND, within=10),
            "count_within",
            "Chỉ việc quán triệt mới tính theo số ngày; hãy để trống.",
        ),
    ],
)
def test_what_is_no_rule_is_refused_in_its_field(rule, field, sentence):
    assert count_problems(rule, D(5)) == [(sentence, field)]


def test_the_floor_may_be_as_high_as_the_maximum():
    assert count_problems(CountRule(each=D(1), lowest=D(5)), D(5)) == []


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (HALF, "mỗi lần trừ 0,5 điểm"),
        (LESS, "bắt đầu từ 10 điểm, mỗi lần bớt 2 điểm, không dưới 1"),
        (AWARDS, "trừ Bằng khen 1,5 điểm, Phê bình -1 điểm mỗi lần"),
    ],
)
def test_a_rule_of_a_penalty_says_that_it_takes_away(rule, words):
    assert count_rule_words(rule, is_penalty=True) == words


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (HALF, "mỗi lần được 0,5 điểm"),
        (LESS, "bắt đầu từ 10 điểm, mỗi lần bớt 2 điểm, không dưới 1"),
        (AWARDS, "Bằng khen 1,5 điểm, Phê bình -1 điểm mỗi lần"),
        (
            CountRule(each=D(1), source=CountSource.SUMMED_UP),
            "mỗi lần được 1 điểm; mỗi lần là một điển hình của đơn vị đã đến bước Tổng kết",
        ),
        (
            IN_TIME,
            "mỗi lần được 1 điểm; mỗi lần là một văn bản chỉ đạo đã quán triệt trong 10 ngày từ "
            "ngày đăng",
        ),
    ],
)
def test_a_rule_is_stored_and_told(rule, words):
    assert count_rule_words(rule) == words
    assert count_rule_from_data(rule.to_data()) == rule
    assert not count_problems(rule, D(10))


def test_a_register_is_stored_only_with_a_rule_that_takes_from_one():
    stored = {"kind": "times", "start": "0.00", "each": "0.5", "kinds": [], "lowest": "0.00"}
    assert HALF.to_data() == stored
    assert IN_TIME.to_data() == {**stored, "each": "1", "source": "studied", "within": "10"}


def test_the_trial_of_occurrences_without_kinds_is_one_line_without_a_name():
    ((name, drawn),) = count_drawings(EIGHTH, D(3), 1)
    assert name == ""
    assert [(str(sample.at), str(sample.points)) for sample in drawn.samples] == [
        ("0", "0.0"),
        ("1", "0.1"),
        ("2", "0.3"),
        ("3", "0.4"),
        ("4", "0.5"),
        ("5", "0.6"),
        ("6", "0.8"),
    ]
    assert drawn.dots == (
        (0, 120),
        (50, 105),
        (100, 75),
        (150, 60),
        (200, 45),
        (250, 30),
        (300, 0),
    )
    assert (drawn.highest, drawn.is_by_place) == (D("0.8"), False)


def test_the_trial_has_seven_values_of_each_kind_and_a_line_through_them():
    (name, award), (_, blame) = count_drawings(AWARDS, D(5))
    shown = [str(sample.points) for sample in award.samples]
    assert (name, shown) == (
        "Bằng khen",
        ["0.00", "1.50", "3.00", "4.50", "5.00", "5.00", "5.00"],
    )
    assert award.line == "0,120 50,84 100,48 150,12 200,0 250,0 300,0"
    assert {sample.points for sample in blame.samples} == {D(0)}


def test_only_what_was_accepted_counts_and_each_is_told_with_what_became_of_it():
    day = date(2021, 3, 12)
    rows = [
        ListedOccurrence(1, day, "", "Hội thi", OccurrenceState.ACCEPTED),
        ListedOccurrence(2, day, "", "Lớp học", OccurrenceState.CLAIMED),
        ListedOccurrence(3, day, "Bằng khen", "Số 5", OccurrenceState.STRUCK, "trùng"),
    ]
    assert (tally(rows), waiting(rows)) == ({"": 1}, 1)
    assert [row.words for row in rows] == [
        "12/03/2021 Hội thi: được công nhận",
        "12/03/2021 Lớp học: chờ thẩm định",
        "12/03/2021 Bằng khen, Số 5: không được công nhận (trùng)",
    ]
    assert tally(row.as_hoped() for row in rows) == {"": 2}
    assert [row.state.tone for row in rows] == ["ok", "info", "warn"]


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2021, 2, 1), ""),
        (date(2021, 3, 1), ""),
        (date(2021, 3, 2), "Ngày này chưa đến."),
        (date(2021, 4, 30), "Ngày này chưa đến."),
        (
            date(2021, 1, 31),
            "Ngày phải trong thời gian của phong trào, từ 01/02/2021 đến 30/04/2021.",
        ),
    ],
)
def test_an_occurrence_is_of_a_day_of_the_campaign_that_has_come(day, why):
    first, last = date(2021, 2, 1), date(2021, 4, 30)
    assert day_problem(day, first, last, date(2021, 3, 1)) == why


def test_the_last_day_of_a_campaign_is_one_of_its_days():
    first, last = date(2021, 2, 1), date(2021, 4, 30)
    assert [
        day_problem(day, first, last, date(2021, 5, 2)) for day in (last, date(2021, 5, 1))
    ] == [
        "",
        "Ngày phải trong thời gian của phong trào, từ 01/02/2021 đến 30/04/2021.",
    ]


def test_a_kind_is_one_of_the_plans():
    assert kind_problem(AWARDS, "Giấy khen") == "Hãy chọn loại khen thưởng hoặc văn bản."
    assert kind_problem(AWARDS, "Bằng khen") == kind_problem(HALF, "") == ""


def test_what_is_taken_from_a_register_is_not_listed_by_hand_too():
    assert hand_problem(HALF) == ""
    assert hand_problem(IN_TIME) == (
        "Các lần của tiêu chí này lấy từ sổ: văn bản chỉ đạo đã quán triệt trong 10 ngày từ ngày "
        "đăng; không kê tay."
    )


@pytest.mark.parametrize(("origin", "row"), [(None, None), ("study:5", None), ("exemplar:12", 12)])
def test_an_occurrence_knows_the_example_it_comes_of(origin, row):
    assert exemplar_of(origin) == row
