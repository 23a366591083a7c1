"""Stories of good examples: with consent or not at all, and pictures that tell no more than they
show.
"""

import io
from http import HTTPStatus

import pytest
from sqlalchemy import select

from campaign.core.errors import RuleViolation
from campaign.exemplars.stories.models import ExemplarPicture, ExemplarStory
from campaign.extensions import db
from campaign.papers.pictures import drawn_anew
from tests.exemplars.pictures import JPEG, picture
from tests.exemplars.test_views import Register

FORM = {"title": "Gương Tổ khuyến công", "body": "Tổ đã giảm một nửa thời gian."}
CONSENT = {"consent_on": "01/05/2021", "consent_paper": "Đơn ngày 01/05/2021"}


class Told(Register):
    """An example, its editor, and a visitor."""

    def __init__(self, sign_in, client):
        super().__init__()
        self.row, self.visitor = self.have(), client
        self.editor = sign_in(self.secretary)
        self.at = f"{self.address}/{self.row.id}/story"
        self.public = f"/public/campaigns/{self.campaign.id}/exemplars"

    def send(self, **more):
        return self.editor.post(self.at, data={**FORM, **more})

    def seen(self, address=""):
        return self.visitor.get(f"{self.public}{address}")


@pytest.fixture
def told(app, sign_in, client):
    return Told(sign_in, client)


def test_a_story_is_told_with_consent_and_leaves_at_once_when_it_is_withdrawn(told, page):
    told.send(file=(picture(), "anh.jpg"), alt="Tổ đang họp")
    story = f"/{told.row.id}"
    told.editor.post(f"{told.at}/publish")
    assert told.seen(story).status_code == HTTPStatus.NOT_FOUND
    told.send(**CONSENT)
    told.editor.post(f"{told.at}/publish")
    shown = page(told.seen(story))
    (image,) = shown.tree.cssselect("main img")
    assert (shown.one("h1"), image.get("alt")) == ("Gương Tổ khuyến công", "Tổ đang họp")
    assert page(told.seen()).all("main h2") == ["Gương Tổ khuyến công"]
    assert page(told.visitor.get("/search?q=to khuyen cong")).all("main li a") == [
        "Gương Tổ khuyến công"
    ]
    there = told.visitor.get(image.get("src"))
    assert (there.status_code, there.data[:4]) == (HTTPStatus.OK, b"\x89PNG")
    assert there.headers["Cache-Control"] == "private, no-store"
    told.editor.post(f"{told.at}/withdraw")
    assert page(told.seen()).all("main h2") == ["Chưa có gương điển hình nào được đăng"]
    assert page(told.visitor.get("/search?q=to khuyen cong")).all("main li a") == []
    for gone in (f"{told.public}{story}", image.get("src")):
        assert told.visitor.get(gone).status_code == HTTPStatus.NOT_FOUND
    told.editor.post(f"{told.at}/publish")
    assert told.seen(story).status_code == HTTPStatus.NOT_FOUND
    told.send(**CONSENT | {"consent_paper": "Đơn ngày 20/05/2021"})
    told.editor.post(f"{told.at}/publish")
    assert told.seen(story).status_code == HTTPStatus.OK


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"title": ""}, "Hãy ghi tiêu đề."),
        ({"consent_on": "01/05/2021"}, "Việc đồng ý cần cả ngày và văn bản."),
        (CONSENT | {"consent_on": "01/01/2099"}, "Ngày đồng ý không thể ở tương lai."),
    ],
)
def test_what_is_wrong_stands_beside_its_field(told, page, change, sentence):
    answer = told.send(**change)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert page(answer).all(".field__error") == [sentence]
    assert db.session.scalars(select(ExemplarStory)).all() == []


def test_a_picture_needs_its_words_and_must_be_one(told, page):
    without = told.send(file=(picture(), "anh.jpg"))
    assert page(without).all(".field__error") == [
        "Hãy ghi lời tả ảnh cho người không xem được ảnh."
    ]
    no_picture = told.send(file=(io.BytesIO(b"%PDF-1.7"), "anh.jpg"), alt="Tổ đang họp")
    assert page(no_picture).all(".field__error") == [
        "Chỉ nhận ảnh PNG, JPEG, WebP; tệp này không đúng định dạng hoặc bị hỏng."
    ]
    assert db.session.scalars(select(ExemplarPicture)).all() == []


def test_a_picture_is_taken_off_its_story(told):
    told.send(file=(picture(), "anh.jpg"), alt="Tổ đang họp")
    row = db.session.scalars(select(ExemplarPicture)).one()
    told.editor.post(f"{told.at}/pictures/{row.id}/remove")
    assert db.session.scalars(select(ExemplarPicture)).all() == []


def test_a_picture_is_drawn_upright_and_says_nothing_of_where_it_was_taken():
    assert b"Bi mat GPS" in JPEG
    drawn = drawn_anew(picture())
    assert (int.from_bytes(drawn[16:20]), int.from_bytes(drawn[20:24])) == (4, 8)
    kinds, at = [], 8
    while at < len(drawn):
        kinds.append(drawn[at + 4 : at + 8])
        at += 12 + int.from_bytes(drawn[at : at + 4])
    assert set(kinds) <= {b"IHDR", b"pHYs", b"IDAT", b"IEND"}
    assert b"Bi mat" not in drawn


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + (10_000).to_bytes(4) * 2 + bytes(9),
            "Ảnh có quá nhiều điểm ảnh (trên 40 triệu). Hãy thu nhỏ rồi gửi lại.",
        ),
        (JPEG[:150], "Chỉ nhận ảnh PNG, JPEG, WebP; tệp này không đúng định dạng hoặc bị hỏng."),
        (bytes(15 * 1024 * 1024 + 1), "Ảnh lớn hơn 15 MB."),
    ],
)
def test_what_is_too_large_or_broken_is_refused(content, sentence):
    with pytest.raises(RuleViolation) as refused:
        drawn_anew(io.BytesIO(content))
    assert str(refused.value) == sentence


def test_the_public_pages_name_the_newest_stories_until_consent_is_withdrawn(told, page):
    told.send(**CONSENT)
    told.editor.post(f"{told.at}/publish")
    addresses = ("/", f"/public/campaigns/{told.campaign.id}")
    for address in addresses:
        assert FORM["title"] in page(told.visitor.get(address)).one("main")
    told.editor.post(f"{told.at}/withdraw")
    for address in addresses:
        assert FORM["title"] not in page(told.visitor.get(address)).one("main")
