"""The tree of the table: lines go up through sections of any shape, within bounds, to the total."""

from decimal import Decimal as D
from fractions import Fraction as F

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaign.scheme.rules.sums import BonusNowhere, Line, settled, taken_words, totals
from campaign.scheme.rules.terms import CriterionKind, TakesFrom
from campaign.scheme.rules.tree import Section, gathered

BASE, BONUS, PENALTY = CriterionKind.BASE, CriterionKind.BONUS, CriterionKind.PENALTY
TOTAL, GROUP, CRITERION = TakesFrom.TOTAL, TakesFrom.GROUP, TakesFrom.CRITERION
# I (trần 18) › 1 (trần 10) › 1.1; I › 2; P (sàn −5)
TREE = [
    Section(1, None, D(18)),
    Section(2, 1, D(10)),
    Section(3, 2),
    Section(4, 1),
    Section(5, None, None, D(-5)),
]


def _line(number, section, kind, points, maximum="20", **more):
    return Line(number, section, kind, D(points), D(maximum), **more)


@pytest.mark.parametrize(
    ("lines", "points"),
    [
        ([(1, 3, BASE, "4"), (2, 2, BONUS, "3"), (3, 4, BASE, "9")], ["16", "7", "4", "9", "0"]),
        ([(1, 3, BASE, "8"), (2, 2, BONUS, "6"), (3, 4, BASE, "9")], ["18", "10", "8", "9", "0"]),
        (
            [(1, 3, BASE, "8"), (2, 3, PENALTY, "2"), (3, 5, PENALTY, "9")],
            ["6", "6", "6", "0", "-5"],
        ),
        ([(1, 3, BASE, "3"), (2, 2, PENALTY, "9")], ["-6", "-6", "3", "0", "0"]),
    ],
)
def test_points_go_up_through_every_section_within_its_ceiling_and_its_floor(lines, points):
    total = totals([_line(*row) for row in lines], TREE, D(40))
    assert [node.points for node in total.nodes] == [D(text) for text in points]
    assert [node.group_id for node in total.groups] == [1, 5]
    assert total.earned == D(points[0]) + D(points[4])


@pytest.mark.parametrize(
    ("base", "minus", "floor", "more", "points", "lift", "taken"),
    [
        ("5", "3", None, "0", "2", "0", "3"),
        ("5", "8", None, "0", "0", "3", "5"),
        ("5", "8", "-1", "0", "-1", "2", "6"),
        ("5", "8", "-9", "0", "-3", "0", "8"),
        ("5", "8", "1", "0", "1", "4", "4"),
        ("5", "8", None, "2", "-2", "3", "7"),
        ("0", "4", None, "2", "-2", "4", "2"),
    ],
)
def test_a_penalty_takes_from_its_section_down_to_nothing_or_to_its_floor(
    base, minus, floor, more, points, lift, taken
):
    """What takes from the total besides goes on below nothing; told is what was really taken."""
    section = Section(1, None, None, None if floor is None else D(floor))
    lines = [
        _line(1, 1, BASE, base),
        _line(2, 1, PENALTY, minus, takes_from=GROUP),
        _line(3, 1, PENALTY, more),
    ]
    total = totals(lines, [section], D(20))
    assert [(node.points, node.lift) for node in total.nodes] == [(D(points), D(lift))]
    assert total.penalties == D(taken)


def test_a_penalty_takes_from_the_criterion_it_names_never_more_than_there_is():
    lines = settled(
        [
            _line(1, 3, BASE, "6"),
            _line(2, 4, BASE, "9"),
            _line(3, 5, PENALTY, "4", takes_from=CRITERION, taken_id=1),
            _line(4, 5, PENALTY, "5", takes_from=CRITERION, taken_id=1),
            _line(5, 5, PENALTY, "2", takes_from=CRITERION, taken_id=9),
        ]
    )
    total = totals(lines, TREE, D(40))
    assert [line.signed for line in lines] == [D(0), D(9), D(0), D(0), D(0)]
    assert (total.earned, total.base, total.penalties) == (D(9), D(9), D(6))
    by_id, codes = {line.criterion_id: line for line in lines}, {1: "A1", 3: "P1", 4: "P2", 9: "X"}
    assert [taken_words(by_id[number], by_id, codes) for number in (1, 2, 3, 5)] == [
        ("6 − 4 (P1) − 5 (P2), không dưới 0 = 0,00",),
        (),
        ("trừ vào điểm của A1, đã bớt ở đó",),
        ("không trừ được: X không có điểm",),
    ]
    nothing = by_id[3]._replace(points=D(0))
    assert taken_words(nothing, by_id, codes) == (), "what takes nothing is told to take nothing"


