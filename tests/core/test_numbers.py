"""Numbers and dates as Vietnamese writes them."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.core.dates import format_date, parse_date
from campaign.core.errors import RuleViolation
from campaign.core.numbers import (
    LARGEST_ID,
    as_calculated,
    format_points,
    known_id,
    parse_decimal,
    parse_points,
    rounded_to,
    row_id,
    row_ids,
    typed_decimal,
)
from campaign.core.points import rescale_maxima, round_points


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
    read = parse_points(typed, maximum=Decimal(10))
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
        parse_points(typed, maximum=Decimal(10))
    assert str(refused.value) == said


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=4))
def test_what_is_written_in_a_cell_is_read_back(value):
    assert parse_decimal(typed_decimal(value), decimals=4) == value


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("44.462", "44,4620"),
        ("-1.218", "-1,2180"),
        ("0.125", "0,125"),
        ("44.46", "44,46"),
        ("44462", "44.462"),
        ("1234.567", "1.234,567"),
    ],
)
def test_a_cell_never_holds_what_would_be_asked_about(value, cell):
    assert typed_decimal(Decimal(value)) == cell


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


@pytest.mark.parametrize(
    ("value", "decimals", "offered", "note"),
    [
        ("33.3333333333333", 2, "33.33", "Trong tệp là 33,3333333333333; làm tròn thành 33,33."),
        ("1.23456", 2, "1.23456", ""),
        ("0.12345678", 8, "0.12345678", ""),
        ("44.462", 4, "44.462", ""),
    ],
)
def test_digits_nobody_types_are_offered_rounded(value, decimals, offered, note):
    assert as_calculated(Decimal(value), decimals) == (Decimal(offered), note)


@pytest.mark.parametrize(
    ("value", "decimals", "rounded"),
    [
        ("33.3333333333333", 2, "33.33"),
        ("0.125", 2, "0.13"),
        ("33.30", 1, "33.30"),
        ("12345678901234.5", 0, "12345678901235"),
        ("5", 2, "5"),
    ],
)
def test_a_calculated_value_is_rounded_a_half_up(value, decimals, rounded):
    assert rounded_to(Decimal(value), decimals) == Decimal(rounded)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("93.85", "93,85"),
        ("100", "100,00"),
        ("1234.5", "1.234,50"),
        ("0", "0,00"),
        ("-0.00", "0,00"),
        ("-2.50", "-2,50"),
        ("-0.004", "0,00"),
    ],
)
def test_points_always_have_two_decimals(value, shown):
    assert format_points(Decimal(value)) == shown


@pytest.mark.parametrize("typed", ["-1", "10,5", "8,555"])
def test_points_outside_their_range_are_refused(typed):
    with pytest.raises(RuleViolation):
        parse_points(typed, maximum=Decimal(10))


@pytest.mark.parametrize(
    ("value", "rounded"),
    [
        ("13.3125", "13.31"),
        ("0.125", "0.13"),
        ("0.135", "0.14"),
        ("2.005", "2.01"),
        ("-0.125", "-0.13"),
    ],
)
def test_points_round_half_up(value, rounded):
    assert round_points(Decimal(value)) == Decimal(rounded)


@given(
    st.dictionaries(st.integers(1, 50), st.integers(1, 4000), min_size=1, max_size=12), st.data()
)
def test_rescaled_maxima_add_up_to_the_groups_maximum_to_the_last_hundredth(hundredths, data):
    maxima = {key: Decimal(value) / 100 for key, value in hundredths.items()}
    chosen = data.draw(st.lists(st.sampled_from(sorted(maxima)), min_size=1, unique=True))
    whole = sum(maxima.values())
    found = rescale_maxima(maxima, chosen, whole)
    assert (sum(found.values()), set(found)) == (whole, set(chosen))


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("26/02/2021", date(2021, 2, 26)),
        ("2/3/2021", date(2021, 3, 2)),
        (" 30/04/2021 ", date(2021, 4, 30)),
        ("1.12.2026", date(2026, 12, 1)),
        ("1-12-2026", date(2026, 12, 1)),
        ("2026-12-01", date(2026, 12, 1)),
        ("2026/12/1", date(2026, 12, 1)),
        ("01. 12. 2026", date(2026, 12, 1)),
        ("1–12–2026", date(2026, 12, 1)),
        ("1/12/\u200b2026", date(2026, 12, 1)),
        ("Ngày 01 tháng 12 năm 2026", date(2026, 12, 1)),
    ],
)
def test_dates_are_read_day_first(typed, day):
    assert parse_date(typed) == day
    assert parse_date(format_date(day)) == day


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Hãy nhập ngày như 26/02/2021."),
        ("30/02/2021", "Không có ngày 30/02/2021."),
        ("30/04", "Hãy nhập ngày như 26/02/2021."),
        ("04/30/2021", "Không có ngày 04/30/2021."),
        ("ngày mai", "Hãy nhập ngày như 26/02/2021."),
        ("1.12-2026", "Hãy nhập ngày như 26/02/2021."),
        ("30/04/21", "“30/04/21”: hãy ghi năm đủ bốn chữ số, như 26/02/2021."),
        ("2026-02-30", "Không có ngày 2026-02-30."),
        ("1.1.0000", "Không có ngày 1.1.0000."),
        ("29.2.2025", "Không có ngày 29.2.2025."),
        ("１/２/２０２１" * 9, "Hãy nhập ngày như 26/02/2021."),
    ],
)
def test_what_is_no_date_is_refused(typed, sentence):
    with pytest.raises(RuleViolation) as refused:
        parse_date(typed)
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("typed", "sentence"), [("0", "Số phải từ 1 trở lên"), ("11", "Số phải không quá 10")]
)
def test_a_number_stays_within_its_bounds(typed, sentence):
    with pytest.raises(RuleViolation, match=sentence):
        parse_decimal(typed, decimals=0, minimum=Decimal(1), maximum=Decimal(10))


@pytest.mark.parametrize(
    ("sent", "number"),
    [
        ("7", 7),
        ("007", 7),
        ("0", 0),
        ("2147483647", LARGEST_ID),
        ("99999999999999999999", LARGEST_ID),
        ("9" * 4_500, LARGEST_ID),
        ("0" * 5_000 + "12", 12),
    ],
)
def test_a_number_of_a_row_is_read_however_long_it_is(sent, number):
    assert (row_id(sent), known_id(sent), row_ids([sent, "x"])) == (number, number, [number])


@pytest.mark.parametrize("sent", ["", "x", "-1", "+1", "1_0", " 1", "1.0", "٣", "²"])
def test_what_is_no_number_of_a_row_is_nothing(sent):
    with pytest.raises(ValueError, match="not the number of a row"):
        row_id(sent)
    assert (known_id(sent), row_ids([sent])) == (0, [])
