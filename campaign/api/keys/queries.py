"""Khoá giao diện: which there are, and which one a program shows."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from campaign.api import rules
from campaign.api.models import ApiKey
from campaign.core.errors import NotVisible
from campaign.extensions import db


def keys() -> Sequence[ApiKey]:
    """Các khoá đã cấp, the newest first."""
    return db.session.scalars(
        select(ApiKey).options(joinedload(ApiKey.created_by)).order_by(ApiKey.id.desc())
    ).all()


def key(key_id: int) -> ApiKey:
    """Một khoá."""
    row = db.session.get(ApiKey, key_id)
    if row is None:
        raise NotVisible
    return row


def shown_key(header: str, today: date) -> ApiKey | None:
    """Khoá mà chương trình đưa ra, as long as it holds."""
    parts = rules.parts_of(header)
    row = db.session.get(ApiKey, parts[0]) if parts else None
    if parts is None or row is None or not rules.opens(parts[1], row.secret_hash):
        return None
    return None if row.revoked_at is not None or today > row.expires_on else row
