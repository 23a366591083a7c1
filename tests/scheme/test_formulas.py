"""Every kind of rule by hand: a table of values, and what holds of any numbers."""

from dataclasses import fields
from decimal import Decimal as D
from fractions import Fraction
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaign.core.errors import RuleViolation
from campaign.scheme.rules.achievement import Observation, achievement
from campaign.scheme.rules.block import Standing, standings
from campaign.scheme.rules.formulas.known import FORMULAS
from campaign.scheme.rules.points import indicator_points
from campaign.scheme.rules.points_rule import PointsRuleKind
from campaign.scheme.rules.reading import points_rule_from_data
from campaign.scheme.rules.terms import Direction, Judgement
from tests import arithmetic

UP, DOWN, BELOW = Direction.AT_LEAST, Direction.AT_MOST, Direction.BELOW
LEVEL, GROWTH = Judgement.LEVEL, Judgement.GROWTH
START = {
    "kind": "start_and_step",
    "start": "5000",
    "start_points": "10",
    "every": "100",
    "gain": "0.5",
}
CASES = {"kind": "start_and_step", "start": "5", "start_points": "10", "every": "1", "fall": "2"}
FEWER = {**CASES, "gain": "1", "fall": "0"}
STEP = {"kind": "step", "lost": "0.5"}
TABLE = {"kind": "levels", "levels": [["90", "8"], ["100", "10"], ["80", "5"]]}
FALLS = {"kind": "levels", "levels": [["3", "10"], ["5", "8"], ["8", "2.5"]]}
PLACES = {"kind": "place_table", "places": ["10", "8", "6"]}
THIRDS = {"kind": "parts_of_block", "parts": ["100", "75", "50"]}
LEADER = {"kind": "leader", "target_share": "50"}
BEST = {"kind": "best_value"}
SHARE = {"kind": "growth_share"}


def _seen(value, target=None, *, growth=None, last=None):
    numbers = [None if text is None else D(text) for text in (value, target, growth, last)]
    value, target, growth, last = numbers
    return Observation(value, target=target, growth_target=growth, same_period_last_year=last)


def _level(value, target=None, direction=UP):
    return achievement(direction, LEVEL, _seen(value, target))


def _grown(value, last, growth=None, direction=UP):
    return achievement(direction, GROWTH, _seen(value, growth=growth, last=last))


