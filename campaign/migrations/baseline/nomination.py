"""Đề nghị khen thưởng: the tables as they stood at the baseline."""

import sqlalchemy as sa

from campaign.migrations.baseline.columns import MOMENT, metadata, one_of

# Hình thức của phong trào.
sa.Table(
    "award_kind",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column(
        "campaign_id",
        sa.Integer(),
        sa.ForeignKey("campaign.id", ondelete="CASCADE"),
        nullable=False,
    ),
    sa.Column(
        "form_id", sa.Integer(), sa.ForeignKey("award_form.id", ondelete="RESTRICT"), nullable=False
    ),
    sa.Column(
        "subject", one_of("subject", "collective", "household", "individual"), nullable=False
    ),
    sa.Column("leader_limit", sa.Integer(), nullable=True),
    sa.Column("overall_limit", sa.Integer(), nullable=True),
    sa.Column("vote", sa.JSON(), nullable=False),
    sa.Column("gates", sa.JSON(), nullable=False),
    sa.Column("position", sa.Integer(), nullable=False),
    sa.UniqueConstraint("campaign_id", "form_id", "subject"),
    sa.CheckConstraint(
        "leader_limit IS NULL OR leader_limit BETWEEN 0 AND 100",
        name="leader_limit_is_a_percentage",
    ),
    sa.CheckConstraint(
        "overall_limit IS NULL OR overall_limit >= 0", name="overall_limit_not_negative"
    ),
)

# Chỉ tiêu khen thưởng of a kind in a block.
sa.Table(
    "award_quota",
    metadata,
    sa.Column(
        "kind_id",
        sa.Integer(),
        sa.ForeignKey("award_kind.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    sa.Column(
        "block_id", sa.Integer(), sa.ForeignKey("block.id", ondelete="CASCADE"), primary_key=True
    ),
    sa.Column("count", sa.Integer(), nullable=True),
    sa.Column("percent", sa.Integer(), nullable=True),
    sa.CheckConstraint("count IS NULL OR count >= 0", name="count_not_negative"),
    sa.CheckConstraint("(count IS NULL) <> (percent IS NULL)", name="count_or_percent"),
    sa.CheckConstraint("percent IS NULL OR percent BETWEEN 0 AND 100", name="percent_in_range"),
)

# Đề nghị khen thưởng.
sa.Table(
    "nominee",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column(
        "campaign_id",
        sa.Integer(),
        sa.ForeignKey("campaign.id", ondelete="RESTRICT"),
        nullable=False,
    ),
    sa.Column(
        "participation_id",
        sa.Integer(),
        sa.ForeignKey("participation.id", ondelete="RESTRICT"),
        nullable=False,
    ),
    sa.Column(
        "kind_id", sa.Integer(), sa.ForeignKey("award_kind.id", ondelete="RESTRICT"), nullable=False
    ),
    sa.Column("honorific", sa.String(), nullable=False),
    sa.Column("name", sa.String(), nullable=False),
    sa.Column("name_key", sa.String(), nullable=False),
    sa.Column("search_key", sa.String(), nullable=False),
    sa.Column("job", sa.String(), nullable=False),
    sa.Column("birth_year", sa.Integer(), nullable=True),
    sa.Column("is_leader", sa.Boolean(), nullable=False),
    sa.Column("member_count", sa.Integer(), nullable=True),
    sa.Column("women_count", sa.Integer(), nullable=True),
    sa.Column("achievements", sa.Text(), nullable=False),
    sa.Column("measures", sa.Text(), nullable=False),
    sa.Column("effects", sa.Text(), nullable=False),
    sa.Column("earlier_awards", sa.Text(), nullable=False),
    sa.Column("discipline", sa.String(), nullable=False),
    sa.Column("complaint", sa.String(), nullable=False),
    sa.Column("added_reason", sa.String(), nullable=False),
    sa.Column(
        "state", one_of("nomineestate", "draft", "signed", "proposed", "left_out"), nullable=False
    ),
    sa.Column("state_reason", sa.String(), nullable=False),
    sa.Column("is_tied", sa.Boolean(), nullable=False),
    sa.Column("is_illustrative", sa.Boolean(), nullable=False),
    sa.Column("signed_at", MOMENT, nullable=True),
    sa.Column(
        "signed_by_id",
        sa.Integer(),
        sa.ForeignKey("user_account.id", ondelete="RESTRICT"),
        nullable=True,
    ),
    sa.Column("version", sa.Integer(), nullable=False),
    sa.CheckConstraint(
        "birth_year IS NULL OR birth_year BETWEEN 1900 AND 2100", name="birth_year_in_range"
    ),
    sa.CheckConstraint("(signed_at IS NULL) = (signed_by_id IS NULL)", name="signed_by_someone"),
    sa.CheckConstraint(
        "(member_count IS NULL) = (women_count IS NULL) AND (women_count IS NULL OR"
        " women_count BETWEEN 0 AND member_count)",
        name="women_are_members",
    ),
    sa.Index("ix_nominee_campaign_id", "campaign_id"),
    sa.Index("ix_nominee_search_key", "search_key"),
)

# Thay đổi đề xuất.
sa.Table(
    "nominee_change",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column(
        "nominee_id", sa.Integer(), sa.ForeignKey("nominee.id", ondelete="CASCADE"), nullable=False
    ),
    sa.Column(
        "from_state",
        one_of("nomineestate", "draft", "signed", "proposed", "left_out"),
        nullable=False,
    ),
    sa.Column(
        "to_state", one_of("to_state", "draft", "signed", "proposed", "left_out"), nullable=False
    ),
    sa.Column("reason", sa.String(), nullable=False),
    sa.Column("at", MOMENT, nullable=False),
    sa.Column(
        "by_id", sa.Integer(), sa.ForeignKey("user_account.id", ondelete="RESTRICT"), nullable=False
    ),
    sa.Index("ix_nominee_change_nominee_id", "nominee_id"),
)
