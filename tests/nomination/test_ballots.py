"""What comes before the Council, once, and what comes again."""

import pytest

from campaign.core.errors import RuleViolation
from campaign.core.permissions import Role
from campaign.extensions import db
from campaign.meeting import actions as meeting_actions
from campaign.meeting import queries as meetings
from campaign.meeting.rules import Presence
from campaign.nomination import ballots as before_council
from campaign.nomination import queries as nominations
from campaign.nomination.kinds import actions as award_kinds
from campaign.nomination.rules import NomineeState
from campaign.units.models import Unit
from campaign.voting import actions as voting
from campaign.voting import casting
from campaign.voting import queries as votes
from campaign.voting.rules import Choice
from tests import build, worlds
from tests.council_room import come_together


def test_too_many_leaders_do_not_come_before_the_council(field):
    field.person.leader_limit = 40
    for is_leader in (True, False):
        build.nominee(
            field.campaign,
            of=field.entries[0],
            kind=field.person,
            state=NomineeState.PROPOSED,
            is_leader=is_leader,
        )
    _, meeting = worlds.council(field)
    with pytest.raises(RuleViolation, match="lãnh đạo 1/2, vượt giới hạn 40 %."):
        before_council.put_before_council(field.campaign, meeting)


@pytest.mark.parametrize(("overall", "is_refused"), [(2, False), (1, True)])
def test_all_blocks_together_stay_within_the_overall_quota(field, overall, is_refused):
    field.collective.overall_limit = overall
    for entry in field.entries[:2]:
        build.nominee(field.campaign, of=entry, kind=field.collective, state=NomineeState.PROPOSED)
    _, meeting = worlds.council(field)
    if not is_refused:
        assert before_council.put_before_council(field.campaign, meeting) == 1
        return
    with pytest.raises(
        RuleViolation,
        match="đề xuất 2, nhiều hơn chỉ tiêu chung 1 của phong trào; hãy bớt đề xuất.",
    ):
        before_council.put_before_council(field.campaign, meeting)


def test_a_member_is_not_given_the_line_of_his_own_unit_nor_his_own(field):
    members, meeting = worlds.council(field, size=4)
    members[2].user.unit_id = field.entries[0].unit_id
    members[3].user.full_name = "Trần Bình"
    db.session.flush()
    build.nominee(
        field.campaign, of=field.entries[0], kind=field.collective, state=NomineeState.PROPOSED
    )
    build.nominee(
        field.campaign,
        of=field.entries[1],
        kind=field.person,
        name="Trần Bình",
        state=NomineeState.PROPOSED,
    )
    assert before_council.put_before_council(field.campaign, meeting) == 2
    lines = [
        line
        for ballot in votes.ballots(meeting.id)
        for line in votes.lines_of([ballot.id])[ballot.id]
    ]
    recusals = votes.recusals_of([ballot.id for ballot in votes.ballots(meeting.id)])
    assert [recusals[line.id] for line in lines] == [
        {members[2].id: "đơn vị của mình"},
        {members[3].id: "là người được đề nghị"},
    ]


def test_nothing_comes_before_the_council_twice(field):
    build.nominee(
        field.campaign, of=field.entries[0], kind=field.collective, state=NomineeState.PROPOSED
    )
    _, meeting = worlds.council(field)
    before_council.put_before_council(field.campaign, meeting)
    with pytest.raises(RuleViolation, match="Không còn đề xuất nào chờ đưa ra Hội đồng."):
        before_council.put_before_council(field.campaign, meeting)


def test_an_annulled_ballot_that_is_voted_again_is_before_the_council_once(field):
    row = build.nominee(
        field.campaign, of=field.entries[0], kind=field.collective, state=NomineeState.PROPOSED
    )
    members, meeting = worlds.council(field)
    before_council.put_before_council(field.campaign, meeting)
    come_together(meeting, members)
    (ballot,) = votes.ballots(meeting.id)
    voting.open_ballot(meeting, ballot, at=build.NOW)
    voting.annul_ballot(meeting, ballot, reason="nhầm danh sách", at=build.NOW)
    voting.repeat_ballot(meeting, ballot, reason="bỏ phiếu lại")
    assert nominations.settled(field.campaign.id) == {row.id}
    with pytest.raises(RuleViolation, match="Không còn đề xuất nào chờ đưa ra Hội đồng."):
        before_council.put_before_council(field.campaign, meeting)


