"""Phiên làm việc: from the cookie to the person, in one query."""

from flask import Flask, current_app, g, has_app_context
from sqlalchemy import bindparam, event, select
from sqlalchemy.orm import joinedload

from campaign.accounts.models import User
from campaign.extensions import db, login_manager

_OF_SESSION = (
    select(User).options(joinedload(User.grants))
    .where(User.id == bindparam("user_id"), User.session_version == bindparam("version"), User.is_active)
)
"""Built once: every request of every signed-in person begins with it."""
_NO_DEMO_PEOPLE = _OF_SESSION.where(~User.is_demo)


def load_user(session_id: str) -> User | None:
    """Người của phiên: active, with this version of his session; demo people only in demo mode."""
    user_id, _, version = session_id.partition(".")
    if not (user_id.isdecimal() and version.isdecimal()):
        return None
    statement = _OF_SESSION if current_app.config["DEMO"] else _NO_DEMO_PEOPLE
    found = db.session.scalars(statement, {"user_id": int(user_id), "version": int(version)})
    return found.unique().one_or_none()


def _forget_user(_session: object) -> None:
    """Đọc lại người của phiên at his next use: a rollback has emptied him, and a half-read person knows no roles."""
    if has_app_context():
        g.pop("_login_user", None)


def init_app(app: Flask) -> None:
    """Cho Flask-Login biết cách tìm người."""
    del app
    if not event.contains(db.session, "after_rollback", _forget_user):
        event.listen(db.session, "after_rollback", _forget_user)
    login_manager.session_protection = None
    login_manager.user_loader(load_user)
