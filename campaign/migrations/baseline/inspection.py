"""Kiểm tra thực tế: the tables as they stood at the baseline."""

import sqlalchemy as sa

from campaign.migrations.baseline.columns import MOMENT, metadata

# Kiểm tra thực tế.
sa.Table(
    "inspection",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column(
        "participation_id",
        sa.Integer(),
        sa.ForeignKey("participation.id", ondelete="CASCADE"),
        nullable=False,
    ),
    sa.Column("held_on", sa.Date(), nullable=False),
    sa.Column("team", sa.Text(), nullable=False),
    sa.Column("checked", sa.Text(), nullable=False),
    sa.Column("findings", sa.Text(), nullable=False),
    sa.Column("conclusion", sa.Text(), nullable=False),
    sa.Column("recorded_at", MOMENT, nullable=False),
    sa.Column(
        "recorded_by_id",
        sa.Integer(),
        sa.ForeignKey("user_account.id", ondelete="RESTRICT"),
        nullable=False,
    ),
    sa.Column("version", sa.Integer(), nullable=False),
    sa.Index("ix_inspection_participation_id", "participation_id"),
)

# Đối tượng kiểm tra.
sa.Table(
    "inspected_subject",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column(
        "inspection_id",
        sa.Integer(),
        sa.ForeignKey("inspection.id", ondelete="CASCADE"),
        nullable=False,
    ),
    sa.Column(
        "indicator_id",
        sa.Integer(),
        sa.ForeignKey("indicator.id", ondelete="RESTRICT"),
        nullable=True,
    ),
    sa.Column(
        "criterion_id",
        sa.Integer(),
        sa.ForeignKey("criterion.id", ondelete="RESTRICT"),
        nullable=True,
    ),
    sa.UniqueConstraint("inspection_id", "criterion_id", "indicator_id"),
    sa.CheckConstraint("(criterion_id IS NULL) <> (indicator_id IS NULL)", name="one_subject"),
)

# Tệp của biên bản kiểm tra.
sa.Table(
    "inspection_file",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column(
        "inspection_id",
        sa.Integer(),
        sa.ForeignKey("inspection.id", ondelete="RESTRICT"),
        nullable=False,
    ),
    sa.Column("file_name", sa.String(), nullable=False),
    sa.Column("media_type", sa.String(), nullable=False),
    sa.Column("size", sa.Integer(), nullable=False),
    sa.Column("sha256", sa.String(), nullable=False),
    sa.Column("storage_key", sa.String(), nullable=False),
    sa.Column("uploaded_at", MOMENT, nullable=False),
    sa.Column(
        "uploaded_by_id",
        sa.Integer(),
        sa.ForeignKey("user_account.id", ondelete="RESTRICT"),
        nullable=False,
    ),
    sa.UniqueConstraint("storage_key"),
    sa.CheckConstraint("size > 0", name="size_is_positive"),
)
