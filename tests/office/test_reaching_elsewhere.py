"""Mẫu trỏ ra ngoài: whatever a template says to fetch, run or embed is refused by name."""

import io
import zipfile

import pytest
from docx import Document

from campaign.core.errors import RuleViolation
from campaign.office.rules import PaperKind
from campaign.office.samples import SAMPLES
from campaign.papers.documents import draw, examine, shipped
from tests import word

SAMPLE = SAMPLES[PaperKind.PLAN]
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _template(body="", changes=None):
    """A Word file with this in its body; parts changed or added by name."""
    document = word.document()
    document.add_paragraph("{{ about }}")
    with zipfile.ZipFile(io.BytesIO(word.saved(document))) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    text = parts["word/document.xml"].decode().replace("<w:body>", f"<w:body>{body}", 1)
    parts["word/document.xml"] = text.encode()
    for name, change in (changes or {}).items():
        parts[name] = change(parts.get(name, b"")) if callable(change) else change
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return made.getvalue()


def _related(kind, target, mode="", quote='"'):
    """A relation more of the document."""
    written = f'<Relationship Id="rIdX" Type="{kind}" Target="{target}"{mode}/></Relationships>'
    written = written.replace('"', quote)
    return _template(
        changes={
            "word/_rels/document.xml.rels": lambda part: part.replace(
                b"</Relationships>", written.encode()
            )
        }
    )


