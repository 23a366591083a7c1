"""The scoring table: which criteria apply to a unit, to what maximum, and what it is asked for."""

from dataclasses import replace
from decimal import Decimal as D
from fractions import Fraction as F

import pytest

from campaign.scheme.rules.achievement import Achievement, Observation
from campaign.scheme.rules.checklist import ChecklistItem
from campaign.scheme.rules.counts import CountRule
from campaign.scheme.rules.formulas.known import FORMULAS
from campaign.scheme.rules.indicators import AllocatedTarget, MeasuredIndicator, OwnWay
from campaign.scheme.rules.points_rule import PointsRule, PointsRuleKind
from campaign.scheme.rules.progress import Share, Shares
from campaign.scheme.rules.table import Scheme, ScoredCriterion, ScoredGroup, sections_of
from campaign.scheme.rules.telling import judged_words
from campaign.scheme.rules.terms import (
    CriterionKind,
    Direction,
    JudgedBy,
    Judgement,
    TargetOf,
)
from campaign.scheme.rules.tree import Section

GROWTH = MeasuredIndicator(
    id=7,
    name="Tổng mức bán lẻ",
    short_name="Bán lẻ",
    symbol="tỷ đồng",
    direction=Direction.AT_LEAST,
    judgement=Judgement.CUMULATIVE,
    year_target=D(1200),
    growth_target=D(8),
    previous_year_value=D(1000),
    decimals=2,
    required_kind=None,
    source_required=False,
    is_checked=True,
    rule=PointsRule(),
)
ALLOCATED = {
    3: AllocatedTarget(D(300), D(9), D(250)),
    4: AllocatedTarget(None, None, D(90)),
    5: AllocatedTarget(D(0), D(0), None),
}


def _criterion(key, group_id, maximum, **facts):
    return ScoredCriterion(
        id=key,
        group_id=group_id,
        code=f"C{key}",
        name="Tiêu chí",
        guidance="",
        maximum=D(maximum),
        kind=facts.pop("kind", CriterionKind.BASE),
        judged_by=facts.pop("judged_by", JudgedBy.COUNCIL),
        evidence_required=False,
        **facts,
    )


def _group(key, criteria):
    return ScoredGroup(key, "ABC"[key - 1], "Nhóm", tuple(criteria))


OWNED = replace(GROWTH, id=8, owners=frozenset({3}))
SCHEME = Scheme(
    (
        _group(
            1,
            [
                _criterion(11, 1, "30", indicator_id=7, judged_by=JudgedBy.INDICATOR),
                _criterion(12, 1, "20", indicator_id=8, judged_by=JudgedBy.INDICATOR),
                _criterion(13, 1, "10", blocks=frozenset({2})),
            ],
        ),
        _group(
            2,
            [
                _criterion(21, 2, "40", judged_by=JudgedBy.SECRETARIAT),
                _criterion(22, 2, "5", units=frozenset({4})),
            ],
        ),
        _group(
            3,
            [
                _criterion(31, 3, "6", kind=CriterionKind.BONUS),
                _criterion(32, 3, "4", kind=CriterionKind.BONUS, units=frozenset({3})),
            ],
        ),
    ),
    {7: GROWTH, 8: OWNED},
)


@pytest.mark.parametrize(
    ("unit_id", "block_id", "not_applicable", "maxima"),
    [
        (3, 2, (), {11: "30", 12: "20", 13: "10", 21: "45", 31: "6", 32: "4"}),
        (3, 1, (), {11: "36", 12: "24", 21: "45", 31: "6", 32: "4"}),
        (4, 2, (), {11: "45", 13: "15", 21: "40", 22: "5", 31: "6"}),
        (4, None, (), {11: "60", 21: "40", 22: "5", 31: "6"}),
        (9, 1, (), {11: "60", 21: "45", 31: "6"}),
        (9, 1, (11, 31), {21: "45"}),
        (9, 1, [21, 99], {11: "60", 31: "6"}),
    ],
)
def test_criteria_that_apply_fill_their_base_group_and_others_keep_theirs(
    unit_id, block_id, not_applicable, maxima
):
    scheme = replace(SCHEME)
    expected = {key: D(points) for key, points in maxima.items()}
    assert scheme.maxima_for(unit_id, block_id, not_applicable) == expected
    assert scheme.maxima_for(unit_id, block_id, not_applicable) == expected


