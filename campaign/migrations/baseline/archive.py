"""Lưu trữ: the tables as they stood at the baseline."""

import sqlalchemy as sa

from campaign.migrations.baseline.columns import MOMENT, metadata

# Bản lưu trữ đã nạp.
sa.Table(
    "loaded_archive",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
    sa.Column("campaign_id", sa.Integer(), nullable=False),
    sa.Column("packed_at", sa.String(), nullable=False),
    sa.Column("loaded_at", MOMENT, nullable=False),
    sa.Column("sha256", sa.String(), nullable=False),
    sa.CheckConstraint("id = 1", name="one_row"),
)
