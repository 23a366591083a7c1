"""Báo cáo: reports, what is typed into them, their frozen versions, and evidence."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaign.accounts.models import User
from campaign.database import Base, Measure, Points, append_only
from campaign.enrolment.models import Participation
from campaign.files.attached import AttachedFile
from campaign.planning.models import ReportingPeriod
from campaign.reporting.listed import OccurrenceState
from campaign.reporting.rules import ReportState
from campaign.reporting.wishes.rules import WishState
from campaign.scheme.rules.terms import ValueKind


class Extension(Base):
    """Gia hạn: for one unit and period, with who granted it and why."""

    __tablename__ = "extension"
    __table_args__ = (
        CheckConstraint("reason <> ''", name="reason_is_given"),
        CheckConstraint("due_on <= locks_on", name="due_before_lock"),
        Index("ix_extension_participation_id", "participation_id", "period_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    participation_id: Mapped[int] = mapped_column(
        ForeignKey("participation.id", ondelete="CASCADE")
    )
    period_id: Mapped[int] = mapped_column(
        ForeignKey("reporting_period.id", ondelete="CASCADE"), index=True
    )
    due_on: Mapped[date]
    locks_on: Mapped[date]
    reason: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(
        ForeignKey("user_account.id", ondelete="RESTRICT"), index=True
    )

    by: Mapped[User] = relationship(lazy="raise_on_sql")


class ExtensionWish(Base):
    """Đề nghị gia hạn của một đơn vị cho một kỳ, and what the secretariat answered."""

    __tablename__ = "extension_wish"
    __table_args__ = (
        CheckConstraint("reason <> ''", name="reason_is_given"),
        CheckConstraint("(state = 'open') = (answered_at IS NULL)", name="answered_at_a_time"),
        CheckConstraint(
            "(answered_by_id IS NULL) = (answered_at IS NULL)", name="answered_by_someone"
        ),
        CheckConstraint("state <> 'refused' OR answer <> ''", name="refused_with_a_reason"),
        Index(
            "uq_extension_wish_open",
            "participation_id",
            "period_id",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
        Index("ix_extension_wish_participation_id", "participation_id", "period_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    participation_id: Mapped[int] = mapped_column(
        ForeignKey("participation.id", ondelete="CASCADE")
    )
    period_id: Mapped[int] = mapped_column(
        ForeignKey("reporting_period.id", ondelete="CASCADE"), index=True
    )
    wished_on: Mapped[date]
    reason: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(
        ForeignKey("user_account.id", ondelete="RESTRICT"), index=True
    )
    state: Mapped[WishState] = mapped_column(default=WishState.OPEN)
    answer: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("user_account.id", ondelete="RESTRICT"), index=True
    )

    participation: Mapped[Participation] = relationship(lazy="raise_on_sql")
    period: Mapped[ReportingPeriod] = relationship(lazy="raise_on_sql")
    by: Mapped[User] = relationship(lazy="raise_on_sql", foreign_keys=by_id)
    answered_by: Mapped[User | None] = relationship(
        lazy="raise_on_sql", foreign_keys=answered_by_id
    )


class Report(Base):
    """Báo cáo of one unit for one period, as it is being written; submitting freezes a version."""

    __tablename__ = "report"
    __table_args__ = (
        UniqueConstraint("participation_id", "period_id"),
        Index("ix_report_period_id_state", "period_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    participation_id: Mapped[int] = mapped_column(
        ForeignKey("participation.id", ondelete="CASCADE")
    )
    period_id: Mapped[int] = mapped_column(ForeignKey("reporting_period.id", ondelete="RESTRICT"))
    state: Mapped[ReportState] = mapped_column(default=ReportState.DRAFT)
    prepared_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("user_account.id", ondelete="RESTRICT"), index=True
    )
    prepared_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    participation: Mapped[Participation] = relationship(lazy="raise_on_sql")
    period: Mapped[ReportingPeriod] = relationship(lazy="raise_on_sql")
    prepared_by: Mapped[User | None] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - the name is SQLAlchemy's


class _Typed:
    """Who typed a row of a report last, and when: a second writer is told."""

    updated_at: Mapped[datetime]
    updated_by_id: Mapped[int] = mapped_column(
        ForeignKey("user_account.id", ondelete="RESTRICT"), index=True
    )


class ClaimedValue(_Typed, Base):
    """Số liệu đơn vị báo for one indicator; a blank needs a reason and is never zero."""

    __tablename__ = "claimed_value"

    report_id: Mapped[int] = mapped_column(
        ForeignKey("report.id", ondelete="CASCADE"), primary_key=True
    )
    indicator_id: Mapped[int] = mapped_column(
        ForeignKey("indicator.id", ondelete="RESTRICT"), index=True, primary_key=True
    )
    value: Mapped[Decimal | None] = mapped_column(Measure)
    kind: Mapped[ValueKind | None]
    source: Mapped[str] = mapped_column(default="")
    comparison: Mapped[Decimal | None] = mapped_column(Measure)
    """Cùng kỳ năm trước, as the unit gives it."""
    note: Mapped[str] = mapped_column(Text, default="")
    blank_reason: Mapped[str] = mapped_column(default="")


class Narrative(_Typed, Base):
    """Thuyết minh: what the unit tells about one task."""

    __tablename__ = "narrative"

    report_id: Mapped[int] = mapped_column(
        ForeignKey("report.id", ondelete="CASCADE"), primary_key=True
    )
    task_id: Mapped[int] = mapped_column(
        ForeignKey("task.id", ondelete="RESTRICT"), index=True, primary_key=True
    )
    text: Mapped[str] = mapped_column(Text, default="")


class SelfScore(_Typed, Base):
    """Điểm tự chấm of one criterion, with its explanation; of a checklist the items it ticks."""

    __tablename__ = "self_score"

    report_id: Mapped[int] = mapped_column(
        ForeignKey("report.id", ondelete="CASCADE"), primary_key=True
    )
    criterion_id: Mapped[int] = mapped_column(
        ForeignKey("criterion.id", ondelete="RESTRICT"), index=True, primary_key=True
    )
    points: Mapped[Decimal | None] = mapped_column(Points)
    explanation: Mapped[str] = mapped_column(Text, default="")
    ticks: Mapped[dict[str, str] | None] = mapped_column(JSON(none_as_null=True))
    """Các mục đã đánh dấu, by the number of the item."""


class WarningAnswer(_Typed, Base):
    """Giải trình cảnh báo: the reason with which a unit answers a warning."""

    __tablename__ = "warning_answer"
    __table_args__ = (CheckConstraint("reason <> ''", name="reason_is_given"),)

    report_id: Mapped[int] = mapped_column(
        ForeignKey("report.id", ondelete="CASCADE"), primary_key=True
    )
    warning: Mapped[str] = mapped_column(primary_key=True)
    """Which warning: its code and subject, `jump:12`."""
    reason: Mapped[str]
    about: Mapped[str]
    """Số liệu đã giải trình: what stood there; another one needs a reason of its own."""


class Evidence(AttachedFile, Base):
    """Minh chứng: a file at one place of a report; removing hides it from the report, versions keep
    it. Rows of one report may share a stored file.
    """

    __tablename__ = "evidence"
    __table_args__ = (
        CheckConstraint("criterion_id IS NULL OR indicator_id IS NULL", name="one_subject"),
        CheckConstraint("size > 0", name="size_is_positive"),
        Index("ix_evidence_report_id", "report_id"),
        Index("ix_evidence_storage_key", "storage_key"),
        Index("ix_evidence_sha256", "sha256"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id", ondelete="RESTRICT"))
    criterion_id: Mapped[int | None] = mapped_column(
        ForeignKey("criterion.id", ondelete="RESTRICT"), index=True
    )
    indicator_id: Mapped[int | None] = mapped_column(
        ForeignKey("indicator.id", ondelete="RESTRICT"), index=True
    )
    storage_key: Mapped[str] = mapped_column()
    """Nơi cất; files that stand at several places are stored once."""
    removed_at: Mapped[datetime | None]


class Occurrence(Base):
    """Lần: one thing that a criterion counts, claimed in a report, accepted or struck."""

    __tablename__ = "occurrence"
    __table_args__ = (
        UniqueConstraint("criterion_id", "origin"),
        CheckConstraint("origin <> ''", name="origin_names_a_row"),
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
    origin: Mapped[str | None]
    """Dòng của sổ mà lần này được lấy từ đó, like "exemplar:12"; none where it was typed."""
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


class ReportVersion(Base):
    """Bản nộp: a frozen snapshot; nothing in it ever changes."""

    __tablename__ = "report_version"
    __table_args__ = (UniqueConstraint("report_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id", ondelete="RESTRICT"))
    number: Mapped[int]
    submitted_at: Mapped[datetime]
    submitted_by_id: Mapped[int] = mapped_column(
        ForeignKey("user_account.id", ondelete="RESTRICT"), index=True
    )
    is_on_time: Mapped[bool]
    due_on: Mapped[date]
    snapshot: Mapped[dict[str, Any]] = mapped_column(JSON)
    sha256: Mapped[str]

    submitted_by: Mapped[User] = relationship(lazy="raise_on_sql")
    report: Mapped[Report] = relationship(lazy="raise_on_sql")


append_only(ReportVersion.__table__)  # type: ignore[arg-type]


class Return(Base):
    """Trả lại: one version sent back, with the reason and the new date."""

    __tablename__ = "report_return"
    __table_args__ = (CheckConstraint("reason <> ''", name="reason_is_given"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(
        ForeignKey("report_version.id", ondelete="RESTRICT"), unique=True
    )
    reason: Mapped[str]
    due_on: Mapped[date]
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(
        ForeignKey("user_account.id", ondelete="RESTRICT"), index=True
    )

    by: Mapped[User] = relationship(lazy="raise_on_sql")
    report_version: Mapped[ReportVersion] = relationship(lazy="raise_on_sql")
