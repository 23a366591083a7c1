"""A theme of the drive has a page of its own, with its posts and its targets."""

from datetime import date
from http import HTTPStatus

import pytest
from sqlalchemy import select

from campaign.core.permissions import Role
from campaign.exemplars.stories.models import ExemplarStory
from campaign.extensions import db
from campaign.planning.rules import Phase
from campaign.publicity.models import Post, Theme, ThemeExemplar, ThemeIndicator, ThemePost
from campaign.web import clock
from tests import build


@pytest.fixture
def drive(app, monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: date(2021, 4, 10))
    campaign = build.campaign(phase=Phase.REPORTING)
    posts = [
        Post(campaign_id=campaign.id, title=title, body="Bài", published_on=day)
        for title, day in (("Đã đăng", date(2021, 4, 1)), ("Hẹn đăng", date(2021, 4, 11)))
    ]
    db.session.add_all(posts)
    indicators = [build.indicator(campaign, name=name) for name in ("Hộ dùng điện", "Siêu thị")]
    db.session.commit()
    return campaign, posts, indicators


def test_a_theme_is_written_given_to_posts_and_read_by_all(drive, sign_in, client, page):
    campaign, posts, (power, _) = drive
    office, address = sign_in(build.user(Role.SECRETARIAT)), f"/campaigns/{campaign.id}/themes"
    sent = {"name": "Đưa điện về bản", "lead": "Ai cũng có điện.", "indicators": [power.id]}
    assert office.post(address, data=sent).status_code == HTTPStatus.SEE_OTHER
    theme = db.session.scalars(select(Theme)).one()
    for post in posts:
        edit = f"/campaigns/{campaign.id}/posts/{post.id}"
        opened = page(office.get(edit)).value("opened")
        text = {"kind": "news", "title": post.title, "body": post.body, "source": ""}
        office.post(edit, data={**text, "opened": opened, "reason": "", "theme_id": theme.id})
    assert [row.theme_id for row in db.session.scalars(select(ThemePost))] == [theme.id] * 2
    assert page(office.get(address)).all("#themes li") == ["Đưa điện về bản, 2 bài"]
    public = f"/themes/{theme.id}"
    shown = page(client.get(public))
    assert (shown.all(".history a"), shown.all(".leaders span")) == (["Đã đăng"], ["Hộ dùng điện"])
    assert "Ai cũng có điện." in shown.one("main")
    links = page(client.get(f"/posts/{posts[0].id}")).all("article a")
    assert "Chủ đề: Đưa điện về bản" in links
    office.post(f"{address}/{theme.id}/remove")
    assert client.get(public).status_code == HTTPStatus.NOT_FOUND
    assert client.get(f"/posts/{posts[0].id}").status_code == HTTPStatus.OK


def test_a_theme_leads_to_the_stories_of_its_examples_while_they_are_published(
    drive, sign_in, client, page
):
    campaign, _, _ = drive
    clerk = build.user(Role.SECRETARIAT)
    entry = build.participation(campaign, unit=build.unit(), block=build.block(campaign), by=clerk)
    row = build.exemplar(entry, by=clerk, name="Tổ Mẫu")
    story = ExemplarStory(
        exemplar_id=row.id,
        title="Gương Tổ Mẫu",
        body="Làm tốt",
        consent_on=date(2021, 4, 1),
        consent_paper="Đơn",
        published_at=build.NOW,
    )
    db.session.add(story)
    db.session.commit()
    office, address = sign_in(clerk), f"/campaigns/{campaign.id}/themes"
    office.post(address, data={"name": "Điện", "lead": "", "exemplars": [row.id]})
    theme = db.session.scalars(select(Theme)).one()
    assert "Gương Tổ Mẫu" in page(client.get(f"/themes/{theme.id}")).one("main")
    office.post(f"/campaigns/{campaign.id}/exemplars/{row.id}/story/withdraw")
    assert "Tổ Mẫu" not in page(client.get(f"/themes/{theme.id}")).one("main")
    office.post(f"{address}/{theme.id}", data={"name": "Điện", "lead": ""})
    assert db.session.scalars(select(ThemeExemplar)).all() == []


def test_a_name_stands_once_and_targets_are_changed(drive, sign_in, page):
    campaign, _, (power, market) = drive
    office, address = sign_in(build.user(Role.SECRETARIAT)), f"/campaigns/{campaign.id}/themes"
    office.post(address, data={"name": "Điện", "lead": "", "indicators": [power.id]})
    answer = page(office.post(address, data={"name": "Điện", "lead": ""}))
    assert answer.one(".field__error") == "Phong trào đã có chủ đề tên này."
    theme = db.session.scalars(select(Theme)).one()
    opened = page(office.get(f"{address}/{theme.id}")).value("opened")
    sent = {"opened": opened, "name": "Chợ", "lead": "", "indicators": [market.id]}
    assert office.post(f"{address}/{theme.id}", data=sent).status_code == HTTPStatus.SEE_OTHER
    assert db.session.scalars(select(ThemeIndicator.indicator_id)).all() == [market.id]


def test_a_theme_of_a_draft_campaign_is_not_public_and_no_other_campaign_has_it(
    drive, sign_in, client
):
    draft = build.campaign()
    theme = Theme(campaign_id=draft.id, name="Kín", lead="")
    db.session.add(theme)
    db.session.commit()
    assert client.get(f"/themes/{theme.id}").status_code == HTTPStatus.NOT_FOUND
    office = sign_in(build.user(Role.SECRETARIAT))
    other = f"/campaigns/{drive[0].id}/themes/{theme.id}"
    assert office.get(other).status_code == HTTPStatus.NOT_FOUND
