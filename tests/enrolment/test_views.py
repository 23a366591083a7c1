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


def test_chosen_units_are_shown_and_then_confirmed_together_once(campaign, secretary, page):
    block, first = build.block(campaign, name="Khối hai"), _proposed(campaign)
    second = build.participation(
        campaign, unit=build.unit(name="Phòng Hai"), state=ParticipationState.PROPOSED
    )
    done = build.participation(campaign, unit=build.unit(name="Phòng Đã Rồi"), block=block)
    at = f"/campaigns/{campaign.id}/enrolment/confirm-many"
    rows = {"row": [first.id, second.id, done.id, 99_999, "x"]}
    shown = page(secretary.get(at, query_string=rows))
    assert shown.all("#kept li") == ["Phòng Đã Rồi: đã xác nhận, ở Khối hai"]
    assert shown.one(".page-head__lead") == "2 đơn vị sẽ được xác nhận"
    db.session.refresh(first)
    assert first.state is ParticipationState.PROPOSED
    refused = page(secretary.post(at, data=rows | {"block_id": ""}))
    assert (refused.status, refused.one("#block_id-error")) == (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "Hãy chọn khối thi đua.",
    )
    sent = rows | {"block_id": block.id}
    assert secretary.post(at, data=sent).status_code == HTTPStatus.SEE_OTHER
    for row in (first, second):
        db.session.refresh(row)
        assert (row.state, row.block_id) == (ParticipationState.CONFIRMED, block.id)
    page(secretary.get(f"/campaigns/{campaign.id}/enrolment/"))
    for again, sentence in (
        (sent, "Không còn đơn vị nào chờ xác nhận trong các đơn vị đã chọn."),
        (
            {"block_id": block.id},
            "Chưa chọn đơn vị nào. Hãy đánh dấu các đơn vị trong danh sách đăng ký.",
        ),
    ):
        refused_again = secretary.post(at, data=again)
        assert refused_again.status_code == HTTPStatus.SEE_OTHER
        told = page(secretary.get(refused_again.location))
        assert told.all(".flashes p") == [sentence]
    db.session.refresh(done)
    assert done.block_id == block.id


def test_only_who_confirms_confirms_many(campaign, sign_in):
    head = sign_in(build.user(Role.UNIT_HEAD, at=build.unit()))
    at = f"/campaigns/{campaign.id}/enrolment/confirm-many"
    assert head.get(at).status_code == HTTPStatus.FORBIDDEN
    assert head.post(at).status_code == HTTPStatus.FORBIDDEN


def test_the_head_of_the_list_counts_apart_who_takes_part_and_who_does_not(
    campaign, secretary, page
):
    for state in (ParticipationState.CONFIRMED, ParticipationState.CONFIRMED):
        build.participation(campaign, unit=build.unit(), block=build.block(campaign), state=state)
    _proposed(campaign)
    at = f"/campaigns/{campaign.id}/enrolment/"
    lead = "main header p, .page-head p"
    assert page(secretary.get(at)).all(lead)[-1] == "2 đơn vị đã xác nhận, 1 chờ xác nhận"
    assert page(secretary.get(f"{at}?state=proposed")).all(lead)[-1] == "tìm thấy 1 đơn vị"
