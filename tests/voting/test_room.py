"""The room: what everybody follows, and who sees what of it."""

from http import HTTPStatus

import pytest

from campaign.core.permissions import Role
from campaign.core.vote_rules import Base, Mode, VoteRule
from campaign.council.rules import CouncilFunction
from campaign.extensions import db
from campaign.meeting import actions as meeting_actions
from campaign.meeting import queries as meetings
from campaign.meeting.rules import MeetingState, Presence
from campaign.voting import actions, casting, queries
from campaign.voting.rules import BallotType, Choice
from tests import build
from tests.council_room import ballot, close, gather, give_blank, room_address


def test_a_screen_that_is_up_to_date_gets_an_empty_answer(council, sign_in):
    browser = sign_in(council.users[2])
    first = browser.get(room_address(council, "/state"))
    again = browser.get(
        room_address(council, "/state"), headers={"If-None-Match": first.headers["ETag"]}
    )
    assert (first.json["version"], again.status_code, again.data) == (
        council.meeting.version,
        HTTPStatus.NOT_MODIFIED,
        b"",
    )
    gather(council)
    moved = browser.get(
        room_address(council, "/state"), headers={"If-None-Match": first.headers["ETag"]}
    )
    assert (moved.status_code, moved.json["version"]) == (HTTPStatus.OK, council.meeting.version)


def test_the_state_counts_who_voted_and_says_nothing_else(council, sign_in):
    gather(council)
    made, _ = ballot(council)
    casting.cast_secret(made, council.members[1].id, {})
    assert sign_in(council.users[2]).get(room_address(council, "/state")).json == {
        "version": council.meeting.version,
        "cast": 1,
        "voters": 5,
    }


def test_the_room_does_not_exist_for_other_people(council, sign_in):
    outsider = build.user(Role.COUNCIL_MEMBER)
    browser = sign_in(outsider)
    assert [
        browser.get(room_address(council, rest)).status_code for rest in ("", "/state", "/minutes")
    ] == [404] * 3


def test_only_the_chair_of_the_meeting_confirms_its_minutes(council, sign_in):
    gather(council)
    meeting_actions.close_meeting(
        council.meeting, unfinished=queries.unfinished(council.meeting.id), at=build.NOW
    )
    secretariat = build.user(Role.SECRETARIAT)
    assert (
        sign_in(secretariat).post(room_address(council, "/confirm")).status_code
        == HTTPStatus.FORBIDDEN
    )
    assert (
        sign_in(council.users[0]).post(room_address(council, "/confirm")).status_code
        == HTTPStatus.SEE_OTHER
    )
    assert meetings.meeting(council.campaign.id, council.meeting.id).state is MeetingState.CONFIRMED


@pytest.mark.parametrize(
    ("gone", "why"),
    [
        (
            {"left_on": build.TODAY, "leaving_reason": "nghỉ hưu"},
            "đã thôi làm thành viên Hội đồng",
        ),
        ({"term_to": build.TODAY}, "đã hết nhiệm kỳ trong Hội đồng"),
        ({"is_active": False}, "không còn tài khoản"),
    ],
)
def test_where_the_chair_is_gone_who_leads_the_council_confirms_and_the_minutes_say_so(
    council, sign_in, page, gone, why
):
    gather(council)
    meeting_actions.close_meeting(council.meeting, unfinished=[], at=build.NOW)
    deputy = council.members[2]
    deputy.function = CouncilFunction.VICE_CHAIR
    address, confirm = room_address(council, "/minutes"), room_address(council, "/confirm")
    browser = sign_in(council.users[2])
    assert browser.post(confirm).status_code == HTTPStatus.FORBIDDEN
    for name, value in gone.items():
        setattr(council.users[0] if name == "is_active" else council.members[0], name, value)
    db.session.commit()
    plain = sign_in(council.users[3])
    assert plain.post(confirm).status_code == HTTPStatus.FORBIDDEN
    assert "Xác nhận biên bản" not in page(plain.get(address)).all("main button")
    assert "Xác nhận biên bản cuộc họp" in page(browser.get("/home/")).one("main")
    assert "Xác nhận biên bản" in page(browser.get(address)).all("main button")
    assert browser.post(confirm).status_code == HTTPStatus.SEE_OTHER
    chair, stand_in = council.users[0], council.users[2]
    assert (
        f"{stand_in.honorific} {stand_in.full_name}, Phó Chủ tịch Hội đồng, xác nhận thay người "
        f"chủ trì {chair.full_name} ({why}) lúc"
    ).strip() in page(browser.get(address)).one("article .small")
    meeting = meetings.meeting(council.campaign.id, council.meeting.id)
    assert (meeting.minutes["chair"], meeting.minutes["confirmed_by"]) == (
        chair.full_name,
        stand_in.full_name,
    )