@pytest.mark.parametrize(
    ("code", "unit_id", "block_id", "applies"),
    [
        (11, 9, None, True),
        (12, 3, None, True),
        (12, 9, None, False),
        (13, 9, 2, True),
        (13, 9, 1, False),
        (13, 9, None, False),
        (22, 4, 1, True),
        (22, 9, 1, False),
        (31, 9, 1, True),
    ],
)
def test_a_criterion_applies_in_its_scope_and_where_its_indicator_concerns_the_unit(
    code, unit_id, block_id, applies
):
    criterion = next(row for row in SCHEME.criteria if row.id == code)
    assert SCHEME.applies(criterion, unit_id, block_id) is applies


@pytest.mark.parametrize(
    ("scope", "asked"),
    [
        ({}, [True, True, True]),
        ({"blocks": frozenset({2})}, [False, True, True]),
        ({"units": frozenset({3})}, [True, True, False]),
        ({"blocks": frozenset({2}), "units": frozenset({3})}, [True, True, True]),
    ],
)
def test_a_unit_is_asked_for_an_indicator_in_the_scope_of_its_criterion(scope, asked):
    scheme = Scheme((_group(1, [_criterion(1, 1, "5", indicator_id=7, **scope)]),), {7: GROWTH})
    assert [scheme.asks(GROWTH, unit, block) for unit, block in ((3, 1), (3, 2), (9, 2))] == asked


@pytest.mark.parametrize(("unit_id", "is_asked"), [(3, True), (9, False)])
def test_a_unit_that_does_not_answer_for_an_indicator_is_not_asked(unit_id, is_asked):
    assert SCHEME.asks(OWNED, unit_id, 1) is is_asked
    scheme = Scheme(
        (_group(1, [_criterion(1, 1, "5", indicator_id=8, blocks=frozenset({1}))]),), {8: OWNED}
    )
    assert scheme.asks(OWNED, unit_id, 1) is is_asked


def test_the_base_is_what_its_groups_sum_to():
    assert SCHEME.base_total == D(105)
    assert [group.maximum for group in SCHEME.groups] == [D(60), D(45), D(10)]


@pytest.mark.parametrize(
    ("criterion_id", "group_id", "kind", "total"),
    [
        (0, 1, "base", "113"),
        (11, 1, "base", "83"),
        (11, 2, "base", "83"),
        (11, 3, "bonus", "75"),
        (0, 3, "penalty", "105"),
        (32, 2, "base", "113"),
        (0, 9, "base", "105"),
    ],
)
def test_the_total_with_a_criterion_counts_it_once_and_only_as_base(
    criterion_id, group_id, kind, total
):
    assert SCHEME.total_with(criterion_id, group_id, D(8), CriterionKind(kind)) == D(total)


def test_what_verification_decides_is_all_that_the_council_does_not():
    assert [row.id for row in SCHEME.checked] == [11, 12, 21]


@pytest.mark.parametrize(
    ("kind", "is_within"), [(PointsRuleKind.RANK_IN_BLOCK, True), (PointsRuleKind.STEP, False)]
)
def test_a_rule_by_the_place_makes_points_depend_on_the_block(kind, is_within):
    ranked = replace(GROWTH, rule=PointsRule(FORMULAS[kind].parameters()))
    leaf = _criterion(1, 1, "5", indicator_id=8, judged_by=JudgedBy.INDICATOR)
    scheme = Scheme((_group(1, [leaf]),), {7: GROWTH, 8: ranked})
    assert scheme.ranks_within_blocks is is_within


