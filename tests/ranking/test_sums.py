"""Sums: what adds up to a total, with its sign, and how what applies is re-scaled."""

from decimal import Decimal as D
from fractions import Fraction as F

import pytest

from campaign.core.points import round_points
from campaign.planning.rules import Rescaling
from campaign.ranking.sums import fallen_words, measure_words, rescaling_step
from campaign.scheme.rules.sums import GroupTotal, Line, totals
from campaign.scheme.rules.terms import CriterionKind
from campaign.scheme.rules.tree import Section

BASE, BONUS, PENALTY = CriterionKind.BASE, CriterionKind.BONUS, CriterionKind.PENALTY
TABLE = [
    Section(10),
    Section(20, None, D(10)),
    Section(30, None, None, D(-8)),
    Section(40),
    Section(50, None, D(2)),
]


def test_a_bonus_joins_the_group_it_names_and_bounds_hold():
    lines = [
        Line(1, 10, BASE, D(30), D(40), D("1.50"), 50),
        Line(2, 20, BONUS, D(9), D(9)),
        Line(3, 30, PENALTY, D(9), D(9)),
        Line(4, 40, BASE, D(50), D(60), D(1), None),
    ]
    total = totals(lines, TABLE, D(100))
    assert (total.points, list(total.groups)) == (
        D("82.50"),
        [
            GroupTotal(10, D(30)),
            GroupTotal(20, D(9)),
            GroupTotal(30, D(-8), lift=D(1)),
            GroupTotal(40, D(50)),
            GroupTotal(50, D("1.50"), D("1.50")),
        ],
    )


def test_no_penalty_is_no_minus_zero():
    total = totals([], [Section(30, floor=D(-8))], D(100))
    assert (str(total.points), str(total.groups[0].points), str(total.groups[0].lift)) == (
        "0.00",
        "0.00",
        "0.00",
    )


@pytest.mark.parametrize(
    ("base", "more", "points", "rescaling", "words"),
    [
        ("60", "0", "100.00", "40.00", "quy đổi 60,00 × 100 ÷ 60 = 100,00"),
        ("55", "0", "91.67", "36.67", "quy đổi 55,00 × 100 ÷ 60, làm tròn hai chữ số = 91,67"),
        ("54", "3", "93.00", "36.00", "quy đổi 54,00 × 100 ÷ 60 = 90,00"),
        ("54", "-3", "87.00", "36.00", "quy đổi 54,00 × 100 ÷ 60 = 90,00"),
    ],
)
def test_where_a_group_falls_away_the_rest_counts_for_the_full_scale(
    base, more, points, rescaling, words
):
    extra = Line(
        2, 20 if D(more) >= 0 else 30, BONUS if D(more) >= 0 else PENALTY, abs(D(more)), D(5)
    )
    total = totals([Line(1, 40, BASE, D(base), D(60)), extra], TABLE, D(100))
    assert (total.points, total.rescaling, rescaling_step(total)) == (
        D(points),
        D(rescaling),
        words,
    )


@pytest.mark.parametrize(
    ("base", "more", "points", "words"),
    [
        ("600", "0", "100.00", "quy đổi 600,00 × 100 ÷ 600 = 100,00"),
        ("555.55", "0", "92.59", "quy đổi 555,55 × 100 ÷ 600, làm tròn hai chữ số = 92,59"),
        (
            "540",
            "5",
            "90.50",
            "quy đổi 540,00 × 100 ÷ 600 + 5,00 × 100 ÷ 1.000 = 90,50",
        ),
        (
            "540",
            "-3",
            "89.70",
            "quy đổi 540,00 × 100 ÷ 600 − 3,00 × 100 ÷ 1.000 = 89,70",
        ),
    ],
)
def test_a_plan_that_ranks_on_per_cent_gives_per_cent_whatever_its_scale(base, more, points, words):
    kind, section = (BONUS, 20) if D(more) >= 0 else (PENALTY, 30)
    lines = [Line(1, 40, BASE, D(base), D(600)), Line(2, section, kind, abs(D(more)), D(5))]
    total = totals(lines, TABLE, D(1000), ranked_on=D(100))
    assert (total.points, rescaling_step(total)) == (D(points), words)
    assert total.earned + total.rescaling == total.points
    whole = totals([lines[0]._replace(maximum=D(1000))], TABLE, D(1000), ranked_on=D(100))
    assert whole.points == round_points(D(base) / 10, 2)
    assert whole.exact_points == D(base)


@pytest.mark.parametrize("places", range(5))
def test_a_total_has_the_decimals_of_the_plan_however_it_came_about(places):
    line = Line(1, 40, BASE, D(30), D(60))
    for scale, on in ((D(60), None), (D(90), None), (D(90), D(100))):
        points = totals([line], TABLE, scale, places=places, ranked_on=on).points
        assert -points.as_tuple().exponent == places


def test_a_half_below_nothing_is_rounded_where_it_is_told():
    """0,005 more of the base is told as 0,01 and counts so beside a penalty of 3."""
    lines = [Line(1, 40, BASE, D("0.01"), D(60)), Line(2, 30, PENALTY, D(3), D(5))]
    total = totals(lines, TABLE, D(30))
    assert (total.points, rescaling_step(total)) == (
        D("-2.99"),
        "quy đổi 0,01 × 30 ÷ 60, làm tròn hai chữ số = 0,01",
    )


def test_what_applies_in_full_is_not_rescaled():
    total = totals(
        [Line(1, 10, BASE, D(30), D(40)), Line(2, 40, BASE, D(50), D(60))], TABLE, D(100)
    )
    assert (total.points, total.rescaling, rescaling_step(total)) == (D(80), D(0), "")


@pytest.mark.parametrize(
    ("exact", "shown"),
    [
        (F(5, 1000), "0.01"),
        (F(-5, 1000), "-0.01"),
        (F(499, 100000), "0.00"),
        (F(1, 3), "0.33"),
        (D("1.005"), "1.01"),
        (F(90), "90.00"),
    ],
)
def test_a_total_is_shown_half_up_from_its_exact_value(exact, shown):
    assert str(round_points(exact, 2)) == shown


def test_groups_that_do_not_apply_are_named_as_the_plan_writes_them():
    assert (fallen_words([]), fallen_words(["I"]), fallen_words(["A", "Nhóm 2"])) == (
        "",
        "không áp dụng nhóm I",
        "không áp dụng nhóm A, Nhóm 2",
    )


def test_what_units_are_ranked_by_has_the_name_the_plan_chose():
    assert [measure_words(one) for one in Rescaling] == ["Tổng điểm", "Tỷ lệ, %"]
