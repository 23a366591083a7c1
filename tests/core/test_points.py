"""Points: rounded, summed, and stretched to the maximum of their group."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.core.points import rescale_maxima, round_points, rounded, sum_points


@pytest.mark.parametrize(
    ("value", "rounded"),
    [
        ("13.3125", "13.31"),
        ("0.125", "0.13"),
        ("0.135", "0.14"),
        ("2.005", "2.01"),
        ("-0.125", "-0.13"),
        ("1", "1.00"),
    ],
)
def test_points_round_half_up(value, rounded):
    assert str(round_points(Decimal(value), 2)) == rounded
    assert str(round_points(Fraction(value), 2)) == rounded


@pytest.mark.parametrize(
    ("value", "places", "rounded"),
    [
        ("12.5", 0, "13"),
        ("-12.5", 0, "-13"),
        ("12.49", 0, "12"),
        ("0.25", 1, "0.3"),
        ("7", 1, "7.0"),
        ("0.0625", 3, "0.063"),
        ("0.00005", 4, "0.0001"),
        ("9.99995", 4, "10.0000"),
    ],
)
def test_points_round_half_up_to_the_decimals_of_the_plan(value, places, rounded):
    assert str(round_points(Decimal(value), places)) == rounded
    assert str(round_points(Fraction(value), places)) == rounded


@given(
    st.dictionaries(st.integers(1, 50), st.integers(1, 4000), min_size=1, max_size=12),
    st.integers(0, 4),
    st.data(),
)
def test_rescaled_maxima_add_up_to_the_groups_maximum_to_the_last_place(values, places, data):
    maxima = {key: Decimal(value).scaleb(-places) for key, value in values.items()}
    chosen = data.draw(st.lists(st.sampled_from(sorted(maxima)), min_size=1, unique=True))
    whole = sum(maxima.values())
    given_ = rescale_maxima(maxima, chosen, whole, places)
    assert (sum(given_.values()), set(given_)) == (whole, set(chosen))
    assert all(value == round_points(value, places) for value in given_.values())


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [
        (Fraction(1, 3), 2, "0.33"),
        (Fraction(2, 3), 4, "0.6667"),
        (Fraction(1, 2), 0, "1"),
        (Fraction(-1, 2), 0, "-1"),
        (Fraction(-1, 3), 2, "-0.33"),
        (Fraction(-1, 300), 2, "0.00"),
        (Fraction(0), 2, "0.00"),
        (Fraction(5, 2), 1, "2.5"),
        (Fraction(10**30 + 1, 2), 0, "500000000000000000000000000001"),
    ],
)
def test_a_fraction_is_rounded_from_its_exact_value(value, places, expected):
    assert str(rounded(value, places)) == expected


@pytest.mark.parametrize(
    ("values", "total"), [([], "0.00"), (["1.25"], "1.25"), (["0.1", "0.2", "-1"], "-0.70")]
)
def test_points_are_added_exactly(values, total):
    assert str(sum_points(Decimal(value) for value in values)) == total


@pytest.mark.parametrize(
    ("maxima", "applicable", "whole", "stretched"),
    [
        ({1: "10", 2: "20"}, [], "30", {}),
        ({1: "10", 2: "20"}, [2, 1], "30", {1: "10", 2: "20"}),
        ({1: "0", 2: "0"}, [1, 2], "30", {1: "0", 2: "0"}),
        ({1: "10", 2: "20", 3: "10"}, [1, 2], "40", {1: "13.33", 2: "26.67"}),
        ({1: "1", 2: "1", 3: "1"}, [3, 2, 1], "10", {1: "3.34", 2: "3.33", 3: "3.33"}),
        ({1: "1", 2: "1", 3: "1"}, [3, 2, 1], "20", {1: "6.67", 2: "6.67", 3: "6.66"}),
        ({1: "5", 2: "1", 3: "1"}, [1, 2, 3], "10", {1: "7.14", 2: "1.43", 3: "1.43"}),
        ({7: "1", 8: "2"}, [7, 8], "1", {7: "0.33", 8: "0.67"}),
        ({1: "0.5", 2: "0.5", 3: "9"}, [1, 2], "3", {1: "1.50", 2: "1.50"}),
    ],
)
def test_what_applies_is_stretched_and_the_last_hundredths_go_to_the_largest_remainders(
    maxima, applicable, whole, stretched
):
    points = {key: Decimal(value) for key, value in maxima.items()}
    given_ = rescale_maxima(points, applicable, Decimal(whole))
    assert {key: str(value) for key, value in given_.items()} == stretched


@pytest.mark.parametrize(
    ("places", "stretched"),
    [
        (0, ["13", "27"]),
        (1, ["13.3", "26.7"]),
        (3, ["13.333", "26.667"]),
        (4, ["13.3333", "26.6667"]),
    ],
)
def test_what_applies_is_stretched_to_the_decimals_of_the_plan(places, stretched):
    maxima = {1: Decimal(10), 2: Decimal(20), 3: Decimal(10)}
    given_ = rescale_maxima(maxima, [1, 2], Decimal(40), places)
    assert [str(given_[key]) for key in (1, 2)] == stretched
