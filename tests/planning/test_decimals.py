"""The plan chooses the decimals of its points; what is typed as points keeps to them."""

from decimal import Decimal as D
from http import HTTPStatus

import pytest

from campaign.core.permissions import Role
from campaign.extensions import db
from campaign.scheme.models import Criterion
from tests import build

SETTINGS = {
    "aggregation": "mean",
    "scale": "100",
    "points_places": "2",
    "mark_step": "0,5",
    "minimum_marks": "3",
}


def test_points_with_three_decimals_are_taken_by_a_plan_that_has_them(app, sign_in, page):
    campaign = build.campaign()
    group = build.group(campaign)
    browser, plan = sign_in(build.user(Role.SECRETARIAT)), f"/campaigns/{campaign.id}"
    sent = {
        "group_id": str(group.id),
        "code": "B1",
        "name": "Mười",
        "maximum": "12,0625",
        "judged_by": "council",
    }
    refused = page(browser.post(f"{plan}/criteria/new", data=sent))
    assert refused.one("#maximum-error") == (
        "Điểm của phong trào này có nhiều nhất 2 chữ số thập phân, không ghi được 12,0625."
    )
    assert refused.value("maximum") == "12,0625"
    chosen = browser.post(f"{plan}/settings", data=SETTINGS | {"points_places": "4"})
    assert chosen.status_code == HTTPStatus.SEE_OTHER
    taken = browser.post(f"{plan}/criteria/new", data=sent)
    assert taken.status_code == HTTPStatus.SEE_OTHER
    assert db.session.query(Criterion).one().maximum == D("12.0625")
    assert "12,0625" in page(browser.get(f"{plan}/criteria/")).all("tbody td.num")
    assert "Bảng điểm: 12,0625 điểm chuẩn" in page(browser.get(f"{plan}/")).tree.text_content()


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"points_places": "5"}, "points_places", "Từ 0 đến 4 chữ số."),
        ({"points_places": ""}, "points_places", "Hãy nhập số chữ số thập phân."),
        (
            {"points_places": "0"},
            "mark_step",
            "Điểm của phong trào này là số nguyên, không ghi được 0,5.",
        ),
        (
            {"points_places": "1", "scale": "99,75"},
            "scale",
            "Điểm của phong trào này có nhiều nhất 1 chữ số thập phân, không ghi được 99,75.",
        ),
        (
            {"points_places": "1"},
            "points_places",
            "Kế hoạch còn số điểm chi tiết hơn: B1 (0,25), B2 (0,25), B3 (0,25) và 1 số khác.",
        ),
    ],
)
def test_a_choice_that_does_not_hold_what_the_plan_says_is_refused(
    app, sign_in, page, typed, field, sentence
):
    campaign = build.campaign()
    group = build.group(campaign)
    for number in range(1, 5):
        build.criterion(campaign, within=group, code=f"B{number}", maximum="0.25")
    browser, address = sign_in(build.user(Role.SECRETARIAT)), f"/campaigns/{campaign.id}/settings"
    refused = page(browser.post(address, data=SETTINGS | typed))
    assert refused.one(f"#{field}-error") == sentence
    db.session.refresh(campaign)
    assert campaign.points_places == 2
