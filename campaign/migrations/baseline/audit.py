"""Nhật ký: the tables as they stood at the baseline."""

import sqlalchemy as sa

from campaign.migrations.baseline.columns import MOMENT, metadata

# Dòng nhật ký.
sa.Table(
    "audit_entry",
    metadata,
    sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
    sa.Column("at", MOMENT, nullable=False),
    sa.Column("actor_id", sa.Integer(), nullable=True),
    sa.Column("actor", sa.String(), nullable=False),
    sa.Column("act", sa.String(), nullable=False),
    sa.Column("campaign_id", sa.Integer(), nullable=True),
    sa.Column("changes", sa.Text(), nullable=False),
    sa.Column("previous_hash", sa.String(), nullable=False),
    sa.Column("hash", sa.String(), nullable=False),
    sa.Column("settles", sa.Boolean(), server_default=sa.text("true"), nullable=False),
    sa.UniqueConstraint("hash"),
    sa.Index("ix_audit_entry_act", "act"),
    sa.Index("ix_audit_entry_actor_id", "actor_id"),
    sa.Index("ix_audit_entry_campaign_id", "campaign_id"),
    sa.Index(
        "ix_audit_entry_settled",
        "number",
        sqlite_where=sa.text("settles"),
        postgresql_where=sa.text("settles"),
    ),
)