def test_what_is_taken_from_a_criterion_is_re_scaled_as_its_points_are():
    fines = [
        _line(number, 5, PENALTY, points, takes_from=CRITERION, taken_id=1)
        for number, points in ((2, "2"), (3, "1.33"))
    ]
    some = settled([_line(1, 3, BASE, "12", "15", planned=D(10)), *fines])
    assert (some[0].lost, some[0].kept) == (D("4.99"), D("7.01"))
    by_id, codes = {line.criterion_id: line for line in some}, {2: "P1", 3: "P2"}
    assert taken_words(some[0], by_id, codes) == ("12 − (2 (P1) + 1,33 (P2)) × 15 ÷ 10 = 7,01",)
    whole = settled([_line(1, 3, BASE, "15", "15", planned=D(10)), fines[0]._replace(points=D(10))])
    assert whole[0].kept == D(0)


def test_a_half_is_rounded_once_after_what_was_taken():
    """20 − 2,5 is 17,5 and so 18 without decimals; what was taken is never rounded by itself."""
    some = settled(
        [
            _line(1, 3, BASE, "20", "20", planned=D(8)),
            _line(2, 5, PENALTY, "1", takes_from=CRITERION, taken_id=1),
        ],
        0,
    )
    assert (some[0].kept, some[0].lost) == (D(18), D(2))
    codes = {2: "P1"}
    words = taken_words(some[0], {line.criterion_id: line for line in some}, codes, 0)
    assert words == ("20 − 1 (P1) × 20 ÷ 8 = 18",)


def test_bounds_hold_nothing_where_nothing_of_a_section_applies():
    sections = [
        Section(1, None, None, D(6)),
        Section(2, 1, None, D(4)),
        Section(3, None, None, D(2)),
    ]
    lines = [_line(1, 3, BASE, "1", "1")]
    total = totals(lines, sections, D(21))
    assert [(node.points, node.lift) for node in total.nodes] == [(0, 0), (0, 0), (2, 1)]
    without = [lines[0]._replace(bonus=D(0), bonus_group_id=2)]
    assert [node.points for node in totals(without, sections, D(21)).nodes] == [0, 0, 2]
    with_bonus = [lines[0]._replace(bonus=D(1), bonus_group_id=2)]
    assert [node.points for node in totals(with_bonus, sections, D(21)).nodes] == [6, 4, 2]


def test_a_ceiling_bounds_what_of_the_base_can_be_reached_and_so_what_is_re_scaled():
    lines = [_line(1, 3, BASE, "12"), _line(2, 4, BASE, "4", "8")]
    total = totals(lines, TREE, D(36))
    assert (total.base, total.applicable, total.points) == (D(14), D(18), D(28))
    assert gathered(TREE, {3: D(12), 4: D(9), 5: D(1)}) == D(19)


def test_a_bonus_of_a_section_that_is_not_there_is_never_lost_in_silence():
    lost = _line(1, 3, BASE, "4", bonus=D(1), bonus_group_id=77)
    with pytest.raises(BonusNowhere) as raised:
        totals([lost], TREE, D(40))
    assert raised.value.args == (lost,)
    assert totals([lost._replace(bonus=D(0))], TREE, D(40)).earned == D(4)


def test_what_several_criteria_give_and_take_in_a_section_is_told_in_sum():
    lines = [
        _line(1, 3, BASE, "8", bonus=D(1), bonus_group_id=4),
        _line(2, 3, BASE, "2", bonus=D(3), bonus_group_id=4),
        _line(3, 3, PENALTY, "1", takes_from=GROUP),
        _line(4, 3, PENALTY, "2", takes_from=GROUP),
        _line(5, 3, PENALTY, "3"),
        _line(6, 3, PENALTY, "1"),
    ]
    total = totals(lines, TREE, D(40))
    assert [(node.group_id, node.points, node.bonus) for node in total.nodes] == [
        (1, D(7), D(0)),
        (2, D(3), D(0)),
        (3, D(3), D(0)),
        (4, D(4), D(4)),
        (5, D(0), D(0)),
    ]
    assert (total.base, total.applicable, total.penalties) == (D(10), D(10), D(7))


POINTS = st.integers(0, 4000).map(lambda hundredths: D(hundredths) / 100)
BOUNDS = st.one_of(st.none(), st.integers(-30, 60).map(D))


