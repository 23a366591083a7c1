"""Which of the points a unit gave itself wait for a word of the secretariat."""

from dataclasses import replace
from decimal import Decimal as D

import pytest

from campaign.reporting.rules import Content, SelfAssessment
from campaign.scheme.rules.checklist import ChecklistItem
from campaign.scheme.rules.terms import JudgedBy
from campaign.verification.claims.rules import claims, on_plans_scale, open_scores
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


def test_what_a_unit_gave_itself_out_of_more_is_compared_on_the_plans_scale():
    """9 of 15 are 6 of the plan's 10; what is worked out, and what was not said, stays."""
    worked = replace(
        build.criterion(2, judged_by=JudgedBy.CHECKLIST), checklist=(ChecklistItem("Một", D(10)),)
    )
    rows = [build.criterion(number, judged_by=JudgedBy.SECRETARIAT) for number in (1, 3, 4, 5)]
    scheme = build.scheme(*rows, worked)
    said = {
        1: SelfAssessment(D(9), "vì"),
        2: SelfAssessment(D(9)),
        3: SelfAssessment(),
        4: SelfAssessment(D(7)),
        5: SelfAssessment(D(8)),  # what does not apply to the unit has no most points
    }
    content = Content(scores=said)
    known = on_plans_scale(scheme, {1: D(15), 2: D(15), 3: D(15), 4: D(10)}, content)
    assert known.scores == {**said, 1: SelfAssessment(D("6.00"), "vì")}
    told = claims(scheme, {}, {1: known.scores[1], 4: said[4]}, content, {})
    assert [(claim.claimed, claim.said) for claim in told] == [
        (
            "6,00/10,00 điểm",
            "Đơn vị ghi 9,00 theo điểm tối đa đã quy đổi; Thường trực cho điểm; 0 minh chứng",
        ),
        ("7,00/10,00 điểm", "Thường trực cho điểm; 0 minh chứng"),
    ]
