"""Two who change an enrolment in the same moment: what the first did is found by the second."""

from types import SimpleNamespace

import pytest

from campaign.core.permissions import Role
from campaign.enrolment import actions
from campaign.enrolment.rules import ParticipationState
from campaign.extensions import db
from campaign.planning.actions import hold
from campaign.planning.rules import Phase
from tests import build
from tests.at_once import Second

pytestmark = pytest.mark.both_databases


@pytest.fixture
def enrolled(app):
    campaign, unit = build.campaign(phase=Phase.LAUNCHED), build.unit()
    row = build.participation(campaign, unit=unit, state=ParticipationState.PROPOSED)
    row.commitments = "Hoàn thành chỉ tiêu."
    head, by = build.user(Role.UNIT_HEAD, at=unit), build.user(Role.SECRETARIAT)
    return SimpleNamespace(
        campaign=campaign, row=row, block=build.block(campaign), head=head, by=by
    )


def _at(enrolled, act):
    return f"/campaigns/{enrolled.campaign.id}/enrolment/{enrolled.row.id}/{act}"


def _confirm(enrolled):
    hold(enrolled.campaign)
    actions.confirm(
        enrolled.campaign,
        enrolled.row,
        block_id=enrolled.block.id,
        by=enrolled.by,
        at=build.NOW,
    )
    db.session.flush()


def test_what_was_confirmed_meanwhile_is_not_written_anew(enrolled, sign_in):
    second = Second(sign_in(enrolled.head))
    _confirm(enrolled)
    second.post(_at(enrolled, "edit"), commitments="Đổi sau khi xác nhận.")
    assert second.told() == ["Đăng ký đã được xác nhận; giao ước không sửa được nữa."]
    assert enrolled.row.commitments == "Hoàn thành chỉ tiêu."


def test_of_two_who_withdraw_a_unit_the_second_is_told_why_it_was(enrolled, sign_in):
    second = Second(sign_in(build.user(Role.SECRETARIAT)))
    hold(enrolled.campaign)
    actions.withdraw(enrolled.campaign, enrolled.row, reason="sáp nhập")
    db.session.flush()
    second.post(_at(enrolled, "withdraw"), reason="giải thể")
    assert second.told() == ["Đơn vị này đã rút khỏi phong trào: sáp nhập"]
    assert enrolled.row.withdrawal_reason == "sáp nhập"


def test_no_unit_is_filed_elsewhere_behind_the_opening_of_scoring(enrolled, sign_in):
    _confirm(enrolled)
    second, other = Second(sign_in(enrolled.by)), build.block(enrolled.campaign)
    db.session.commit()
    hold(enrolled.campaign)
    enrolled.campaign.phase = Phase.SCORING
    db.session.flush()
    second.post(_at(enrolled, "confirm"), block_id=other.id)
    assert second.told() == ["Đã mở chấm điểm; không đổi khối được nữa."]
    assert enrolled.row.block_id == enrolled.block.id
