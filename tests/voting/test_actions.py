"""A meeting from its call to its minutes; each refusal."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from campaign.core.errors import RuleViolation
from campaign.core.permissions import Role
from campaign.core.vote_rules import Base, Mode, VoteRule
from campaign.council.queries import members as members_of
from campaign.extensions import db
from campaign.files.storage import StoredContent
from campaign.meeting import actions as meeting_actions
from campaign.meeting import minutes
from campaign.meeting import queries as meetings
from campaign.meeting.rules import MeetingState, Presence
from campaign.planning.rules import Phase
from campaign.voting import (
    actions,
    casting,
    keys,
    protocol,
    queries,
    recusals,
    secrecy,
    sweeping,
)
from campaign.voting.models import Turnout, Urn
from campaign.voting.rules import BallotState, Choice, Form, Outcome
from tests import build
from tests.voting.conftest import ballot, close, gather, give_blank

YES, NO = Choice.YES, Choice.NO
SCAN = ("phieu.pdf", StoredContent("k" * 32, 10, "0" * 64, "application/pdf"))


def _vote(council, made, lines, papers):
    for place, marks in papers.items():
        casting.cast_secret(
            made,
            council.members[place].id,
            dict(zip([line.id for line in lines], marks, strict=True)),
        )


def _outcomes(made):
    return [
        (line.yes, line.no, line.base_count, line.outcome)
        for line in queries.lines_of([made.id])[made.id]
    ]


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


def test_a_ballot_does_not_open_when_the_quorum_was_lost(council):
    gather(council)
    for place in (3, 4):
        row = meetings.attendance(council.meeting.id, council.members[place].id)
        meeting_actions.set_presence(
            council.meeting, row, Presence.LEFT, reason="việc đột xuất", at=build.NOW
        )
    with pytest.raises(RuleViolation, match="Chưa đủ điều kiện họp: có mặt 3/5"):
        ballot(council)


def _leaves(council, *places):
    for place in places:
        row = meetings.attendance(council.meeting.id, council.members[place].id)
        meeting_actions.set_presence(
            council.meeting, row, Presence.LEFT, reason="việc đột xuất", at=build.NOW
        )


def test_a_ballot_is_not_counted_when_the_quorum_was_lost_and_its_papers_stay_sealed(council):
    gather(council)
    made, lines = ballot(council)
    _vote(council, made, lines, {0: (YES, YES), 1: (YES, NO), 2: (YES, YES)})
    _leaves(council, 3, 4)
    db.session.commit()
    with pytest.raises(
        RuleViolation,
        match="Chưa đủ điều kiện họp: có mặt 3/5, phải đạt 2/3. Hãy chờ người vắng trở lại",
    ):
        close(council, made)
    db.session.rollback()
    assert (made.state, {line.outcome for line in queries.lines_of([made.id])[made.id]}) == (
        BallotState.OPEN,
        {None},
    )
    row = meetings.attendance(council.meeting.id, council.members[3].id)
    meeting_actions.set_presence(council.meeting, row, Presence.PRESENT, reason="", at=build.NOW)
    close(council, made)
    assert [row[:2] for row in _outcomes(made)] == [(3, 0), (2, 1)]


def test_without_a_quorum_nothing_is_counted_whoever_had_voted_before_he_left(council):
    gather(council)
    made, lines = ballot(council)
    _vote(council, made, lines, dict.fromkeys(range(5), (YES, YES)))
    _leaves(council, 3, 4)
    with pytest.raises(RuleViolation, match="Chưa đủ điều kiện họp: có mặt 3/5, phải đạt 2/3."):
        actions.close_ballot(council.meeting, made, at=build.NOW)
    row = meetings.attendance(council.meeting.id, council.members[3].id)
    meeting_actions.set_presence(council.meeting, row, Presence.PRESENT, reason="", at=build.NOW)
    actions.close_ballot(council.meeting, made, at=build.NOW)
    assert [row[:2] for row in _outcomes(made)] == [(5, 0), (5, 0)]
    assert (made.total_count, made.present_count, made.entitled_count, made.voted_count) == (
        5,
        4,
        5,
        5,
    )


def _names(council, *places):
    return ", ".join(council.users[place].full_name for place in places)


def test_a_ballot_is_not_counted_while_somebody_present_has_neither_voted_nor_been_recorded(
    council,
):
    gather(council)
    made, lines = ballot(council)
    _vote(council, made, lines, dict.fromkeys(range(3), (YES, YES)))
    with pytest.raises(
        RuleViolation,
        match=f"Còn 2 người có mặt chưa bỏ phiếu: {_names(council, 3, 4)}. Hãy chờ, hoặc ghi",
    ):
        actions.close_ballot(council.meeting, made, at=build.NOW)
    _leaves(council, 4)
    with pytest.raises(RuleViolation, match="Hãy ghi lý do không tham gia."):
        casting.decline(
            council.meeting, made, council.members[3].id, reason=" ", by=council.users[1]
        )
    casting.decline(
        council.meeting,
        made,
        council.members[3].id,
        reason="xin không bỏ phiếu",
        by=council.users[1],
    )
    actions.close_ballot(council.meeting, made, at=build.NOW)
    assert [row[:2] for row in _outcomes(made)] == [(3, 0), (3, 0)]
    assert [line.issued for line in queries.lines_of([made.id])[made.id]] == [3, 3]
    assert (made.total_count, made.present_count, made.entitled_count, made.voted_count) == (
        5,
        4,
        4,
        3,
    )


def test_who_was_said_not_to_take_part_may_still_vote(council):
    gather(council)
    made, lines = ballot(council)
    casting.decline(
        council.meeting,
        made,
        council.members[3].id,
        reason="vắng mặt trong phòng",
        by=council.users[1],
    )
    _vote(council, made, lines, {3: (YES, NO)})
    assert queries.declined([made.id])[made.id] == {}
    with pytest.raises(
        RuleViolation,
        match="Chỉ ghi không tham gia cho người đang có mặt, được biểu quyết và chưa bỏ phiếu.",
    ):
        casting.decline(
            council.meeting, made, council.members[3].id, reason="x", by=council.users[1]
        )


def test_one_paper_of_many_is_never_opened_only_annulled(council):
    gather(council)
    made, lines = ballot(council)
    _vote(council, made, lines, {0: (YES, NO), 1: (YES, YES)})
    for place in (2, 3, 4):
        casting.decline(
            council.meeting,
            made,
            council.members[place].id,
            reason="không tham gia",
            by=council.users[1],
        )
    db.session.commit()
    with pytest.raises(
        RuleViolation,
        match="Dòng “Đơn vị A” chỉ có 2 người bỏ phiếu; dưới 3 phiếu thì không mở hòm phiếu kín",
    ):
        actions.close_ballot(council.meeting, made, at=build.NOW)
    db.session.rollback()
    assert {line.yes for line in queries.lines_of([made.id])[made.id]} == {None}
    actions.annul_ballot(council.meeting, made, reason="quá ít phiếu", at=build.NOW)
    assert [(line.yes, line.outcome) for line in queries.lines_of([made.id])[made.id]] == [
        (0, Outcome.NO_RESULT)
    ] * 2


def test_the_minimum_of_papers_is_that_of_the_rule(council):
    gather(council)
    made, lines = ballot(council, rule=VoteRule(Mode.SECRET, minimum_papers=2))
    _vote(council, made, lines, {0: (YES, NO), 1: (YES, YES)})
    close(council, made)
    assert [row[:2] for row in _outcomes(made)] == [(2, 0), (1, 1)]


def test_a_line_for_too_few_voters_is_not_voted_on_in_secret(council):
    gather(council)
    kept = {0: {council.members[place].id: "đơn vị của mình" for place in (2, 3, 4)}}
    with pytest.raises(
        RuleViolation,
        match="Dòng “Đơn vị A” chỉ có 2 người bỏ phiếu; dưới 3 phiếu thì không mở hòm phiếu kín",
    ):
        ballot(council, recused=kept)
    made, _ = ballot(council, recused=kept, mode=Mode.OPEN, labels=("C", "D"))
    assert made.state is BallotState.OPEN


def test_a_ballot_repeated_by_all_but_one_is_refused_before_it_opens(council):
    gather(council)
    made, lines = ballot(council)
    _vote(council, made, lines, dict.fromkeys(range(5), (YES, YES)))
    actions.close_ballot(council.meeting, made, at=build.NOW)
    again = actions.repeat_ballot(council.meeting, made, reason="kiểm lại")
    _leaves(council, 4)
    sentence = (
        "Dòng “Đơn vị A” đã bỏ phiếu kín ở lượt 1; hai lần chỉ khác nhau ở "
        f"{_names(council, 4)}, nên lấy hai kết quả trừ "
        "đi nhau là biết người đó chọn gì."
    )
    with pytest.raises(RuleViolation, match=sentence):
        actions.open_ballot(council.meeting, again, at=build.NOW)
    row = meetings.attendance(council.meeting.id, council.members[4].id)
    meeting_actions.set_presence(council.meeting, row, Presence.PRESENT, reason="", at=build.NOW)
    actions.open_ballot(council.meeting, again, at=build.NOW)
    _vote(
        council, again, queries.lines_of([again.id])[again.id], dict.fromkeys(range(4), (YES, YES))
    )
    _leaves(council, 4)
    with pytest.raises(
        RuleViolation, match="Lượt này chỉ có thể chờ thêm phiếu, hoặc huỷ mà không đếm."
    ):
        actions.close_ballot(council.meeting, again, at=build.NOW)


def test_another_ballot_on_the_same_line_cannot_be_used_to_subtract_either(council):
    gather(council)
    made, lines = ballot(council, labels=("Đơn vị A",))
    _vote(council, made, lines, dict.fromkeys(range(5), (YES,)))
    actions.close_ballot(council.meeting, made, at=build.NOW)
    with pytest.raises(
        RuleViolation, match="Dòng “Đơn vị A” đã bỏ phiếu kín ở lượt 1; hai lần chỉ khác nhau ở"
    ):
        ballot(
            council,
            labels=("Đơn vị B", "đơn  vị a"),
            recused={1: {council.members[4].id: "thân nhân"}},
        )


def test_at_a_later_meeting_the_same_line_is_warned_of_before_it_opens(council):
    gather(council)
    made, lines = ballot(council, labels=("Đơn vị A",))
    _vote(council, made, lines, dict.fromkeys(range(5), (YES,)))
    actions.close_ballot(council.meeting, made, at=build.NOW)
    meeting_actions.close_meeting(
        council.meeting, unfinished=queries.unfinished(council.meeting.id), at=build.NOW
    )
    minutes.confirm(council.meeting, protocol.entries(council.meeting), at=build.NOW)
    council.meeting = meeting_actions.call_meeting(
        council.campaign,
        council.members,
        place="Phòng họp",
        starts_at=build.NOW,
        opinions_until=None,
        agenda="",
        at=build.NOW,
    )
    gather(council, absent=(4,))
    made = actions.prepare_ballot(
        council.meeting,
        title="Lại",
        lines=[actions.LineSpec("Đơn vị A")],
        rule=VoteRule(Mode.SECRET),
    )
    present = meetings.roll(council.meeting.id).present
    assert secrecy.secrecy_notes(made, present) == [
        "Dòng “Đơn vị A” đã bỏ phiếu kín ở lượt 1 của cuộc họp số 1 với gần như cùng những "
        "người: so hai kết quả có thể đoán được "
        "người chỉ bỏ phiếu một lần đã chọn gì."
    ]
    actions.open_ballot(council.meeting, made, at=build.NOW)
    assert (made.state, secrecy.secrecy_notes(made, present)) == (BallotState.OPEN, [])


def test_the_minutes_tell_what_was_so_at_each_ballot(council):
    gather(council)
    made, lines = ballot(council)
    _vote(council, made, lines, dict.fromkeys(range(4), (YES, YES)))
    casting.decline(
        council.meeting,
        made,
        council.members[4].id,
        reason="xin không bỏ phiếu",
        by=council.users[1],
    )
    actions.close_ballot(council.meeting, made, at=build.NOW)
    _leaves(council, 4)
    second, lines = ballot(council, labels=("C",))
    _vote(council, second, lines, dict.fromkeys(range(4), (YES,)))
    actions.close_ballot(council.meeting, second, at=build.NOW)
    told = minutes.content(council.meeting, protocol.entries(council.meeting))
    assert (told["quorum"]["present"], told["quorum"]["total"]) == (5, 5)
    assert [one["turnout"] for one in told["ballots"]] == [
        {
            "total": 5,
            "present": 5,
            "entitled": 5,
            "voted": 4,
            "declined": {_names(council, 4): "xin không bỏ phiếu"},
            "written": [],
        },
        {"total": 5, "present": 4, "entitled": 4, "voted": 4, "declined": {}, "written": []},
    ]


def test_a_ballot_that_follows_another_gets_the_places_it_leaves_free(council):
    gather(council)
    specs = [
        [actions.LineSpec(label, subject_id=number) for number, label in rows]
        for rows in ([(1, "A"), (2, "B")], [(3, "C"), (4, "D"), (5, "E")])
    ]
    first = actions.prepare_ballot(council.meeting, title="Trong", lines=specs[0], rule=VoteRule())
    second = actions.prepare_ballot(
        council.meeting, title="Tại ranh", lines=specs[1], rule=VoteRule(), places=1, follows=first
    )
    with pytest.raises(
        RuleViolation,
        match="Hãy kiểm phiếu lượt 1 trước: suất mà lượt đó để lại thuộc về lượt này.",
    ):
        actions.open_ballot(council.meeting, second, at=build.NOW)
    actions.open_ballot(council.meeting, first, at=build.NOW)
    lines = queries.lines_of([first.id])[first.id]
    for member, user in zip(council.members, council.users, strict=True):
        casting.cast_open(first, member.id, {lines[0].id: YES, lines[1].id: NO}, by=user)
    actions.close_ballot(council.meeting, first, at=build.NOW)
    actions.open_ballot(council.meeting, second, at=build.NOW)
    assert second.places == 2


def test_a_secret_ballot_is_counted_line_by_line(council):
    gather(council)
    made, lines = ballot(council)
    _vote(
        council,
        made,
        lines,
        {0: (YES, YES), 1: (YES, NO), 2: (YES, NO), 3: (YES, Choice.BLANK), 4: (NO, YES)},
    )
    close(council, made)
    assert _outcomes(made) == [(4, 1, 5, Outcome.ELECTED), (2, 2, 5, Outcome.NOT_ELECTED)]
    second = queries.lines_of([made.id])[made.id][1]
    assert (second.issued, second.returned) == (5, 5)
    assert len(made.receipts) == 5
    assert made.receipts == sorted(made.receipts)


def test_each_receipt_is_in_the_list_that_is_published(council):
    gather(council)
    made, lines = ballot(council)
    codes = [casting.cast_secret(made, member.id, {lines[0].id: YES}) for member in council.members]
    close(council, made)
    assert sorted(codes) == made.receipts


def test_there_is_no_partial_result(council):
    gather(council)
    made, lines = ballot(council)
    _vote(council, made, lines, {0: (YES, YES)})
    assert {(line.yes, line.outcome) for line in queries.lines_of([made.id])[made.id]} == {
        (None, None)
    }


def test_a_second_paper_is_refused_and_the_first_counts(council):
    gather(council)
    made, lines = ballot(council)
    _vote(council, made, lines, {0: (YES, YES)})
    with pytest.raises(
        RuleViolation, match="Ông/Bà đã bỏ phiếu lượt này; mỗi thành viên chỉ bỏ một phiếu."
    ):
        _vote(council, made, lines, {0: (NO, NO)})
    give_blank(council, made, 1, 2)
    close(council, made)
    assert [row[:2] for row in _outcomes(made)] == [(1, 0), (1, 0)]


def test_who_is_absent_or_kept_away_votes_on_nothing(council):
    gather(council, absent=(4,))
    made, lines = ballot(council, recused={0: {council.members[3].id: "đơn vị của mình"}})
    db.session.commit()
    with pytest.raises(RuleViolation, match="Chỉ thành viên đang có mặt mới bỏ phiếu được."):
        _vote(council, made, lines, {4: (YES, YES)})
    db.session.rollback()
    with pytest.raises(RuleViolation, match="Phiếu có dòng mà Ông/Bà không được biểu quyết."):
        _vote(council, made, lines, {3: (YES, YES)})


def test_a_refused_paper_leaves_neither_turnout_nor_vote(council):
    gather(council)
    made, lines = ballot(council, recused={0: {council.members[3].id: "đơn vị của mình"}})
    db.session.commit()
    before = db.session.get(Urn, made.id).sealed
    with pytest.raises(RuleViolation):
        _vote(council, made, lines, {3: (YES, YES)})
    db.session.rollback()
    assert (queries.voted(made), db.session.get(Urn, made.id).sealed) == (frozenset(), before)


def test_the_recused_leave_the_base_of_their_line_only(council):
    gather(council)
    made, lines = ballot(council, recused={0: {council.members[4].id: "đơn vị của mình"}})
    for place in range(4):
        _vote(council, made, lines, {place: (YES, YES)})
    casting.cast_secret(made, council.members[4].id, {lines[1].id: YES})
    close(council, made)
    assert _outcomes(made) == [(4, 0, 4, Outcome.ELECTED), (5, 0, 5, Outcome.ELECTED)]


def test_one_ballot_is_open_at_a_time_and_closed_once(council):
    gather(council)
    made, _ = ballot(council)
    with pytest.raises(RuleViolation, match="Đang có lượt biểu quyết khác"):
        ballot(council)
    give_blank(council, made, 1, 2, 3)
    close(council, made)
    with pytest.raises(RuleViolation, match="Lượt này không mở, hoặc đã kiểm phiếu."):
        close(council, made)
    with pytest.raises(RuleViolation, match="Lượt bỏ phiếu này đã đóng."):
        casting.cast_secret(made, council.members[0].id, {})


def test_a_tie_at_the_last_place_is_chosen_again_among_the_tied(council):
    gather(council)
    made, lines = ballot(council, labels=("A", "B", "C"), places=2)
    _vote(council, made, lines, dict.fromkeys(range(4), (YES, YES, YES)) | {4: (YES, NO, NO)})
    close(council, made)
    assert [row[3] for row in _outcomes(made)] == [Outcome.ELECTED, Outcome.TIED, Outcome.TIED]
    again = actions.repeat_ballot(council.meeting, made, reason="hai đơn vị bằng phiếu")
    assert (again.repeats_id, again.form, again.places) == (made.id, Form.CHOOSE, 1)
    second = queries.lines_of([again.id])[again.id]
    assert [line.label for line in second] == ["B", "C"]
    actions.open_ballot(council.meeting, again, at=build.NOW)
    for place, line in enumerate([0, 0, 0, 1, 1]):
        casting.cast_secret(again, council.members[place].id, {second[line].id: YES})
    close(council, again)
    assert [row[3] for row in _outcomes(again)] == [Outcome.ELECTED, Outcome.NOT_ELECTED]
    with pytest.raises(RuleViolation, match="Lượt này đã được bỏ phiếu lại."):
        actions.repeat_ballot(council.meeting, made, reason="lần nữa")


def test_repeating_needs_a_reason_and_a_counted_ballot(council):
    gather(council)
    made, _ = ballot(council)
    with pytest.raises(RuleViolation, match="Hãy ghi lý do bỏ phiếu lại."):
        actions.repeat_ballot(council.meeting, made, reason="")
    with pytest.raises(RuleViolation, match="Chỉ bỏ phiếu lại sau khi kiểm phiếu."):
        actions.repeat_ballot(council.meeting, made, reason="vì")


def test_an_open_vote_records_names_from_device_and_from_the_secretary(council):
    gather(council)
    made, lines = ballot(council, mode=Mode.OPEN, labels=("A",))
    for place, member in enumerate(council.members):
        casting.cast_open(
            made,
            member.id,
            {lines[0].id: YES if place else NO},
            by=council.users[1 if place > 2 else place],
        )
    with pytest.raises(RuleViolation, match="Thành viên này đã biểu quyết lượt này."):
        casting.cast_open(made, council.members[0].id, {lines[0].id: YES}, by=council.users[0])
    close(council, made)
    assert _outcomes(made) == [(4, 1, 5, Outcome.ELECTED)]
    assert queries.open_votes([made.id])[lines[0].id][council.members[0].id] is NO


def _prepared(council, **more):
    made = actions.prepare_ballot(
        council.meeting, title="Giấy khen", lines=[actions.LineSpec("A")], rule=VoteRule(**more)
    )
    return made, queries.lines_of([made.id])[made.id][0]


@pytest.mark.parametrize(
    ("base", "expected"),
    [(Base.TOTAL, (4, 0, 5)), (Base.PRESENT, (3, 0, 4)), (Base.PRESENT_WRITTEN, (4, 0, 5))],
)
def test_a_written_opinion_counts_where_the_rule_counts_the_absent(council, base, expected):
    made, line = _prepared(council, base=base, mode=Mode.SECRET)
    row = next(
        one
        for one in meetings.attendances(council.meeting.id)
        if one.member_id == council.members[4].id
    )
    casting.enter_opinion(
        council.meeting, row, {line.id: YES}, note="", by=council.users[4], at=build.NOW
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
    actions.open_ballot(council.meeting, made, at=build.NOW)
    for member in council.members[:3]:
        casting.cast_secret(made, member.id, {line.id: YES})
    close(council, made)
    assert _outcomes(made)[0][:3] == expected


def test_a_written_opinion_is_not_counted_once_its_member_is_kept_away(council):
    made, line = _prepared(council, base=Base.TOTAL)
    away = council.members[4]
    row = meetings.attendance(council.meeting.id, away.id)
    actions.enter_opinion(
        council.meeting, row, {line.id: YES}, note="", by=council.users[4], at=build.NOW
    )
    actions.recuse(council.meeting, made, line.id, away.id, reason="có người thân")
    for member in council.members[:4]:
        present = meetings.attendance(council.meeting.id, member.id)
        actions.set_presence(council.meeting, present, Presence.PRESENT, reason="", at=build.NOW)
    actions.open_meeting(council.meeting, at=build.NOW)
    actions.open_ballot(council.meeting, made, at=build.NOW)
    for member, user in zip(council.members[:4], council.users[:4], strict=True):
        actions.cast_open(made, member.id, {line.id: NO}, by=user)
    close(council, made)
    assert _outcomes(made) == [(0, 4, 4, Outcome.NOT_ELECTED)]
    assert queries.lines_of([made.id])[made.id][0].written_yes == 0


@pytest.mark.parametrize(
    ("by", "at", "scan", "sentence"),
    [
        (4, timedelta(hours=2), None, "Đã hết hạn gửi phiếu lấy ý kiến."),
        (1, timedelta(0), None, "Nhập thay thành viên phải kèm bản chụp phiếu lấy ý kiến."),
    ],
)
def test_an_opinion_is_refused(council, by, at, scan, sentence):
    _, line = _prepared(council)
    row = next(
        one
        for one in meetings.attendances(council.meeting.id)
        if one.member_id == council.members[4].id
    )
    with pytest.raises(RuleViolation, match=sentence):
        casting.enter_opinion(
            council.meeting,
            row,
            {line.id: YES},
            note="",
            by=council.users[by],
            at=build.NOW + at,
            scan=scan,
        )


def test_an_opinion_entered_for_another_keeps_its_scan_and_marks_him_absent(council):
    _, line = _prepared(council)
    row = next(
        one
        for one in meetings.attendances(council.meeting.id)
        if one.member_id == council.members[4].id
    )
    casting.enter_opinion(
        council.meeting, row, {line.id: NO}, note="", by=council.users[1], at=build.NOW, scan=SCAN
    )
    assert row.presence is Presence.WRITTEN
    assert [one.file_name for one in meetings.scans(council.meeting.id)[row.member_id]] == [
        "phieu.pdf"
    ]


def test_a_meeting_that_asks_for_no_opinions_takes_none(council):
    council.meeting.opinions_until = None
    _, line = _prepared(council)
    row = next(
        one
        for one in meetings.attendances(council.meeting.id)
        if one.member_id == council.members[4].id
    )
    with pytest.raises(RuleViolation, match="Cuộc họp này không lấy ý kiến bằng văn bản."):
        casting.enter_opinion(
            council.meeting, row, {line.id: YES}, note="", by=council.users[4], at=build.NOW
        )


def test_a_member_is_replaced_by_another_of_the_council(council):
    substitute = build.member(council.campaign, user=build.user(Role.COUNCIL_MEMBER))
    row = meetings.attendance(council.meeting.id, council.members[4].id)
    actions.replace_member(council.meeting, row, substitute, reason="nghỉ ốm dài ngày")
    roll = meetings.roll(council.meeting.id)
    assert (roll.total, roll.presence[substitute.id], row.presence) == (
        5,
        Presence.PRESENT,
        Presence.REPLACED,
    )
    with pytest.raises(RuleViolation, match="Không thay được thành viên này nữa."):
        actions.replace_member(council.meeting, row, substitute, reason="lần nữa")


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


def _called_again(council, **more):
    """The meeting at hand is closed and its minutes confirmed; the next one is called. Its roll by
    member.
    """
    gather(
        SimpleNamespace(
            meeting=council.meeting,
            members=[
                one
                for one in council.members
                if meetings.attendance(council.meeting.id, one.id).presence is not Presence.REPLACED
            ],
        )
    )
    meeting_actions.close_meeting(
        council.meeting, unfinished=queries.unfinished(council.meeting.id), at=build.NOW
    )
    minutes.confirm(council.meeting, protocol.entries(council.meeting), at=build.NOW)
    made = meeting_actions.call_meeting(
        council.campaign,
        members_of(council.campaign.id),
        place="Phòng họp",
        starts_at=build.NOW,
        opinions_until=None,
        agenda="",
        at=build.NOW,
        **more,
    )
    return made, set(meetings.roll(made.id).presence)


def test_who_was_replaced_for_one_meeting_has_his_seat_again_at_the_next_one(council):
    substitute = build.member(
        council.campaign, user=build.user(Role.COUNCIL_MEMBER, name="Lê Thay")
    )
    row = meetings.attendance(council.meeting.id, council.members[4].id)
    actions.replace_member(council.meeting, row, substitute, reason="nghỉ ốm")
    assert row.reason == "nghỉ ốm; chỉ trong cuộc họp này"
    assert [one.words for one in meetings.stand_ins(council.campaign.id)] == [
        f"Lê Thay, đã dự thay {council.users[4].full_name} tại cuộc họp số 1"
    ]
    made, invited = _called_again(council)
    assert invited == {one.id for one in council.members}
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
    )
    _, invited = _called_again(council, also=[substitute.id])
    assert invited == {*(one.id for one in council.members), substitute.id}


def test_who_is_replaced_for_good_leaves_the_council_that_day_and_the_seat_stays_with_the_other(
    council,
):
    substitute = build.member(council.campaign, user=build.user(Role.COUNCIL_MEMBER))
    row = meetings.attendance(council.meeting.id, council.members[4].id)
    actions.replace_member(
        council.meeting, row, substitute, reason="chuyển công tác", leaves_on=build.TODAY
    )
    gone = council.members[4]
    assert (gone.left_on, gone.leaving_reason) == (build.TODAY, "chuyển công tác")
    assert row.reason == "chuyển công tác; thôi làm thành viên Hội đồng từ ngày 28/04/2021"
    assert Role.COUNCIL_MEMBER not in council.users[4].roles
    _, invited = _called_again(council)
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
        )
        assert queries.may_vote_on(made, late.id) == [other]
    gather(SimpleNamespace(meeting=council.meeting, members=council.members[:4]))
    actions.open_ballot(council.meeting, made, at=build.NOW)
    assert queries.may_vote_on(made, late.id) == [other]
    assert queries.recusals_of([made.id])[own.id] == {late.id: "đơn vị của mình"}
    assert queries.recusals_of([made.id]).get(person.id) == {late.id: "đơn vị của mình"}


def test_the_minutes_tell_who_came_late_was_away_and_took_whose_seat(council):
    gather(council, absent=[3])
    late, away, replaced = (
        meetings.attendance(council.meeting.id, council.members[place].id) for place in (3, 2, 4)
    )
    meeting_actions.set_presence(
        council.meeting, late, Presence.PRESENT, reason="", at=build.NOW + timedelta(minutes=5)
    )
    meeting_actions.set_presence(
        council.meeting,
        away,
        Presence.LEFT,
        reason="nghe điện thoại",
        at=build.NOW + timedelta(minutes=10),
    )
    meeting_actions.set_presence(
        council.meeting, away, Presence.PRESENT, reason="", at=build.NOW + timedelta(minutes=20)
    )
    meeting_actions.set_presence(
        council.meeting, away, Presence.PRESENT, reason="", at=build.NOW + timedelta(minutes=21)
    )
    actions.replace_member(
        council.meeting,
        replaced,
        build.member(council.campaign, user=build.user(Role.COUNCIL_MEMBER)),
        reason="nghỉ ốm",
    )
    told = [
        (row["presence"], row["reason"])
        for row in minutes.content(council.meeting, protocol.entries(council.meeting))["present"]
        if row["reason"]
    ]
    assert sorted(told) == sorted(
        [
            ("có mặt", "đến lúc 09:05 28/04/2021"),
            (
                "có mặt",
                "rời họp lúc 09:10 28/04/2021 (nghe điện thoại), trở lại lúc 09:20 28/04/2021",
            ),
            (f"thay {council.users[4].full_name}", "nghỉ ốm"),
        ]
    )


def _about(council, label, *, unit=None):
    """A prepared ballot of one line about a person of a unit taking part."""
    entry = build.participation(
        council.campaign, unit=unit or build.unit(), block=build.block(council.campaign)
    )
    made = actions.prepare_ballot(
        council.meeting,
        title="Giấy khen",
        rule=VoteRule(Mode.OPEN, Base.TOTAL, 70, 100),
        lines=[actions.LineSpec(label, participation_id=entry.id), actions.LineSpec("Việc khác")],
    )
    return made, queries.lines_of([made.id])[made.id][0]


def _named(council, name, *, unit=None):
    """The fourth member under that name, of that unit."""
    member = council.members[3]
    member.user.full_name, member.user.unit_id = name, unit.id if unit else None
    db.session.flush()
    return member


@pytest.mark.parametrize(
    ("name", "own", "why"),
    [
        ("Nguyễn Văn Hùng", "other", {}),
        ("Nguyễn Văn Hưng", "other", {}),
        ("Nguyễn Văn Hưng", "same", "là người được đề nghị"),
        ("Nguyễn Văn Hùng", "same", "đơn vị của mình"),
        ("NGUYỄN  VĂN HƯNG", None, "là người được đề nghị"),
        ("Nguyễn Văn Hùng", None, {}),
    ],
)
def test_a_person_is_known_by_his_name_with_tones_and_his_unit(council, name, own, why):
    unit = build.unit()
    member = _named(council, name, unit={"same": unit, "other": build.unit(), None: None}[own])
    made, line = _about(council, "Ông Nguyễn Văn Hưng", unit=unit)
    assert queries.recusals_of([made.id]).get(line.id, {}) == ({member.id: why} if why else {})


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        (
            "Nguyễn Văn Hùng",
            "Thành viên Nguyễn Văn Hùng và “Ông Nguyễn Văn Hưng” chỉ khác dấu, đơn vị khác "
            "nhau. Có phải một người không?",
        ),
        (
            "Nguyễn Văn Hưng",
            "Thành viên Nguyễn Văn Hưng và “Ông Nguyễn Văn Hưng” trùng họ tên, đơn vị khác "
            "nhau. Có phải một người không?",
        ),
    ],
)
def test_a_namesake_of_another_unit_is_asked_about_until_somebody_answers(council, name, sentence):
    member = _named(council, name, unit=build.unit())
    made, line = _about(council, "Ông Nguyễn Văn Hưng")
    assert [row.words for row in queries.namesakes(council.meeting, [made.id])] == [sentence]
    with pytest.raises(RuleViolation, match="Hãy ghi vì sao đây là hai người khác nhau."):
        recusals.tell_apart(
            council.meeting, made, line.id, member.id, reason=" ", by=council.users[0], at=build.NOW
        )
    recusals.tell_apart(
        council.meeting,
        made,
        line.id,
        member.id,
        reason="khác năm sinh",
        by=council.users[0],
        at=build.NOW,
    )
    assert queries.namesakes(council.meeting, [made.id]) == []
    gather(council)
    actions.open_ballot(council.meeting, made, at=build.NOW)
    assert (queries.recusals_of([made.id]), len(queries.may_vote_on(made, member.id))) == ({}, 2)
    with pytest.raises(RuleViolation, match="Lượt biểu quyết đã mở"):
        recusals.tell_apart(
            council.meeting,
            made,
            line.id,
            member.id,
            reason="lại",
            by=council.users[0],
            at=build.NOW,
        )


def test_no_ballot_opens_over_a_namesake_nobody_told_apart_but_over_one_of_other_tones(council):
    member = _named(council, "Nguyễn Văn Hưng", unit=build.unit())
    made, line = _about(council, "Ông Nguyễn Văn Hưng")
    gather(council)
    with pytest.raises(
        RuleViolation,
        match="trùng họ tên, đơn vị khác nhau. Có phải một người không\\? Hãy trả lời ở dòng đó",
    ):
        actions.open_ballot(council.meeting, made, at=build.NOW)
    member.user.full_name = "Nguyễn Văn Hùng"
    with pytest.raises(RuleViolation, match="Không còn câu hỏi nào về hai tên này."):
        recusals.tell_apart(
            council.meeting,
            made,
            line.id,
            council.members[2].id,
            reason="nhầm",
            by=council.users[0],
            at=build.NOW,
        )
    actions.open_ballot(council.meeting, made, at=build.NOW)
    assert line in queries.may_vote_on(made, member.id)


def test_a_wrong_recusal_is_lifted_with_a_reason_and_stays_lifted_when_the_vote_is_repeated(
    council,
):
    member, by = _named(council, "Nguyễn Văn Hưng"), council.users[0]
    made, line = _about(council, "Ông Nguyễn Văn Hưng")
    with pytest.raises(RuleViolation, match="Hãy ghi lý do cho thành viên biểu quyết dòng này."):
        recusals.lift_recusal(
            council.meeting, made, line.id, member.id, reason=" ", by=by, at=build.NOW
        )
    recusals.lift_recusal(
        council.meeting,
        made,
        line.id,
        member.id,
        reason="trùng tên, người khác",
        by=by,
        at=build.NOW,
    )
    with pytest.raises(RuleViolation, match="Thành viên này vẫn biểu quyết dòng ấy."):
        recusals.lift_recusal(
            council.meeting, made, line.id, member.id, reason="lại", by=by, at=build.NOW
        )
    gather(council)
    actions.open_ballot(council.meeting, made, at=build.NOW)
    assert line in queries.may_vote_on(made, member.id)
    for one in council.members:
        casting.cast_open(
            made, one.id, {row.id: Choice.YES for row in queries.may_vote_on(made, one.id)}, by=by
        )
    close(council, made)
    assert (line.issued, line.base_count) == (5, 5)
    with pytest.raises(RuleViolation, match="Lượt biểu quyết đã kiểm phiếu."):
        recusals.lift_recusal(
            council.meeting, made, line.id, member.id, reason="muộn", by=by, at=build.NOW
        )
    again = actions.repeat_ballot(council.meeting, made, reason="nhầm")
    assert queries.recusals_of([again.id]) == {}


def test_a_recusal_is_lifted_while_the_ballot_is_open_until_the_member_has_voted(council):
    member, by = _named(council, "Nguyễn Văn Hưng"), council.users[0]
    made, line = _about(council, "Ông Nguyễn Văn Hưng")
    gather(council)
    actions.open_ballot(council.meeting, made, at=build.NOW)
    (other,) = queries.may_vote_on(made, member.id)
    casting.cast_open(made, member.id, {other.id: Choice.YES}, by=by)
    with pytest.raises(RuleViolation, match="Thành viên này đã bỏ phiếu lượt này"):
        recusals.lift_recusal(
            council.meeting, made, line.id, member.id, reason="nhầm", by=by, at=build.NOW
        )


def test_the_recusal_from_ones_own_unit_is_never_lifted(council):
    unit = build.unit()
    member = _named(council, "Lê Thị Mai", unit=unit)
    made, line = _about(council, "Ông Nguyễn Văn Hưng", unit=unit)
    with pytest.raises(
        RuleViolation, match="Đây là đơn vị của chính thành viên này nên không bỏ được."
    ):
        recusals.lift_recusal(
            council.meeting,
            made,
            line.id,
            member.id,
            reason="nhầm",
            by=council.users[0],
            at=build.NOW,
        )
    assert queries.recusals_of([made.id]) == {line.id: {member.id: "đơn vị của mình"}}


def test_who_was_let_vote_again_may_still_declare_himself(council):
    member = _named(council, "Nguyễn Văn Hưng")
    made, line = _about(council, "Ông Nguyễn Văn Hưng")
    recusals.lift_recusal(
        council.meeting, made, line.id, member.id, reason="nhầm", by=council.users[0], at=build.NOW
    )
    recusals.recuse(council.meeting, made, line.id, member.id, reason="là em ruột")
    assert queries.recusals_of([made.id]) == {line.id: {member.id: "là em ruột"}}


def test_a_line_may_be_declined_until_the_ballot_opens(council):
    made, line = _prepared(council)
    recusals.recuse(
        council.meeting, made, line.id, council.members[2].id, reason="vợ là người được đề nghị"
    )
    assert queries.recusals_of([made.id])[line.id] == {
        council.members[2].id: "vợ là người được đề nghị"
    }
    gather(council)
    actions.open_ballot(council.meeting, made, at=build.NOW)
    with pytest.raises(RuleViolation, match="Lượt biểu quyết đã mở"):
        recusals.recuse(council.meeting, made, line.id, council.members[3].id, reason="muộn")


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"title": " "}, "Hãy ghi nội dung biểu quyết."),
        ({"lines": []}, "Cần ít nhất một dòng để biểu quyết."),
        ({"rule": VoteRule(numerator=3, denominator=2)}, "Tỷ lệ phải lớn hơn 0 và không quá 100 %"),
        (
            {"form": Form.CHOOSE, "places": 1},
            "Chọn trong danh sách thì số được chọn phải lớn hơn 0 và ít hơn số dòng.",
        ),
    ],
)
def test_a_ballot_that_makes_no_sense_is_refused(council, more, sentence):
    facts = {"title": "Giấy khen", "lines": [actions.LineSpec("A")], "rule": VoteRule()} | more
    with pytest.raises(RuleViolation, match=sentence):
        actions.prepare_ballot(council.meeting, **facts)


def test_an_opened_ballot_is_annulled_not_removed(council):
    gather(council)
    made, lines = ballot(council)
    _vote(council, made, lines, {0: (YES, YES)})
    with pytest.raises(RuleViolation, match="Lượt đã mở không xoá được."):
        actions.remove_ballot(council.meeting, made)
    actions.annul_ballot(council.meeting, made, reason="in sai danh sách", at=build.NOW)
    assert (made.state, made.annulled_reason, db.session.get(Urn, made.id)) == (
        BallotState.CLOSED,
        "in sai danh sách",
        None,
    )
    assert [row[3] for row in _outcomes(made)] == [Outcome.NO_RESULT] * 2


def test_a_lost_key_is_told_and_the_ballot_can_be_annulled(council):
    gather(council)
    made, lines = ballot(council)
    db.session.commit()
    keys.destroy(db.session.get(Urn, made.id).key_name)
    with pytest.raises(RuleViolation, match="Không còn khoá của hòm phiếu này"):
        _vote(council, made, lines, {0: (YES, YES)})
    db.session.rollback()
    actions.annul_ballot(council.meeting, made, reason="mất khoá", at=build.NOW)
    assert made.state is BallotState.CLOSED


def test_keys_of_counted_ballots_are_destroyed_even_after_a_crash(council):
    gather(council)
    made, _ = ballot(council)
    db.session.commit()
    first = keys.kept()
    sweeping.destroy_used_keys()
    assert (len(first), keys.kept()) == (1, first)
    give_blank(council, made, 0, 1, 2)
    db.session.commit()
    assert (len(keys.kept()), set(first) < set(keys.kept())) == (4, True)
    sweeping.destroy_used_keys()
    assert keys.kept() == [db.session.get(Urn, made.id).key_name]
    close(council, made)
    db.session.commit()
    sweeping.leave_no_copies()
    assert keys.kept() == []


def test_minutes_are_frozen_when_the_chair_confirms(council):
    gather(council, absent=(4,))
    made, lines = ballot(council, recused={1: {council.members[3].id: "đơn vị của mình"}})
    _vote(council, made, lines, dict.fromkeys(range(3), (YES, NO)))
    with pytest.raises(RuleViolation, match="Còn lượt biểu quyết số 1 chưa xong"):
        meeting_actions.close_meeting(
            council.meeting, unfinished=queries.unfinished(council.meeting.id), at=build.NOW
        )
    close(council, made)
    with pytest.raises(
        RuleViolation, match="Chỉ xác nhận biên bản sau khi bế mạc, và chỉ một lần."
    ):
        minutes.confirm(council.meeting, protocol.entries(council.meeting), at=build.NOW)
    meeting_actions.save_notes(council.meeting, "Ông A đề nghị công khai kết quả.")
    meeting_actions.close_meeting(
        council.meeting, unfinished=queries.unfinished(council.meeting.id), at=build.NOW
    )
    minutes.confirm(council.meeting, protocol.entries(council.meeting), at=build.NOW)
    db.session.commit()
    text = council.meeting.minutes
    assert (len(text["present"]), [row["reason"] for row in text["absent"]], text["notes"]) == (
        4,
        ["công tác"],
        "Ông A đề nghị công khai kết quả.",
    )
    second = text["ballots"][0]["lines"][1]
    assert second["recused"] == {council.users[3].full_name: "đơn vị của mình"}
    assert (second["yes"], second["no"], second["base"], second["percent"]) == (0, 3, 4, "0,00 %")
    assert text["ballots"][0]["lines"][0]["test"] == "3 × 100 = 300 < 70 × 5 = 350: không đạt"
    assert len(text["audit_hash"]) == 64
    with pytest.raises(RuleViolation, match="Biên bản đã được xác nhận, không sửa được nữa."):
        meeting_actions.save_notes(council.meeting, "sửa")


def test_no_key_of_the_turnout_tells_an_order(council):
    gather(council)
    made, lines = ballot(council)
    for place in (3, 0, 4, 1, 2):
        _vote(council, made, lines, {place: (YES, YES)})
    rows = [row.member_id for row in db.session.query(Turnout).all()]
    assert rows == sorted(rows)


@pytest.mark.parametrize("presence", [Presence.INVITED, Presence.REPLACED])
def test_nobody_is_written_off_the_roll_by_marking_presence(council, presence):
    row = meetings.attendance(council.meeting.id, council.members[3].id)
    with pytest.raises(RuleViolation, match="Điểm danh chỉ ghi có mặt, vắng mặt hoặc rời họp."):
        meeting_actions.set_presence(council.meeting, row, presence, reason="vì", at=build.NOW)
    assert meetings.roll(council.meeting.id).total == 5


def test_no_seat_votes_twice_because_its_member_was_replaced_while_a_ballot_was_open(council):
    gather(council)
    made, lines = ballot(council)
    _vote(council, made, lines, {4: (YES, YES)})
    substitute = build.member(council.campaign, user=build.user(Role.COUNCIL_MEMBER))
    row = meetings.attendance(council.meeting.id, council.members[4].id)
    with pytest.raises(
        RuleViolation, match="Đang có lượt biểu quyết; hãy kiểm phiếu rồi mới thay thành viên."
    ):
        actions.replace_member(council.meeting, row, substitute, reason="có việc gấp")


@pytest.mark.parametrize(
    ("chair", "outcome", "told"),
    [
        (Choice.YES, Outcome.ELECTED, "; có Chủ tịch Hội đồng"),
        (Choice.NO, Outcome.NOT_ELECTED, "; Chủ tịch Hội đồng không đồng ý: không đạt"),
    ],
)
def test_a_line_that_needs_the_chair_passes_only_with_the_chair(council, chair, outcome, told):
    gather(council)
    made, (line,) = ballot(council, labels=("A",), rule=VoteRule(numerator=60, needs_chair=True))
    for place, member in enumerate(council.members):
        choice = chair if place == 0 else Choice.YES
        casting.cast_open(made, member.id, {line.id: choice}, by=council.users[place])
    actions.close_ballot(council.meeting, made, at=build.NOW)
    assert (line.outcome, line.chair_choice) == (outcome, chair)
    (row,) = minutes.content(council.meeting, protocol.entries(council.meeting))["ballots"][0][
        "lines"
    ]
    assert row["test"].endswith(told)


def test_a_meeting_asks_for_the_quorum_of_its_campaign(council):
    council.meeting.state = MeetingState.CALLED
    council.campaign.quorum_numerator, council.campaign.quorum_denominator = 80, 100
    assert council.campaign.quorum == (80, 100)
    before = (council.meeting.quorum_numerator, council.meeting.quorum_denominator)
    meeting_actions.demand_quorum_of(council.meeting, (1, 2))
    assert (
        (council.meeting.quorum_numerator, council.meeting.quorum_denominator) == before == (2, 3)
    )
