"""Chỉ đọc: an instance that holds a loaded package takes no writes but signing in and out, and says
so on every page.
"""

from flask import Flask, request
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from campaign.archive.models import LoadedArchive
from campaign.core.errors import refuse
from campaign.extensions import db, give_up
from campaign.web.access import SAFE_METHODS

_LOADED = select(LoadedArchive.id)
"""Built once: every page asks."""
_ALLOWED = frozenset({"accounts.sign_in", "accounts.sign_out"})


def is_loaded() -> bool:
    """Nơi này là bản lưu trữ; a page that says that the database is away takes it for none."""
    try:
        return db.session.scalar(_LOADED) is not None
    except SQLAlchemyError:
        give_up()
        return False


def _refuse_writes() -> None:
    if request.method not in SAFE_METHODS and request.endpoint not in _ALLOWED and is_loaded():
        refuse("Đây là bản lưu trữ, chỉ đọc.")


def init_app(app: Flask) -> None:
    """Canh giữ bản lưu trữ trong `app`."""
    app.before_request(_refuse_writes)
    app.jinja_env.globals["is_archive"] = is_loaded
