"""What the table tells of its sections, its penalties, and criteria that share one number."""

from dataclasses import replace
from decimal import Decimal as D

import pytest

from campaign.scheme.rules.achievement import Achievement, Observation, achievement, growth_terms
from campaign.scheme.rules.checklist import ChecklistItem
from campaign.scheme.rules.counts import CountRule
from campaign.scheme.rules.indicators import OwnWay
from campaign.scheme.rules.points_rule import PointsRule, PointsRuleKind
from campaign.scheme.rules.table import Scheme, ScoredGroup
from campaign.scheme.rules.targets import GivenTo, Numbers
from campaign.scheme.rules.terms import (
    CriterionKind,
    Direction,
    JudgedBy,
    Judgement,
    TakesFrom,
)
from campaign.scheme.rules.tree import NO_LIMIT, Section, gathered
from tests.verification.build import criterion, indicator

PENALTY, BONUS = CriterionKind.PENALTY, CriterionKind.BONUS
BY_POINTS = OwnWay(Judgement.GROWTH, PointsRule(PointsRuleKind.ALL_OR_NOTHING))
FIRST = criterion(1, indicator_id=1)
SECOND = replace(criterion(2, indicator_id=1), own_way=BY_POINTS)
ALONE = criterion(3, indicator_id=2)
COUNTED = replace(criterion(4, judged_by=JudgedBy.COUNT), count_rule=CountRule(each=D(1)))
LISTED = replace(
    criterion(5, judged_by=JudgedBy.CHECKLIST), checklist=(ChecklistItem("Có kế hoạch", D(5)),)
)
MARKED = criterion(6, judged_by=JudgedBy.COUNCIL)
ROWS = (FIRST, SECOND, ALONE, COUNTED, LISTED, MARKED)
SCHEME = Scheme(
    (ScoredGroup(1, "A", "Kết quả", ROWS),),
    {number: indicator(number) for number in (1, 2, 3)},
)


def test_criteria_on_one_number_judge_it_each_by_their_own_way():
    shared = SCHEME.indicators[1]
    assert SCHEME.ways_of(shared) == (
        shared,
        replace(shared, judgement=Judgement.GROWTH, rule=BY_POINTS.rule),
    )
    assert SCHEME.ways_of(SCHEME.indicators[3]) == (SCHEME.indicators[3],)
    assert SCHEME.leaves == {1: (FIRST, SECOND), 2: (ALONE,)}


def test_a_criterion_may_be_set_aside_where_no_number_of_its_own_says_so():
    assert [SCHEME.may_be_aside(row) for row in ROWS] == [True, True, False, True, True, False]
    assert [SCHEME.shares_number(row) for row in ROWS] == [True, True, False, False, False, False]


def test_what_is_counted_and_what_is_worked_out_is_told_by_the_table():
    assert SCHEME.counted == (COUNTED,)
    assert [row.is_worked_out for row in ROWS] == [True, True, True, True, True, False]


@pytest.mark.parametrize(
    ("kind", "takes_from", "taken_id", "words"),
    [
        (CriterionKind.BASE, TakesFrom.TOTAL, None, "điểm chuẩn"),
        (PENALTY, TakesFrom.TOTAL, None, "điểm trừ, trừ vào tổng điểm"),
        (PENALTY, TakesFrom.GROUP, None, "điểm trừ, trừ vào mục chứa tiêu chí"),
        (PENALTY, TakesFrom.CRITERION, 1, "điểm trừ, trừ vào A1"),
    ],
)
def test_a_penalty_says_what_it_takes_from(kind, takes_from, taken_id, words):
    row = replace(MARKED, kind=kind, takes_from=takes_from, taken_id=taken_id)
    assert SCHEME.kind_words(row) == words


def test_an_endless_bonus_has_no_maximum():
    assert [replace(MARKED, kind=BONUS, maximum=most).is_limited for most in (D(5), NO_LIMIT)] == [
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("criteria", "ceiling", "nodes", "takes"),
    [
        ((), D(5), 0, True),
        ((), None, 0, False),
        ((), D(5), 1, False),
        ((MARKED,), D(5), 0, False),
        ((replace(MARKED, kind=BONUS),), None, 0, True),
        ((replace(MARKED, kind=BONUS, group_id=9),), None, 0, False),
    ],
)
def test_a_bonus_for_more_goes_to_a_section_with_a_bonus_of_its_own_or_a_bare_ceiling(
    criteria, ceiling, nodes, takes
):
    below = (ScoredGroup(9, "1", "Mục", parent_id=1, level=2),) * nodes
    assert ScoredGroup(1, "V", "Thưởng", criteria, ceiling, nodes=below).takes_bonus is takes


@pytest.mark.parametrize(
    ("kinds", "kind"),
    [((), CriterionKind.BASE), ((BONUS, BONUS), BONUS), ((BONUS, PENALTY), CriterionKind.BASE)],
)
def test_a_section_is_of_the_kind_that_all_its_criteria_are(kinds, kind):
    rows = tuple(replace(MARKED, kind=each) for each in kinds)
    section = ScoredGroup(1, "V", "Mục", rows)
    assert (section.kind, section.is_empty) == (kind, not kinds)


@pytest.mark.parametrize(
    ("ceiling", "floor", "words"),
    [
        (None, None, ""),
        (D(10), None, "trần 10,00"),
        (None, D(-5), "sàn -5,00"),
        (D("7.5"), D(0), "trần 7,50, sàn 0,00"),
    ],
)
def test_the_bounds_of_a_section_are_told_in_words(ceiling, floor, words):
    assert ScoredGroup(1, "V", "Mục", ceiling=ceiling, floor=floor).bounds() == words


def test_points_go_up_the_tree_each_section_within_its_ceiling():
    sections = [Section(1, None, D(25)), Section(2, 1, D(12)), Section(3, 1), Section(4, 3)]
    assert gathered(sections, {1: D(3), 2: D(20), 3: D(4), 4: D(5)}) == D(24)
    assert gathered(sections, {1: D(3), 2: D(20), 3: D(4), 4: D(9)}) == D(25)
    assert gathered([Section(7, 1), Section(8)], {7: D(2), 8: D(3)}) == D(5)


def test_units_that_were_given_a_target_for_a_period_are_named():
    given = {
        GivenTo(unit_id=4, period_id=2): Numbers(D(10), None),
        GivenTo(unit_id=None, block_id=3): Numbers(D(9), None),
        GivenTo(period_id=2): Numbers(D(8), None),
    }
    assert replace(indicator(1), given=given).given_units == {4}


@pytest.mark.parametrize(
    ("value", "last", "words"),
    [
        ("108", "100", "108 − 100"),
        ("44462", "37680", "44.462 ÷ 37.680 × 100 − 100"),
    ],
)
def test_a_growth_is_told_by_its_index_where_that_is_short_else_by_both_numbers(value, last, words):
    seen = Observation(D(value), growth_target=D(8), same_period_last_year=D(last))
    assert growth_terms(achievement(Direction.AT_LEAST, Judgement.GROWTH, seen)) == words


def test_of_a_value_that_is_no_growth_no_growth_is_told():
    level = achievement(Direction.AT_LEAST, Judgement.LEVEL, Observation(D(5), target=D(4)))
    assert (growth_terms(level), growth_terms(Achievement(None))) == (None, None)
