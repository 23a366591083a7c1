"""The meeting room: who may see and steer it, and what screens follow."""

from datetime import UTC, datetime
from http import HTTPStatus
from io import BytesIO

import pytest

from campaign.core.permissions import Role
from campaign.core.vote_rules import Base, Mode, VoteRule
from campaign.extensions import db
from campaign.meeting import actions as meeting_actions
from campaign.meeting import minutes
from campaign.meeting import queries as meetings
from campaign.meeting.rules import MeetingState, Presence
from campaign.voting import actions, casting, protocol, queries, urn
from campaign.voting.models import Urn
from campaign.voting.rules import Choice, Form
from tests import build
from tests.voting.conftest import ballot, close, gather, give_blank


def _room(council, rest=""):
    return f"/campaigns/{council.campaign.id}/meetings/{council.meeting.id}{rest}"


def test_a_screen_that_is_up_to_date_gets_an_empty_answer(council, sign_in):
    browser = sign_in(council.users[2])
    first = browser.get(_room(council, "/state"))
    again = browser.get(_room(council, "/state"), headers={"If-None-Match": first.headers["ETag"]})
    assert (first.json["version"], again.status_code, again.data) == (
        council.meeting.version,
        HTTPStatus.NOT_MODIFIED,
        b"",
    )
    gather(council)
    moved = browser.get(_room(council, "/state"), headers={"If-None-Match": first.headers["ETag"]})
    assert (moved.status_code, moved.json["version"]) == (HTTPStatus.OK, council.meeting.version)


def test_the_state_counts_who_voted_and_says_nothing_else(council, sign_in):
    gather(council)
    made, _ = ballot(council)
    casting.cast_secret(made, council.members[1].id, {})
    assert sign_in(council.users[2]).get(_room(council, "/state")).json == {
        "version": council.meeting.version,
        "cast": 1,
        "voters": 5,
    }


def test_the_room_does_not_exist_for_other_people(council, sign_in):
    outsider = build.user(Role.COUNCIL_MEMBER)
    browser = sign_in(outsider)
    assert [
        browser.get(_room(council, rest)).status_code for rest in ("", "/state", "/minutes")
    ] == [404] * 3


@pytest.mark.parametrize("step", ["open", "close", "appoint", "ballots/new", "confirm"])
def test_a_plain_member_steers_nothing(council, sign_in, step):
    assert (
        sign_in(council.users[3]).post(_room(council, f"/{step}")).status_code
        == HTTPStatus.FORBIDDEN
    )
    assert council.meeting.state is MeetingState.CALLED


def test_only_the_chair_of_the_meeting_confirms_its_minutes(council, sign_in):
    gather(council)
    meeting_actions.close_meeting(
        council.meeting, unfinished=queries.unfinished(council.meeting.id), at=build.NOW
    )
    secretariat = build.user(Role.SECRETARIAT)
    assert sign_in(secretariat).post(_room(council, "/confirm")).status_code == HTTPStatus.FORBIDDEN
    assert (
        sign_in(council.users[0]).post(_room(council, "/confirm")).status_code
        == HTTPStatus.SEE_OTHER
    )
    assert meetings.meeting(council.campaign.id, council.meeting.id).state is MeetingState.CONFIRMED


def test_a_member_gets_only_the_lines_he_may_vote_on(council, sign_in, page):
    gather(council)
    ballot(council, recused={0: {council.members[3].id: "đơn vị của mình"}})
    shown = page(sign_in(council.users[3]).get(_room(council)))
    assert shown.all("form.paper legend") == ["Đơn vị B"]
    assert page(sign_in(council.users[2]).get(_room(council))).all("form.paper legend") == [
        "Đơn vị A",
        "Đơn vị B",
    ]


