"""Khoá giao diện: giving and revoking."""

import secrets
from collections.abc import Collection
from datetime import date, datetime

from campaign.accounts.models import User
from campaign.api import rules
from campaign.api.models import ApiKey
from campaign.core.errors import refuse
from campaign.extensions import db


def give(
    *,
    name: str,
    scopes: Collection[rules.Scope],
    expires_on: date,
    by: User,
    at: datetime,
    today: date,
) -> tuple[ApiKey, str]:
    """Cấp khoá; what is handed over is told here and nowhere else. `today` is the day that the
    key will be judged by, which a rehearsal moves.
    """
    rules.check_expiry(expires_on, today)
    secret = secrets.token_urlsafe(32)
    row = ApiKey(
        name=name,
        secret_hash=rules.hashed(secret),
        scopes=[scope.value for scope in rules.Scope if scope in scopes],
        expires_on=expires_on,
        created_at=at,
        created_by_id=by.id,
    )
    db.session.add(row)
    db.session.flush()
    return row, rules.token(row.id, secret)


def revoke(row: ApiKey, *, by: User, at: datetime) -> None:
    """Thu hồi khoá; it opens nothing from this moment on."""
    if row.revoked_at is not None:
        refuse("Khoá này đã thu hồi.")
    row.revoked_at, row.revoked_by_id = at, by.id
