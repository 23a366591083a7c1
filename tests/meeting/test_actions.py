"""A meeting from its call to its opening; each refusal."""

from datetime import date, timedelta

import pytest

from campaign.core.errors import RuleViolation
from campaign.core.permissions import Role
from campaign.core.vote_rules import VoteRule
from campaign.council.queries import member as member_of
from campaign.council.queries import members as members_of
from campaign.extensions import db
from campaign.meeting import actions as meeting_actions
from campaign.meeting import queries as meetings
from campaign.meeting.rules import MeetingState, Presence
from campaign.planning.rules import Phase
from campaign.voting import actions as room_actions
from campaign.voting import queries as ballots
from campaign.voting import results
from tests import build
from tests.council_room import gather, leave, room_address


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


def test_a_meeting_is_cancelled_with_a_reason_before_it_opens_only(council):
    with pytest.raises(RuleViolation, match="Hãy ghi lý do huỷ cuộc họp."):
        meeting_actions.cancel_meeting(council.meeting, reason=" ", at=build.NOW)
    gather(council)
    with pytest.raises(RuleViolation, match="Cuộc họp đã khai mạc nên không huỷ được nữa"):
        meeting_actions.cancel_meeting(council.meeting, reason="Bão", at=build.NOW)


def test_of_a_cancelled_meeting_nothing_changes_any_more(council):
    meeting, row = council.meeting, meetings.attendance(council.meeting.id, council.members[2].id)
    meeting_actions.cancel_meeting(meeting, reason="Bão", at=build.NOW)
    invitation = {"place": "x", "starts_at": build.NOW, "opinions_until": None, "agenda": ""}
    for change in (
        lambda: meeting_actions.cancel_meeting(meeting, reason="Bão", at=build.NOW),
        lambda: meeting_actions.edit_meeting(meeting, **invitation),
        lambda: meeting_actions.invite(meeting, []),
        lambda: meeting_actions.open_meeting(meeting, at=build.NOW),
        lambda: meeting_actions.save_notes(meeting, "x"),
        lambda: meeting_actions.set_presence(
            meeting, row, Presence.PRESENT, reason="", at=build.NOW
        ),
        lambda: meeting_actions.receive_opinion(meeting, row, by=council.users[2], at=build.NOW),
        lambda: room_actions.prepare_ballot(
            meeting, title="x", lines=[room_actions.LineSpec("A")], rule=VoteRule()
        ),
    ):
        with pytest.raises(RuleViolation, match="Cuộc họp đã huỷ, không sửa được gì nữa"):
            change()
        db.session.rollback()
        meeting_actions.cancel_meeting(meeting, reason="Bão", at=build.NOW)


def test_what_was_prepared_for_a_cancelled_meeting_can_be_put_before_the_next_one(council):
    block = build.block(council.campaign)
    entry = build.participation(
        council.campaign, unit=build.unit(), block=block, by=council.users[1]
    )
    lines = [
        room_actions.LineSpec("Đề nghị", subject_id=7),
        room_actions.LineSpec("Xếp loại", participation_id=entry.id, band="Giỏi"),
        room_actions.LineSpec("Đồng hạng", participation_id=entry.id),
    ]
    for line in lines:
        room_actions.prepare_ballot(council.meeting, title="x", lines=[line], rule=VoteRule())
    campaign_id = council.campaign.id

    def before_council():
        return (
            sorted(results.results_for(campaign_id, [7])),
            results.times_before_council(campaign_id)[7],
            results.band_votes(campaign_id),
            len(results.rank_ballots(campaign_id)),
        )

    assert before_council() == ([7], 1, {entry.id: {"Giỏi": None}}, 1)
    meeting_actions.cancel_meeting(council.meeting, reason="Bão", at=build.NOW)
    assert before_council() == ([], 0, {}, 0)
    made = meeting_actions.call_meeting(
        council.campaign,
        council.members,
        place="Phòng 2",
        starts_at=build.NOW,
        opinions_until=None,
        agenda="",
        at=build.NOW,
    )
    assert (made.number, meetings.current_meeting(campaign_id)) == (2, made)
    room_actions.prepare_ballot(made, title="x", lines=[lines[0]], rule=VoteRule())
    assert before_council()[:2] == ([7], 1)
    assert len(ballots.ballots(council.meeting.id)) == 3


OVER = date(2021, 4, 28)
"""The day before the Council of five meets."""


def _mark(council, place, presence, reason="", at=build.NOW):
    row = meetings.attendance(council.meeting.id, council.members[place].id)
    meeting_actions.set_presence(council.meeting, row, presence, reason=reason, at=at)


