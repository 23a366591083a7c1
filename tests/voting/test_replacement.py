"""Who takes whose seat, for a meeting or for good."""

from types import SimpleNamespace

import pytest

from campaign.core.errors import RuleViolation
from campaign.core.permissions import Role
from campaign.core.vote_rules import Base, Mode, VoteRule
from campaign.extensions import db
from campaign.meeting import actions as meeting_actions
from campaign.meeting import queries as meetings
from campaign.meeting.rules import Presence
from campaign.voting import actions, queries
from tests import build
from tests.council_room import YES, ballot, called_again, gather, vote


def test_a_member_is_replaced_by_another_of_the_council(council):
    substitute = build.member(council.campaign, user=build.user(Role.COUNCIL_MEMBER))
    row = meetings.attendance(council.meeting.id, council.members[4].id)
    actions.replace_member(
        council.meeting, row, substitute, reason="nghỉ ốm dài ngày", on=build.TODAY
    )
    roll = meetings.roll(council.meeting.id)
    assert (roll.total, roll.presence[substitute.id], row.presence) == (
        5,
        Presence.PRESENT,
        Presence.REPLACED,
    )
    with pytest.raises(RuleViolation, match="Không thay được thành viên này nữa."):
        actions.replace_member(council.meeting, row, substitute, reason="lần nữa", on=build.TODAY)


def test_who_was_replaced_for_one_meeting_has_his_seat_again_at_the_next_one(council):
    substitute = build.member(
        council.campaign, user=build.user(Role.COUNCIL_MEMBER, name="Lê Thay")
    )
    row = meetings.attendance(council.meeting.id, council.members[4].id)
    actions.replace_member(council.meeting, row, substitute, reason="nghỉ ốm", on=build.TODAY)
    assert row.reason == "nghỉ ốm; chỉ trong cuộc họp này"
    assert [entry.words for entry in meetings.stand_ins(council.campaign.id)] == [
        f"Lê Thay, đã dự thay {council.users[4].full_name} tại cuộc họp số 1"
    ]
    made, invited = called_again(council)
    assert invited == {entry.id for entry in council.members}
    meeting_actions.invite(made, [substitute.id])
    assert meetings.roll(made.id).presence[substitute.id] is Presence.INVITED
    assert meetings.stand_ins(council.campaign.id) == []


def test_a_stand_in_with_a_seat_of_his_own_is_invited_beside_the_member_he_replaced(council):
    substitute = build.member(council.campaign, user=build.user(Role.COUNCIL_MEMBER))
    actions.replace_member(
        council.meeting,
        meetings.attendance(council.meeting.id, council.members[4].id),
        substitute,
        reason="nghỉ ốm",
        on=build.TODAY,
    )
    _, invited = called_again(council, also=[substitute.id])
    assert invited == {*(member.id for member in council.members), substitute.id}


def test_who_is_replaced_for_good_leaves_the_council_that_day_and_the_seat_stays_with_the_other(
    council,
):
    substitute = build.member(council.campaign, user=build.user(Role.COUNCIL_MEMBER))
    row = meetings.attendance(council.meeting.id, council.members[4].id)
    actions.replace_member(
        council.meeting,
        row,
        substitute,
        reason="chuyển công tác",
        on=build.TODAY,
        leaves_on=build.TODAY,
    )
    gone = council.members[4]
    assert (gone.left_on, gone.leaving_reason) == (build.TODAY, "chuyển công tác")
    assert row.reason == "chuyển công tác; thôi làm thành viên Hội đồng từ ngày 28/04/2021"
    assert Role.COUNCIL_MEMBER not in council.users[4].roles
    _, invited = called_again(council)
    assert invited == {*(one.id for one in council.members[:4]), substitute.id}


@pytest.mark.parametrize("joins", ["by replacing", "with a late interest"])
def test_whoever_joins_late_is_not_given_the_line_of_his_own_unit(council, joins):
    entry = build.participation(
        council.campaign, unit=build.unit(), block=build.block(council.campaign)
    )
    made = actions.prepare_ballot(
        council.meeting,
        title="Giấy khen",
        rule=VoteRule(Mode.OPEN, Base.TOTAL, 70, 100),
        lines=[
            actions.LineSpec("Đơn vị của mình", participation_id=entry.id),
            actions.LineSpec("Bà Trần Bình", participation_id=entry.id),
            actions.LineSpec("Việc khác"),
        ],
    )
    own, person, other = queries.lines_of([made.id])[made.id]
    late = (
        build.member(council.campaign, user=build.user(Role.COUNCIL_MEMBER))
        if joins == "by replacing"
        else council.members[4]
    )
    late.user.unit_id, late.user.search_key = entry.unit_id, "tran binh"
    db.session.flush()
    if joins == "by replacing":
        actions.replace_member(
            council.meeting,
            meetings.attendance(council.meeting.id, council.members[4].id),
            late,
            reason="nghỉ ốm",
            on=build.TODAY,
        )
        assert queries.may_vote_on(made, late.id) == [other]
    gather(SimpleNamespace(meeting=council.meeting, members=council.members[:4]))
    actions.open_ballot(council.meeting, made, at=build.NOW)
    assert queries.may_vote_on(made, late.id) == [other]
    assert queries.recusals_of([made.id])[own.id] == {late.id: "đơn vị của mình"}
    assert queries.recusals_of([made.id]).get(person.id) == {late.id: "đơn vị của mình"}


def test_no_seat_votes_twice_because_its_member_was_replaced_while_a_ballot_was_open(council):
    gather(council)
    made, lines = ballot(council)
    vote(council, made, lines, {4: (YES, YES)})
    substitute = build.member(council.campaign, user=build.user(Role.COUNCIL_MEMBER))
    row = meetings.attendance(council.meeting.id, council.members[4].id)
    with pytest.raises(
        RuleViolation, match="Đang có lượt biểu quyết; hãy kiểm phiếu rồi mới thay thành viên."
    ):
        actions.replace_member(
            council.meeting, row, substitute, reason="có việc gấp", on=build.TODAY
        )
