"""The signed copy of a decision: attached, looked through, replaced, published with it."""

import io
from http import HTTPStatus
from pathlib import Path

import pytest

from campaign.core.permissions import Role
from campaign.decision import queries as decisions
from campaign.decision.signed_copy.queries import copies_of
from campaign.decision.signed_copy.rules import Verdict
from campaign.extensions import db
from campaign.planning.rules import Phase
from tests import build, worlds
from tests import signed_papers as papers


class Desk:
    """A signed decision, whoever signs, and the addresses of its signed copy."""

    def __init__(self, field, drafted, sign_in):
        self.decision = worlds.signed(field, drafted())
        self.campaign = field.campaign
        self.names = [line.name for line in decisions.lines_of(self.decision.id)]
        self.browser = sign_in(build.user(Role.DIRECTOR, name="Lãnh Đạo"))
        self.page = f"/campaigns/{self.campaign.id}/decisions/{self.decision.id}"
        self.public = f"/results/{self.campaign.id}"

    def words(self, **more):
        return papers.decision_words(**{"names": self.names, **more})

    def send(self, content, name="Quyết định 45.pdf", **more):
        data = {"file": (io.BytesIO(content), name), **more}
        return self.browser.post(f"{self.page}/signed-copy", data=data)

    def publish(self):
        self.campaign.phase, self.campaign.published_at = Phase.PUBLISHED, build.NOW
        db.session.commit()


@pytest.fixture
def trust(app, monkeypatch, tmp_path):
    """The office's own roots from now on."""
    (tmp_path / "goc.pem").write_bytes(papers.root().pem)
    return lambda: monkeypatch.setitem(app.config, "SIGNATURE_ROOTS", str(tmp_path))


@pytest.fixture
def desk(field, drafted, sign_in):
    return Desk(field, drafted, sign_in)


def card(shown):
    """What the card of the signed copy says."""
    (text,) = [text for text in shown.all("section.card") if text.startswith("Bản ký số")]
    return text


def test_a_signed_copy_is_kept_and_told_of_on_the_decision_and_to_the_public(
    desk, page, client, trust
):
    trust()
    document = papers.signed(papers.paper(desk.words()))
    assert desk.send(document).status_code == HTTPStatus.SEE_OTHER
    shown = page(desk.browser.get(desk.page))
    told = card(shown)
    for sentence in (
        "Phạm Minh Đức, Giám đốc, Sở Công Thương chữ ký nguyên vẹn, chứng thư tin cậy",
        "Chứng thư số 54012345, nơi cấp Nơi cấp dùng để thử",
        "Chữ trong tệp đúng là của quyết định này.",
        "Chưa hỏi danh sách thu hồi chứng thư.",
    ):
        assert sentence in told
    (row,) = copies_of(desk.decision.id)
    sent = desk.browser.get(f"{desk.page}/signed-copy/{row.id}")
    assert (sent.data, sent.mimetype) == (document, "application/pdf")

    address = f"{desk.public}/decisions/{desk.decision.id}/signed-copy"
    assert client.get(address).status_code == HTTPStatus.NOT_FOUND
    desk.publish()
    assert client.get(address).data == document
    published = page(client.get(desk.public)).one("main")
    assert "Quyết định số 45/QĐ-SCT (PDF)" in published
    assert "Chưa hỏi danh sách thu hồi chứng thư." in published
    assert "54012345" not in published


@pytest.mark.parametrize(
    ("make", "sentences"),
    [
        (
            lambda desk: papers.signed(papers.paper(desk.words(number="46/QĐ-SCT"))),
            ["Chữ trong tệp không khớp quyết định này; trong tệp không thấy: số 45/QĐ-SCT."],
        ),
        (
            lambda desk: papers.signed(papers.paper(desk.words(names=["Đơn vị khác"]))),
            ["trong tệp không thấy: tên Đơn vị"],
        ),
        (lambda desk: papers.paper(desk.words()), ["không có chữ ký số", "đúng là của quyết định"]),
        (
            lambda desk: papers.added_to(papers.signed(papers.paper(desk.words()))),
            ["chữ ký số không còn nguyên vẹn", "Nội dung tệp bị sửa sau chữ ký này."],
        ),
    ],
    ids=["another", "name", "unsigned", "changed"],
)
def test_what_speaks_against_a_copy_is_told_and_keeps_it_from_the_public(
    desk, page, client, make, sentences
):
    assert desk.send(make(desk)).status_code == HTTPStatus.SEE_OTHER
    told = card(page(desk.browser.get(desk.page)))
    assert [sentence for sentence in sentences if sentence not in told] == []
    desk.publish()
    address = f"{desk.public}/decisions/{desk.decision.id}/signed-copy"
    assert client.get(address).status_code == HTTPStatus.NOT_FOUND
    assert "(PDF)" not in page(client.get(desk.public)).one("main")


