"""Every line about marks and re-scaled totals, worked out, gives the number it states."""

from decimal import Decimal as D
from fractions import Fraction as F

from hypothesis import given, settings
from hypothesis import strategies as st

from campaign.planning.rules import Aggregation
from campaign.ranking.rules import aggregate_arithmetic, aggregate_words, council_points, tally_of
from campaign.ranking.sums import rescaling_step
from campaign.scheme.rules.rescaling import rescaling_words
from campaign.scheme.rules.sums import Line, totals
from campaign.scheme.rules.terms import CriterionKind
from campaign.scheme.rules.tree import Section
from tests import arithmetic

PLACES = st.integers(0, 4)


def _points(places, low=1):
    """Points with the decimals of a plan."""
    return st.integers(low, 40 * 10**places).map(lambda value: D(value).scaleb(-places))


@settings(max_examples=300)
@given(places=PLACES, method=st.sampled_from(Aggregation), data=st.data())
def test_a_line_about_marks_gives_the_points_it_states(places, method, data):
    marks = data.draw(st.lists(_points(places, low=0), min_size=1, max_size=12))
    of, to = data.draw(_points(places)), data.draw(_points(places))
    for unit_maximum in (of, to):
        found, points = council_points(tally_of(marks), method, of, unit_maximum, places)
        worked_out = aggregate_arithmetic(found, method)
        lines = [
            aggregate_words(found, method, places),
            *rescaling_words(found.value, of, unit_maximum, worked_out, places=places),
        ]
        stated = [arithmetic.check(line) for line in lines]
        assert stated[-1] == points
        assert len(lines[-1].rpartition(" = ")[2].partition(",")[2]) == places


@settings(max_examples=200)
@given(places=PLACES, data=st.data())
def test_the_line_about_a_re_scaled_total_gives_what_it_states(places, data):
    points = data.draw(st.lists(_points(places), min_size=1, max_size=5))
    more = data.draw(_points(places))
    lines = [
        Line(number, 1, CriterionKind.BASE, value, value + 1) for number, value in enumerate(points)
    ]
    total = totals(
        lines,
        [Section(1), Section(2)],
        sum((line.maximum for line in lines), D(0)) + more,
        places=places,
    )
    assert arithmetic.check(rescaling_step(total)) == total.points


@settings(max_examples=150)
@given(places=PLACES, data=st.data())
def test_both_ways_of_a_plan_give_one_order_and_each_line_what_it_states(places, data):
    """Units to which more or less applies, on a scale of any sum, with what is never re-scaled."""
    scale = data.draw(st.sampled_from([D(100), D(1000), D(70), D("122.5")]))
    units = [
        [
            Line(1, 1, CriterionKind.BASE, min(data.draw(_points(places)), most), most),
            Line(2, 2, data.draw(st.sampled_from(MORE)), data.draw(_points(places, low=0)), D(40)),
        ]
        for most in data.draw(st.lists(st.sampled_from([D(60), D(45), scale]), min_size=2))
    ]
    sections = [Section(1), Section(2)]
    points, shares = (
        [totals(lines, sections, scale, places=places, ranked_on=on) for lines in units]
        for on in (None, D(100))
    )
    assert _order(points) == _order(shares)
    for total in shares:
        assert F(total.exact_points) * 100 / F(scale) == F(total.exact)
        if step := rescaling_step(total):
            told = arithmetic.check(step)
            assert told + (F(total.beside) if total.is_on_own_scale else 0) == total.points


MORE = [CriterionKind.BONUS, CriterionKind.PENALTY]


def _order(counted):
    return sorted(range(len(counted)), key=lambda place: (counted[place].exact, place))


def test_a_mean_just_at_half_a_hundredth_is_rounded_up_after_re_scaling():
    marks = [D(mark) for mark in ("7.5", "7.5", "7.6", "7.55")]
    found, points = council_points(tally_of(marks), Aggregation.MEAN, D(10), D(12))
    assert (points, aggregate_words(found, Aggregation.MEAN)) == (
        D("9.05"),
        "trung bình 4 phiếu (7,5–7,6): 30,15 ÷ 4 = 7,54",
    )
    assert rescaling_words(
        found.value, D(10), D(12), aggregate_arithmetic(found, Aggregation.MEAN), places=2
    ) == ("quy đổi: 30,15 ÷ 4 × 12 ÷ 10 = 9,05",)
