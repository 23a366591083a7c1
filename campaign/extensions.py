"""The Flask extensions, created unbound; `create_app` binds them."""

from contextlib import suppress

from flask import current_app
from flask_login import LoginManager
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from campaign.core.errors import RuleViolation
from campaign.database import Base


class Database(SQLAlchemy):
    """Cơ sở dữ liệu of the application."""

    def _teardown_session(self, exc: BaseException | None) -> None:
        """Kết thúc một yêu cầu. Where the database went away after the page was made, the page is
        still the answer: what was committed is told, and the broken connection is given up.
        """
        try:
            super()._teardown_session(exc)
        except SQLAlchemyError as fault:
            current_app.logger.warning(
                "the database went away behind an answer: %s", type(fault).__name__
            )
            with suppress(SQLAlchemyError):
                self.session().invalidate()
            self.session.registry.clear()


db = Database(metadata=Base.metadata, session_options={"expire_on_commit": False})
login_manager = LoginManager()
csrf = CSRFProtect()


def flush_or_refuse(sentence: str, field: str | None = None) -> None:
    """Ghi xuống cơ sở dữ liệu; what its constraints forbid becomes the sentence."""
    try:
        db.session.flush()
    except IntegrityError as error:
        raise RuleViolation(sentence, field=field) from error
