"""What was published is corrected in sight of all; files of a post go with it."""

from datetime import UTC, date, datetime, timedelta
from http import HTTPStatus
from io import BytesIO

import pytest
from sqlalchemy import select

from campaign.core.permissions import Role
from campaign.extensions import db
from campaign.planning.rules import Phase
from campaign.publicity.models import Post, PostFile, PostVersion
from campaign.web import clock
from tests import build
from tests.exemplars.pictures import picture

PDF = b"%PDF-1.7\n%%EOF\n"


@pytest.fixture
def desk(app, sign_in, monkeypatch):
    """A post that is out, and the browser of who writes posts."""
    monkeypatch.setattr(clock, "now", lambda: datetime(2021, 4, 10, 3, tzinfo=UTC))
    campaign = build.campaign(phase=Phase.LAUNCHED)
    post = Post(campaign_id=campaign.id, title="Tin", body="Cũ", published_on=date(2021, 4, 9))
    db.session.add(post)
    db.session.commit()
    office = sign_in(build.user(Role.SECRETARIAT, name="Vũ Thị Thư"))
    return post, office, f"/campaigns/{campaign.id}/posts/{post.id}"


def _sent(page, office, address, **more):
    opened = page(office.get(address)).value("opened")
    return {"opened": opened, "kind": "news", "title": "Tin", "source": "", **more}


def test_a_correction_is_told_with_moment_and_reason_and_the_text_before_is_kept(
    desk, client, page
):
    post, office, address = desk
    sent = _sent(page, office, address, body="Mới", reason="")
    answer = page(office.post(address, data=sent))
    assert answer.one(".field__error") == "Bài đã đăng: hãy ghi lý do sửa, người đọc sẽ thấy."
    assert office.post(address, data={**sent, "reason": "sai số liệu"}).status_code == 303
    shown = page(client.get(f"/posts/{post.id}"))
    assert shown.all(".correction") == ["Đã sửa lúc 10:00 10/04/2021 vì: sai số liệu"]
    assert "Cũ" not in shown.one("article")
    kept = db.session.scalars(select(PostVersion)).one()
    assert (kept.body, kept.reason) == ("Cũ", "sai số liệu")
    assert page(office.get(address)).one("details p.pre") == "Cũ"


def test_what_is_not_out_yet_is_written_without_a_reason(desk, page):
    post, office, address = desk
    post.published_on = date(2021, 4, 11)
    db.session.commit()
    sent = _sent(page, office, address, body="Mới")
    assert office.post(address, data=sent).status_code == HTTPStatus.SEE_OTHER
    assert (post.body, db.session.scalars(select(PostVersion)).all()) == ("Mới", [])


def test_a_file_is_to_be_had_as_long_as_its_post_is_out(desk, client, page):
    post, office, address = desk
    office.post(f"{address}/files", data={"file": (BytesIO(PDF), "Bài.pdf")})
    row = db.session.scalars(select(PostFile)).one()
    file = f"/posts/{post.id}/files/{row.id}"
    assert page(client.get(f"/posts/{post.id}")).all("#files li") == ["Bài.pdf"]
    assert client.get(file).get_data() == PDF
    twin = office.post(f"{address}/files", data={"file": (BytesIO(PDF), "Khác.pdf")})
    assert page(twin).one("#file-error") == (
        "“Khác.pdf” chưa gắn được. Tệp này đã được gắn ở đây, tên “Bài.pdf”."
    )
    for days, status in ((1, HTTPStatus.NOT_FOUND), (0, HTTPStatus.OK)):
        post.published_on = date(2021, 4, 10) + timedelta(days)
        db.session.commit()
        assert client.get(file).status_code == status
        assert office.get(file).status_code == HTTPStatus.OK
    office.post(f"{address}/files/{row.id}/remove")
    assert client.get(file).status_code == HTTPStatus.NOT_FOUND


def test_a_picture_stands_in_its_post_with_words_and_tells_no_place(desk, client, page):
    post, office, address = desk
    without = office.post(f"{address}/files", data={"file": (picture(), "anh.jpg")})
    assert page(without).one("#file-error") == (
        "“anh.jpg” chưa gắn được. Hãy ghi lời tả ảnh cho người không xem được ảnh."
    )
    sent = {"file": (picture(), "anh.jpg"), "alt": "Lễ phát động"}
    office.post(f"{address}/files", data=sent)
    shown = page(client.get(f"/posts/{post.id}"))
    (image,) = shown.tree.cssselect("article img")
    assert (image.get("alt"), shown.all("#files li")) == ("Lễ phát động", [])
    drawn = client.get(image.get("src")).get_data()
    assert (drawn[:4], b"Bi mat GPS" in drawn) == (b"\x89PNG", False)
