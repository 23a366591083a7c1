"""Numbers as Vietnamese type them."""

from decimal import Decimal

import pytest

from campaign.core.errors import RuleViolation
from campaign.core.numbers import (
    NumberError,
    format_decimal,
    format_points,
    parse_decimal,
    parse_points,
    read_written,
)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("44.462", "44462"),
        ("99,82", "99.82"),
        ("1.218", "1218"),
        ("0", "0"),
        ("-5,74", "-5.74"),
        ("1.234.567,5", "1234567.5"),
        ("12", "12"),
        ("1 000", "1000"),
        (" 980 ", "980"),
        ("1000", "1000"),
    ],
)
def test_what_is_typed_the_vietnamese_way_is_read(typed, value):
    assert parse_decimal(typed, decimals=4) == Decimal(value)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "1,234,567",
        "1.5",
        "44.46",
        "1,2,3",
        "12a",
        "--1",
        "1e5",
        "٣",
        "NaN",
        "Infinity",
        "9" * 30,
        "0,00001",
    ],
)
def test_what_could_mean_two_things_or_nothing_is_refused(typed):
    with pytest.raises(RuleViolation):
        parse_decimal(typed, decimals=4)


@pytest.mark.parametrize(
    ("typed", "points"), [("8,500", "8.5"), ("10,000", "10"), ("8,5", "8.5"), ("-0", "0")]
)
def test_zeros_behind_a_mark_are_no_thousands_where_so_many_points_cannot_be(typed, points):
    read = parse_points(typed, maximum=Decimal(10), places=2)
    assert (read, read.is_signed()) == (Decimal(points), False)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("8,125", "Nhiều nhất 2 chữ số sau dấu phẩy."),
        ("10,5", "Điểm phải từ 0 đến 10."),
        ("-1", "Điểm phải từ 0 đến 10."),
        ("8.5", "“8.5” có phải là “8,5” không? Dấu phẩy ngăn phần thập phân."),
    ],
)
def test_a_mark_that_cannot_be_is_refused(typed, said):
    with pytest.raises(RuleViolation) as refused:
        parse_points(typed, maximum=Decimal(10), places=2)
    assert str(refused.value) == said


@pytest.mark.parametrize(
    ("typed", "decimals", "sentence"),
    [
        (
            "44,462",
            4,
            "“44,462” có phải là “44.462” không? Dấu chấm ngăn từng nhóm ba chữ số. "
            "Nếu đúng là số thập phân, hãy ghi “44,4620”.",
        ),
        ("1,218", 0, "“1,218” có phải là “1.218” không? Dấu chấm ngăn từng nhóm ba chữ số."),
        ("-1,218", 2, "“-1,218” có phải là “-1.218” không? Dấu chấm ngăn từng nhóm ba chữ số."),
        (
            "1,234,567",
            0,
            "“1,234,567” có phải là “1.234.567” không? Dấu chấm ngăn từng nhóm ba chữ số, "
            "dấu phẩy ngăn phần thập phân.",
        ),
        (
            "1,234.5",
            2,
            "“1,234.5” có phải là “1.234,5” không? Dấu chấm ngăn từng nhóm ba chữ số, "
            "dấu phẩy ngăn phần thập phân.",
        ),
        ("8%", 0, "“8%”: hãy bỏ dấu %, chỉ nhập 8."),
        ("99,82 %", 2, "“99,82 %”: hãy bỏ dấu %, chỉ nhập 99,82."),
        ("44.462,50", 0, "Số này phải là số nguyên."),
        ("1,2345", 2, "Nhiều nhất 2 chữ số sau dấu phẩy."),
    ],
)
def test_what_may_mean_another_number_is_asked_about(typed, decimals, sentence):
    with pytest.raises(RuleViolation) as refused:
        parse_decimal(typed, decimals=decimals)
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("typed", "limits", "value"),
    [
        ("44,4620", {"decimals": 4}, "44.462"),
        ("0,125", {"decimals": 3}, "0.125"),
        ("33,333", {"decimals": 4, "maximum": Decimal(100)}, "33.333"),
        ("1234,567", {"decimals": 3}, "1234.567"),
        ("1.234,567", {"decimals": 3}, "1234.567"),
    ],
)
def test_a_decimal_number_that_can_be_nothing_else_is_taken(typed, limits, value):
    assert parse_decimal(typed, **limits) == Decimal(value)