def test_the_receipts_are_for_members_only(council, sign_in, page):
    gather(council)
    made, _ = ballot(council)
    codes = [casting.cast_secret(made, council.members[place].id, {}) for place in (1, 2, 3)]
    close(council, made)
    assert page(sign_in(council.users[3]).get(room_address(council))).one(".receipts") == " ".join(
        sorted(codes)
    )
    assert (
        page(sign_in(build.user(Role.SECRETARIAT)).get(room_address(council))).all(".receipts")
        == []
    )


def test_minutes_are_a_page_for_the_council(council, sign_in, page):
    gather(council)
    made, _ = ballot(council)
    give_blank(council, made, 0, 1, 2)
    close(council, made)
    db.session.commit()
    shown = page(sign_in(council.users[3]).get(room_address(council, "/minutes")))
    assert (shown.status, shown.one("h1")) == (HTTPStatus.OK, "Biên bản cuộc họp số 1")


def test_who_stands_in_and_who_does_not_vote_is_never_chosen_by_itself(council, sign_in, page):
    substitute = build.member(
        council.campaign, user=build.user(Role.COUNCIL_MEMBER, name="Lê Thay")
    )
    gather(council)
    made = actions.prepare_ballot(
        council.meeting, title="Giấy khen", rule=VoteRule(), lines=[actions.LineSpec("Đơn vị A")]
    )
    lines = queries.lines_of([made.id])[made.id]
    chair, secretary = sign_in(council.users[0]), sign_in(council.users[1])
    shown = page(secretary.get(room_address(council)))
    assert shown.all(f"#by-{council.members[4].id} option") == ["— chọn người thay —", "Lê Thay"]
    address = room_address(council, f"/attendance/{council.members[4].id}/replace")
    answer = secretary.post(
        address, data={"substitute_id": "", "reason": "nghỉ ốm"}, follow_redirects=True
    )
    assert page(answer).one(".flashes") == "Hãy chọn người thay."
    assert (
        page(chair.get(room_address(council))).all(f"#who-{lines[0].id} option")[0]
        == "— chọn thành viên —"
    )
    typed = {"line_id": lines[0].id, "member_id": "", "reason": "có lợi ích"}
    answer = chair.post(
        room_address(council, f"/ballots/{made.id}/recuse"), data=typed, follow_redirects=True
    )
    assert page(answer).one(".flashes") == "Hãy chọn thành viên."
    assert (
        meetings.attendance(council.meeting.id, council.members[4].id).presence is Presence.PRESENT
    )
    assert substitute.id


