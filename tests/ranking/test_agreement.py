"""How far the council agrees, how marks are put together, and what is said where nothing is."""

from decimal import Decimal as D
from fractions import Fraction as F

import pytest

from campaign.planning.rules import Aggregation
from campaign.ranking.rules import (
    Aggregate,
    Agreement,
    BandRule,
    Judged,
    Spread,
    Tally,
    TallyTooPoor,
    aggregate,
    aggregate_words,
    band_of,
    council_points,
    judged_total,
    kendalls_w,
    order_changes,
    spread,
    tally_of,
)
from campaign.scheme.rules.terms import CriterionKind
from campaign.scheme.rules.tree import Section


@pytest.mark.parametrize(
    ("rows", "w"),
    [
        ([(9, 8, 7), (9, 7, 8), (8, 9, 7)], "0.4444"),
        ([(9, 9, 8), (9, 8, 7)], "0.9286"),
        ([(5, 5, 5, 4), (9, 8, 7, 6)], "0.8750"),
        ([(9, 8, 7, 6), (9, 8, 7, 6), (6, 7, 8, 9)], "0.1111"),
    ],
)
def test_agreement_is_worked_out_from_the_places_with_ties_in_the_middle(rows, w):
    scores = {
        rater: {unit: D(points) for unit, points in enumerate(row)}
        for rater, row in enumerate(rows)
    }
    assert kendalls_w(scores) == Agreement(D(w), len(rows), tuple(range(len(rows[0]))))


FEW = "cần ít nhất hai phiếu cùng chấm ít nhất hai đơn vị"


@pytest.mark.parametrize(
    ("scores", "agreement"),
    [
        ({}, Agreement(None, 0, (), FEW)),
        ({1: {1: D(9), 2: D(8)}, 2: {}}, Agreement(None, 1, (1, 2), FEW)),
        ({1: {1: D(9), 2: D(8)}, 2: {2: D(9), 3: D(1)}}, Agreement(None, 2, (2,), FEW)),
        (
            {1: {1: D(9), 2: D(9)}, 2: {1: D(8), 2: D(8)}},
            Agreement(None, 2, (1, 2), "mọi phiếu cho các đơn vị điểm bằng nhau"),
        ),
    ],
)
def test_why_there_is_no_agreement_is_told_with_who_was_compared(scores, agreement):
    assert kendalls_w(scores) == agreement


def test_an_empty_cell_has_a_sum_of_nothing_and_no_points():
    assert tally_of([]) == Tally(0, D("0.00"))
    assert council_points(tally_of([]), Aggregation.MEAN, D(10), D(12)) is None


@pytest.mark.parametrize(
    ("method", "points"),
    [
        (Aggregation.MEAN, "8.40"),
        (Aggregation.MEDIAN, "10.80"),
        (Aggregation.TRIMMED_MEAN, "10.00"),
    ],
)
def test_the_method_decides_the_points_of_a_cell(method, points):
    tally = tally_of([D(0), D(7), D(9), D(9), D(10)])
    assert council_points(tally, method, D(10), D(12))[1] == D(points)


def test_a_median_keeps_the_sum_it_stands_beside():
    assert aggregate(tally_of([D(1), D(9)]), Aggregation.MEDIAN) == Aggregate(
        F(5), 2, D(1), D(9), 0, D(10)
    )


@pytest.mark.parametrize(("lowest", "highest"), [(D(7), None), (None, D(9))])
def test_a_trimmed_mean_needs_both_extremes(lowest, highest):
    with pytest.raises(TallyTooPoor):
        aggregate(Tally(5, D(40), lowest, highest), Aggregation.TRIMMED_MEAN)


@pytest.mark.parametrize(
    ("lowest", "highest", "words"),
    [
        (None, None, "trung bình 4 phiếu: 34 ÷ 4 = 8,50"),
        (D(8), None, "trung bình 4 phiếu: 34 ÷ 4 = 8,50"),
        (D(8), D(9), "trung bình 4 phiếu (8–9): 34 ÷ 4 = 8,50"),
    ],
)
def test_too_few_marks_to_trim_are_told_as_a_mean_with_the_span_that_is_known(
    lowest, highest, words
):
    result = Aggregate(F("8.5"), 4, lowest, highest, total=D(34))
    assert aggregate_words(result, Aggregation.TRIMMED_MEAN) == words


BANDS = [BandRule("Xuất sắc", D(90), D(85)), BandRule("Tốt", D(80), D(80))]


@pytest.mark.parametrize(
    ("total", "shares", "band"),
    [
        ("70", {"A1": D(10)}, ("", "chưa đạt mức nào")),
        (
            "95",
            {"A1": D(70)},
            (
                "",
                "không xếp Xuất sắc vì A1 đạt 70 % điểm tối đa, dưới 85 %; "
                "không xếp Tốt vì A1 đạt 70 % điểm tối đa, dưới 80 %",
            ),
        ),
        ("90", {"A1": D(85)}, ("Xuất sắc", "")),
    ],
)
def test_below_all_bands_the_reason_names_each_that_was_near(total, shares, band):
    assert band_of(D(total), shares, BANDS) == band


def test_a_band_without_a_floor_asks_for_the_total_alone():
    assert band_of(D(80), {"A1": D(0)}, [BandRule("Đạt", D(50))]) == ("Đạt", "")


def test_each_group_of_penalties_is_taken_off():
    minus = CriterionKind.PENALTY
    given = [
        Judged(minus, 3, D(2), D(4), D(4)),
        Judged(minus, 4, D(1), D(4), D(4)),
        Judged(CriterionKind.BONUS, 5, D(5), D(4), D(4)),
    ]
    assert judged_total(given, [Section(3), Section(4), Section(5)], D(20)) == F(2)


def test_the_spread_belongs_to_its_criterion():
    assert spread(7, [tally_of([D(8), D(10)])]) == Spread(7, 1, D("2.00"), D(2))
    assert spread(7, [Tally(2, D(9), D(4), None), Tally(2, D(9), None, D(5))]) is None


def test_only_ranks_that_another_way_would_change_are_told():
    ranks = {
        Aggregation.MEAN: {1: 1, 2: 2},
        Aggregation.MEDIAN: {1: 2, 2: 1},
        Aggregation.TRIMMED_MEAN: {1: 1, 2: 1, 3: 3},
    }
    assert order_changes(ranks, Aggregation.MEAN) == {
        Aggregation.MEDIAN: {1: 2, 2: 1},
        Aggregation.TRIMMED_MEAN: {2: 1, 3: 3},
    }
