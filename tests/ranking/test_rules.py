"""Ranking: ties, aggregation, bands and agreement."""

from decimal import Decimal as D

import pytest

from campaign.planning.rules import Aggregation, TieBreak
from campaign.ranking.rules import BandRule, Entry, aggregate, band_of, kendalls_w, rank, tally_of


@pytest.mark.parametrize(("totals", "ranks"), [
    ([], []),
    ([90], [1]),
    ([90, 80, 80, 70], [1, 2, 2, 4]),
    ([90, 90, 90], [1, 1, 1]),
])
def test_equal_totals_share_a_rank_and_the_next_is_skipped(totals, ranks):
    entries = [Entry(number, D(total)) for number, total in enumerate(totals)]
    assert [row.rank for row in rank(entries)] == ranks


def test_a_tie_is_broken_by_the_first_rule_that_tells_the_units_apart():
    entries = [Entry(1, D(90), group_a=D(30)), Entry(2, D(90), group_a=D(35))]
    found = rank(entries, [TieBreak.FEWER_PENALTIES, TieBreak.GROUP_A])
    assert [(row.id, row.rank, row.decided_by) for row in found] == [
        (2, 1, TieBreak.GROUP_A), (1, 2, TieBreak.GROUP_A)]


@pytest.mark.parametrize(("method", "marks", "value"), [
    (Aggregation.MEAN, ["8", "9", "10"], D(9)),
    (Aggregation.MEDIAN, ["1", "9", "10"], D(9)),
    (Aggregation.TRIMMED_MEAN, ["0", "8", "9", "10", "10"], D(9)),
    (Aggregation.TRIMMED_MEAN, ["0", "8", "10", "10"], D(7)),
])
def test_marks_are_put_together_as_the_campaign_says(method, marks, value):
    found = aggregate(tally_of([D(mark) for mark in marks]), method)
    assert found is not None
    assert found.value == value


def test_no_mark_is_no_value_and_never_zero():
    assert aggregate(tally_of([]), Aggregation.MEAN) is None


@pytest.mark.parametrize(("total", "share", "band"), [
    ("90", "85", "Xuất sắc"), ("89.995", "85", "Tốt"), ("95", "84", "Tốt"), ("10", "10", ""),
])
def test_a_band_asks_for_points_and_for_its_floor(total, share, band):
    bands = [BandRule("Xuất sắc", D(90), D(85)), BandRule("Tốt", D(80), D(80))]
    assert band_of(D(total), [D(share)], bands)[0] == band


def test_full_agreement_is_one_and_opposite_orders_are_zero():
    same = {rater: {1: D(9), 2: D(8), 3: D(7)} for rater in (1, 2)}
    opposite = {1: {1: D(9), 2: D(8), 3: D(7)}, 2: {1: D(7), 2: D(8), 3: D(9)}}
    assert (kendalls_w(same).w, kendalls_w(opposite).w) == (D(1), D(0))


@pytest.mark.parametrize("scores", [{}, {1: {1: D(9), 2: D(8)}}, {1: {1: D(9), 2: D(9)}, 2: {1: D(8), 2: D(8)}}])
def test_agreement_that_is_undefined_is_said(scores):
    found = kendalls_w(scores)
    assert found.w is None
    assert found.problem
