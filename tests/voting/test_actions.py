"""A meeting from its call to its minutes; each refusal."""

from datetime import timedelta

import pytest

from campaign.core.errors import RuleViolation
from campaign.core.vote_rules import Base, Mode, VoteRule
from campaign.council import actions as councils
from campaign.extensions import db
from campaign.meeting import actions as meeting_actions
from campaign.meeting import minutes
from campaign.meeting import queries as meetings
from campaign.meeting.rules import Presence
from campaign.voting import (
    actions,
    casting,
    keys,
    protocol,
    queries,
    sweeping,
)
from campaign.voting.models import Turnout, Urn
from campaign.voting.rules import BallotState, BallotType, Choice, Outcome
from tests import build
from tests.council_room import (
    NO,
    YES,
    ballot,
    close,
    gather,
    give_blank,
    leave,
    names_at,
    outcomes_of,
    prepared,
    vote,
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


def test_a_ballot_is_not_counted_when_the_quorum_was_lost_and_its_papers_stay_sealed(council):
    gather(council)
    made, lines = ballot(council)
    vote(council, made, lines, {0: (YES, YES), 1: (YES, NO), 2: (YES, YES)})
    leave(council, 3, 4)
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
    assert [row[:2] for row in outcomes_of(made)] == [(3, 0), (2, 1)]


def test_without_a_quorum_nothing_is_counted_whoever_had_voted_before_he_left(council):
    gather(council)
    made, lines = ballot(council)
    vote(council, made, lines, dict.fromkeys(range(5), (YES, YES)))
    leave(council, 3, 4)
    with pytest.raises(RuleViolation, match="Chưa đủ điều kiện họp: có mặt 3/5, phải đạt 2/3."):
        actions.close_ballot(council.meeting, made, at=build.NOW)
    row = meetings.attendance(council.meeting.id, council.members[3].id)
    meeting_actions.set_presence(council.meeting, row, Presence.PRESENT, reason="", at=build.NOW)
    actions.close_ballot(council.meeting, made, at=build.NOW)
    assert [row[:2] for row in outcomes_of(made)] == [(5, 0), (5, 0)]
    assert (made.total_count, made.present_count, made.entitled_count, made.voted_count) == (
        5,
        4,
        5,
        5,
    )


def test_a_ballot_is_not_counted_while_somebody_present_has_neither_voted_nor_been_recorded(
    council,
):
    gather(council)
    made, lines = ballot(council)
    vote(council, made, lines, dict.fromkeys(range(3), (YES, YES)))
    with pytest.raises(
        RuleViolation,
        match=f"Còn 2 người có mặt chưa bỏ phiếu: {names_at(council, 3, 4)}. Hãy chờ, hoặc ghi",
    ):
        actions.close_ballot(council.meeting, made, at=build.NOW)
    leave(council, 4)
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
    assert [row[:2] for row in outcomes_of(made)] == [(3, 0), (3, 0)]
    assert [line.issued for line in queries.lines_of([made.id])[made.id]] == [3, 3]
    assert (made.total_count, made.present_count, made.entitled_count, made.voted_count) == (
        5,
        4,
        4,
        3,
    )


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
    vote(
        council,
        made,
        lines,
        {0: (YES, YES), 1: (YES, NO), 2: (YES, NO), 3: (YES, Choice.BLANK), 4: (NO, YES)},
    )
    close(council, made)
    assert outcomes_of(made) == [(4, 1, 5, Outcome.ELECTED), (2, 2, 5, Outcome.NOT_ELECTED)]
    second = queries.lines_of([made.id])[made.id][1]
    assert (second.issued, second.returned) == (5, 5)
    assert len(made.receipts) == 5
    assert made.receipts == sorted(made.receipts)


def test_there_is_no_partial_result(council):
    gather(council)
    made, lines = ballot(council)
    vote(council, made, lines, {0: (YES, YES)})
    assert {(line.yes, line.outcome) for line in queries.lines_of([made.id])[made.id]} == {
        (None, None)
    }


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
    vote(council, made, lines, dict.fromkeys(range(4), (YES, YES, YES)) | {4: (YES, NO, NO)})
    close(council, made)
    assert [row[3] for row in outcomes_of(made)] == [Outcome.ELECTED, Outcome.TIED, Outcome.TIED]
    again = actions.repeat_ballot(council.meeting, made, reason="hai đơn vị bằng phiếu")
    assert (again.repeats_id, again.form, again.places) == (made.id, BallotType.CHOOSE, 1)
    second = queries.lines_of([again.id])[again.id]
    assert [line.label for line in second] == ["B", "C"]
    actions.open_ballot(council.meeting, again, at=build.NOW)
    for place, line in enumerate([0, 0, 0, 1, 1]):
        casting.cast_secret(again, council.members[place].id, {second[line].id: YES})
    close(council, again)
    assert [row[3] for row in outcomes_of(again)] == [Outcome.ELECTED, Outcome.NOT_ELECTED]
    with pytest.raises(RuleViolation, match="Lượt này đã được bỏ phiếu lại."):
        actions.repeat_ballot(council.meeting, made, reason="lần nữa")


def test_a_tie_at_the_last_place_is_voted_again_where_the_chair_has_the_casting_vote(council):
    gather(council, absent=(4,))
    half = VoteRule(Mode.OPEN, Base.PRESENT, 1, 2, chair_decides=True)
    made, lines = ballot(council, labels=("A", "B"), rule=half, places=1)
    for member in council.members[:4]:
        casting.cast_open(made, member.id, {line.id: YES for line in lines}, by=council.users[1])
    close(council, made)
    again = actions.repeat_ballot(council.meeting, made, reason="bằng phiếu")
    assert protocol.rule_words(again).endswith(
        "xét theo tỷ lệ phiếu chọn; ngang phiếu thì theo bên có Chủ tịch Hội đồng"
    )
    actions.open_ballot(council.meeting, again, at=build.NOW)
    second = queries.lines_of([again.id])[again.id]
    for place, choice in enumerate([1, 1, 0, 0]):
        casting.cast_open(
            again, council.members[place].id, {second[choice].id: YES}, by=council.users[1]
        )
    close(council, again)
    assert [row[3] for row in outcomes_of(again)] == [Outcome.NOT_ELECTED, Outcome.ELECTED]


def test_what_was_pressed_twice_is_done_once(council):
    gather(council)
    made, _ = prepared(council)
    with pytest.raises(RuleViolation, match="Lượt 1 đã có đúng nội dung này và chưa mở."):
        prepared(council)
    actions.open_ballot(council.meeting, made, at=build.NOW)
    for reason in ("xin không bỏ phiếu", "lần hai"):
        casting.decline(
            council.meeting, made, council.members[3].id, reason=reason, by=council.users[1]
        )
    assert queries.declined([made.id])[made.id] == {council.members[3].id: "xin không bỏ phiếu"}
    row = meetings.attendance(council.meeting.id, council.members[4].id)
    for minute in (1, 2):
        meeting_actions.set_presence(
            council.meeting,
            row,
            Presence.LEFT,
            reason=f"việc {minute}",
            at=build.NOW + timedelta(minutes=minute),
        )
    assert (row.reason, row.left_at) == ("việc 1", build.NOW + timedelta(minutes=1))


def test_repeating_needs_a_reason_and_a_counted_ballot(council):
    gather(council)
    made, _ = ballot(council)
    with pytest.raises(RuleViolation, match="Hãy ghi lý do bỏ phiếu lại."):
        actions.repeat_ballot(council.meeting, made, reason="")
    with pytest.raises(RuleViolation, match="Chỉ bỏ phiếu lại sau khi kiểm phiếu."):
        actions.repeat_ballot(council.meeting, made, reason="vì")


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"title": " "}, "Hãy ghi nội dung biểu quyết."),
        ({"lines": []}, "Cần ít nhất một dòng để biểu quyết."),
        ({"rule": VoteRule(numerator=3, denominator=2)}, "Tỷ lệ phải lớn hơn 0 và không quá 100 %"),
        (
            {"ballot_type": BallotType.CHOOSE, "places": 1},
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
    vote(council, made, lines, {0: (YES, YES)})
    with pytest.raises(RuleViolation, match="Lượt đã mở không xoá được."):
        actions.remove_ballot(council.meeting, made)
    actions.annul_ballot(council.meeting, made, reason="in sai danh sách", at=build.NOW)
    assert (made.state, made.annulled_reason, db.session.get(Urn, made.id)) == (
        BallotState.CLOSED,
        "in sai danh sách",
        None,
    )
    assert [row[3] for row in outcomes_of(made)] == [Outcome.NO_RESULT] * 2


def test_a_lost_key_is_told_and_the_ballot_can_be_annulled(council):
    gather(council)
    made, lines = ballot(council)
    db.session.commit()
    keys.destroy(db.session.get(Urn, made.id).key_name)
    with pytest.raises(RuleViolation, match="Máy này không có khoá của hòm phiếu này"):
        vote(council, made, lines, {0: (YES, YES)})
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


def test_no_key_of_the_turnout_tells_an_order(council):
    gather(council)
    made, lines = ballot(council)
    for place in (3, 0, 4, 1, 2):
        vote(council, made, lines, {place: (YES, YES)})
    rows = [row.member_id for row in db.session.query(Turnout).all()]
    assert rows == sorted(rows)


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


def test_a_machine_with_a_folder_of_its_own_is_told_apart_before_anything_is_secret(
    app, council, monkeypatch, tmp_path
):
    gather(council)
    monkeypatch.setitem(app.config, "BALLOT_KEYS", str(tmp_path / "common"))
    monkeypatch.setattr("socket.gethostname", lambda: "may-1")
    sweeping.take_key_store()
    monkeypatch.setattr("socket.gethostname", lambda: "may-2")
    sweeping.take_key_store()  # the other machine, on the same folder
    assert sweeping.keys_problem() == ""
    monkeypatch.setitem(app.config, "BALLOT_KEYS", str(tmp_path / "own"))
    for _ in range(2):  # without a mark, and with one of another installation
        sweeping.take_key_store()
        apart = (
            "Máy này giữ khoá hòm phiếu ở một nơi khác với nơi mà các máy đã cùng dùng "
            "(do máy may-1 lập)."
        )
        assert sweeping.keys_problem() == apart
        with pytest.raises(RuleViolation, match=r"\(do máy may-1 lập\)\. Chưa mở bỏ phiếu kín"):
            ballot(council)
        db.session.rollback()
        keys.put_mark("another")
    done = app.test_cli_runner().invoke(args=["take-keys"])
    assert (done.exit_code, sweeping.keys_problem()) == (0, "")
    ballot(council)
    monkeypatch.setitem(app.config, "BALLOT_KEYS", str(tmp_path / "common"))
    db.session.commit()
    done = app.test_cli_runner().invoke(args=["take-keys"])
    assert (done.exit_code, done.output.count("khoá của 1 lượt bỏ phiếu kín đang mở")) == (1, 1)


def test_the_machine_whose_folder_in_memory_went_marks_it_again(
    app, council, monkeypatch, tmp_path
):
    monkeypatch.setitem(app.config, "BALLOT_KEYS", str(tmp_path / "memory"))
    sweeping.take_key_store()
    (tmp_path / "memory" / "noi-giu-khoa").unlink()
    assert sweeping.keys_problem() == ""
    sweeping.take_key_store()
    gather(council)
    ballot(council)
    assert sweeping.keys_problem() == ""


def test_a_machine_that_does_not_reach_the_keys_opens_no_secret_ballot(
    app, council, monkeypatch, tmp_path
):
    gather(council)
    made, lines = ballot(council)
    db.session.commit()
    assert sweeping.keys_problem() == ""
    monkeypatch.setitem(app.config, "BALLOT_KEYS", str(tmp_path / "another machine's"))
    assert sweeping.keys_problem() == "Máy này không có khoá của 1 lượt bỏ phiếu kín đang mở."
    with pytest.raises(RuleViolation, match="Máy này không có khoá của hòm phiếu này"):
        vote(council, made, lines, {0: (YES, YES)})
    db.session.rollback()
    actions.annul_ballot(council.meeting, made, reason="mất khoá", at=build.NOW)
    db.session.commit()
    (tmp_path / "a file").write_text("")
    monkeypatch.setitem(app.config, "BALLOT_KEYS", str(tmp_path / "a file"))
    with pytest.raises(
        RuleViolation,
        match="Máy này không giữ được khoá hòm phiếu: đã có tệp cùng tên. Chưa mở bỏ phiếu kín",
    ):
        ballot(council)


def test_nobody_is_made_the_chair_whose_choice_an_open_ballot_asks_for(council):
    gather(council)
    half = VoteRule(Mode.OPEN, Base.PRESENT, 1, 2, chair_decides=True)
    made, (line,) = ballot(council, labels=("A",), rule=half)
    for place, choice in enumerate((NO, NO, YES, YES)):
        casting.cast_open(made, council.members[place].id, {line.id: choice}, by=council.users[1])
    leave(council, 4)
    chair, secretary, other, another, _ = (member.id for member in council.members)
    with pytest.raises(
        RuleViolation, match="Lượt biểu quyết đang mở tính theo ý kiến của người chủ trì;"
    ):
        actions.appoint_leaders(council.meeting, chair_id=other, secretary_id=secretary)
    actions.appoint_leaders(council.meeting, chair_id=chair, secretary_id=another)
    close(council, made)
    assert outcomes_of(made) == [(2, 2, 4, Outcome.NOT_ELECTED)]
    actions.appoint_leaders(council.meeting, chair_id=other, secretary_id=another)
    ballot(council, labels=("B",), mode=Mode.OPEN)
    actions.appoint_leaders(council.meeting, chair_id=another, secretary_id=other)
    assert (council.meeting.chair_id, council.meeting.secretary_id) == (another, other)


def test_no_ballot_opens_while_somebody_is_counted_present_who_is_no_member_any_more(council):
    gather(council)
    councils.leave(council.members[4], reason="chuyển công tác", on=build.TODAY)
    with pytest.raises(
        RuleViolation,
        match=f"{council.users[4].full_name} đã thôi làm thành viên Hội đồng; hãy ghi rời họp, "
        "hoặc người thay.",
    ):
        ballot(council, labels=("A",))
    leave(council, 4)
    (made,) = queries.ballots(council.meeting.id)
    actions.open_ballot(council.meeting, made, at=build.NOW)
    assert queries.voters(made) == {row.id for row in council.members[:4]}


@pytest.mark.parametrize("place", [0, 1])
def test_no_ballot_opens_without_who_leads_the_meeting_until_another_does(council, place):
    gather(council)
    leave(council, place)
    with pytest.raises(
        RuleViolation, match="Người chủ trì và thư ký phải có mặt; nếu vắng, hãy cử người khác."
    ):
        ballot(council, labels=("A",))
    leading = [council.members[0].id, council.members[1].id]
    leading[place] = council.members[2].id
    actions.appoint_leaders(council.meeting, chair_id=leading[0], secretary_id=leading[1])
    (made,) = queries.ballots(council.meeting.id)
    actions.open_ballot(council.meeting, made, at=build.NOW)
    assert made.state is BallotState.OPEN
