"""Cuộc họp: the tables as they stood at the baseline."""

import sqlalchemy as sa

from campaign.migrations.baseline.columns import MOMENT, metadata, one_of

# Cuộc họp Hội đồng.
sa.Table(
    "meeting",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column(
        "campaign_id",
        sa.Integer(),
        sa.ForeignKey("campaign.id", ondelete="RESTRICT"),
        nullable=False,
    ),
    sa.Column("number", sa.Integer(), nullable=False),
    sa.Column("place", sa.String(), nullable=False),
    sa.Column("starts_at", MOMENT, nullable=False),
    sa.Column("opinions_until", MOMENT, nullable=True),
    sa.Column("agenda", sa.Text(), nullable=False),
    sa.Column("quorum_numerator", sa.Integer(), nullable=False),
    sa.Column("quorum_denominator", sa.Integer(), nullable=False),
    sa.Column("opening_present", sa.Integer(), nullable=True),
    sa.Column("opening_total", sa.Integer(), nullable=True),
    sa.Column(
        "state", one_of("meetingstate", "called", "open", "closed", "confirmed"), nullable=False
    ),
    sa.Column(
        "chair_id",
        sa.Integer(),
        sa.ForeignKey("council_member.id", ondelete="RESTRICT"),
        nullable=False,
    ),
    sa.Column(
        "secretary_id",
        sa.Integer(),
        sa.ForeignKey("council_member.id", ondelete="RESTRICT"),
        nullable=False,
    ),
    sa.Column("called_at", MOMENT, nullable=False),
    sa.Column("opened_at", MOMENT, nullable=True),
    sa.Column("closed_at", MOMENT, nullable=True),
    sa.Column("notes", sa.Text(), nullable=False),
    sa.Column("minutes", sa.JSON(), nullable=True),
    sa.Column("minutes_sha256", sa.String(), nullable=False),
    sa.Column("confirmed_at", MOMENT, nullable=True),
    sa.Column("version", sa.Integer(), nullable=False),
    sa.UniqueConstraint("campaign_id", "number"),
    sa.CheckConstraint(
        "(state IN ('closed', 'confirmed')) = (closed_at IS NOT NULL)", name="closed_has_a_moment"
    ),
    sa.CheckConstraint(
        "(state = 'confirmed') = (minutes IS NOT NULL)", name="confirmed_has_minutes"
    ),
    sa.CheckConstraint("(state = 'called') = (opened_at IS NULL)", name="opened_has_a_moment"),
    sa.Index(
        "uq_meeting_one_open",
        "campaign_id",
        unique=True,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    ),
)

# Dự họp.
sa.Table(
    "attendance",
    metadata,
    sa.Column(
        "meeting_id",
        sa.Integer(),
        sa.ForeignKey("meeting.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    sa.Column(
        "member_id",
        sa.Integer(),
        sa.ForeignKey("council_member.id", ondelete="RESTRICT"),
        primary_key=True,
    ),
    sa.Column(
        "presence",
        one_of("presence", "invited", "present", "absent", "written", "left", "replaced"),
        nullable=False,
    ),
    sa.Column("reason", sa.String(), nullable=False),
    sa.Column(
        "replaces_id",
        sa.Integer(),
        sa.ForeignKey("council_member.id", ondelete="RESTRICT"),
        nullable=True,
    ),
    sa.Column("left_at", MOMENT, nullable=True),
)

# Bản chụp phiếu lấy ý kiến của một thành viên cho cuộc họp.
sa.Table(
    "opinion_scan",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column(
        "meeting_id", sa.Integer(), sa.ForeignKey("meeting.id", ondelete="CASCADE"), nullable=False
    ),
    sa.Column(
        "member_id",
        sa.Integer(),
        sa.ForeignKey("council_member.id", ondelete="RESTRICT"),
        nullable=False,
    ),
    sa.Column("file_name", sa.String(), nullable=False),
    sa.Column("media_type", sa.String(), nullable=False),
    sa.Column("size", sa.Integer(), nullable=False),
    sa.Column("sha256", sa.String(), nullable=False),
    sa.Column("storage_key", sa.String(), nullable=False),
    sa.UniqueConstraint("storage_key"),
    sa.CheckConstraint("size > 0", name="size_is_positive"),
)
