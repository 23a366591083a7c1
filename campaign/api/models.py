"""Khoá giao diện: the table of named keys."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaign.accounts.models import User
from campaign.database import Base


class ApiKey(Base):
    """Khoá giao diện: for which system, what it opens and until when; only its hash is kept."""

    __tablename__ = "api_key"
    __table_args__ = (
        CheckConstraint("name <> ''", name="has_a_name"),
        CheckConstraint("length(secret_hash) = 64", name="kept_as_a_hash"),
        CheckConstraint("(revoked_at IS NULL) = (revoked_by_id IS NULL)", name="revoked_by_one"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    """Hệ thống nào dùng."""
    secret_hash: Mapped[str]
    scopes: Mapped[list[str]] = mapped_column(JSON)
    expires_on: Mapped[date]
    """Ngày cuối cùng khoá còn dùng được."""
    created_at: Mapped[datetime]
    created_by_id: Mapped[int] = mapped_column(
        ForeignKey("user_account.id", ondelete="RESTRICT"), index=True
    )
    revoked_at: Mapped[datetime | None]
    revoked_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("user_account.id", ondelete="RESTRICT"), index=True
    )

    created_by: Mapped[User] = relationship(lazy="raise_on_sql", foreign_keys=[created_by_id])
