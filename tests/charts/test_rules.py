"""Where what is drawn stands, for every kind of numbers there may be."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from campaign.charts import findings
from campaign.charts.course import Point, course
from campaign.charts.marks import heat, spread
from campaign.charts.pictures import Bar, Dot, Stack, bars, dots, stacks
from campaign.charts.rules import Part, middle, scale_of, short_number, shortened

HUGE = Decimal(44462000000000)


@pytest.mark.parametrize(
    ("values", "from_zero", "steps"),
    [
        ([], True, ["0", "0,25", "0,5", "0,75", "1"]),
        ([None], True, ["0", "0,25", "0,5", "0,75", "1"]),
        ([Decimal(0)], True, ["0", "0,25", "0,5", "0,75", "1"]),
        ([Decimal(87)], True, ["0", "25", "50", "75", "100"]),
        ([Decimal("1214.6")], True, ["0", "500", "1.000", "1.500"]),
        ([Decimal(-3), Decimal(5)], True, ["-4", "-2", "0", "2", "4", "6"]),
        ([Decimal(-8)], True, ["-8", "-6", "-4", "-2", "0"]),
        ([Decimal(90), Decimal(90)], False, ["89", "89,5", "90", "90,5", "91"]),
        ([Decimal("88.2"), Decimal("93.85")], False, ["88", "90", "92", "94"]),
        ([Decimal(42)], True, ["0", "20", "40", "60"]),
        ([HUGE], True, ["0", "20.000 tỷ", "40.000 tỷ", "60.000 tỷ"]),
        ([Decimal("0.0004")], True, ["0"] * 5),
    ],
)
def test_a_scale_has_few_round_ticks_and_holds_every_number(values, from_zero, steps):
    scale = scale_of(values, from_zero=from_zero)
    assert [tick.words for tick in scale.ticks()] == steps
    assert (scale.ticks()[0].at, scale.ticks("%")[-1].at) == ("0%", "100%")
    assert all(scale.low <= value <= scale.high for value in values if value is not None)


def test_the_last_tick_with_its_unit_has_room():
    tight = scale_of([Decimal("88.5"), Decimal("98.5")], from_zero=False)
    assert [tick.words for tick in tight.ticks("điểm")] == [
        "87,5",
        "90",
        "92,5",
        "95",
        "",
        "100 điểm",
    ]
    close = scale_of([Decimal(1000)])
    assert [tick.words for tick in close.ticks("tấn")] == ["0", "250", "500", "", "1.000 tấn"]
    unit = "phần nghìn số dân trong độ tuổi lao động"
    assert [tick.words for tick in close.ticks(unit)] == ["0", "", "", "", f"1.000 {unit}"]
    wide = scale_of([Decimal(100)])
    assert [tick.words for tick in wide.ticks("điểm")] == ["0", "25", "50", "75", "100 điểm"]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (44462, "44.462"),
        (999_999, "999.999"),
        (1_000_000, "1 triệu"),
        (1_550_000, "1,6 triệu"),
        (10**9, "1 tỷ"),
        (2 * 10**9, "2 tỷ"),
        (Decimal("0.126"), "0,13"),
        (Decimal("-0.004"), "0"),
        (-0.0, "0"),
    ],
)
def test_a_number_on_a_scale_is_short(value, words):
    assert short_number(Fraction(value)) == words


def test_a_name_is_cut_where_it_does_not_fit():
    assert (shortened("Lương Sơn", 9), shortened("Lương Sơn A", 9)) == ("Lương Sơn", "Lương Sơ…")


def test_the_median_lies_between_two_in_the_middle():
    assert middle([Decimal(1), Decimal(9), Decimal(4), Decimal(5)]) == Fraction(9, 2)
    assert middle([Decimal(7)]) == 7


def test_bars_reach_from_zero_to_their_number_and_a_missing_one_has_none():
    picture = bars(
        [
            Bar("A", Decimal(50), "50 %", Decimal(75), is_met=False),
            Bar("B", Decimal(100), "100 %", is_met=True),
            Bar("C" * 40, None, "không có số liệu"),
            Bar("D", Decimal(-100), "−100 %"),
        ]
    )
    assert [(row.x, row.width, row.mark, row.state) for row in picture.rows] == [
        ("50%", "25%", "87.5%", "short"),
        ("50%", "50%", "", "met"),
        ("50%", "0%", "", "none"),
        ("0%", "50%", "", "met"),
    ]
    assert (picture.zero, picture.rows[2].short) == ("50%", "C" * 29 + "…")
    assert picture.table[2] == ("C" * 40, "không có số liệu")


def test_dots_are_sorted_and_the_line_is_the_median_or_the_goal():
    rows = [Dot(name, Decimal(value), str(value)) for name, value in (("A", 80), ("B", 90))]
    picture = dots(rows)
    assert [(row.name, row.x) for row in picture.rows] == [("B", "100%"), ("A", "0%")]
    assert (picture.line, picture.line_words, picture.left_out) == ("50%", "trung vị 85", 0)
    aimed = dots(rows, goal=(Decimal(100), "mức phải đạt"))
    assert (aimed.line, aimed.line_words) == ("100%", "mức phải đạt")
    assert (dots([]).rows, dots([]).ticks, dots([]).table) == ((), (), ())


def test_of_two_hundred_units_both_ends_and_ones_own_are_named_and_all_are_told():
    rows = [Dot(f"Đơn vị {n}", Decimal(n), str(n), is_own=n == 77) for n in range(200)]
    picture = dots(rows)
    assert (len(picture.rows), picture.left_out, len(picture.table)) == (21, 179, 200)
    assert [row.name for row in picture.rows if row.state == "own"] == ["Đơn vị 77"]
    assert picture.rows[0].x == "99.5%"


def test_parts_lie_behind_each_other_and_narrow_ones_go_unlabelled():
    picture = stacks(["nộp", "muộn"], [Stack("Tháng 3", (98, 2)), Stack("Tháng 4", (0, 0))])
    first, empty = picture.rows
    assert [(part.x, part.width, part.words) for part in first.parts] == [
        ("0%", "98%", "98"),
        ("98%", "2%", ""),
    ]
    assert (empty.parts, picture.table) == ((), (("Tháng 3", "98", "2"), ("Tháng 4", "0", "0")))


def test_no_line_crosses_a_gap_and_each_kind_has_its_shape():
    days = [date(2021, month, 1) for month in (1, 2, 3, 4)]
    picture = course(
        [
            Point(days[0], Decimal(10), "official", "10"),
            Point(days[1], Decimal(20), "preliminary", "20", Decimal(25)),
            Point(days[2], None, "estimated", ""),
            Point(days[3], Decimal(100), "estimated", "100", Decimal(50)),
        ],
        between=(days[0], days[3]),
        today=days[1],
        target=(Decimal(100), "mục tiêu 100"),
    )
    assert [row.shape for row in picture.points] == ["official", "preliminary", "estimated"]
    assert [(row.x1, row.y1, row.x2, row.y2) for row in picture.line] == [
        ("0%", "196", "34.44%", "176")
    ]
    assert (picture.target.y, picture.today, picture.expected) == ("16", "34.44%", ())
    assert picture.table[2] == ("01/03/2021", "không có số liệu", "")
    nothing = course([], between=(days[0], days[0]), today=days[3])
    assert (nothing.points, nothing.line, nothing.today, nothing.target) == ((), (), "", None)


def test_a_cell_is_the_darker_the_more_of_the_most_it_has():
    picture = heat(
        ["A1", "Thưởng thêm"],
        [
            ("Huyện A", (Part(Decimal("9.5"), Decimal(10)), Part(Decimal(3), Decimal(0)))),
            ("Huyện B", (Part(Decimal(10), Decimal(20)), None)),
        ],
    )
    assert [[(cell.level, cell.words) for cell in row.cells] for row in picture.rows] == [
        [(4, "9,5"), (0, "3")],
        [(1, "10"), (None, "–")],
    ]
    assert (picture.heads[1][1], picture.width, picture.height) == ("Thưởn…", 280, 92)


def test_a_spread_tells_lowest_quarters_and_highest():
    picture = spread({"C": [Decimal(n) for n in (6, 10, 8, 7, 9)], "D": []})
    (row,) = picture.rows
    assert (row.low, row.quarter, row.box, row.median, row.high) == (
        "0%",
        "25%",
        "50%",
        "50%",
        "100%",
    )
    assert (row.words, picture.table) == ("6 – 10", (("C", "6", "7", "8", "9", "10"),))


@pytest.mark.parametrize(
    ("count", "whole", "words"),
    [
        (6, 10, "6 trong 10 đơn vị đã đạt tiến độ"),
        (10, 10, "Cả 10 đơn vị đã đạt tiến độ"),
        (1, 1, "1 đơn vị đã đạt tiến độ"),
        (0, 10, "Chưa đơn vị nào trong 10 đơn vị đạt tiến độ"),
        (0, 0, "Chưa có số liệu"),
    ],
)
def test_how_many_of_all_is_said(count, whole, words):
    assert findings.of_all(count, whole, "đơn vị", "đạt tiến độ") == words


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ([], "Chưa đơn vị nào có điểm"),
        ([90], "A dẫn đầu với 90 điểm"),
        ([90, 80], "A dẫn đầu với 90 điểm; trung vị 85 điểm"),
        ([90, 90, 80], "A và B cùng dẫn đầu với 90 điểm; trung vị 90 điểm"),
        ([90, 90, 90, 80], "3 đơn vị cùng dẫn đầu với 90 điểm; trung vị 90 điểm"),
        ([90, 90], "Cả 2 đơn vị bằng nhau: 90 điểm"),
    ],
)
def test_who_leads_is_said(values, words):
    rows = [
        Dot(name, Decimal(value), f"{value} điểm")
        for name, value in zip("ABCD", values, strict=False)
    ]
    assert findings.leading(rows, "điểm") == words


def test_who_leads_is_who_is_ranked_first_also_where_totals_look_alike():
    rows = [
        Dot(name, Decimal("93.33"), "93,33 điểm", rank=rank)
        for name, rank in (("A", 2), ("B", 1), ("C", 3))
    ]
    assert findings.leading(rows, "điểm") == "B dẫn đầu với 93,33 điểm; trung vị 93,33 điểm"
    tied = [row._replace(rank=1) for row in rows]
    assert findings.leading(tied, "điểm") == "Cả 3 đơn vị bằng nhau: 93,33 điểm"


def test_one_unit_is_told_beside_its_block():
    rows = [Dot(name, Decimal(value), "") for name, value in (("A", 90), ("B", 80), ("C", 70))]
    assert [findings.against_middle(row, rows, "điểm") for row in rows] == [
        "A cao hơn trung vị của khối 10 điểm",
        "B bằng trung vị của khối",
        "C thấp hơn trung vị của khối 10 điểm",
    ]


def test_what_differs_by_a_hair_is_never_told_as_equal_or_as_whole():
    rows = [Dot(name, Decimal(value), "") for name, value in (("A", "90.0001"), ("B", "90"))]
    assert findings.against_middle(rows[0], rows, "điểm") == (
        "A cao hơn trung vị của khối 0,0001 điểm"
    )
    finer = [rows[0]._replace(value=Decimal("90.00246")), rows[1]]
    assert findings.against_middle(finer[0], finer, "điểm") == (
        "A cao hơn trung vị của khối 0,001 điểm"
    )
    assert findings.apart({"A": [Decimal("9.001"), Decimal(9)]}, {"A": Decimal(10)}) == (
        "Lệch nhau nhiều nhất ở A: cách nhau 0,001 trên 10 điểm"
    )
    assert findings.weakest(["A"], [("X", [Part(Decimal("9.996"), Decimal(10))])]) == (
        "Thấp nhất ở A: bình quân 99,96 % điểm tối đa"
    )


def test_a_distance_has_two_decimals_and_a_share_below_the_whole_has_one():
    rows = [Dot(name, Decimal(value), "") for name, value in (("A", "90.126"), ("B", "89.8"))]
    assert findings.against_middle(rows[1], rows, "điểm") == (
        "B thấp hơn trung vị của khối 0,16 điểm"
    )
    assert findings.weakest(["A"], [("X", [Part(Decimal("6.128"), Decimal(10))])]) == (
        "Thấp nhất ở A: bình quân 61,3 % điểm tối đa"
    )


def test_where_a_block_is_weakest_is_said():
    columns = ["A. Chỉ tiêu", "B. Phong trào"]
    full = Part(Decimal(10), Decimal(10))
    rows = [("A", [full, Part(Decimal(6), Decimal(8))]), ("B", [full, None])]
    assert findings.weakest(columns, rows) == (
        "Thấp nhất ở B. Phong trào: bình quân 75 % điểm tối đa"
    )
    assert findings.weakest(columns, [("B", [full, None])]) == "Mọi tiêu chí đều đạt điểm tối đa"
    assert findings.weakest(columns, []) == "Chưa có điểm theo tiêu chí"


def test_where_marks_lie_furthest_apart_is_said_by_the_part_of_the_most():
    most = {"A": Decimal(10), "B": Decimal(40)}
    assert findings.apart({"A": [Decimal(-1), Decimal("0.5")], "B": [Decimal(1)]}, most) == (
        "Lệch nhau nhiều nhất ở A: cách nhau 1,5 trên 10 điểm"
    )
    wider = {"A": [Decimal(0), Decimal("1.5")], "B": [Decimal(0), Decimal(3)]}
    assert findings.apart(wider, most).startswith("Lệch nhau nhiều nhất ở A")
    assert findings.apart({"A": [Decimal(0), Decimal(0)]}, most) == "Các thành viên chấm như nhau"
    assert findings.apart({}, most) == "Chưa có điểm chấm"


def test_what_came_of_a_period_is_said():
    assert findings.filed("Tháng 3", (7, 2, 0, 1)) == (
        "Tháng 3: 9 trong 10 đơn vị đã nộp, 2 nộp muộn, 1 quá hạn chưa nộp"
    )
