"""Evidence: known by its content, limited, hashed, and handed only to those for whom it exists."""

import io
import sqlite3
import zipfile
from contextlib import closing
from datetime import date, timedelta
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path

import pytest
from lxml import html

from campaign import database
from campaign.core.permissions import Role
from campaign.council import actions as council
from campaign.council.rules import RecusalOrigin
from campaign.demo.files import word_file
from campaign.extensions import db
from campaign.files import storage
from campaign.files.storage import EXCEL, WORD, FileRefused
from campaign.reporting import actions
from campaign.reporting.evidence import actions as evidence
from campaign.reporting.evidence import queries
from tests import build
from tests.worlds import AT, PDF, World

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 64
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\x00" * 64
LIMITS = (1000, 2500)


def _zip(**members):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return stream.getvalue()


SHEET = _zip(**{"[Content_Types]_dot_xml": "<Types/>", "xl__workbook_dot_xml": "<workbook/>"})
MACRO = _zip(
    **{
        "[Content_Types]_dot_xml": "<Types/>",
        "word__document_dot_xml": "<w/>",
        "word__vbaProject_dot_bin": "x",
    }
)
OTHER_ZIP = _zip(readme_dot_txt="chào")


@pytest.fixture
def world(app):
    return World()


def _attach(world, content, name="Báo cáo.pdf", limits=LIMITS):
    return evidence.attach(
        world.report,
        storage.keep(io.BytesIO(content), limit=limits[0]),
        name,
        criterion_id=world.criterion.id,
        indicator_id=None,
        report_limit=limits[1],
        by=world.officer,
        at=AT,
    )


def _files(app):
    return [path for path in Path(app.config["EVIDENCE_URL"]).rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (PDF, "application/pdf"),
        (PNG, "image/png"),
        (JPEG, "image/jpeg"),
        (SHEET, EXCEL),
        (word_file("Chào").getvalue(), WORD),
    ],
)
def test_a_file_is_known_by_its_content_and_kept_with_its_hash(world, content, media_type):
    row = _attach(world, content, "tên gì cũng được.exe", (5000, 5000))
    assert (row.media_type, row.size, row.sha256) == (
        media_type,
        len(content),
        sha256(content).hexdigest(),
    )


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Tệp rỗng"),
        (b"MZ\x90\x00 chuong trinh", "Chỉ nhận tệp PDF"),
        (b"<html><script>", "Chỉ nhận tệp PDF"),
        (OTHER_ZIP, "không phải Word"),
        (b"PK\x03\x04 hong", "bị hỏng"),
        (PDF + b"0" * 1000, "Tệp lớn hơn"),
    ],
)
def test_a_refused_file_says_why_and_leaves_nothing_behind(app, world, content, sentence):
    with pytest.raises(FileRefused, match=sentence):
        _attach(world, content)
    assert _files(app) == []


def test_a_document_with_macros_is_refused(app, world):
    with pytest.raises(FileRefused, match="Tệp có macro"):
        _attach(world, MACRO, limits=(5000, 5000))
    assert _files(app) == []


def test_a_report_holds_so_many_bytes_and_no_more(app, world):
    for number in range(2):
        _attach(world, PDF + bytes(900 + number))
    with pytest.raises(FileRefused, match="Minh chứng của báo cáo vượt"):
        _attach(world, PDF + bytes(910))
    assert len(_files(app)) == 2


def test_the_same_file_twice_in_one_place_is_refused(world):
    _attach(world, PDF, "Lần một.pdf")
    with pytest.raises(FileRefused, match="Tệp này đã được gắn ở đây, tên “Lần một.pdf”"):
        _attach(world, PDF, "Lần hai.pdf")


def test_one_file_stands_at_several_places_and_is_stored_and_counted_once(app, sign_in, page):
    world = World(due_on=date(2099, 1, 1), locks_on=date(2099, 1, 2))
    row = _attach(world, PDF, "Bằng khen.pdf")
    db.session.commit()
    browser = sign_in(world.officer)
    report = f"/campaigns/{world.campaign.id}/reports/{world.report.id}"
    at = f"{report}/evidence/{row.id}/share"
    assert at in page(browser.get(report)).links()
    refused = page(browser.post(at, data={"place": [f"e-{world.criterion.id}", "e-999"]}))
    assert (refused.status, refused.one("#place-error")) == (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "Hãy chọn ít nhất một mục chưa có tệp này.",
    )
    indicator = world.demands.indicators[0].id
    places = {"place": ["all", f"v-{indicator}", f"e-{world.criterion.id}"]}
    assert browser.post(at, data=places).status_code == HTTPStatus.SEE_OTHER
    assert len(page(browser.get(report)).all(".files li")) == 3
    assert len(_files(app)) == 1
    assert queries.evidence_size(world.report.id) == len(PDF)
    browser.post(f"{report}/evidence/{row.id}/remove")
    assert queries.evidence_size(world.report.id) == len(PDF)
    assert browser.get(at).status_code == HTTPStatus.NOT_FOUND


