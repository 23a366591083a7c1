"""Places in a block: who is first, who shares a place, and whom the others are held against."""

from fractions import Fraction as F

import pytest

from campaign.scheme.rules.achievement import Achievement
from campaign.scheme.rules.block import Standing, places, standings
from campaign.scheme.rules.terms import Direction


def _limits(*pairs):
    return {
        key: Achievement(F(100), F(actual), F(goal))
        for key, (actual, goal) in enumerate(pairs, start=1)
    }


@pytest.mark.parametrize(
    ("pairs", "order"),
    [
        ([("10", "20"), ("4", "10"), ("8", "20")], {1: 3, 2: 1, 3: 1}),
        ([("0.1", "0.5"), ("9", "30")], {1: 1, 2: 2}),
        ([("0", "0"), ("9", "10"), ("1", "0")], {1: 2, 2: 1, 3: 3}),
        ([("-5", "-1"), ("1", "3")], {1: 1, 2: 2}),
    ],
)
def test_of_limits_who_used_the_least_of_their_own_is_first(pairs, order):
    assert places(_limits(*pairs), Direction.AT_MOST) == order


def test_who_has_no_number_has_no_place():
    reaches = {1: Achievement(F(90)), 2: Achievement(None), 3: Achievement(F(95))}
    assert places(reaches, Direction.AT_LEAST) == {1: 2, 3: 1}


def test_the_leader_of_a_block_is_who_reached_most_by_the_greater_value_where_alike():
    reaches = {
        1: Achievement(F(90), F(9), F(10)),
        2: Achievement(F(95), F(19), F(20)),
        3: Achievement(F(95), F(38), F(40)),
        4: Achievement(None, F(99), None),
    }
    found = standings(reaches, Direction.AT_LEAST)
    assert [found[key].place for key in (1, 2, 3, 4)] == [3, 1, 1, None]
    assert {row.leader for row in found.values()} == {reaches[3]}
    assert {row.size for row in found.values()} == {3}


@pytest.mark.parametrize(
    "rows",
    [
        [Achievement(F(95), F(9), F(10)), Achievement(F(90), F(90), F(100))],
        [Achievement(F(95), F(20), F(10)), Achievement(F(95), F(10), F(30))],
        [Achievement(F(95), F(20), F(30)), Achievement(F(95), F(20), F(10))],
        [Achievement(F(95), F(20), F(10), is_met=True), Achievement(F(95), F(20), F(10))],
    ],
)
def test_the_leader_is_the_first_by_share_then_value_then_target_and_of_equals_any(rows):
    for number in (0, 1):
        among = {number: rows[0], 1 - number: rows[1]}
        leader = standings(dict(sorted(among.items())), Direction.AT_LEAST)[0].leader
        assert leader[:3] == rows[0][:3]


def test_of_limits_the_places_go_by_what_was_used():
    found = standings(_limits(("9", "10"), ("1", "10")), Direction.BELOW)
    assert {key: row.place for key, row in found.items()} == {1: 2, 2: 1}


def test_a_block_without_numbers_has_nobody_to_be_held_against():
    assert standings({1: Achievement(None)}, Direction.AT_LEAST) == {
        1: Standing(None, 0, None, None, None)
    }


def test_the_last_that_kept_its_limit_is_known_to_the_whole_block():
    kept, broken = Achievement(F(100), F(5), F(5), is_met=True), Achievement(F(80), F(6), F(5))
    reaches = {1: kept, 2: broken, 3: kept._replace(actual=F(3)), 4: Achievement(None, is_met=True)}
    found = standings(reaches, Direction.AT_MOST)
    assert [(row.place, row.last_kept) for row in found.values()] == [
        (2, 2),
        (3, 2),
        (1, 2),
        (None, 2),
    ]
    assert standings({1: broken}, Direction.AT_MOST)[1].last_kept == 1