def test_a_recused_member_reads_why_and_only_the_chair_lets_him_vote(council, sign_in, page):
    entry = build.participation(
        council.campaign, unit=build.unit(), block=build.block(council.campaign)
    )
    council.users[3].full_name = "Nguyễn Văn Hưng"
    db.session.flush()
    made = actions.prepare_ballot(
        council.meeting,
        title="Giấy khen",
        rule=VoteRule(),
        lines=[
            actions.LineSpec("Ông Nguyễn Văn Hưng", participation_id=entry.id),
            actions.LineSpec("Việc khác"),
        ],
    )
    line = queries.lines_of([made.id])[made.id][0]
    gather(council)
    actions.open_ballot(council.meeting, made, at=build.NOW)
    db.session.commit()
    told = page(sign_in(council.users[3]).get(_room(council))).all(".note--info li")
    assert told == ["Ông Nguyễn Văn Hưng: là người được đề nghị"]
    data = {
        "line_id": line.id,
        "member_id": council.members[3].id,
        "reason": "trùng tên, người khác",
    }
    address = _room(council, f"/ballots/{made.id}/recusals/lift")
    answers = [
        sign_in(user).post(address, data=data).status_code
        for user in (council.users[3], council.users[1], council.users[0])
    ]
    assert answers == [HTTPStatus.FORBIDDEN, HTTPStatus.FORBIDDEN, HTTPStatus.SEE_OTHER]
    assert page(sign_in(council.users[3]).get(_room(council))).all("form.paper legend") == [
        "Ông Nguyễn Văn Hưng",
        "Việc khác",
    ]


@pytest.mark.parametrize(("is_same", "kept"), [("0", {}), ("1", {"4": "là ông ấy"})])
def test_the_question_about_a_namesake_is_answered_on_the_page(
    council, sign_in, page, is_same, kept
):
    entry = build.participation(
        council.campaign, unit=build.unit(), block=build.block(council.campaign)
    )
    council.users[3].full_name, council.users[3].unit_id = "Nguyễn Văn Hùng", build.unit().id
    db.session.flush()
    made = actions.prepare_ballot(
        council.meeting,
        title="Giấy khen",
        rule=VoteRule(),
        lines=[actions.LineSpec("Ông Nguyễn Văn Hưng", participation_id=entry.id)],
    )
    (line,) = queries.lines_of([made.id])[made.id]
    db.session.commit()
    asked = (
        "Thành viên Nguyễn Văn Hùng và “Ông Nguyễn Văn Hưng” chỉ khác dấu, đơn vị khác nhau. "
        "Có phải một người không?"
    )
    secretary = sign_in(council.users[1])
    assert page(secretary.get(_room(council))).all(".note--warn > p") == [asked]
    assert page(sign_in(council.users[2]).get(_room(council))).all(".note--warn > p") == []
    data = {
        "line_id": line.id,
        "member_id": council.members[3].id,
        "reason": "là ông ấy",
        "is_same": is_same,
    }
    address = _room(council, f"/ballots/{made.id}/namesakes")
    assert sign_in(council.users[2]).post(address, data=data).status_code == HTTPStatus.FORBIDDEN
    assert secretary.post(address, data=data).status_code == HTTPStatus.SEE_OTHER
    assert queries.recusals_of([made.id]).get(line.id, {}) == (
        {council.members[3].id: kept["4"]} if kept else {}
    )
    assert page(secretary.get(_room(council))).all(".note--warn > p") == []


def test_an_open_vote_shows_no_choice_before_it_is_closed(council, sign_in, page):
    gather(council)
    made, (line,) = ballot(council, mode=Mode.OPEN, labels=("Đơn vị A",))
    sign_in(council.users[2]).post(
        _room(council, f"/ballots/{made.id}/cast"), data={f"line-{line.id}": "yes"}
    )
    for user in council.users[:2]:
        assert "Đồng ý" not in "".join(page(sign_in(user).get(_room(council))).all("td, th"))
    for place in (0, 1, 3, 4):
        casting.decline(
            council.meeting,
            made,
            council.members[place].id,
            reason="không tham gia",
            by=council.users[1],
        )
    sign_in(council.users[1]).post(_room(council, f"/ballots/{made.id}/close"))
    told = page(sign_in(council.users[0]).get(_room(council))).all(
        f"#ballot-{made.id} th[scope=row]"
    )
    assert told == [f"Đơn vị A{council.users[2].full_name}: Đồng ý"]


def test_the_receipts_are_for_members_only(council, sign_in, page):
    gather(council)
    made, _ = ballot(council)
    codes = [casting.cast_secret(made, council.members[place].id, {}) for place in (1, 2, 3)]
    close(council, made)
    assert page(sign_in(council.users[3]).get(_room(council))).one(".receipts") == " ".join(
        sorted(codes)
    )
    assert page(sign_in(build.user(Role.SECRETARIAT)).get(_room(council))).all(".receipts") == []


