"""What the rules of reporting say in words."""

from decimal import Decimal

import pytest

from campaign.reporting.rules import Scored, rule_points_text


@pytest.mark.parametrize(("points", "words"), [(None, "chưa tính được"), (Decimal(0), "0,00"), (Decimal("7.5"), "7,50")])
def test_points_by_rule_are_told_and_zero_is_not_missing(points, words):
    assert rule_points_text(Scored(points)) == words
