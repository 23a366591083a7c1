"""Mẫu văn bản: an official's own template is used, explained when wrong, and can do no harm."""

import io
import zipfile
from http import HTTPStatus

import pytest
from docx import Document

from campaign.audit import queries as audit
from campaign.core.errors import RuleViolation
from campaign.core.permissions import Role
from campaign.extensions import db
from campaign.office import actions
from campaign.office.models import PaperTemplate
from campaign.office.rules import PaperKind
from campaign.office.samples import SAMPLES, described
from campaign.papers.documents import (
    LARGEST_TEMPLATE,
    draw,
    examine,
)
from campaign.units.models import Letterhead
from tests import build, word

SAMPLE = SAMPLES[PaperKind.PLAN]


def _template(*paragraphs):
    document = word.document()
    for words in paragraphs:
        document.add_paragraph(words)
    return word.saved(document)


def _with(part, content, template=None):
    """The template with one more part."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(template or _template("{{ about }}"))) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
        new.writestr(part, content)
    return made.getvalue()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("Về {{ abuot }}", "Không có trường “abuot”. Có phải “about” không?"),
        (
            "Về {{ about",
            "Thẻ bị đứt: thiếu dấu mở {{, {% hoặc dấu đóng }}, %}, hoặc có dấu cách giữa hai dấu.",
        ),
        (
            "Về {{ about + }}",
            "Thẻ {{ about + }} viết chưa đúng. Trong hai dấu ngoặc chỉ ghi tên một trường, như "
            "{{ total }}.",
        ),
        ("{% if about %}Về", "Thẻ “if” chưa được đóng bằng “endif”."),
        ("Về {% endfor %}", "Thẻ {% endfor %} không khớp với thẻ mở nào."),
        (
            "{% include 'x' %}",
            "Thẻ {% include 'x' %} không dùng được; chỉ dùng for, if, else, elif, endfor và endif.",
        ),
        (
            "{% for row in gaols %}{{ row.name }}{% endfor %}",
            "Không có trường “gaols”. Có phải “goals” không?",
        ),
    ],
)
def test_a_fault_is_told_with_the_paragraph_where_it_stands(words, sentence):
    found = examine(_template("Mở đầu", words), SAMPLE).faults
    assert [(fault.place, fault.sentence) for fault in found] == [(words, sentence)]


@pytest.mark.parametrize(
    ("template", "sentence"),
    [
        (b"abc", "Tệp này không phải là văn bản Word"),
        (b"0" * (LARGEST_TEMPLATE + 1), "Tệp mẫu quá lớn: nhiều nhất 3 MB."),
        (_with("word/vbaProject.bin", b"x"), "Mẫu có macro"),
        (_with("word/embeddings/a.bin", b"x"), "đối tượng nhúng"),
        (
            _with("word/extra.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'),
            "khai báo XML không được phép",
        ),
        (
            _with(
                "word/_rels/x.xml.rels",
                b'<Relationships><Relationship Id="a" Type="x/attachedTemplate" '
                b'Target="file:///etc/passwd" '
                b'TargetMode="External"/></Relationships>',
            ),
            "trỏ tới tệp ở nơi khác",
        ),
        (
            _with(
                "word/header9.xml",
                b'<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
                b"<w:instrText>"
                b"INCLUDETEXT /etc/passwd</w:instrText></w:hdr>",
            ),
            "trường lấy nội dung từ tệp khác",
        ),
        (_with("word/big.xml", b"0" * (50 * 1024 * 1024)), "quá lớn nên không mở"),
        (
            _with("a.txt", b"x", _with("word/document.xml", b"x"))[:-40],
            "không phải là văn bản Word",
        ),
    ],
)
def test_a_harmful_file_is_refused(template, sentence):
    with pytest.raises(RuleViolation, match=sentence):
        examine(template, SAMPLE)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("{{ ''.__class__.__mro__ }}", "Mẫu gọi tới thứ không được phép"),
        ("{{ cycler.__init__.__globals__ }}", "Mẫu gọi tới thứ không được phép"),
        ("{{ 'a' * 10 ** 10 }}", "quá nhiều bộ nhớ"),
        (
            "{% for a in 'x' * 99999 %}{% for b in 'x' * 99999 %}{% for c in 'x' * 99999 %}{% "
            "endfor %}{% endfor %}{% endfor %}",
            "chạy quá lâu",
        ),
    ],
)
def test_a_hostile_template_reads_nothing_and_is_stopped(words, sentence):
    with pytest.raises(RuleViolation, match=sentence):
        draw(_template(words), SAMPLE)


def test_what_is_told_of_people_never_becomes_markup():
    drawn = Document(
        io.BytesIO(draw(_template("{{ about }}"), {"about": "<w:p/> & {{ campaign }}"}))
    )
    assert [paragraph.text for paragraph in drawn.paragraphs] == ["<w:p/> & {{ campaign }}"]


def test_the_office_uses_its_own_template_and_returns_to_the_shipped_one(app, sign_in):
    campaign = build.campaign(title="Phong trào thử")
    browser = sign_in(build.user(Role.ADMIN, Role.SECRETARIAT))
    own = _template("Mẫu riêng: {{ campaign }}")

    def draw():
        with browser.get(f"/campaigns/{campaign.id}/papers/plan/{campaign.id}") as answer:
            return [paragraph.text for paragraph in Document(io.BytesIO(answer.data)).paragraphs]

    answer = browser.post(
        "/paper-templates/plan", data={"act": "keep", "file": (io.BytesIO(own), "mau.docx")}
    )
    assert answer.status_code == HTTPStatus.SEE_OTHER
    assert draw() == ["Mẫu riêng: Phong trào thử"]
    with browser.get("/paper-templates/plan/word") as kept:
        assert kept.data == own
    assert browser.post("/paper-templates/plan/restore").status_code == HTTPStatus.SEE_OTHER
    assert "KẾ HOẠCH" in draw()
    assert db.session.query(PaperTemplate).count() == 0


def test_a_template_is_tried_with_real_data_without_being_used(app, sign_in):
    build.campaign(title="Phong trào thật", phase="reporting")
    browser = sign_in(build.user(Role.SECRETARIAT))
    before = audit.head()
    with browser.post(
        "/paper-templates/plan",
        data={"act": "try", "file": (io.BytesIO(_template("{{ campaign }}")), "a.docx")},
    ) as answer:
        assert [paragraph.text for paragraph in Document(io.BytesIO(answer.data)).paragraphs] == [
            "Phong trào thật"
        ]
    with browser.post(
        "/paper-templates/count",
        data={"act": "try", "file": (io.BytesIO(_template("{{ campaign }}")), "a.docx")},
    ) as answer:
        assert [one.text for one in Document(io.BytesIO(answer.data)).paragraphs] == [
            SAMPLES[PaperKind.COUNT]["campaign"]
        ]
    assert (audit.head(), db.session.query(PaperTemplate).count()) == (before, 0)


def test_who_may_not_draw_papers_tries_a_template_on_the_example_alone(app, sign_in):
    build.campaign(title="Phong trào thật", phase="reporting")
    browser = sign_in(build.user(Role.ADMIN))
    with browser.post(
        "/paper-templates/plan",
        data={"act": "try", "file": (io.BytesIO(_template("{{ campaign }}")), "a.docx")},
    ) as answer:
        assert [one.text for one in Document(io.BytesIO(answer.data)).paragraphs] == [
            SAMPLE["campaign"]
        ]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({}, "Hãy chọn tệp mẫu (.docx)."),
        (
            {"file": (io.BytesIO(b"abc"), "a.docx")},
            "Tệp này không phải là văn bản Word (.docx), bị hỏng hoặc có mật khẩu.",
        ),
        (
            {"file": (io.BytesIO(_template("{{ nobody }}")), "a.docx")},
            "Không có trường “nobody”. Ở đoạn: “{{ nobody }}”",
        ),
    ],
)
def test_a_wrong_template_is_explained_and_changes_nothing(app, sign_in, data, sentence):
    browser = sign_in(build.user(Role.ADMIN))
    before = audit.head()
    answer = browser.post("/paper-templates/plan", data=data | {"act": "keep"})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert sentence in answer.get_data(as_text=True)
    assert (audit.head(), db.session.query(PaperTemplate).count()) == (before, 0)


def test_there_is_nothing_to_return_to_where_the_shipped_template_is_in_use(app):
    with pytest.raises(RuleViolation, match="đang dùng mẫu kèm theo"):
        actions.restore_template(PaperKind.PLAN)


def test_the_letterhead_stands_on_every_paper(app, sign_in):
    campaign = build.campaign()
    browser = sign_in(build.user(Role.SECRETARIAT))
    given = {
        "above": "UBND tỉnh",
        "issuer": "Sở Thử",
        "place": "Hà Nội",
        "code": "ST",
        "leader_job": "Giám đốc",
        "leader_name": "Lê Thử",
        "recipients": "- Như trên\nLưu: VT",
    }
    assert (
        browser.post("/paper-templates/letterhead", data=given | {"leader_job": ""}).status_code
        == HTTPStatus.UNPROCESSABLE_ENTITY
    )
    assert (
        browser.post("/paper-templates/letterhead", data=given).status_code == HTTPStatus.SEE_OTHER
    )
    assert db.session.get_one(Letterhead, 1).issuer == "Sở Thử"
    with browser.get(f"/campaigns/{campaign.id}/papers/plan/{campaign.id}") as answer:
        document = Document(io.BytesIO(answer.data))
    head = [
        paragraph.text for cell in document.tables[0].rows[0].cells for paragraph in cell.paragraphs
    ]
    assert {
        "UBND TỈNH",
        "SỞ THỬ",
        "Số:         /KH-ST",
        "Hà Nội, ngày …… tháng …… năm 2021",
    } <= set(head)
    assert {"- Như trên;", "- Lưu: VT."} <= {
        paragraph.text for paragraph in document.tables[-1].rows[0].cells[0].paragraphs
    }


def test_every_field_is_described_with_an_example():
    assert ("about", "Về việc khen thưởng (minh hoạ)") in described(PaperKind.PLAN)
    assert ("row.name", "Khối các phòng") in described(PaperKind.PLAN)