def test_who_judges_and_which_criteria_share_a_number_is_told_by_the_table():
    twice = _criterion(14, 1, "5", indicator_id=7, judged_by=JudgedBy.INDICATOR)
    scheme = Scheme(
        (_group(1, [*SCHEME.groups[0].criteria, twice]), *SCHEME.groups[1:]), SCHEME.indicators
    )
    assert [row.id for row in scheme.checked] == [11, 12, 14, 21]
    assert [row.id for row in scheme.criteria if scheme.shares_number(row)] == [11, 14]


@pytest.mark.parametrize(
    ("owners", "allocations", "concerned"),
    [
        (frozenset(), {}, [3, 4, 5, 9]),
        (frozenset({9}), {}, [9]),
        (frozenset(), ALLOCATED, [3, 4, 5]),
        (frozenset({9}), {3: ALLOCATED[3]}, [3, 9]),
    ],
)
def test_an_indicator_concerns_its_owners_and_who_was_given_a_target_else_all(
    owners, allocations, concerned
):
    indicator = replace(GROWTH, owners=owners, allocations=allocations)
    assert [unit for unit in (3, 4, 5, 9) if indicator.concerns(unit)] == concerned


@pytest.mark.parametrize(
    ("owners", "allocations", "words"),
    [
        (set(), {}, ""),
        ({3}, {}, "đơn vị chủ trì, phối hợp"),
        (set(), ALLOCATED, "đơn vị được giao chỉ tiêu này"),
        ({3}, ALLOCATED, "đơn vị chủ trì, phối hợp và đơn vị được giao chỉ tiêu này"),
    ],
)
def test_which_units_alone_an_indicator_judges_is_said(owners, allocations, words):
    indicator = replace(GROWTH, owners=frozenset(owners), allocations=allocations)
    assert indicator.concerned_words == words


@pytest.mark.parametrize(
    ("unit_id", "targets"),
    [
        (3, AllocatedTarget(D(300), D(9), D(250))),
        (4, AllocatedTarget(D(1200), D(8), D(90))),
        (5, AllocatedTarget(D(0), D(0), None)),
        (9, AllocatedTarget(D(1200), D(8), D(1000))),
    ],
)
def test_an_absent_part_of_an_allocated_target_is_the_indicators_own(unit_id, targets):
    assert replace(GROWTH, allocations=ALLOCATED).targets_for(unit_id) == targets


def test_the_value_of_the_year_before_is_the_units_own_where_it_is_known():
    known = replace(GROWTH, last_year={3: D(777)})
    assert [known.targets_for(unit_id).previous_year_value for unit_id in (3, 9)] == [
        D(777),
        D(1000),
    ]


SHARES = Shares(Share(D(6), 12), Share(D(25)))


@pytest.mark.parametrize(
    ("target_of", "goal", "percent"),
    [(TargetOf.YEAR, F(150), F(80)), (TargetOf.CAMPAIGN, F(75), F(160))],
)
def test_what_accumulates_is_held_against_the_part_due_of_the_units_own_target(
    target_of, goal, percent
):
    indicator = replace(GROWTH, target_of=target_of, allocations=ALLOCATED)
    reached = indicator.reached(3, D(120), D(100), SHARES)
    assert (reached.actual, reached.goal, reached.percent) == (F(120), goal, percent)


def test_growth_is_held_against_the_units_own_growth_target():
    indicator = replace(GROWTH, judgement=Judgement.GROWTH, allocations=ALLOCATED)
    reached = indicator.reached(3, D(120), D(100), SHARES)
    assert (reached.actual, reached.goal) == (F(120), F(109))
    seen = Observation(D(120), D(300), D(9), None, SHARES.year, "giao riêng cho đơn vị")
    assert indicator.reached(3, D(120), None, SHARES) == Achievement(
        None,
        F(120),
        problem="Chưa có số liệu cùng kỳ năm trước.",
        of=(Direction.AT_LEAST, Judgement.GROWTH, seen),
    )