@pytest.mark.parametrize(
    ("rule", "reached", "maximum", "points"),
    [
        (STEP, _level("100", "100"), "10", "10.00"),
        (STEP, _level("97.5", "100"), "10", "9.00"),
        ({**STEP, "counted": "started"}, _level("97.5", "100"), "10", "8.50"),
        ({**STEP, "counted": "proportional"}, _level("97.5", "100"), "10", "8.75"),
        ({**STEP, "each": "5"}, _level("88", "100"), "10", "9.00"),
        ({**STEP, "each": "5", "counted": "started"}, _level("88", "100"), "10", "8.50"),
        ({**STEP, "missing_in": "unit", "each": "10"}, _level("955", "1000"), "10", "8.00"),
        (
            {**STEP, "missing_in": "unit", "each": "10", "counted": "started"},
            _level("955", "1000"),
            "10",
            "7.50",
        ),
        (
            {**STEP, "missing_in": "unit", "each": "10", "counted": "proportional"},
            _level("955", "1000"),
            "10",
            "7.75",
        ),
        (TABLE, _level("100"), "10", "10.00"),
        (TABLE, _level("99.9999"), "10", "8.00"),
        (TABLE, _level("80"), "10", "5.00"),
        (TABLE, _level("79"), "10", "0.00"),
        (TABLE, _level("100"), "9", "9.00"),
        (FALLS, _level("3", None, DOWN), "10", "10.00"),
        (FALLS, _level("4", None, DOWN), "10", "8.00"),
        (FALLS, _level("8", None, DOWN), "10", "2.50"),
        (FALLS, _level("7.9999", None, BELOW), "10", "2.50"),
        (FALLS, _level("8", None, BELOW), "10", "0.00"),
        (FALLS, _level("3", None, BELOW), "10", "8.00"),
        (FALLS, _level("9", None, DOWN), "10", "0.00"),
        (TABLE, _grown("195", "100"), "10", "8.00"),
        (START, _level("4999"), "35", "0.00"),
        (START, _level("5000"), "35", "10.00"),
        (START, _level("5099"), "35", "10.00"),
        (START, _level("5100"), "35", "10.50"),
        (START, _level("9999"), "35", "34.50"),
        (START, _level("10000"), "35", "35.00"),
        (START, _level("20000"), "35", "35.00"),
        ({**START, "fall": "1"}, _level("4950"), "35", "9.00"),
        ({**START, "fall": "1"}, _level("4000"), "35", "0.00"),
        ({**START, "fall": "1"}, _level("-100"), "35", "0.00"),
        ({"kind": "ceiling", "lost": "1"}, _level("4", "5", DOWN), "10", "10.00"),
        ({**CASES, "gain": "0.5", "fall": "0"}, _grown("103", "97"), "35", "10.50"),
        (CASES, _level("5", None, DOWN), "10", "10.00"),
        (CASES, _level("6", None, DOWN), "10", "8.00"),
        (CASES, _level("5", None, BELOW), "10", "8.00"),
        (CASES, _level("11", None, DOWN), "10", "0.00"),
        (FEWER, _level("2", None, DOWN), "12", "12.00"),
        (FEWER, _level("4", None, DOWN), "12", "11.00"),
        (SHARE, _grown("109", "100", "18"), "10", "5.00"),
        (SHARE, _grown("118", "100", "18"), "10", "10.00"),
        (SHARE, _grown("130", "100", "18"), "10", "10.00"),
        (SHARE, _grown("117.9999", "100", "18"), "10", "9.99"),
        (SHARE, _grown("100", "100", "18"), "10", "0.00"),
        (SHARE, _grown("90", "100", "18"), "10", "0.00"),
    ],
)
def test_each_rule_gives_what_the_pencil_gives(rule, reached, maximum, points):
    found = indicator_points(points_rule_from_data(rule), reached, D(maximum))
    assert found.points == D(points)
    assert arithmetic.check(found.steps[-1]) == D(points)


@pytest.mark.parametrize(
    ("rule", "values", "target", "points"),
    [
        (PLACES, "90 100 95 80", "100", "6 10 8 0"),
        (PLACES, "100 100 95 80", "100", "10 10 6 0"),
        (THIRDS, "60 50 40 30 20 10", "100", "10 10 7.5 7.5 5 5"),
        (THIRDS, "40 30 20 10", "100", "10 10 7.5 5"),
        (THIRDS, "40", "100", "10"),
        (LEADER, "50 100 150 125 200", "100", "2.5 5 7.5 6.25 10"),
        (LEADER, "50 100 100", "100", "2.5 5 5"),
        (LEADER, "99.9999 300 -5", "100", "4.99 10 0"),
        ({**LEADER, "without_target": True}, "12 6 3", None, "10 5 2.5"),
        (BEST, "12 6 3 0", None, "10 5 2.5 0"),
        (BEST, "12 6 3 -4", "100", "10 5 2.5 0"),
    ],
)
def test_a_rule_that_looks_at_the_block_gives_what_the_pencil_gives(rule, values, target, points):
    reaches = {key: _level(value, target) for key, value in enumerate(values.split())}
    found = _block_points(rule, reaches)
    assert [row.points for row in found.values()] == [D(text) for text in points.split()]
    for row in found.values():
        assert arithmetic.check(row.steps[-1]) == row.points


def _block_points(rule, reaches, direction=UP, maximum="10"):
    rule, at = points_rule_from_data(rule), standings(reaches, direction)
    return {
        key: indicator_points(rule, reached, D(maximum), standing=at[key])
        for key, reached in reaches.items()
    }


def test_whoever_has_no_target_is_held_against_those_without_one_alone():
    reaches = {1: _level("200", "100"), 2: _level("6"), 3: _level("3"), 4: _level("100", "100")}
    found = _block_points({**LEADER, "without_target": True}, reaches)
    assert [row.points for row in found.values()] == [D(10), D(10), D(5), D(5)]
    found = _block_points(LEADER, reaches)
    assert (found[2].points, found[2].problem) == (None, "Chưa có mức chỉ tiêu.")


MILD = {"kind": "levels", "levels": [["6", "10"], ["8", "5"]]}
LATE = {**CASES, "start": "6"}


