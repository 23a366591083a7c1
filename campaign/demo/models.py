"""Diễn tập: the rehearsal clock of demo mode."""

from datetime import date

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from campaign.database import Base


class RehearsalClock(Base):
    """Đồng hồ diễn tập: the day on which demo mode plays; one row at most."""

    __tablename__ = "rehearsal_clock"
    __table_args__ = (CheckConstraint("id = 1", name="one_clock"),)

    id: Mapped[int] = mapped_column(primary_key=True, default=1)
    today: Mapped[date]
