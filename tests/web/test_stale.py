"""Two who save at the very same instant: the second is answered from what the first has left."""

from http import HTTPStatus

import pytest
from sqlalchemy import text
from sqlalchemy.orm.exc import StaleDataError

from campaign.core.permissions import Role
from campaign.extensions import db
from campaign.planning import actions
from campaign.planning.models import Campaign
from tests import build

pytestmark = pytest.mark.both_databases


@pytest.fixture
def draft(app):
    """A draft campaign."""
    return build.campaign(title="Phong trào thử")


def _typed(page, browser, draft, **changed):
    """What the form of a draft holds, with what is typed over it."""
    opened = page(browser.get(f"/campaigns/{draft.id}/edit"))
    names = ("version", "title", "occasion", "starts_on", "ends_on", "legal_basis", "announcement")
    return {name: opened.value(name) for name in names} | {"organiser_id": "", "rule_set_code": ""} | changed


def _somebody_is_first(monkeypatch, *, title, always=False):
    """While the answer is worked out, another connection saves `title`; SQLite, which has one writer, is told so."""
    real, times = actions.edit_campaign, []

    def edit(campaign, values):
        times.append(values["title"])
        if always or len(times) == 1:
            if db.engine.dialect.name == "postgresql":
                with db.engine.begin() as other:
                    other.execute(text("UPDATE campaign SET title = :title, version = version + 1 WHERE id = :id"),
                                  {"title": f"{title} {len(times)}", "id": campaign.id})
            else:
                raise StaleDataError
        real(campaign, values)

    monkeypatch.setattr(actions, "edit_campaign", edit)
    return times


def test_the_second_sees_both_texts_and_what_he_typed_stays(draft, sign_in, page, monkeypatch):
    browser = sign_in(build.user(Role.SECRETARIAT))
    typed = _typed(page, browser, draft, title="Tên của người sau")
    times = _somebody_is_first(monkeypatch, title="Tên của người trước")
    answer = browser.post(f"/campaigns/{draft.id}/edit", data=typed)
    if db.engine.dialect.name == "postgresql":
        shown = page(answer)
        assert (shown.status, shown.value("title")) == (HTTPStatus.UNPROCESSABLE_ENTITY, "Tên của người sau")
        assert "Người khác vừa sửa nội dung này. Hãy so hai bản ở dưới rồi lưu lại." in shown.all(".error-summary li")
        assert db.session.get(Campaign, draft.id).title == "Tên của người trước 1"
    else:
        assert (answer.status_code, times) == (HTTPStatus.SEE_OTHER, ["Tên của người sau"] * 2)
        assert db.session.get(Campaign, draft.id).title == "Tên của người sau"


def test_whoever_is_overtaken_again_and_again_is_told_so(draft, sign_in, page, monkeypatch):
    def overtaken(*_args):
        raise StaleDataError

    browser = sign_in(build.user(Role.SECRETARIAT))
    typed = _typed(page, browser, draft, title="Tên của người sau")
    monkeypatch.setattr(actions, "edit_campaign", overtaken)
    assert browser.post(f"/campaigns/{draft.id}/edit", data=typed).status_code == HTTPStatus.CONFLICT
    assert db.session.get(Campaign, draft.id).title == "Phong trào thử"
