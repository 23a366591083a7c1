"""The council: whose units a member has nothing to say about."""

from datetime import date

import pytest

from campaign.council.rules import own_units_among, why_not_serving

COMPETING = {1: "/1/", 7: "/1/7/", 70: "/1/70/", 9: "/1/7/9/", 2: "/2/"}


@pytest.mark.parametrize(
    ("paths", "units"),
    [
        (["/1/7/"], {1, 7, 9}),
        (["/1/"], {1, 7, 70, 9}),
        (["/2/", "/1/70/"], {1, 2, 70}),
        ([], set()),
        (["/3/"], set()),
    ],
)
def test_units_at_above_or_below_ones_own_are_set_aside(paths, units):
    assert own_units_among(paths, COMPETING) == units


LEFT = "đã thôi làm thành viên Hội đồng"
EARLY = "chưa đến nhiệm kỳ trong Hội đồng"
OVER = "đã hết nhiệm kỳ trong Hội đồng"


@pytest.mark.parametrize(
    ("left_on", "term_from", "term_to", "why"),
    [
        (None, None, None, ""),
        (None, date(2021, 4, 28), date(2021, 4, 28), ""),
        (None, date(2021, 4, 29), None, EARLY),
        (None, None, date(2021, 4, 27), OVER),
        (date(2021, 4, 30), None, date(2021, 4, 27), LEFT),
    ],
)
def test_who_is_out_of_office_on_a_day_and_why(left_on, term_from, term_to, why):
    day = date(2021, 4, 28)
    told = why_not_serving(day, left_on=left_on, term_from=term_from, term_to=term_to)
    assert told == why
