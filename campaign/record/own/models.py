"""Yêu cầu sửa dữ liệu: its table."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaign.accounts.models import User
from campaign.database import Base, one_of
from campaign.record.own.rules import Answer


class CorrectionRequest(Base):
    """Yêu cầu sửa dữ liệu của mình: what a person says is wrong, and what was answered, and why."""

    __tablename__ = "correction_request"
    __table_args__ = (
        CheckConstraint("wish <> ''", name="says_what"),
        CheckConstraint(
            "(outcome IS NULL) = (answered_at IS NULL)"
            " AND (outcome IS NULL) = (answered_by_id IS NULL)"
            " AND (outcome IS NULL) = (answer = '')",
            name="answered_whole",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(
        ForeignKey("user_account.id", ondelete="RESTRICT"), index=True
    )
    wish: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[datetime]
    outcome: Mapped[Answer | None] = mapped_column(one_of(Answer, "correction_answer"))
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("user_account.id", ondelete="RESTRICT"), index=True
    )

    user: Mapped[User] = relationship(lazy="raise_on_sql", foreign_keys=[user_id])
    answered_by: Mapped[User | None] = relationship(
        lazy="raise_on_sql", foreign_keys=[answered_by_id]
    )
