"""Số lần: the table of occurrences."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from campaign.counts.rules import OccurrenceState
from campaign.database import Base


class Occurrence(Base):
    """Lần: one thing that a criterion counts, claimed in a report, accepted or struck."""

    __tablename__ = "occurrence"
    __table_args__ = (
        CheckConstraint("text <> ''", name="says_what"),
        CheckConstraint("(state = 'struck') = (reason <> '')", name="struck_with_a_reason"),
        CheckConstraint("(state = 'claimed') = (decided_at IS NULL)", name="decided_at_a_time"),
        CheckConstraint(
            "(decided_by_id IS NULL) = (decided_at IS NULL)", name="decided_by_someone"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id", ondelete="CASCADE"), index=True)
    criterion_id: Mapped[int] = mapped_column(
        ForeignKey("criterion.id", ondelete="RESTRICT"), index=True
    )
    held_on: Mapped[date]
    kind: Mapped[str] = mapped_column(default="")
    """Loại, where points go by kinds."""
    text: Mapped[str] = mapped_column(Text)
    evidence_id: Mapped[int | None] = mapped_column(
        ForeignKey("evidence.id", ondelete="SET NULL"), index=True
    )
    claimed_at: Mapped[datetime]
    claimed_by_id: Mapped[int] = mapped_column(
        ForeignKey("user_account.id", ondelete="RESTRICT"), index=True
    )
    state: Mapped[OccurrenceState] = mapped_column(default=OccurrenceState.CLAIMED)
    reason: Mapped[str] = mapped_column(Text, default="")
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("user_account.id", ondelete="RESTRICT"), index=True
    )
