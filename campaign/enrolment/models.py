"""Đăng ký: the table of participations."""

from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaign.database import Base
from campaign.enrolment.rules import ParticipationState
from campaign.planning.models import Block, Campaign
from campaign.units.models import Unit


class Participation(Base):
    """Đơn vị tham gia: its commitments (giao ước) and, once confirmed, its block."""

    __tablename__ = "participation"
    __table_args__ = (
        UniqueConstraint("campaign_id", "unit_id"),
        ForeignKeyConstraint(
            ["block_id", "campaign_id"],
            ["block.id", "block.campaign_id"],
            ondelete="RESTRICT",
            name="fk_participation_block",
        ),
        CheckConstraint(
            "state <> 'confirmed' OR (block_id IS NOT NULL AND confirmed_at IS NOT NULL)",
            name="confirmed_has_a_block_and_a_moment",
        ),
        CheckConstraint(
            "state <> 'withdrawn' OR withdrawal_reason <> ''", name="withdrawn_has_a_reason"
        ),
        Index("ix_participation_campaign_id_state", "campaign_id", "state"),
        Index("ix_participation_block_id", "block_id"),
        Index("ix_participation_unit_id", "unit_id"),
        Index("uq_participation_id_campaign_id", "id", "campaign_id", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id", ondelete="CASCADE"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id", ondelete="RESTRICT"))
    block_id: Mapped[int | None]
    state: Mapped[ParticipationState] = mapped_column(default=ParticipationState.PROPOSED)
    commitments: Mapped[str] = mapped_column(Text, default="")
    enrolled_at: Mapped[datetime]
    enrolled_by_id: Mapped[int] = mapped_column(
        ForeignKey("user_account.id", ondelete="RESTRICT"), index=True
    )
    confirmed_at: Mapped[datetime | None]
    confirmed_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("user_account.id", ondelete="RESTRICT"), index=True
    )
    withdrawal_reason: Mapped[str] = mapped_column(default="")

    campaign: Mapped[Campaign] = relationship(lazy="raise_on_sql")
    unit: Mapped[Unit] = relationship(lazy="raise_on_sql")
    block: Mapped[Block | None] = relationship(
        lazy="raise_on_sql",
        viewonly=True,
        primaryjoin="Participation.block_id == Block.id",
        foreign_keys="Participation.block_id",
    )
