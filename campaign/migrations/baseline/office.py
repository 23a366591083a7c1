"""Văn bản: the tables as they stood at the baseline."""

import sqlalchemy as sa

from campaign.migrations.baseline.columns import MOMENT, metadata, one_of

# Mẫu văn bản do cơ quan sửa.
sa.Table(
    "paper_template",
    metadata,
    sa.Column(
        "kind",
        one_of(
            "paperkind",
            "plan",
            "pledge",
            "report",
            "inspection",
            "summary",
            "invitation",
            "ballot",
            "opinion",
            "count",
            "minutes",
            "submission",
            "achievement",
            "upward",
            "decision",
            "notice",
            "amendment",
        ),
        primary_key=True,
    ),
    sa.Column("file_name", sa.String(), nullable=False),
    sa.Column("content", sa.LargeBinary(), nullable=False),
    sa.Column("sha256", sa.String(), nullable=False),
    sa.Column("at", MOMENT, nullable=False),
    sa.Column(
        "by_id", sa.Integer(), sa.ForeignKey("user_account.id", ondelete="RESTRICT"), nullable=False
    ),
    sa.Column("lacking", sa.JSON(), nullable=False),
)

# Văn bản lưu.
sa.Table(
    "filed_paper",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column(
        "campaign_id",
        sa.Integer(),
        sa.ForeignKey("campaign.id", ondelete="RESTRICT"),
        nullable=False,
    ),
    sa.Column(
        "kind",
        one_of(
            "paperkind",
            "plan",
            "pledge",
            "report",
            "inspection",
            "summary",
            "invitation",
            "ballot",
            "opinion",
            "count",
            "minutes",
            "submission",
            "achievement",
            "upward",
            "decision",
            "notice",
            "amendment",
        ),
        nullable=False,
    ),
    sa.Column("subject_id", sa.Integer(), nullable=False),
    sa.Column("title", sa.String(), nullable=False),
    sa.Column("version", sa.String(), nullable=False),
    sa.Column("data_at", MOMENT, nullable=False),
    sa.Column("template_sha256", sa.String(), nullable=False),
    sa.Column("sha256", sa.String(), nullable=False),
    sa.Column("size", sa.Integer(), nullable=False),
    sa.Column("storage_key", sa.String(), nullable=False),
    sa.Column("at", MOMENT, nullable=False),
    sa.Column(
        "by_id", sa.Integer(), sa.ForeignKey("user_account.id", ondelete="RESTRICT"), nullable=False
    ),
    sa.UniqueConstraint("campaign_id", "kind", "subject_id", "sha256"),
    sa.UniqueConstraint("storage_key"),
    sa.CheckConstraint("size > 0", name="size_is_positive"),
    sa.Index("ix_filed_paper_campaign_id", "campaign_id"),
)
