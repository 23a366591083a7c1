"""Đọc nhật ký: the changes of an entry, as far as its reader may see them."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select

from campaign.accounts.models import User
from campaign.audit.models import AuditEntry
from campaign.audit.queries import entries
from campaign.audit.rules import HIDDEN
from campaign.core.permissions import Permission
from campaign.core.text import search_key
from campaign.extensions import db
from campaign.planning.models import Campaign
from campaign.planning.rules import Phase
from campaign.record.rules import PLACES_OF_FILES, Seal, seal_of


@dataclass(frozen=True, slots=True)
class Change:
    """Thay đổi được hiện: (field, before, after) of one row, or the seal in their place."""

    table: str
    seal: Seal | None = None
    fields: tuple[tuple[str, Any, Any], ...] = ()


def entries_found(*, act: str, actor: str, order: Sequence[Any] = ()) -> Select[Any]:
    """Các dòng nhật ký: by who acted, whose name is searched without tones, and by act."""
    statement = entries(act=act).order_by(None)
    if actor:
        named = select(User.id).where(User.search_key.contains(search_key(actor), autoescape=True))
        statement = statement.where(
            AuditEntry.actor_id.in_(named) | AuditEntry.actor.contains(actor, autoescape=True)
        )
    return statement.order_by(*order, AuditEntry.number.desc())


def shown_changes(row: AuditEntry, permissions: Collection[Permission]) -> list[Change]:
    """Thay đổi được hiện: what the objects would show this reader today. Of what is sealed not even
    how many rows changed is told.
    """
    changes: list[dict[str, Any]] = json.loads(row.changes)
    phases = _phases(row, changes)
    shown: list[Change] = []
    for change in changes:
        phase = phases.get(_campaign_of(row, change))
        seal = seal_of(change["table"], permissions, phase)
        line = Change(change["table"], seal, () if seal else _fields(change))
        if seal is None or line not in shown:
            shown.append(line)
    return shown


def _campaign_of(row: AuditEntry, change: Mapping[str, Any]) -> int | None:
    """Phong trào của một thay đổi: as its row says itself, else as its entry says."""
    if change["table"] == "campaign":
        return int(change["key"])
    for image in (change["after"], change["before"]):
        if image and isinstance(image.get("campaign_id"), int):
            return int(image["campaign_id"])
    return row.campaign_id


def _phases(row: AuditEntry, changes: Collection[Mapping[str, Any]]) -> dict[int | None, Phase]:
    """Bước hiện nay của các phong trào được nói đến."""
    ids = {number for change in changes if (number := _campaign_of(row, change)) is not None}
    campaigns = db.session.execute(select(Campaign.id, Campaign.phase).where(Campaign.id.in_(ids)))
    return {row.id: row.phase for row in campaigns}


def _fields(change: Mapping[str, Any]) -> tuple[tuple[str, Any, Any], ...]:
    before, after = change["before"] or {}, change["after"] or {}
    names = list(before) + [name for name in after if name not in before]
    return tuple(
        (name, _told(name, before.get(name)), _told(name, after.get(name))) for name in names
    )


def _told(name: str, value: Any) -> Any:
    """Giá trị được hiện: of one that is hidden, here or by the record, only that there is one."""
    is_place = name in PLACES_OF_FILES and bool(value)
    is_hidden = isinstance(value, str) and value.startswith(HIDDEN)
    return HIDDEN if is_place or is_hidden else value
