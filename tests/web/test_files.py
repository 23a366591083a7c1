"""Stored files leave under a name that every system takes."""

from io import BytesIO

import pytest

from campaign.core.text import named_by_content
from campaign.web.files import EXCEL, send_stored


@pytest.mark.parametrize(
    ("name", "media_type", "called"),
    [
        ("Báo cáo.exe", "application/pdf", "Báo cáo.pdf"),
        ("Báo cáo.PDF", "application/pdf", "Báo cáo.PDF"),
        ("anh.jpeg", "image/jpeg", "anh.jpeg"),
        ("anh.png", "image/jpeg", "anh.jpg"),
        ("a.pdf.html", "application/pdf", "a.pdf"),
        ("x", "image/webp", "x.webp"),
        ("Quyết định 12.2021", "application/pdf", "Quyết định 12.2021.pdf"),
        (".html", "image/png", "tep.png"),
        ("sheet.js", EXCEL, "sheet.xlsx"),
        ("x.txt", "text/plain", "x.txt"),
    ],
)
def test_a_stored_name_gets_the_ending_of_its_content(name, media_type, called):
    assert named_by_content(name, media_type) == called


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("xep-hang.xlsx", "attachment; filename=xep-hang.xlsx"),
        (
            "Lượt 1: Đà Bắc.docx",
            'attachment; filename="Luot 1 - Da Bac.docx"; '
            "filename*=UTF-8''L%C6%B0%E1%BB%A3t%201%20-%20%C4%90%C3%A0%20B%E1%BA%AFc.docx",
        ),
        ("数.pdf", "attachment; filename=\"_.pdf\"; filename*=UTF-8''%E6%95%B0.pdf"),
    ],
)
def test_a_download_is_named_in_vietnamese_and_for_those_who_cannot_read_it(app, name, header):
    with app.test_request_context():
        answer = send_stored(BytesIO(b"x"), name=name, media_type="text/plain")
    assert answer.headers["Content-Disposition"] == header
