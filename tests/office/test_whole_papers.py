"""Mẫu sửa trong Word: whatever Word leaves around a tag, the paper is whole, or the place is
named.
"""

import io
import re
import zipfile
from http import HTTPStatus

import pytest
from docx import Document

from campaign.core.errors import RuleViolation
from campaign.core.permissions import Role
from campaign.extensions import db
from campaign.office.field_names import FIELD_NAMES
from campaign.office.models import PaperTemplate
from campaign.office.rules import PaperKind
from campaign.office.samples import SAMPLES
from campaign.papers.documents import Fault, Lack, draw, draw_all, examine, shipped
from tests import build, word

SAMPLE = SAMPLES[PaperKind.DECISION]
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
BY = 'w:id="9" w:author="Trần Thị Mẫu" w:date="2026-11-20T08:00:00Z"'
LOST = (
    "Đoạn này không có trong văn bản lập thử. Trong Word, hãy Chấp nhận mọi thay đổi (Review "
    "→ Accept All), bỏ liên kết, trường và "
    "khung quanh thẻ ở đoạn này rồi gửi lại."
)


def _text(words):
    return f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r>'


def _paragraph(inner):
    return f"<w:p>{inner}</w:p>"


def _template(body):
    """A Word file with this body."""
    return _changed(
        word.saved(word.document()), lambda xml: xml.replace("<w:body>", f"<w:body>{body}", 1)
    )


def _changed(template, change, part="word/document.xml"):
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(template)) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content.decode()).encode() if name == part else content)
    return made.getvalue()


def _words(paper):
    """Every word of a paper, part by part."""
    with zipfile.ZipFile(io.BytesIO(paper)) as package:
        return {
            name: "".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", package.read(name).decode()))
            for name in package.namelist()
            if re.fullmatch(r"word/(document|header\d|footer\d|footnotes|endnotes)\.xml", name)
        }


def _body(paper):
    return [
        paragraph.text for paragraph in Document(io.BytesIO(paper)).paragraphs if paragraph.text
    ]


def _drawn(*paragraphs):
    return _body(draw(_template("".join(paragraphs)), SAMPLE))


def _ends_in(before, after):
    """The tag of the subject in two pieces, the second within what Word puts around it."""
    return lambda xml: re.sub(
        r"(<w:r>(?:<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?<w:t[^>]*>)\{\{ about \}\}</w:t></w:r>",
        rf"\g<1>{{{{ abo</w:t></w:r>{before}<w:r><w:t>ut }}}}</w:t></w:r>{after}",
        xml,
    )


IN_WORD = {
    "a tracked insertion": (f"<w:ins {BY}>", "</w:ins>"),
    "a moved text": (f"<w:moveTo {BY}>", "</w:moveTo>"),
    "a link within the paper": ('<w:hyperlink w:anchor="Muc1">', "</w:hyperlink>"),
    "a content control": (
        '<w:sdt><w:sdtPr><w:alias w:val="Tên"/></w:sdtPr><w:sdtContent>',
        "</w:sdtContent></w:sdt>",
    ),
    "a smart tag": ('<w:smartTag w:uri="urn:x" w:element="place">', "</w:smartTag>"),
    "a custom element": ('<w:customXml w:uri="urn:x" w:element="place">', "</w:customXml>"),
    "a simple field": ('<w:fldSimple w:instr="PAGE">', "</w:fldSimple>"),
    "a field": (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>',
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
    ),
    "a field begun before its end": (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>',
        '<w:r><w:t></w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>',
    ),
    "a remark of a colleague": (
        '<w:commentRangeStart w:id="3"/>',
        '<w:commentRangeEnd w:id="3"/><w:r><w:commentReference w:id="3"/></w:r>',
    ),
    "a deletion": (f"<w:del {BY}><w:r><w:delText>xy</w:delText></w:r></w:del>", ""),
    "a moved away text": (f"<w:moveFrom {BY}><w:r><w:t>xy }}}} {{{{</w:t></w:r></w:moveFrom>", ""),
    "a bookmark and a spelling mark": (
        '<w:bookmarkStart w:id="4" w:name="x"/><w:proofErr w:type="spellStart"/>',
        '<w:bookmarkEnd w:id="4"/>',
    ),
    "an insertion in a link in a content control": (
        f'<w:sdt><w:sdtContent><w:hyperlink w:anchor="a"><w:ins {BY}>',
        "</w:ins></w:hyperlink></w:sdtContent></w:sdt>",
    ),
}


