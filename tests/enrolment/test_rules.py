"""Taking part: until when it is confirmed and withdrawn."""

import pytest

from campaign.enrolment.rules import may_confirm, may_withdraw
from campaign.planning.rules import Phase


@pytest.mark.parametrize(
    ("phase", "confirms", "withdraws"),
    [
        (Phase.DRAFT, True, True),
        (Phase.LAUNCHED, True, True),
        (Phase.REPORTING, True, True),
        (Phase.VERIFYING, True, True),
        (Phase.SCORING, False, True),
        (Phase.MEETING, False, False),
        (Phase.DECIDING, False, False),
        (Phase.PUBLISHED, False, False),
    ],
)
def test_confirming_ends_when_scoring_opens_and_withdrawing_when_it_is_over(
    phase, confirms, withdraws
):
    assert (may_confirm(phase), may_withdraw(phase)) == (confirms, withdraws)
