"""Điển hình tiên tiến: the register, its moves, and the units that follow."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaign.accounts.models import User
from campaign.database import Base, one_of
from campaign.enrolment.models import Participation
from campaign.exemplars.rules import Standing, State, Step, Subject


class Exemplar(Base):
    """Điển hình: a collective, person or household of a unit, and how far it was brought."""

    __tablename__ = "exemplar"
    __table_args__ = (
        UniqueConstraint("participation_id", "subject", "name"),
        CheckConstraint(
            "name <> '' AND reason <> '' AND found_by <> ''", name="found_has_its_facts"
        ),
        CheckConstraint(
            "step = 'found' OR (helper <> '' AND measures <> '' AND help_until IS NOT NULL)",
            name="helped_has_its_facts",
        ),
        CheckConstraint(
            "step IN ('found', 'helped') OR (result <> '' AND summary <> '')",
            name="summed_up_has_its_facts",
        ),
        CheckConstraint("step <> 'followed' OR spread <> ''", name="followed_has_its_facts"),
        CheckConstraint("step = 'found' OR state = 'registered'", name="only_registered_move"),
        CheckConstraint("(state = 'proposed') = (decided_at IS NULL)", name="decided_once"),
        CheckConstraint(
            "(state = 'declined') = (decline_reason <> '')", name="declined_has_a_reason"
        ),
        CheckConstraint(
            "(subject = 'person') = (standing IS NOT NULL)", name="persons_have_a_standing"
        ),
        CheckConstraint("report_id IS NULL OR inspection_id IS NULL", name="found_in_one_place"),
        Index("ix_exemplar_state_step", "state", "step"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    participation_id: Mapped[int] = mapped_column(
        ForeignKey("participation.id", ondelete="CASCADE")
    )
    subject: Mapped[Subject]
    standing: Mapped[Standing | None]
    name: Mapped[str]
    field: Mapped[str] = mapped_column(default="")
    """Lĩnh vực."""
    reason: Mapped[str] = mapped_column(Text)
    """Lý do, thành tích."""
    goal: Mapped[str] = mapped_column(Text, default="")
    """Chỉ tiêu phấn đấu."""
    found_by: Mapped[str]
    found_on: Mapped[date]
    report_id: Mapped[int | None] = mapped_column(
        ForeignKey("report.id", ondelete="SET NULL"), index=True
    )
    inspection_id: Mapped[int | None] = mapped_column(
        ForeignKey("inspection.id", ondelete="SET NULL"), index=True
    )
    helper: Mapped[str] = mapped_column(default="")
    """Người, đơn vị theo dõi, bồi dưỡng."""
    measures: Mapped[str] = mapped_column(Text, default="")
    help_until: Mapped[date | None]
    result: Mapped[str] = mapped_column(Text, default="")
    summary: Mapped[str] = mapped_column(Text, default="")
    spread: Mapped[str] = mapped_column(Text, default="")
    """Hình thức tuyên truyền, nơi học theo."""
    awards: Mapped[str] = mapped_column(Text, default="")
    """Khen thưởng liên quan."""
    step: Mapped[Step] = mapped_column(default=Step.FOUND)
    state: Mapped[State] = mapped_column(default=State.PROPOSED)
    proposed_at: Mapped[datetime]
    proposed_by_id: Mapped[int] = mapped_column(
        ForeignKey("user_account.id", ondelete="RESTRICT"), index=True
    )
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("user_account.id", ondelete="RESTRICT"), index=True
    )
    decline_reason: Mapped[str] = mapped_column(Text, default="")
    moved_at: Mapped[datetime]
    """Lần chuyển động gần nhất: proposed, decided, written about, moved, or followed."""
    version: Mapped[int] = mapped_column(default=1)

    participation: Mapped[Participation] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - the name is SQLAlchemy's


class ExemplarMove(Base):
    """Lần chuyển bước: from where, where to, by whom; a reason on going back."""

    __tablename__ = "exemplar_move"
    __table_args__ = (
        CheckConstraint("before <> after", name="goes_somewhere"),
        CheckConstraint("NOT is_back OR reason <> ''", name="back_has_a_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    exemplar_id: Mapped[int] = mapped_column(
        ForeignKey("exemplar.id", ondelete="CASCADE"), index=True
    )
    before: Mapped[Step] = mapped_column(one_of(Step, "before_step"))
    after: Mapped[Step] = mapped_column(one_of(Step, "after_step"))
    is_back: Mapped[bool]
    reason: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(
        ForeignKey("user_account.id", ondelete="RESTRICT"), index=True
    )

    by: Mapped[User] = relationship(lazy="raise_on_sql")


class ExemplarUse(Base):
    """Đơn vị học theo: confirmed that it applies the example, with a sentence and a date."""

    __tablename__ = "exemplar_use"
    __table_args__ = (
        UniqueConstraint("exemplar_id", "participation_id"),
        CheckConstraint("sentence <> ''", name="says_how"),
        Index("ix_exemplar_use_participation_id", "participation_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    exemplar_id: Mapped[int] = mapped_column(ForeignKey("exemplar.id", ondelete="CASCADE"))
    participation_id: Mapped[int] = mapped_column(
        ForeignKey("participation.id", ondelete="CASCADE")
    )
    used_on: Mapped[date]
    sentence: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(
        ForeignKey("user_account.id", ondelete="RESTRICT"), index=True
    )

    participation: Mapped[Participation] = relationship(lazy="raise_on_sql")
    by: Mapped[User] = relationship(lazy="raise_on_sql")
