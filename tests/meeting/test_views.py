"""The pages by which a meeting is called and its roll taken."""

from http import HTTPStatus

import pytest
from sqlalchemy import select

from campaign.audit.models import AuditEntry
from campaign.core.permissions import Role
from campaign.extensions import db
from campaign.home import calendar
from campaign.meeting import actions as meeting_actions
from campaign.meeting import minutes
from campaign.meeting import queries as meetings
from campaign.meeting.rules import MeetingState, Presence
from campaign.notices.models import Notice
from campaign.voting import actions, protocol, queries
from tests import build
from tests.council_room import gather, room_address


@pytest.mark.parametrize("step", ["open", "close", "appoint", "ballots/new", "confirm"])
def test_a_plain_member_steers_nothing(council, sign_in, step):
    assert (
        sign_in(council.users[3]).post(room_address(council, f"/{step}")).status_code
        == HTTPStatus.FORBIDDEN
    )
    assert council.meeting.state is MeetingState.CALLED


def test_only_who_composes_the_council_replaces_a_member_for_good(council, sign_in, page):
    substitute = build.member(council.campaign, user=build.user(Role.COUNCIL_MEMBER))
    db.session.commit()
    address = room_address(council, f"/attendance/{council.members[4].id}/replace")
    typed = {"substitute_id": substitute.id, "reason": "chuyển công tác", "lasts": "for_good"}
    secretary, secretariat = sign_in(council.users[1]), sign_in(build.user(Role.SECRETARIAT))
    lasts = f"#lasts-{council.members[4].id} option"
    assert [
        len(page(browser.get(room_address(council))).all(lasts))
        for browser in (secretary, secretariat)
    ] == [
        1,
        2,
    ]
    assert secretary.post(address, data=typed).status_code == HTTPStatus.FORBIDDEN
    assert council.members[4].left_on is None
    assert secretariat.post(address, data=typed).status_code == HTTPStatus.SEE_OTHER
    assert council.members[4].leaving_reason == "chuyển công tác"


def test_the_next_invitation_asks_whether_who_stood_in_has_a_seat_of_his_own(
    council, sign_in, page
):
    substitute = build.member(
        council.campaign, user=build.user(Role.COUNCIL_MEMBER, name="Lê Thay")
    )
    actions.replace_member(
        council.meeting,
        meetings.attendance(council.meeting.id, council.members[4].id),
        substitute,
        reason="nghỉ ốm",
        on=build.TODAY,
    )
    council.members.pop()
    gather(council)
    meeting_actions.close_meeting(
        council.meeting, unfinished=queries.unfinished(council.meeting.id), at=build.NOW
    )
    minutes.confirm(council.meeting, protocol.entries(council.meeting), at=build.NOW)
    db.session.commit()
    browser, address = sign_in(council.users[1]), f"/campaigns/{council.campaign.id}/meetings"
    label = f"Lê Thay, đã dự thay {council.users[4].full_name} tại cuộc họp số 1"
    assert page(browser.get(f"{address}/new")).all("#also label") == [label]
    typed = {"place": "Phòng họp", "starts_at": "14:00 05/05/2021"}
    assert browser.post(f"{address}/new", data=typed).status_code == HTTPStatus.SEE_OTHER
    made = meetings.current_meeting(council.campaign.id)
    assert substitute.id not in meetings.roll(made.id).presence
    assert page(browser.get(f"{address}/{made.id}/edit")).all("#also label") == [label]
    assert (
        browser.post(f"{address}/{made.id}/edit", data={**typed, "also": substitute.id}).status_code
        == HTTPStatus.SEE_OTHER
    )
    assert meetings.roll(made.id).presence[substitute.id] is Presence.INVITED
    assert page(browser.get(f"{address}/{made.id}/edit")).all("#also label") == []


def test_a_bad_invitation_is_given_back_with_its_sentences(council, sign_in, page):
    answer = page(
        sign_in(council.users[1]).post(
            room_address(council, "/edit"), data={"place": "Phòng 5", "starts_at": "ngày mai"}
        )
    )
    assert (answer.status, answer.value("place"), answer.value("starts_at")) == (
        422,
        "Phòng 5",
        "ngày mai",
    )
    assert "Hãy nhập giờ và ngày như 14:00 05/05/2021." in answer.one("#starts_at-error")