def test_whose_term_is_over_on_the_day_of_the_meeting_is_not_called_and_does_not_count(council):
    council.members[3].term_to = OVER
    council.members[4].term_from = OVER + timedelta(days=2)
    council.members[2].term_to = OVER + timedelta(days=1)
    meeting_actions.cancel_meeting(council.meeting, reason="đổi ngày", at=build.NOW)
    made = meeting_actions.call_meeting(
        council.campaign,
        members_of(council.campaign.id),
        place="Phòng họp",
        starts_at=build.NOW + timedelta(days=1),
        opinions_until=None,
        agenda="",
        at=build.NOW,
    )
    assert set(meetings.roll(made.id).presence) == {row.id for row in council.members[:3]}


def test_a_council_whose_chair_is_out_of_office_on_the_day_is_not_called(council):
    council.members[0].term_to = OVER
    meeting_actions.cancel_meeting(council.meeting, reason="đổi ngày", at=build.NOW)
    with pytest.raises(
        RuleViolation,
        match=f"{council.users[0].full_name}, Chủ tịch Hội đồng, đã hết nhiệm kỳ trong Hội đồng "
        "vào ngày họp 29/04/2021; hãy sửa nhiệm kỳ hoặc cử người khác trước khi mời họp.",
    ):
        meeting_actions.call_meeting(
            council.campaign,
            members_of(council.campaign.id),
            place="Phòng họp",
            starts_at=build.NOW + timedelta(days=1),
            opinions_until=None,
            agenda="",
            at=build.NOW,
        )


def test_whose_term_ended_since_the_call_leaves_the_roll_as_the_meeting_opens(council):
    council.members[3].term_to = council.members[4].term_to = OVER
    late = build.NOW + timedelta(days=1)
    with pytest.raises(RuleViolation, match="Người này đã hết nhiệm kỳ trong Hội đồng."):
        _mark(council, 4, Presence.PRESENT, at=late)
    for place in (0, 1, 2, 3):
        _mark(council, place, Presence.PRESENT)
    with pytest.raises(
        RuleViolation,
        match=f"{council.users[3].full_name} đã hết nhiệm kỳ trong Hội đồng; hãy ghi vắng mặt",
    ):
        meeting_actions.open_meeting(council.meeting, at=late)
    _mark(council, 3, Presence.ABSENT, reason="hết nhiệm kỳ")
    meeting_actions.open_meeting(council.meeting, at=late)
    assert (council.meeting.opening_present, council.meeting.opening_total) == (3, 3)


def test_whose_term_is_over_takes_nobodys_seat(council):
    gather(council, absent=(4,))
    former = build.member(
        council.campaign, user=build.user(Role.COUNCIL_MEMBER), term_to=OVER - timedelta(days=1)
    )
    with pytest.raises(
        RuleViolation,
        match=f"{former.user.full_name} đã hết nhiệm kỳ trong Hội đồng; hãy chọn người khác.",
    ):
        meeting_actions.replace(
            council.meeting,
            meetings.attendance(council.meeting.id, council.members[4].id),
            member_of(council.campaign.id, former.id),
            reason="nghỉ ốm",
            on=build.TODAY,
            is_voting=False,
        )


def test_once_it_has_opened_only_who_is_here_is_appointed(council):
    gather(council, absent=(4,))
    chair, secretary, other, _, away = (member.id for member in council.members)
    for leading in ((away, secretary), (chair, away)):
        with pytest.raises(
            RuleViolation, match="Cuộc họp đã khai mạc: chỉ cử được người đang có mặt."
        ):
            meeting_actions.appoint(council.meeting, chair_id=leading[0], secretary_id=leading[1])
    meeting_actions.appoint(council.meeting, chair_id=other, secretary_id=secretary)
    assert council.meeting.chair_id == other


def test_whose_seat_another_has_taken_is_not_appointed(council):
    stand_in = build.member(council.campaign, user=build.user(Role.COUNCIL_MEMBER))
    row = meetings.attendance(council.meeting.id, council.members[4].id)
    meeting_actions.replace(
        council.meeting, row, stand_in, reason="nghỉ ốm", on=build.TODAY, is_voting=False
    )
    with pytest.raises(RuleViolation, match="là hai thành viên khác nhau trong danh sách dự họp."):
        meeting_actions.appoint(
            council.meeting,
            chair_id=council.members[4].id,
            secretary_id=council.members[1].id,
        )


def test_who_was_there_once_it_had_opened_leaves_and_is_not_absent(council, sign_in, page):
    gather(council, absent=(3,))
    leave(council, 4)
    for place in (2, 4):
        with pytest.raises(
            RuleViolation, match="Người này đã dự cuộc họp nên không ghi vắng mặt được;"
        ):
            _mark(council, place, Presence.ABSENT, reason="nhầm")
    _mark(council, 3, Presence.ABSENT, reason="đi công tác")
    shown = page(sign_in(build.user(Role.SECRETARIAT)).get(room_address(council)))
    offered = [
        (shown.all(f"#absent-{row.id}") != [], shown.all(f"#left-{row.id}") != [])
        for row in council.members[2:]
    ]
    assert offered == [(False, True), (True, False), (False, False)]
