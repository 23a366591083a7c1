"""Two leaves on one number: reported and verified once, each judged in its own way."""

from dataclasses import replace
from decimal import Decimal as D

import pytest

from campaign.reporting.rules import ClaimedFigure, Content
from campaign.scheme.rules.indicators import OwnWay
from campaign.scheme.rules.points_rule import PointsRule, PointsRuleKind
from campaign.scheme.rules.reading import points_rule_from_data
from campaign.scheme.rules.terms import Judgement
from campaign.verification.checks import missing
from campaign.verification.rules import (
    GivenPoints,
    VerifiedFigure,
    VerifiedUnit,
    block_results,
    set_aside_reasons,
)
from tests.verification import build

GROWN = OwnWay(Judgement.GROWTH, PointsRule())
BEYOND = {"kind": "linear", "bonus_per_percent": "0.1", "bonus_cap": "2"}


def _table(*ways, rule=None, **more):
    retail = replace(
        build.indicator(1, rule=rule), year_target=D(2360), growth_target=D(20), bonus_group_id=9
    )
    leaves = [
        replace(build.criterion(number, indicator_id=1), own_way=way)
        for number, way in enumerate(ways, start=1)
    ]
    return build.scheme(*leaves, indicators=[retail], **more)


def _unit(value, comparison="1000", *, aside=(), number=1):
    checked = VerifiedFigure(5, D(value), None, comparison and D(comparison))
    points = {key: GivenPoints(key, None, not_applicable_reason="Mới lập") for key in aside}
    return VerifiedUnit(number, number, 1, number, {1: checked}, points)


def test_each_leaf_has_its_own_points_and_its_own_words_of_the_one_number():
    results = block_results(_table(None, GROWN), [_unit("1180")])[1].results
    assert {key: (row.points, row.value_id) for key, row in results.items()} == {
        1: (D("5.00"), 5),
        2: (D("9.83"), 5),
    }
    assert [row.steps for row in results.values()] == [
        ("1.180 ÷ 2.360 = 50 %", "50 % × 10 = 5,00 điểm"),
        (
            "So với cùng kỳ: 1.180 ÷ 1.000 = 118 %",
            "1.180 ÷ (1.000 × 120 %) = 98,33 %",
            "10 × 1.180 ÷ (1.000 × 120 %) = 9,83 điểm",
        ),
    ]


def test_a_leaf_may_be_ranked_in_the_block_while_the_other_is_not():
    placed = OwnWay(Judgement.GROWTH, points_rule_from_data({"kind": PointsRuleKind.RANK_IN_BLOCK}))
    scheme = _table(None, placed)
    assert scheme.ranks_within_blocks
    results = block_results(scheme, [_unit("1180"), _unit("2360", "2300", number=2)])
    assert [[line.points for line in results[key].results.values()] for key in (1, 2)] == [
        [D("5.00"), D("10.00")],
        [D("10.00"), D("9.50")],
    ]
    one_alone = block_results(scheme, [_unit("1180"), _unit("2360", "2300", number=2)], only={2})
    assert one_alone == {2: results[2]}


def test_what_is_beyond_the_target_is_rewarded_once():
    results = block_results(_table(None, None, GROWN, rule=BEYOND), [_unit("2596")])[1].results
    assert [row.bonus for row in results.values()] == [D("1.00"), D(0), D(0)]


def test_a_leaf_is_set_aside_alone_or_all_of_them_with_the_number():
    scheme = _table(None, GROWN)
    alone = _unit("1180", aside=(2,))
    assert block_results(scheme, [alone])[1].maxima == {1: D(20)}
    assert set_aside_reasons(scheme, alone.values, alone.points) == {2: "Mới lập"}
    whole = {1: alone.values[1]._replace(not_applicable_reason="Không có chợ")}
    assert set_aside_reasons(scheme, whole, {}) == {1: "Không có chợ", 2: "Không có chợ"}


@pytest.mark.parametrize(
    ("aside", "sentences"),
    [((), [": chưa có số cùng kỳ năm trước; nếu không áp dụng, hãy ghi lý do."]), ((2,), [])],
)
def test_the_number_of_last_year_is_needed_while_a_leaf_judges_growth(aside, sentences):
    unit = _unit("1180", None, aside=aside)
    content = Content(values={1: ClaimedFigure(D(1180))})
    left = missing(_table(None, GROWN), {1, 2}, content, unit.values, unit.points)
    assert [sentence for sentence, _ in left] == sentences


def test_a_unit_is_asked_while_one_of_the_leaves_is_for_it():
    scheme = _table(None, GROWN)
    first, second = scheme.criteria
    table = build.scheme(
        replace(first, blocks=frozenset({7})),
        replace(second, blocks=frozenset({8})),
        indicators=scheme.indicators.values(),
    )
    assert [table.asks(scheme.indicators[1], 1, block) for block in (7, 8, 9)] == [
        True,
        True,
        False,
    ]