def test_the_same_content_sent_to_another_place_is_stored_once_and_fits(app, world):
    _attach(world, PDF)
    row = evidence.attach(
        world.report,
        storage.keep(io.BytesIO(PDF), limit=1000),
        "Tên khác.pdf",
        criterion_id=None,
        indicator_id=None,
        report_limit=len(PDF),
        by=world.officer,
        at=AT,
    )
    assert row.file_name == "Tên khác.pdf"
    assert len(_files(app)) == 1


def _address(world, row):
    return f"/campaigns/{world.campaign.id}/reports/evidence/{row.id}"


def test_only_the_own_unit_has_a_file_before_it_was_submitted(world, sign_in):
    row = _attach(world, PDF, "Sổ theo dõi.pdf")
    answer = sign_in(world.officer).get(_address(world, row))
    assert (answer.status_code, answer.data) == (HTTPStatus.OK, PDF)
    assert "attachment" in answer.headers["Content-Disposition"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    stranger = build.user(Role.UNIT_OFFICER, at=build.unit())
    for other in (world.secretary, stranger):
        assert sign_in(other).get(_address(world, row)).status_code == HTTPStatus.NOT_FOUND


def test_a_submitted_file_is_hidden_from_strangers_and_from_a_member_kept_away(world, sign_in):
    world.fill()
    row = _attach(world, PDF)
    world.submit()
    member, kept_away = build.user(Role.COUNCIL_MEMBER), build.user(Role.COUNCIL_MEMBER)
    build.member(world.campaign, user=member)
    council.recuse(
        world.campaign,
        build.member(world.campaign, user=kept_away),
        world.office.id,
        origin=RecusalOrigin.DECLARED,
        reason="Người thân",
        by=kept_away,
        at=AT,
    )
    seen = {
        name: sign_in(user).get(_address(world, row)).status_code
        for name, user in (
            ("secretary", world.secretary),
            ("member", member),
            ("kept away", kept_away),
            ("stranger", build.user(Role.UNIT_OFFICER, at=build.unit())),
            ("own", world.officer),
        )
    }
    assert seen == {"secretary": 200, "member": 200, "kept away": 404, "stranger": 404, "own": 200}


def test_a_picture_or_pdf_opens_beside_the_page_and_anything_else_is_a_download(world, sign_in):
    files = ((PDF, "Sổ theo dõi.pdf"), (PNG, "Ảnh.png"), (SHEET, "Phụ lục.xlsx"))
    pdf, picture, sheet = (_attach(world, content, name) for content, name in files)
    browser = sign_in(world.officer)
    shown, drawn, kept = (
        browser.get(f"{_address(world, row)}/view") for row in (pdf, picture, sheet)
    )
    assert (shown.status_code, shown.data) == (HTTPStatus.OK, PDF)
    assert (
        shown.headers["Content-Disposition"]
        == "inline; filename=\"So theo doi.pdf\"; filename*=UTF-8''S%E1%BB%95%20theo%20d%C3%B5i.pdf"
    )
    policy = dict(
        rule.strip().partition(" ")[::2]
        for rule in shown.headers["Content-Security-Policy"].split(";")
    )
    assert (policy["default-src"], policy["frame-ancestors"], policy.get("script-src")) == (
        "'none'",
        "'self'",
        None,
    )
    assert policy["sandbox"] == ""
    assert drawn.headers["Content-Security-Policy"] == shown.headers["Content-Security-Policy"]
    assert {row.headers["X-Content-Type-Options"] for row in (shown, drawn, kept)} == {"nosniff"}
    assert kept.headers["Content-Disposition"].startswith("attachment;")
    assert "frame-ancestors 'none'" in kept.headers["Content-Security-Policy"]


def test_nobody_sees_beside_a_page_what_he_may_not_download(world, sign_in):
    row = _attach(world, PDF)
    stranger = build.user(Role.UNIT_OFFICER, at=build.unit())
    for other in (world.secretary, stranger):
        assert (
            sign_in(other).get(f"{_address(world, row)}/view").status_code == HTTPStatus.NOT_FOUND
        )


def test_a_removed_file_leaves_the_report_but_stays_in_the_version_that_held_it(world):
    world.fill()
    row = _attach(world, PDF)
    version = world.submit()
    actions.return_report(
        version, world.report, reason="Sai tệp", due_on=date(2021, 5, 2), by=world.secretary, at=AT
    )
    evidence.remove(row, at=AT)
    db.session.flush()
    assert world.content.evidence == []
    assert [kept["id"] for kept in version.snapshot["evidence"]] == [row.id]


def test_a_file_that_was_removed_keeps_its_moment_when_it_is_removed_again(world):
    row = _attach(world, PDF)
    evidence.remove(row, at=AT)
    evidence.remove(row, at=AT + timedelta(hours=1))
    assert row.removed_at == AT


def test_a_file_above_the_limit_leads_back_to_the_report_with_the_limit(app, sign_in, page):
    world = World(due_on=date(2099, 1, 1), locks_on=date(2099, 1, 2))
    browser, address = (
        sign_in(world.officer),
        f"/campaigns/{world.campaign.id}/reports/{world.report.id}",
    )
    answer = browser.post(
        f"{address}/evidence",
        headers={"Referer": f"http://localhost{address}"},
        data=b"x" * (app.config["MAX_CONTENT_LENGTH"] + 1),
        content_type="multipart/form-data; boundary=x",
    )
    assert (answer.status_code, answer.location) == (HTTPStatus.SEE_OTHER, address)
    assert page(browser.get(address)).all(".flashes p") == [
        "Tệp vừa gửi lớn hơn 20 MB nên không nhận. Hãy chia nhỏ hoặc nén rồi gửi lại."
    ]
    assert _files(app) == []


def test_several_files_are_attached_at_once_and_each_that_is_refused_says_why(app, sign_in, page):
    world = World(due_on=date(2099, 1, 1), locks_on=date(2099, 1, 2))
    browser = sign_in(world.officer)
    address = f"/campaigns/{world.campaign.id}/reports/{world.report.id}"
    answer = browser.post(
        f"{address}/evidence",
        data={
            "criterion_id": "",
            "file": [
                (io.BytesIO(PDF + b"1"), "Một.pdf"),
                (io.BytesIO(PDF + b"1"), "Hai.pdf"),
                (io.BytesIO(PDF + b"3"), "Ba.pdf"),
            ],
        },
    )
    assert answer.status_code == HTTPStatus.SEE_OTHER
    shown = page(browser.get(address))
    assert shown.all(".flashes p") == ["Đã gắn “Một.pdf”.", "Đã gắn “Ba.pdf”."]
    assert shown.all(".cell-error[role=alert]") == [
        "“Hai.pdf” chưa gắn được. Tệp này đã được gắn ở đây, tên “Một.pdf”."
    ]
    assert len(_files(app)) == 2


def test_a_file_that_the_page_sends_itself_is_drawn_at_its_place_and_may_come_twice(app, sign_in):
    world = World(due_on=date(2099, 1, 1), locks_on=date(2099, 1, 2))
    browser = sign_in(world.officer)
    address = f"/campaigns/{world.campaign.id}/reports/{world.report.id}/evidence"

    def send(content, name):
        return browser.post(
            address,
            data={"criterion_id": world.criterion.id, "file": (io.BytesIO(content), name)},
            headers={"Accept": "application/json"},
        )

    for _ in range(2):  # the answer to the first was lost on its way
        said = send(PDF, "Sổ.pdf").get_json()
        drawn = html.fromstring(said["parts"][f"files-e-{world.criterion.id}"])
        assert [
            " ".join(row.text_content().split()[:1]) for row in drawn.cssselect(".files li")
        ] == ["Sổ.pdf"]
        assert "đã có minh chứng" in drawn.text_content()
        assert {"findings", "contents"} <= said["parts"].keys()
        assert {"left", "contents-words"} == said["derived"].keys()
    assert len(_files(app)) == 1
    refused = send(b"MZ", "Virus.pdf")
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert refused.get_json()["error"].startswith("Chỉ nhận tệp PDF")
    assert len(_files(app)) == 1


def test_a_file_is_in_the_store_before_the_lock_of_its_row_and_goes_where_no_row_comes(
    app, sign_in, databases, monkeypatch
):
    monkeypatch.setattr(database, "BUSY_TIMEOUT_MS", 50)
    take_the_lock, stored = database._begin_writing, []

    def begin_writing(connection):
        stored.append(len(_files(app)))
        take_the_lock(connection)

    world = World(due_on=date(2099, 1, 1), locks_on=date(2099, 1, 2))
    _attach(world, PDF)  # before the very first one the database is asked whether the store is new
    browser = sign_in(world.officer)
    address = f"/campaigns/{world.campaign.id}/reports/{world.report.id}/evidence"
    db.session.commit()
    with closing(sqlite3.connect(databases("sqlite").file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        monkeypatch.setattr(database, "_begin_writing", begin_writing)
        answer = browser.post(
            address,
            data={"file": (io.BytesIO(PDF + b"2"), "Sổ.pdf")},
            headers={"Accept": "application/json"},
        )
        other.execute("ROLLBACK")
    assert (answer.status_code, answer.get_json()["error"]) == (
        HTTPStatus.SERVICE_UNAVAILABLE,
        "Hệ thống đang bận. Hãy thử lại sau giây lát.",
    )
    assert (stored, len(_files(app))) == ([2], 1)
