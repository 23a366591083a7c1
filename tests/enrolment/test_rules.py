"""Taking part: until when it is confirmed and withdrawn."""

import pytest

from campaign.enrolment.rules import (
    ParticipationState,
    counts_words,
    may_confirm,
    may_withdraw,
    not_to_confirm,
)
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


@pytest.mark.parametrize(
    ("state", "block", "reason", "told"),
    [
        (ParticipationState.PROPOSED, "", "", ""),
        (ParticipationState.CONFIRMED, "Khối huyện", "", "đã xác nhận, ở Khối huyện"),
        (ParticipationState.CONFIRMED, "", "", "đã xác nhận"),
        (ParticipationState.WITHDRAWN, "", "sáp nhập", "đã rút: sáp nhập"),
    ],
)
def test_why_a_unit_is_not_confirmed_with_others_is_told(state, block, reason, told):
    assert not_to_confirm(state, block, reason) == told


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ({}, "0 đơn vị"),
        ({"confirmed": 17, "withdrawn": 1}, "17 đơn vị đã xác nhận, 1 đã rút"),
        ({"proposed": 2}, "2 đơn vị chờ xác nhận"),
        (
            {"withdrawn": 1, "proposed": 2, "confirmed": 3},
            "3 đơn vị đã xác nhận, 2 chờ xác nhận, 1 đã rút",
        ),
    ],
)
def test_enrolments_are_counted_by_what_became_of_them(counts, words):
    assert counts_words({ParticipationState(key): value for key, value in counts.items()}) == words
