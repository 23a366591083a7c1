"""Đối chiếu nhật ký: the tables as they stood at the baseline."""

import sqlalchemy as sa

from campaign.migrations.baseline.columns import MOMENT, metadata

# Lần đối chiếu.
sa.Table(
    "proof_run",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column("started_at", MOMENT, nullable=False),
    sa.Column("finished_at", MOMENT, nullable=True),
    sa.Column("by_name", sa.String(), nullable=False),
    sa.Column("progress", sa.String(), nullable=False),
    sa.Column("since", sa.Integer(), nullable=True),
    sa.Column("head_number", sa.Integer(), nullable=True),
    sa.Column("head_hash", sa.String(), nullable=True),
    sa.Column("row_count", sa.Integer(), nullable=True),
    sa.Column("file_count", sa.Integer(), nullable=True),
    sa.Column("fault_count", sa.Integer(), nullable=True),
    sa.Column("faults", sa.JSON(), nullable=False),
    sa.CheckConstraint(
        "(finished_at IS NULL) = (fault_count IS NULL)", name="finished_has_a_finding"
    ),
)
