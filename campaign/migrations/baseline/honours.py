"""Danh mục khen thưởng: the tables as they stood at the baseline."""

import sqlalchemy as sa

from campaign.migrations.baseline.columns import POINTS, metadata, one_of

# Khen thưởng các năm trước.
sa.Table(
    "past_award",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column("year", sa.Integer(), nullable=False),
    sa.Column("number", sa.String(), nullable=False),
    sa.Column("signed_on", sa.Date(), nullable=True),
    sa.Column("form_name", sa.String(), nullable=False),
    sa.Column(
        "subject", one_of("subject", "collective", "household", "individual"), nullable=False
    ),
    sa.Column("honorific", sa.String(), nullable=False),
    sa.Column("name", sa.String(), nullable=False),
    sa.Column("search_key", sa.String(), nullable=False),
    sa.Column("job", sa.String(), nullable=False),
    sa.Column("unit_name", sa.String(), nullable=False),
    sa.Column("amount", sa.BigInteger(), nullable=True),
    sa.Column("note", sa.String(), nullable=False),
    sa.UniqueConstraint("year", "number", "name", "unit_name"),
    sa.CheckConstraint("amount IS NULL OR amount >= 0", name="amount_not_negative"),
    sa.Index("ix_past_award_search_key", "search_key"),
)

# Lương cơ sở.
sa.Table(
    "base_salary",
    metadata,
    sa.Column("from_on", sa.Date(), primary_key=True),
    sa.Column("amount", sa.BigInteger(), nullable=False),
    sa.Column("source", sa.String(), nullable=False),
    sa.Column(
        "checked_by_id",
        sa.Integer(),
        sa.ForeignKey("user_account.id", ondelete="RESTRICT"),
        nullable=True,
    ),
    sa.Column("checked_on", sa.Date(), nullable=True),
    sa.CheckConstraint("amount > 0", name="amount_is_positive"),
)

# Bộ quy định.
sa.Table(
    "rule_set",
    metadata,
    sa.Column("code", sa.String(), primary_key=True),
    sa.Column("title", sa.String(), nullable=False),
    sa.Column("in_force_from", sa.Date(), nullable=True),
    sa.Column("in_force_to", sa.Date(), nullable=True),
    sa.Column("legal_basis", sa.Text(), nullable=False),
    sa.Column("power_basis", sa.Text(), nullable=False),
    sa.Column(
        "rounding", one_of("rounding", "ceil_10000", "nearest_10000", "none"), nullable=False
    ),
    sa.Column("has_golden_book", sa.Boolean(), server_default=sa.false(), nullable=False),
    sa.Column("puts_women_first", sa.Boolean(), nullable=False),
    sa.Column("women_source", sa.String(), nullable=False),
    sa.Column("pays_highest_only", sa.Boolean(), nullable=False),
    sa.Column("highest_source", sa.String(), nullable=False),
    sa.Column("source", sa.String(), nullable=False),
    sa.Column(
        "checked_by_id",
        sa.Integer(),
        sa.ForeignKey("user_account.id", ondelete="RESTRICT"),
        nullable=True,
    ),
    sa.Column("checked_on", sa.Date(), nullable=True),
    sa.CheckConstraint("(checked_by_id IS NULL) = (checked_on IS NULL)", name="checked_by_someone"),
)

# Hình thức khen thưởng.
sa.Table(
    "award_form",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column(
        "rule_set_code",
        sa.String(),
        sa.ForeignKey("rule_set.code", ondelete="RESTRICT"),
        nullable=False,
    ),
    sa.Column("code", sa.String(), nullable=False),
    sa.Column("name", sa.String(), nullable=False),
    sa.Column(
        "level", one_of("level", "department", "province", "ministry", "state"), nullable=False
    ),
    sa.Column("signatory", sa.String(), nullable=False),
    sa.Column("for_collectives", sa.Boolean(), nullable=False),
    sa.Column("for_individuals", sa.Boolean(), nullable=False),
    sa.Column("for_households", sa.Boolean(), nullable=False),
    sa.Column("coefficient", POINTS, nullable=False),
    sa.Column("collective_factor", sa.Integer(), nullable=False),
    sa.Column("household_factor", POINTS, nullable=False),
    sa.Column("is_annual", sa.Boolean(), nullable=False),
    sa.Column("minimum_months", sa.Integer(), nullable=True),
    sa.Column("by_launcher_only", sa.Boolean(), nullable=False),
    sa.Column("report_form", sa.String(), nullable=False),
    sa.Column("vote", sa.JSON(), nullable=False),
    sa.Column("is_title", sa.Boolean(), nullable=False),
    sa.Column("source", sa.String(), nullable=False),
    sa.Column("position", sa.Integer(), nullable=False),
    sa.Column(
        "checked_by_id",
        sa.Integer(),
        sa.ForeignKey("user_account.id", ondelete="RESTRICT"),
        nullable=True,
    ),
    sa.Column("checked_on", sa.Date(), nullable=True),
    sa.Column("money_ground", one_of("money_ground", "law", "office", "proposal"), nullable=False),
    sa.Column("vote_source", sa.String(), nullable=False),
    sa.Column("vote_ground", one_of("vote_ground", "law", "office", "proposal"), nullable=False),
    sa.Column(
        "vote_checked_by_id",
        sa.Integer(),
        sa.ForeignKey("user_account.id", ondelete="RESTRICT"),
        nullable=True,
    ),
    sa.Column("vote_checked_on", sa.Date(), nullable=True),
    sa.Column("report_source", sa.String(), nullable=False),
    sa.Column(
        "report_ground", one_of("report_ground", "law", "office", "proposal"), nullable=False
    ),
    sa.Column(
        "report_checked_by_id",
        sa.Integer(),
        sa.ForeignKey("user_account.id", ondelete="RESTRICT"),
        nullable=True,
    ),
    sa.Column("report_checked_on", sa.Date(), nullable=True),
    sa.UniqueConstraint("rule_set_code", "code"),
    sa.CheckConstraint("coefficient >= 0", name="coefficient_not_negative"),
    sa.CheckConstraint("collective_factor >= 1", name="factor_is_positive"),
    sa.CheckConstraint("household_factor > 0", name="household_factor_is_positive"),
)
