"""A unit asks for more time; the secretariat grants it or says why not; both are told."""

from datetime import date
from http import HTTPStatus

import pytest
from sqlalchemy import select

from campaign.accounts.models import User
from campaign.core.permissions import Role
from campaign.extensions import db
from campaign.notices.models import Notice
from campaign.planning.rules import Phase
from campaign.reporting.models import Extension, ExtensionWish
from campaign.reporting.rules import ReportState
from campaign.reporting.wishes.rules import WishState
from tests import build

WISH = {"wished_on": "15/05/2031", "reason": "Bão số 3"}


@pytest.fixture
def office(app, sign_in):
    """A unit that is late for its period, and the secretariat."""
    campaign = build.campaign(phase=Phase.REPORTING)
    unit = build.unit(name="Sở An")
    officer = build.user(Role.UNIT_OFFICER, at=unit, name="Bùi Thị Dung")
    clerk = build.user(Role.SECRETARIAT, name="Vũ Thị Thư")
    entry = build.participation(campaign, unit=unit, block=build.block(campaign), by=clerk)
    period = build.period(campaign, name="Kỳ 1")
    reports = f"/campaigns/{campaign.id}/reports"
    asking = f"{reports}/ask-extension/{entry.id}/{period.id}"
    return sign_in(officer), sign_in(clerk), reports, asking, entry, period


def _told():
    """What is not read yet, by person."""
    rows = db.session.execute(
        select(User.full_name, Notice.title)
        .join(Notice, Notice.user_id == User.id)
        .where(Notice.read_at.is_(None))
        .order_by(Notice.id)
    )
    return [tuple(row) for row in rows]


def _wish():
    db.session.expire_all()
    return db.session.scalars(select(ExtensionWish)).one()


def test_a_wish_is_told_seen_on_both_lists_and_granted_as_it_was_asked(office, page):
    officer, clerk, reports, asking, entry, period = office
    assert officer.post(asking, data=WISH).location == asking
    assert _told() == [("Vũ Thị Thư", "Xin gia hạn đến hết 15/05/2031: Kỳ 1 – Sở An")]
    assert "đã xin gia hạn đến hết 15/05/2031, chờ trả lời" in officer.get("/home/").text
    assert "Đề nghị gia hạn chờ trả lời" in clerk.get("/home/").text
    assert "xin gia hạn đến 15/05/2031" in clerk.get(f"{reports}/").text
    assert page(clerk.get(f"{reports}/extension-requests")).all("tbody th") == ["Sở An"]
    extend = f"{reports}/extend/{entry.id}/{period.id}"
    form = page(clerk.get(extend))
    given = {
        name: form.tree.cssselect(f"[name={name}]")[0] for name in ("due_on", "locks_on", "reason")
    }
    data = {name: field.get("value") or field.text.strip() for name, field in given.items()}
    assert data == {
        "due_on": "15/05/2031",
        "locks_on": "15/05/2031",
        "reason": "Theo đề nghị của đơn vị: Bão số 3",
    }
    clerk.post(extend, data=data)
    assert (_wish().state, _wish().answer) == (WishState.GRANTED, data["reason"])
    assert db.session.scalars(select(Extension)).one().due_on == date(2031, 5, 15)
    assert _told() == [("Bùi Thị Dung", "Đã gia hạn Kỳ 1: đúng hạn đến hết 15/05/2031")]


def test_a_wish_is_turned_down_with_a_reason(office, page):
    officer, clerk, reports, asking, _, _ = office
    officer.post(asking, data=WISH)
    refuse = f"{reports}/extension-requests/{_wish().id}/refuse"
    clerk.post(refuse, data={"reason": " "})
    assert _wish().state is WishState.OPEN
    clerk.post(refuse, data={"reason": "Đã gia hạn hai lần"})
    assert _told() == [("Bùi Thị Dung", "Không gia hạn Kỳ 1")]
    (said,) = page(officer.get(asking)).all("#wishes li")
    assert "không gia hạn" in said
    assert "Trả lời: Đã gia hạn hai lần" in said
    again = clerk.get(clerk.post(refuse, data={"reason": "Lần nữa"}).location)
    assert "Đề nghị này không gia hạn rồi." in again.text


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"wished_on": "30/04/2021"}, "wished_on"),
        ({"wished_on": "mai"}, "wished_on"),
        ({"reason": ""}, "reason"),
    ],
)
def test_a_wish_needs_a_later_day_and_a_reason(office, page, wrong, field):
    officer, _, _, asking, _, _ = office
    refused = page(officer.post(asking, data=WISH | wrong))
    assert refused.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert refused.one(f"#{field}-error")


def test_one_wish_waits_at_a_time_and_none_once_it_was_handed_in(office):
    officer, _, _, asking, entry, period = office
    officer.post(asking, data=WISH)
    assert "đang chờ Thường trực trả lời" in officer.post(asking, data=WISH).text
    db.session.delete(_wish())
    build.report(of=entry, period=period, state=ReportState.SUBMITTED)
    assert "đã nộp nên không cần gia hạn" in officer.post(asking, data=WISH).text
    assert db.session.scalars(select(ExtensionWish)).all() == []


def test_another_unit_may_not_ask_for_it(office, sign_in):
    asking = office[3]
    other = sign_in(build.user(Role.UNIT_HEAD, at=build.unit()))
    assert other.post(asking, data=WISH).status_code == HTTPStatus.NOT_FOUND