@st.composite
def tables(draw):
    """Sections of any shape to three levels, and criteria of every kind anywhere in them."""
    sections, path = [], []
    for number in range(draw(st.integers(1, 8))):
        path = path[: draw(st.integers(0, min(len(path), 2)))]
        ceiling, floor = draw(BOUNDS), draw(BOUNDS)
        if ceiling is not None and floor is not None:
            ceiling, floor = max(ceiling, floor), min(ceiling, floor)
        sections.append(Section(number, path[-1] if path else None, ceiling, floor))
        path.append(number)
    places = st.sampled_from([section.id for section in sections])
    lines = []
    for number in range(draw(st.integers(0, 10))):
        kind = draw(st.sampled_from(CriterionKind))
        earning = [line.criterion_id for line in lines if line.kind is not PENALTY]
        takes_from = draw(st.sampled_from(TakesFrom)) if kind is PENALTY else TOTAL
        if takes_from is CRITERION and not earning:
            takes_from = GROUP
        is_rewarded = kind is BASE and draw(st.booleans())
        lines.append(
            Line(
                number,
                draw(places),
                kind,
                draw(POINTS),
                D(40),
                draw(POINTS) if is_rewarded else D(0),
                draw(places) if is_rewarded else None,
                takes_from,
                draw(st.sampled_from(earning)) if takes_from is CRITERION else None,
            )
        )
    return sections, lines


def _total(sections, lines, scale, none=D(0)):
    return totals(settled(lines), sections, scale, none)


def _scale(sections, lines):
    """What the whole table reaches, and something that does not apply beside it."""
    return totals(lines, sections, D(0)).applicable + 7


@settings(max_examples=150)
@given(tables())
def test_lines_of_a_table_of_any_shape_add_up_to_its_sections_and_to_the_total(table):
    sections, lines = table
    total, own = _total(sections, lines, _scale(*table)), settled(lines)
    for node, section in zip(total.nodes, sections, strict=True):
        inside = [
            *(line.signed for line in own if line.group_id == node.group_id),
            *(line.bonus for line in own if line.bonus_group_id == node.group_id),
            *(below.points for below in total.nodes if below.parent_id == node.group_id),
            node.cut,
            node.lift,
        ]
        assert sum(inside, D(0)) == node.points
        stands = [section.id]
        for below in sections:
            stands += [below.id] if below.parent_id in stands else []
        applies = any(
            line.group_id in stands or (line.bonus and line.bonus_group_id in stands)
            for line in own
        )
        assert section.ceiling is None or node.points <= section.ceiling or not applies
        assert section.floor is None or node.points >= section.floor or not applies
    assert sum((group.points for group in total.groups), D(0)) + total.rescaling == total.points


@settings(max_examples=150)
@given(tables(), st.data())
def test_more_points_of_a_criterion_never_lower_a_total_and_more_of_a_penalty_never_raise_it(
    table, data
):
    sections, lines = table
    if not lines:
        return
    scale, place = _scale(*table), data.draw(st.integers(0, len(lines) - 1))
    raised = list(lines)
    raised[place] = lines[place]._replace(points=lines[place].points + data.draw(POINTS))
    before, after = _total(sections, lines, scale).exact, _total(sections, raised, scale).exact
    assert after <= before if lines[place].kind is PENALTY else after >= before


@settings(max_examples=60)
@given(tables(), st.data())
def test_the_order_of_lines_changes_nothing_and_fractions_go_up_as_points_do(table, data):
    sections, lines = table
    scale, shuffled = _scale(*table), data.draw(st.permutations(lines))
    total = _total(sections, lines, scale)
    assert _total(sections, shuffled, scale) == total
    exact = [
        line._replace(points=F(line.points), maximum=F(line.maximum), bonus=F(line.bonus))
        for line in lines
    ]
    bounds = [
        Section(
            row.id,
            row.parent_id,
            None if row.ceiling is None else F(row.ceiling),
            None if row.floor is None else F(row.floor),
        )
        for row in sections
    ]
    assert _total(bounds, exact, scale, F(0)).exact == F(total.exact)


@pytest.mark.parametrize(
    ("line", "share"),
    [
        (_line(1, 3, BASE, "8", "10"), F(4, 5)),
        (_line(1, 3, BASE, "1", "3"), F(1, 3)),
        (_line(1, 3, BASE, "5", "0"), F(0)),
        (_line(1, 3, BASE, "8", "10", on_plan=D(8), planned=D(10)), F(4, 5)),
        (_line(1, 3, BASE, "10.18", "12.73", on_plan=D(8), planned=D(10)), F(4, 5)),
    ],
)
def test_a_share_of_the_maximum_is_of_the_plans_maximum_whatever_was_rescaled(line, share):
    assert line.share == share


def test_what_a_penalty_takes_from_a_criterion_lessens_its_share():
    rescaled = {"on_plan": D(10), "planned": D(10)}
    taken = settled(
        [
            _line(1, 3, BASE, "12.73", "12.73", **rescaled),
            _line(2, 3, BASE, "9", "10", planned=D(10), on_plan=D(9)),
            _line(3, 5, PENALTY, "2", takes_from=CRITERION, taken_id=1),
            _line(4, 5, PENALTY, "11", takes_from=CRITERION, taken_id=2),
        ]
    )
    assert [line.share for line in taken[:2]] == [F(4, 5), F(0)]
