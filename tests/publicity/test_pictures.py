"""What pictures of the public page say of units is what the page says of them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal as D

import pytest

from campaign.planning.models import Campaign
from campaign.publicity.pictures import units, way
from campaign.publicity.queries import PublicValue
from campaign.scheme.rules.achievement import Observation, achievement
from campaign.scheme.rules.terms import Direction, Judgement, TargetOf, ValueKind
from tests.verification import build


def _value(number, value, direction):
    seen = Observation(D(value), target=D(5000))
    return PublicValue(
        id=number,
        unit_id=number,
        unit=f"Đơn vị {number}",
        short_name=f"Đơn vị {number}",
        value=D(value),
        kind=ValueKind.OFFICIAL,
        source="",
        period="Tháng 5",
        ends_on=date(2021, 5, 31),
        reached=achievement(direction, Judgement.LEVEL, seen),
        is_lead=False,
    )


@pytest.mark.parametrize(
    ("direction", "told"),
    [
        (Direction.AT_LEAST, ["80 %", "99,998 %", "100 %", "110 %"]),
        (Direction.BELOW, ["100 %", "100 %", "100 %, chưa đạt", "90,9 %"]),
    ],
)
def test_a_unit_that_did_not_reach_what_was_asked_never_reads_as_if_it_had(direction, told):
    values = [
        _value(number, value, direction)
        for number, value in enumerate(("4000", "4999.9", "5000", "5500"))
    ]
    drawn = units(build.indicator(1, direction=direction), values)
    assert sorted(words for _, words in drawn.picture.table) == sorted(told)
    assert drawn.finding == "2 trong 4 đơn vị đã đạt mức phải đạt"


def test_numbers_of_several_days_are_told_with_their_days():
    values = [
        _value(number, value, Direction.AT_LEAST)
        for number, value in enumerate(("4000", "4999.9", "5000", "5500"))
    ]
    values[1:3] = [replace(value, ends_on=date(2021, 3, 31)) for value in values[1:3]]
    assert units(build.indicator(1), values).source == (
        "Số liệu đã thẩm định mới nhất: 2 đơn vị đến 31/05/2021, 2 đơn vị đến 31/03/2021."
    )


@pytest.mark.parametrize(
    ("target_of", "days"),
    [
        (TargetOf.YEAR, ["31/01/2027", "28/02/2027"]),
        (TargetOf.CAMPAIGN, ["31/12/2026", "31/01/2027", "28/02/2027"]),
    ],
)
def test_the_course_of_a_yearly_target_shows_one_year_and_of_a_campaign_all_of_it(target_of, days):
    campaign = Campaign(starts_on=date(2026, 12, 1), ends_on=date(2027, 2, 28))
    indicator = replace(build.indicator(1), judgement=Judgement.CUMULATIVE, target_of=target_of)
    ends = (date(2026, 12, 31), date(2027, 1, 31), date(2027, 2, 28))
    values = [
        replace(_value(number, "4000", Direction.AT_LEAST), ends_on=day)
        for number, day in enumerate(ends)
    ]
    drawn = way(campaign, indicator, values, date(2027, 3, 1))
    assert [row[0] for row in drawn.picture.table] == days
    assert way(campaign, indicator, values[:2], date(2027, 2, 1)) is None or (
        target_of is TargetOf.CAMPAIGN
    )
