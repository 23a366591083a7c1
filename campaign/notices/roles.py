"""Vai trò được giao: people are told of it from the record, since accounts stand below notices and
tell nobody anything.
"""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from campaign.accounts.models import RoleGrant
from campaign.audit.models import AuditEntry
from campaign.extensions import db
from campaign.notices.actions import About, tell, withdraw
from campaign.notices.rules import NoticeKind

WINDOW = timedelta(days=14)
"""Xem lại nhật ký bấy lâu: nights that were missed are caught up with."""


def tell_roles(*, at: datetime) -> int:
    """Báo cho người vừa được giao vai trò, once, while they hold it; a new account is not told of
    the roles that it began with.
    """
    told = 0
    for entry, change in _given(at - WINDOW):
        grant = db.session.scalars(
            select(RoleGrant)
            .where(RoleGrant.id == int(change["key"]))
            .options(joinedload(RoleGrant.unit))
        ).one_or_none()
        key = f"role:{change['key']}:{entry.number}"
        if grant is None or grant.user_id != change["after"]["user_id"]:
            withdraw(key, at=at)
            continue
        told += tell([grant.user_id], _about(grant, key, entry.actor), at=at)
    return told


def _about(grant: RoleGrant, key: str, giver: str) -> About:
    place = f" – {grant.unit.name}" if grant.unit else ""
    return About(
        NoticeKind.ROLE,
        key,
        f"Được giao vai trò {grant.role.label}{place}",
        current_app.url_map.bind("localhost").build("home.index"),
        f"Người giao: {giver}." if giver else "",
    )


def _given(since: datetime) -> Iterator[tuple[AuditEntry, dict[str, Any]]]:
    """Các vai trò đã giao từ lúc ấy, with the entry of the record that says so."""
    entries = db.session.scalars(
        select(AuditEntry)
        .where(AuditEntry.at >= since, AuditEntry.changes.contains('"role_grant"'))
        .order_by(AuditEntry.number)
    )
    for entry in entries:
        changes = json.loads(entry.changes)
        new = {
            change["key"]
            for change in changes
            if change["table"] == "user_account" and change["before"] is None
        }
        for change in changes:
            is_given = change["table"] == "role_grant" and change["before"] is None
            if is_given and change["after"] and str(change["after"]["user_id"]) not in new:
                yield entry, change
