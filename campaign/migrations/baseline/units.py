"""Đơn vị: the tables as they stood at the baseline."""

import sqlalchemy as sa

from campaign.migrations.baseline.columns import metadata, one_of

# Tiêu đề văn bản của cơ quan.
sa.Table(
    "letterhead",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
    sa.Column("above", sa.String(), nullable=False),
    sa.Column("issuer", sa.String(), nullable=False),
    sa.Column("place", sa.String(), nullable=False),
    sa.Column("code", sa.String(), nullable=False),
    sa.Column("leader_job", sa.String(), nullable=False),
    sa.Column("leader_name", sa.String(), nullable=False),
    sa.Column("recipients", sa.Text(), nullable=False),
    sa.CheckConstraint("id = 1", name="one_row"),
)

# Đơn vị.
sa.Table(
    "unit",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column(
        "parent_id", sa.Integer(), sa.ForeignKey("unit.id", ondelete="RESTRICT"), nullable=True
    ),
    sa.Column("path", sa.String(), nullable=False),
    sa.Column(
        "kind",
        one_of(
            "unitkind",
            "department",
            "leadership",
            "office",
            "service_unit",
            "local_government",
            "district_office",
            "city_office",
            "other",
        ),
        nullable=False,
    ),
    sa.Column("code", sa.String(), nullable=False),
    sa.Column("name", sa.String(), nullable=False),
    sa.Column("short_name", sa.String(), nullable=False),
    sa.Column("sort_key", sa.String(), nullable=False),
    sa.Column("search_key", sa.String(), nullable=False),
    sa.Column("valid_from", sa.Date(), nullable=True),
    sa.Column("valid_to", sa.Date(), nullable=True),
    sa.Column("head_title", sa.String(), server_default="", nullable=False),
    sa.Column("is_illustrative", sa.Boolean(), nullable=False),
    sa.UniqueConstraint("code"),
    sa.CheckConstraint("parent_id IS NULL OR parent_id <> id", name="not_its_own_parent"),
    sa.CheckConstraint(
        "valid_to IS NULL OR valid_from IS NULL OR valid_from <= valid_to",
        name="valid_dates_in_order",
    ),
    sa.Index("ix_unit_path", "path"),
    sa.Index("ix_unit_sort_key", "sort_key"),
)
