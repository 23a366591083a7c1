"""What a unit has earned, row by row: by the rule of an indicator, or as the secretariat says."""

from dataclasses import replace
from datetime import date
from decimal import Decimal as D
from fractions import Fraction as F

import pytest

from campaign.counts.rules import ListedOccurrence, OccurrenceState
from campaign.planning.rules import Phase
from campaign.scheme.rules.checklist import ChecklistItem, ItemAnswer
from campaign.scheme.rules.counts import CountRule
from campaign.scheme.rules.indicators import AllocatedTarget
from campaign.scheme.rules.points_rule import PointsRuleKind
from campaign.scheme.rules.progress import Share, Shares
from campaign.scheme.rules.targets import GivenTo, Numbers
from campaign.scheme.rules.terms import CriterionKind, JudgedBy, Judgement
from campaign.verification.rules import (
    OPEN_PHASES,
    CriterionResult,
    GivenPoints,
    UnitResult,
    VerifiedFigure,
    VerifiedUnit,
    block_results,
    reached,
    size_questions,
)
from tests.verification import build

SECRETARIAT = build.criterion(1, judged_by=JudgedBy.SECRETARIAT)


def _given(criterion, given):
    unit = VerifiedUnit(4, 5, 6, 7, points={} if given is None else {1: given})
    return block_results(build.scheme(criterion), [unit])[4]


def test_what_the_secretariat_gave_stands_with_its_comment_and_its_row():
    result = CriterionResult(
        D("7.50"), D(10), D("0.00"), "Thường trực thẩm định", None, "đủ hồ sơ", None, 9
    )
    assert _given(SECRETARIAT, GivenPoints(9, D("7.5"), "đủ hồ sơ")) == UnitResult(
        4, 7, {1: D(10)}, {1: result}
    )
    assert result.steps == ("Thường trực thẩm định",)


def test_points_that_are_re_scaled_keep_what_they_were():
    scheme = build.scheme(
        SECRETARIAT,
        build.criterion(2, judged_by=JudgedBy.SECRETARIAT, maximum="5"),
    )
    points = {1: GivenPoints(9, D("7.5")), 2: GivenPoints(8, None, not_applicable_reason="xa")}
    result = block_results(scheme, [VerifiedUnit(4, 5, 6, 7, points=points)])[4].results[1]
    assert (result.points, result.maximum, result.before) == (
        D("11.25"),
        D("15.00"),
        (D("7.5"), D(10)),
    )
    assert result.steps == ("Thường trực thẩm định", "quy đổi: 7,5 × 15 ÷ 10 = 11,25")
    finer = block_results(replace(scheme, places=3), [VerifiedUnit(4, 5, 6, 7, points=points)])
    assert finer[4].results[1].steps[-1] == "quy đổi: 7,5 × 15 ÷ 10 = 11,250"


@pytest.mark.parametrize("kind", [CriterionKind.BONUS, CriterionKind.PENALTY])
@pytest.mark.parametrize(("given", "row"), [(None, None), (GivenPoints(9, None), 9)])
def test_a_bonus_or_penalty_that_nobody_gave_is_none(kind, given, row):
    assert _given(replace(SECRETARIAT, kind=kind), given).results[1] == CriterionResult(
        D("0.00"), D(10), D("0.00"), "Không có", None, "", None, row
    )


@pytest.mark.parametrize(("given", "row"), [(None, None), (GivenPoints(9, None), 9)])
def test_a_base_criterion_that_nobody_judged_has_no_points(given, row):
    assert _given(SECRETARIAT, given).results[1] == CriterionResult(
        None, D(10), D("0.00"), "Thường trực chưa cho điểm", None, "", None, row
    )