def test_a_tag_that_ends_in_a_tracked_insertion_is_drawn_whole_in_every_shipped_template():
    plain = [shipped(kind.value) for kind in PaperKind]
    changed = [_changed(template, _ends_in(*IN_WORD["a tracked insertion"])) for template in plain]
    assert all(one != other for one, other in zip(plain, changed, strict=True))
    wanted = draw_all(
        [(template, SAMPLES[kind], None) for kind, template in zip(PaperKind, plain, strict=True)]
    )
    drawn = draw_all(
        [(template, SAMPLES[kind], None) for kind, template in zip(PaperKind, changed, strict=True)]
    )
    assert [_words(paper) for paper in drawn] == [_words(paper) for paper in wanted]


def test_whatever_word_puts_around_a_tag_the_decision_is_the_same():
    changed = [_changed(shipped("decision"), _ends_in(*around)) for around in IN_WORD.values()]
    wanted, *drawn = draw_all(
        [(template, SAMPLE, None) for template in (shipped("decision"), *changed)]
    )
    told = {
        name: _words(paper) == _words(wanted) for name, paper in zip(IN_WORD, drawn, strict=True)
    }
    assert told == dict.fromkeys(IN_WORD, True)
    footer = _changed(
        shipped("decision"),
        lambda xml: xml.replace(
            "{{ stamp }}</w:t></w:r>",
            f"{{{{ sta</w:t></w:r><w:ins {BY}><w:r><w:t>mp }}}}</w:t></w:r></w:ins>",
        ),
        "word/footer1.xml",
    )
    assert footer != shipped("decision")
    assert _words(draw(footer, SAMPLE)) == _words(wanted)


@pytest.mark.parametrize(
    "wrapping",
    [
        "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>",
        '<w:customXml w:uri="u" w:element="e">{}</w:customXml>',
    ],
)
def test_a_tag_whose_block_ends_in_a_content_control_is_drawn(wrapping):
    loop = wrapping.format(_paragraph(_text("- {{ line }}")) + _paragraph(_text("{%p endfor %}")))
    assert _drawn(
        _paragraph(_text("{%p for line in recipients %}")), loop, _paragraph(_text("Hết"))
    ) == ["- Như trên;", "- Lưu: VT.", "Hết"]


def test_deleted_words_paragraphs_and_rows_are_not_read():
    deleted = f"<w:del {BY}><w:r><w:delText>{{{{ nobody }}}}</w:delText></w:r></w:del>"
    mark = f"<w:pPr><w:rPr><w:del {BY}/></w:rPr></w:pPr>"
    row = (
        "<w:tr>{}<w:tc><w:tcPr><w:tcW w:w='900' w:type='dxa'/></w:tcPr>"
        + _paragraph("{}")
        + "</w:tc></w:tr>"
    )
    table = (
        "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w='900'/></w:tblGrid>"
        + row.format(f"<w:trPr><w:del {BY}/></w:trPr>", _text("{{ nobody }}"))
        + row.format(f"<w:trPr><w:ins {BY}/></w:trPr>", _text("{{ total }}"))
        + "</w:tbl>"
    )
    template = _template(
        _paragraph(mark + _text("Một ") + deleted) + _paragraph(_text("đoạn {{ total }}")) + table
    )
    assert examine(template, SAMPLE).faults == []
    document = Document(io.BytesIO(draw(template, SAMPLE)))
    assert [paragraph.text for paragraph in document.paragraphs] == ["Một đoạn 1.350.000"]
    assert [[cell.text for cell in row.cells] for row in document.tables[0].rows] == [["1.350.000"]]


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("{% if fund == “quỹ thi đua, khen thưởng” %}Có{% endif %}", "Có"),
        ("{% if fund == ‘quỹ thi đua, khen thưởng’ %}Có{% endif %}", "Có"),
        ("{{ “Số «1” ~ total }}", "Số «11.350.000"),
        ('{{ "“" ~ total ~ "”" }}', "“1.350.000”"),
        ("A {%- if fund -%} B {%- endif -%} C", "ABC"),
        ("A {{- total -}} B", "A1.350.000B"),
        ("{%– if fund –%}Có{% endif %}", "Có"),
        ("{{ total }}{# tổng số tiền #} đồng", "1.350.000 đồng"),
        ("{# ghi chú {{ nobody }} #}{{ total }}{#- hết -#} đồng", "1.350.000đồng"),
        ("{{\u00a0total\u00a0}}\u00a0đồng", "1.350.000\u00a0đồng"),
        ("{%\u00a0if\u00a0fund\u00a0%}Có{% endif %}", "Có"),
        ("{{ to\u00adt\u200bal }}", "1.350.000"),
        ("{{r total }}", "1.350.000"),
        ("{%r if fund %}Có{%r endif %}", "Có"),
        ("{{ lines|length – 1 }}", "1"),
    ],
)
def test_a_tag_as_people_type_it_in_word_is_drawn(words, wanted):
    template = _template(_paragraph(_text(words.replace("&", "&amp;"))))
    assert [(fault.place, fault.sentence) for fault in examine(template, SAMPLE).faults] == []
    assert _body(draw(template, SAMPLE)) == [wanted]


