"""Chênh lệch điểm: what members said of their own mark, and what was decided of a cell."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaign.council.models import CouncilMember
from campaign.database import Base, Points


class DivergenceAnswer(Base):
    """Trả lời về ô chênh lệch: of one member about their own mark, kept or changed, with a
    sentence; of several the last counts.
    """

    __tablename__ = "divergence_answer"
    __table_args__ = (
        CheckConstraint("sentence <> ''", name="sentence_is_given"),
        CheckConstraint("before >= 0 AND points >= 0", name="points_not_negative"),
        Index("ix_divergence_answer_participation_id", "participation_id"),
        Index("ix_divergence_answer_criterion_id", "criterion_id"),
        Index("ix_divergence_answer_member_id", "member_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    participation_id: Mapped[int] = mapped_column(
        ForeignKey("participation.id", ondelete="RESTRICT")
    )
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id", ondelete="RESTRICT"))
    member_id: Mapped[int] = mapped_column(ForeignKey("council_member.id", ondelete="RESTRICT"))
    before: Mapped[Decimal] = mapped_column(Points)
    points: Mapped[Decimal] = mapped_column(Points)
    sentence: Mapped[str]
    at: Mapped[datetime]

    member: Mapped[CouncilMember] = relationship(lazy="raise_on_sql")


class DivergenceRuling(Base):
    """Quyết định về ô chênh lệch: the mark that counts, or none where the marks stand as they are;
    of several the last counts.
    """

    __tablename__ = "divergence_ruling"
    __table_args__ = (
        CheckConstraint("reason <> ''", name="reason_is_given"),
        CheckConstraint("points IS NULL OR points >= 0", name="points_not_negative"),
        Index("ix_divergence_ruling_participation_id", "participation_id"),
        Index("ix_divergence_ruling_criterion_id", "criterion_id"),
        Index("ix_divergence_ruling_member_id", "member_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    participation_id: Mapped[int] = mapped_column(
        ForeignKey("participation.id", ondelete="RESTRICT")
    )
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id", ondelete="RESTRICT"))
    member_id: Mapped[int] = mapped_column(ForeignKey("council_member.id", ondelete="RESTRICT"))
    points: Mapped[Decimal | None] = mapped_column(Points)
    reason: Mapped[str]
    at: Mapped[datetime]

    member: Mapped[CouncilMember] = relationship(lazy="raise_on_sql")
