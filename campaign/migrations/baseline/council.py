"""Hội đồng: the tables as they stood at the baseline."""

import sqlalchemy as sa

from campaign.migrations.baseline.columns import MOMENT, metadata, one_of

# Thành viên Hội đồng.
sa.Table(
    "council_member",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column(
        "campaign_id",
        sa.Integer(),
        sa.ForeignKey("campaign.id", ondelete="CASCADE"),
        nullable=False,
    ),
    sa.Column(
        "user_id",
        sa.Integer(),
        sa.ForeignKey("user_account.id", ondelete="RESTRICT"),
        nullable=False,
    ),
    sa.Column(
        "function",
        one_of("councilfunction", "chair", "vice_chair", "member", "secretary"),
        nullable=False,
    ),
    sa.Column("term_from", sa.Date(), nullable=True),
    sa.Column("term_to", sa.Date(), nullable=True),
    sa.Column("left_on", sa.Date(), nullable=True),
    sa.Column("leaving_reason", sa.String(), nullable=False),
    sa.Column("position", sa.Integer(), nullable=False),
    sa.UniqueConstraint("campaign_id", "user_id"),
    sa.CheckConstraint("(left_on IS NULL) = (leaving_reason = '')", name="leaving_has_a_reason"),
    sa.CheckConstraint(
        "term_from IS NULL OR term_to IS NULL OR term_from <= term_to", name="term_in_order"
    ),
    sa.Index("ix_council_member_user_id", "user_id"),
    sa.Index(
        "uq_council_member_one_chair",
        "campaign_id",
        unique=True,
        sqlite_where=sa.text("function = 'chair' AND left_on IS NULL"),
        postgresql_where=sa.text("function = 'chair' AND left_on IS NULL"),
    ),
)

# Không chấm.
sa.Table(
    "recusal",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column(
        "member_id",
        sa.Integer(),
        sa.ForeignKey("council_member.id", ondelete="CASCADE"),
        nullable=False,
    ),
    sa.Column(
        "unit_id", sa.Integer(), sa.ForeignKey("unit.id", ondelete="RESTRICT"), nullable=False
    ),
    sa.Column("origin", one_of("recusalorigin", "own_unit", "declared", "chair"), nullable=False),
    sa.Column("reason", sa.String(), nullable=False),
    sa.Column("at", MOMENT, nullable=False),
    sa.Column(
        "by_id", sa.Integer(), sa.ForeignKey("user_account.id", ondelete="RESTRICT"), nullable=False
    ),
    sa.UniqueConstraint("member_id", "unit_id"),
    sa.CheckConstraint("origin IN ('declared', 'chair')", name="own_unit_is_not_stored"),
    sa.CheckConstraint("reason <> ''", name="reason_is_given"),
)
