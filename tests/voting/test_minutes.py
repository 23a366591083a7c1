"""What the minutes tell, and that they stay so."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from campaign.core.errors import RuleViolation
from campaign.core.permissions import Role
from campaign.core.vote_rules import VoteRule
from campaign.extensions import db
from campaign.meeting import actions as meeting_actions
from campaign.meeting import minutes
from campaign.meeting import queries as meetings
from campaign.meeting.rules import Presence
from campaign.voting import actions, casting, protocol, queries
from tests import build
from tests.council_room import NO, YES, ballot, close, gather, leave, names_at, vote


def test_the_minutes_tell_what_was_so_at_each_ballot(council):
    gather(council)
    made, lines = ballot(council)
    vote(council, made, lines, dict.fromkeys(range(4), (YES, YES)))
    casting.decline(
        council.meeting,
        made,
        council.members[4].id,
        reason="xin không bỏ phiếu",
        by=council.users[1],
    )
    actions.close_ballot(council.meeting, made, at=build.NOW)
    leave(council, 4)
    second, lines = ballot(council, labels=("C",))
    vote(council, second, lines, dict.fromkeys(range(4), (YES,)))
    actions.close_ballot(council.meeting, second, at=build.NOW)
    content = minutes.content(council.meeting, protocol.entries(council.meeting))
    assert (content["quorum"]["present"], content["quorum"]["total"]) == (5, 5)
    assert [entry["turnout"] for entry in content["ballots"]] == [
        {
            "total": 5,
            "present": 5,
            "entitled": 5,
            "voted": 4,
            "declined": {names_at(council, 4): "xin không bỏ phiếu"},
            "written": [],
        },
        {"total": 5, "present": 4, "entitled": 4, "voted": 4, "declined": {}, "written": []},
    ]


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
        on=build.TODAY,
    )
    sentences = [
        (row["presence"], row["reason"])
        for row in minutes.content(council.meeting, protocol.entries(council.meeting))["present"]
        if row["reason"]
    ]
    assert sorted(sentences) == sorted(
        [
            ("có mặt", "đến lúc 09:05 28/04/2021"),
            (
                "có mặt",
                "rời họp lúc 09:10 28/04/2021 (nghe điện thoại), trở lại lúc 09:20 28/04/2021",
            ),
            (f"thay {council.users[4].full_name}", "nghỉ ốm"),
        ]
    )


def test_the_minutes_tell_each_time_somebody_left_and_came_back(council):
    gather(council, absent=[3])
    row = meetings.attendance(council.meeting.id, council.members[3].id)
    for minute, (presence, reason) in enumerate(
        (
            (Presence.PRESENT, ""),
            (Presence.LEFT, "nghe điện thoại; gấp"),
            (Presence.PRESENT, ""),
            (Presence.LEFT, "họp khác"),
        ),
        start=1,
    ):
        meeting_actions.set_presence(
            council.meeting, row, presence, reason=reason, at=build.NOW + timedelta(minutes=minute)
        )
    away = "rời họp lúc 09:02 28/04/2021 (nghe điện thoại, gấp), trở lại lúc 09:03 28/04/2021"
    assert row.reason == f"đến lúc 09:01 28/04/2021; {away}; họp khác"
    meeting_actions.set_presence(
        council.meeting, row, Presence.PRESENT, reason="", at=build.NOW + timedelta(minutes=9)
    )
    assert row.reason == (
        f"đến lúc 09:01 28/04/2021; {away}; rời họp lúc 09:04 28/04/2021 (họp khác), "
        "trở lại lúc 09:09 28/04/2021"
    )


def test_a_written_opinion_stands_when_its_ballot_was_annulled_and_is_put_again(council):
    made = actions.prepare_ballot(
        council.meeting, title="Giấy khen", lines=[actions.LineSpec("A")], rule=VoteRule()
    )
    absent = meetings.attendance(council.meeting.id, council.members[4].id)
    (line,) = queries.lines_of([made.id])[made.id]
    casting.enter_opinion(
        council.meeting, absent, {line.id: YES}, note="", by=council.users[4], at=build.NOW
    )
    gather(SimpleNamespace(meeting=council.meeting, members=council.members[:4]))
    actions.open_ballot(council.meeting, made, at=build.NOW)
    actions.annul_ballot(council.meeting, made, reason="nhầm", at=build.NOW)
    again = actions.repeat_ballot(council.meeting, made, reason="lượt 1 đã huỷ")
    actions.open_ballot(council.meeting, again, at=build.NOW)
    (line,) = queries.lines_of([again.id])[again.id]
    for member in council.members[:4]:
        casting.cast_open(again, member.id, {line.id: YES}, by=council.users[1])
    actions.close_ballot(council.meeting, again, at=build.NOW)
    assert (line.yes, line.written_yes, line.issued, line.base_count) == (5, 1, 5, 5)
    (_, told) = protocol.entries(council.meeting)
    assert told["lines"][0]["written"] == {names_at(council, 4): "Đồng ý"}


def test_minutes_are_frozen_when_the_chair_confirms(council):
    gather(council, absent=(4,))
    made, lines = ballot(council, recused={1: {council.members[3].id: "đơn vị của mình"}})
    vote(council, made, lines, dict.fromkeys(range(3), (YES, NO)))
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