_SPACES = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
TEXT_BOX = (
    f"<w:r><mc:AlternateContent {_SPACES}>"
    '<mc:Choice Requires="wps"><w:drawing><wps:wsp><wps:txbx><w:txbxContent>{0}</w:txbxContent>'
    "</wps:txbx></wps:wsp></w:drawing></mc:Choice>"
    "<mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>{0}</w:txbxContent></v:textbox>"
    "</v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)


def test_text_boxes_are_filled_for_new_and_old_programs_alike():
    inner = _paragraph(
        _text("Tổng {{ to") + f"<w:ins {BY}>" + _text("tal }}") + "</w:ins>"
    ) + "".join(
        _paragraph(_text(words))
        for words in ("{%p for line in recipients %}", "{{ line }}", "{%p endfor %}")
    )
    template = _template(
        _paragraph(_text("Trước ") + TEXT_BOX.format(inner) + _text("sau {{ fund }}"))
    )
    assert examine(template, SAMPLE).faults == []
    assert _words(draw(template, SAMPLE))["word/document.xml"] == (
        "Trước " + "Tổng 1.350.000Như trên;Lưu: VT." * 2 + "sau quỹ thi đua, khen thưởng"
    )


def _with_notes(notes):
    """A template with a part of footnotes."""
    made = io.BytesIO()
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    relation = (
        '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/footnotes" '
        'Target="footnotes.xml"/></Relationships>'
    )
    template = _template(
        _paragraph(_text("{{ total }}") + '<w:r><w:footnoteReference w:id="2"/></w:r>')
    )
    template = _changed(
        template,
        lambda xml: xml.replace(
            "</Types>", f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/></Types>'
        ),
        "[Content_Types].xml",
    )
    template = _changed(
        template,
        lambda xml: xml.replace("</Relationships>", relation),
        "word/_rels/document.xml.rels",
    )
    with zipfile.ZipFile(io.BytesIO(template)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        new.writestr(
            "word/footnotes.xml",
            f'<w:footnotes {W}><w:footnote w:id="2">{notes}</w:footnote></w:footnotes>',
        )
    return made.getvalue()


def test_footnotes_are_filled():
    template = _with_notes(
        _paragraph(_text("Trích từ {{ fu") + f"<w:ins {BY}>" + _text("nd }}") + "</w:ins>")
    )
    assert examine(template, SAMPLE).faults == []
    assert (
        _words(draw(template, SAMPLE))["word/footnotes.xml"] == "Trích từ quỹ thi đua, khen thưởng"
    )


@pytest.mark.parametrize(
    ("body", "place", "sentence"),
    [
        (
            _paragraph(_text("{% if fund %}Có"))
            + "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w='9'/></w:tblGrid><w:tr><w:tc>"
            + _paragraph(_text("quỹ{% endif %}"))
            + "</w:tc></w:tr></w:tbl>",
            "quỹ{% endif %}",
            "Thẻ {% endif %} không đứng cùng cấp với thẻ mở {% if fund %}: cả hai phải ở "
            "cùng một bảng, ô, khung chữ hoặc trong thân văn bản, "
            "và cùng kiểu (p, tr, tc).",
        ),
        (
            _paragraph(_text("Điều 1 {%p if fund %}")) + _paragraph(_text("{%p endif %}")),
            "Điều 1 {% p if fund %}",
            "Thẻ {% p if fund %} phải đứng một mình trong đoạn chứa thẻ, vì cả đoạn ấy không "
            "vào văn bản.",
        ),
        (
            _paragraph(_text("{%tr for row in lines %}")) + _paragraph(_text("{%tr endfor %}")),
            "{% tr for row in lines %}",
            "Thẻ {% tr for row in lines %} chỉ dùng được trong bảng.",
        ),
        (_paragraph(_text("{{ total|tổng }}")), "{{ total|tổng }}", "Không có bộ lọc “tổng”."),
        (_paragraph(_text("{{ fund|safe }}")), "{{ fund|safe }}", "Không có bộ lọc “safe”."),
        (
            _paragraph(_text("{% if total is lớn %}{% endif %}")),
            "{% if total is lớn %}{% endif %}",
            "Không có phép thử “lớn”.",
        ),
        (
            _paragraph(
                _text("{% if fund %}{% for row in lines %}{{ row.nme }}{% endfor %}{% endif %}")
            ),
            "{% if fund %}{% for row in lines %}{{ row.nme }}{% endfor %}{% endif %}",
            "Không có trường “nme”. Có phải “name” không?",
        ),
    ],
)
def test_what_cannot_be_drawn_whole_is_named_with_its_place(body, place, sentence):
    assert examine(_template(body), SAMPLE).faults[0] == Fault(place, sentence)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            "{{ 100 * row.yes // row.no }}",
            "Một thẻ trong mẫu chia cho 0. Hãy thêm điều kiện if trước phép chia.",
        ),
        (
            "{{ 100 % row.no }}",
            "Một thẻ trong mẫu chia cho 0. Hãy thêm điều kiện if trước phép chia.",
        ),
        ("{{ row.yes + row.label }}", "Mẫu không lập được văn bản: một thẻ dùng sai loại giá trị."),
        ("{{ row.label[0:1:0] }}", "Mẫu không lập được văn bản: một thẻ dùng sai loại giá trị."),
        ("{{ row.label() }}", "Mẫu không lập được văn bản: một thẻ dùng sai loại giá trị."),
        ("{{ row.label.__class__.__mro__ }}", "Mẫu gọi tới thứ không được phép."),
        ("{{ row|attr('__class__') }}", "Mẫu gọi tới thứ không được phép."),
        (
            "{{ row.label.encode('x') }}",
            "Mẫu không lập được văn bản: một thẻ dùng sai loại giá trị.",
        ),
        (
            "{{ '%d'|format(row.label) }}",
            "Mẫu không lập được văn bản: một thẻ dùng sai loại giá trị.",
        ),
        ("{{ row.yes.real.x }}", "Không có trường “x”."),
        (
            "{{ '%s'.format_map(row) }}{{ '{0.__class__}'.format(row) }}",
            "Mẫu gọi tới thứ không được phép.",
        ),
    ],
)
def test_whatever_a_template_does_ends_in_one_sentence_with_its_place(words, sentence):
    sample = {"lines": [{"yes": 3, "no": 0, "label": "Phòng"}]}
    paragraph = "{% for row in lines %}" + words + "{% endfor %}"
    escaped = paragraph.replace("&", "&amp;").replace("<", "&lt;")
    assert examine(
        _template(_paragraph(_text("Đầu")) + _paragraph(_text(escaped))), sample
    ).faults == [Fault(paragraph, sentence)]


