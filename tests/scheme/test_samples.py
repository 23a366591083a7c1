"""A trial of a rule: seven values side by side, and a line through all between them."""

from decimal import Decimal as D

import pytest

from campaign.scheme.rules.achievement import Observation, achievement
from campaign.scheme.rules.block import Standing
from campaign.scheme.rules.points import indicator_points
from campaign.scheme.rules.reading import points_rule_from_data
from campaign.scheme.rules.samples import HEIGHT, WIDTH, drawing
from campaign.scheme.rules.terms import Direction, Judgement

START = {"kind": "start_and_step", "start": "10", "start_points": "5", "every": "1", "gain": "1"}
TABLE = {"kind": "levels", "levels": [["20", "10"], ["10", "4"]]}


def _levels(*values):
    """A table of these values, the first for all points."""
    return {"kind": "levels", "levels": [[values[0], "10"], [values[1], "4"]]}


def _drawn(rule, value, *, judgement=Judgement.LEVEL, decimals=0, size=9):
    rule = points_rule_from_data(rule)

    def reached(number):
        seen = Observation(number, target=D(100), growth_target=D(20), same_period_last_year=D(50))
        return achievement(Direction.AT_LEAST, judgement, seen)

    def points_at(number):
        if "place" in rule.kind or "block" in rule.kind:
            standing = Standing(int(number), size)
            return indicator_points(rule, reached(value), D(10), standing=standing).points
        return indicator_points(rule, reached(number), D(10)).points

    return drawing(rule, reached(value), points_at, decimals=decimals, size=size)


@pytest.mark.parametrize(
    ("rule", "value", "judgement", "values", "points"),
    [
        ({}, "80", Judgement.LEVEL, "60 70 80 90 100 110 120", "6 7 8 9 10 10 10"),
        ({}, "100", Judgement.LEVEL, "60 70 80 90 100 110 120", "6 7 8 9 10 10 10"),
        ({}, "54", Judgement.GROWTH, "45 50 55 60 65 70 75", None),
        (START, "10", Judgement.LEVEL, "5 7 8 10 12 13 15", "0 0 0 5 7 8 10"),
        (TABLE, "10", Judgement.LEVEL, "8 10 13 15 18 20 23", "0 4 4 4 4 10 10"),
        (TABLE, "55", Judgement.GROWTH, "54 55 56 58 59 60 61", "0 4 4 4 4 10 10"),
        ({}, "200", Judgement.LEVEL, "38 70 103 135 168 200 233", None),
        (_levels("100", "10"), "10", Judgement.LEVEL, "0 20 41 61 82 102 123", None),
        (_levels("100", "0.5"), "1", Judgement.LEVEL, "0 21 42 62 83 104 125", None),
        (_levels("100", "0"), "1", Judgement.LEVEL, "0 21 42 63 83 104 125", None),
        (_levels("10", "-10"), "0", Judgement.LEVEL, "-15 -10 -5 0 5 10 15", None),
        (
            {"kind": "bands", "bands": [["150", "100"], ["20", "50"]]},
            "80",
            Judgement.LEVEL,
            "0 30 61 91 122 152 183",
            None,
        ),
        ({"kind": "rank_in_block"}, "90", Judgement.LEVEL, "1 2 4 5 6 8 9", None),
        ({"kind": "rank_in_block"}, "0", Judgement.LEVEL, "1 2 4 5 6 8 9", None),
    ],
)
def test_seven_values_lie_around_what_the_rule_and_the_target_name(
    rule, value, judgement, values, points
):
    drawn = _drawn(rule, D(value), judgement=judgement)
    assert [sample.at for sample in drawn.samples] == [D(text) for text in values.split()]
    if points is not None:
        assert [row.points for row in drawn.samples] == [D(text) for text in points.split()]


def test_the_line_goes_through_the_seven_and_stays_within_its_frame():
    drawn = _drawn({}, D(80), decimals=2)
    spots = [tuple(map(int, spot.split(","))) for spot in drawn.line.split()]
    assert len(spots) == 73
    assert set(drawn.dots) <= set(spots)
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in spots)
    assert (spots[0], spots[-1], drawn.highest) == ((0, 48), (300, 0), D(10))


@pytest.mark.parametrize(("size", "places"), [(1, [1, 2]), (2, [1, 2]), (3, [1, 2, 3])])
def test_a_small_block_is_tried_at_each_of_its_places(size, places):
    drawn = _drawn({"kind": "rank_in_block"}, D(90), size=size)
    assert [sample.at for sample in drawn.samples] == places
    assert (drawn.is_by_place, _drawn({}, D(80)).is_by_place) == (True, False)


def test_one_value_alone_with_points_is_a_dot_at_the_left():
    seen = Observation(D(80), target=D(100))
    reached = achievement(Direction.AT_LEAST, Judgement.LEVEL, seen)
    drawn = drawing(
        points_rule_from_data({}),
        reached,
        lambda number: D(5) if number == 80 else None,
        decimals=0,
        size=9,
    )
    assert (drawn.samples, drawn.dots, drawn.line) == (((D(80), D(5)),), ((0, 0),), "0,0")


def test_where_no_points_come_of_it_nothing_is_drawn():
    assert _drawn({"kind": "leader"}, D(80)) is None


def test_a_value_of_nothing_is_tried_around_nothing():
    drawn = _drawn({**START, "start": "0"}, D(0))
    assert [sample.at for sample in drawn.samples] == [
        D(text) for text in ["-3", "-2", "-1", "0", "1", "2", "3"]
    ]


def test_without_a_value_a_rule_is_tried_around_nothing():
    drawn = _drawn(TABLE, None)
    assert [(sample.at, sample.points) for sample in drawn.samples] == [
        (D(number), D(0)) for number in (-3, -2, -1, 0, 1, 2, 3)
    ]


def test_what_has_no_value_yet_is_held_against_no_target():
    seen = Observation(None, target=D(100))
    assert not achievement(Direction.AT_LEAST, Judgement.LEVEL, seen).has_target


def test_seven_values_stay_seven_where_the_decimals_of_the_indicator_would_not_part_them():
    drawn = _drawn({**START, "every": "0.1"}, D(11))
    assert [sample.at for sample in drawn.samples] == [
        D(text) for text in ("9.8", "10.0", "10.3", "10.5", "10.8", "11.0", "11.3")
    ]
