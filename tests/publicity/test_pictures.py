"""What pictures of the public page say of units is what the page says of them."""

from datetime import date
from decimal import Decimal as D

import pytest

from campaign.publicity.pictures import units
from campaign.publicity.queries import PublicValue
from campaign.scheme.rules.achievement import Observation, achievement
from campaign.scheme.rules.terms import Direction, Judgement, ValueKind
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