@pytest.mark.parametrize(
    "words",
    [
        "{{ 9**(9**(9**9)) }}",
        "{{ 'a' * 10**9 }}",
        "{{ ('a' * 10**8)|length }}{{ 'a'|center(10**10) }}",
        "{{ [0] * 10**9 }}",
        "{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}",
        "{{ " + "-" * 20000 + "1 }}",
    ],
)
def test_an_absurd_template_ends_in_a_vietnamese_sentence(words):
    with pytest.raises(RuleViolation) as refusal:
        draw(_template(_paragraph(_text(words))), SAMPLE)
    assert re.search(
        r"Mẫu (?:chạy quá lâu|dùng quá nhiều bộ nhớ|không lập được)|viết chưa đúng|lồng quá sâu",
        str(refusal.value),
    )
    assert not re.search(r"Traceback|File|Error|/|\.py", str(refusal.value).partition(" Ở đoạn")[0])


def test_letters_no_paper_can_hold_are_left_out():
    assert _body(
        draw(_template(_paragraph(_text("Tên: {{ about }}."))), {"about": "A\x00\x0b\ud800\uffffB"})
    ) == ["Tên: AB."]


def test_lines_and_tabs_of_a_value_are_those_of_word():
    drawn = draw(_template(_paragraph(_text("{{ about }}"))), {"about": "A\nB\tC\r\nD"})
    with zipfile.ZipFile(io.BytesIO(drawn)) as package:
        body = package.read("word/document.xml").decode()
    assert re.findall(r"<w:(t|br|tab)\b[^>]*>(\w*)", body)[:7] == [
        ("t", "A"),
        ("br", ""),
        ("t", "B"),
        ("tab", ""),
        ("t", "C"),
        ("br", ""),
        ("t", "D"),
    ]


