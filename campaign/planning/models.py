"""Phát động: a campaign and everything its plan fixes before the launch."""

import secrets
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    Text,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaign.accounts.models import User
from campaign.core.points import PLACES
from campaign.database import Base, Measure, Points, one_of
from campaign.honours.models import RuleSet
from campaign.planning.rules import Aggregation, DivergenceEnd, Phase, Rescaling
from campaign.scheme.rules.terms import (
    CountedBy,
)
from campaign.units.models import Unit


class Campaign(Base):
    """Phong trào thi đua: from its plan to its publication; `frozen_at` is the moment of launch."""

    __tablename__ = "campaign"
    __unaudited_columns__ = frozenset({"token"})
    __table_args__ = (
        CheckConstraint("starts_on <= ends_on", name="period_in_order"),
        CheckConstraint("mark_step > 0", name="mark_step_is_positive"),
        CheckConstraint("scale > 0", name="scale_is_positive"),
        CheckConstraint("points_places BETWEEN 0 AND 4", name="points_places_in_range"),
        CheckConstraint("minimum_marks >= 1", name="minimum_marks_is_positive"),
        CheckConstraint(
            "clarification_days IS NULL OR clarification_days BETWEEN 1 AND 60",
            name="clarification_days_in_range",
        ),
        CheckConstraint(
            "divergence_points IS NULL OR divergence_percent IS NULL", name="divergence_is_one"
        ),
        CheckConstraint(
            "(divergence_points IS NULL OR divergence_points > 0) AND"
            " (divergence_percent IS NULL OR divergence_percent BETWEEN 1 AND 100)",
            name="divergence_in_range",
        ),
        CheckConstraint(
            "quorum_numerator >= 1 AND quorum_numerator <= quorum_denominator",
            name="quorum_in_range",
        ),
        CheckConstraint(
            "(award_quorum_numerator IS NULL) = (award_quorum_denominator IS NULL)",
            name="award_quorum_is_whole",
        ),
        CheckConstraint(
            "(band_numerator IS NULL) = (band_denominator IS NULL) AND (band_numerator IS NULL OR"
            " (band_numerator >= 1 AND band_numerator <= band_denominator))",
            name="band_share_in_range",
        ),
        CheckConstraint("(phase = 'draft') = (frozen_at IS NULL)", name="launched_has_a_moment"),
        CheckConstraint("NOT is_correcting OR phase = 'launched'", name="corrected_as_launched"),
        CheckConstraint(
            "phase <> 'published' OR published_at IS NOT NULL", name="published_has_a_moment"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    occasion: Mapped[str] = mapped_column(default="")
    organiser_id: Mapped[int | None] = mapped_column(
        ForeignKey("unit.id", ondelete="RESTRICT"), index=True
    )
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    counted_by: Mapped[CountedBy] = mapped_column(
        default=CountedBy.MONTHS, server_default=CountedBy.MONTHS.value
    )
    """Phần thời gian đã qua của phong trào tính theo tháng hay theo ngày."""
    legal_basis: Mapped[str] = mapped_column(Text, default="")
    announcement: Mapped[str] = mapped_column(Text, default="")
    rule_set_code: Mapped[str | None] = mapped_column(
        ForeignKey("rule_set.code", ondelete="RESTRICT"), index=True
    )
    phase: Mapped[Phase] = mapped_column(default=Phase.DRAFT)
    aggregation: Mapped[Aggregation] = mapped_column(default=Aggregation.MEAN)
    scale: Mapped[Decimal] = mapped_column(Points, default=Decimal(100), server_default="1000000")
    """Thang điểm: what the base criteria sum to."""
    points_places: Mapped[int] = mapped_column(default=PLACES, server_default=str(PLACES))
    """Số chữ số thập phân của điểm."""
    mark_step: Mapped[Decimal] = mapped_column(Points, default=Decimal("0.5"))
    minimum_marks: Mapped[int] = mapped_column(default=3)
    recuses_block: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Không chấm cả khối của đơn vị mình, beside that unit itself."""
    divergence_points: Mapped[Decimal | None] = mapped_column(Points)
    divergence_percent: Mapped[int | None]
    """Điểm chênh lệch từ mức này thì ô phải xem lại: points, or per cent of the maximum; neither
    where the plan has no such rule.
    """
    divergence_ended_by: Mapped[DivergenceEnd] = mapped_column(
        one_of(DivergenceEnd, "divergence_ended_by"),
        default=DivergenceEnd.MEMBERS,
        server_default=DivergenceEnd.MEMBERS.value,
    )
    quorum_numerator: Mapped[int] = mapped_column(default=2)
    quorum_denominator: Mapped[int] = mapped_column(default=3)
    """Điều kiện họp: this share of the members must be there."""
    award_quorum_numerator: Mapped[int | None]
    award_quorum_denominator: Mapped[int | None]
    """Điều kiện của cuộc họp xét khen thưởng, where it is another one."""
    band_numerator: Mapped[int | None]
    band_denominator: Mapped[int | None]
    """Xếp loại do Hội đồng bỏ phiếu: this share of those present; None where points give it."""
    tie_breaks: Mapped[list[str]] = mapped_column(JSON, default=list)
    """Steps of ties.py as stored ("group:12", "council_vote"), in the order they are tried."""
    rescaling: Mapped[Rescaling] = mapped_column(
        default=Rescaling.FULL_SCALE, server_default=Rescaling.FULL_SCALE.value
    )
    """Quy đổi, where a whole group does not apply to a unit."""
    clarification_days: Mapped[int | None]
    """Đợt giải trình sau thẩm định: so many days; None where the plan has none."""
    progress_is_public: Mapped[bool] = mapped_column(default=False)
    is_illustrative: Mapped[bool] = mapped_column(default=False)
    frozen_at: Mapped[datetime | None]
    is_correcting: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Đang đính chính: launched, and open to be written again until the round is closed."""
    published_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
    token: Mapped[str] = mapped_column(default=lambda: secrets.token_hex(8), server_default="")
    """Dấu riêng: tells this campaign from one of the same number in another database; what a
    process keeps goes by it.
    """

    organiser: Mapped[Unit | None] = relationship(lazy="raise_on_sql")
    rule_set: Mapped[RuleSet | None] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - the name is SQLAlchemy's

    @property
    def quorum(self) -> tuple[int, int]:
        """Điều kiện họp, as a share."""
        return self.quorum_numerator, self.quorum_denominator

    @property
    def band_share(self) -> tuple[int, int] | None:
        """Tỷ lệ phiếu để được xếp loại; None where the points alone give the band."""
        if self.band_numerator is None or self.band_denominator is None:
            return None
        return self.band_numerator, self.band_denominator

    @property
    def award_quorum(self) -> tuple[int, int] | None:
        """Điều kiện của cuộc họp xét khen thưởng, as a share; None where it is no other one."""
        if self.award_quorum_numerator is None or self.award_quorum_denominator is None:
            return None
        return self.award_quorum_numerator, self.award_quorum_denominator

    @property
    def is_frozen(self) -> bool:
        """Đã phát động: weights, scale and aggregation can no longer change."""
        return self.frozen_at is not None and not self.is_correcting


class PhaseChange(Base):
    """Chuyển bước: each move of a campaign, kept for its timeline; a move back has a reason."""

    __tablename__ = "phase_change"
    __table_args__ = (Index("ix_phase_change_campaign_id", "campaign_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id", ondelete="CASCADE"))
    from_phase: Mapped[Phase]
    to_phase: Mapped[Phase] = mapped_column(one_of(Phase, "to_phase"))
    reason: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(
        ForeignKey("user_account.id", ondelete="RESTRICT"), index=True
    )

    by: Mapped[User] = relationship(lazy="raise_on_sql")


class PlanCorrection(Base):
    """Đính chính: what of a launched plan was put right, when, by whom and why."""

    __tablename__ = "plan_correction"
    __table_args__ = (
        CheckConstraint("reason <> ''", name="correction_has_a_reason"),
        Index("ix_plan_correction_campaign_id", "campaign_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id", ondelete="CASCADE"))
    subject: Mapped[str]
    before: Mapped[str] = mapped_column(Text, default="")
    after: Mapped[str] = mapped_column(Text, default="")
    reason: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(
        ForeignKey("user_account.id", ondelete="RESTRICT"), index=True
    )

    by: Mapped[User] = relationship(lazy="raise_on_sql")


class CorrectionRound(Base):
    """Đợt đính chính đang mở: why, and the whole plan in words as it was launched."""

    __tablename__ = "correction_round"
    __unaudited_columns__ = frozenset({"before"})
    __table_args__ = (CheckConstraint("reason <> ''", name="round_has_a_reason"),)

    campaign_id: Mapped[int] = mapped_column(
        ForeignKey("campaign.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    reason: Mapped[str]
    opened_at: Mapped[datetime]
    opened_by_id: Mapped[int] = mapped_column(
        ForeignKey("user_account.id", ondelete="RESTRICT"), index=True
    )
    before: Mapped[dict[str, Any]] = mapped_column(JSON)


class PlanCopy(Base):
    """Bản sao của kế hoạch nào: from which plan, by how many months, and what came along."""

    __tablename__ = "plan_copy"
    __table_args__ = (
        CheckConstraint("source_id IS NULL OR source_id <> campaign_id", name="of_another_plan"),
    )

    campaign_id: Mapped[int] = mapped_column(
        ForeignKey("campaign.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    source_id: Mapped[int | None] = mapped_column(
        ForeignKey("campaign.id", ondelete="SET NULL"), index=True
    )
    months: Mapped[int]
    parts: Mapped[list[str]] = mapped_column(JSON, default=list)


class Block(Base):
    """Khối thi đua: units that are ranked against each other."""

    __tablename__ = "block"
    __table_args__ = (
        UniqueConstraint("campaign_id", "name"),
        UniqueConstraint("id", "campaign_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id", ondelete="CASCADE"))
    name: Mapped[str]
    short_name: Mapped[str] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)


class Band(Base):
    """Mức xếp loại: from how many points, and the least share it demands of each criterion."""

    __tablename__ = "band"
    __table_args__ = (
        UniqueConstraint("campaign_id", "name"),
        CheckConstraint("from_points >= 0", name="from_points_not_negative"),
        CheckConstraint(
            "floor_percent IS NULL OR floor_percent BETWEEN 0 AND 1000000",
            name="floor_is_a_percentage",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id", ondelete="CASCADE"))
    name: Mapped[str]
    from_points: Mapped[Decimal] = mapped_column(Points)
    floor_percent: Mapped[Decimal | None] = mapped_column(Measure)


class Task(Base):
    """Nhiệm vụ chuyên môn: a task each unit tells about in its report."""

    __tablename__ = "task"
    __table_args__ = (UniqueConstraint("campaign_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id", ondelete="CASCADE"))
    name: Mapped[str]
    guidance: Mapped[str] = mapped_column(Text, default="")
    position: Mapped[int] = mapped_column(default=0)


class ReportingPeriod(Base):
    """Kỳ báo cáo: due on one day (`due_on`), closed after another (`locks_on`)."""

    __tablename__ = "reporting_period"
    __table_args__ = (
        UniqueConstraint("campaign_id", "name"),
        CheckConstraint("starts_on <= ends_on", name="period_in_order"),
        CheckConstraint("due_on <= locks_on", name="due_before_lock"),
        CheckConstraint(
            "expected_share IS NULL OR expected_share BETWEEN 1 AND 1000000",
            name="expected_share_is_a_percentage",
        ),
        CheckConstraint(
            "campaign_share IS NULL OR campaign_share BETWEEN 1 AND 1000000",
            name="campaign_share_is_a_percentage",
        ),
        Index(
            "uq_reporting_period_one_final",
            "campaign_id",
            unique=True,
            sqlite_where=text("is_final"),
            postgresql_where=text("is_final"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id", ondelete="CASCADE"))
    name: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    due_on: Mapped[date]
    locks_on: Mapped[date]
    is_final: Mapped[bool] = mapped_column(default=False)
    expected_share: Mapped[Decimal | None] = mapped_column(Measure)
    """Tiến độ phải đạt: per cent of the year's target, as typed; else by the calendar."""
    campaign_share: Mapped[Decimal | None] = mapped_column(Measure)
    """The same for targets of the whole campaign."""
    position: Mapped[int] = mapped_column(default=0)
