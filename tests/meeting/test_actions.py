"""A meeting from its call to its opening; each refusal."""

from datetime import timedelta

import pytest

from campaign.core.errors import RuleViolation
from campaign.meeting import actions as meeting_actions
from campaign.meeting import queries as meetings
from campaign.meeting.rules import MeetingState, Presence
from campaign.planning.rules import Phase
from tests import build
from tests.council_room import gather


def test_a_meeting_is_called_at_its_step_only(council):
    council.campaign.phase = Phase.SCORING
    with pytest.raises(RuleViolation, match="Chỉ mời họp khi phong trào ở bước “Họp Hội đồng”."):
        meeting_actions.call_meeting(
            council.campaign,
            council.members,
            place="x",
            starts_at=build.NOW,
            opinions_until=None,
            agenda="",
            at=build.NOW,
        )


def test_one_meeting_at_a_time(council):
    with pytest.raises(RuleViolation, match="Cuộc họp trước chưa xác nhận biên bản."):
        meeting_actions.call_meeting(
            council.campaign,
            council.members,
            place="x",
            starts_at=build.NOW,
            opinions_until=None,
            agenda="",
            at=build.NOW,
        )


def test_a_council_without_a_chair_is_not_called(app):
    campaign = build.campaign(phase=Phase.MEETING)
    with pytest.raises(
        RuleViolation, match="Hội đồng phải có Chủ tịch và Thư ký trước khi mời họp."
    ):
        meeting_actions.call_meeting(
            campaign,
            [],
            place="x",
            starts_at=build.NOW,
            opinions_until=None,
            agenda="",
            at=build.NOW,
        )


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"place": " "}, "Hãy ghi nơi họp."),
        ({"opinions_until": build.NOW + timedelta(days=9)}, "Hạn gửi ý kiến phải trước giờ họp."),
    ],
)
def test_an_invitation_is_complete(council, change, sentence):
    facts = {
        "place": "Phòng 1",
        "starts_at": build.NOW,
        "opinions_until": None,
        "agenda": "",
    } | change
    with pytest.raises(RuleViolation, match=sentence):
        meeting_actions.edit_meeting(council.meeting, **facts)


def test_an_open_meeting_keeps_its_invitation(council):
    gather(council)
    with pytest.raises(RuleViolation, match="Cuộc họp đã khai mạc; giấy mời không sửa được nữa."):
        meeting_actions.edit_meeting(
            council.meeting, place="x", starts_at=build.NOW, opinions_until=None, agenda=""
        )


def test_a_meeting_without_a_quorum_does_not_open(council):
    with pytest.raises(RuleViolation, match="Chưa đủ điều kiện họp: có mặt 3/5, phải đạt 2/3."):
        gather(council, absent=(3, 4))


def test_chair_and_secretary_must_be_there_or_others_be_appointed(council):
    with pytest.raises(
        RuleViolation, match="Người chủ trì và thư ký phải có mặt; nếu vắng, hãy cử người khác."
    ):
        gather(council, absent=(0,))
    meeting_actions.appoint(
        council.meeting, chair_id=council.members[2].id, secretary_id=council.members[1].id
    )
    meeting_actions.open_meeting(council.meeting, at=build.NOW)
    assert council.meeting.state is MeetingState.OPEN


def test_absence_needs_its_reason(council):
    row = meetings.attendance(council.meeting.id, council.members[2].id)
    with pytest.raises(RuleViolation, match="Hãy ghi lý do."):
        meeting_actions.set_presence(
            council.meeting, row, Presence.ABSENT, reason=" ", at=build.NOW
        )


def test_who_left_the_council_since_the_call_does_not_count_when_the_meeting_opens(council):
    gone = council.members[4]
    row = meetings.attendance(council.meeting.id, gone.id)
    gone.left_on, gone.leaving_reason = build.NOW.date(), "chuyển công tác"
    with pytest.raises(RuleViolation, match="Người này đã thôi làm thành viên Hội đồng."):
        meeting_actions.set_presence(
            council.meeting, row, Presence.PRESENT, reason="", at=build.NOW
        )
    for member in council.members[:4]:
        meeting_actions.set_presence(
            council.meeting,
            meetings.attendance(council.meeting.id, member.id),
            Presence.PRESENT,
            reason="",
            at=build.NOW,
        )
    meeting_actions.open_meeting(council.meeting, at=build.NOW)
    assert (
        meetings.roll(council.meeting.id).total,
        gone.id in meetings.roll(council.meeting.id).presence,
    ) == (4, False)


def test_who_left_the_council_after_he_was_counted_present_holds_the_opening_up(council):
    for member in council.members:
        meeting_actions.set_presence(
            council.meeting,
            meetings.attendance(council.meeting.id, member.id),
            Presence.PRESENT,
            reason="",
            at=build.NOW,
        )
    gone = council.members[3]
    gone.left_on, gone.leaving_reason = build.NOW.date(), "nghỉ hưu"
    with pytest.raises(
        RuleViolation,
        match=f"{council.users[3].full_name} đã thôi làm thành viên Hội đồng; hãy ghi vắng mặt",
    ):
        meeting_actions.open_meeting(council.meeting, at=build.NOW)
    meeting_actions.set_presence(
        council.meeting,
        meetings.attendance(council.meeting.id, gone.id),
        Presence.ABSENT,
        reason="đã thôi",
        at=build.NOW,
    )
    meeting_actions.open_meeting(council.meeting, at=build.NOW)
    assert meetings.roll(council.meeting.id).total == 4


@pytest.mark.parametrize("presence", [Presence.INVITED, Presence.REPLACED])
def test_nobody_is_written_off_the_roll_by_marking_presence(council, presence):
    row = meetings.attendance(council.meeting.id, council.members[3].id)
    with pytest.raises(RuleViolation, match="Điểm danh chỉ ghi có mặt, vắng mặt hoặc rời họp."):
        meeting_actions.set_presence(council.meeting, row, presence, reason="vì", at=build.NOW)
    assert meetings.roll(council.meeting.id).total == 5


def test_a_meeting_asks_for_the_quorum_of_its_campaign(council):
    council.meeting.state = MeetingState.CALLED
    council.campaign.quorum_numerator, council.campaign.quorum_denominator = 80, 100
    assert council.campaign.quorum == (80, 100)
    before = (council.meeting.quorum_numerator, council.meeting.quorum_denominator)
    meeting_actions.demand_quorum_of(council.meeting, (1, 2))
    assert (
        (council.meeting.quorum_numerator, council.meeting.quorum_denominator) == before == (2, 3)
    )