def test_points_by_a_rule_rest_on_the_figure_and_carry_its_comment():
    indicator = build.indicator(3)
    indicator = replace(
        indicator, rule=replace(indicator.rule, bonus_per_percent=D("0.1"), bonus_cap=D(2))
    )
    scheme = build.scheme(build.criterion(1, indicator_id=3), indicators=[indicator])
    checked = VerifiedFigure(12, D(105), None, None, comment="theo niên giám")
    unit = VerifiedUnit(4, 5, 6, 7, values={3: checked})
    result = block_results(scheme, [unit])[4].results[1]
    assert (result.points, result.maximum, result.bonus) == (D(10), D(10), D("0.50"))
    assert (result.comment, result.value_id, result.points_id) == ("theo niên giám", 12, None)


def test_each_number_earns_its_own_bonus_with_as_many_decimals_as_the_plan_keeps():
    one, other = (
        replace(row, rule=replace(row.rule, bonus_per_percent=D("0.1"), bonus_cap=D(2)))
        for row in (build.indicator(3), build.indicator(4))
    )
    criteria = (build.criterion(1, indicator_id=3), build.criterion(2, indicator_id=4))
    scheme = replace(build.scheme(*criteria, indicators=[one, other]), places=3)
    values = {key: VerifiedFigure(key, D(105), None, None) for key in (3, 4)}
    results = block_results(scheme, [VerifiedUnit(4, 5, 6, 7, values)])[4].results
    assert [(str(row.points), str(row.bonus)) for row in results.values()] == [
        ("10.000", "0.500"),
        ("10.000", "0.500"),
    ]


def test_points_by_counting_tell_every_occurrence_with_what_became_of_it():
    counted = replace(
        build.criterion(1, judged_by=JudgedBy.COUNT), count_rule=CountRule(each=D("0.5"))
    )
    listed = (
        ListedOccurrence(5, date(2021, 3, 12), "", "Hội thi", OccurrenceState.ACCEPTED),
        ListedOccurrence(6, date(2021, 3, 14), "", "Lớp học", OccurrenceState.CLAIMED),
    )
    unit = VerifiedUnit(4, 5, 6, 7, listed={1: listed})
    result = block_results(build.scheme(counted), [unit])[4].results[1]
    assert (result.points, result.maximum, result.bonus) == (D("0.50"), D(10), D("0.00"))
    assert result.steps == (
        "12/03/2021 Hội thi: được công nhận",
        "14/03/2021 Lớp học: chờ thẩm định",
        "Số lần được công nhận: 1",
        "1 × 0,5 = 0,50 điểm",
    )


def test_what_was_counted_is_re_scaled_and_told_with_as_many_decimals_as_the_plan_keeps():
    counted = replace(
        build.criterion(1, judged_by=JudgedBy.COUNT), count_rule=CountRule(each=D("0.125"))
    )
    scheme = replace(
        build.scheme(counted, build.criterion(2, judged_by=JudgedBy.SECRETARIAT)), places=3
    )
    listed = (ListedOccurrence(5, date(2021, 3, 12), "", "Hội thi", OccurrenceState.ACCEPTED),)
    points = {2: GivenPoints(8, None, "", "Không có")}
    unit = VerifiedUnit(4, 5, 6, 7, points=points, listed={1: listed})
    result = block_results(scheme, [unit])[4].results[1]
    assert (result.points, result.maximum) == (D("0.250"), D(20))
    assert result.steps == (
        "12/03/2021 Hội thi: được công nhận",
        "Số lần được công nhận: 1",
        "1 × 0,125 = 0,125 điểm",
        "quy đổi: 0,125 × 20 ÷ 10 = 0,250",
    )
    second = unit._replace(points={**points, 1: GivenPoints(9, D("0.5"))})
    assert block_results(scheme, [second])[4].results[1].steps[-2:] == (
        "Thẩm định lần hai: 0,500 điểm",
        "quy đổi: 0,5 × 20 ÷ 10 = 1,000",
    )


