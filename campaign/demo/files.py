"""Tệp diễn tập: small files that open, so that evidence is something to read."""

import io
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.'
    'document.main+xml"/>'
    "</Types>"
)
_LINKS = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Target="word/document.xml" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/>'
    "</Relationships>"
)


def word_file(*paragraphs: str) -> io.BytesIO:
    """Tệp Word with these paragraphs, byte for byte the same each time."""
    body = "".join(f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>" for text in paragraphs)
    document = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f"<w:body>{body}</w:body></w:document>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in (
            ("[Content_Types].xml", _TYPES),
            ("_rels/.rels", _LINKS),
            ("word/document.xml", document),
        ):
            archive.writestr(zipfile.ZipInfo(name, (2021, 4, 28, 8, 0, 0)), text)
    stream.seek(0)
    return stream


_TAKEN_OVER = {"LS": "LT"}
"""Một đơn vị nộp tệp của đơn vị khác: the verifier is told."""


def pdf_file(code: str) -> io.BytesIO:
    """Bảng kê cải cách hành chính: one page that looks the same for every unit; what follows the
    end of the document tells their files apart.
    """
    page = Path(__file__).with_name("evidence.pdf").read_bytes()
    return io.BytesIO(page + f"\n% {_TAKEN_OVER.get(code, code)}\n".encode())