def test_an_annulled_ballot_lets_the_line_come_back_and_says_why(field):
    row, meeting, _ = worlds.annulled(field)
    row.state_reason = "hạng 1"
    assert nominations.returning(field.campaign.id) == {
        row.id: "lượt 1 của cuộc họp số 1 đã huỷ: nhầm danh sách"
    }
    assert before_council.put_before_council(field.campaign, meeting) == 1
    second = votes.ballots(meeting.id)[-1]
    assert [(line.subject_id, line.detail) for line in votes.lines_of([second.id])[second.id]] == [
        (row.id, "đưa lại vì lượt 1 của cuộc họp số 1 đã huỷ: nhầm danh sách")
    ]
    assert nominations.returning(field.campaign.id) == {}


def test_a_written_opinion_comes_back_with_the_line_of_an_annulled_ballot(field):
    build.nominee(
        field.campaign,
        of=field.entries[0],
        kind=field.collective,
        name="Phòng Một",
        state=NomineeState.PROPOSED,
    )
    members, meeting = worlds.council(field, size=4)
    meeting.opinions_until = build.NOW
    before_council.put_before_council(field.campaign, meeting)
    (first,) = votes.ballots(meeting.id)
    (line,) = votes.lines_of([first.id])[first.id]
    absent = meetings.attendance(meeting.id, members[3].id)
    casting.enter_opinion(
        meeting, absent, {line.id: Choice.NO}, note="", by=members[3].user, at=build.NOW
    )
    for member in members[:3]:
        meeting_actions.set_presence(
            meeting,
            meetings.attendance(meeting.id, member.id),
            Presence.PRESENT,
            reason="",
            at=build.NOW,
        )
    meeting_actions.open_meeting(meeting, at=build.NOW)
    voting.open_ballot(meeting, first, at=build.NOW)
    voting.annul_ballot(meeting, first, reason="nhầm", at=build.NOW)
    before_council.put_before_council(field.campaign, meeting)
    second = votes.ballots(meeting.id)[-1]
    (line,) = votes.lines_of([second.id])[second.id]
    assert [
        (member, opinion.choice) for member, opinion in votes.opinions([second.id])[line.id].items()
    ] == [(members[3].id, Choice.NO)]


def test_a_line_that_came_back_is_not_voted_a_second_time_by_repeating_the_annulled_ballot(
    field, sign_in, page
):
    _, meeting, ballot = worlds.annulled(field)
    db.session.commit()
    client, address = sign_in(field.by), f"/campaigns/{field.campaign.id}/meetings/{meeting.id}"
    repeats = f"{address}/ballots/{ballot.id}/repeat"
    room = page(client.get(address))
    assert repeats in [form.get("action") for form in room.tree.cssselect("form")]
    assert room.one(f"#ballot-{ballot.id} .note") == (
        "Các dòng của lượt này chưa có kết quả: bỏ phiếu lại tại cuộc họp này, hoặc để các "
        "dòng trở lại phần Khen thưởng và vào lần đưa đề xuất tới."
    )
    before_council.put_before_council(field.campaign, meeting)
    db.session.commit()
    room = page(client.get(address))
    assert (
        repeats in [form.get("action") for form in room.tree.cssselect("form")],
        room.all(f"#ballot-{ballot.id} .note"),
    ) == (False, [])
    with pytest.raises(RuleViolation, match="dòng của lượt đã đưa vào một lượt sau"):
        voting.repeat_ballot(meeting, ballot, reason="bỏ phiếu lại")