def test_a_paper_out_of_form_keeps_what_was_marked(council, sign_in, page):
    gather(council)
    made, lines = ballot(council, labels=("A", "B", "C"), form="choose", places=1)
    answer = page(
        sign_in(council.users[2]).post(
            _room(council, f"/ballots/{made.id}/cast"), data={"chosen": [lines[0].id, lines[2].id]}
        )
    )
    assert answer.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Chỉ được chọn tối đa 1; phiếu đang chọn 2." in answer.one(".error-summary")
    assert len(answer.tree.cssselect("input[name=chosen][checked]")) == 2


LONG = "9" * 4_500
"""More digits than Python reads as a number."""
OUTSIDE = "Phiếu có dòng mà Ông/Bà không được biểu quyết."


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({}, "Chưa đánh dấu: “Đơn vị A”; “Đơn vị B”. Dòng nào muốn bỏ trống, hãy chọn “Để trống”."),
        (
            {"line-A": "yes"},
            "Chưa đánh dấu: “Đơn vị B”. Dòng nào muốn bỏ trống, hãy chọn “Để trống”.",
        ),
        (
            {"line-A": "yes", "line-B": "perhaps"},
            "Dấu ở dòng “Đơn vị B” không đọc được; hãy đánh dấu lại.",
        ),
        (
            {"line-A": ["yes", "no"], "line-B": "yes"},
            "Dòng “Đơn vị A” có hai dấu; mỗi dòng chỉ đánh dấu một lần.",
        ),
        (
            {"line-A": "yes", "line-B": "yes", "blank": "1"},
            "Phiếu đã có dấu nên không phải phiếu trắng; hãy xoá các dấu trước.",
        ),
        ({"line-x": "yes"}, OUTSIDE),
        ({"line-99999": "yes"}, OUTSIDE),
        ({f"line-{LONG}": "yes"}, OUTSIDE),
    ],
)
def test_a_paper_that_is_not_whole_is_refused_with_a_sentence(
    council, sign_in, page, data, sentence
):
    gather(council)
    made, lines = ballot(council)
    names = {"line-A": f"line-{lines[0].id}", "line-B": f"line-{lines[1].id}"}
    sent = {names.get(name, name): value for name, value in data.items()}
    answer = page(
        sign_in(council.users[2]).post(_room(council, f"/ballots/{made.id}/cast"), data=sent)
    )
    assert (answer.status, answer.one(".error-summary p")) == (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        sentence,
    )
    assert queries.voted(made) == frozenset()


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        ([], "Phiếu chưa chọn dòng nào; muốn bỏ phiếu trắng, hãy bấm “Bỏ phiếu trắng”."),
        ([LONG], OUTSIDE),
        (["'; DROP"], OUTSIDE),
        (["A", "A"], "Dòng “Đơn vị A” có hai dấu; mỗi dòng chỉ đánh dấu một lần."),
    ],
)
def test_a_paper_of_choice_is_read_as_strictly(council, sign_in, page, chosen, sentence):
    gather(council)
    made, lines = ballot(council, form=Form.CHOOSE, places=1)
    sent = {"chosen": [lines[0].id if one == "A" else one for one in chosen]}
    answer = page(
        sign_in(council.users[2]).post(_room(council, f"/ballots/{made.id}/cast"), data=sent)
    )
    assert (answer.status, answer.one(".error-summary p")) == (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        sentence,
    )


@pytest.mark.parametrize("form", [Form.APPROVE, Form.CHOOSE])
def test_who_wants_to_vote_blank_presses_blank(council, sign_in, form):
    gather(council)
    made, lines = ballot(council, form=form, places=1)
    browser = sign_in(council.users[2])
    assert (
        browser.post(_room(council, f"/ballots/{made.id}/cast"), data={"blank": "1"}).status_code
        == HTTPStatus.SEE_OTHER
    )
    sealed = db.session.get(Urn, made.id)
    papers = urn.unseal(sealed.key_name, sealed.sealed)
    assert {line: papers.choices(line.id) for line in lines} == {
        line: [Choice.BLANK] for line in lines
    }


