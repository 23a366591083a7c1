"""Thời hạn lưu: what the office decided, and what was taken away."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from campaign.database import Base, one_of
from campaign.retention.rules import Kind


class RetentionRule(Base):
    """Quy tắc lưu mà cơ quan đã đặt, in place of what is shipped for its kind."""

    __tablename__ = "retention_rule"
    __table_args__ = (
        CheckConstraint("months IS NULL OR months BETWEEN 1 AND 1200", name="months_in_range"),
        CheckConstraint("basis <> ''", name="has_a_basis"),
    )

    kind: Mapped[Kind] = mapped_column(one_of(Kind, "retention_kind"), primary_key=True)
    months: Mapped[int | None]
    basis: Mapped[str]
    is_checked: Mapped[bool] = mapped_column(default=False)


class RetentionRun(Base):
    """Lần dọn: how many rows of a kind were taken away or emptied, and up to when."""

    __tablename__ = "retention_run"
    __table_args__ = (CheckConstraint("row_count >= 1", name="took_something"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    kind: Mapped[Kind] = mapped_column(one_of(Kind, "retention_run_kind"))
    due_before: Mapped[datetime]
    months: Mapped[int]
    """Thời hạn lúc dọn."""
    row_count: Mapped[int]
