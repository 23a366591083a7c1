"""The council: whose units a member has nothing to say about."""

import pytest

from campaign.council.rules import own_units_among

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
