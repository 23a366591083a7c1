"""Chỉ đọc: an instance that holds a loaded package takes no writes but signing in and out, and says
so on every page.
"""

from typing import Any

from flask import Flask, current_app, request
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from campaign.archive.models import LoadedArchive
from campaign.core.errors import refuse
from campaign.extensions import db
from campaign.web.access import SAFE_METHODS

_KEY = "ngonco-loaded-archive"
_ALLOWED = frozenset({"accounts.sign_in", "accounts.sign_out"})


def forget(app: Flask) -> None:
    """Quên điều đã biết, after the database was exchanged for another one."""
    app.extensions.pop(_KEY, None)


def is_loaded() -> bool:
    """Nơi này là bản lưu trữ: asked of the database once in a process."""
    if _KEY not in current_app.extensions:
        try:
            current_app.extensions[_KEY] = db.session.scalar(select(LoadedArchive.id)) is not None
        except SQLAlchemyError:
            db.session.rollback()
            return False
    return bool(current_app.extensions[_KEY])


def _refuse_writes() -> None:
    if request.method not in SAFE_METHODS and request.endpoint not in _ALLOWED and is_loaded():
        refuse("Đây là bản lưu trữ, chỉ đọc.")


def _context() -> dict[str, Any]:
    return {"is_archive": is_loaded()}


def init_app(app: Flask) -> None:
    """Canh giữ bản lưu trữ trong `app`."""
    app.before_request(_refuse_writes)
    app.context_processor(_context)
