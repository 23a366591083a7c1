"""Phiên làm việc: from the cookie to the person, in one query."""

from flask import Flask, current_app
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from campaign.accounts.models import User
from campaign.extensions import db, login_manager


def load_user(session_id: str) -> User | None:
    """Người của phiên: active, with this version of his session; demo people only in demo mode."""
    user_id, _, version = session_id.partition(".")
    if not (user_id.isdecimal() and version.isdecimal()):
        return None
    statement = (
        select(User).options(joinedload(User.grants))
        .where(User.id == int(user_id), User.session_version == int(version), User.is_active)
    )
    if not current_app.config["DEMO"]:
        statement = statement.where(~User.is_demo)
    return db.session.scalars(statement).unique().one_or_none()


def init_app(app: Flask) -> None:
    """Cho Flask-Login biết cách tìm người."""
    del app
    login_manager.session_protection = None
    login_manager.user_loader(load_user)
