"""The Flask extensions, created unbound; `create_app` binds them."""

from flask_login import LoginManager
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from sqlalchemy.exc import IntegrityError

from campaign.core.errors import RuleViolation
from campaign.database import Base

db = SQLAlchemy(metadata=Base.metadata, session_options={"expire_on_commit": False})
login_manager = LoginManager()
csrf = CSRFProtect()


def flush_or_refuse(sentence: str, field: str | None = None) -> None:
    """Ghi xuống cơ sở dữ liệu; what its constraints forbid becomes the sentence."""
    try:
        db.session.flush()
    except IntegrityError as error:
        raise RuleViolation(sentence, field=field) from error