def _field(*pieces):
    """A field whose instruction Word, or somebody, cut into pieces."""
    runs = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces)
    return (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        + runs
        + '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>x</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )


def _simple(instruction, quote='"'):
    return (
        f"<w:p><w:fldSimple w:instr={quote}{instruction}{quote}><w:r><w:t>x</w:t></w:r>"
        "</w:fldSimple></w:p>"
    )


EXTERNAL = ' TargetMode="External"'
ELSEWHERE = {
    "a template kept elsewhere": _related(f"{OFFICE}/attachedTemplate", "file:///a.dotx", EXTERNAL),
    "in other quotes": _related(f"{OFFICE}/attachedTemplate", "file:///a.dotx", EXTERNAL, "'"),
    "with a misleading name": _related(
        f"{OFFICE}/attachedTemplate", "http://x.vn/hyperlink", EXTERNAL + ' Name="/hyperlink"'
    ),
    "in character references": _related(
        f"{OFFICE}/image", "http://x.vn/a.png", ' TargetMode="&#69;xternal"'
    ),
    "with blanks in the attribute": _related(
        f"{OFFICE}/image", "http://x.vn/a.png", ' TargetMode\n=\n"External"'
    ),
    "without a mode": _related(f"{OFFICE}/image", "http://x.vn/a.png"),
    "on a shared folder": _related(f"{OFFICE}/image", "\\\\x.vn\\a.png"),
    "by a path of the protocol": _related(f"{OFFICE}/image", "//x.vn/a.png"),
    "a link": _related(f"{OFFICE}/hyperlink", "https://x.vn/", EXTERNAL),
    "a frame": _related(f"{OFFICE}/frame", "http://x.vn/a.html", EXTERNAL),
    "a picture of a shape": _template(
        '<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml">'
        '<v:imagedata src="http://x.vn/a.png"/></v:shape></w:pict></w:r></w:p>'
    ),
}


@pytest.mark.parametrize("name", list(ELSEWHERE))
def test_what_lies_elsewhere_is_refused(name):
    with pytest.raises(RuleViolation, match="Mẫu trỏ tới tệp ở nơi khác"):
        examine(ELSEWHERE[name], SAMPLE)


FETCHING = {
    "in pieces": _field(" INCLUDE", "TEXT ", '"C:\\\\a.docx"'),
    "letter by letter": _field(*"DDEAUTO", " c:\\\\cmd.exe"),
    "in small letters": _simple("includepicture http://x.vn/a.png"),
    "in other quotes": _simple("INCLUDETEXT a.docx", "'"),
    "in character references": _simple("&#73;NCLUDETEXT a.docx"),
    "in an insertion": _field("INCL").replace(
        "<w:instrText>INCL</w:instrText></w:r>",
        '<w:instrText>INCL</w:instrText></w:r><w:ins w:id="1" w:author="a"><w:r><w:instrText>'
        "UDETEXT a.docx</w:instrText></w:r></w:ins>",
    ),
    "a linked object": _field("LINK Excel.Sheet.12 a.xlsx"),
    "in CDATA": _field("<![CDATA[DDE]]> a b"),
    "around a tag": _simple("DDE {{ about }} b").replace("{{ about }} ", ""),
}


@pytest.mark.parametrize("name", list(FETCHING))
def test_a_field_that_fetches_is_refused_by_its_name(name):
    body = FETCHING[name]
    template = _template(body if body.startswith("<w:p>") else "")
    with pytest.raises(RuleViolation, match="Mẫu có trường lấy nội dung từ tệp khác"):
        examine(template, SAMPLE)


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (_field("HYPERLINK ", '"http://x.vn"'), "trường liên kết ra ngoài"),
        (_field('HYPERLINK "a.docx" \\l "b"'), "trường liên kết ra ngoài"),
        (_field("MACROBUTTON AutoOpen x"), "trường không nhận: “MACROBUTTON”"),
        (_field("MERGEFIELD Ten"), "trường không nhận: “MERGEFIELD”"),
        (_field('"INCLUDETEXT" a'), "trường không nhận"),
        (_field("PAGE {{ about }}"), "Thẻ nằm trong mã của trường"),
        (_field('STYLEREF "http://x.vn"'), "trường trỏ tới nơi khác"),
        (
            _field("PAGE").replace(
                "<w:r><w:instrText>", _field("DATE")[5:-6] + "<w:r><w:instrText>"
            ),
            "trường lồng trong mã của trường khác",
        ),
        ("<w:p><w:r><w:instrText>AUTOTEXT x</w:instrText></w:r></w:p>", "trường không nhận"),
        ('<w:altChunk xmlns:r="x" r:id="rId1"/>', "altChunk"),
        ("<w:p><w:r><w:object/></w:r></w:p>", "đối tượng nhúng"),
        ("<w:p><w:r><w:control/></w:r></w:p>", "ActiveX"),
        ("<w:subDoc/>", "tài liệu con"),
    ],
)
def test_what_is_on_no_list_is_refused_by_name(body, sentence):
    with pytest.raises(RuleViolation, match=sentence):
        examine(_template(body), SAMPLE)


@pytest.mark.parametrize(
    "instruction",
    [
        "PAGE",
        " PAGE   \\* MERGEFORMAT ",
        "NUMPAGES",
        "SECTIONPAGES",
        'DATE \\@ "dd/MM/yyyy"',
        'STYLEREF "Heading 1"',
        'TOC \\o "1-3" \\h \\z \\u',
        'HYPERLINK \\l "_Toc1"',
        "=SUM(ABOVE)",
        "page\\* Arabic",
    ],
)
def test_fields_of_the_paper_itself_are_taken(instruction):
    template = _template(_field(instruction) + _simple(instruction.replace('"', "&quot;")))
    examine(template, SAMPLE)
    assert instruction.strip() in zipfile.ZipFile(io.BytesIO(draw(template, SAMPLE))).read(
        "word/document.xml"
    ).decode().replace("&quot;", '"')