@pytest.mark.parametrize("rule", [MILD, LATE])
@pytest.mark.parametrize(
    ("direction", "value", "points"),
    [
        (DOWN, "5", "10.00"),
        (DOWN, "5.0001", "9.99"),
        (BELOW, "4.9999", "10.00"),
        (BELOW, "5", "9.99"),
    ],
)
def test_a_limit_is_broken_also_where_a_table_of_values_is_content(rule, direction, value, points):
    found = indicator_points(points_rule_from_data(rule), _level(value, "5", direction), D(10))
    assert found.points == D(points)
    told = [line for line in found.steps if "chưa đạt nên không quá 9,99" in line]
    verdicts = [line for line in found.steps if line.endswith("chưa đạt")]
    assert (len(told), len(verdicts)) == ((1, 1) if points == "9.99" else (0, 0))


def test_a_growth_that_broke_its_limit_has_less_than_all_by_a_table_and_without_a_limit_all():
    table = points_rule_from_data(MILD)
    assert [
        indicator_points(table, _grown(value, "100", growth, DOWN), D(10)).points
        for value, growth in (("105", "5"), ("105.5", "5"), ("105.5", None))
    ] == [D(10), D("9.99"), D(10)]
    late = achievement(DOWN, Judgement.CUMULATIVE, _seen("5.5", "5"))
    assert indicator_points(table, late, D(10)).points == D(10)


@pytest.mark.parametrize(
    ("rule", "reached", "standing", "steps"),
    [
        (
            START,
            _level("6234"),
            None,
            (
                "Số lần: (6.234 − 5.000) ÷ 100, bỏ phần lẻ = 12",
                "10 + 12 × 0,5 = 16,00 điểm",
            ),
        ),
        (START, _level("4000"), None, ("4.000, chưa tới mức khởi điểm 5.000: 0 = 0,00 điểm",)),
        (TABLE, _level("95"), None, ("95, mức từ 90 và dưới 100: 8 = 8,00 điểm",)),
        (FALLS, _level("4", None, DOWN), None, ("4, mức không quá 5 và trên 3: 8 = 8,00 điểm",)),
        (
            SHARE,
            _grown("109", "100", "18"),
            None,
            (
                "So với cùng kỳ: 109 ÷ 100 = 109 %",
                "109 ÷ (100 × 118 %) = 92,37 %",
                "Mức tăng: 109 − 100 = 9",
                "tăng 9 % của 18 %: 35 × 9 ÷ 18 = 17,50 điểm",
            ),
        ),
        (
            LEADER,
            _level("125", "100"),
            Standing(2, 5, _level("150", "100")),
            (
                "125 ÷ 100 = 125 %",
                "vượt mục tiêu, so với đơn vị dẫn đầu: 50 % × 35 + 50 % × 35 × (125 − 100) ÷ "
                "(150 − 100) = 26,25 điểm",
            ),
        ),
        (
            THIRDS,
            _level("90", "100"),
            Standing(4, 7),
            (
                "90 ÷ 100 = 90 %",
                "Phần của khối: (4 − 1) × 3 ÷ 7 + 1, bỏ phần lẻ = 2",
                "thứ 4 trong 7 đơn vị, phần 2 trong 3 phần: 75 % × 35 = 26,25 điểm",
            ),
        ),
    ],
)
def test_the_arithmetic_is_told_from_the_numbers_it_was_worked_out_with(
    rule, reached, standing, steps
):
    found = indicator_points(points_rule_from_data(rule), reached, D(35), standing=standing)
    assert found.steps == steps


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({**STEP, "each": "0"}, "each"),
        ({"kind": "levels"}, "levels"),
        ({"kind": "levels", "levels": [["1", "5"], ["1", "6"]]}, "levels"),
        ({"kind": "levels", "levels": [["1", "-5"]]}, "levels"),
        ({"kind": "levels", "levels": [["1", "5"], ["2", "9"], ["3", "7"]]}, "levels"),
        ({**START, "every": "0"}, "every"),
        ({**START, "start_points": "-1"}, "start_points"),
        ({**START, "gain": "0"}, "gain"),
        ({**START, "gain": "-1"}, "gain"),
        ({**START, "fall": "-1"}, "fall"),
        ({"kind": "place_table"}, "places"),
        ({"kind": "place_table", "places": ["8", "10"]}, "places"),
        ({"kind": "place_table", "places": ["8", "-1"]}, "places"),
        ({"kind": "parts_of_block", "parts": ["100"]}, "parts"),
        ({"kind": "parts_of_block", "parts": ["101", "50"]}, "parts"),
        ({"kind": "parts_of_block", "parts": ["50", "100"]}, "parts"),
        ({**LEADER, "target_share": "0"}, "target_share"),
        ({**LEADER, "target_share": "100"}, "target_share"),
    ],
)
def test_parameters_that_make_no_sense_are_refused_at_their_field(data, field):
    with pytest.raises(RuleViolation) as refused:
        points_rule_from_data(data)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("rule", "reached", "standing", "problem"),
    [
        (FALLS, _level("4"), None, "Bảng giá trị ngược chiều với chỉ tiêu."),
        (TABLE, _grown("4", None), None, "Chưa có số liệu cùng kỳ năm trước."),
        (TABLE, _level(None), None, "Chưa có số liệu."),
        (SHARE, _level("4", "5"), None, "Quy tắc này chỉ dùng khi đánh giá tăng trưởng"),
        (SHARE, _grown("4", "5", "-3"), None, "Mức tăng phải đạt phải lớn hơn 0."),
        (LEADER, _level("4", "5", DOWN), None, "Quy tắc này chỉ dùng cho chỉ tiêu đạt từ"),
        (LEADER, _level("4", "5"), None, "Tính khi cả khối đã có số liệu."),
        (BEST, _level("0"), Standing(), "Trong khối chưa có số liệu nào lớn hơn 0."),
        (PLACES, _level("4"), None, "Chưa có mức chỉ tiêu."),
    ],
)
def test_what_cannot_be_worked_out_says_why(rule, reached, standing, problem):
    found = indicator_points(points_rule_from_data(rule), reached, D(10), standing=standing)
    assert found.points is None
    assert found.problem.startswith(problem)


