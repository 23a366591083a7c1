"""Phát động: the tables as they stood at the baseline."""

import sqlalchemy as sa

from campaign.migrations.baseline.columns import MEASURE, MOMENT, POINTS, metadata, one_of

# Phong trào thi đua.
sa.Table(
    "campaign",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column("title", sa.String(), nullable=False),
    sa.Column("occasion", sa.String(), nullable=False),
    sa.Column(
        "organiser_id", sa.Integer(), sa.ForeignKey("unit.id", ondelete="RESTRICT"), nullable=True
    ),
    sa.Column("starts_on", sa.Date(), nullable=False),
    sa.Column("ends_on", sa.Date(), nullable=False),
    sa.Column(
        "counted_by", one_of("countedby", "months", "days"), server_default="months", nullable=False
    ),
    sa.Column("legal_basis", sa.Text(), nullable=False),
    sa.Column("announcement", sa.Text(), nullable=False),
    sa.Column(
        "rule_set_code",
        sa.String(),
        sa.ForeignKey("rule_set.code", ondelete="RESTRICT"),
        nullable=True,
    ),
    sa.Column(
        "phase",
        one_of(
            "phase",
            "draft",
            "launched",
            "reporting",
            "verifying",
            "scoring",
            "meeting",
            "deciding",
            "published",
        ),
        nullable=False,
    ),
    sa.Column(
        "aggregation", one_of("aggregation", "mean", "median", "trimmed_mean"), nullable=False
    ),
    sa.Column("mark_step", POINTS, nullable=False),
    sa.Column("minimum_marks", sa.Integer(), nullable=False),
    sa.Column("quorum_numerator", sa.Integer(), nullable=False),
    sa.Column("quorum_denominator", sa.Integer(), nullable=False),
    sa.Column("award_quorum_numerator", sa.Integer(), nullable=True),
    sa.Column("award_quorum_denominator", sa.Integer(), nullable=True),
    sa.Column("tie_breaks", sa.JSON(), nullable=False),
    sa.Column(
        "rescaling",
        one_of("rescaling", "full_scale", "share"),
        server_default="full_scale",
        nullable=False,
    ),
    sa.Column("progress_is_public", sa.Boolean(), nullable=False),
    sa.Column("is_illustrative", sa.Boolean(), nullable=False),
    sa.Column("frozen_at", MOMENT, nullable=True),
    sa.Column("published_at", MOMENT, nullable=True),
    sa.Column("version", sa.Integer(), nullable=False),
    sa.Column("token", sa.String(), server_default="", nullable=False),
    sa.CheckConstraint(
        "(award_quorum_numerator IS NULL) = (award_quorum_denominator IS NULL)",
        name="award_quorum_is_whole",
    ),
    sa.CheckConstraint("(phase = 'draft') = (frozen_at IS NULL)", name="launched_has_a_moment"),
    sa.CheckConstraint("mark_step > 0", name="mark_step_is_positive"),
    sa.CheckConstraint("minimum_marks >= 1", name="minimum_marks_is_positive"),
    sa.CheckConstraint("starts_on <= ends_on", name="period_in_order"),
    sa.CheckConstraint(
        "phase <> 'published' OR published_at IS NOT NULL", name="published_has_a_moment"
    ),
    sa.CheckConstraint(
        "quorum_numerator >= 1 AND quorum_numerator <= quorum_denominator", name="quorum_in_range"
    ),
)

# Mức xếp loại.
sa.Table(
    "band",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column(
        "campaign_id",
        sa.Integer(),
        sa.ForeignKey("campaign.id", ondelete="CASCADE"),
        nullable=False,
    ),
    sa.Column("name", sa.String(), nullable=False),
    sa.Column("from_points", POINTS, nullable=False),
    sa.Column("floor_percent", MEASURE, nullable=True),
    sa.UniqueConstraint("campaign_id", "name"),
    sa.CheckConstraint(
        "floor_percent IS NULL OR floor_percent BETWEEN 0 AND 1000000", name="floor_is_a_percentage"
    ),
    sa.CheckConstraint("from_points >= 0", name="from_points_not_negative"),
)

