"""Tuyên truyền: the tables as they stood at the baseline."""

import sqlalchemy as sa

from campaign.migrations.baseline.columns import metadata

# Bài viết.
sa.Table(
    "post",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column(
        "campaign_id", sa.Integer(), sa.ForeignKey("campaign.id", ondelete="CASCADE"), nullable=True
    ),
    sa.Column("is_announcement", sa.Boolean(), nullable=False),
    sa.Column("title", sa.String(), nullable=False),
    sa.Column("body", sa.Text(), nullable=False),
    sa.Column("source", sa.String(), nullable=False),
    sa.Column("published_on", sa.Date(), nullable=True),
    sa.Column("is_illustrative", sa.Boolean(), nullable=False),
    sa.Column("version", sa.Integer(), nullable=False),
    sa.CheckConstraint(
        "NOT is_announcement OR campaign_id IS NOT NULL", name="announcement_has_a_campaign"
    ),
    sa.Index("ix_post_campaign_id", "campaign_id"),
    sa.Index("ix_post_published_on", "published_on", "id"),
)

# Người đọc trong ngày.
sa.Table(
    "post_reader",
    metadata,
    sa.Column(
        "post_id", sa.Integer(), sa.ForeignKey("post.id", ondelete="CASCADE"), primary_key=True
    ),
    sa.Column("day", sa.Date(), primary_key=True),
    sa.Column("reader", sa.String(), primary_key=True),
    sa.Column("views", sa.Integer(), nullable=False),
)

# Lượt xem.
sa.Table(
    "post_views",
    metadata,
    sa.Column(
        "post_id", sa.Integer(), sa.ForeignKey("post.id", ondelete="CASCADE"), primary_key=True
    ),
    sa.Column("views", sa.Integer(), nullable=False),
)
