"""Who stands where in the list of a decision, and the holidays of a year."""

from datetime import date

import pytest

from campaign.core.dates import fixed_holidays
from campaign.decision.rules import DecisionEntry, Order, official_order
from campaign.honours.rules import Subject

PERSON, OFFICE = Subject.INDIVIDUAL, Subject.COLLECTIVE


@pytest.mark.parametrize(
    ("order", "ids"), [(Order.RANK, [6, 5, 2, 3, 1, 4]), (Order.NAME, [6, 5, 1, 2, 3, 4])]
)
def test_who_has_no_rank_comes_last_however_many_are_ranked(order, ids):
    rows = [
        DecisionEntry(1, PERSON, None, "an"),
        DecisionEntry(2, PERSON, 1, "binh"),
        DecisionEntry(3, PERSON, 2_000, "chi"),
        DecisionEntry(4, PERSON, None, "dung"),
        DecisionEntry(5, OFFICE, None, "phong"),
        DecisionEntry(6, OFFICE, 70, "van phong"),
    ]
    assert official_order(rows, order) == ids


def test_fixed_holidays_are_those_of_the_solar_calendar():
    assert fixed_holidays(2026) == (
        date(2026, 1, 1),
        date(2026, 4, 30),
        date(2026, 5, 1),
        date(2026, 9, 2),
    )
