"""Lần chạy đầu không diễn tập: the catalogue is there, and whoever begins gets a link."""

from datetime import UTC, datetime

from flask import current_app

from campaign.accounts.models import User
from campaign.accounts.rules import LINK_LIFETIME
from campaign.audit import recorder
from campaign.extensions import db
from campaign.honours import actions as honours
from campaign.scheme.actions import install_measure_units
from campaign.setup.actions import first_link
from campaign.web.origin import public_url


def begin() -> str:
    """Chuẩn bị bản không diễn tập; gives the one-time link of the first administrator, or nothing
    once somebody who administers has a password.
    """
    honours.install_catalogue()
    install_measure_units()
    recorder.act("award.catalogue")
    db.session.commit()
    given = first_link(datetime.now(UTC))
    if given is None:
        return ""
    user, token = given
    recorder.act("account.give_link")
    db.session.commit()
    return _link_words(user, token)


def _link_words(user: User, token: str) -> str:
    """Liên kết của quản trị viên đầu tiên, as the terminal tells it."""
    with current_app.test_request_context():
        address = public_url("accounts.link", token=token)
    hours = int(LINK_LIFETIME.total_seconds() // 3600)
    return (
        f"Quản trị viên đầu tiên: {user.user_name}. Mở liên kết này để đặt mật khẩu "
        f"(dùng một lần, trong {hours} giờ; chạy lại make run thì có liên kết mới):\n  {address}"
    )
