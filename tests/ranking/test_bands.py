"""What a band asks for is told beside the table it is used in."""

from decimal import Decimal as D

import pytest

from campaign.core.permissions import Role
from campaign.extensions import db
from campaign.planning.models import Band
from campaign.planning.rules import Phase
from campaign.scheme.models import CriterionScope
from tests import build
from tests.ranked_world import Council


def test_the_table_tells_what_each_band_asks_for(app, sign_in, page):
    campaign = build.campaign(phase=Phase.MEETING)
    build.block(campaign)
    db.session.add_all(
        [
            Band(campaign_id=campaign.id, name="Tốt", from_points=80),
            Band(campaign_id=campaign.id, name="Xuất sắc", from_points=90, floor_percent=85),
        ]
    )
    shown = page(sign_in(build.user(Role.SECRETARIAT)).get(f"/campaigns/{campaign.id}/ranking/"))
    assert [one for one in shown.all("p.muted") if one.startswith("Xếp loại")] == [
        "Xếp loại: Xuất sắc từ 90,00 điểm, không tiêu chí nào dưới 85 % điểm tối đa; Tốt từ "
        "80,00 điểm. "
        "Đủ điểm mà có tiêu chí dưới mức ấy thì xếp loại thấp hơn."
    ]


@pytest.mark.parametrize(
    ("given", "bands", "reason"),
    [
        ("8.5", ["Tốt", "Tốt"], ""),
        ("8.4", ["", ""], "không xếp Tốt vì II1 đạt 84 % điểm tối đa, dưới 85 %"),
    ],
)
def test_the_same_marks_reach_the_floor_of_a_band_whatever_else_applies(app, given, bands, reason):
    """8,5 of 10 are 85 %; re-scaled for Thanh tra they are 9,27 of 10,91, which alone were less."""
    room = Council(second="10")
    for code, maximum in (("X", "20"), ("Z", "25"), ("Y", "5")):
        room.criteria[code] = build.criterion(
            room.campaign, within=room.groups["II"], maximum=maximum, code=code
        )
    own = room.entries["Văn phòng"].unit_id
    db.session.add(CriterionScope(criterion_id=room.criteria["Y"].id, unit_id=own))
    low, full = " ".join([given] * 3), {"X": "20 20 20", "Z": "25 25 25", "T1": "0 0 0"}
    room.mark("Thanh tra", II1=low, P1="0 0 0", **full)
    room.mark("Văn phòng", I1="40 40 40", II1=low, Y="5 5 5", P1="0 0 0", **full)
    db.session.add(
        Band(campaign_id=room.campaign.id, name="Tốt", from_points=D(50), floor_percent=D(85))
    )
    db.session.flush()
    rows = room.table().ranked
    assert [row.name for row in rows] == ["Văn phòng", "Thanh tra"]
    assert [row.band for row in rows] == bands
    assert {row.band_reason for row in rows} == {reason}