def test_points_that_have_no_end_are_rescaled_as_they_were_worked_out():
    found = indicator_points(
        points_rule_from_data(LEADER),
        _level("110", "100"),
        D(10),
        to=D(7),
        standing=Standing(2, 5, _level("130", "100")),
    )
    assert (found.points, found.steps[-1]) == (
        D("4.67"),
        "quy đổi: (50 % × 10 + 50 % × 10 × (110 − 100) ÷ (130 − 100)) × 7 ÷ 10 = 4,67",
    )


def test_rows_of_before_the_parameters_were_parted_are_read_as_they_were():
    old = {
        "kind": "step",
        "lost": "0.5",
        "unit": "0.1",
        "bands": [["100", "100"]],
        "lost_percent": "5",
        "bonus_per_percent": "0",
        "bonus_cap": "0",
    }
    reached = _level("97.5", "100")
    assert indicator_points(points_rule_from_data(old), reached, D(10)).points == D(9)


NUMBERS = st.one_of(
    st.integers(-20, 300).map(D),
    st.decimals(-20, 300, places=2),
    st.decimals(90, 110, places=4),
)
POSITIVE = st.one_of(st.integers(1, 40).map(D), st.decimals("0.01", 9, places=2))
FALLING = st.lists(st.integers(0, 100).map(D), min_size=2, max_size=6).map(
    lambda rows: sorted(rows, reverse=True)
)


PARAMETERS = {
    "lost": POSITIVE,
    "unit": POSITIVE,
    "counted": st.sampled_from(["whole", "started", "proportional"]),
    "missing_in": st.sampled_from(["percent", "unit"]),
    "each": st.one_of(st.just(D(1)), POSITIVE),
    "start": NUMBERS,
    "start_points": POSITIVE,
    "every": POSITIVE,
    "gain": POSITIVE,
    "fall": st.one_of(st.just(D(0)), POSITIVE),
    "lost_percent": st.integers(1, 100).map(D),
    "places": FALLING,
    "parts": FALLING,
    "target_share": st.integers(1, 99).map(D),
    "without_target": st.booleans(),
}


