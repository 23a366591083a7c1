"""Quorum and roll, on every edge."""

import pytest

from campaign.core.vote_rules import Base, VoteRule
from campaign.meeting.rules import MeetingState, Presence, Roll, is_quorate


@pytest.mark.parametrize(
    ("present", "total", "quorate"),
    [
        (6, 9, True),
        (5, 9, False),
        (2, 3, True),
        (1, 1, True),
        (0, 1, False),
        (0, 0, False),
        (40, 60, True),
        (39, 60, False),
    ],
)
def test_a_quorum_is_two_thirds_exactly(present, total, quorate):
    assert is_quorate(present, total) is quorate


ROLL = Roll(
    {
        1: Presence.PRESENT,
        2: Presence.PRESENT,
        3: Presence.WRITTEN,
        4: Presence.ABSENT,
        5: Presence.LEFT,
        6: Presence.REPLACED,
    }
)


@pytest.mark.parametrize(
    ("base", "keeps", "expected"),
    [
        (Base.TOTAL, False, 4),
        (Base.TOTAL, True, 5),
        (Base.PRESENT, False, 2),
        (Base.PRESENT, True, 3),
        (Base.PRESENT_WRITTEN, False, 3),
        (Base.PRESENT_WRITTEN, True, 4),
    ],
)
def test_the_base_is_what_the_rule_says(base, keeps, expected):
    rule = VoteRule(base=base, keeps_recused=keeps)
    assert ROLL.base(rule, voted={1, 5}, recused={1}) == expected


def test_who_left_before_voting_is_not_present():
    assert ROLL.base(VoteRule(base=Base.PRESENT), voted={1}, recused=()) == 2
    assert ROLL.total == 5


def test_who_voted_and_left_took_part_but_not_twice_through_his_replacement():
    assert ROLL.took_part({1, 5, 6}) == {1, 2, 5}


@pytest.mark.parametrize(
    ("present", "total", "share", "quorate"),
    [
        (1, 0, (2, 3), False),
        (0, 3, (0, 3), False),
        (1, 1, (2, 3), True),
        (2, 3, (2, 3), True),
        (3, 5, (2, 3), False),
    ],
)
def test_nobody_is_no_meeting_whatever_the_share(present, total, share, quorate):
    assert is_quorate(present, total, *share) is quorate


def test_nothing_is_left_to_do_in_a_meeting_that_was_closed_or_called_off():
    assert {state.value: state.is_over for state in MeetingState} == {
        "called": False,
        "open": False,
        "closed": True,
        "confirmed": True,
        "cancelled": True,
    }
