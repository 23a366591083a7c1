"""Of two who have one form open the second sees what the first saved, and overwrites nothing
unseen.
"""

from decimal import Decimal
from http import HTTPStatus

import pytest

from campaign.core.permissions import Role
from campaign.extensions import db
from campaign.planning.models import Band
from tests import build

AT = "/campaigns/{campaign}"


def _edited():
    """Each kind of row with an edit form in a plan that is not launched: the form's address, the
    field to change, its row.
    """
    campaign = build.campaign()
    within = {"campaign": campaign.id}
    band = Band(campaign_id=campaign.id, name="Tốt", from_points=80)
    db.session.add(band)
    db.session.flush()
    rows = {
        "unit": ("/units/{id}/edit", "name", build.unit()),
        "person": ("/account/users/{id}", "full_name", build.user()),
        "campaign": (f"{AT}/edit", "title", campaign),
        "settings": (f"{AT}/settings", "minimum_marks", campaign),
        "block": (f"{AT}/plan/blocks/{{id}}", "name", build.block(campaign)),
        "period": (
            f"{AT}/plan/periods/{{id}}",
            "name",
            build.period(campaign, expected_share=Decimal(33)),
        ),
        "task": (f"{AT}/plan/tasks/{{id}}", "name", build.task(campaign)),
        "band": (f"{AT}/plan/bands/{{id}}", "name", band),
        "indicator": (f"{AT}/indicators/{{id}}", "name", build.indicator(campaign)),
        "group": (f"{AT}/criteria/groups/{{id}}", "name", build.group(campaign)),
        "criterion": (f"{AT}/criteria/{{id}}", "name", build.criterion(campaign)),
        "rule set": ("/awards/rule-sets/{code}", "title", build.rule_set()),
    }
    return {
        name: (
            address.format(id=getattr(row, "id", ""), code=getattr(row, "code", ""), **within),
            field,
            row,
        )
        for name, (address, field, row) in rows.items()
    }


NAMES = (
    "unit",
    "person",
    "campaign",
    "settings",
    "block",
    "period",
    "task",
    "band",
    "indicator",
    "group",
    "criterion",
    "rule set",
)


def _filled(opened, address):
    """What a browser would send back from the form of this page."""
    form = next(
        form
        for form in opened.tree.forms
        if form.get("action") in {address, ""} and form.get("method") == "post"
    )
    fields = {}
    for name, value in form.form_values():
        fields.setdefault(name, []).append(value)
    return fields


@pytest.mark.parametrize("name", NAMES)
def test_the_second_of_two_sees_what_the_first_saved_and_may_then_save(app, sign_in, page, name):
    address, field, row = _edited()[name]
    browser = sign_in(build.user(Role.SECRETARIAT, Role.ADMIN))
    first, second = (_filled(page(browser.get(address)), address) for _ in range(2))
    mine, theirs = (
        ("3", "4") if field == "minimum_marks" else ("Tên của người sau", "Tên của người trước")
    )
    assert browser.post(address, data=first | {field: theirs}).status_code == HTTPStatus.SEE_OTHER
    refused = browser.post(address, data=second | {field: mine})
    shown = page(refused)
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Người khác vừa sửa nội dung này. Hãy so hai bản ở dưới rồi lưu lại." in shown.all(
        ".error-summary li"
    )
    assert shown.value(field) == mine
    assert [text for text in shown.all("main") if mine in text and theirs in text] == shown.all(
        "main"
    )
    db.session.expire_all()
    assert str(getattr(row, field)) == theirs
    assert browser.post(address, data=_filled(shown, address)).status_code == HTTPStatus.SEE_OTHER
    db.session.expire_all()
    assert str(getattr(row, field)) == mine


@pytest.mark.parametrize("name", NAMES)
def test_two_who_save_the_same_are_not_bothered(app, sign_in, page, name):
    address, field, _ = _edited()[name]
    browser = sign_in(build.user(Role.SECRETARIAT, Role.ADMIN))
    tabs = [_filled(page(browser.get(address)), address) for _ in range(2)]
    same = "2" if field == "minimum_marks" else "Cùng một tên"
    assert [browser.post(address, data=tab | {field: same}).status_code for tab in tabs] == [
        HTTPStatus.SEE_OTHER
    ] * 2
