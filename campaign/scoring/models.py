"""Chấm điểm: sheets (member × block) and marks; only locked sheets count."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaign.accounts.models import User
from campaign.council.models import CouncilMember
from campaign.database import Base, Points
from campaign.planning.models import Block
from campaign.scoring.rules import MarkState


class ScoreSheet(Base):
    """Phiếu chấm of one member for one block; locked, it is read-only and counts."""

    __tablename__ = "score_sheet"
    __table_args__ = (
        UniqueConstraint("member_id", "block_id"),
        Index("ix_score_sheet_block_id", "block_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("council_member.id", ondelete="RESTRICT"))
    block_id: Mapped[int] = mapped_column(ForeignKey("block.id", ondelete="RESTRICT"))
    locked_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    member: Mapped[CouncilMember] = relationship(lazy="raise_on_sql")
    block: Mapped[Block] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - the name is SQLAlchemy's


class Mark(Base):
    """Điểm Hội đồng: of one member for one unit and criterion; keeps the report version it judged.

    The key begins with unit and criterion, so that totals of a block are one ordered walk of the
    index; a member's own marks are another, of an index that holds all that their grid shows.
    """

    __tablename__ = "mark"
    __table_args__ = (
        CheckConstraint("(state = 'given') = (points IS NOT NULL)", name="given_has_points"),
        CheckConstraint("points IS NULL OR points >= 0", name="points_not_negative"),
        CheckConstraint("state <> 'abstained' OR note <> ''", name="abstaining_has_a_reason"),
        Index(
            "ix_mark_by_sheet",
            "sheet_id",
            "participation_id",
            "criterion_id",
            "points",
            "version_id",
        ),
        {"sqlite_with_rowid": False},
    )

    participation_id: Mapped[int] = mapped_column(
        ForeignKey("participation.id", ondelete="RESTRICT"), primary_key=True
    )
    criterion_id: Mapped[int] = mapped_column(
        ForeignKey("criterion.id", ondelete="RESTRICT"), index=True, primary_key=True
    )
    sheet_id: Mapped[int] = mapped_column(
        ForeignKey("score_sheet.id", ondelete="RESTRICT"), primary_key=True
    )
    state: Mapped[MarkState] = mapped_column(default=MarkState.GIVEN)
    points: Mapped[Decimal | None] = mapped_column(Points)
    note: Mapped[str] = mapped_column(default="")
    version_id: Mapped[int] = mapped_column(
        ForeignKey("report_version.id", ondelete="RESTRICT"), index=True
    )
    updated_at: Mapped[datetime]


class SheetReopening(Base):
    """Mở lại phiếu chấm: by the chair, with a reason."""

    __tablename__ = "sheet_reopening"
    __table_args__ = (CheckConstraint("reason <> ''", name="reason_is_given"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sheet_id: Mapped[int] = mapped_column(
        ForeignKey("score_sheet.id", ondelete="RESTRICT"), index=True
    )
    reason: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(
        ForeignKey("user_account.id", ondelete="RESTRICT"), index=True
    )

    by: Mapped[User] = relationship(lazy="raise_on_sql")
