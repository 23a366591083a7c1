"""Tệp từ bên ngoài: looked at one at a time, so that pages are answered meanwhile."""

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import current_app
from flask_login import current_user

from campaign import database
from campaign.core.errors import refuse
from campaign.extensions import db
from campaign.papers import apart


@contextmanager
def looked_at() -> Iterator[None]:
    """Lượt xem xét tệp của người đang đăng nhập, before anything is written: no lock of the
    database is held meanwhile. Raises RuleViolation.
    """
    db.session.commit()
    try:
        with apart.turn(_folder(), str(current_user.id)):
            yield
    except apart.Occupied as occupied:
        database.writing.set(False)  # the page that says so only reads
        refuse(
            "Một tệp khác Ông/Bà vừa gửi đang được xem xét. Hãy đợi xong rồi gửi lại."
            if occupied.is_own
            else "Hệ thống đang xem xét tệp của người khác. Hãy gửi lại sau ít giây.",
            "file",
        )


def _folder() -> Path:
    """A folder of this instance, which all its workers on this machine share."""
    named = (current_app.config["SQLALCHEMY_DATABASE_URI"], current_app.config["EVIDENCE_URL"])
    digest = hashlib.sha256("\n".join(map(str, named)).encode()).hexdigest()
    return Path(tempfile.gettempdir()) / f"ngonco-{digest[:16]}"
