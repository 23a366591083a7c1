"""Numbers and dates as Vietnamese writes them."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.core.dates import format_date, parse_date
from campaign.core.errors import RuleViolation
from campaign.core.numbers import format_decimal, format_points, parse_decimal, parse_points
from campaign.core.points import rescale_maxima, round_points


@pytest.mark.parametrize(("typed", "value"), [
    ("44.462", "44462"), ("99,82", "99.82"), ("1.218", "1218"), ("0", "0"), ("-5,74", "-5.74"), ("1.234.567,5", "1234567.5"),
    ("12", "12"), ("1 000", "1000"), (" 980 ", "980"), ("1000", "1000"),
])
def test_what_is_typed_the_vietnamese_way_is_read(typed, value):
    assert parse_decimal(typed, decimals=4) == Decimal(value)


@pytest.mark.parametrize("typed", ["", "1,234,567", "1.5", "44.46", "1,2,3", "12a", "--1", "1e5", "٣", "NaN", "Infinity",
                                   "9" * 30, "0,00001"])
def test_what_could_mean_two_things_or_nothing_is_refused(typed):
    with pytest.raises(RuleViolation):
        parse_decimal(typed, decimals=4)


@given(st.decimals(min_value=-10**9, max_value=10**9, places=4))
def test_what_is_written_is_read_back(value):
    assert parse_decimal(format_decimal(value), decimals=4) == value


@pytest.mark.parametrize(("value", "shown"), [("93.85", "93,85"), ("100", "100,00"), ("1234.5", "1.234,50"), ("0", "0,00"),
                                              ("-0.00", "0,00"), ("-2.50", "-2,50"), ("-0.004", "0,00")])
def test_points_always_have_two_decimals(value, shown):
    assert format_points(Decimal(value)) == shown


@pytest.mark.parametrize("typed", ["-1", "10,5", "8,555"])
def test_points_outside_their_range_are_refused(typed):
    with pytest.raises(RuleViolation):
        parse_points(typed, maximum=Decimal(10))


@pytest.mark.parametrize(("value", "rounded"), [("13.3125", "13.31"), ("0.125", "0.13"), ("0.135", "0.14"), ("2.005", "2.01"),
                                                ("-0.125", "-0.13")])
def test_points_round_half_up(value, rounded):
    assert round_points(Decimal(value)) == Decimal(rounded)


@given(st.dictionaries(st.integers(1, 50), st.integers(1, 4000), min_size=1, max_size=12), st.data())
def test_rescaled_maxima_add_up_to_the_groups_maximum_to_the_last_hundredth(hundredths, data):
    maxima = {key: Decimal(value) / 100 for key, value in hundredths.items()}
    chosen = data.draw(st.lists(st.sampled_from(sorted(maxima)), min_size=1, unique=True))
    whole = sum(maxima.values())
    found = rescale_maxima(maxima, chosen, whole)
    assert (sum(found.values()), set(found)) == (whole, set(chosen))


@pytest.mark.parametrize(("typed", "day"), [("26/02/2021", date(2021, 2, 26)), ("2/3/2021", date(2021, 3, 2)),
                                            (" 30/04/2021 ", date(2021, 4, 30))])
def test_dates_are_read_day_first(typed, day):
    assert parse_date(typed) == day
    assert parse_date(format_date(day)) == day


@pytest.mark.parametrize("typed", ["", "2021-04-30", "30/02/2021", "30/04", "04/30/2021", "ngày mai", "30/04/21"])
def test_what_is_no_date_is_refused(typed):
    with pytest.raises(RuleViolation):
        parse_date(typed)


@pytest.mark.parametrize(("typed", "sentence"), [("0", "Số phải từ 1 trở lên"), ("11", "Số phải không quá 10")])
def test_a_number_stays_within_its_bounds(typed, sentence):
    with pytest.raises(RuleViolation, match=sentence):
        parse_decimal(typed, decimals=0, minimum=Decimal(1), maximum=Decimal(10))