def test_a_choice_on_the_paper_can_be_cleared_and_the_paper_of_choice_has_its_own_words(
    council, sign_in, page
):
    gather(council)
    made, _ = ballot(council, labels=("A",))
    shown = page(sign_in(council.users[2]).get(_room(council)))
    assert shown.all("form.paper .check label") == ["Đồng ý", "Không đồng ý", "Để trống"]
    assert shown.all("form.paper button") == ["Bỏ phiếu", "Xoá các dấu", "Bỏ phiếu trắng"]
    actions.annul_ballot(council.meeting, made, reason="soạn lại", at=build.NOW)
    ballot(council, form=Form.CHOOSE, places=1)
    shown = page(sign_in(council.users[2]).get(_room(council)))
    assert shown.all("form.paper p") == [
        "Chọn tối đa 1 dòng. Dòng không được chọn là không chọn dòng đó.",
        "Muốn không chọn dòng nào, hãy bấm “Bỏ phiếu trắng”: phiếu trắng được đếm là không hợp lệ.",
    ]


def test_the_receipt_is_shown_once_and_the_page_loaded_again_tells_the_truth(
    council, sign_in, page
):
    gather(council)
    made, lines = ballot(council, labels=("A",))
    address, sent = _room(council, f"/ballots/{made.id}/cast"), {f"line-{lines[0].id}": "yes"}
    browser = sign_in(council.users[2])
    answer = browser.post(address, data=sent)
    assert (answer.status_code, answer.location) == (HTTPStatus.SEE_OTHER, _room(council))
    first, second = page(browser.get(_room(council))), page(browser.get(_room(council)))
    assert [len(shown.all("[data-receipt]")) for shown in (first, second)] == [1, 0]
    assert second.one("p.note--ok") == "Ông/Bà đã bỏ phiếu lượt này."
    again = page(browser.post(address, data=sent))
    assert again.one(".error-summary h2") == "Phiếu của Ông/Bà đã được nhận trước đó"


@pytest.mark.parametrize(("name", "sentence"), [(f"line-{LONG}", OUTSIDE), ("line-1x", OUTSIDE)])
def test_an_opinion_with_a_field_of_no_line_is_refused_with_a_sentence(
    council, sign_in, page, name, sentence
):
    actions.prepare_ballot(
        council.meeting, title="Giấy khen", lines=[actions.LineSpec("A")], rule=VoteRule()
    )
    council.meeting.opinions_until = datetime(2100, 1, 1, tzinfo=UTC)
    answer = page(
        sign_in(council.users[4]).post(
            _room(council, f"/opinions/{council.members[4].id}"), data={name: "yes"}
        )
    )
    assert (answer.status, answer.one(".error-summary p")) == (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        sentence,
    )


def test_the_secretary_enters_an_opinion_with_its_scan_and_the_member_reads_it(council, sign_in):
    made = actions.prepare_ballot(
        council.meeting, title="Giấy khen", lines=[actions.LineSpec("A")], rule=VoteRule()
    )
    (line,) = queries.lines_of([made.id])[made.id]
    council.meeting.opinions_until = datetime(2100, 1, 1, tzinfo=UTC)
    address = _room(council, f"/opinions/{council.members[4].id}")
    browser = sign_in(council.users[1])
    refused = browser.post(address, data={f"line-{line.id}": "yes"})
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Nhập thay thành viên phải kèm bản chụp phiếu lấy ý kiến." in refused.text
    pdf = b"%PDF-1.4\n" + b"0" * 300
    sent = browser.post(
        address, data={f"line-{line.id}": "yes", "scan": (BytesIO(pdf), "ý kiến.pdf")}
    )
    assert sent.status_code == HTTPStatus.SEE_OTHER
    (scan,) = meetings.scans(council.meeting.id)[council.members[4].id]
    assert sign_in(council.users[4]).get(_room(council, f"/scans/{scan.id}")).data == pdf
    assert (
        sign_in(council.users[3]).get(_room(council, f"/scans/{scan.id}")).status_code
        == HTTPStatus.NOT_FOUND
    )


def test_minutes_are_a_page_for_the_council(council, sign_in, page):
    gather(council)
    made, _ = ballot(council)
    give_blank(council, made, 0, 1, 2)
    close(council, made)
    db.session.commit()
    shown = page(sign_in(council.users[3]).get(_room(council, "/minutes")))
    assert (shown.status, shown.one("h1")) == (HTTPStatus.OK, "Biên bản cuộc họp số 1")


