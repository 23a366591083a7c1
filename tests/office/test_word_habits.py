"""Mẫu của nhiều chương trình: files that LibreOffice, a browser or an office's Word wrote are
drawn; what a tag may not give is told with its place and what to do.
"""

import io
import re
import zipfile

import pytest
from docx import Document

from campaign.core.errors import RuleViolation
from campaign.office.rules import PaperKind
from campaign.office.samples import SAMPLES
from campaign.papers.documents import draw, examine, shipped
from tests import word

SAMPLE = SAMPLES[PaperKind.DECISION]
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MS = "http://schemas.microsoft.com/office"
FIELD_WORDS = "Trong hai dấu ngoặc chỉ ghi tên một trường, như {{ total }}."


def _paragraph(words):
    return f'<w:p><w:r><w:t xml:space="preserve">{words}</w:t></w:r></w:p>'


def _template(body, parts=None):
    """A Word file with this body; parts changed by functions, or added."""
    with zipfile.ZipFile(io.BytesIO(word.saved(word.document()))) as package:
        made = {
            name: package.read(name).decode()
            for name in package.namelist()
            if name.endswith((".xml", ".rels"))
        }
    made["_rels/.rels"] = re.sub(r"<Relationship [^>]*thumbnail[^>]*>", "", made["_rels/.rels"])
    made["word/document.xml"] = made["word/document.xml"].replace("<w:body>", f"<w:body>{body}", 1)
    for name, change in (parts or {}).items():
        made[name] = change(made[name]) if callable(change) else change
    return _zipped(made)


def _zipped(parts):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return made.getvalue()


def _related(kind, part):
    """A part more, which the document relates to."""
    relation = f'<Relationship Id="rIdX" Type="{kind}" Target="{part}"/></Relationships>'
    return _template(
        _paragraph("{{ total }}"),
        {
            "word/_rels/document.xml.rels": lambda xml: xml.replace("</Relationships>", relation),
            f"word/{part}": "<a/>",
        },
    )


def _body(paper):
    return [one.text for one in Document(io.BytesIO(paper)).paragraphs if one.text]


def _told(template):
    return [(fault.place, fault.sentence) for fault in examine(template, SAMPLE).faults]


def test_a_template_saved_by_libreoffice_is_drawn():
    theirs = (
        "http://schemas.openxmlformats.org/officedocument/2006/relationships/metadata/"
        "core-properties"
    )
    ours = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
    template = _template(
        _paragraph("{{ total }}"), {"_rels/.rels": lambda xml: xml.replace(ours, theirs)}
    )
    assert theirs.encode() in template
    assert _body(draw(template, SAMPLE)) == ["1.350.000"]


def test_a_template_saved_in_a_browser_is_drawn():
    with zipfile.ZipFile(io.BytesIO(shipped("decision"))) as package:
        parts = {
            name.replace("document.xml", "document2.xml"): package.read(name).replace(
                b"word/document.xml", b"word/document2.xml"
            )
            for name in package.namelist()
        }
    template = _zipped(parts)
    assert _told(template) == []
    assert _body(draw(template, SAMPLE)) == _body(draw(shipped("decision"), SAMPLE))


@pytest.mark.parametrize(
    "kind",
    [
        f"{MS}/2020/10/relationships/intelligence",
        f"{MS}/2020/02/relationships/classificationlabels",
        f"{MS}/2006/relationships/keyMapCustomizations",
        f"{OFFICE}/font",
    ],
)
def test_what_an_offices_word_adds_of_its_own_is_left_out(kind):
    paper = draw(_related(kind, "own.xml"), SAMPLE)
    assert "word/own.xml" not in zipfile.ZipFile(io.BytesIO(paper)).namelist()
    assert _body(paper) == ["1.350.000"]


def test_a_part_nobody_knows_is_told_with_what_to_do():
    with pytest.raises(
        RuleViolation,
        match=r"phần không nhận: “thing”\. Hãy mở tệp trong Word, chọn tất cả \(Ctrl\+A\), chép "
        "sang một văn bản mới",
    ):
        examine(_related("http://x.vn/thing", "x.xml"), SAMPLE)


CELL = "<w:tc><w:tcPr>{}</w:tcPr>" + _paragraph("{{{{ total }}}}") + "</w:tc>"
ROW = "<w:tbl><w:tblPr/>{}<w:tr>{}</w:tr></w:tbl>"
GRID = "<w:tblGrid><w:gridCol w:w='900'/></w:tblGrid>"


@pytest.mark.parametrize(
    "body",
    [
        ROW.format(GRID, CELL.format("<w:vMerge/>")),
        ROW.format(GRID, CELL.format("<w:gridSpan/>")),
        ROW.format(GRID, CELL.format("<w:gridSpan w:val='999999'/>")),
        ROW.format(GRID, CELL.format("<w:tcW w:w='900.5' w:type='dxa'/>")),
        ROW.format("", CELL.format("<w:tcW w:w='50%' w:type='pct'/>")),
    ],
)
def test_a_table_written_oddly_is_drawn(body):
    document = Document(io.BytesIO(draw(_template(body), SAMPLE)))
    assert "1.350.000" in "".join(text.text for text in document.element.body.iter("{*}t"))