def test_a_cell_or_box_whose_list_has_no_rows_keeps_a_paragraph():
    cell = "".join(
        _paragraph(_text(words))
        for words in ("{%p for line in recipients %}", "{{ line }}", "{%p endfor %}")
    )
    table = (
        "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol "
        f"w:w='900'/></w:tblGrid><w:tr><w:tc>{cell}</w:tc></w:tr></w:tbl>"
    )
    document = Document(io.BytesIO(draw(_template(table), {"recipients": []})))
    assert [paragraph.text for paragraph in document.tables[0].rows[0].cells[0].paragraphs] == [""]


def _without_total(template):
    """The money article without its sum; the list still has one."""
    return _changed(
        template,
        lambda xml: xml.replace(
            "Tổng số tiền thưởng là {{ total }} đồng", "Tổng số tiền thưởng là  đồng"
        ),
    )


def test_a_field_taken_out_of_a_template_is_named_with_its_place():
    template = _without_total(shipped("decision"))
    assert template != shipped("decision")
    examined = examine(template, SAMPLE, shipped("decision"))
    assert examined.faults == []
    assert examined.lacks == [
        Lack(
            "total",
            "Điều 2. Tổng số tiền thưởng là {{ total }} đồng ({{ total_words }})"
            "{% if fund %}, trích từ {{ fund }}{% endif %}.",
        )
    ]


def test_a_renamed_row_lacks_nothing():
    template = _changed(
        shipped("decision"),
        lambda xml: xml.replace("row in lines", "dong in lines").replace("row.", "dong."),
    )
    assert template != shipped("decision")
    assert examine(template, SAMPLE, shipped("decision")).lacks == []


def test_the_office_is_warned_of_what_its_template_lacks(app, sign_in):
    browser = sign_in(build.user(Role.ADMIN))
    answer = browser.post(
        "/paper-templates/decision",
        data={"act": "keep", "file": (io.BytesIO(_without_total(shipped("decision"))), "mau.docx")},
    )
    assert answer.status_code == HTTPStatus.SEE_OTHER
    words = (
        "tổng số tiền thưởng (total), như ở đoạn “Điều 2. Tổng số tiền thưởng là {{ total }} "
        "đồng ({{ total_words }})"
        "{% if fund %}, trích từ {{ fund }}{% endif %}.”"
    )
    assert db.session.get_one(PaperTemplate, PaperKind.DECISION).lacking == [words]
    page = browser.get("/paper-templates/decision").get_data(as_text=True)
    assert "Mẫu này thiếu 1 nội dung mà mẫu kèm theo có; xem danh sách bên dưới." in page
    assert f"<li>{words}</li>" in page
    assert "thiếu 1 nội dung" in browser.get("/paper-templates/").get_data(as_text=True)
    browser.post(
        "/paper-templates/decision",
        data={"act": "keep", "file": (io.BytesIO(shipped("decision")), "mau.docx")},
    )
    assert db.session.get_one(PaperTemplate, PaperKind.DECISION).lacking == []


def test_a_template_kept_under_an_earlier_version_is_compared_anew(app, sign_in):
    by = build.user(Role.ADMIN)
    db.session.add(
        PaperTemplate(
            kind=PaperKind.DECISION,
            file_name="mau.docx",
            content=_without_total(shipped("decision")),
            sha256="0" * 64,
            at=build.NOW,
            by_id=by.id,
            compared_with="",
        )
    )
    db.session.commit()
    browser = sign_in(by)
    chip, asked = "chưa đối chiếu với mẫu kèm theo mới", "Mẫu kèm theo đã đổi từ khi cơ quan gửi"
    assert chip in browser.get("/paper-templates/").get_data(as_text=True)
    assert asked in browser.get("/paper-templates/decision").get_data(as_text=True)
    answer = browser.post("/paper-templates/decision/compare", follow_redirects=True)
    told = answer.get_data(as_text=True)
    assert "Đã đối chiếu với mẫu kèm theo: mẫu đang dùng thiếu 1 nội dung" in told
    assert ("<li>tổng số tiền thưởng (total), như ở đoạn" in told, asked in told) == (True, False)
    index = browser.get("/paper-templates/").get_data(as_text=True)
    assert ("thiếu 1 nội dung" in index, chip in index) == (True, False)
    refused = browser.post("/paper-templates/plan/compare", follow_redirects=True)
    assert "Loại văn bản này đang dùng mẫu kèm theo." in refused.get_data(as_text=True)


def test_every_field_of_the_shipped_templates_has_a_name():
    empty = _template(_paragraph(_text("Trống")))
    wanted = {
        lack.field
        for kind in PaperKind
        for lack in examine(empty, SAMPLES[kind], shipped(kind.value)).lacks
    }
    assert wanted == set(FIELD_NAMES)