VALUES = st.lists(NUMBERS, min_size=1, max_size=6)
LIMITS = st.lists(NUMBERS, min_size=1, max_size=6, unique=True)
WHOLE = st.integers(0, 50).map(D)
RISES = st.one_of(POSITIVE, st.just(D("0.0001")))
HAS_TARGET = st.sampled_from([True, True, False])


@cache
def _as_many(rows, size, *, unique=False):
    """So many of them; made once, for what makes values is dear to make."""
    return st.lists(rows, min_size=size, max_size=size, unique=unique)


@cache
def _ways(kind):
    """How a value can be judged where it is given points by a rule of the kind."""
    fits = FORMULAS[kind].fits
    ways = [(d, j) for d in (UP, DOWN, BELOW) for j in (LEVEL, GROWTH) if fits(d, j) is None]
    return st.sampled_from(ways)


@cache
@st.composite
def _levels(draw, direction):
    values = sorted(draw(LIMITS))
    points = sorted(draw(_as_many(WHOLE, len(values))))
    rows = points if direction is UP else points[::-1]
    return {"kind": "levels", "levels": list(zip(values, rows, strict=True))}


@cache
@st.composite
def _rule(draw, kind, direction):
    """A rule of the kind, of any parameters that make sense."""
    if kind is PointsRuleKind.LEVELS:
        return draw(_levels(direction))
    if kind is PointsRuleKind.BANDS:
        shares = draw(FALLING)
        starts = sorted(draw(_as_many(POSITIVE, len(shares), unique=True)), reverse=True)
        return {"kind": kind, "bands": list(zip(starts, shares, strict=True))}
    parameters = (field.name for field in fields(FORMULAS[kind].parameters))
    return {"kind": kind, **{name: draw(PARAMETERS[name]) for name in parameters}}


@cache
@st.composite
def _block(draw, kind):
    """A rule, the values of a block with their targets, and one value that becomes better."""
    direction, judgement = draw(_ways(kind))
    values = draw(VALUES)
    target, last = draw(POSITIVE), draw(POSITIVE)
    have_target = draw(_as_many(HAS_TARGET, len(values)))
    targets = [target if has_target else None for has_target in have_target]
    maximum, to, rise = draw(POSITIVE), draw(POSITIVE), draw(RISES)
    units = [
        achievement(
            direction,
            judgement,
            Observation(value, target=goal, growth_target=goal, same_period_last_year=last),
        )
        for value, goal in zip(values, targets, strict=True)
    ]
    better = units[0].of[2]._replace(value=values[0] + (rise if direction is UP else -rise))
    raised = achievement(direction, judgement, better)
    return draw(_rule(kind, direction)), direction, dict(enumerate(units)), raised, maximum, to


def _all_points(rule, units, maximum, to, at):
    """The points of all units, each at its place in the block."""
    return {
        key: indicator_points(rule, reached, maximum, to=to, standing=at[key])
        for key, reached in units.items()
    }


def _told(found):
    """The points with their arithmetic, which is worked out anew whenever it is read."""
    return {key: (row.points, row.steps) for key, row in found.items()}


@pytest.mark.parametrize("kind", PointsRuleKind)
@settings(max_examples=120)
@given(data=st.data())
def test_points_stay_within_their_bounds_rise_with_the_value_and_are_told_rightly(kind, data):
    written, direction, units, raised, maximum, to = data.draw(_block(kind))
    rule, at = points_rule_from_data(written), standings(units, direction)
    found = _all_points(rule, units, maximum, to, at)
    told = _told(found)
    for points, steps in told.values():
        if points is not None:
            assert 0 <= points <= to
            assert arithmetic.check(steps[-1]) == points
    turned = standings(dict(reversed(units.items())), direction)
    assert turned == at
    if turned[0].leader is not at[0].leader:  # another as far as they: written as 90 and as 90.0
        assert _told(_all_points(rule, units, maximum, to, turned)) == told
    risen = standings({**units, 0: raised}, direction)[0]
    better = indicator_points(rule, raised, maximum, to=to, standing=risen)
    if found[0].points is not None:
        assert better.points is not None
        assert better.points >= found[0].points


def test_the_best_of_a_block_is_exact():
    at = standings({1: _grown("100", "97"), 2: _grown("99", "97")}, UP)
    assert at[2].best == Fraction(300, 97)
