"""Who is given a one-time link is told so, never what it is; and that their password was set."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from campaign.accounts import actions as accounts
from campaign.accounts.models import OneTimeLink
from campaign.accounts.sign_on.models import SignOnLink
from campaign.core.permissions import Role
from campaign.extensions import db
from campaign.notices.links import tell_links
from campaign.notices.models import Mail, Notice
from campaign.notices.post import send_due
from tests import build

MORNING = datetime(2021, 4, 5, 2, tzinfo=UTC)


@pytest.fixture
def people(app):
    admin = build.user(Role.ADMIN, name="Nguyễn Thị Quản")
    officer = build.user(Role.INSPECTOR, email="kiem.tra@x.vn")
    db.session.commit()
    return admin, officer


def _told(at):
    told = tell_links(at=at)
    db.session.commit()
    rows = db.session.scalars(select(Notice).where(Notice.read_at.is_(None)).order_by(Notice.id))
    return told, [(row.user_id, row.title) for row in rows]


GIVEN = "Đã cấp cho Ông/Bà một liên kết đặt mật khẩu"
SET = "Mật khẩu của Ông/Bà vừa được đặt bằng liên kết dùng một lần"


def test_the_word_that_a_link_was_given_is_mailed_at_once_and_nothing_holds_the_link(
    letters, people
):
    admin, officer = people
    token = accounts.give_link(officer, by_id=admin.id, now=MORNING)
    db.session.commit()
    assert [_told(MORNING), _told(MORNING)] == [
        (1, [(officer.id, GIVEN)]),
        (0, [(officer.id, GIVEN)]),
    ]
    assert send_due(MORNING) == (1, 0)
    text = letters.kept[0].get_content()
    assert "Nguyễn Thị Quản đã cấp;" in text
    assert "Dùng được một lần, đến 09:00 08/04/2021." in text
    everything = [
        str(value)
        for table in (Notice, Mail)
        for row in db.session.execute(select(table.__table__)).all()
        for value in row
    ]
    assert [value for value in [*everything, text] if token in value] == []


def test_a_link_that_was_used_before_anybody_was_told_is_told_all_the_same(people):
    admin, officer = people
    token = accounts.give_link(officer, by_id=admin.id, now=MORNING)
    link = accounts.usable_link(token, now=MORNING)
    accounts.use_link(link, officer, "x", now=MORNING)
    db.session.commit()
    assert _told(MORNING) == (1, [(officer.id, SET)])


@pytest.mark.parametrize("end", ["expired", "superseded", "used"])
def test_a_link_that_opens_nothing_any_more_is_no_longer_told(people, end):
    admin, officer = people
    token = accounts.give_link(officer, by_id=admin.id, now=MORNING)
    db.session.commit()
    _told(MORNING)
    later = MORNING + (timedelta(hours=72) if end == "expired" else timedelta(hours=1))
    if end == "superseded":
        accounts.give_link(officer, by_id=None, now=later)
    if end == "used":
        accounts.use_link(accounts.usable_link(token, now=later), officer, "x", now=later)
    db.session.commit()
    expected = {"expired": [], "superseded": [GIVEN], "used": [SET]}[end]
    assert [title for _, title in _told(later)[1]] == expected
    assert len(db.session.scalars(select(OneTimeLink)).all()) == 1 + (end == "superseded")


def test_whose_account_another_linked_with_the_provider_is_told_once_and_who_did_it_oneself_is_not(
    people,
):
    admin, officer = people
    issuer = "https://sso.example.vn"
    for person, subject in ((admin, "a"), (officer, "b")):
        link = {"issuer": issuer, "subject": subject, "linked_at": MORNING}
        db.session.add(SignOnLink(user_id=person.id, linked_by_id=admin.id, **link))
    db.session.commit()
    title = "Tài khoản của Ông/Bà vừa được liên kết với tài khoản đăng nhập một lần"
    assert [_told(MORNING), _told(MORNING)] == [
        (1, [(officer.id, title)]),
        (0, [(officer.id, title)]),
    ]
    text = db.session.scalars(select(Notice)).one().reason
    assert text.startswith("Nguyễn Thị Quản đã liên kết lúc 09:00 05/04/2021.")