def test_what_is_met_of_a_list_is_re_scaled_with_as_many_decimals_as_the_plan_keeps():
    items = (ChecklistItem("Có kế hoạch", D(6)), ChecklistItem("Có báo cáo", D(3)))
    listed = replace(build.criterion(1, judged_by=JudgedBy.CHECKLIST), checklist=items)
    scheme = replace(
        build.scheme(listed, build.criterion(2, judged_by=JudgedBy.SECRETARIAT)), places=3
    )
    points = {2: GivenPoints(8, None, "", "Không có")}
    unticked = block_results(scheme, [VerifiedUnit(4, 5, 6, 7, points=points)])[4].results[1]
    assert (unticked.points, unticked.points_id) == (D("0.000"), None)
    given = GivenPoints(9, None, ticks={"1": ItemAnswer.MET, "2": ItemAnswer.UNMET})
    unit = VerifiedUnit(4, 5, 6, 7, points={**points, 1: given})
    result = block_results(scheme, [unit])[4].results[1]
    assert (result.points, result.maximum, result.points_id) == (D("12.000"), D(20), 9)
    assert result.steps[-2:] == ("6 = 6,000 điểm", "quy đổi: 6 × 20 ÷ 10 = 12,000")


def test_without_a_figure_there_is_no_row_and_no_comment():
    scheme = build.scheme(build.criterion(1, indicator_id=3), indicators=[build.indicator(3)])
    result = block_results(scheme, [VerifiedUnit(4, 5, 6, 7)])[4].results[1]
    assert (result.points, result.comment, result.value_id) == (None, "", None)
    assert result.maximum == D(10)


def test_a_rule_that_is_not_the_judge_leaves_it_to_the_secretariat():
    criterion = build.criterion(1, indicator_id=3, judged_by=JudgedBy.SECRETARIAT)
    scheme = build.scheme(criterion, indicators=[build.indicator(3)])
    unit = VerifiedUnit(
        4, 5, 6, 7, {3: VerifiedFigure(12, D(50), None, None)}, {1: GivenPoints(9, D(8))}
    )
    assert block_results(scheme, [unit])[4].results[1].points == D(8)


def test_criteria_in_a_scope_apply_to_units_of_their_block_alone():
    scheme = build.scheme(
        replace(SECRETARIAT, blocks=frozenset({2})),
        build.criterion(2, judged_by=JudgedBy.SECRETARIAT),
    )
    units = [VerifiedUnit(4, 5, 1, 7), VerifiedUnit(8, 9, 2, 7)]
    results = block_results(scheme, units)
    assert [list(results[key].results) for key in (4, 8)] == [[2], [1, 2]]
    assert [results[key].maxima for key in (4, 8)] == [{2: D(20)}, {1: D(10), 2: D(10)}]


def test_places_are_taken_of_every_criterion_by_rank_behind_others():
    rank = PointsRuleKind.RANK_IN_BLOCK
    scheme = build.scheme(
        build.criterion(5, judged_by=JudgedBy.SECRETARIAT),
        build.criterion(6, indicator_id=3),
        indicators=[build.indicator(1, rank), build.indicator(3, rank)],
    )
    units = [
        VerifiedUnit(key, key, 1, 7, {3: VerifiedFigure(key, D(value), None, None)})
        for key, value in ((1, 80), (2, 90))
    ]
    results = block_results(scheme, units)
    assert [results[key].results[6].points for key in (1, 2)] == [D("9.50"), D("10.00")]


def test_growth_is_held_against_what_was_verified_of_the_year_before():
    growth = replace(build.indicator(3), judgement=Judgement.GROWTH, growth_target=D(10))
    checked = VerifiedFigure(12, D(120), None, D(100), official_value=D(110))
    unit = VerifiedUnit(4, 5, 6, 7, {3: checked})
    assert (reached(growth, unit).actual, reached(growth, unit).percent) == (F(110), F(100))
    assert reached(growth, VerifiedUnit(4, 5, 6, 7)).problem == "Chưa có số liệu."


def test_a_figure_is_held_against_the_target_of_the_block_of_its_unit():
    given = {GivenTo(block_id=6): Numbers(D(200), None)}
    indicator = replace(build.indicator(3), given=given)
    unit = VerifiedUnit(4, 5, 6, 7, {3: VerifiedFigure(12, D(50), None, None)})
    assert reached(indicator, unit).percent == F(25)
    assert reached(indicator, unit._replace(block_id=8)).percent == F(50)


