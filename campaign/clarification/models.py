"""Giải trình sau thẩm định: rounds, their lines with both verifications, and evidence."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaign.accounts.models import User
from campaign.clarification.rules import Outcome
from campaign.database import Base, Measure, Points
from campaign.files.attached import AttachedFile
from campaign.verification.models import Verification


class ClarificationRound(Base):
    """Đợt giải trình of one verified report: until when, when the unit replied, when it closed."""

    __tablename__ = "clarification_round"
    __table_args__ = (
        CheckConstraint(
            "(replied_at IS NULL) = (replied_by_id IS NULL)", name="replied_by_someone"
        ),
        CheckConstraint("(closed_at IS NULL) = (closed_by_id IS NULL)", name="closed_by_someone"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    verification_id: Mapped[int] = mapped_column(
        ForeignKey("verification.id", ondelete="RESTRICT"), unique=True
    )
    opened_at: Mapped[datetime]
    opened_by_id: Mapped[int] = mapped_column(
        ForeignKey("user_account.id", ondelete="RESTRICT"), index=True
    )
    due_on: Mapped[date]
    replied_at: Mapped[datetime | None]
    replied_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("user_account.id", ondelete="RESTRICT"), index=True
    )
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("user_account.id", ondelete="RESTRICT"), index=True
    )
    version: Mapped[int] = mapped_column(default=1)

    verification: Mapped[Verification] = relationship(lazy="raise_on_sql")
    opened_by: Mapped[User] = relationship(lazy="raise_on_sql", foreign_keys=[opened_by_id])

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - the name is SQLAlchemy's


class ClarificationLine(Base):
    """Ý kiến về một tiêu chí: the first verification as shown, the answer, the second one."""

    __tablename__ = "clarification_line"
    __table_args__ = (
        UniqueConstraint("round_id", "criterion_id"),
        CheckConstraint("(answer = '') = (answered_at IS NULL)", name="answered_at_a_moment"),
        CheckConstraint(
            "(answered_at IS NULL) = (answered_by_id IS NULL)", name="answered_by_someone"
        ),
        CheckConstraint("outcome IS NULL OR answer <> ''", name="settled_is_answered"),
        CheckConstraint("(outcome IS NULL) = (sentence = '')", name="settled_with_a_sentence"),
        CheckConstraint("(outcome IS NULL) = (settled_at IS NULL)", name="settled_at_a_moment"),
        CheckConstraint(
            "(settled_at IS NULL) = (settled_by_id IS NULL)", name="settled_by_someone"
        ),
        Index("ix_clarification_line_criterion_id", "criterion_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("clarification_round.id", ondelete="RESTRICT"))
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id", ondelete="RESTRICT"))
    maximum: Mapped[Decimal | None] = mapped_column(Points)
    """Điểm tối đa; none where the criterion is without limit."""
    first_value: Mapped[Decimal | None] = mapped_column(Measure)
    first_points: Mapped[Decimal | None] = mapped_column(Points)
    first_words: Mapped[str] = mapped_column(Text, default="")
    """Cách tính và nhận xét của lần một, as the unit read them."""
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("user_account.id", ondelete="RESTRICT"), index=True
    )
    outcome: Mapped[Outcome | None]
    sentence: Mapped[str] = mapped_column(Text, default="")
    second_value: Mapped[Decimal | None] = mapped_column(Measure)
    second_points: Mapped[Decimal | None] = mapped_column(Points)
    settled_at: Mapped[datetime | None]
    settled_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("user_account.id", ondelete="RESTRICT"), index=True
    )


class ClarificationFile(AttachedFile, Base):
    """Minh chứng kèm giải trình về một tiêu chí."""

    __tablename__ = "clarification_file"
    __table_args__ = (
        CheckConstraint("size > 0", name="size_is_positive"),
        Index("ix_clarification_file_line_id", "line_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("clarification_line.id", ondelete="RESTRICT"))