@pytest.mark.parametrize(
    "section", ["", "<w:sectPr/>", "<w:sectPr><w:pgSz w:w='11906.5'/></w:sectPr>"]
)
def test_a_file_that_says_nothing_of_its_page_is_drawn(section):
    template = _template(
        _paragraph("{{ total }}"),
        {
            "word/document.xml": lambda xml: re.sub(
                r"<w:sectPr.*?</w:sectPr>", section, xml, flags=re.DOTALL
            )
        },
    )
    assert _body(draw(template, SAMPLE)) == ["1.350.000"]


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("{% If fund %}Có{% End if %}", "Có"),
        ("{% if not fund %}A{% Else If fund %}B{% end if %}", "B"),
        ("{% if fund == ‹quỹ thi đua, khen thưởng› %}Có{% endif %}", "Có"),
        ("{% if fund == ´quỹ thi đua, khen thưởng´ %}Có{% endif %}", "Có"),
        ("{% if fund ≠ “x” %}Có{% endif %}", "Có"),
        ("{% if lines|length ≥ 2 %}Có{% endif %}", "Có"),
        ("{{ 1/4 }}{{ none }}", "0,25"),
        ("{{ 4/2 }} {{ total }} {a; b}", "2 1.350.000 {a; b}"),
    ],
)
def test_tags_as_people_mean_them_are_drawn(words, wanted):
    template = _template(_paragraph(words))
    assert _told(template) == []
    assert _body(draw(template, SAMPLE)) == [wanted]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            "{{ total.upper }}",
            "Thẻ này không cho ra chữ hay số. Hãy ghi tên một trường của mẫu.",
        ),
        (
            "{{ recipients|map('upper') }}",
            "Thẻ này không cho ra chữ hay số. Hãy ghi tên một trường của mẫu.",
        ),
        (
            "{{ lines }}",
            "Thẻ này cho ra cả một danh sách. Hãy dùng thẻ for để ghi từng dòng của danh sách.",
        ),
        (
            "{{ [1, 2] }}",
            "Thẻ này cho ra cả một danh sách. Hãy dùng thẻ for để ghi từng dòng của danh sách.",
        ),
        (
            "{% for row in lines %}{{ row }}{% endfor %}",
            "Thẻ này cho ra cả một dòng. Hãy ghi tên một trường của dòng, ví dụ {{ row.name }}.",
        ),
        (
            "{{ total == fund }}",
            "Thẻ này cho ra đúng hoặc sai, không phải chữ. Hãy dùng thẻ này trong thẻ if.",
        ),
        (
            "{% if total = fund %}Có{% else %}Không{% endif %}",
            "Thẻ {% if total = fund %} viết chưa đúng. Trong thẻ if, so sánh bằng hai dấu “==”.",
        ),
        (
            "{% for row lines %}Có{% endfor %}",
            "Thẻ {% for row lines %} viết chưa đúng. Hãy viết như {% for row in lines %}.",
        ),
        ("{{ total… }}", f"Thẻ {{{{ total… }}}} viết chưa đúng. {FIELD_WORDS}"),
        (
            "Tổng { { total } }",
            "Thẻ bị đứt: thiếu dấu mở {{, {% hoặc dấu đóng }}, %}, hoặc có dấu cách giữa hai dấu.",
        ),
        ("{{ Total }}", "Không có trường “Total”. Có phải “total” không?"),
        ("{{ recipient }}", "Không có trường “recipient”. Có phải “recipients” không?"),
        ("{{ khong_co }}", "Không có trường “khong_co”."),
        ("Tổng {total}", "Thẻ {total} phải có hai dấu ngoặc ở mỗi đầu: {{ total }}."),
    ],
)
def test_what_a_tag_does_wrong_is_one_sentence_with_its_place(words, sentence):
    assert _told(_template(_paragraph(words))) == [(words, sentence)]


@pytest.mark.parametrize("hidden", ["{% raw %}", "{#", "{{", "{% if fund %}", "{{ total + }}"])
def test_a_tag_where_nobody_reads_it_is_refused(hidden):
    mark = f'<w:bookmarkStart w:id="1" w:name="{hidden}"/>'
    template = _template(_paragraph("{{ total }}").replace("<w:p>", f"<w:p>{mark}"))
    assert _told(template) == [
        (
            hidden,
            "Thẻ nằm ở chỗ không hiện thành chữ (tên dấu trang, chữ thay cho hình). Trong Word, "
            "hãy bỏ thẻ ở đó; thẻ chỉ dùng được trong chữ của văn bản.",
        )
    ]


def test_a_paragraph_that_goes_with_its_tag_takes_no_footnote_along():
    note = '<w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    opening = _paragraph("{%p if fund %}").replace("</w:p>", note)
    assert (
        "phải đứng một mình trong đoạn"
        in _told(_template(opening + _paragraph("{%p endif %}")))[0][1]
    )


def test_what_real_data_does_not_have_is_told_with_its_paragraph_when_a_paper_is_drawn():
    template = _template(_paragraph("Thứ hai: {{ lines[1].name }}"))
    assert _told(template) == []
    with pytest.raises(RuleViolation, match="“Thứ hai: {{ lines\\[1\\].name }}”"):
        draw(template, SAMPLE | {"lines": SAMPLE["lines"][:1]})


def test_a_field_that_is_not_taken_is_told_with_its_paragraph():
    field = '<w:fldSimple w:instr="MERGEFIELD Ten"><w:r><w:t>«Ten»</w:t></w:r></w:fldSimple></w:p>'
    with pytest.raises(RuleViolation, match="“MERGEFIELD”.* Ở đoạn: “Kính gửi: «Ten»”"):
        examine(_template(_paragraph("Kính gửi: ").replace("</w:p>", field)), SAMPLE)
