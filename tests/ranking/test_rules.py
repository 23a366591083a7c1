"""Ranking: aggregation, bands and agreement."""

from decimal import Decimal as D
from fractions import Fraction as F

import pytest

from campaign.planning.rules import Aggregation
from campaign.ranking.rules import (
    BandRule,
    Judged,
    Tally,
    TallyTooPoor,
    aggregate,
    aggregate_words,
    band_of,
    council_points,
    judged_total,
    kendalls_w,
    spread,
    tally_of,
    tie_words,
)
from campaign.scheme.rules.terms import CriterionKind, TakesFrom
from campaign.scheme.rules.tree import Section


@pytest.mark.parametrize(
    ("method", "marks", "value"),
    [
        (Aggregation.MEAN, ["8", "9", "10"], D(9)),
        (Aggregation.MEDIAN, ["1", "9", "10"], D(9)),
        (Aggregation.TRIMMED_MEAN, ["0", "8", "9", "10", "10"], D(9)),
        (Aggregation.TRIMMED_MEAN, ["0", "8", "10", "10"], D(7)),
    ],
)
def test_marks_are_put_together_as_the_campaign_says(method, marks, value):
    found = aggregate(tally_of([D(mark) for mark in marks]), method)
    assert found is not None
    assert found.value == value


def test_no_mark_is_no_value_and_never_zero():
    assert aggregate(tally_of([]), Aggregation.MEAN) is None


@pytest.mark.parametrize(
    ("total", "share", "band"),
    [
        ("90", "85", "Xuất sắc"),
        ("89.995", "85", "Tốt"),
        ("95", "84", "Tốt"),
        ("10", "10", ""),
    ],
)
def test_a_band_asks_for_points_and_for_its_floor(total, share, band):
    bands = [BandRule("Xuất sắc", D(90), D(85)), BandRule("Tốt", D(80), D(80))]
    assert band_of(D(total), {"B1": D(share)}, bands)[0] == band


def test_a_total_that_only_looks_like_a_band_does_not_reach_it_and_that_is_said():
    bands = [BandRule("Xuất sắc", D(90)), BandRule("Tốt", D(80))]
    assert band_of(F(89999, 1000), {}, bands) == (
        "Tốt",
        "không xếp Xuất sắc vì tổng chưa làm tròn còn dưới 90,00",
    )
    assert band_of(F(90), {}, bands) == ("Xuất sắc", "")
    assert [band_of(F(179, 2), {}, bands, places) for places in (0, 1)] == [
        ("Tốt", "không xếp Xuất sắc vì tổng chưa làm tròn còn dưới 90"),
        ("Tốt", ""),
    ]


def test_every_band_that_was_missed_by_its_floor_is_told():
    bands = [
        BandRule("Xuất sắc", D(90), D(85)),
        BandRule("Tốt", D(80), D(80)),
        BandRule("Khá", D(70), D(70)),
    ]
    assert band_of(D(95), {"A1": D(100), "B2": D("79.999"), "C1": D(84)}, bands) == (
        "Khá",
        "không xếp Xuất sắc vì B2 đạt 79,99 %, C1 đạt 84 % điểm tối đa, dưới 85 %; "
        "không xếp Tốt vì B2 đạt 79,99 % điểm tối đa, dưới 80 %",
    )


def test_full_agreement_is_one_and_opposite_orders_are_zero():
    same = {rater: {1: D(9), 2: D(8), 3: D(7)} for rater in (1, 2)}
    opposite = {1: {1: D(9), 2: D(8), 3: D(7)}, 2: {1: D(7), 2: D(8), 3: D(9)}}
    assert (kendalls_w(same).w, kendalls_w(opposite).w) == (D(1), D(0))


SECTIONS = [Section(1), Section(2, None, D(5)), Section(3, None, None, D(-8)), Section(4)]
BASE, BONUS, PENALTY = CriterionKind.BASE, CriterionKind.BONUS, CriterionKind.PENALTY