def test_only_who_composes_the_council_replaces_a_member_for_good(council, sign_in, page):
    substitute = build.member(council.campaign, user=build.user(Role.COUNCIL_MEMBER))
    db.session.commit()
    address = _room(council, f"/attendance/{council.members[4].id}/replace")
    typed = {"substitute_id": substitute.id, "reason": "chuyển công tác", "lasts": "for_good"}
    secretary, secretariat = sign_in(council.users[1]), sign_in(build.user(Role.SECRETARIAT))
    lasts = f"#lasts-{council.members[4].id} option"
    assert [len(page(one.get(_room(council))).all(lasts)) for one in (secretary, secretariat)] == [
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
    )
    council.members.pop()
    gather(council)
    meeting_actions.close_meeting(
        council.meeting, unfinished=queries.unfinished(council.meeting.id), at=build.NOW
    )
    minutes.confirm(council.meeting, protocol.entries(council.meeting), at=build.NOW)
    db.session.commit()
    browser, address = sign_in(council.users[1]), f"/campaigns/{council.campaign.id}/meetings"
    told = f"Lê Thay, đã dự thay {council.users[4].full_name} tại cuộc họp số 1"
    assert page(browser.get(f"{address}/new")).all("#also label") == [told]
    typed = {"place": "Phòng họp", "starts_at": "14:00 05/05/2021"}
    assert browser.post(f"{address}/new", data=typed).status_code == HTTPStatus.SEE_OTHER
    made = meetings.current_meeting(council.campaign.id)
    assert substitute.id not in meetings.roll(made.id).presence
    assert page(browser.get(f"{address}/{made.id}/edit")).all("#also label") == [told]
    assert (
        browser.post(f"{address}/{made.id}/edit", data={**typed, "also": substitute.id}).status_code
        == HTTPStatus.SEE_OTHER
    )
    assert meetings.roll(made.id).presence[substitute.id] is Presence.INVITED
    assert page(browser.get(f"{address}/{made.id}/edit")).all("#also label") == []