def test_a_member_is_called_and_steered_from_the_browser(council, sign_in):
    browser = sign_in(council.users[1])
    for member in council.members:
        assert (
            browser.post(
                room_address(council, f"/attendance/{member.id}"), data={"presence": "present"}
            ).status_code
            == 303
        )
    assert browser.post(room_address(council, "/open")).status_code == 303
    made = browser.post(
        room_address(council, "/ballots/new"),
        data={
            "title": "Tặng Giấy khen",
            "lines": "A\nB\n",
            "form": "approve",
            "mode": "secret",
            "base": "total",
            "share": "2/3",
        },
    )
    assert made.status_code == 303
    (prepared,) = queries.ballots(council.meeting.id)
    assert (prepared.rule.numerator, len(queries.lines_of([prepared.id])[prepared.id])) == (2, 2)
    assert browser.post(room_address(council, f"/ballots/{prepared.id}/open")).status_code == 303


def test_all_who_were_invited_are_marked_present_at_once(council, sign_in):
    row = meetings.attendance(council.meeting.id, council.members[4].id)
    meeting_actions.set_presence(council.meeting, row, Presence.ABSENT, reason="ốm", at=build.NOW)
    assert (
        sign_in(council.users[1]).post(room_address(council, "/attendance")).status_code
        == HTTPStatus.SEE_OTHER
    )
    assert (
        sorted(meetings.roll(council.meeting.id).presence.values())
        == [Presence.ABSENT] + [Presence.PRESENT] * 4
    )


def test_who_may_call_a_meeting_cancels_it_and_everybody_invited_is_told(
    app, council, sign_in, page
):
    address, reason = room_address(council, "/cancel"), {"reason": "Bão số 3"}
    member, secretary = sign_in(council.users[3]), sign_in(council.users[1])
    assert member.post(address, data=reason).status_code == HTTPStatus.FORBIDDEN
    call = {"place": "Tầng 3", "starts_at": "09:00 12/05/2021"}
    secretary.post(room_address(council, "/edit"), data=call)
    assert secretary.post(address, data={"reason": " "}).status_code == HTTPStatus.SEE_OTHER
    assert council.meeting.state is MeetingState.CALLED
    assert secretary.post(address, data=reason).status_code == HTTPStatus.SEE_OTHER
    open_notices = db.session.scalars(select(Notice).where(Notice.read_at.is_(None))).all()
    assert {row.user_id for row in open_notices} == {user.id for user in council.users}
    assert {row.title for row in open_notices} == {
        "Huỷ cuộc họp Hội đồng: 09:00 12/05/2021, Tầng 3"
    }
    lines = open_notices[0].calendar.split("\r\n")
    assert {"METHOD:CANCEL", "SEQUENCE:1", "STATUS:CANCELLED"} <= set(lines)
    assert open_notices[0].reason.startswith("Lý do: Bão số 3.")
    (event,) = calendar.meetings_of(council.users[3])
    assert (event.sequence, event.is_cancelled) == (1, True)
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.number.desc())).first()
    assert (entry.act, "Bão số 3" in entry.changes) == ("meeting.cancel", True)


def test_a_cancelled_meeting_says_so_and_leads_to_a_new_one(council, sign_in, page):
    secretary = sign_in(council.users[1])
    secretary.post(room_address(council, "/cancel"), data={"reason": "Bão số 3"})
    room = page(secretary.get(room_address(council)))
    told = "trước khi khai mạc. Lý do: Bão số 3"
    assert (told in room.one("main .note--warn"), room.all("h2")) == (
        True,
        ["Dự họp", "Nội dung giấy mời"],
    )
    assert room.all("main form") == []
    index = f"/campaigns/{council.campaign.id}/meetings"
    listed = page(secretary.get(f"{index}/"))
    assert "Đã huỷ: Bão số 3" in listed.one("main")
    assert "Mời họp" in listed.all("main a")
    assert [
        secretary.get(room_address(council, path)).status_code
        for path in ("/minutes", f"/opinions/{council.members[1].id}", "/edit")
    ] == [HTTPStatus.NOT_FOUND, HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT]
    clerk = sign_in(build.user(Role.SECRETARIAT))
    assert "Mời Hội đồng họp" in page(clerk.get("/home/")).one("main")
    call = {"place": "Tầng 3", "starts_at": "09:00 12/05/2021"}
    assert clerk.post(f"{index}/new", data=call).status_code == HTTPStatus.SEE_OTHER


def test_whoever_left_the_council_learns_no_more_of_its_meetings(council, sign_in):
    gone = council.members[4]
    gone.left_on, gone.leaving_reason = build.NOW.date(), "nghỉ hưu"
    db.session.commit()
    call = {"place": "Tầng 3", "starts_at": "09:00 12/05/2021"}
    sign_in(council.users[1]).post(room_address(council, "/edit"), data=call)
    told = set(db.session.scalars(select(Notice.user_id)))
    assert told == {user.id for user in council.users[:4]}
    assert calendar.meetings_of(council.users[4]) == []