def test_a_signed_picture_without_roots_says_what_was_not_compared(desk, page):
    desk.send(papers.signed(papers.picture(), papers.office()))
    told = card(page(desk.browser.get(desk.page)))
    for sentence in (
        "chữ ký nguyên vẹn, chưa đối chiếu nơi cấp",
        "Chưa đối chiếu nơi cấp chứng thư: hệ thống chưa được nạp chứng thư gốc.",
        "Tệp chỉ có ảnh, không đọc được chữ nên chưa đối chiếu được.",
        "Không có chữ ký số nào mang tên người ký quyết định (Phạm Minh Đức).",
    ):
        assert sentence in told
    assert "trong tệp không thấy" not in told


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Tệp rỗng."),
        (b"PK\x03\x04", "Chỉ nhận tệp PDF; tệp này không phải PDF."),
        (b"%PDF-1.7\n" + b"x" * 999, "Tệp PDF này bị hỏng, không mở được."),
        (b"%PDF-1.7\n" + b"x" * 2**17, "Tệp lớn hơn "),
        (None, "Tệp PDF đặt mật khẩu hoặc bị khoá."),
    ],
    ids=["empty", "zip", "broken", "large", "locked"],
)
def test_a_file_that_is_refused_says_why_beside_the_field(
    app, desk, page, monkeypatch, content, sentence
):
    monkeypatch.setitem(app.config, "EVIDENCE_FILE_LIMIT", 2**16)
    answer = page(desk.send(papers.locked(papers.picture(), "x") if content is None else content))
    assert answer.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert sentence in answer.one("#file-error")
    assert not copies_of(desk.decision.id)
    assert [path for path in Path(app.config["EVIDENCE_URL"]).rglob("*") if path.is_file()] == []


def test_another_copy_needs_its_reason_and_the_first_is_kept_for_the_staff(desk, page, sign_in):
    first, second = (papers.signed(papers.paper(desk.words())) for _ in range(2))
    desk.send(first)
    for more, sentence in (
        ({}, "Hãy ghi lý do thay bản đã gắn."),
        ({"reason": "x", "content": first}, "Tệp này chính là bản đang gắn."),
    ):
        answer = page(desk.send(more.pop("content", second), **more))
        assert answer.status == HTTPStatus.UNPROCESSABLE_ENTITY
        assert sentence in answer.one(".error-summary")
    desk.send(second, "Bản đúng.pdf", reason="Bản trước thiếu dấu")
    told = card(page(desk.browser.get(desk.page)))
    assert told.index("Bản đúng.pdf") < told.index("Bản đã thay")
    assert "thay vì: Bản trước thiếu dấu" in told
    newest, oldest = copies_of(desk.decision.id)
    assert desk.browser.get(f"{desk.page}/signed-copy/{oldest.id}").data == first
    reader = sign_in(build.user(Role.UNIT_HEAD, at=build.unit()))
    desk.publish()
    assert [
        reader.get(f"{desk.page}/signed-copy/{row.id}").status_code for row in (newest, oldest)
    ] == [HTTPStatus.OK, HTTPStatus.NOT_FOUND]
    assert "Bản đã thay" not in card(page(reader.get(desk.page)))


def test_it_is_checked_again_by_the_roots_and_the_record_of_today(desk, page, trust):
    desk.send(papers.signed(papers.paper(desk.words())))
    desk.browser.post(
        f"{desk.page}/signature",
        data={"number": "47", "symbol": "QĐ-SCT", "signed_on": "28/04/2021", "reason": "ghi nhầm"},
    )
    assert "Bản ghi việc ký đã sửa sau lần kiểm tra này." in card(page(desk.browser.get(desk.page)))
    trust()
    answer = desk.browser.post(f"{desk.page}/signed-copy/check")
    assert answer.status_code == HTTPStatus.SEE_OTHER
    told = card(page(desk.browser.get(desk.page)))
    assert "chữ ký nguyên vẹn, chứng thư tin cậy" in told
    assert "trong tệp không thấy: số 47/QĐ-SCT" in told
    assert "Bản ghi việc ký đã sửa" not in told


def test_the_scan_that_came_with_the_signature_is_taken_where_it_is_a_pdf(
    field, drafted, sign_in, page
):
    decision = drafted()
    browser = sign_in(build.user(Role.SECRETARIAT))
    address = f"/campaigns/{field.campaign.id}/decisions/{decision.id}"
    names = [line.name for line in decisions.lines_of(decision.id)]
    document = papers.signed(papers.paper(papers.decision_words(names=names)))
    browser.post(
        f"{address}/sign",
        data={
            "number": "45",
            "signed_on": "28/04/2021",
            "scan": (io.BytesIO(document), "Quyết định.pdf"),
        },
    )
    offered = page(browser.get(f"{address}/signed-copy"))
    assert "Tệp “Quyết định.pdf” đã kèm khi ghi việc ký cũng là PDF." in offered.one("main")
    taken = f"{address}/signed-copy/from-scan"
    assert browser.post(taken).status_code == HTTPStatus.SEE_OTHER
    (row,) = copies_of(decision.id)
    assert row.examination.verdict is Verdict.UNASKED
    assert row.storage_key != decision.scan_key
    assert browser.get(f"{address}/signed-copy/{row.id}").data == document
    assert browser.post(taken).status_code == HTTPStatus.NOT_FOUND


def test_a_draft_has_no_signed_copy(field, drafted, sign_in):
    draft = drafted()
    browser = sign_in(build.user(Role.DIRECTOR))
    page = f"/campaigns/{field.campaign.id}/decisions/{draft.id}/signed-copy"
    assert [browser.get(page).status_code, browser.post(f"{page}/check").status_code] == [
        HTTPStatus.NOT_FOUND
    ] * 2
