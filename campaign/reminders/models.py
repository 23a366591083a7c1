"""Nhắc báo cáo: the log of reminders."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaign.accounts.models import User
from campaign.database import Base
from campaign.enrolment.models import Participation
from campaign.planning.models import ReportingPeriod
from campaign.reminders.rules import Step

_BY_ITSELF = text("step <> 'by_hand'")


class Reminder(Base):
    """Một lần nhắc về một báo cáo: which step, who was told, and by whom where a person did it; a
    step comes once for each due day.
    """

    __tablename__ = "reminder"
    __table_args__ = (
        CheckConstraint("(step = 'by_hand') = (by_id IS NOT NULL)", name="by_hand_has_a_hand"),
        Index(
            "uq_reminder_step",
            "participation_id",
            "period_id",
            "due_on",
            "step",
            unique=True,
            sqlite_where=_BY_ITSELF,
            postgresql_where=_BY_ITSELF,
        ),
        Index("ix_reminder_participation_id", "participation_id", "period_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    participation_id: Mapped[int] = mapped_column(
        ForeignKey("participation.id", ondelete="CASCADE")
    )
    period_id: Mapped[int] = mapped_column(
        ForeignKey("reporting_period.id", ondelete="CASCADE"), index=True
    )
    due_on: Mapped[date]
    step: Mapped[Step]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(
        ForeignKey("user_account.id", ondelete="RESTRICT"), index=True
    )
    told: Mapped[str] = mapped_column(default="")
    """Đã nhắc những ai, by name."""

    participation: Mapped[Participation] = relationship(lazy="raise_on_sql")
    period: Mapped[ReportingPeriod] = relationship(lazy="raise_on_sql")
    by: Mapped[User | None] = relationship(lazy="raise_on_sql")
