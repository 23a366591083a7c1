"""Tệp Office gửi kèm: what it is, is told by a process of its own, or it is refused."""

import io
import zipfile

import pytest

from campaign.files import storage

TYPES = "[Content_Types].xml"


def _package(*names, content=b""):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, content)
    return made


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        ((TYPES, "word/document.xml"), storage.WORD),
        ((TYPES, "word/document2.xml"), storage.WORD),
        ((TYPES, "xl/workbook22.xml"), storage.EXCEL),
        ((TYPES, "xl/workbook.xml"), storage.EXCEL),
    ],
)
def test_word_and_excel_are_known_by_their_parts(app, names, kind):
    assert storage.keep(io.BytesIO(_package(*names).getvalue()), limit=10**8).media_type == kind


@pytest.mark.parametrize(
    ("made", "sentence"),
    [
        (
            lambda: io.BytesIO(b"PK\x03\x04 nothing"),
            "Tệp Word hoặc Excel này bị hỏng, không mở được.",
        ),
        (
            lambda: _package(TYPES, "word/document.xml", "word/VBAProject.bin"),
            "Tệp có macro; hãy lưu lại thành .docx hoặc .xlsx không có macro.",
        ),
        (lambda: _package("a.txt"), "Tệp nén này không phải Word (.docx) hay Excel (.xlsx)."),
        (
            lambda: _package(*(f"{number}" for number in range(5_001))),
            "Tệp nén này mở ra quá lớn.",
        ),
        (
            lambda: _package(
                TYPES,
                "word/document.xml",
                *(f"{number}" for number in range(4)),
                content=b"\0" * 60 * 1024 * 1024,
            ),
            "Tệp nén này mở ra quá lớn.",
        ),
    ],
)
def test_what_is_neither_or_may_harm_is_refused(app, made, sentence):
    with pytest.raises(storage.FileRefused) as refusal:
        storage.keep(io.BytesIO(made().getvalue()), limit=10**8)
    assert str(refusal.value) == sentence
