"""A consent that is withdrawn: name, story and picture leave every public address at once."""

import io
import zipfile
from http import HTTPStatus

import pytest
from sqlalchemy import select

from campaign.core.permissions import Role
from campaign.decision.rules import DecisionState
from campaign.exemplars.stories.models import ExemplarPicture
from campaign.extensions import db
from campaign.planning.rules import Phase
from campaign.publicity.models import Post, Theme, ThemeExemplar
from tests import build
from tests.build.base import saved
from tests.exemplars.pictures import picture
from tests.exemplars.test_stories import CONSENT, FORM, Told
from tests.shape.access import ACCESS

TELLING = {
    "/",
    "/api/v1/campaigns/<campaign>/examples",
    "/api/v1/campaigns/<campaign>/package/json",
    "/api/v1/campaigns/<campaign>/package/zip",
    "/public/campaigns/<campaign>",
    "/public/campaigns/<campaign>/exemplars",
    "/public/campaigns/<campaign>/exemplars/<exemplar>",
    "/public/campaigns/<campaign>/exemplars/pictures/<picture>",
    "/search",
    "/themes/<theme>",
}


@pytest.fixture
def told(app, sign_in, client):
    """A story with a picture that is published, a theme and a post beside it."""
    told = Told(sign_in, client)
    told.row.name = "Tổ Kín Tiếng"
    told.send(**CONSENT, file=(picture(), "anh.jpg"), alt="Tổ đang họp")
    told.editor.post(f"{told.at}/publish")
    post = saved(
        Post(campaign_id=told.campaign.id, title="Bài", body="Bài viết", published_on=build.TODAY)
    )
    theme = saved(Theme(campaign_id=told.campaign.id, name="Chủ đề"))
    saved(ThemeExemplar(theme_id=theme.id, exemplar_id=told.row.id))
    told.places = {
        "campaign": told.campaign.id,
        "exemplar": told.row.id,
        "picture": db.session.scalars(select(ExemplarPicture.id)).one(),
        "post": post.id,
        "theme": theme.id,
        "attachment": 1,
        "role": "unit-officer",
        "token": "x",
    }
    db.session.commit()
    return told


def _public():
    return sorted(
        line.removeprefix("GET ")
        for line, right in ACCESS.items()
        if right == "public" and line.startswith("GET ")
    )


def _tells(told, browser, address):
    """Whether it tells of the example: its name, its story, its picture or the words of it."""
    at = address
    for name, value in told.places.items():
        at = at.replace(f"<{name}>", str(value))
    answer = browser.get(at, query_string={"q": "kin tieng"} if at == "/search" else None)
    words = (told.row.name, FORM["title"], FORM["body"], "Tổ đang họp")
    if answer.mimetype.startswith("image/"):
        return "/exemplars/" in at and answer.status_code == HTTPStatus.OK
    text = _unpacked(answer.data) if answer.mimetype == "application/zip" else answer.text
    return any(word in text for word in words)


def _unpacked(content):
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return "\n".join(package.read(name).decode() for name in package.namelist())


def test_no_public_address_tells_of_whom_withdrew_the_consent(told, sign_in):
    stranger = sign_in(build.user(Role.UNIT_HEAD, at=told.units[1]))
    told.campaign.phase, told.campaign.published_at = Phase.PUBLISHED, build.NOW
    db.session.commit()
    browsers = (told.visitor, stranger)
    for browser in browsers:
        assert {at for at in _public() if _tells(told, browser, at)} == TELLING
    home = f"/public/campaigns/{told.campaign.id}"
    tag = told.visitor.get(home).headers["ETag"]
    told.editor.post(f"{told.at}/withdraw")
    for browser in browsers:
        assert [at for at in _public() if _tells(told, browser, at)] == []
    again = told.visitor.get(home, headers={"If-None-Match": tag})
    assert again.status_code == HTTPStatus.OK


def test_a_story_tells_of_awards_once_the_results_are_public(told, page):
    kind = build.award_kind(told.campaign)
    row = build.nominee(told.campaign, of=told.entries[0], kind=kind, exemplar_id=told.row.id)
    signed = build.decision(
        told.campaign,
        state=DecisionState.SIGNED,
        number="7",
        signed_on=build.TODAY,
        signed_at=build.NOW,
    )
    build.decision_line(signed, nominee=row, kind=kind)
    db.session.commit()
    assert "Đã được khen thưởng" not in page(told.seen(f"/{told.row.id}")).one("main")
    told.campaign.phase, told.campaign.published_at = Phase.PUBLISHED, build.NOW
    db.session.commit()
    assert "Giấy khen, quyết định số 07/QĐ-SCT" in page(told.seen(f"/{told.row.id}")).one("main")
    results, link = f"/results/{told.campaign.id}", f"{told.public}/{told.row.id}"
    assert link in page(told.visitor.get(results)).links()
    told.editor.post(f"{told.at}/withdraw")
    assert link not in page(told.visitor.get(results)).links()
