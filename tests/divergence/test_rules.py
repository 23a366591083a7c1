"""From which spread a cell is looked at, whose turn it is, and what is told of it."""

from decimal import Decimal as D
from fractions import Fraction

import pytest

from campaign.divergence.rules import (
    CellState,
    Told,
    spread_of,
    state_of,
    threshold,
    waiting_members,
)
from campaign.planning.rules import Aggregation, DivergenceEnd
from campaign.ranking.rules import Aggregate, Tally, aggregate, aggregate_words, ruled, tally_of

MEMBERS, CHAIR = DivergenceEnd.MEMBERS, DivergenceEnd.CHAIR


@pytest.mark.parametrize(
    ("points", "percent", "spread", "maximum", "reached"),
    [
        (D(3), None, "2.99", "10", False),
        (D(3), None, "3", "10", True),
        (None, 30, "2.5", "10", False),
        (None, 30, "3", "10", True),
        (None, 30, "11.5", "40", False),
        (None, 33, "1.65", "5", True),
    ],
)
def test_a_spread_is_looked_at_from_the_plans_points_or_share(
    points, percent, spread, maximum, reached
):
    rule = threshold(points, percent, MEMBERS)
    assert rule.is_reached(D(spread), D(maximum)) is reached


def test_a_plan_without_either_looks_at_nothing_and_one_mark_lies_not_apart():
    assert threshold(None, None, CHAIR) is None
    assert (spread_of([]), spread_of([D(7)]), spread_of([D(4), D(9), D("6.5")])) == (0, 0, D(5))


def test_what_was_said_of_an_earlier_mark_is_not_said_of_this_one():
    marks = {1: D(9), 2: D(5), 3: D(8), 4: D(2)}
    assert waiting_members(marks, {1: D(9), 2: D(4)}, able=[1, 2, 3]) == {2, 3}


@pytest.mark.parametrize(
    ("ended_by", "marks", "waiting", "decided", "decider", "state"),
    [
        (MEMBERS, "9 5", {2}, False, True, CellState.MEMBERS),
        (MEMBERS, "9 5", set(), False, True, CellState.OVER),
        (MEMBERS, "9 7", {1, 2}, False, True, CellState.OVER),
        (CHAIR, "9 5", {2}, False, True, CellState.MEMBERS),
        (CHAIR, "9 5", set(), False, True, CellState.CHAIR),
        (CHAIR, "9 5", set(), False, False, CellState.OVER),
        (CHAIR, "9 5", {2}, True, True, CellState.OVER),
        (CHAIR, "9 7", set(), False, True, CellState.OVER),
    ],
)
def test_whose_turn_it_is(ended_by, marks, waiting, decided, decider, state):
    rule = threshold(D(3), None, ended_by)
    by_member = dict(enumerate(map(D, marks.split()), start=1))
    assert (
        state_of(rule, D(10), by_member, waiting, is_decided=decided, has_decider=decider) is state
    )


def test_what_is_looked_at_by_a_share_waits_only_as_long_as_the_marks_lie_so_far_apart():
    rule = threshold(None, 30, MEMBERS)
    assert [
        state_of(rule, maximum, {1: D(9), 2: D(6)}, {2}, is_decided=False, has_decider=True)
        for maximum in (D(10), D(11))
    ] == [CellState.MEMBERS, CellState.OVER]


def test_a_decided_mark_stands_in_place_of_every_mark_of_the_cell():
    marks = tally_of([D(9), D(5), D(1)])
    assert ruled(marks, D("7.5")) == Tally(3, D("22.5"), *[D("7.5")] * 3, is_ruled=True)


@pytest.mark.parametrize("method", list(Aggregation))
def test_a_decided_mark_counts_by_every_method_as_many_marks_as_were_given(method):
    decided = aggregate(ruled(tally_of([D(9), D(5), D(9), D(9), D(1)]), D("7.5")), method)
    points = D("7.5")
    assert decided == Aggregate(
        Fraction(15, 2), 5, points, points, 0, total=D("37.5"), is_ruled=True
    )
    assert (
        aggregate_words(decided, method) == "điểm được quyết định cho ô chênh lệch (5 phiếu): 7,50"
    )


@pytest.mark.parametrize(
    ("told", "lines", "minuted"),
    [
        (
            Told(2, 1),
            (
                "Các điểm chênh nhau từ 3 điểm nên ô được xem lại: 2 người giữ điểm, 1 người "
                "đổi điểm.",
            ),
            "2 người giữ điểm, 1 người đổi điểm",
        ),
        (
            Told(1, 0, "Chủ tịch Hội đồng", D("7.5"), "theo biên bản kiểm tra"),
            (
                "Các điểm chênh nhau từ 3 điểm nên ô được xem lại: 1 người giữ điểm.",
                "Chủ tịch Hội đồng quyết định 7,5 điểm: theo biên bản kiểm tra",
            ),
            "1 người giữ điểm; Chủ tịch Hội đồng quyết định điểm của ô",
        ),
        (
            Told(0, 0, "Phó Chủ tịch Hội đồng", None, "mỗi người một cách nhìn"),
            (
                "Các điểm chênh nhau từ 3 điểm nên ô được xem lại: không ai trả lời.",
                "Phó Chủ tịch Hội đồng để nguyên các điểm: mỗi người một cách nhìn",
            ),
            "không ai trả lời; Phó Chủ tịch Hội đồng để nguyên các điểm",
        ),
    ],
)
def test_what_is_told_names_nobody_but_who_decided(told, lines, minuted):
    assert told.lines(threshold(D(3), None, CHAIR)) == lines
    assert told.minuted == minuted


def test_from_where_on_a_cell_is_looked_at_is_told_in_points_or_in_per_cent():
    assert [threshold(D("2.5"), None, CHAIR).words, threshold(None, 30, CHAIR).words] == [
        "từ 2,5 điểm",
        "từ 30 % điểm tối đa",
    ]


def test_a_cell_is_coloured_green_only_when_nobody_has_to_look_at_it_any_more():
    assert [state.tone for state in CellState] == ["warn", "warn", "ok"]
