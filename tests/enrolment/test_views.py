"""The page of enrolments: whom the secretariat files where, and what it never does by itself."""

from http import HTTPStatus

import pytest

from campaign.accounts.models import RoleGrant
from campaign.core.permissions import Role
from campaign.enrolment.models import Participation
from campaign.enrolment.rules import ParticipationState
from campaign.extensions import db
from campaign.planning.rules import Phase
from tests import build


@pytest.fixture
def campaign(app):
    made = build.campaign(phase=Phase.LAUNCHED)
    build.block(made, name="Khối một")
    return made


@pytest.fixture
def secretary(sign_in):
    return sign_in(build.user(Role.SECRETARIAT))


def _proposed(campaign):
    return build.participation(
        campaign, unit=build.unit(name="Phòng Một"), state=ParticipationState.PROPOSED
    )


def test_who_confirms_is_asked_for_the_block(campaign, secretary, page):
    row, second = _proposed(campaign), build.block(campaign, name="Khối hai")
    at = f"/campaigns/{campaign.id}/enrolment/"
    shown = page(secretary.get(at))
    assert shown.all(f"#block-{row.id} option") == ["— chọn khối —", "Khối một", "Khối hai"]
    refused = page(secretary.post(f"{at}{row.id}/confirm", data={"block_id": ""}))
    assert (refused.status, refused.one(f"#block-{row.id}-error")) == (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "Hãy chọn khối thi đua.",
    )
    db.session.refresh(row)
    assert (row.state, row.block_id) == (ParticipationState.PROPOSED, None)
    assert (
        secretary.post(f"{at}{row.id}/confirm", data={"block_id": second.id}).status_code
        == HTTPStatus.SEE_OTHER
    )
    db.session.refresh(row)
    assert (row.state, row.block_id) == (ParticipationState.CONFIRMED, second.id)
    assert page(secretary.get(at)).all(f"#block-{row.id} option") == ["Khối một", "Khối hai"]


def test_units_enrolled_for_are_filed_nowhere_by_themselves_and_stay_ticked(
    campaign, secretary, page
):
    chosen, other = build.unit(name="Phòng Ba"), build.unit(name="Phòng Tư")
    db.session.commit()
    at = f"/campaigns/{campaign.id}/enrolment/"
    assert page(secretary.get(at)).all("#block_id option") == ["— chọn khối —", "Khối một"]
    refused = page(secretary.post(f"{at}enrol-many", data={"unit_id": chosen.id, "block_id": ""}))
    assert (refused.status, refused.one("#block_id-error")) == (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "Hãy chọn khối thi đua.",
    )
    assert [box.get("id") for box in refused.tree.cssselect("input[name=unit_id][checked]")] == [
        f"free-{chosen.id}"
    ]
    assert other.id
    assert db.session.query(Participation).count() == 0


def test_a_head_of_two_units_chooses_which_of_them_enrols(campaign, sign_in, page):
    first, second = build.unit(name="Trung tâm A"), build.unit(name="Trung tâm B")
    head = build.user(Role.UNIT_HEAD, at=first)
    head.grants.append(RoleGrant(role=Role.UNIT_HEAD, unit_id=second.id))
    browser, at = sign_in(head), f"/campaigns/{campaign.id}/enrolment/"
    assert page(browser.get(at)).all("#unit_id option") == [
        "— chọn đơn vị —",
        "Trung tâm A",
        "Trung tâm B",
    ]
    refused = page(browser.post(f"{at}enrol", data={"unit_id": "", "commitments": "Làm tốt"}))
    assert (refused.status, refused.one("#unit_id-error")) == (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "Hãy chọn đơn vị.",
    )
    assert refused.value("commitments") == "Làm tốt"
