"""What a band asks for is told beside the table it is used in."""

from campaign.core.permissions import Role
from campaign.extensions import db
from campaign.planning.models import Band
from campaign.planning.rules import Phase
from tests import build


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
