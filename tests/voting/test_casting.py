"""Papers, hands and opinions in writing; each refusal."""

from datetime import timedelta

import pytest

from campaign.core.errors import RuleViolation
from campaign.core.vote_rules import Base, Mode
from campaign.extensions import db
from campaign.files.storage import StoredContent
from campaign.meeting import actions as meeting_actions
from campaign.meeting import queries as meetings
from campaign.meeting.rules import Presence
from campaign.voting import actions, casting, queries, recusals
from campaign.voting.models import Urn
from campaign.voting.rules import Outcome
from tests import build
from tests.council_room import (
    NO,
    YES,
    ballot,
    close,
    gather,
    give_blank,
    outcomes_of,
    prepared,
    room_address,
    vote,
)

SCAN = ("phieu.pdf", StoredContent("k" * 32, 10, "0" * 64, "application/pdf"))


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
    vote(council, made, lines, {3: (YES, NO)})
    assert queries.declined([made.id])[made.id] == {}
    with pytest.raises(
        RuleViolation,
        match="Chỉ ghi không tham gia cho người đang có mặt, được biểu quyết và chưa bỏ phiếu.",
    ):
        casting.decline(
            council.meeting, made, council.members[3].id, reason="x", by=council.users[1]
        )


def test_each_receipt_is_in_the_list_that_is_published(council):
    gather(council)
    made, lines = ballot(council)
    codes = [casting.cast_secret(made, member.id, {lines[0].id: YES}) for member in council.members]
    close(council, made)
    assert sorted(codes) == made.receipts


def test_a_second_paper_is_refused_and_the_first_counts(council):
    gather(council)
    made, lines = ballot(council)
    vote(council, made, lines, {0: (YES, YES)})
    with pytest.raises(
        RuleViolation, match="Ông/Bà đã bỏ phiếu lượt này; mỗi thành viên chỉ bỏ một phiếu."
    ):
        vote(council, made, lines, {0: (NO, NO)})
    give_blank(council, made, 1, 2)
    close(council, made)
    assert [row[:2] for row in outcomes_of(made)] == [(1, 0), (1, 0)]


def test_who_is_absent_or_kept_away_votes_on_nothing(council):
    gather(council, absent=(4,))
    made, lines = ballot(council, recused={0: {council.members[3].id: "đơn vị của mình"}})
    db.session.commit()
    with pytest.raises(RuleViolation, match="Chỉ thành viên đang có mặt mới bỏ phiếu được."):
        vote(council, made, lines, {4: (YES, YES)})
    db.session.rollback()
    with pytest.raises(RuleViolation, match="Phiếu có dòng mà Ông/Bà không được biểu quyết."):
        vote(council, made, lines, {3: (YES, YES)})


def test_a_refused_paper_leaves_neither_turnout_nor_vote(council):
    gather(council)
    made, lines = ballot(council, recused={0: {council.members[3].id: "đơn vị của mình"}})
    db.session.commit()
    before = db.session.get(Urn, made.id).sealed
    with pytest.raises(RuleViolation):
        vote(council, made, lines, {3: (YES, YES)})
    db.session.rollback()
    assert (queries.voted(made), db.session.get(Urn, made.id).sealed) == (frozenset(), before)


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
    assert outcomes_of(made) == [(4, 1, 5, Outcome.ELECTED)]
    assert queries.open_votes([made.id])[lines[0].id][council.members[0].id] is NO


@pytest.mark.parametrize(
    ("base", "expected"),
    [(Base.TOTAL, (4, 0, 5)), (Base.PRESENT, (3, 0, 4)), (Base.PRESENT_WRITTEN, (4, 0, 5))],
)
def test_a_written_opinion_counts_where_the_rule_counts_the_absent(council, base, expected):
    made, line = prepared(council, base=base, mode=Mode.SECRET)
    row = next(
        attendance
        for attendance in meetings.attendances(council.meeting.id)
        if attendance.member_id == council.members[4].id
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
    assert outcomes_of(made)[0][:3] == expected


def test_who_has_sent_an_opinion_is_not_written_down_as_absent_without_one(council, sign_in, page):
    _, line = prepared(council)
    away = council.members[4]
    row = meetings.attendance(council.meeting.id, away.id)
    casting.enter_opinion(
        council.meeting, row, {line.id: YES}, note="", by=council.users[4], at=build.NOW
    )
    with pytest.raises(RuleViolation, match="đã gửi phiếu lấy ý kiến; ý kiến đó vẫn được tính."):
        meeting_actions.set_presence(
            council.meeting, row, Presence.ABSENT, reason="đi công tác", at=build.NOW
        )
    assert row.presence is Presence.WRITTEN
    shown = page(sign_in(council.users[1]).get(room_address(council)))
    assert [len(shown.all(f"#absent-{member.id}")) for member in council.members] == [1, 1, 1, 1, 0]


def test_a_written_opinion_is_not_counted_once_its_member_is_kept_away(council):
    made, line = prepared(council, base=Base.TOTAL)
    away = council.members[4]
    row = meetings.attendance(council.meeting.id, away.id)
    casting.enter_opinion(
        council.meeting, row, {line.id: YES}, note="", by=council.users[4], at=build.NOW
    )
    recusals.recuse(council.meeting, made, line.id, away.id, reason="có người thân")
    for member in council.members[:4]:
        present = meetings.attendance(council.meeting.id, member.id)
        meeting_actions.set_presence(
            council.meeting, present, Presence.PRESENT, reason="", at=build.NOW
        )
    meeting_actions.open_meeting(council.meeting, at=build.NOW)
    actions.open_ballot(council.meeting, made, at=build.NOW)
    for member, user in zip(council.members[:4], council.users[:4], strict=True):
        casting.cast_open(made, member.id, {line.id: NO}, by=user)
    close(council, made)
    assert outcomes_of(made) == [(0, 4, 4, Outcome.NOT_ELECTED)]
    assert queries.lines_of([made.id])[made.id][0].written_yes == 0


@pytest.mark.parametrize(
    ("by", "at", "scan", "sentence"),
    [
        (4, timedelta(hours=2), None, "Đã hết hạn gửi phiếu lấy ý kiến."),
        (1, timedelta(0), None, "Nhập thay thành viên phải kèm bản chụp phiếu lấy ý kiến."),
    ],
)
def test_an_opinion_is_refused(council, by, at, scan, sentence):
    _, line = prepared(council)
    row = next(
        attendance
        for attendance in meetings.attendances(council.meeting.id)
        if attendance.member_id == council.members[4].id
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
    _, line = prepared(council)
    row = next(
        entry
        for entry in meetings.attendances(council.meeting.id)
        if entry.member_id == council.members[4].id
    )
    casting.enter_opinion(
        council.meeting, row, {line.id: NO}, note="", by=council.users[1], at=build.NOW, scan=SCAN
    )
    assert row.presence is Presence.WRITTEN
    assert [entry.file_name for entry in meetings.scans(council.meeting.id)[row.member_id]] == [
        "phieu.pdf"
    ]


def test_a_meeting_that_asks_for_no_opinions_takes_none(council):
    council.meeting.opinions_until = None
    _, line = prepared(council)
    row = next(
        attendance
        for attendance in meetings.attendances(council.meeting.id)
        if attendance.member_id == council.members[4].id
    )
    with pytest.raises(RuleViolation, match="Cuộc họp này không lấy ý kiến bằng văn bản."):
        casting.enter_opinion(
            council.meeting, row, {line.id: YES}, note="", by=council.users[4], at=build.NOW
        )