def test_closing_names_who_is_missing_and_asks(council, sign_in, page):
    gather(council)
    made, _ = ballot(council)
    give_blank(council, made, 0, 1, 2)
    browser, address = sign_in(council.users[1]), room_address(council, f"/ballots/{made.id}/close")
    asked = page(browser.get(address))
    assert asked.all("section.card > p")[0] == "Đã bỏ phiếu: 3/5 người có mặt được biểu quyết."
    assert asked.all("ul.missing b") == [council.users[place].full_name for place in (3, 4)]
    assert asked.all("[data-problem]") == [
        f"Còn 2 người có mặt chưa bỏ phiếu: {council.users[3].full_name}, "
        f"{council.users[4].full_name}. Hãy chờ, hoặc ghi người rời họp, "
        "người không tham gia lượt này."
    ]
    assert "Đóng và kiểm phiếu" not in asked.all("button")
    assert browser.post(address).status_code == HTTPStatus.SEE_OTHER
    assert made.closed_at is None
    for place in (3, 4):
        answer = browser.post(
            room_address(council, f"/ballots/{made.id}/decline"),
            data={"member_id": council.members[place].id, "reason": "xin không bỏ phiếu"},
        )
        assert answer.status_code == HTTPStatus.SEE_OTHER
    asked = page(browser.get(address))
    assert (asked.all("[data-problem]"), "Đóng và kiểm phiếu" in asked.all("button")) == ([], True)
    browser.post(address)
    shown = page(browser.get(room_address(council)))
    assert shown.all(f"#ballot-{made.id} > p.small")[1].startswith(
        "Khi kiểm phiếu: có mặt 5/5, được biểu quyết 5, đã bỏ phiếu 3. "
        f"{council.users[3].full_name} không tham gia: xin không bỏ phiếu."
    )
    assert browser.get(address).status_code == HTTPStatus.SEE_OTHER


def test_a_member_says_himself_that_he_takes_no_part_and_is_told_what_was_recorded_of_him(
    council, sign_in, page
):
    gather(council)
    made, _ = ballot(council)
    own, other = sign_in(council.users[3]), sign_in(council.users[4])
    address, said = (
        room_address(council, f"/ballots/{made.id}/decline"),
        {"member_id": council.members[3].id, "reason": "xin không bỏ phiếu"},
    )
    assert other.post(address, data=said).status_code == HTTPStatus.FORBIDDEN
    assert own.post(address, data=said).status_code == HTTPStatus.SEE_OTHER
    assert page(own.get(room_address(council))).one("p.note--warn") == (
        "Đã ghi Ông/Bà không tham gia lượt này: xin không bỏ phiếu. Trước khi đóng, Ông/Bà vẫn "
        "bỏ phiếu được."
    )


def test_names_beside_a_count_are_as_many_as_it_says_written_opinions_too(council, sign_in, page):
    council.meeting.opinions_until = build.NOW
    made = actions.prepare_ballot(
        council.meeting,
        title="Giấy khen",
        lines=[actions.LineSpec("A")],
        rule=VoteRule(Mode.OPEN, Base.TOTAL),
    )
    (line,) = queries.lines_of([made.id])[made.id]
    row = meetings.attendance(council.meeting.id, council.members[4].id)
    casting.enter_opinion(
        council.meeting, row, {line.id: Choice.YES}, note="", by=council.users[4], at=build.NOW
    )
    for place in range(4):
        there = meetings.attendance(council.meeting.id, council.members[place].id)
        meeting_actions.set_presence(
            council.meeting, there, Presence.PRESENT, reason="", at=build.NOW
        )
    meeting_actions.open_meeting(council.meeting, at=build.NOW)
    actions.open_ballot(council.meeting, made, at=build.NOW)
    for place in range(4):
        casting.cast_open(
            made, council.members[place].id, {line.id: Choice.YES}, by=council.users[place]
        )
    actions.close_ballot(council.meeting, made, at=build.NOW)
    db.session.commit()
    shown = page(sign_in(council.users[0]).get(room_address(council)))
    named = shown.one(f"#ballot-{made.id} th[scope=row]")
    assert (named.count("Đồng ý"), line.yes) == (5, 5)
    assert f"{council.users[4].full_name}: Đồng ý (ý kiến bằng văn bản)" in named
    written = page(sign_in(council.users[0]).get(room_address(council, "/minutes"))).one(".minutes")
    assert f"Ý kiến bằng văn bản: {council.users[4].full_name} – đồng ý." in written


