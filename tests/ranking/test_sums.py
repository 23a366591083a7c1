"""Sums: what adds up to a total, with its sign, and how what applies is re-scaled."""

from decimal import Decimal as D
from fractions import Fraction as F

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.core.points import round_points
from campaign.planning.rules import Rescaling
from campaign.ranking.sums import (
    GroupTotal,
    Line,
    fallen_words,
    measure_words,
    rescaling_step,
    totals,
)
from campaign.scheme.rules.terms import CriterionKind

BASE, BONUS, PENALTY = CriterionKind.BASE, CriterionKind.BONUS, CriterionKind.PENALTY
KINDS = {10: BASE, 20: BONUS, 30: PENALTY, 40: BASE, 50: BONUS}
CAPS = {10: None, 20: D(10), 30: D(8), 40: None, 50: D(2)}


def test_a_bonus_joins_the_group_it_names_and_caps_hold():
    lines = [
        Line(1, 10, BASE, D(30), D(40), D("1.50"), 50),
        Line(2, 20, BONUS, D(9), D(9)),
        Line(3, 30, PENALTY, D(9), D(9)),
        Line(4, 40, BASE, D(50), D(60), D(1), None),
    ]
    total = totals(lines, CAPS, KINDS, D(100))
    assert (total.points, list(total.groups)) == (
        D("82.50"),
        [
            GroupTotal(10, BASE, D(30)),
            GroupTotal(20, BONUS, D(9)),
            GroupTotal(30, PENALTY, D(-8), D(0), D(1)),
            GroupTotal(40, BASE, D(50)),
            GroupTotal(50, BONUS, D("1.50"), D("1.50")),
        ],
    )


def test_no_penalty_is_no_minus_zero():
    total = totals([], {30: D(8)}, {30: PENALTY}, D(100))
    assert (str(total.points), str(total.groups[0].points), str(total.groups[0].cut)) == (
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
    total = totals([Line(1, 40, BASE, D(base), D(60)), extra], CAPS, KINDS, D(100))
    assert (total.points, total.rescaling, rescaling_step(total)) == (
        D(points),
        D(rescaling),
        words,
    )


def test_what_applies_in_full_is_not_rescaled():
    total = totals(
        [Line(1, 10, BASE, D(30), D(40)), Line(2, 40, BASE, D(50), D(60))], CAPS, KINDS, D(100)
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
    assert str(round_points(exact)) == shown


POINTS = st.integers(0, 4000).map(lambda hundredths: D(hundredths) / 100)


@given(
    st.lists(
        st.tuples(st.sampled_from(sorted(KINDS)), POINTS, POINTS, st.sampled_from([None, 20, 50])),
        max_size=8,
    )
)
def test_lines_bonuses_caps_and_rescaling_add_up_to_every_total(rows):
    lines = [
        Line(
            number,
            group,
            KINDS[group],
            min(points, D(40)),
            D(40),
            bonus if KINDS[group] is BASE else D(0),
            to,
        )
        for number, (group, points, bonus, to) in enumerate(rows)
    ]
    total = totals(lines, CAPS, KINDS, D(100))
    parts = [
        *(line.signed for line in lines),
        *(group.bonus for group in total.groups),
        *(group.cut for group in total.groups),
        total.rescaling,
    ]
    assert sum(parts, D(0)) == total.points
    assert sum((group.points for group in total.groups), D(0)) + total.rescaling == total.points


def test_groups_that_do_not_apply_are_named_as_the_plan_writes_them():
    assert (fallen_words([]), fallen_words(["I"]), fallen_words(["A", "Nhóm 2"])) == (
        "",
        "không áp dụng nhóm I",
        "không áp dụng nhóm A, Nhóm 2",
    )


def test_what_units_are_ranked_by_has_the_name_the_plan_chose():
    assert [measure_words(one) for one in Rescaling] == ["Tổng điểm", "Tỷ lệ, %"]
