"""Ranking: ties, aggregation, bands and agreement."""

from decimal import Decimal as D

import pytest

from campaign.planning.rules import Aggregation, CriterionKind, TieBreak
from campaign.ranking.rules import (
    BandRule,
    Entry,
    Line,
    Tally,
    TallyTooPoor,
    aggregate,
    band_of,
    by_votes,
    kendalls_w,
    rank,
    rounding_words,
    spread,
    tally_of,
    totals,
)


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
    assert band_of(D(total), {"B1": D(share)}, bands)[0] == band


def test_every_band_that_was_missed_by_its_floor_is_told():
    bands = [BandRule("Xuất sắc", D(90), D(85)), BandRule("Tốt", D(80), D(80)), BandRule("Khá", D(70), D(70))]
    assert band_of(D(95), {"A1": D(100), "B2": D("79.999"), "C1": D(84)}, bands) == (
        "Khá", "không xếp Xuất sắc vì B2 đạt 79,99 %, C1 đạt 84 % điểm tối đa, dưới 85 %; "
               "không xếp Tốt vì B2 đạt 79,99 % điểm tối đa, dưới 80 %")


def test_full_agreement_is_one_and_opposite_orders_are_zero():
    same = {rater: {1: D(9), 2: D(8), 3: D(7)} for rater in (1, 2)}
    opposite = {1: {1: D(9), 2: D(8), 3: D(7)}, 2: {1: D(7), 2: D(8), 3: D(9)}}
    assert (kendalls_w(same).w, kendalls_w(opposite).w) == (D(1), D(0))


@pytest.mark.parametrize("scores", [{}, {1: {1: D(9), 2: D(8)}}, {1: {1: D(9), 2: D(9)}, 2: {1: D(8), 2: D(8)}}])
def test_agreement_that_is_undefined_is_said(scores):
    found = kendalls_w(scores)
    assert found.w is None
    assert found.problem


@pytest.mark.parametrize("method", [Aggregation.MEDIAN, Aggregation.TRIMMED_MEAN])
def test_a_tally_without_what_the_method_needs_is_a_fault_and_no_guess(method):
    with pytest.raises(TallyTooPoor):
        aggregate(Tally(5, D(40)), method)


def test_the_spread_of_a_criterion_needs_two_marks_in_a_cell():
    assert spread(1, [tally_of([D(8)])]) is None
    found = spread(1, [tally_of([D(8), D(10)]), tally_of([D(7), D("7.5")]), tally_of([D(1)])])
    assert (found.cells, found.mean_range, found.widest) == (2, D("1.25"), D(2))


def test_bonus_of_indicators_joins_the_bonus_group_and_caps_hold():
    lines = [Line(1, 10, CriterionKind.BASE, D(30), D(40), D("1.50")), Line(2, 20, CriterionKind.BONUS, D(9), D(9)),
             Line(3, 30, CriterionKind.PENALTY, D(9), D(9))]
    kinds = {10: CriterionKind.BASE, 20: CriterionKind.BONUS, 30: CriterionKind.PENALTY}
    total, groups = totals(lines, {10: None, 20: D(10), 30: D(8)}, kinds, 20)
    assert (total, [group.points for group in groups]) == (D(32), [D(30), D(10), D(-8)])


def test_no_penalty_is_no_minus_zero():
    total, groups = totals([], {30: D(8)}, {30: CriterionKind.PENALTY}, None)
    assert (str(total), str(groups[0].points)) == ("0.00", "0.00")


@pytest.mark.parametrize(("votes", "order"), [
    ([], [[1, 2, 3]]),
    ([{1: 2, 2: 5, 3: 1}], [[2], [1], [3]]),
    ([{1: 3, 2: 3, 3: 1}], [[1, 2], [3]]),
    ([{1: 3, 2: 3, 3: 1}, {1: 1, 2: 4}], [[2], [1], [3]]),
    ([{1: 5, 2: 4, 3: 0}, {1: 0, 2: 9, 3: 9}], [[1], [2], [3]]),
    ([{1: 0, 2: 0, 3: 0}], [[1, 2, 3]]),
    ([{1: 5, 2: 1}], [[1, 2, 3]]),
    ([{3: 1, 2: 0, 1: 0}, {1: 5, 2: 1}], [[3], [1], [2]]),
])
def test_a_unit_is_placed_only_by_votes_it_stood_in(votes, order):
    assert by_votes([1, 2, 3], votes) == order


def test_the_council_breaks_only_what_the_chain_before_it_left_equal():
    entries = [Entry(1, D(90), penalties=D(1)), Entry(2, D(90)), Entry(3, D(90))]
    chain = [TieBreak.FEWER_PENALTIES, TieBreak.COUNCIL_VOTE]
    found = rank(entries, chain, [{2: 1, 3: 4}])
    assert [(row.id, row.rank, row.tied_with) for row in found] == [(3, 1, ()), (2, 2, ()), (1, 3, ())]
    assert [row.rank for row in rank(entries, chain)] == [1, 1, 3]
    assert {row.decided_by for row in rank(entries[1:], chain, [{2: 1, 3: 4}])} == {TieBreak.COUNCIL_VOTE}


@pytest.mark.parametrize(("exact", "rounded", "words"), [("9.5", "9.50", ""), ("9.5833", "9.58", "làm tròn 9,5833 → 9,58")])
def test_rounding_is_told_only_where_something_was_rounded(exact, rounded, words):
    assert rounding_words(D(exact), D(rounded)) == words
