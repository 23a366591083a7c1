"""Chữ của tệp PDF: what can be read on its pages, stamps and signature fields with them."""

import io
from collections.abc import Iterator
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.errors import DependencyError, PyPdfError

from guarded.refusals import refuse

MOST_PAGES = 300
MOST_LETTERS = 400_000
DAMAGED = "Tệp PDF này bị hỏng, không mở được."
LOCKED = "Tệp PDF đặt mật khẩu hoặc bị khoá. Hãy xuất lại bản không khoá rồi gửi."
TOO_MANY_PAGES = f"Tệp PDF có trên {MOST_PAGES} trang. Hãy chỉ gửi bản quyết định."
_ODD = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    PyPdfError,
    TypeError,
    ValueError,
)
"""What a page made otherwise than the format says makes of its reading."""
_HIDDEN = 2
"""The flag of what is neither shown nor printed."""


def words_of(document: bytes) -> tuple[int, str]:
    """Số trang và chữ trên các trang; none of a picture. Raises Refused."""
    try:
        reader = PdfReader(io.BytesIO(document), strict=False)
        if reader.is_encrypted:
            refuse(LOCKED)
        count = len(reader.pages)
    except (DependencyError, *_ODD):
        refuse(DAMAGED)
    if not count:
        refuse(DAMAGED)
    if count > MOST_PAGES:
        refuse(TOO_MANY_PAGES)
    return count, _joined(reader)


def _joined(reader: PdfReader) -> str:
    parts, left = [], MOST_LETTERS
    for page in reader.pages:
        for text in filter(None, _of_page(page)):
            parts.append(text[:left])
            left -= len(parts[-1])
        if left <= 0:
            break
    return "\n".join(parts)


def _of_page(page: PageObject) -> Iterator[str]:
    try:
        yield page.extract_text()
    except _ODD:
        yield ""
    try:
        notes = list(page.get("/Annots", None) or ())
    except _ODD:
        return
    for note in notes:
        try:
            yield _of_note(page, note.get_object())
        except _ODD:
            continue


def _of_note(page: PageObject, note: Any) -> str:
    """What a stamp or a field shows: a number and a day are often put on so."""
    if note.get("/F", 0) & _HIDDEN:
        return ""
    if "/AP" not in note:
        return str(note.get("/Contents", "")) if note.get("/Subtype") == "/FreeText" else ""
    drawn = note["/AP"]["/N"].get_object()
    return page.extract_xform_text(drawn) if "/Subtype" in drawn else ""
