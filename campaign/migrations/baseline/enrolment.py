"""Đăng ký: the tables as they stood at the baseline."""

import sqlalchemy as sa

from campaign.migrations.baseline.columns import MOMENT, metadata, one_of

# Đơn vị tham gia.
sa.Table(
    "participation",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column(
        "campaign_id",
        sa.Integer(),
        sa.ForeignKey("campaign.id", ondelete="CASCADE"),
        nullable=False,
    ),
    sa.Column(
        "unit_id", sa.Integer(), sa.ForeignKey("unit.id", ondelete="RESTRICT"), nullable=False
    ),
    sa.Column("block_id", sa.Integer(), nullable=True),
    sa.Column(
        "state", one_of("participationstate", "proposed", "confirmed", "withdrawn"), nullable=False
    ),
    sa.Column("commitments", sa.Text(), nullable=False),
    sa.Column("enrolled_at", MOMENT, nullable=False),
    sa.Column(
        "enrolled_by_id",
        sa.Integer(),
        sa.ForeignKey("user_account.id", ondelete="RESTRICT"),
        nullable=False,
    ),
    sa.Column("confirmed_at", MOMENT, nullable=True),
    sa.Column(
        "confirmed_by_id",
        sa.Integer(),
        sa.ForeignKey("user_account.id", ondelete="RESTRICT"),
        nullable=True,
    ),
    sa.Column("withdrawal_reason", sa.String(), nullable=False),
    sa.ForeignKeyConstraint(
        ["block_id", "campaign_id"],
        ["block.id", "block.campaign_id"],
        name="fk_participation_block",
        ondelete="RESTRICT",
    ),
    sa.UniqueConstraint("campaign_id", "unit_id"),
    sa.CheckConstraint(
        "state <> 'confirmed' OR (block_id IS NOT NULL AND confirmed_at IS NOT NULL)",
        name="confirmed_has_a_block_and_a_moment",
    ),
    sa.CheckConstraint(
        "state <> 'withdrawn' OR withdrawal_reason <> ''", name="withdrawn_has_a_reason"
    ),
    sa.Index("ix_participation_block_id", "block_id"),
    sa.Index("ix_participation_campaign_id_state", "campaign_id", "state"),
    sa.Index("ix_participation_unit_id", "unit_id"),
)
