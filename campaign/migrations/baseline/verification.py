"""Thẩm định: the tables as they stood at the baseline."""

import sqlalchemy as sa

from campaign.migrations.baseline.columns import MEASURE, MOMENT, POINTS, metadata, one_of

# Hồ sơ thẩm định of one report.
sa.Table(
    "verification",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column(
        "report_id", sa.Integer(), sa.ForeignKey("report.id", ondelete="RESTRICT"), nullable=False
    ),
    sa.Column(
        "version_id",
        sa.Integer(),
        sa.ForeignKey("report_version.id", ondelete="RESTRICT"),
        nullable=False,
    ),
    sa.Column("finished_at", MOMENT, nullable=True),
    sa.Column(
        "finished_by_id",
        sa.Integer(),
        sa.ForeignKey("user_account.id", ondelete="RESTRICT"),
        nullable=True,
    ),
    sa.Column("lock_version", sa.Integer(), nullable=False),
    sa.UniqueConstraint("report_id"),
    sa.CheckConstraint(
        "(finished_at IS NULL) = (finished_by_id IS NULL)", name="finished_by_someone"
    ),
    sa.Index("ix_verification_version_id", "version_id"),
)

# Mở lại thẩm định.
sa.Table(
    "unlocking",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column(
        "verification_id",
        sa.Integer(),
        sa.ForeignKey("verification.id", ondelete="CASCADE"),
        nullable=False,
    ),
    sa.Column("reason", sa.String(), nullable=False),
    sa.Column("at", MOMENT, nullable=False),
    sa.Column(
        "by_id", sa.Integer(), sa.ForeignKey("user_account.id", ondelete="RESTRICT"), nullable=False
    ),
    sa.CheckConstraint("reason <> ''", name="reason_is_given"),
)

# Điểm thẩm định of a criterion that no rule decides, with a comment where it differs.
sa.Table(
    "verified_points",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column(
        "verification_id",
        sa.Integer(),
        sa.ForeignKey("verification.id", ondelete="CASCADE"),
        nullable=False,
    ),
    sa.Column(
        "criterion_id",
        sa.Integer(),
        sa.ForeignKey("criterion.id", ondelete="RESTRICT"),
        nullable=False,
    ),
    sa.Column("points", POINTS, nullable=True),
    sa.Column("comment", sa.Text(), nullable=False),
    sa.Column("not_applicable_reason", sa.String(), nullable=False),
    sa.Column("updated_at", MOMENT, nullable=False),
    sa.Column(
        "updated_by_id",
        sa.Integer(),
        sa.ForeignKey("user_account.id", ondelete="RESTRICT"),
        nullable=False,
    ),
    sa.UniqueConstraint("verification_id", "criterion_id"),
)

# Số liệu thẩm định for one indicator; the unit's own number stays as it is.
sa.Table(
    "verified_value",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column(
        "verification_id",
        sa.Integer(),
        sa.ForeignKey("verification.id", ondelete="CASCADE"),
        nullable=False,
    ),
    sa.Column(
        "indicator_id",
        sa.Integer(),
        sa.ForeignKey("indicator.id", ondelete="RESTRICT"),
        nullable=False,
    ),
    sa.Column("value", MEASURE, nullable=True),
    sa.Column("kind", one_of("valuekind", "estimated", "preliminary", "official"), nullable=True),
    sa.Column("comparison", MEASURE, nullable=True),
    sa.Column("official_value", MEASURE, nullable=True),
    sa.Column("official_source", sa.String(), nullable=False),
    sa.Column("comment", sa.Text(), nullable=False),
    sa.Column("not_applicable_reason", sa.String(), nullable=False),
    sa.Column("updated_at", MOMENT, nullable=False),
    sa.Column(
        "updated_by_id",
        sa.Integer(),
        sa.ForeignKey("user_account.id", ondelete="RESTRICT"),
        nullable=False,
    ),
    sa.UniqueConstraint("verification_id", "indicator_id"),
)