def test_a_bad_invitation_is_given_back_with_its_sentences(council, sign_in, page):
    answer = page(
        sign_in(council.users[1]).post(
            _room(council, "/edit"), data={"place": "Phòng 5", "starts_at": "ngày mai"}
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
                _room(council, f"/attendance/{member.id}"), data={"presence": "present"}
            ).status_code
            == 303
        )
    assert browser.post(_room(council, "/open")).status_code == 303
    made = browser.post(
        _room(council, "/ballots/new"),
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
    (one,) = queries.ballots(council.meeting.id)
    assert (one.rule.numerator, len(queries.lines_of([one.id])[one.id])) == (2, 2)
    assert browser.post(_room(council, f"/ballots/{one.id}/open")).status_code == 303


def test_all_who_were_invited_are_marked_present_at_once(council, sign_in):
    row = meetings.attendance(council.meeting.id, council.members[4].id)
    meeting_actions.set_presence(council.meeting, row, Presence.ABSENT, reason="ốm", at=build.NOW)
    assert (
        sign_in(council.users[1]).post(_room(council, "/attendance")).status_code
        == HTTPStatus.SEE_OTHER
    )
    assert (
        sorted(meetings.roll(council.meeting.id).presence.values())
        == [Presence.ABSENT] + [Presence.PRESENT] * 4
    )


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
    shown = page(secretary.get(_room(council)))
    assert shown.all(f"#by-{council.members[4].id} option") == ["— chọn người thay —", "Lê Thay"]
    address = _room(council, f"/attendance/{council.members[4].id}/replace")
    answer = secretary.post(
        address, data={"substitute_id": "", "reason": "nghỉ ốm"}, follow_redirects=True
    )
    assert page(answer).one(".flashes") == "Hãy chọn người thay."
    assert (
        page(chair.get(_room(council))).all(f"#who-{lines[0].id} option")[0]
        == "— chọn thành viên —"
    )
    told = {"line_id": lines[0].id, "member_id": "", "reason": "có lợi ích"}
    answer = chair.post(
        _room(council, f"/ballots/{made.id}/recuse"), data=told, follow_redirects=True
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
    browser, address = sign_in(council.users[1]), _room(council, f"/ballots/{made.id}/close")
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
        told = browser.post(
            _room(council, f"/ballots/{made.id}/decline"),
            data={"member_id": council.members[place].id, "reason": "xin không bỏ phiếu"},
        )
        assert told.status_code == HTTPStatus.SEE_OTHER
    asked = page(browser.get(address))
    assert (asked.all("[data-problem]"), "Đóng và kiểm phiếu" in asked.all("button")) == ([], True)
    browser.post(address)
    shown = page(browser.get(_room(council)))
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
        _room(council, f"/ballots/{made.id}/decline"),
        {"member_id": council.members[3].id, "reason": "xin không bỏ phiếu"},
    )
    assert other.post(address, data=said).status_code == HTTPStatus.FORBIDDEN
    assert own.post(address, data=said).status_code == HTTPStatus.SEE_OTHER
    assert page(own.get(_room(council))).one("p.note--warn") == (
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
    shown = page(sign_in(council.users[0]).get(_room(council)))
    named = shown.one(f"#ballot-{made.id} th[scope=row]")
    assert (named.count("Đồng ý"), line.yes) == (5, 5)
    assert f"{council.users[4].full_name}: Đồng ý (ý kiến bằng văn bản)" in named
    told = page(sign_in(council.users[0]).get(_room(council, "/minutes"))).one(".minutes")
    assert f"Ý kiến bằng văn bản: {council.users[4].full_name} – đồng ý." in told


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
    shown = page(sign_in(council.users[0]).get(_room(council)))
    assert (
        shown.all(f"#ballot-{made.id} summary")[0]
        == "Mã biên nhận của 4 phiếu đã đếm; 1 ý kiến bằng văn bản không có mã"
    )


def test_the_results_of_a_choice_speak_of_choosing(council, sign_in, page):
    gather(council)
    made, lines = ballot(council, mode=Mode.OPEN, form=Form.CHOOSE, places=1)
    for member, user in zip(council.members, council.users, strict=True):
        casting.cast_open(made, member.id, {lines[0].id: Choice.YES}, by=user)
    actions.close_ballot(council.meeting, made, at=build.NOW)
    db.session.commit()
    browser = sign_in(council.users[0])
    shown, told = (
        page(browser.get(_room(council))),
        page(browser.get(_room(council, "/minutes"))).one(".minutes"),
    )
    assert "Đồng ý" not in shown.one(f"#ballot-{made.id}")
    assert f"{council.users[0].full_name}: Chọn" in shown.all(f"#ballot-{made.id} th[scope=row]")[0]
    assert "được chọn 5, không chọn 0;" in told


def test_a_paper_without_the_token_of_its_page_is_not_taken_and_its_marks_are_not_shown(
    council, sign_in, page
):
    gather(council)
    made, (line,) = ballot(council, labels=("Đơn vị A",))
    address, marks = _room(council, f"/ballots/{made.id}/cast"), {f"line-{line.id}": "yes"}
    browser = sign_in(council.users[2])
    token = browser.csrf_token()
    forged = page(browser.post(address, data={**marks, "csrf_token": "x"}, token=False))
    assert forged.status == HTTPStatus.UNAUTHORIZED
    assert forged.all("p")[1] == (
        "Dấu trên phiếu không được giữ lại ở đâu cả. Hãy đăng nhập lại, mở phòng họp và bỏ phiếu."
    )
    assert f"line-{line.id}" not in forged.answer.text
    assert queries.voted(made) == frozenset()
    taken = browser.post(address, data={**marks, "csrf_token": token}, token=False)
    assert taken.status_code == HTTPStatus.SEE_OTHER
    assert queries.voted(made) == {council.members[2].id}


def test_a_receipt_that_was_lost_with_its_answer_is_said_not_to_come_again(council, sign_in, page):
    gather(council)
    made, _ = ballot(council)
    browser = sign_in(council.users[2])
    browser.post(_room(council, f"/ballots/{made.id}/cast"), data={"blank": "1"})
    browser.delete_cookie("ngonco")
    again = page(sign_in(council.users[2]).get(_room(council)))
    assert again.one("[data-lost-receipt]") == (
        "Mã biên nhận chỉ hiện một lần ngay sau khi bỏ phiếu; nếu lúc đó mất kết nối nên không "
        "hiện "
        "thì không xem lại được, nhưng phiếu vẫn được đếm."
    )
    assert again.all("[data-receipt]") == []