_EMBEDDED = f'<Relationship Id="rIdX" Type="{OFFICE}/aFChunk" Target="a.html"/></Relationships>'


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {
                "word/document.xml": lambda part: (
                    part.decode().replace("UTF-8", "UTF-16").encode("utf-16")
                )
            },
            "bảng mã khác UTF-8",
        ),
        (
            {"word/styles.xml": lambda part: part.decode("utf-8").encode("utf-16-le")},
            "bảng mã khác UTF-8|khai báo XML",
        ),
        ({"word/styles.xml": b'<?xml version="1.0" encoding="UTF-7"?><a/>'}, "bảng mã khác UTF-8"),
        ({"word/styles.xml": b"<!DOCTYPE a SYSTEM 'http://x.vn/a.dtd'><a/>"}, "khai báo XML"),
        (
            {
                "word/document.xml": lambda part: part.replace(
                    b"<w:document", b'<!DOCTYPE a [<!ENTITY b "INCLUDETEXT">]><w:document', 1
                )
            },
            "khai báo XML",
        ),
        ({"word/document.xml": b"<a"}, "bị hỏng"),
        ({"word/vbaProject.bin": b"x"}, "macro"),
        ({"word/VBAPROJECT.BIN": b"x"}, "macro"),
        ({"word/activeX/activeX1.xml": b"<a/>"}, "nhúng"),
        ({"word/Embeddings/a.xlsx": b"x"}, "nhúng"),
        ({"Word/Document.xml": b"<a/>"}, "hai phần trùng tên"),
        (
            {
                "[Content_Types].xml": lambda part: part.replace(
                    b"wordprocessingml.document.main+xml", b"x"
                ).replace(
                    b"application/vnd.openxmlformats-officedocument.x",
                    b"application/vnd.ms-word.document.macroEnabled.main+xml",
                )
            },
            "macro",
        ),
        (
            {
                "word/_rels/document.xml.rels": lambda part: part.replace(
                    b"</Relationships>", _EMBEDDED.encode()
                ),
                "word/a.html": b"<html/>",
            },
            "altChunk",
        ),
        (
            {
                "word/settings.xml": lambda part: part.replace(
                    b"</w:settings>", b"<w:mailMerge><w:query/></w:mailMerge></w:settings>"
                )
            },
            "trộn thư",
        ),
        (
            {
                "word/settings.xml": lambda part: part.replace(
                    b"</w:settings>", b"<w:attachedTemplate/></w:settings>"
                )
            },
            "attachedTemplate",
        ),
        (
            {
                "word/webSettings.xml": lambda part: part.replace(
                    b"</w:webSettings>", b"<w:frameset/></w:webSettings>"
                )
            },
            "frameset",
        ),
    ],
)
def test_parts_that_hide_or_harm_are_refused(changes, sentence):
    with pytest.raises(RuleViolation, match=sentence):
        examine(_template(changes=changes), SAMPLE)


def test_a_picture_must_be_what_it_says():
    relation = (
        f'<Relationship Id="rIdX" Type="{OFFICE}/image" Target="media/a.jpeg"/></Relationships>'
    )
    for content, is_taken in ((b"\xff\xd8\xff\xe0", True), (b"<svg onload='x'/>", False)):
        template = _template(
            changes={
                "word/_rels/document.xml.rels": lambda part: part.replace(
                    b"</Relationships>", relation.encode()
                ),
                "word/media/a.jpeg": content,
            }
        )
        if is_taken:
            examine(template, SAMPLE)
        else:
            with pytest.raises(RuleViolation, match="không phải là hình JPEG"):
                examine(template, SAMPLE)


def test_a_paper_takes_along_no_remarks_data_or_thumbnails():
    with zipfile.ZipFile(io.BytesIO(draw(shipped("plan"), SAMPLE))) as package:
        names = package.namelist()
        relations = "".join(package.read(name).decode() for name in names if name.endswith(".rels"))
    assert [name for name in names if name.startswith(("customXml", "docProps/thumb"))] == []
    assert "External" not in relations


def test_what_a_value_says_never_becomes_a_field():
    told = draw(_template(), {"about": '<w:fldSimple w:instr="DDE a b"/> DDEAUTO {{ x }}'})
    assert [paragraph.text for paragraph in Document(io.BytesIO(told)).paragraphs] == [
        '<w:fldSimple w:instr="DDE a b"/> DDEAUTO {{ x }}'
    ]