@pytest.mark.parametrize(
    ("is_checked", "is_carried_over", "source", "is_doubted"),
    [
        (True, True, "", False),
        (False, False, "QĐ 12", False),
        (False, False, "  ", True),
        (False, True, "QĐ 12", True),
    ],
)
def test_an_indicator_is_doubted_until_compared_or_typed_with_a_source(
    is_checked, is_carried_over, source, is_doubted
):
    indicator = replace(
        GROWTH, is_checked=is_checked, is_carried_over=is_carried_over, source=source
    )
    assert indicator.is_doubted is is_doubted


def test_a_section_stands_as_a_heading_where_its_first_criterion_does():
    first, second = _criterion(1, 1, "5"), _criterion(2, 2, "5")
    section = ScoredGroup(2, "A.1", "Mục", (second,), parent_id=1, level=2)
    group = ScoredGroup(1, "A", "Nhóm", (first, second), nodes=(section,))
    assert Scheme((group,), {}).headings([first, second]) == {1: (group,), 2: (section,)}
    assert Scheme((group,), {}).headings([second]) == {2: (group, section)}
    third = _criterion(3, 1, "5")
    assert Scheme((group,), {}).headings([first, second, third]) == {
        1: (group,),
        2: (section,),
        3: (),
    }
    assert SCHEME.headings(SCHEME.criteria) == {}


def test_who_judges_a_criterion_is_told_with_its_rule():
    judged = _criterion(1, 1, "5", indicator_id=7, judged_by=JudgedBy.INDICATOR)
    counted = _criterion(2, 1, "5", judged_by=JudgedBy.COUNT, count_rule=CountRule(each=D(1)))
    items = (ChecklistItem("Có kế hoạch", D("1.5")), ChecklistItem("Có báo cáo", D(2)))
    listed = _criterion(3, 1, "5", checklist=items)
    taken = replace(counted, kind=CriterionKind.PENALTY)
    given = _criterion(4, 1, "5", judged_by=JudgedBy.SECRETARIAT)
    scheme = Scheme((_group(1, [judged, counted, listed, given]),), {7: GROWTH})
    assert [judged_words(scheme, row) for row in (counted, taken, listed)] == [
        "theo số lần được công nhận: mỗi lần được 1 điểm",
        "theo số lần được công nhận: mỗi lần trừ 1 điểm",
        "theo danh mục: Có kế hoạch (1,5 điểm); Có báo cáo (2 điểm)",
    ]
    assert judged_words(scheme, judged).startswith("theo “Tổng mức bán lẻ”, ")
    assert judged_words(scheme, given) == JudgedBy.SECRETARIAT.label


@pytest.mark.parametrize(
    ("kinds", "maximum"),
    [
        (("base", "bonus", "penalty"), D(10)),
        (("bonus", "penalty"), D(20)),
        (("penalty",), D(30)),
        ((), D(0)),
    ],
)
def test_a_section_gives_what_its_base_criteria_do_else_what_it_adds_else_what_it_takes(
    kinds, maximum
):
    most = {"base": D(10), "bonus": D(20), "penalty": D(30)}
    criteria = tuple(
        _criterion(number, 1, most[kind], kind=CriterionKind(kind))
        for number, kind in enumerate(kinds, start=1)
    )
    assert ScoredGroup(1, "V", "Thưởng, trừ", criteria).maximum == maximum


def _sectioned(*ceilings):
    """A group of two sections, 20 in each, with these ceilings over group and sections."""
    whole, first, second = (None if text is None else D(text) for text in ceilings)
    leaves = [_criterion(1, 2, "20"), _criterion(2, 3, "12"), _criterion(3, 3, "8")]
    nodes = (
        ScoredGroup(2, "1", "Một", (leaves[0],), first, parent_id=1, level=2),
        ScoredGroup(3, "2", "Hai", tuple(leaves[1:]), second, parent_id=1, level=2),
    )
    return Scheme((ScoredGroup(1, "I", "Nhóm", tuple(leaves), whole, nodes=nodes),), {})


