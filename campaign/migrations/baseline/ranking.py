"""Xếp hạng: the tables as they stood at the baseline."""

import sqlalchemy as sa

from campaign.migrations.baseline.columns import MOMENT, POINTS, metadata

# Bảng xếp hạng đã chốt.
sa.Table(
    "frozen_ranking",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column(
        "campaign_id",
        sa.Integer(),
        sa.ForeignKey("campaign.id", ondelete="RESTRICT"),
        nullable=False,
    ),
    sa.Column("at", MOMENT, nullable=False),
    sa.Column(
        "by_id", sa.Integer(), sa.ForeignKey("user_account.id", ondelete="RESTRICT"), nullable=False
    ),
    sa.Column("reason", sa.String(), nullable=False),
    sa.Column("settings", sa.JSON(), nullable=False),
    sa.Column("audit_number", sa.Integer(), nullable=False),
    sa.Column("audit_hash", sa.String(), nullable=False),
    sa.Column("sha256", sa.String(), nullable=False),
    sa.Index("ix_frozen_ranking_campaign_id", "campaign_id"),
)

# Thứ hạng đã chốt of one unit, its points explained, with the ids of all that was used.
sa.Table(
    "frozen_standing",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column(
        "ranking_id",
        sa.Integer(),
        sa.ForeignKey("frozen_ranking.id", ondelete="RESTRICT"),
        nullable=False,
    ),
    sa.Column(
        "participation_id",
        sa.Integer(),
        sa.ForeignKey("participation.id", ondelete="RESTRICT"),
        nullable=False,
    ),
    sa.Column(
        "block_id", sa.Integer(), sa.ForeignKey("block.id", ondelete="RESTRICT"), nullable=False
    ),
    sa.Column("rank", sa.Integer(), nullable=True),
    sa.Column("total", POINTS, nullable=True),
    sa.Column("band", sa.String(), nullable=False),
    sa.Column("explanation", sa.JSON(), nullable=False),
    sa.UniqueConstraint("ranking_id", "participation_id"),
    sa.CheckConstraint("rank IS NULL OR rank >= 1", name="rank_is_positive"),
    sa.CheckConstraint("(rank IS NULL) = (total IS NULL)", name="ranked_has_a_total"),
)
