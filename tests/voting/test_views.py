"""The meeting room: who may see and steer it, and what screens follow."""

from datetime import UTC, datetime
from http import HTTPStatus
from io import BytesIO

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from campaign.core.vote_rules import Mode, VoteRule
from campaign.extensions import db
from campaign.meeting import queries as meetings
from campaign.voting import actions, casting, queries, sweeping, urn
from campaign.voting.models import Urn
from campaign.voting.rules import BallotType, Choice
from tests import build
from tests.council_room import ballot, gather, room_address


def test_a_member_gets_only_the_lines_he_may_vote_on(council, sign_in, page):
    gather(council)
    ballot(council, recused={0: {council.members[3].id: "đơn vị của mình"}})
    shown = page(sign_in(council.users[3]).get(room_address(council)))
    assert shown.all("form.paper legend") == ["Đơn vị B"]
    assert page(sign_in(council.users[2]).get(room_address(council))).all("form.paper legend") == [
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
    notes = page(sign_in(council.users[3]).get(room_address(council))).all(".note--info li")
    assert notes == ["Ông Nguyễn Văn Hưng: là người được đề nghị"]
    data = {
        "line_id": line.id,
        "member_id": council.members[3].id,
        "reason": "trùng tên, người khác",
    }
    address = room_address(council, f"/ballots/{made.id}/recusals/lift")
    answers = [
        sign_in(user).post(address, data=data).status_code
        for user in (council.users[3], council.users[1], council.users[0])
    ]
    assert answers == [HTTPStatus.FORBIDDEN, HTTPStatus.FORBIDDEN, HTTPStatus.SEE_OTHER]
    assert page(sign_in(council.users[3]).get(room_address(council))).all("form.paper legend") == [
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
    assert page(secretary.get(room_address(council))).all(".note--warn > p") == [asked]
    assert page(sign_in(council.users[2]).get(room_address(council))).all(".note--warn > p") == []
    data = {
        "line_id": line.id,
        "member_id": council.members[3].id,
        "reason": "là ông ấy",
        "is_same": is_same,
    }
    address = room_address(council, f"/ballots/{made.id}/namesakes")
    assert sign_in(council.users[2]).post(address, data=data).status_code == HTTPStatus.FORBIDDEN
    assert secretary.post(address, data=data).status_code == HTTPStatus.SEE_OTHER
    assert queries.recusals_of([made.id]).get(line.id, {}) == (
        {council.members[3].id: kept["4"]} if kept else {}
    )
    assert page(secretary.get(room_address(council))).all(".note--warn > p") == []


def test_an_open_vote_shows_no_choice_before_it_is_closed(council, sign_in, page):
    gather(council)
    made, (line,) = ballot(council, mode=Mode.OPEN, labels=("Đơn vị A",))
    sign_in(council.users[2]).post(
        room_address(council, f"/ballots/{made.id}/cast"), data={f"line-{line.id}": "yes"}
    )
    for user in council.users[:2]:
        assert "Đồng ý" not in "".join(page(sign_in(user).get(room_address(council))).all("td, th"))
    for place in (0, 1, 3, 4):
        casting.decline(
            council.meeting,
            made,
            council.members[place].id,
            reason="không tham gia",
            by=council.users[1],
        )
    sign_in(council.users[1]).post(room_address(council, f"/ballots/{made.id}/close"))
    choices = page(sign_in(council.users[0]).get(room_address(council))).all(
        f"#ballot-{made.id} th[scope=row]"
    )
    assert choices == [f"Đơn vị A{council.users[2].full_name}: Đồng ý"]


def test_a_paper_out_of_form_keeps_what_was_marked(council, sign_in, page):
    gather(council)
    made, lines = ballot(council, labels=("A", "B", "C"), ballot_type="choose", places=1)
    answer = page(
        sign_in(council.users[2]).post(
            room_address(council, f"/ballots/{made.id}/cast"),
            data={"chosen": [lines[0].id, lines[2].id]},
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
        sign_in(council.users[2]).post(room_address(council, f"/ballots/{made.id}/cast"), data=sent)
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
    made, lines = ballot(council, ballot_type=BallotType.CHOOSE, places=1)
    sent = {"chosen": [lines[0].id if mark == "A" else mark for mark in chosen]}
    answer = page(
        sign_in(council.users[2]).post(room_address(council, f"/ballots/{made.id}/cast"), data=sent)
    )
    assert (answer.status, answer.one(".error-summary p")) == (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        sentence,
    )


@pytest.mark.parametrize("form", [BallotType.APPROVE, BallotType.CHOOSE])
def test_who_wants_to_vote_blank_presses_blank(council, sign_in, form):
    gather(council)
    made, lines = ballot(council, ballot_type=form, places=1)
    browser = sign_in(council.users[2])
    assert (
        browser.post(
            room_address(council, f"/ballots/{made.id}/cast"), data={"blank": "1"}
        ).status_code
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
    shown = page(sign_in(council.users[2]).get(room_address(council)))
    assert shown.all("form.paper .check label") == ["Đồng ý", "Không đồng ý", "Để trống"]
    assert shown.all("form.paper button") == ["Bỏ phiếu", "Xoá các dấu", "Bỏ phiếu trắng"]
    actions.annul_ballot(council.meeting, made, reason="soạn lại", at=build.NOW)
    ballot(council, ballot_type=BallotType.CHOOSE, places=1)
    shown = page(sign_in(council.users[2]).get(room_address(council)))
    assert shown.all("form.paper p") == [
        "Chọn tối đa 1 dòng. Dòng không được chọn là không chọn dòng đó.",
        "Muốn không chọn dòng nào, hãy bấm “Bỏ phiếu trắng”: phiếu trắng được đếm là không hợp lệ.",
    ]


def test_the_receipt_is_shown_once_and_the_page_loaded_again_tells_the_truth(
    council, sign_in, page
):
    gather(council)
    made, lines = ballot(council, labels=("A",))
    address, sent = (
        room_address(council, f"/ballots/{made.id}/cast"),
        {f"line-{lines[0].id}": "yes"},
    )
    browser = sign_in(council.users[2])
    answer = browser.post(address, data=sent)
    assert (answer.status_code, answer.location) == (HTTPStatus.SEE_OTHER, room_address(council))
    first, second = (
        page(browser.get(room_address(council))),
        page(browser.get(room_address(council))),
    )
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
            room_address(council, f"/opinions/{council.members[4].id}"), data={name: "yes"}
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
    address = room_address(council, f"/opinions/{council.members[4].id}")
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
    assert sign_in(council.users[4]).get(room_address(council, f"/scans/{scan.id}")).data == pdf
    assert (
        sign_in(council.users[3]).get(room_address(council, f"/scans/{scan.id}")).status_code
        == HTTPStatus.NOT_FOUND
    )


def test_a_paper_without_the_token_of_its_page_is_not_taken_and_its_marks_are_not_shown(
    council, sign_in, page
):
    gather(council)
    made, (line,) = ballot(council, labels=("Đơn vị A",))
    address, marks = room_address(council, f"/ballots/{made.id}/cast"), {f"line-{line.id}": "yes"}
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
    browser.post(room_address(council, f"/ballots/{made.id}/cast"), data={"blank": "1"})
    browser.delete_cookie("ngonco")
    again = page(sign_in(council.users[2]).get(room_address(council)))
    assert again.one("[data-lost-receipt]") == (
        "Mã biên nhận chỉ hiện một lần ngay sau khi bỏ phiếu; nếu lúc đó mất kết nối nên không "
        "hiện "
        "thì không xem lại được, nhưng phiếu vẫn được đếm."
    )
    assert again.all("[data-receipt]") == []


def test_a_voter_gets_the_receipt_where_the_database_goes_away_behind_the_paper(
    council, sign_in, page, monkeypatch
):
    gather(council)
    made, _ = ballot(council)
    browser, away = sign_in(council.users[2]), []

    destroy = sweeping.destroy_used_keys

    def fail(_connection, _cursor, statement, *_):
        if away:
            raise OperationalError(statement, None, ConnectionError())

    def go_away():
        away.append(True)
        destroy()

    monkeypatch.setattr(sweeping, "destroy_used_keys", go_away)
    event.listen(db.engine, "before_cursor_execute", fail)
    try:
        answer = browser.post(
            room_address(council, f"/ballots/{made.id}/cast"), data={"blank": "1"}
        )
        away.clear()
    finally:
        event.remove(db.engine, "before_cursor_execute", fail)
    assert (answer.status_code, answer.location) == (HTTPStatus.SEE_OTHER, room_address(council))
    assert len(page(browser.get(answer.location)).all("[data-receipt]")) == 1
