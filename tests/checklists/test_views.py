"""A checklist is planned, ticked by the unit and by the verifier, and tells its points."""

from datetime import date
from decimal import Decimal as D
from http import HTTPStatus

import pytest

from campaign.core.permissions import Role
from campaign.extensions import db
from campaign.planning.problems import launch_problems
from campaign.ranking.queries import table
from campaign.scheme.models import Criterion
from campaign.scheme.rules.terms import JudgedBy
from tests import build
from tests.worlds import Desk, World

ITEMS = [["Có quy chế", "2"], ["Có sơ kết", "3"]]


def ticked(campaign, **more):
    row = build.criterion(
        campaign, judged_by=JudgedBy.CHECKLIST, checklist=ITEMS, maximum="5", code="D1", **more
    )
    db.session.flush()
    return row


def test_the_plan_takes_a_checklist_and_shows_it_again(app, sign_in, page):
    campaign = build.campaign()
    group = build.group(campaign)
    browser, at = sign_in(build.user(Role.SECRETARIAT)), f"/campaigns/{campaign.id}/criteria"
    typed = {
        "group_id": str(group.id),
        "code": "D1",
        "name": "Tổ chức",
        "maximum": "6",
        "judged_by": "checklist",
        "checklist_items": "Có quy chế: 2\nCó sơ kết 3",
    }
    refused = browser.post(f"{at}/new", data=typed)
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert page(refused).one("#checklist_items-error") == (
        "Dòng “Có sơ kết 3” cần tên mục, dấu hai chấm và điểm."
    )
    typed["checklist_items"] = "Có quy chế: 2\n\nCó sơ kết: 3"
    listed = page(browser.post(f"{at}/new", data=typed, follow_redirects=True))
    assert listed.all("td ul li") == ["Có quy chế (2 điểm)", "Có sơ kết (3 điểm)"]
    row = db.session.query(Criterion).one()
    assert row.checklist == ITEMS
    shown = page(browser.get(f"{at}/{row.id}"))
    assert shown.value("checklist_items") == "Có quy chế: 2\nCó sơ kết: 3"
    told = "Danh mục của tiêu chí D1 cộng mọi mục được 5, chưa đến điểm tối đa 6."
    assert [row.is_blocking for row in launch_problems(campaign) if row.sentence == told] == [False]
    browser.post(f"{at}/{row.id}", data=typed | {"judged_by": "council"})
    db.session.expire_all()
    assert row.checklist is None


@pytest.mark.parametrize("by", ["cell", "page"])
def test_a_unit_ticks_items_and_sees_its_points(app, sign_in, page, by):
    world = World(due_on=date(2099, 1, 1), locks_on=date(2099, 1, 2))
    criterion = ticked(world.campaign)
    browser = sign_in(world.officer)
    at = f"/campaigns/{world.campaign.id}/reports/{world.report.id}"
    first, second = (f"s:{criterion.id}:item-{number}" for number in (1, 2))
    if by == "cell":
        for field, value in ((first, "met"), (second, "unmet")):
            sent = {"field": field, "value": value, "base": ""}
            answer = browser.post(f"{at}/fields", data=sent).get_json()
        assert answer["derived"][f"rule-{criterion.id}"] == "2,00"
    else:
        browser.post(
            f"{at}/save",
            data={first: "met", second: "unmet", f"base-{first}": "", f"base-{second}": ""},
        )
    shown = page(browser.get(at))
    assert shown.one(f"#rule-steps-{criterion.id}") == (
        "Có quy chế (2 điểm): đạt; Có sơ kết (3 điểm): không đạt; 2 = 2,00 điểm"
    )
    assert shown.one(f"#s-{criterion.id}-item-2 option[selected]") == "không đạt"
    for field, value in ((f"s:{criterion.id}:item-3", "met"), (f"s:{criterion.id}:points", "1")):
        sent = {"field": field, "value": value, "base": ""}
        assert browser.post(f"{at}/fields", data=sent).status_code == HTTPStatus.NOT_FOUND


def test_the_verifier_takes_over_changes_and_ends_and_the_explanation_tells_each_item(
    app, sign_in, page
):
    desk = Desk()
    criterion = ticked(desk.campaign)
    claims = {"points": "5", "explanation": "", "ticks": {"1": "met", "2": "met"}}
    scores = {**desk.version.snapshot["scores"], str(criterion.id): claims}
    build.version(
        of=desk.report, by=desk.by, number=2, snapshot={**desk.version.snapshot, "scores": scores}
    )
    browser = sign_in(desk.by)
    at = f"/campaigns/{desk.campaign.id}/verification/{desk.report.id}"
    taken = [f"p:{criterion.id}", f"v:{desk.indicator.id}"]
    browser.post(f"{at}/claims", data={"field": taken})
    fields = f"{at}/fields"
    sent = {"field": f"p:{criterion.id}:item-2", "value": "unmet", "base": "met"}
    assert browser.post(fields, data=sent).get_json()["derived"][f"points-{criterion.id}"] == "2,00"
    shown = page(browser.get(at))
    assert shown.one(f"#points-{criterion.id}") == "2,00"
    assert "D1: khác đơn vị tự đánh dấu, hãy ghi nhận xét." in shown.one("#missing")
    for field, value in (
        (f"p:{criterion.id}:comment", "Chưa có sơ kết"),
        (f"p:{desk.criterion.id}:points", "10"),
    ):
        browser.post(fields, data={"field": field, "value": value, "base": ""})
    browser.post(f"{at}/finish")
    ranking = table(desk.campaign, desk.block)
    (counted,) = [*ranking.ranked, *ranking.unranked]
    assert counted.lines[criterion.id].points == D(2)