@pytest.mark.parametrize(
    ("typed", "value"),
    [("44.462,00", "44462"), ("980,0", "980"), ("-5,000000", "-5"), ("44462,00", "44462")],
)
def test_zeros_at_the_end_are_no_decimals(typed, value):
    assert parse_decimal(typed, decimals=0) == Decimal(value)


@pytest.mark.parametrize("typed", ["−5,5", "–5,5", "‑5,5", "\u00a0-5,5\u200b", "- 5,5"])
def test_a_minus_is_read_whatever_dash_it_is_written_with(typed):
    assert parse_decimal(typed, decimals=1) == Decimal("-5.5")


@pytest.mark.parametrize("typed", ["-1", "10,5", "8,555"])
def test_points_outside_their_range_are_refused(typed):
    with pytest.raises(RuleViolation):
        parse_points(typed, maximum=Decimal(10), places=2)


@pytest.mark.parametrize(
    ("typed", "limits", "sentence"),
    [
        ("0", {"minimum": Decimal(1)}, "Số phải từ 1 trở lên."),
        ("0,99", {"minimum": Decimal("1000.5")}, "Số phải từ 1.000,5 trở lên."),
        ("11", {"maximum": Decimal(10)}, "Số phải không quá 10."),
        ("10,01", {"maximum": Decimal("10.005")}, "Số phải không quá 10,005."),
        ("100000000000000", {}, "Số quá lớn: nhiều nhất 14 chữ số trước dấu phẩy."),
        ("0,12345", {"decimals": 4}, "Nhiều nhất 4 chữ số sau dấu phẩy."),
        ("0,1", {"decimals": 0}, "Số này phải là số nguyên."),
    ],
)
def test_a_number_stays_within_its_bounds(typed, limits, sentence):
    with pytest.raises(NumberError) as refused:
        parse_decimal(typed, **limits)
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("typed", "limits", "value"),
    [
        ("1", {"minimum": Decimal(1)}, "1"),
        ("10", {"maximum": Decimal(10)}, "10"),
        ("0", {"minimum": Decimal(0), "maximum": Decimal(0)}, "0"),
        ("99999999999999", {}, "99999999999999"),
        ("0,1234", {"decimals": 4}, "0.1234"),
        ("0,123456789", {}, "0.123456789"),
    ],
)
def test_a_number_at_its_bound_is_taken(typed, limits, value):
    assert parse_decimal(typed, **limits) == Decimal(value)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Hãy nhập một số."),
        (" - ", "Hãy nhập một số."),
        ("+", "Hãy nhập một số."),
        ("12a", "“12a” không phải là số. Hãy nhập như 44.462 hoặc 99,82."),
        ("--1", "“--1” không phải là số. Hãy nhập như 44.462 hoặc 99,82."),
        ("%", "“%” không phải là số. Hãy nhập như 44.462 hoặc 99,82."),
        ("8X %%", "“8X %%” không phải là số. Hãy nhập như 44.462 hoặc 99,82."),
        ("-8 %%", "“-8 %%”: hãy bỏ dấu %, chỉ nhập -8."),
        (
            "8.5 %",
            "“8.5” có phải là “8,5” không? Dấu phẩy ngăn phần thập phân. Hãy bỏ dấu %.",
        ),
        (
            "1,2,3",
            "“1,2,3” viết chưa đúng. Dấu chấm ngăn từng nhóm ba chữ số, dấu phẩy ngăn "
            "phần thập phân.",
        ),
        ("01.234", "“01.234” có phải là “01,234” không? Dấu phẩy ngăn phần thập phân."),
        ("−1.5", "“−1.5” có phải là “−1,5” không? Dấu phẩy ngăn phần thập phân."),
    ],
)
def test_what_is_wrong_with_a_number_is_said(typed, sentence):
    with pytest.raises(NumberError) as refused:
        parse_decimal(typed)
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("typed", "value", "is_signed"),
    [
        ("+5", "5", False),
        ("+ 5", "5", False),
        ("-5", "-5", True),
        ("-0", "0", False),
        ("-0,00", "0", False),
    ],
)
def test_a_sign_is_read_and_zero_has_none(typed, value, is_signed):
    read = parse_decimal(typed)
    assert (read, read.is_signed()) == (Decimal(value), is_signed)


