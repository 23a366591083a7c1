"""Who is given a role is told of it from the record, once, and only while they hold it."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from campaign.accounts.actions import set_roles
from campaign.accounts.models import User
from campaign.audit import recorder
from campaign.core.permissions import Role
from campaign.extensions import db
from campaign.notices.models import Notice
from campaign.notices.roles import tell_roles
from tests import build


def _give(user_id, *roles):
    """An administrator gives these roles, in a transaction of its own."""
    user = db.session.get_one(User, user_id, options=[db.selectinload(User.grants)])
    recorder.acting_as(None, "Nguyễn Thị Quản (Quản trị hệ thống)")
    set_roles(user, roles, is_active=True)
    recorder.act("account.edit")
    db.session.commit()
    db.session.expunge_all()


def _told():
    tell_roles(at=datetime.now(UTC))
    db.session.commit()
    rows = db.session.scalars(select(Notice).order_by(Notice.id))
    return [(row.title, row.reason) for row in rows]


def test_a_role_is_told_once_and_not_those_that_an_account_began_with(app):
    unit = build.unit(name="Sở An")
    user_id, unit_id = build.user(Role.INSPECTOR).id, unit.id
    db.session.commit()
    assert _told() == []
    _give(user_id, (Role.INSPECTOR, None), (Role.UNIT_HEAD, unit_id))
    said = (
        "Được giao vai trò Thủ trưởng đơn vị – Sở An",
        "Người giao: Nguyễn Thị Quản (Quản trị hệ thống).",
    )
    assert [_told(), _told()] == [[said], [said]]


def test_a_role_that_was_taken_back_or_is_long_given_is_not_told(app):
    user_id = build.user(Role.INSPECTOR).id
    db.session.commit()
    _give(user_id, (Role.INSPECTOR, None), (Role.SECRETARIAT, None))
    assert tell_roles(at=datetime.now(UTC) + timedelta(days=15)) == 0
    _give(user_id, (Role.INSPECTOR, None))
    assert _told() == []
