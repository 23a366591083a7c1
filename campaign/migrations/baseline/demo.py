"""Diễn tập: the tables as they stood at the baseline."""

import sqlalchemy as sa

from campaign.migrations.baseline.columns import metadata

# Đồng hồ diễn tập.
sa.Table(
    "rehearsal_clock",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column("today", sa.Date(), nullable=False),
    sa.CheckConstraint("id = 1", name="one_clock"),
)
