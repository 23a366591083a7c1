"""Every line that tells how points came about, worked out, gives the number it states."""

import re
from dataclasses import replace
from decimal import Decimal as D

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaign.core.points import round_points
from campaign.scheme.rules.achievement import Observation, achievement
from campaign.scheme.rules.block import Standing
from campaign.scheme.rules.formulas.all_or_nothing import AllOrNothing
from campaign.scheme.rules.formulas.bands import Bands
from campaign.scheme.rules.formulas.ceiling import Ceiling
from campaign.scheme.rules.formulas.place_in_block import RankInBlock
from campaign.scheme.rules.formulas.step import Counted, MissingIn, Step
from campaign.scheme.rules.points import indicator_points
from campaign.scheme.rules.points_rule import PointsRule, PointsRuleKind, Proportion
from campaign.scheme.rules.progress import Share
from campaign.scheme.rules.terms import Direction, Judgement
from tests import arithmetic

DIRECTIONS = [Direction.AT_LEAST, Direction.AT_MOST, Direction.BELOW]
HUNDREDTHS = st.integers(1, 5_000).map(lambda value: D(value) / 100)


def _measures(low, high):
    return st.one_of(
        st.integers(low, high).map(D),
        st.decimals(low, high, places=2),
        st.decimals(low, high, places=4),
    )


BANDS = st.lists(
    st.tuples(_measures(0, 130), st.integers(0, 100).map(D)), min_size=1, max_size=4
).map(
    lambda rows: tuple(
        zip(
            sorted({start for start, _ in rows}, reverse=True),
            sorted((share for _, share in rows), reverse=True),
            strict=False,
        )
    )
)
LOST = _measures(0, 3).filter(bool)
HOW = st.one_of(
    st.just(Proportion()),
    st.just(AllOrNothing()),
    st.builds(
        Step,
        lost=LOST,
        counted=st.sampled_from(Counted),
        missing_in=st.sampled_from(MissingIn),
        each=st.one_of(st.just(D(1)), _measures(0, 7).filter(bool)),
    ),
    st.builds(Bands, bands=BANDS),
    st.builds(Ceiling, lost=LOST, unit=_measures(0, 5).filter(bool)),
    st.builds(RankInBlock, lost_percent=_measures(0, 40).filter(bool)),
)
RULES = st.builds(
    PointsRule,
    how=HOW,
    bonus_per_percent=st.sampled_from([D(0), D("0.1"), D("0.37")]),
    bonus_cap=st.sampled_from([D(1), D("2.5")]),
)


@st.composite
def _asked(draw):
    """The decimals of a plan, a maximum, and what of it a unit can reach."""
    places = draw(st.integers(0, 4))
    points = st.integers(1, 50 * 10**places).map(lambda value: D(value).scaleb(-places))
    return places, draw(points), draw(st.one_of(st.none(), points))


SHARES = st.one_of(
    st.builds(
        lambda whole, part: Share(D(min(part, whole)), whole),
        st.integers(1, 372),
        st.integers(1, 372),
    ),
    _measures(0, 100).filter(bool).map(Share),
)


@st.composite
def _seen(draw):
    """A value anywhere, and often just at what it is held against, or a hair beside it."""
    target, last = draw(_measures(-20, 60_000)), draw(_measures(0, 60_000))
    growth, share = draw(_measures(-30, 40)), draw(SHARES)
    judgement = draw(st.sampled_from(Judgement))
    goal = {
        Judgement.LEVEL: target,
        Judgement.GROWTH: last * (100 + growth) / 100,
        Judgement.CUMULATIVE: target * share.part / share.whole,
    }[judgement]
    near = goal.quantize(D("0.0001")) + draw(
        st.sampled_from([D(0), D("0.0001"), D("-0.0001"), D("0.01"), D("-0.01")])
    )
    value = draw(st.one_of(st.just(near), _measures(-50, 70_000)))
    return judgement, Observation(
        value, target=target, growth_target=growth, same_period_last_year=last, expected_share=share
    )


@settings(max_examples=300)
@given(
    rule=RULES,
    direction=st.sampled_from(DIRECTIONS),
    seen=_seen(),
    asked=_asked(),
    place=st.integers(1, 30),
)
def test_each_printed_line_gives_the_number_it_states(rule, direction, seen, asked, place):
    reached, (places, maximum, to) = achievement(direction, *seen), asked
    rule = replace(rule, bonus_cap=round_points(rule.bonus_cap, places))
    points = indicator_points(
        rule, reached, maximum, to=to, standing=Standing(place), places=places
    )
    told, steps = {}, points.steps
    for line in steps:
        if line.endswith("đạt"):
            _check_verdict(line, is_met=reached.is_met)
        else:
            told[line.partition(":")[0]] = arithmetic.check(line)
    if points.points is None:
        return
    last = [line for line in steps if not line.startswith("Thưởng")][-1]
    assert arithmetic.check(last) == points.points
    assert told.get("Thưởng phần vượt", 0) == points.bonus
    assert 0 <= points.points <= (maximum if to is None else to)
    stated = last.rpartition(" = ")[2].removesuffix(" điểm")
    assert len(stated.partition(",")[2]) == places


def _check_verdict(line, *, is_met):
    value, verdict = line.split(": ")
    word, limit = re.fullmatch(r"(?:không )?(dưới|quá) (.+?), (?:chưa )?đạt", verdict).groups()
    value, limit = arithmetic.number(value), arithmetic.number(limit)
    assert (value < limit if word == "dưới" else value <= limit) is is_met
    assert line.endswith("chưa đạt") is not is_met


@settings(max_examples=200)
@given(
    rule=RULES,
    direction=st.sampled_from(DIRECTIONS),
    seen=_seen(),
    maximum=HUNDREDTHS,
    to=HUNDREDTHS,
    place=st.integers(1, 9),
)
def test_what_broke_a_limit_or_missed_a_target_earns_less_than_what_kept_it(
    rule, direction, seen, maximum, to, place
):
    reached = achievement(direction, *seen)
    found = indicator_points(rule, reached, maximum, to=to, standing=Standing(place))
    if found.points is None or reached.is_met:
        return
    if direction is Direction.AT_LEAST and rule.kind in {
        PointsRuleKind.BANDS,
        PointsRuleKind.RANK_IN_BLOCK,
    }:
        assert found.points <= to
    else:
        assert found.points < to


@pytest.mark.parametrize(
    "line",
    [
        "44.462 × 33,33 % = 14.820,65",
        "quy đổi: 7,54 × 12 ÷ 10 = 9,04",
        "98,79 % × 9,5 = 9,38",
        "10 − 90 × 0,5 = 0,00",
        "trung bình 8 phiếu (8,5–9,5): 72,3 ÷ 8 = 9,05",
    ],
)
def test_a_line_that_does_not_add_up_is_caught(line):
    with pytest.raises(AssertionError):
        arithmetic.check(line)
