"""Phiên làm việc: from the cookie to the person, in one query, until signing out ends it."""

import secrets
import time

from flask import Flask, current_app, g, has_app_context, session
from flask_login import login_user, logout_user
from sqlalchemy import bindparam, event, exists, select
from sqlalchemy.orm import joinedload

from campaign.accounts.models import EndedSession, User
from campaign.core.numbers import known_id
from campaign.extensions import db, login_manager

_OF_SESSION = (
    select(User)
    .options(joinedload(User.grants))
    .where(
        User.id == bindparam("user_id"),
        User.session_version == bindparam("version"),
        User.is_active,
        ~exists().where(EndedSession.token == bindparam("token")),
    )
)
"""Built once: every request of every signed-in person begins with it."""
_NO_DEMO_PEOPLE = _OF_SESSION.where(~User.is_demo)


STAYS_FOR_SECONDS = 60
"""How long a cookie is good enough as it is: a session may end so much early."""


def load_user(session_id: str) -> User | None:
    """Người của phiên: active, with this version of sessions; demo people only in demo mode."""
    user_id, version, token = (*session_id.split("."), "", "")[:3]
    asked = {"user_id": known_id(user_id), "version": known_id(version), "token": token}
    statement = _OF_SESSION if current_app.config["DEMO"] else _NO_DEMO_PEOPLE
    return db.session.scalars(statement, asked).unique().one_or_none()


def begin(user: User, token: str = "") -> None:
    """Bắt đầu phiên của người này in this browser, under a token of its own, or the one under which
    its end can be told from outside.
    """
    session.permanent = True
    session.pop("awaits_code", None)
    login_user(user)
    session["_user_id"] = f"{user.get_id()}.{token or secrets.token_urlsafe(16)}"


WAITS_FOR_CODE_SECONDS = 600
"""How long the question for the second factor stands after the password was right."""


def await_second_factor(user: User, token: str = "") -> None:
    """Mật khẩu đúng, chờ mã: nobody is signed in yet."""
    session["awaits_code"] = [f"{user.get_id()}.{token}", int(time.time())]


def awaited() -> User | None:
    """Người đang được hỏi mã in this browser; None where nobody is, or not any more."""
    session_id, since = session.get("awaits_code") or ("", 0)
    return load_user(session_id) if time.time() - since < WAITS_FOR_CODE_SECONDS else None


def awaited_token() -> str:
    """Thẻ mà phiên sẽ mang: of the provider's session; empty after a password."""
    return str((*session.get("awaits_code", ("",))[0].split("."), "", "")[2])


def end() -> str:
    """Kết thúc phiên in this browser; gives its token, empty where the session has none."""
    token: str = (*str(session.get("_user_id", "")).split("."), "", "")[2]
    logout_user()
    session.clear()
    return token


def _stay() -> None:
    """Giữ phiên: the time of idleness counts from here; the cookie is signed anew once a minute,
    not with every answer.
    """
    now = int(time.time())
    if session.permanent and abs(now - session.get("touched", 0)) >= STAYS_FOR_SECONDS:
        session["touched"] = now


def _forget_user(_session: object) -> None:
    """Đọc lại người của phiên at their next use, for a rollback has emptied them."""
    if has_app_context():
        g.pop("_login_user", None)


def init_app(app: Flask) -> None:
    """Cho Flask-Login biết cách tìm người."""
    app.config["SESSION_REFRESH_EACH_REQUEST"] = False
    app.before_request(_stay)
    if not event.contains(db.session, "after_rollback", _forget_user):
        event.listen(db.session, "after_rollback", _forget_user)
    login_manager.session_protection = None
    login_manager.user_loader(load_user)
