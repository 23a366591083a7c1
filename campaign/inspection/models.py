"""Kiểm tra thực tế: the visits, what each concerned, and its files."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaign.accounts.models import User
from campaign.database import Base
from campaign.enrolment.models import Participation
from campaign.files.attached import AttachedFile


class Inspection(Base):
    """Kiểm tra thực tế: team, date, what was checked, what was found, and the conclusion."""

    __tablename__ = "inspection"
    __table_args__ = (Index("ix_inspection_participation_id", "participation_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    participation_id: Mapped[int] = mapped_column(
        ForeignKey("participation.id", ondelete="CASCADE")
    )
    held_on: Mapped[date]
    team: Mapped[str] = mapped_column(Text)
    checked: Mapped[str] = mapped_column(Text)
    findings: Mapped[str] = mapped_column(Text)
    conclusion: Mapped[str] = mapped_column(Text)
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int] = mapped_column(
        ForeignKey("user_account.id", ondelete="RESTRICT"), index=True
    )
    version: Mapped[int] = mapped_column(default=1)

    participation: Mapped[Participation] = relationship(lazy="raise_on_sql")
    recorded_by: Mapped[User] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - the name is SQLAlchemy's


class InspectedSubject(Base):
    """Đối tượng kiểm tra: an indicator or criterion whose verified value rests on an inspection."""

    __tablename__ = "inspected_subject"
    __table_args__ = (
        CheckConstraint("(criterion_id IS NULL) <> (indicator_id IS NULL)", name="one_subject"),
        UniqueConstraint("inspection_id", "criterion_id", "indicator_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspection.id", ondelete="CASCADE"))
    indicator_id: Mapped[int | None] = mapped_column(
        ForeignKey("indicator.id", ondelete="RESTRICT"), index=True
    )
    criterion_id: Mapped[int | None] = mapped_column(
        ForeignKey("criterion.id", ondelete="RESTRICT"), index=True
    )


class InspectionFile(AttachedFile, Base):
    """Tệp của biên bản kiểm tra."""

    __tablename__ = "inspection_file"
    __table_args__ = (CheckConstraint("size > 0", name="size_is_positive"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    inspection_id: Mapped[int] = mapped_column(
        ForeignKey("inspection.id", ondelete="RESTRICT"), index=True
    )
