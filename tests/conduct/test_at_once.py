"""A campaign that is moved while somebody acts on what its step or its plan says."""

from decimal import Decimal

import pytest
from sqlalchemy import func, select

from campaign.core.permissions import Role
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


def _flashes(second):
    with second.client.session_transaction() as session:
        return [words for _, words in session.get("_flashes", ())]


def test_a_plan_is_not_written_into_behind_the_launch(second):
    campaign = build.campaign()
    db.session.commit()
    hold(campaign)
    campaign.phase, campaign.frozen_at = Phase.LAUNCHED, build.NOW
    db.session.flush()
    second.post(f"/campaigns/{campaign.id}/plan/tasks/report-parts")
    assert db.session.scalar(select(func.count()).select_from(Task)) == 0
    assert _flashes(second) == [
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
    assert _flashes(second) == ["Tổng điểm chuẩn đang là 90,00, phải đúng thang điểm 100."]
    assert campaign.phase is Phase.DRAFT


def test_the_way_on_waits_for_whoever_calls_a_meeting(second):
    field = worlds.awards()
    worlds.council(field)
    second.post(f"/campaigns/{field.campaign.id}/conduct/decide", expected="meeting", seen="1")
    assert _flashes(second) == ["Cuộc họp Hội đồng chưa xác nhận biên bản."]
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
    told = page(answer).all(".error-summary li") if answer.status_code == 422 else _flashes(second)
    assert told == [sentence]
    assert db.session.scalar(select(func.count()).select_from(made)) == 0
