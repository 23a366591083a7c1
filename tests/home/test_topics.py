"""Giải thích các ô khó: a “?” beside the field, and the same with an example on a page of help."""

import re
from pathlib import Path

import pytest

from campaign.core.permissions import Role
from campaign.home.topics import CHAPTERS, topic
from campaign.planning.rules import Phase
from tests import build

TEMPLATES = Path(__file__).parents[2] / "templates"
USED = re.compile(r'(?:help="|explain\("|explain\(\s+")([a-z-]+)"')
MOST_LETTERS = 260


def _used():
    return {
        slug for page in TEMPLATES.rglob("*.html") for slug in USED.findall(page.read_text("utf-8"))
    }


def test_every_topic_stands_beside_a_field_and_is_short():
    rows = [row for chapter in CHAPTERS for row in chapter.topics]
    assert _used() == {row.slug for row in rows}
    assert [row.slug for row in rows if len(row.text) > MOST_LETTERS] == []
    assert topic("quorum").title == "Tỷ lệ có mặt để họp"


def test_the_page_of_topics_is_read_without_signing_in(client, page):
    shown = page(client.get("/help/topics"))
    assert shown.all("main h3") == [row.title for chapter in CHAPTERS for row in chapter.topics]
    assert "Ví dụ: Hội đồng 9 người, 2/3: phải có mặt 6. 80 %: phải có mặt 8." in shown.one(
        "#quorum"
    )
    assert "/help/topics" in page(client.get("/help/")).links("main a")


@pytest.mark.parametrize(
    ("path", "titles"),
    [
        ("settings", ["Tỷ lệ có mặt để họp", "Khi bằng điểm", "Thang điểm"]),
        ("criteria/new", ["Quy tắc tính điểm", "Các số của quy tắc", "Điểm tối đa"]),
        ("indicators/new", ["Chiều đánh giá", "Ước, sơ bộ, chính thức"]),
        ("plan/periods/new", ["Hạn nộp và ngày đóng nhận", "Tiến độ phải đạt đến kỳ"]),
        ("awards/kinds/new", ["Chỉ tiêu khen thưởng", "Bỏ phiếu kín hay công khai"]),
    ],
)
def test_a_hard_field_opens_its_meaning_without_script(app, sign_in, page, path, titles):
    campaign = build.campaign(phase=Phase.DRAFT)
    shown = page(sign_in(build.user(Role.SECRETARIAT)).get(f"/campaigns/{campaign.id}/{path}"))
    marks = shown.all("details.explain > summary")
    assert [title for title in titles if f"? Giải thích: {title}" not in marks] == []
    assert {link.partition("#")[0] for link in shown.links(".explain__text a")} == {"/help/topics"}
