"""Which of the points a unit gave itself wait for a word of the secretariat."""

from decimal import Decimal as D

import pytest

from campaign.reporting.rules import Content, SelfAssessment
from campaign.scheme.rules.terms import JudgedBy
from campaign.verification.claims.rules import open_scores
from campaign.verification.rules import GivenPoints, VerifiedUnit
from tests.verification import build


@pytest.mark.parametrize(
    ("given", "is_open"),
    [
        (None, True),
        (GivenPoints(9, D(2)), False),
        (GivenPoints(9, None, not_applicable_reason="không có chợ"), False),
    ],
)
def test_points_wait_until_they_are_given_or_the_criterion_is_set_aside(given, is_open):
    scheme = build.scheme(build.criterion(1, judged_by=JudgedBy.SECRETARIAT))
    unit = VerifiedUnit(4, 5, 6, 7, points={} if given is None else {1: given})
    content = Content(scores={1: SelfAssessment(D(3))})
    assert bool(open_scores(scheme, {1: D(10)}, unit, content)) is is_open
