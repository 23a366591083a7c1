"""Đề nghị khen thưởng: award kinds of a campaign, quotas, nominees and their changes."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Text,
    UniqueConstraint,
    false,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaign.accounts.models import User
from campaign.core.vote_rules import rule_from_data
from campaign.database import Base, one_of
from campaign.enrolment.models import Participation
from campaign.honours.models import AwardType
from campaign.honours.rules import Ground, Subject
from campaign.nomination.rules import NomineeState
from campaign.planning.models import Block


class AwardKind(Base):
    """Hình thức của phong trào: an award type for one subject, its vote, gates and limits."""

    __tablename__ = "award_kind"
    __table_args__ = (
        UniqueConstraint("campaign_id", "form_id", "subject"),
        Index("uq_award_kind_id_campaign_id", "id", "campaign_id", unique=True),
        CheckConstraint(
            "leader_limit IS NULL OR leader_limit BETWEEN 0 AND 100",
            name="leader_limit_is_a_percentage",
        ),
        CheckConstraint(
            "overall_limit IS NULL OR overall_limit >= 0", name="overall_limit_not_negative"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id", ondelete="CASCADE"))
    form_id: Mapped[int] = mapped_column(
        ForeignKey("award_form.id", ondelete="RESTRICT"), index=True
    )
    subject: Mapped[Subject]
    leader_limit: Mapped[int | None]
    overall_limit: Mapped[int | None]
    """Chỉ tiêu chung of all blocks together."""
    vote: Mapped[dict[str, Any]] = mapped_column(JSON)
    gates: Mapped[dict[str, str]] = mapped_column(JSON)
    position: Mapped[int] = mapped_column(default=0)

    award_type: Mapped[AwardType] = relationship(lazy="raise_on_sql")

    @property
    def votes_by_proposal(self) -> bool:
        """Mức biểu quyết chỉ là đề xuất: taken over as the catalogue proposes it."""
        is_taken_over = rule_from_data(self.vote) == rule_from_data(self.award_type.vote)
        return is_taken_over and self.award_type.vote_ground is Ground.PROPOSAL


class AwardQuota(Base):
    """Chỉ tiêu khen thưởng of a kind in a block: a count or a share of its units."""

    __tablename__ = "award_quota"
    __table_args__ = (
        CheckConstraint(
            "(CASE WHEN count IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN percent IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN numerator IS NULL THEN 0 ELSE 1 END) = 1",
            name="one_measure",
        ),
        CheckConstraint(
            "(numerator IS NULL) = (denominator IS NULL) AND (numerator IS NULL OR"
            " (denominator > 0 AND numerator BETWEEN 0 AND denominator))",
            name="fraction_in_range",
        ),
        CheckConstraint("count IS NULL OR count >= 0", name="count_not_negative"),
        CheckConstraint("percent IS NULL OR percent BETWEEN 0 AND 100", name="percent_in_range"),
    )

    kind_id: Mapped[int] = mapped_column(
        ForeignKey("award_kind.id", ondelete="CASCADE"), primary_key=True
    )
    block_id: Mapped[int] = mapped_column(
        ForeignKey("block.id", ondelete="CASCADE"), index=True, primary_key=True
    )
    count: Mapped[int | None]
    percent: Mapped[int | None]
    numerator: Mapped[int | None]
    denominator: Mapped[int | None]
    """Phân số, as typed: 1/3."""
    rounds_half_up: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Làm tròn từ nửa trở lên; else down."""

    @property
    def fraction(self) -> tuple[int, int] | None:
        """Phân số, where the quota is one."""
        if self.numerator is None or self.denominator is None:
            return None
        return self.numerator, self.denominator

    @property
    def share_text(self) -> str:
        """Tỷ lệ as it was typed: "30" per cent, or "1/3"."""
        if self.fraction is not None:
            return "{}/{}".format(*self.fraction)
        return "" if self.percent is None else str(self.percent)

    block: Mapped[Block] = relationship(lazy="raise_on_sql")