# Khối thi đua.
sa.Table(
    "block",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column(
        "campaign_id",
        sa.Integer(),
        sa.ForeignKey("campaign.id", ondelete="CASCADE"),
        nullable=False,
    ),
    sa.Column("name", sa.String(), nullable=False),
    sa.Column("short_name", sa.String(), nullable=False),
    sa.Column("position", sa.Integer(), nullable=False),
    sa.UniqueConstraint("campaign_id", "name"),
    sa.UniqueConstraint("id", "campaign_id"),
)

# Chuyển bước.
sa.Table(
    "phase_change",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column(
        "campaign_id",
        sa.Integer(),
        sa.ForeignKey("campaign.id", ondelete="CASCADE"),
        nullable=False,
    ),
    sa.Column(
        "from_phase",
        one_of(
            "phase",
            "draft",
            "launched",
            "reporting",
            "verifying",
            "scoring",
            "meeting",
            "deciding",
            "published",
        ),
        nullable=False,
    ),
    sa.Column(
        "to_phase",
        one_of(
            "to_phase",
            "draft",
            "launched",
            "reporting",
            "verifying",
            "scoring",
            "meeting",
            "deciding",
            "published",
        ),
        nullable=False,
    ),
    sa.Column("reason", sa.String(), nullable=False),
    sa.Column("at", MOMENT, nullable=False),
    sa.Column(
        "by_id", sa.Integer(), sa.ForeignKey("user_account.id", ondelete="RESTRICT"), nullable=False
    ),
    sa.Index("ix_phase_change_campaign_id", "campaign_id"),
)

# Đính chính.
sa.Table(
    "plan_correction",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column(
        "campaign_id",
        sa.Integer(),
        sa.ForeignKey("campaign.id", ondelete="CASCADE"),
        nullable=False,
    ),
    sa.Column("subject", sa.String(), nullable=False),
    sa.Column("before", sa.Text(), nullable=False),
    sa.Column("after", sa.Text(), nullable=False),
    sa.Column("reason", sa.String(), nullable=False),
    sa.Column("at", MOMENT, nullable=False),
    sa.Column(
        "by_id", sa.Integer(), sa.ForeignKey("user_account.id", ondelete="RESTRICT"), nullable=False
    ),
    sa.CheckConstraint("reason <> ''", name="correction_has_a_reason"),
    sa.Index("ix_plan_correction_campaign_id", "campaign_id"),
)

# Kỳ báo cáo.
sa.Table(
    "reporting_period",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column(
        "campaign_id",
        sa.Integer(),
        sa.ForeignKey("campaign.id", ondelete="CASCADE"),
        nullable=False,
    ),
    sa.Column("name", sa.String(), nullable=False),
    sa.Column("starts_on", sa.Date(), nullable=False),
    sa.Column("ends_on", sa.Date(), nullable=False),
    sa.Column("due_on", sa.Date(), nullable=False),
    sa.Column("locks_on", sa.Date(), nullable=False),
    sa.Column("is_final", sa.Boolean(), nullable=False),
    sa.Column("expected_share", MEASURE, nullable=True),
    sa.Column("campaign_share", MEASURE, nullable=True),
    sa.Column("position", sa.Integer(), nullable=False),
    sa.UniqueConstraint("campaign_id", "name"),
    sa.CheckConstraint(
        "campaign_share IS NULL OR campaign_share BETWEEN 1 AND 1000000",
        name="campaign_share_is_a_percentage",
    ),
    sa.CheckConstraint("due_on <= locks_on", name="due_before_lock"),
    sa.CheckConstraint(
        "expected_share IS NULL OR expected_share BETWEEN 1 AND 1000000",
        name="expected_share_is_a_percentage",
    ),
    sa.CheckConstraint("starts_on <= ends_on", name="period_in_order"),
    sa.Index(
        "uq_reporting_period_one_final",
        "campaign_id",
        unique=True,
        sqlite_where=sa.text("is_final"),
        postgresql_where=sa.text("is_final"),
    ),
)

# Nhiệm vụ chuyên môn.
sa.Table(
    "task",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column(
        "campaign_id",
        sa.Integer(),
        sa.ForeignKey("campaign.id", ondelete="CASCADE"),
        nullable=False,
    ),
    sa.Column("name", sa.String(), nullable=False),
    sa.Column("guidance", sa.Text(), nullable=False),
    sa.Column("position", sa.Integer(), nullable=False),
    sa.UniqueConstraint("campaign_id", "name"),
)
