"""Bảng điểm: the tables as they stood at the baseline."""

import sqlalchemy as sa

from campaign.migrations.baseline.columns import MEASURE, POINTS, metadata, one_of

# Đơn vị đo.
sa.Table(
    "measure_unit",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column("name", sa.String(), nullable=False),
    sa.Column("symbol", sa.String(), nullable=False),
    sa.Column("position", sa.Integer(), nullable=False),
    sa.UniqueConstraint("name"),
)

# Nhóm tiêu chí.
sa.Table(
    "criterion_group",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column(
        "campaign_id",
        sa.Integer(),
        sa.ForeignKey("campaign.id", ondelete="CASCADE"),
        nullable=False,
    ),
    sa.Column("code", sa.String(), nullable=False),
    sa.Column("name", sa.String(), nullable=False),
    sa.Column("kind", one_of("criterionkind", "base", "bonus", "penalty"), nullable=False),
    sa.Column("cap", POINTS, nullable=True),
    sa.Column("position", sa.Integer(), nullable=False),
    sa.UniqueConstraint("campaign_id", "code"),
    sa.UniqueConstraint("id", "campaign_id"),
    sa.CheckConstraint("(kind = 'base') = (cap IS NULL)", name="bonus_and_penalty_are_capped"),
    sa.CheckConstraint("cap IS NULL OR cap >= 0", name="cap_not_negative"),
)

# Chỉ tiêu.
sa.Table(
    "indicator",
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
    sa.Column(
        "measure_unit_id",
        sa.Integer(),
        sa.ForeignKey("measure_unit.id", ondelete="RESTRICT"),
        nullable=False,
    ),
    sa.Column(
        "direction", one_of("direction", "at_least", "at_most", "below", "watch"), nullable=False
    ),
    sa.Column("judgement", one_of("judgement", "cumulative", "growth", "level"), nullable=False),
    sa.Column(
        "target_of", one_of("targetof", "year", "campaign"), server_default="year", nullable=False
    ),
    sa.Column("year_target", MEASURE, nullable=True),
    sa.Column("growth_target", MEASURE, nullable=True),
    sa.Column("previous_year_value", MEASURE, nullable=True),
    sa.Column("decimals", sa.Integer(), nullable=False),
    sa.Column(
        "required_kind", one_of("valuekind", "estimated", "preliminary", "official"), nullable=True
    ),
    sa.Column("source_required", sa.Boolean(), nullable=False),
    sa.Column("points_rule", sa.JSON(), nullable=False),
    sa.Column(
        "bonus_group_id",
        sa.Integer(),
        sa.ForeignKey("criterion_group.id", ondelete="SET NULL"),
        nullable=True,
    ),
    sa.Column("source", sa.String(), nullable=False),
    sa.Column(
        "checked_by_id",
        sa.Integer(),
        sa.ForeignKey("user_account.id", ondelete="RESTRICT"),
        nullable=True,
    ),
    sa.Column("checked_on", sa.Date(), nullable=True),
    sa.Column("is_carried_over", sa.Boolean(), nullable=False),
    sa.Column("position", sa.Integer(), nullable=False),
    sa.UniqueConstraint("campaign_id", "name"),
    sa.CheckConstraint("(checked_by_id IS NULL) = (checked_on IS NULL)", name="checked_by_someone"),
    sa.CheckConstraint("decimals BETWEEN 0 AND 4", name="decimals_in_range"),
)

# Chỉ tiêu giao.
sa.Table(
    "allocation",
    metadata,
    sa.Column(
        "indicator_id",
        sa.Integer(),
        sa.ForeignKey("indicator.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    sa.Column(
        "unit_id", sa.Integer(), sa.ForeignKey("unit.id", ondelete="RESTRICT"), primary_key=True
    ),
    sa.Column("target", MEASURE, nullable=True),
    sa.Column("growth_target", MEASURE, nullable=True),
    sa.Column("previous_year_value", MEASURE, nullable=True),
    sa.Column("is_illustrative", sa.Boolean(), nullable=False),
)

# Tiêu chí.
sa.Table(
    "criterion",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column(
        "campaign_id",
        sa.Integer(),
        sa.ForeignKey("campaign.id", ondelete="CASCADE"),
        nullable=False,
    ),
    sa.Column("group_id", sa.Integer(), nullable=False),
    sa.Column("code", sa.String(), nullable=False),
    sa.Column("name", sa.String(), nullable=False),
    sa.Column("guidance", sa.Text(), nullable=False),
    sa.Column("maximum", POINTS, nullable=False),
    sa.Column("evidence_required", sa.Boolean(), nullable=False),
    sa.Column(
        "judged_by", one_of("judgedby", "indicator", "secretariat", "council"), nullable=False
    ),
    sa.Column(
        "indicator_id",
        sa.Integer(),
        sa.ForeignKey("indicator.id", ondelete="RESTRICT"),
        nullable=True,
    ),
    sa.Column("position", sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(
        ["group_id", "campaign_id"],
        ["criterion_group.id", "criterion_group.campaign_id"],
        name="fk_criterion_group",
        ondelete="CASCADE",
    ),
    sa.UniqueConstraint("campaign_id", "code"),
    sa.UniqueConstraint("indicator_id"),
    sa.CheckConstraint(
        "(judged_by = 'indicator') = (indicator_id IS NOT NULL)",
        name="indicator_rule_names_its_indicator",
    ),
    sa.CheckConstraint("maximum > 0", name="maximum_is_positive"),
    sa.Index("ix_criterion_group_id", "group_id"),
)

# Đơn vị chủ trì, phối hợp of an indicator.
sa.Table(
    "indicator_owner",
    metadata,
    sa.Column(
        "indicator_id",
        sa.Integer(),
        sa.ForeignKey("indicator.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    sa.Column(
        "unit_id", sa.Integer(), sa.ForeignKey("unit.id", ondelete="RESTRICT"), primary_key=True
    ),
    sa.Column("part", one_of("ownerpart", "lead", "support"), nullable=False),
)

# Phạm vi áp dụng.
sa.Table(
    "criterion_scope",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column(
        "criterion_id",
        sa.Integer(),
        sa.ForeignKey("criterion.id", ondelete="CASCADE"),
        nullable=False,
    ),
    sa.Column(
        "block_id", sa.Integer(), sa.ForeignKey("block.id", ondelete="CASCADE"), nullable=True
    ),
    sa.Column(
        "unit_id", sa.Integer(), sa.ForeignKey("unit.id", ondelete="RESTRICT"), nullable=True
    ),
    sa.UniqueConstraint("criterion_id", "block_id", "unit_id"),
    sa.CheckConstraint("(block_id IS NULL) <> (unit_id IS NULL)", name="block_or_unit"),
)
