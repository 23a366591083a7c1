"""The Flask extensions, created unbound; `create_app` binds them."""

from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from flask import Flask, current_app
from flask_login import LoginManager
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from sqlalchemy import Select
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from campaign.core.errors import NotVisible, RuleViolation
from campaign.database import Base

db = SQLAlchemy(metadata=Base.metadata, session_options={"expire_on_commit": False})
login_manager = LoginManager()
csrf = CSRFProtect()

Row = TypeVar("Row", bound=Base)


def init_app(app: Flask) -> None:
    """Gắn cơ sở dữ liệu with `app`; our own end of a request comes before that of the extension,
    which then finds nothing to end.
    """
    db.init_app(app)
    app.teardown_appcontext(_end)


def _end(_: BaseException | None) -> None:
    """Kết thúc một yêu cầu. Where the database went away after the page was made, the page is
    still the answer: what was committed is told, and the broken connection is given up.
    """
    try:
        db.session.remove()
    except SQLAlchemyError as fault:
        current_app.logger.warning(
            "the database went away behind an answer: %s", type(fault).__name__
        )
        give_up()
        db.session.registry.clear()


def give_up() -> None:
    """Bỏ dở what the database did not do; where it went away, the broken connection as well."""
    try:
        db.session.rollback()
    except SQLAlchemyError:
        with suppress(SQLAlchemyError):
            db.session().invalidate()


def visible_row(statement: Select[Row]) -> Row:
    """Dòng tìm được; what is not there, or not for whoever asks, does not exist."""
    row = db.session.scalars(statement).one_or_none()
    if row is None:
        raise NotVisible
    return row


def first_written(row: Row, found: Callable[[], Row | None]) -> Row:
    """Dòng vừa ghi, or that of whoever wrote it in the same moment, as it is `found` then."""
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        theirs = found()
        if theirs is None:
            raise
        return theirs
    return row


def flush_or_refuse(sentence: str, field: str | None = None) -> None:
    """Ghi xuống cơ sở dữ liệu; what its constraints forbid becomes the sentence."""
    try:
        db.session.flush()
    except IntegrityError as error:
        raise RuleViolation(sentence, field=field) from error
