"""Inspections on the spot: a day that has been."""

from datetime import UTC, date, datetime

import pytest

from campaign.core.errors import RuleViolation
from campaign.inspection import actions
from tests.worlds import AT, Desk


@pytest.fixture
def desk(app):
    return Desk()


def test_an_inspection_cannot_lie_in_the_future(desk):
    values = {
        "held_on": date(2021, 4, 29),
        "team": "A",
        "checked": "B",
        "findings": "C",
        "conclusion": "D",
    }
    with pytest.raises(RuleViolation, match="Ngày kiểm tra không thể ở tương lai"):
        actions.save(None, desk.report.participation, values, [], [], by=desk.by, at=AT)


def test_an_inspection_of_today_is_recorded_before_seven_in_the_morning_too(desk):
    """At 06:30 of the 29th in Vietnam it is still the 28th in UTC."""
    values = {
        "held_on": date(2021, 4, 29),
        "team": "A",
        "checked": "B",
        "findings": "C",
        "conclusion": "D",
    }
    at = datetime(2021, 4, 28, 23, 30, tzinfo=UTC)
    assert actions.save(None, desk.report.participation, values, [], [], by=desk.by, at=at).id
