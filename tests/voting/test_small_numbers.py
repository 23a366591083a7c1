"""Where numbers alone would tell who chose what."""

import pytest

from campaign.core.errors import RuleViolation
from campaign.core.vote_rules import Mode, VoteRule
from campaign.extensions import db
from campaign.meeting import actions as meeting_actions
from campaign.meeting import minutes
from campaign.meeting import queries as meetings
from campaign.meeting.rules import Presence
from campaign.voting import actions, casting, protocol, queries, secrecy
from campaign.voting.models import BallotLine
from campaign.voting.rules import BallotState, Outcome
from tests import build
from tests.council_room import NO, YES, ballot, close, gather, leave, names_at, outcomes_of, vote


def test_one_paper_of_many_is_never_opened_only_annulled(council):
    gather(council)
    made, lines = ballot(council)
    vote(council, made, lines, {0: (YES, NO), 1: (YES, YES)})
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
    vote(council, made, lines, {0: (YES, NO), 1: (YES, YES)})
    close(council, made)
    assert [row[:2] for row in outcomes_of(made)] == [(2, 0), (1, 1)]


def test_a_line_for_too_few_voters_is_not_voted_on_in_secret(council):
    gather(council)
    recused = {0: {council.members[place].id: "đơn vị của mình" for place in (2, 3, 4)}}
    with pytest.raises(
        RuleViolation,
        match="Dòng “Đơn vị A” chỉ có 2 người bỏ phiếu; dưới 3 phiếu thì không mở hòm phiếu kín",
    ):
        ballot(council, recused=recused)
    made, _ = ballot(council, recused=recused, mode=Mode.OPEN, labels=("C", "D"))
    assert made.state is BallotState.OPEN


def test_a_ballot_repeated_by_all_but_one_is_refused_before_it_opens(council):
    gather(council)
    made, lines = ballot(council)
    vote(council, made, lines, dict.fromkeys(range(5), (YES, YES)))
    actions.close_ballot(council.meeting, made, at=build.NOW)
    again = actions.repeat_ballot(council.meeting, made, reason="kiểm lại")
    leave(council, 4)
    sentence = (
        "Dòng “Đơn vị A” đã bỏ phiếu kín ở lượt 1; hai lần chỉ khác nhau ở "
        f"{names_at(council, 4)}, nên lấy hai kết quả trừ "
        "đi nhau là biết người đó chọn gì."
    )
    with pytest.raises(RuleViolation, match=sentence):
        actions.open_ballot(council.meeting, again, at=build.NOW)
    row = meetings.attendance(council.meeting.id, council.members[4].id)
    meeting_actions.set_presence(council.meeting, row, Presence.PRESENT, reason="", at=build.NOW)
    actions.open_ballot(council.meeting, again, at=build.NOW)
    vote(
        council, again, queries.lines_of([again.id])[again.id], dict.fromkeys(range(4), (YES, YES))
    )
    leave(council, 4)
    with pytest.raises(
        RuleViolation, match="Lượt này chỉ có thể chờ thêm phiếu, hoặc huỷ mà không đếm."
    ):
        actions.close_ballot(council.meeting, again, at=build.NOW)


def test_another_ballot_on_the_same_line_cannot_be_used_to_subtract_either(council):
    gather(council)
    made, lines = ballot(council, labels=("Đơn vị A",))
    vote(council, made, lines, dict.fromkeys(range(5), (YES,)))
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
    vote(council, made, lines, dict.fromkeys(range(5), (YES,)))
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


def test_two_people_whose_names_differ_in_tones_are_two_questions():
    lan, lan_again, other = (
        BallotLine(label=name) for name in ("Trần Thị Lan", "TRẦN THỊ  LAN", "Trần Thị Lân")
    )
    assert secrecy.same_line(lan) == secrecy.same_line(lan_again)
    assert secrecy.same_line(lan) != secrecy.same_line(other)
