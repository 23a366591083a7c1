"""Numbers as Vietnamese writes them: rounded, with points and a comma."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.core.numbers import (
    all_digits,
    as_calculated,
    decimals_of,
    exact_decimal,
    format_decimal,
    format_points,
    parse_decimal,
    rounded_to,
    typed_decimal,
)


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
        ("-1234.567", "-1.234,567"),
    ],
)
def test_a_cell_never_holds_what_would_be_asked_about(value, cell):
    assert typed_decimal(Decimal(value)) == cell


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
    assert str(rounded_to(Decimal(value), decimals)) == rounded


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
        ("-0.005", "-0,01"),
        ("0.125", "0,13"),
        ("1000", "1.000,00"),
        ("999.99", "999,99"),
    ],
)
def test_points_always_have_two_decimals(value, shown):
    assert format_points(Decimal(value), 2) == shown


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        ("93.5", 0, "94"),
        ("-0.4", 0, "0"),
        ("1234.5", 0, "1.235"),
        ("93.85", 1, "93,9"),
        ("7", 3, "7,000"),
        ("12.0625", 4, "12,0625"),
        ("-0.00004", 4, "0,0000"),
    ],
)
def test_points_have_the_decimals_of_the_plan(value, places, shown):
    assert format_points(Decimal(value), places) == shown


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [
        ("44462", None, "44.462"),
        ("99.82", None, "99,82"),
        ("99.820", None, "99,82"),
        ("100", None, "100"),
        ("100.00", None, "100"),
        ("1E+3", None, "1.000"),
        ("-1234567.50", None, "-1.234.567,5"),
        ("0.05", None, "0,05"),
        ("-0.00", None, "0"),
        ("-0.05", None, "-0,05"),
        ("100", 2, "100,00"),
        ("99.825", 2, "99,83"),
        ("99.8", 1, "99,8"),
        ("1234.5", 0, "1.235"),
        ("-0.004", 2, "0,00"),
        ("-0.005", 2, "-0,01"),
        ("-0.4", 0, "0"),
    ],
)
def test_a_number_is_written_with_points_and_a_comma(value, decimals, written):
    assert format_decimal(Decimal(value), decimals) == written


@pytest.mark.parametrize(
    ("fraction", "exact", "written"),
    [
        (Fraction(5), "5", "5"),
        (Fraction(1, 2), "0.5", "0,5"),
        (Fraction(1, 5), "0.2", "0,2"),
        (Fraction(1, 8), "0.125", "0,125"),
        (Fraction(3, 40), "0.075", "0,075"),
        (Fraction(7, 100), "0.07", "0,07"),
        (Fraction(-12_345, 10), "-1234.5", "(-1.234,5)"),
        (Fraction(1, 3), None, "1/3"),
        (Fraction(-2, 3), None, "(-2/3)"),
        (Fraction(1, 60), None, "1/60"),
        (Fraction(0), "0", "0"),
    ],
)
def test_a_fraction_is_written_with_all_its_digits_where_they_end(fraction, exact, written):
    assert exact_decimal(fraction) == (None if exact is None else Decimal(exact))
    assert all_digits(fraction) == written


@pytest.mark.parametrize(
    ("value", "decimals"), [("1.50", 1), ("1.00", 0), ("0.001", 3), ("1E+3", 0), ("-1.25", 2)]
)
def test_zeros_at_the_end_are_not_counted_as_decimals(value, decimals):
    assert decimals_of(Decimal(value)) == decimals
