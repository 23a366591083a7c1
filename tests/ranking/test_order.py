"""Order: ranks, ties, and what decided among equal totals."""

from datetime import timedelta
from decimal import Decimal as D
from fractions import Fraction as F

import pytest

from campaign.planning.rules import TieBreak
from campaign.planning.ties import TieStep
from campaign.ranking.order import Entry, by_votes, rank
from tests.build import NOW

FEWER_PENALTIES, OF_GROUP = TieStep(TieBreak.FEWER_PENALTIES), TieStep(TieBreak.GROUP, 7)


@pytest.mark.parametrize(
    ("totals", "ranks"),
    [
        ([], []),
        ([90], [1]),
        ([90, 80, 80, 70], [1, 2, 2, 4]),
        ([90, 90, 90], [1, 1, 1]),
    ],
)
def test_equal_totals_share_a_rank_and_the_next_is_skipped(totals, ranks):
    entries = [Entry(number, D(total)) for number, total in enumerate(totals)]
    assert [row.rank for row in rank(entries)] == ranks


def test_a_tie_is_broken_by_the_first_rule_that_tells_the_units_apart():
    entries = [Entry(1, D(90), {7: D(30)}), Entry(2, D(90), {7: D(35)})]
    found = rank(entries, [FEWER_PENALTIES, OF_GROUP])
    assert [(row.id, row.rank, row.decided_by) for row in found] == [
        (2, 1, OF_GROUP),
        (1, 2, OF_GROUP),
    ]


def test_what_decided_is_told_only_of_the_units_it_set_apart():
    entries = [
        Entry(1, D(90), {7: D(30)}),
        Entry(2, D(90), {7: D(30)}),
        Entry(3, D(90), {7: D(28)}),
    ]
    assert [(row.id, row.rank, row.decided_by) for row in rank(entries, [OF_GROUP])] == [
        (1, 1, None),
        (2, 1, None),
        (3, 3, OF_GROUP),
    ]
    penalised = [entries[0]._replace(penalties=D(2)), *entries[1:]]
    assert [
        (row.id, row.rank, row.decided_by) for row in rank(penalised, [OF_GROUP, FEWER_PENALTIES])
    ] == [(2, 1, FEWER_PENALTIES), (1, 2, FEWER_PENALTIES), (3, 3, OF_GROUP)]


def test_a_group_that_one_of_the_equal_does_not_have_decides_nothing_among_them():
    entries = [
        Entry(1, D(90), {7: D(30)}, penalties=D(1)),
        Entry(2, D(90)),
        Entry(3, D(90), {7: D(28)}),
    ]
    assert [(row.id, row.rank) for row in rank(entries, [OF_GROUP])] == [(1, 1), (2, 1), (3, 1)]
    assert [
        (row.id, row.rank, row.decided_by) for row in rank(entries, [FEWER_PENALTIES, OF_GROUP])
    ] == [(2, 1, None), (3, 1, None), (1, 3, FEWER_PENALTIES)]


def test_it_is_told_where_a_group_decided_by_what_of_it_applies():
    entries = [
        Entry(1, D(90), {7: F(38)}, stretched=[7]),
        Entry(2, D(90), {7: D(36)}),
        Entry(3, D(80), {7: D(36)}),
        Entry(4, D(80), {7: D(35)}),
    ]
    assert [(row.id, row.rank, row.is_stretched) for row in rank(entries, [OF_GROUP])] == [
        (1, 1, True),
        (2, 2, True),
        (3, 3, False),
        (4, 4, False),
    ]


def test_the_earlier_report_stands_above_and_an_unknown_one_last():
    entries = [
        Entry(1, D(90)),
        Entry(2, D(90), reported_at=NOW),
        Entry(3, D(90), reported_at=NOW - timedelta(days=1)),
    ]
    assert [row.id for row in rank(entries, [TieStep(TieBreak.EARLIER_REPORT)])] == [3, 2, 1]


def test_totals_are_compared_as_they_are_and_a_close_order_is_told():
    entries = [Entry(1, D("99.98")), Entry(2, F(599900, 6000)), Entry(3, D("99.97"))]
    assert [(row.id, row.rank, row.total, row.is_close) for row in rank(entries, [OF_GROUP])] == [
        (2, 1, D("99.98"), True),
        (1, 2, D("99.98"), True),
        (3, 3, D("99.97"), False),
    ]
    same = [Entry(1, F(50)), Entry(2, D("50.00"))]
    assert [(row.rank, row.is_close) for row in rank(same)] == [(1, False), (1, False)]


@pytest.mark.parametrize(
    ("votes", "order"),
    [
        ([], [[1, 2, 3]]),
        ([{1: 2, 2: 5, 3: 1}], [[2], [1], [3]]),
        ([{1: 3, 2: 3, 3: 1}], [[1, 2], [3]]),
        ([{1: 3, 2: 3, 3: 1}, {1: 1, 2: 4}], [[2], [1], [3]]),
        ([{1: 5, 2: 4, 3: 0}, {1: 0, 2: 9, 3: 9}], [[1], [2], [3]]),
        ([{1: 0, 2: 0, 3: 0}], [[1, 2, 3]]),
        ([{1: 5, 2: 1}], [[1, 2, 3]]),
        ([{3: 1, 2: 0, 1: 0}, {1: 5, 2: 1}], [[3], [1], [2]]),
    ],
)
def test_a_unit_is_placed_only_by_votes_it_stood_in(votes, order):
    assert by_votes([1, 2, 3], votes) == order


def test_the_council_breaks_only_what_the_chain_before_it_left_equal():
    entries = [Entry(1, D(90), penalties=D(1)), Entry(2, D(90)), Entry(3, D(90))]
    chain = [FEWER_PENALTIES, TieStep(TieBreak.COUNCIL_VOTE)]
    found = rank(entries, chain, [{2: 1, 3: 4}])
    assert [(row.id, row.rank, row.tied_with) for row in found] == [
        (3, 1, ()),
        (2, 2, ()),
        (1, 3, ()),
    ]
    assert [row.rank for row in rank(entries, chain)] == [1, 1, 3]
    assert {row.decided_by for row in rank(entries[1:], chain, [{2: 1, 3: 4}])} == {
        TieStep(TieBreak.COUNCIL_VOTE)
    }