def test_the_page_of_proposals_names_the_lines_that_come_back_and_why_to_those_who_propose(
    field, sign_in, page
):
    row, _, _ = worlds.annulled(field)
    db.session.commit()
    address, why = (
        f"/campaigns/{field.campaign.id}/awards/",
        "lượt 1 của cuộc họp số 1 đã huỷ: nhầm danh sách",
    )
    client = sign_in(field.by)
    shown = page(client.get(address))
    assert (shown.all("#returning li"), shown.all("td[data-label='Lý do'] .small")) == (
        [f"Phòng Một: {why}"],
        [f"Trở lại: {why}"],
    )
    assert page(client.get(f"{address}nominees/{row.id}")).one("p.note--warn") == (
        f"Chưa có kết quả của Hội đồng: {why}. Đề nghị này vào lần đưa đề xuất ra Hội đồng tới."
    )
    head = build.user(Role.UNIT_HEAD, at=db.session.get(Unit, field.entries[0].unit_id))
    assert (
        page(sign_in(head).get(address)).all("#returning li, td[data-label='Lý do'] .small") == []
    )


def test_a_meeting_that_awards_asks_for_the_quorum_of_one(field):
    field.campaign.award_quorum_numerator, field.campaign.award_quorum_denominator = 80, 100
    members, meeting = worlds.council(field, size=5)
    assert (meeting.quorum_numerator, meeting.quorum_denominator) == (2, 3)
    build.nominee(
        field.campaign, of=field.entries[0], kind=field.collective, state=NomineeState.PROPOSED
    )
    before_council.put_before_council(field.campaign, meeting)
    assert (meeting.quorum_numerator, meeting.quorum_denominator) == (80, 100)
    for member in members[:3]:
        meeting_actions.set_presence(
            meeting,
            meetings.attendance(meeting.id, member.id),
            Presence.PRESENT,
            reason="",
            at=build.NOW,
        )
    with pytest.raises(RuleViolation, match=r"Chưa đủ điều kiện họp: có mặt 3/5, phải đạt 80 %\."):
        meeting_actions.open_meeting(meeting, at=build.NOW)


def test_only_those_tied_at_the_line_compete_for_the_last_places(field):
    for entry in field.entries:
        build.nominee(
            field.campaign,
            of=entry,
            kind=field.collective,
            name=f"Đơn vị {entry.id}",
            state=NomineeState.PROPOSED,
        )
    award_kinds.set_quota(field.collective, field.block.id, count=2, percent=None)
    _, meeting = worlds.council(field)
    assert before_council.put_before_council(field.campaign, meeting) == 2
    first, second = votes.ballots(meeting.id)
    lines = votes.lines_of([first.id, second.id])
    assert [[line.participation_id for line in lines[ballot.id]] for ballot in (first, second)] == [
        [field.entries[0].id],
        [entry.id for entry in field.entries[1:]],
    ]
    assert [(ballot.places, ballot.follows_id) for ballot in (first, second)] == [
        (None, None),
        (1, first.id),
    ]
    assert [ballot.title.rpartition(": ")[2] for ballot in (first, second)] == [
        "trong chỉ tiêu",
        "tại ranh chỉ tiêu",
    ]


def test_places_that_a_ballot_left_free_are_never_given_twice(field):
    for entry in field.entries:
        build.nominee(field.campaign, of=entry, kind=field.collective, state=NomineeState.PROPOSED)
    award_kinds.set_quota(field.collective, field.block.id, count=2, percent=None)
    members, meeting = worlds.council(field)
    before_council.put_before_council(field.campaign, meeting)
    come_together(meeting, members)
    first, second = votes.ballots(meeting.id)

    def voted(ballot, choice):
        voting.open_ballot(meeting, ballot, at=build.NOW)
        for member in members:
            allowed = votes.may_vote_on(ballot, member.id)
            casting.cast_open(
                ballot, member.id, {line.id: choice for line in allowed}, by=member.user
            )
        voting.close_ballot(meeting, ballot, at=build.NOW)

    voted(first, Choice.NO)
    again = voting.repeat_ballot(meeting, first, reason="xét thêm")
    with pytest.raises(RuleViolation, match="Hãy kiểm phiếu lượt 1 trước"):
        voting.open_ballot(meeting, second, at=build.NOW)
    voted(again, Choice.NO)
    voted(second, Choice.YES)
    assert second.places == 2
    with pytest.raises(
        RuleViolation,
        match="Suất mà lượt này để lại đã thuộc về lượt 2, nên lượt này không bỏ phiếu lại được",
    ):
        voting.repeat_ballot(meeting, again, reason="xét lại")
