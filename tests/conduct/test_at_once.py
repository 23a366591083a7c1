"""A campaign that is moved while somebody acts on what its step or its plan says."""

from decimal import Decimal
from http import HTTPStatus

import pytest
from sqlalchemy import func, select

from campaign.core.permissions import Role
from campaign.council import actions as councils
from campaign.council.models import Recusal
from campaign.council.rules import CouncilFunction
from campaign.extensions import db
from campaign.meeting.models import Meeting
from campaign.nomination.models import NomineeChange
from campaign.planning.actions import hold, save_row
from campaign.planning.models import Band, Task
from campaign.planning.rules import Phase
from tests import build, worlds
from tests.at_once import Second

pytestmark = pytest.mark.both_databases


@pytest.fixture
def second(app, sign_in):
    return Second(sign_in(build.user(Role.SECRETARIAT)))


def test_a_plan_is_not_written_into_behind_the_launch(second):
    campaign = build.campaign()
    db.session.commit()
    hold(campaign)
    campaign.phase, campaign.frozen_at = Phase.LAUNCHED, build.NOW
    db.session.flush()
    second.post(f"/campaigns/{campaign.id}/plan/tasks/report-parts")
    assert db.session.scalar(select(func.count()).select_from(Task)) == 0
    assert second.told() == [
        "Phong trào đã phát động: không sửa được chỉ tiêu, tiêu chí, thang điểm và cách tổng hợp "
        "nữa."
    ]


def test_the_launch_waits_for_whoever_writes_in_the_plan_and_looks_at_it_then(second):
    campaign = build.campaign(
        rule_set_code=build.rule_set(legal_basis="Luật").code,
        announcement="Thi đua",
        legal_basis="Luật",
        minimum_marks=1,
    )
    build.block(campaign)
    build.period(campaign)
    db.session.add(Band(campaign_id=campaign.id, name="Tốt", from_points=80))
    criterion = build.criterion(campaign, maximum=campaign.scale)
    build.member(campaign, user=build.user(Role.COUNCIL_MEMBER), function=CouncilFunction.CHAIR)
    db.session.commit()
    save_row(campaign, criterion, {"maximum": Decimal(90)})
    second.post(f"/campaigns/{campaign.id}/conduct/launch", expected="draft", seen="1")
    assert second.told() == ["Tổng điểm chuẩn đang là 90,00, phải đúng thang điểm 100."]
    assert campaign.phase is Phase.DRAFT


def test_the_way_on_waits_for_whoever_calls_a_meeting(second):
    field = worlds.awards()
    worlds.council(field)
    second.post(f"/campaigns/{field.campaign.id}/conduct/decide", expected="meeting", seen="1")
    assert second.told() == ["Cuộc họp Hội đồng chưa xác nhận biên bản."]
    assert field.campaign.phase is Phase.MEETING


@pytest.mark.parametrize(
    ("address", "typed", "sentence", "made"),
    [
        (
            "awards/propose",
            {},
            "Chỉ đề xuất khi phong trào ở bước “Họp Hội đồng”.",
            NomineeChange,
        ),
        (
            "meetings/new",
            {"place": "Phòng họp", "starts_at": "2021-04-29T09:00"},
            "Chỉ mời họp khi phong trào ở bước “Họp Hội đồng”.",
            Meeting,
        ),
    ],
)
def test_nothing_of_the_meeting_is_begun_behind_the_way_on(
    second, page, address, typed, sentence, made
):
    field = worlds.awards()
    hold(field.campaign)
    field.campaign.phase = Phase.DECIDING
    db.session.flush()
    answer = second.post(f"/campaigns/{field.campaign.id}/{address}", **typed)
    told = page(answer).all(".error-summary li") if answer.status_code == 422 else second.told()
    assert told == [sentence]
    assert db.session.scalar(select(func.count()).select_from(made)) == 0


def test_nobody_is_kept_from_a_unit_behind_the_closing_of_scoring(sign_in):
    campaign, unit = build.campaign(phase=Phase.SCORING), build.unit()
    build.participation(campaign, unit=unit, block=build.block(campaign))
    user = build.user(Role.COUNCIL_MEMBER)
    member = build.member(campaign, user=user)
    second = Second(sign_in(user))
    db.session.commit()
    hold(campaign)
    campaign.phase = Phase.MEETING
    db.session.flush()
    answer = second.post(
        f"/campaigns/{campaign.id}/council/{member.id}/recuse",
        unit_id=unit.id,
        reason="vợ làm ở đó",
    )
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert db.session.scalar(select(func.count()).select_from(Recusal)) == 0


def test_of_two_who_let_a_member_go_the_second_is_told(sign_in):
    campaign = build.campaign(phase=Phase.MEETING)
    member = build.member(campaign, user=build.user(Role.COUNCIL_MEMBER))
    second = Second(sign_in(build.user(Role.SECRETARIAT)))
    councils.leave(member, reason="nghỉ hưu", on=build.TODAY)
    db.session.flush()
    second.post(f"/campaigns/{campaign.id}/council/{member.id}/leave", reason="chuyển công tác")
    assert second.told() == ["Người này đã thôi làm thành viên."]
    assert (member.left_on, member.leaving_reason) == (build.TODAY, "nghỉ hưu")


def test_no_sheet_is_reopened_behind_the_closing_of_scoring(sign_in):
    campaign, chair = build.campaign(phase=Phase.SCORING), build.user(Role.COUNCIL_MEMBER)
    build.member(campaign, user=chair, function=CouncilFunction.CHAIR)
    member = build.member(campaign, user=build.user(Role.COUNCIL_MEMBER))
    sheet = build.sheet(member=member, block=build.block(campaign), is_locked=True)
    second = Second(sign_in(chair))
    db.session.commit()
    hold(campaign)
    campaign.phase = Phase.MEETING
    db.session.flush()
    second.post(f"/campaigns/{campaign.id}/scoring/sheets/{sheet.id}/reopen", reason="chấm sót")
    assert second.told() == ["Chỉ mở lại được phiếu đã khoá khi việc chấm điểm còn mở."]
    assert sheet.locked_at is not None
