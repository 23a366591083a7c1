"""Nhật ký: the table of chained entries."""

from datetime import datetime

from sqlalchemy import Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from campaign.database import Base, append_only


class AuditEntry(Base):
    """Dòng nhật ký: one act; `hash` covers the entry and the hash before it."""

    __tablename__ = "audit_entry"
    __audited__ = False
    __table_args__ = (
        Index("ix_audit_entry_campaign_id", "campaign_id"),
        Index("ix_audit_entry_actor_id", "actor_id"),
        Index("ix_audit_entry_act", "act"),
        Index("ix_audit_entry_at", "at"),
        Index(
            "ix_audit_entry_settled",
            "number",
            sqlite_where=text("settles"),
            postgresql_where=text("settles"),
        ),
    )

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    actor_id: Mapped[int | None]
    actor: Mapped[str]
    """Ai, với tư cách gì: as written at that moment."""
    act: Mapped[str]
    campaign_id: Mapped[int | None]
    changes: Mapped[str] = mapped_column(Text)
    """What changed, as canonical JSON: [{"table", "key", "before", "after"}, …]."""
    previous_hash: Mapped[str]
    hash: Mapped[str] = mapped_column(unique=True)
    settles: Mapped[bool] = mapped_column(default=True, server_default=text("true"))
    """Whether it changed more than what somebody is still typing; it is not hashed."""
    request_id: Mapped[str | None]
    """Mã của yêu cầu it came of, as in the server's log; not hashed, and none of a command."""


append_only(AuditEntry.__table__)  # type: ignore[arg-type]
