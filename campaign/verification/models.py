"""Thẩm định: verified values and points of one version."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaign.accounts.models import User
from campaign.database import Base, Measure, Points
from campaign.reporting.models import Report, ReportVersion
from campaign.scheme.rules.terms import ValueKind


class Verification(Base):
    """Hồ sơ thẩm định of one report: of which version, finished when and by whom."""

    __tablename__ = "verification"
    __table_args__ = (
        CheckConstraint(
            "(finished_at IS NULL) = (finished_by_id IS NULL)", name="finished_by_someone"
        ),
        Index("ix_verification_version_id", "version_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(
        ForeignKey("report.id", ondelete="RESTRICT"), unique=True
    )
    version_id: Mapped[int] = mapped_column(ForeignKey("report_version.id", ondelete="RESTRICT"))
    finished_at: Mapped[datetime | None]
    finished_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("user_account.id", ondelete="RESTRICT"), index=True
    )
    lock_version: Mapped[int] = mapped_column(default=1)
    disclosed_at: Mapped[datetime | None]
    """Đã đưa ra giải trình: the unit read it, and it is never opened again as a whole."""

    report: Mapped[Report] = relationship(lazy="raise_on_sql")
    report_version: Mapped[ReportVersion] = relationship(lazy="raise_on_sql")
    finished_by: Mapped[User | None] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": lock_version}  # noqa: RUF012 - the name is SQLAlchemy's


class _Checked:
    """Who verified a row last, and when."""

    updated_at: Mapped[datetime]
    updated_by_id: Mapped[int] = mapped_column(
        ForeignKey("user_account.id", ondelete="RESTRICT"), index=True
    )


class VerifiedValue(_Checked, Base):
    """Số liệu thẩm định for one indicator; the unit's own number stays as it is."""

    __tablename__ = "verified_value"
    __table_args__ = (UniqueConstraint("verification_id", "indicator_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    verification_id: Mapped[int] = mapped_column(ForeignKey("verification.id", ondelete="CASCADE"))
    indicator_id: Mapped[int] = mapped_column(
        ForeignKey("indicator.id", ondelete="RESTRICT"), index=True
    )
    value: Mapped[Decimal | None] = mapped_column(Measure)
    kind: Mapped[ValueKind | None]
    comparison: Mapped[Decimal | None] = mapped_column(Measure)
    official_value: Mapped[Decimal | None] = mapped_column(Measure)
    official_source: Mapped[str] = mapped_column(default="")
    comment: Mapped[str] = mapped_column(Text, default="")
    not_applicable_reason: Mapped[str] = mapped_column(default="")
    """Không áp dụng: a state with a reason; the rest of the group is re-scaled."""


class VerifiedPoints(_Checked, Base):
    """Điểm thẩm định of a criterion that no rule decides, with a comment where it differs."""

    __tablename__ = "verified_points"
    __table_args__ = (UniqueConstraint("verification_id", "criterion_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    verification_id: Mapped[int] = mapped_column(ForeignKey("verification.id", ondelete="CASCADE"))
    criterion_id: Mapped[int] = mapped_column(
        ForeignKey("criterion.id", ondelete="RESTRICT"), index=True
    )
    points: Mapped[Decimal | None] = mapped_column(Points)
    comment: Mapped[str] = mapped_column(Text, default="")
    not_applicable_reason: Mapped[str] = mapped_column(default="")
    ticks: Mapped[dict[str, str] | None] = mapped_column(JSON(none_as_null=True))
    """Các mục đạt và không đạt, by the number of the item."""


class Unlocking(Base):
    """Mở lại thẩm định: a finished verification opened again, with who and why."""

    __tablename__ = "unlocking"
    __table_args__ = (CheckConstraint("reason <> ''", name="reason_is_given"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    verification_id: Mapped[int] = mapped_column(
        ForeignKey("verification.id", ondelete="CASCADE"), index=True
    )
    reason: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(
        ForeignKey("user_account.id", ondelete="RESTRICT"), index=True
    )

    by: Mapped[User] = relationship(lazy="raise_on_sql")