def test_a_figure_of_another_size_is_asked_about_by_indicator():
    plain, allocated = (replace(build.indicator(key), symbol="tấn") for key in (1, 2))
    allocated = replace(allocated, allocations={5: AllocatedTarget(D(9000), None, None)})
    scheme = build.scheme(indicators=[plain, allocated, build.indicator(3)])
    values = {
        1: VerifiedFigure(1, D(9000), None, None),
        2: VerifiedFigure(2, D(100), None, D(10), official_value=D(9000)),
        3: VerifiedFigure(3, None, None, None),
    }
    assert size_questions(VerifiedUnit(4, 5, 6, 7, values), scheme) == {
        1: "9.000 tấn khác mục tiêu (100) từ mười lần trở lên. Có nhầm đơn vị đo không?",
        2: "9.000 tấn khác cùng kỳ năm trước (10) từ mười lần trở lên. Có nhầm đơn vị đo không?",
    }
    fine = {1: VerifiedFigure(1, D(101), None, None)}
    assert size_questions(VerifiedUnit(4, 5, 6, 7, fine), scheme) == {1: ""}


def test_a_size_is_compared_with_the_target_of_the_block_or_period_and_the_part_that_is_due():
    goal = Numbers(D(9000), None)
    blocks, periods, yearly = (replace(build.indicator(key), symbol="tấn") for key in (1, 2, 3))
    scheme = build.scheme(
        indicators=[
            replace(blocks, given={GivenTo(block_id=6): goal}),
            replace(periods, given={GivenTo(period_id=3): goal}),
            replace(yearly, year_target=D(1000), judgement=Judgement.CUMULATIVE),
        ]
    )
    values = {
        key: VerifiedFigure(key, value, None, None)
        for key, value in ((1, D(9000)), (2, D(9000)), (3, D(5)))
    }
    unit = VerifiedUnit(4, 5, 6, 7, values, shares=Shares(Share(D(1), 12), None, 3))
    assert size_questions(unit, scheme) == {
        1: "",
        2: "",
        3: "5 tấn khác mục tiêu (1.000) từ mười lần trở lên. Có nhầm đơn vị đo không?",
    }


def test_the_year_before_is_asked_about_where_an_allocation_has_it():
    allocated = replace(
        build.indicator(1),
        symbol="tấn",
        allocations={5: AllocatedTarget(None, None, D(1000))},
        judgement=Judgement.CUMULATIVE,
    )
    unit = VerifiedUnit(4, 5, 6, 7, {1: VerifiedFigure(1, D(99_999), None, None)})
    assert size_questions(unit, build.scheme(indicators=[allocated])) == {
        1: "99.999 tấn khác mục tiêu (100), cả năm trước (1.000) từ mười lần trở lên. "
        "Có nhầm đơn vị đo không?"
    }


def test_verification_is_open_until_scoring_is_over():
    assert {Phase.VERIFYING, Phase.SCORING} == OPEN_PHASES


def test_a_second_verification_decides_over_what_was_counted():
    counted = replace(
        build.criterion(1, judged_by=JudgedBy.COUNT), count_rule=CountRule(each=D("0.5"))
    )
    unit = VerifiedUnit(4, 5, 6, 7, points={1: GivenPoints(9, D(2))})
    result = block_results(build.scheme(counted), [unit])[4].results[1]
    assert (result.points, result.steps[-1]) == (D("2.00"), "Thẩm định lần hai: 2,00 điểm")
    aside = unit._replace(points={**unit.points, 2: GivenPoints(8, None, "", "Không có")})
    rescaled = block_results(
        build.scheme(counted, build.criterion(2, judged_by=JudgedBy.SECRETARIAT)), [aside]
    )[4].results[1]
    assert rescaled.steps[-2:] == (
        "Thẩm định lần hai: 2,00 điểm",
        "quy đổi: 2 × 20 ÷ 10 = 4,00",
    )