def test_a_written_opinion_has_no_receipt_and_the_page_says_so(council, sign_in, page):
    council.meeting.opinions_until = build.NOW
    made = actions.prepare_ballot(
        council.meeting,
        title="Giấy khen",
        lines=[actions.LineSpec("A")],
        rule=VoteRule(Mode.SECRET, Base.TOTAL),
    )
    (line,) = queries.lines_of([made.id])[made.id]
    row = meetings.attendance(council.meeting.id, council.members[4].id)
    casting.enter_opinion(
        council.meeting, row, {line.id: Choice.YES}, note="", by=council.users[4], at=build.NOW
    )
    for place in range(4):
        there = meetings.attendance(council.meeting.id, council.members[place].id)
        meeting_actions.set_presence(
            council.meeting, there, Presence.PRESENT, reason="", at=build.NOW
        )
    meeting_actions.open_meeting(council.meeting, at=build.NOW)
    actions.open_ballot(council.meeting, made, at=build.NOW)
    give_blank(council, made, 0, 1, 2, 3)
    actions.close_ballot(council.meeting, made, at=build.NOW)
    db.session.commit()
    shown = page(sign_in(council.users[0]).get(room_address(council)))
    assert (
        shown.all(f"#ballot-{made.id} summary")[0]
        == "Mã biên nhận của 4 phiếu đã đếm; 1 ý kiến bằng văn bản không có mã"
    )


def test_the_results_of_a_choice_speak_of_choosing(council, sign_in, page):
    gather(council)
    made, lines = ballot(council, mode=Mode.OPEN, ballot_type=BallotType.CHOOSE, places=1)
    for member, user in zip(council.members, council.users, strict=True):
        casting.cast_open(made, member.id, {lines[0].id: Choice.YES}, by=user)
    actions.close_ballot(council.meeting, made, at=build.NOW)
    db.session.commit()
    browser = sign_in(council.users[0])
    shown, told = (
        page(browser.get(room_address(council))),
        page(browser.get(room_address(council, "/minutes"))).one(".minutes"),
    )
    assert "Đồng ý" not in shown.one(f"#ballot-{made.id}")
    assert f"{council.users[0].full_name}: Chọn" in shown.all(f"#ballot-{made.id} th[scope=row]")[0]
    assert "được chọn 5, không chọn 0;" in told


def test_of_two_who_write_into_the_minutes_the_second_sees_what_the_first_wrote(
    council, sign_in, page
):
    gather(council)
    db.session.commit()
    first, second = sign_in(council.users[0]), sign_in(council.users[1])
    address = room_address(council, "/minutes")
    opened = page(second.get(address)).value("opened")
    answer = first.post(address, data={"opened": opened, "notes": "Ông A đề nghị xem lại."})
    assert answer.status_code == HTTPStatus.SEE_OTHER
    shown = page(second.post(address, data={"opened": opened, "notes": "Bà B tán thành."}))
    assert (shown.status, shown.all(".conflict__text"), shown.value("notes")) == (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        ["Bà B tán thành.", "Ông A đề nghị xem lại."],
        "Bà B tán thành.",
    )
    assert council.meeting.notes == "Ông A đề nghị xem lại."


def test_of_two_who_appoint_at_once_neither_takes_back_what_the_other_did(council, sign_in, page):
    secretary = sign_in(build.user(Role.SECRETARIAT))
    address = room_address(council)
    opened = page(secretary.get(address)).value("opened")
    first, second, third, fourth, _ = (member.id for member in council.members)
    answer = secretary.post(
        f"{address}/appoint", data={"opened": opened, "chair_id": third, "secretary_id": second}
    )
    assert answer.status_code == HTTPStatus.SEE_OTHER
    secretary.post(
        f"{address}/appoint", data={"opened": opened, "chair_id": first, "secretary_id": fourth}
    )
    meeting = meetings.meeting(council.campaign.id, council.meeting.id)
    assert (meeting.chair_id, meeting.secretary_id) == (third, fourth)
    secretary.post(
        f"{address}/appoint", data={"opened": opened, "chair_id": second, "secretary_id": fourth}
    )
    db.session.refresh(meeting)
    assert (meeting.chair_id, meeting.secretary_id) == (third, fourth)
    told = page(secretary.get(address, headers={"Referer": address})).one("main")
    assert f"Người khác vừa ghi “{council.users[2].full_name}” vào ô này." in told
