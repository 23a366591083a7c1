"""Which target is used: a unit's before its block's before everybody's, and it is named."""

from dataclasses import replace
from decimal import Decimal as D

import pytest

from campaign.scheme.rules.progress import Share, Shares
from campaign.scheme.rules.targets import GivenTo, Numbers
from campaign.scheme.rules.terms import Judgement
from tests.scheme.test_table import GROWTH, AllocatedTarget

UNIT, OTHER, BLOCK, PERIOD = 3, 4, 7, 21
CUMULATIVE = replace(
    GROWTH, judgement=Judgement.CUMULATIVE, year_target=D(1000), growth_target=None
)
WHOLE = {UNIT: AllocatedTarget(D(300), None, None)}
OF_BLOCK, OF_UNIT_NOW, OF_BLOCK_NOW, OF_ALL_NOW = (
    {GivenTo(*key): Numbers(D(number), None)}
    for key, number in (
        ((None, BLOCK, None), 500),
        ((UNIT, None, PERIOD), 80),
        ((None, BLOCK, PERIOD), 120),
        ((None, None, PERIOD), 200),
    )
)
SHARES = Shares(Share(D(6), 12), Share(D(1), 2), PERIOD)


@pytest.mark.parametrize(
    ("allocations", "given", "unit_id", "target", "words"),
    [
        ({}, {}, UNIT, 1000, "chung cho mọi đơn vị"),
        ({}, OF_ALL_NOW, UNIT, 200, "chung cho mọi đơn vị, riêng kỳ này"),
        ({}, OF_BLOCK, UNIT, 500, "giao cho khối"),
        ({}, OF_BLOCK | OF_ALL_NOW, UNIT, 500, "giao cho khối"),
        ({}, OF_BLOCK | OF_BLOCK_NOW, UNIT, 120, "giao cho khối, riêng kỳ này"),
        (WHOLE, OF_BLOCK_NOW, UNIT, 300, "giao riêng cho đơn vị"),
        (WHOLE, OF_BLOCK_NOW, OTHER, 120, "giao cho khối, riêng kỳ này"),
        (WHOLE, OF_UNIT_NOW, UNIT, 80, "giao riêng cho đơn vị, riêng kỳ này"),
        (WHOLE, OF_UNIT_NOW, OTHER, 1000, "chung cho mọi đơn vị"),
    ],
)
def test_the_most_particular_target_is_used_and_named(allocations, given, unit_id, target, words):
    indicator = replace(CUMULATIVE, allocations=allocations, given=given)
    used = indicator.target_used(unit_id, BLOCK, PERIOD).target
    assert (used.numbers.target, used.words) == (D(target), words)
    assert indicator.targets_for(unit_id, BLOCK, PERIOD).target == D(target)


@pytest.mark.parametrize(
    ("given", "percent", "steps"),
    [
        (
            OF_BLOCK,
            40,
            (
                "Mục tiêu giao cho khối: 500",
                "Tiến độ phải đạt: 500 × 6/12 = 250",
                "100 ÷ 250 = 40 %",
            ),
        ),
        (
            OF_ALL_NOW,
            50,
            ("Mục tiêu chung cho mọi đơn vị, riêng kỳ này: 200", "100 ÷ 200 = 50 %"),
        ),
        ({}, 20, ("Tiến độ phải đạt: 1.000 × 6/12 = 500", "100 ÷ 500 = 20 %")),
    ],
)
def test_of_the_whole_a_part_is_due_and_of_a_periods_own_target_all(given, percent, steps):
    reached = replace(CUMULATIVE, given=given).reached(UNIT, D(100), None, SHARES, BLOCK)
    assert (reached.percent, reached.steps) == (percent, steps)


def test_a_growth_target_of_the_block_is_used_beside_everybodys_target():
    given = {GivenTo(None, BLOCK, None): Numbers(None, D(20))}
    indicator = replace(
        CUMULATIVE,
        judgement=Judgement.GROWTH,
        year_target=D(900),
        growth_target=D(10),
        given=given,
    )
    reached = indicator.reached(UNIT, D(120), D(100), SHARES, BLOCK)
    assert (reached.percent, reached.steps[0]) == (100, "Mức tăng giao cho khối: 20 %")
    assert indicator.targets_for(UNIT, BLOCK, PERIOD)[:2] == (D(900), D(20))
