"""Nhật ký: reading its entries, and where the chain stands."""

from typing import Any

from sqlalchemy import Connection, Select, select

from campaign.audit.models import AuditEntry
from campaign.core.errors import NotVisible
from campaign.core.text import one_line
from campaign.extensions import db


def entries(*, act: str = "", actor: str = "", campaign_id: int | None = None) -> Select[Any]:
    """Các dòng nhật ký, newest first."""
    statement = select(AuditEntry).order_by(AuditEntry.number.desc())
    if act:
        statement = statement.where(AuditEntry.act.startswith(act, autoescape=True))
    if actor:
        statement = statement.where(AuditEntry.actor.contains(one_line(actor), autoescape=True))
    if campaign_id is not None:
        statement = statement.where(AuditEntry.campaign_id == campaign_id)
    return statement


def entry(number: int) -> AuditEntry:
    """Một dòng nhật ký."""
    row = db.session.get(AuditEntry, number)
    if row is None:
        raise NotVisible
    return row


_ENTRY = AuditEntry.__table__.c
_HEAD = select(_ENTRY.number, _ENTRY.hash).order_by(_ENTRY.number.desc()).limit(1)


def head() -> tuple[int, str]:
    """Đầu chuỗi: the last entry's number and hash; (0, "") of an empty chain."""
    row = db.session.execute(_HEAD).first()
    return (row.number, row.hash) if row else (0, "")


def written_head(connection: Connection) -> str:
    """Đầu chuỗi như ghi ra ngoài: "120:9f…", as `connection` sees it; empty of an empty chain."""
    row = connection.execute(_HEAD).first()
    return f"{row.number}:{row.hash}" if row else ""
