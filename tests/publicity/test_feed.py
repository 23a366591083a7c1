"""The Atom feed tells of the posts that are out, and of nothing else."""

from datetime import UTC, date, datetime

from lxml import etree

from campaign.extensions import db
from campaign.publicity.models import Post, PostVersion
from campaign.web import clock
from tests import build

ATOM = "{http://www.w3.org/2005/Atom}"


def test_a_feed_holds_what_is_out_with_when_it_was_corrected(app, client, monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: date(2021, 4, 10))
    monkeypatch.setitem(app.config, "PUBLIC_URL", "https://thidua.example")
    posts = [
        Post(title=title, body="# Một <b> & hai", published_on=day, withdrawn_on=until)
        for title, day, until in (
            ("Đã đăng", date(2021, 4, 1), None),
            ("Hẹn đăng", date(2021, 4, 11), None),
            ("Đã gỡ", date(2021, 4, 2), date(2021, 4, 9)),
            ("Mới đăng", date(2021, 4, 10), None),
        )
    ]
    db.session.add_all(posts)
    db.session.flush()
    db.session.add(
        PostVersion(
            post_id=posts[0].id,
            title="Đã đăng",
            body="Cũ",
            source="",
            reason="sai chữ",
            at=datetime(2021, 4, 5, 3, tzinfo=UTC),
            by_id=build.user().id,
        )
    )
    db.session.commit()
    answer = client.get("/posts/atom")
    assert "#" not in answer.get_data(as_text=True)
    assert answer.mimetype == "application/atom+xml"
    feed = etree.fromstring(answer.get_data())
    assert [
        tuple(entry.findtext(f"{ATOM}{name}") for name in ("title", "id", "published", "updated"))
        for entry in feed.findall(f"{ATOM}entry")
    ] == [
        (
            "Mới đăng",
            f"https://thidua.example/posts/{posts[3].id}",
            "2021-04-10T00:00:00+07:00",
            "2021-04-10T00:00:00+07:00",
        ),
        (
            "Đã đăng",
            f"https://thidua.example/posts/{posts[0].id}",
            "2021-04-01T00:00:00+07:00",
            "2021-04-05T10:00:00+07:00",
        ),
    ]
    assert feed.findtext(f"{ATOM}updated") == "2021-04-10T00:00:00+07:00"
    assert feed.find(f"{ATOM}entry").findtext(f"{ATOM}content") == "Một <b> & hai"
