"""What waits for each person around the Council's meeting and the decision."""

import pytest

from campaign.awarding.rules import NomineeState
from campaign.core.permissions import Role
from campaign.council.rules import CouncilFunction
from campaign.extensions import db
from campaign.planning.rules import Phase
from campaign.voting.rules import MeetingState
from tests import build


@pytest.fixture
def texts(sign_in, page):
    """The things to do on somebody's first page."""
    return lambda user: page(sign_in(user).get("/home/")).all(".todo__text b, .todo__text strong, .todo__text > :first-child")


def _told(texts, user):
    return " | ".join(texts(user))


def test_a_head_is_asked_to_sign_his_units_nominations(app, texts):
    office = build.unit()
    head = build.user(Role.UNIT_HEAD, at=office)
    campaign = build.campaign(phase=Phase.MEETING)
    entry = build.participation(campaign, unit=office, block=build.block(campaign))
    build.nominee(campaign, of=entry, kind=build.award_kind(campaign), state=NomineeState.DRAFT)
    assert "Ký đề nghị khen thưởng" in _told(texts, head)
    assert "Ký đề nghị khen thưởng" not in _told(texts, build.user(Role.UNIT_HEAD, at=build.unit()))


@pytest.mark.parametrize(("state", "expected"), [
    (MeetingState.CALLED, "Họp Hội đồng"), (MeetingState.OPEN, "Vào phòng họp Hội đồng"),
    (MeetingState.CLOSED, "Xác nhận biên bản cuộc họp")])
def test_the_chair_finds_his_meeting(app, texts, state, expected):
    campaign = build.campaign(phase=Phase.MEETING)
    chair = build.member(campaign, user=build.user(Role.COUNCIL_MEMBER), function=CouncilFunction.CHAIR)
    other = build.member(campaign, user=build.user(Role.COUNCIL_MEMBER), function=CouncilFunction.SECRETARY)
    meeting = build.meeting(campaign, chair=chair, secretary=other)
    meeting.opened_at = None if state is MeetingState.CALLED else build.NOW
    meeting.closed_at = build.NOW if state is MeetingState.CLOSED else None
    meeting.state = state
    users = chair.user_id
    db.session.commit()
    assert expected in _told(texts, build.found_user(users))


def test_an_unsigned_decision_waits_for_the_director(app, texts):
    campaign = build.campaign(phase=Phase.DECIDING)
    build.decision(campaign)
    assert "Quyết định khen thưởng dự thảo" in _told(texts, build.user(Role.DIRECTOR))