@pytest.mark.parametrize(
    ("ceilings", "maxima"),
    [
        ((None, None, None), {1: D(40)}),
        (("40", None, None), {1: D(40)}),
        ((None, "20", None), {1: D(20)}),
        ((None, "39.99", None), {1: D(20)}),
        ((None, "40", "20"), {1: D(40)}),
        ((None, None, "19"), {1: D(20)}),
    ],
)
def test_what_applies_is_stretched_only_as_far_as_the_ceilings_let_it_count(ceilings, maxima):
    """Else half of the points of what applies would reach the ceiling and count as all."""
    assert _sectioned(*ceilings).maxima_for(1, None, {2, 3}) == maxima


@pytest.mark.parametrize(
    ("ceilings", "total"),
    [
        ((None, None, None), D(40)),
        (("39", None, None), D(39)),
        ((None, "15", None), D(35)),
        (("30", "15", None), D(30)),
    ],
)
def test_the_scale_reached_lies_within_the_ceilings_of_sections_and_of_what_holds_them(
    ceilings, total
):
    assert _sectioned(*ceilings).base_total == total


def test_points_go_up_through_sections_with_their_bounds():
    node = ScoredGroup(2, "1", "Một", ceiling=D(9), floor=D(-4), parent_id=1, level=2)
    assert sections_of([node]) == (Section(2, 1, D(9), D(-4)),)


def test_what_applies_is_stretched_in_points_as_fine_as_the_plan_has_them():
    leaves = tuple(_criterion(number, 1, "10") for number in (1, 2, 3, 4))
    scheme = Scheme((_group(1, leaves),), {}, places=0)
    assert sorted(map(str, scheme.maxima_for(1, None, {4}).values())) == ["13", "13", "14"]


@pytest.mark.parametrize(
    ("kinds", "ceiling", "floor", "words", "most"),
    [
        (("base", "bonus"), D(50), None, "", "10,00"),
        (("bonus",), None, None, "điểm thưởng", "cộng tối đa 20,00"),
        (("bonus",), D(15), None, "điểm thưởng", "cộng tối đa 15,00"),
        (("penalty",), None, D(-25), "điểm trừ", "trừ tối đa 25,00"),
        (
            ("bonus", "penalty"),
            None,
            D(-50),
            "điểm thưởng, điểm trừ",
            "cộng tối đa 20,00, trừ tối đa 50,00",
        ),
        (
            ("penalty", "bonus", "endless"),
            None,
            None,
            "điểm thưởng, điểm trừ",
            "cộng không giới hạn, trừ tối đa 30,00",
        ),
        ((), D(5), None, "", "0,00"),
    ],
)
def test_a_section_that_only_adds_and_takes_is_never_called_a_base_one(
    kinds, ceiling, floor, words, most
):
    known = {"base": D(10), "bonus": D(20), "penalty": D(30), "endless": D("Infinity")}
    criteria = tuple(
        _criterion(
            number, 1, known[kind], kind=CriterionKind("bonus" if kind == "endless" else kind)
        )
        for number, kind in enumerate(kinds, start=1)
    )
    group = ScoredGroup(1, "V", "Thưởng, trừ", criteria, ceiling=ceiling, floor=floor)
    assert (group.kind_words, group.most_words()) == (words, most)


def test_an_indicator_that_the_council_marks_is_taken_as_it_says_itself():
    marked = _criterion(1, 1, "5", indicator_id=7)
    scheme = Scheme((_group(1, [marked]),), {7: GROWTH})
    assert scheme.ways_of(GROWTH) == (GROWTH,)


def test_what_a_criterion_judges_in_a_way_of_its_own_is_never_rewarded_beside_the_indicator():
    rewarding = PointsRule(bonus_per_percent=D("0.5"), bonus_cap=D(2))
    own = GROWTH.judged_by(OwnWay(Judgement.LEVEL, rewarding))
    assert (own.judgement, own.rule) == (Judgement.LEVEL, PointsRule())
    assert replace(GROWTH, rule=rewarding).judged_by(None).rule == rewarding
