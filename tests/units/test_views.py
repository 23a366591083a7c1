"""The form of a unit: what only a rehearsal asks for."""

import pytest

from campaign.core.permissions import Role
from campaign.extensions import db
from tests import build


@pytest.mark.parametrize(("is_demo", "asked"), [(True, 1), (False, 0)])
def test_what_is_made_up_is_marked_in_a_rehearsal_alone_and_kept_elsewhere(
    app, sign_in, page, is_demo, asked
):
    unit = build.unit(name="Phòng Một", is_illustrative=True)
    browser = sign_in(build.user(Role.ADMIN))
    app.config["DEMO"] = is_demo
    try:
        shown = page(browser.get(f"/units/{unit.id}/edit"))
        assert len(shown.tree.cssselect("[name=is_illustrative]")) == asked
        browser.post(
            f"/units/{unit.id}/edit",
            data={
                "name": "Phòng Hai",
                "short_name": "P2",
                "code": unit.code,
                "kind": unit.kind,
                "is_illustrative": "y" if is_demo else "",
            },
        )
    finally:
        app.config["DEMO"] = False
    db.session.refresh(unit)
    assert (unit.name, unit.is_illustrative) == ("Phòng Hai", True)


def test_a_new_unit_is_of_the_kind_that_somebody_chose(app, sign_in, page):
    browser = sign_in(build.user(Role.ADMIN))
    assert page(browser.get("/units/new")).tree.cssselect("[name=kind]")[0].value == ""
    refused = browser.post("/units/new", data={"name": "Phòng Một", "code": "P1", "kind": ""})
    assert page(refused).one("#kind-error") == "Hãy chọn loại đơn vị."


@pytest.mark.parametrize(
    ("code", "name", "is_asked"),
    [("vp", "Phòng Hai", True), ("P2", "VĂN  PHÒNG", True), ("P2", "Văn phong", False)],
)
def test_a_new_unit_that_may_be_there_already_is_asked_about(
    app, sign_in, page, code, name, is_asked
):
    build.unit(name="Văn phòng", code="VP")
    browser = sign_in(build.user(Role.ADMIN))
    sent = {"name": name, "code": code, "kind": "department"}
    shown = page(browser.post("/units/new", data=sent, follow_redirects=True))
    asked = "Đã có Văn phòng (mã VP): hai đơn vị khác nhau?"
    assert (asked in shown.all(".flashes p")) is is_asked