_ASKED = "“44,462” có phải là “44.462” không? Dấu chấm ngăn từng nhóm ba chữ số."


_MEANT = " Nếu đúng là số thập phân, hãy ghi “44,4620”."


@pytest.mark.parametrize(
    ("limits", "sentence"),
    [
        ({}, _ASKED + _MEANT),
        ({"decimals": 3}, _ASKED + _MEANT),
        ({"decimals": 2}, _ASKED),
        ({"decimals": 3, "minimum": Decimal(44_462)}, _ASKED + _MEANT),
        ({"decimals": 3, "maximum": Decimal(44_462)}, _ASKED + _MEANT),
        ({"decimals": 3, "minimum": Decimal(1), "maximum": Decimal(50_000)}, _ASKED + _MEANT),
    ],
)
def test_three_digits_behind_a_comma_are_asked_about_where_they_may_be_thousands(limits, sentence):
    with pytest.raises(NumberError) as refused:
        parse_decimal("44,462", **limits)
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    "limits",
    [
        {"maximum": Decimal(44_461)},
        {"minimum": Decimal(1), "maximum": Decimal(44_461)},
        {"decimals": 3, "maximum": Decimal(100)},
    ],
)
def test_three_digits_behind_a_comma_are_decimals_where_thousands_cannot_be(limits):
    assert parse_decimal("44,462", **limits) == Decimal("44.462")


def test_thousands_below_the_least_are_not_meant():
    with pytest.raises(NumberError) as refused:
        parse_decimal("44,462", minimum=Decimal(44_463))
    assert str(refused.value) == "Số phải từ 44.463 trở lên."


@pytest.mark.parametrize("maximum", [None, Decimal(8_000)])
def test_points_that_may_be_thousands_are_asked_about(maximum):
    with pytest.raises(NumberError) as refused:
        parse_points("8,000", maximum=maximum, places=2)
    assert str(refused.value) == (
        "“8,000” có phải là “8.000” không? Dấu chấm ngăn từng nhóm ba chữ số."
    )


@pytest.mark.parametrize(
    ("typed", "maximum", "points"),
    [("0", None, "0"), ("10", "10", "10"), ("9,99", "10", "9.99"), ("1.000", None, "1000")],
)
def test_points_up_to_their_maximum_are_taken(typed, maximum, points):
    most = None if maximum is None else Decimal(maximum)
    assert parse_points(typed, maximum=most, places=2) == Decimal(points)


@pytest.mark.parametrize(
    ("typed", "maximum", "sentence"),
    [
        ("-0,01", None, "Điểm phải từ 0 trở lên."),
        ("-0,01", Decimal("7.5"), "Điểm phải từ 0 đến 7,5."),
        ("7,51", Decimal("7.5"), "Điểm phải từ 0 đến 7,5."),
        ("-1,234", None, "Nhiều nhất 2 chữ số sau dấu phẩy."),
        ("7,511", Decimal("7.5"), "Nhiều nhất 2 chữ số sau dấu phẩy."),
    ],
)
def test_points_beyond_their_bounds_are_refused_with_both(typed, maximum, sentence):
    with pytest.raises(NumberError) as refused:
        parse_points(typed, maximum=maximum, places=2)
    assert str(refused.value) == sentence


def test_what_has_no_limit_is_written_in_words():
    endless = Decimal("Infinity")
    assert [format_decimal(endless), format_points(endless, 2)] == ["không giới hạn"] * 2


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("8,125", "8.125"),
        ("44.462", "44462"),
        ("-0,83", "-0.83"),
        ("1.234.567,8910", "1234567.8910"),
        ("0", "0"),
        ("", None),
        ("—", None),
        ("1234,5", None),
        ("không giới hạn", None),
    ],
)
def test_what_was_written_here_is_read_back_without_a_question(written, value):
    assert read_written(written) == (None if value is None else Decimal(value))
