"""Xếp hạng: frozen rankings."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaign.accounts.models import User
from campaign.database import Base, Points, append_only
from campaign.enrolment.models import Participation
from campaign.ranking.rules import tie_words


class FrozenRanking(Base):
    """Bảng xếp hạng đã chốt: the settings used and the head of the audit chain at that moment."""

    __tablename__ = "frozen_ranking"
    __table_args__ = (Index("ix_frozen_ranking_campaign_id", "campaign_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id", ondelete="RESTRICT"))
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(
        ForeignKey("user_account.id", ondelete="RESTRICT"), index=True
    )
    reason: Mapped[str] = mapped_column(default="")
    """Lý do chốt lại: given when it replaces an earlier one."""
    settings: Mapped[dict[str, Any]] = mapped_column(JSON)
    audit_number: Mapped[int]
    audit_hash: Mapped[str]
    sha256: Mapped[str]

    by: Mapped[User] = relationship(lazy="raise_on_sql")


class FrozenStanding(Base):
    """Thứ hạng đã chốt of one unit, its points explained, with the ids of all that was used."""

    __tablename__ = "frozen_standing"
    __table_args__ = (
        UniqueConstraint("ranking_id", "participation_id"),
        CheckConstraint("(rank IS NULL) = (total IS NULL)", name="ranked_has_a_total"),
        CheckConstraint("rank IS NULL OR rank >= 1", name="rank_is_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ranking_id: Mapped[int] = mapped_column(ForeignKey("frozen_ranking.id", ondelete="RESTRICT"))
    participation_id: Mapped[int] = mapped_column(
        ForeignKey("participation.id", ondelete="RESTRICT"), index=True
    )
    block_id: Mapped[int] = mapped_column(ForeignKey("block.id", ondelete="RESTRICT"), index=True)
    rank: Mapped[int | None]
    total: Mapped[Decimal | None] = mapped_column(Points)
    band: Mapped[str] = mapped_column(default="")
    explanation: Mapped[dict[str, Any]] = mapped_column(JSON)

    participation: Mapped[Participation] = relationship(lazy="raise_on_sql")

    @property
    def tie(self) -> str:
        """Bằng điểm với đơn vị khác: shared, or what set it apart."""
        told = self.explanation
        return tie_words(told.get("decided_by", ""), is_tied=bool(told.get("tied_with")))


append_only(FrozenRanking.__table__)  # type: ignore[arg-type]
append_only(FrozenStanding.__table__)  # type: ignore[arg-type]