@pytest.mark.parametrize(
    ("given", "total"),
    [
        ([Judged(BASE, 1, D(8), D(10), D(10))], F(16)),
        ([Judged(BASE, 1, D(8), D(10), D(15)), Judged(BASE, 1, D(5), D(10), D(5))], F(29, 2)),
        (
            [
                Judged(BASE, 1, D(8), D(10), D(10)),
                Judged(BONUS, 2, D(3), D(4), D(4)),
                Judged(BONUS, 2, D(3), D(4), D(4)),
            ],
            F(21),
        ),
        ([Judged(BASE, 1, D(8), D(10), D(10)), Judged(PENALTY, 3, D(2), D(4), D(4))], F(14)),
        ([Judged(BONUS, 2, D(3), D(4), D(4))], F(3)),
        ([Judged(BONUS, 4, D(3), D(4), D(4))], F(3)),
        (
            [
                Judged(BASE, 1, D(8), D(10), D(10)),
                Judged(PENALTY, 1, D(9), D(9), D(9), takes_from=TakesFrom.GROUP),
            ],
            F(8),
        ),
        ([Judged(BONUS, 4, D(3), D("Infinity"), D("Infinity"))], F(3)),
        ([Judged(BASE, 1, D(8), D(10), D(10)), Judged(PENALTY, 3, D(9), D(9), D(9))], F(8)),
    ],
)
def test_what_a_member_gave_a_unit_counts_on_one_scale_with_caps_and_signs(given, total):
    assert judged_total(given, SECTIONS, D(20)) == total


@pytest.mark.parametrize(
    ("points", "of", "to", "taken", "total"),
    [(8, 10, 20, 2, F(12)), (2, 3, 20, 1, F(20, 3)), (8, 10, 10, 2, F(12)), (1, 10, 20, 2, F(0))],
)
def test_a_penalty_takes_from_the_criterion_it_names_on_the_scale_of_the_unit(
    points, of, to, taken, total
):
    given = [
        Judged(BASE, 1, D(points), D(of), D(to), criterion_id=7),
        Judged(
            PENALTY,
            3,
            D(taken),
            D(4),
            D(4),
            criterion_id=8,
            takes_from=TakesFrom.CRITERION,
            taken_id=7,
        ),
    ]
    assert judged_total(given, SECTIONS, D(20)) == total


def test_agreement_names_the_units_it_compared_and_is_exact():
    scores = {
        1: {1: F(28, 3), 2: F(9), 3: D(8)},
        2: {1: F(28, 3), 2: F(10), 4: D(8)},
        3: {1: F(28, 3), 2: F(9)},
        4: {},
    }
    found = kendalls_w(scores)
    assert (found.w, found.raters, found.compared, found.units) == (D("0.1111"), 3, (1, 2), 2)


@pytest.mark.parametrize(
    "scores", [{}, {1: {1: D(9), 2: D(8)}}, {1: {1: D(9), 2: D(9)}, 2: {1: D(8), 2: D(8)}}]
)
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


@pytest.mark.parametrize(
    ("method", "marks", "words"),
    [
        (Aggregation.MEAN, ["9", "9.5", "10.25"], "trung bình 3 phiếu (9–10,25): 28,75 ÷ 3 = 9,58"),
        (
            Aggregation.MEDIAN,
            ["8.5", "8.75", "9", "9.5"],
            "trung vị 4 phiếu (8,5–9,5): 8,875 = 8,88",
        ),
        (
            Aggregation.TRIMMED_MEAN,
            ["6", "8", "8.5", "9", "9.5"],
            "trung bình cắt 5 phiếu (6–9,5), bỏ một cao nhất, một thấp nhất: (41 − 6 − 9,5) ÷ "
            "3 = 8,50",
        ),
    ],
)
def test_how_marks_were_put_together_is_told_with_the_sum(method, marks, words):
    found = aggregate(tally_of([D(mark) for mark in marks]), method)
    assert aggregate_words(found, method) == words


def test_points_of_the_council_are_rescaled_exactly_and_rounded_once():
    tally = tally_of([D(mark) for mark in ("7", "7.5", "7.5", "8", "7.7")])
    assert council_points(tally, Aggregation.MEAN, D(8), D("8.5")) == (
        aggregate(tally, Aggregation.MEAN),
        D("8.01"),
    )
    halves = tally_of([D("7.53"), D("7.54"), D("7.54")])
    assert council_points(halves, Aggregation.MEAN, D(8), D("9.24"))[1] == D("8.70")


@pytest.mark.parametrize(
    ("decided_by", "is_tied", "words"),
    [
        ("", True, "đồng hạng"),
        ("điểm thưởng", False, "phân định theo: điểm thưởng"),
        ("", False, ""),
    ],
)
def test_what_set_equals_apart_or_that_they_share_a_rank_is_said(decided_by, is_tied, words):
    assert tie_words(decided_by, is_tied=is_tied) == words
