"""What the page of the Council offers, by step."""

from datetime import date
from http import HTTPStatus

import pytest

from campaign.audit import queries as audit
from campaign.core.permissions import Role
from campaign.council import actions, queries
from campaign.council.rules import CouncilFunction, RecusalOrigin
from campaign.extensions import db
from campaign.planning.rules import Phase
from tests import build


@pytest.mark.parametrize(
    ("phase", "offered"),
    [
        (Phase.SCORING, ["Thêm thành viên", "Sửa", "Sửa"]),
        (Phase.MEETING, ["Thêm thành viên", "Sửa", "Sửa"]),
        (Phase.PUBLISHED, []),
    ],
)
def test_nothing_is_offered_that_would_be_refused(app, sign_in, page, phase, offered):
    campaign = build.campaign(phase=phase)
    for function in (CouncilFunction.CHAIR, CouncilFunction.MEMBER):
        build.member(campaign, user=build.user(Role.COUNCIL_MEMBER), function=function)
    shown = page(sign_in(build.user(Role.SECRETARIAT)).get(f"/campaigns/{campaign.id}/council/"))
    assert [
        label for label in shown.all("main a.btn") if label in {"Thêm thành viên", "Sửa"}
    ] == offered
    assert ("Việc" in shown.all("main th")) is (phase is not Phase.PUBLISHED)


def test_before_the_council_meets_a_term_is_put_right_and_no_function(app, sign_in, page):
    campaign = build.campaign(phase=Phase.MEETING)
    row = build.member(campaign, user=build.user(Role.COUNCIL_MEMBER), term_to=date(2021, 3, 31))
    browser, at = (
        sign_in(build.user(Role.SECRETARIAT)),
        f"/campaigns/{campaign.id}/council/{row.id}",
    )
    shown = page(browser.get(at))
    assert (len(shown.all("#term_to")), shown.all("#function")) == (1, [])
    typed = {"term_from": "", "term_to": "31/12/2021", "function": "chair"}
    assert browser.post(at, data=typed).status_code == HTTPStatus.SEE_OTHER
    assert (row.term_to, row.function) == (date(2021, 12, 31), CouncilFunction.MEMBER)
    campaign.phase = Phase.DECIDING
    answer = page(browser.post(at, data=typed | {"term_to": "30/06/2021", "function": "member"}))
    assert (answer.status, row.term_to) == (422, date(2021, 12, 31))


@pytest.mark.parametrize(
    ("phase", "offered"), [(Phase.SCORING, ["Khai lợi ích liên quan"]), (Phase.MEETING, [])]
)
def test_a_member_declares_an_interest_while_it_counts(app, sign_in, page, phase, offered):
    campaign, user = build.campaign(phase=phase), build.user(Role.COUNCIL_MEMBER)
    build.member(campaign, user=user)
    shown = page(sign_in(user).get(f"/campaigns/{campaign.id}/council/"))
    assert [
        label for label in shown.all("main a.btn") if label == "Khai lợi ích liên quan"
    ] == offered


def test_the_unit_of_an_interest_is_chosen_not_the_first_of_the_list(app, sign_in, page):
    campaign, user = build.campaign(phase=Phase.SCORING), build.user(Role.COUNCIL_MEMBER)
    member = build.member(campaign, user=user)
    build.participation(campaign, unit=build.unit(name="Phòng Một"), block=build.block(campaign))
    at, browser = f"/campaigns/{campaign.id}/council/{member.id}/recuse", sign_in(user)
    assert page(browser.get(at)).all("#unit_id option") == ["— chọn đơn vị —", "Phòng Một"]
    refused = page(browser.post(at, data={"unit_id": "", "reason": "vợ làm ở đó"}))
    assert (refused.status, refused.one("#unit_id-error")) == (422, "Hãy chọn đơn vị.")


def test_the_chair_takes_a_wrong_recusal_back_with_a_reason_that_stays_on_record(app, sign_in):
    campaign, unit = build.campaign(phase=Phase.SCORING), build.unit()
    build.participation(campaign, unit=unit, block=build.block(campaign))
    chair, plain = build.user(Role.COUNCIL_MEMBER), build.user(Role.COUNCIL_MEMBER)
    build.member(campaign, user=chair, function=CouncilFunction.CHAIR)
    member = build.member(campaign, user=plain)
    row = actions.recuse(
        campaign,
        member,
        unit.id,
        origin=RecusalOrigin.CHAIR,
        reason="Họ hàng",
        by=chair,
        at=build.NOW,
    )
    db.session.commit()
    address = f"/campaigns/{campaign.id}/council/recusals/{row.id}/lift"
    assert sign_in(plain).post(address, data={"reason": "Nhầm"}).status_code == HTTPStatus.FORBIDDEN
    sign_in(chair).post(address, data={"reason": " "})
    assert queries.hidden_unit_ids(member) == {unit.id}
    sign_in(chair).post(address, data={"reason": "Trùng tên, người khác"})
    assert queries.hidden_unit_ids(member) == frozenset()
    entry = db.session.scalars(audit.entries(act="council.recuse")).first()
    assert "Trùng tên, người khác" in entry.changes
