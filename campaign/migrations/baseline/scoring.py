"""Chấm điểm: the tables as they stood at the baseline."""

import sqlalchemy as sa

from campaign.migrations.baseline.columns import MOMENT, POINTS, metadata, one_of

# Phiếu chấm of one member for one block; locked, it is read-only and counts.
sa.Table(
    "score_sheet",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column(
        "member_id",
        sa.Integer(),
        sa.ForeignKey("council_member.id", ondelete="RESTRICT"),
        nullable=False,
    ),
    sa.Column(
        "block_id", sa.Integer(), sa.ForeignKey("block.id", ondelete="RESTRICT"), nullable=False
    ),
    sa.Column("locked_at", MOMENT, nullable=True),
    sa.Column("version", sa.Integer(), nullable=False),
    sa.UniqueConstraint("member_id", "block_id"),
    sa.Index("ix_score_sheet_block_id", "block_id"),
)

# Mở lại phiếu chấm.
sa.Table(
    "sheet_reopening",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column(
        "sheet_id",
        sa.Integer(),
        sa.ForeignKey("score_sheet.id", ondelete="RESTRICT"),
        nullable=False,
    ),
    sa.Column("reason", sa.String(), nullable=False),
    sa.Column("at", MOMENT, nullable=False),
    sa.Column(
        "by_id", sa.Integer(), sa.ForeignKey("user_account.id", ondelete="RESTRICT"), nullable=False
    ),
    sa.CheckConstraint("reason <> ''", name="reason_is_given"),
)

# Điểm Hội đồng.
sa.Table(
    "mark",
    metadata,
    sa.Column(
        "participation_id",
        sa.Integer(),
        sa.ForeignKey("participation.id", ondelete="RESTRICT"),
        primary_key=True,
    ),
    sa.Column(
        "criterion_id",
        sa.Integer(),
        sa.ForeignKey("criterion.id", ondelete="RESTRICT"),
        primary_key=True,
    ),
    sa.Column(
        "sheet_id",
        sa.Integer(),
        sa.ForeignKey("score_sheet.id", ondelete="RESTRICT"),
        primary_key=True,
    ),
    sa.Column("state", one_of("markstate", "given", "abstained"), nullable=False),
    sa.Column("points", POINTS, nullable=True),
    sa.Column("note", sa.String(), nullable=False),
    sa.Column(
        "version_id",
        sa.Integer(),
        sa.ForeignKey("report_version.id", ondelete="RESTRICT"),
        nullable=False,
    ),
    sa.Column("updated_at", MOMENT, nullable=False),
    sa.CheckConstraint("state <> 'abstained' OR note <> ''", name="abstaining_has_a_reason"),
    sa.CheckConstraint("(state = 'given') = (points IS NOT NULL)", name="given_has_points"),
    sa.CheckConstraint("points IS NULL OR points >= 0", name="points_not_negative"),
    sa.Index(
        "ix_mark_by_sheet", "sheet_id", "participation_id", "criterion_id", "points", "version_id"
    ),
)