class Nominee(Base):
    """Đề nghị khen thưởng: a collective or person named by a unit or the Standing Committee."""

    __tablename__ = "nominee"
    __table_args__ = (
        ForeignKeyConstraint(
            ["participation_id", "campaign_id"],
            ["participation.id", "participation.campaign_id"],
            ondelete="RESTRICT",
            name="fk_nominee_participation",
        ),
        ForeignKeyConstraint(
            ["kind_id", "campaign_id"],
            ["award_kind.id", "award_kind.campaign_id"],
            ondelete="RESTRICT",
            name="fk_nominee_kind",
        ),
        CheckConstraint("(signed_at IS NULL) = (signed_by_id IS NULL)", name="signed_by_someone"),
        CheckConstraint(
            "state <> 'signed' OR signed_at IS NOT NULL", name="signed_has_a_signature"
        ),
        CheckConstraint(
            "state NOT IN ('draft', 'by_rank') OR signed_at IS NULL", name="unsigned_has_none"
        ),
        CheckConstraint(
            "birth_year IS NULL OR birth_year BETWEEN 1900 AND 2100", name="birth_year_in_range"
        ),
        CheckConstraint(
            "(member_count IS NULL) = (women_count IS NULL) AND (women_count IS NULL OR"
            " women_count BETWEEN 0 AND member_count)",
            name="women_are_members",
        ),
        Index("ix_nominee_campaign_id", "campaign_id"),
        Index("ix_nominee_search_key", "search_key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id", ondelete="RESTRICT"))
    participation_id: Mapped[int] = mapped_column(index=True)
    kind_id: Mapped[int] = mapped_column(index=True)
    honorific: Mapped[str] = mapped_column(default="")
    name: Mapped[str]
    name_key: Mapped[str]
    search_key: Mapped[str]
    job: Mapped[str] = mapped_column(default="")
    birth_year: Mapped[int | None]
    is_leader: Mapped[bool] = mapped_column(default=False)
    exemplar_id: Mapped[int | None] = mapped_column(
        ForeignKey("exemplar.id", ondelete="SET NULL"), index=True
    )
    """Điển hình mà đề nghị dựa vào."""
    member_count: Mapped[int | None]
    women_count: Mapped[int | None]
    """Số người của tập thể, trong đó nữ."""
    achievements: Mapped[str] = mapped_column(Text, default="")
    measures: Mapped[str] = mapped_column(Text, default="")
    effects: Mapped[str] = mapped_column(Text, default="")
    earlier_awards: Mapped[str] = mapped_column(Text, default="")
    discipline: Mapped[str] = mapped_column(default="")
    complaint: Mapped[str] = mapped_column(default="")
    added_reason: Mapped[str] = mapped_column(default="")
    """Lý do Thường trực bổ sung; empty where the unit itself nominates."""
    state: Mapped[NomineeState] = mapped_column(default=NomineeState.DRAFT)
    state_reason: Mapped[str] = mapped_column(default="")
    is_tied: Mapped[bool] = mapped_column(default=False)
    is_illustrative: Mapped[bool] = mapped_column(default=False)
    signed_at: Mapped[datetime | None]
    signed_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("user_account.id", ondelete="RESTRICT"), index=True
    )
    version: Mapped[int] = mapped_column(default=1)

    participation: Mapped[Participation] = relationship(
        lazy="raise_on_sql",
        viewonly=True,
        primaryjoin="Nominee.participation_id == Participation.id",
        foreign_keys="Nominee.participation_id",
    )
    kind: Mapped[AwardKind] = relationship(
        lazy="raise_on_sql",
        viewonly=True,
        primaryjoin="Nominee.kind_id == AwardKind.id",
        foreign_keys="Nominee.kind_id",
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - the name is SQLAlchemy's

    @property
    def is_by_rank(self) -> bool:
        """Lập theo xếp hạng: added for the rank of its unit alone, so that nobody ever signed."""
        return self.state is not NomineeState.DRAFT and self.signed_at is None


class NomineeChange(Base):
    """Thay đổi đề xuất: each change of a nominee's state, with its reason."""

    __tablename__ = "nominee_change"
    __table_args__ = (Index("ix_nominee_change_nominee_id", "nominee_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    nominee_id: Mapped[int] = mapped_column(ForeignKey("nominee.id", ondelete="CASCADE"))
    from_state: Mapped[NomineeState]
    to_state: Mapped[NomineeState] = mapped_column(one_of(NomineeState, "to_state"))
    reason: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(
        ForeignKey("user_account.id", ondelete="RESTRICT"), index=True
    )

    by: Mapped[User] = relationship(lazy="raise_on_sql")
