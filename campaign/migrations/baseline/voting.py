"""Bỏ phiếu: the tables as they stood at the baseline."""

import sqlalchemy as sa

from campaign.migrations.baseline.columns import MOMENT, metadata, one_of

# Lượt biểu quyết.
sa.Table(
    "ballot",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column(
        "meeting_id", sa.Integer(), sa.ForeignKey("meeting.id", ondelete="CASCADE"), nullable=False
    ),
    sa.Column("number", sa.Integer(), nullable=False),
    sa.Column("title", sa.String(), nullable=False),
    sa.Column("form", one_of("form", "approve", "choose"), nullable=False),
    sa.Column("mode", one_of("mode", "open", "secret"), nullable=False),
    sa.Column("base", one_of("base", "total", "present", "present_written"), nullable=False),
    sa.Column("numerator", sa.Integer(), nullable=False),
    sa.Column("denominator", sa.Integer(), nullable=False),
    sa.Column("is_strict", sa.Boolean(), nullable=False),
    sa.Column("keeps_recused", sa.Boolean(), nullable=False),
    sa.Column("needs_chair", sa.Boolean(), nullable=False),
    sa.Column("chair_decides", sa.Boolean(), nullable=False),
    sa.Column("ordering", one_of("ordering", "share", "count"), nullable=False),
    sa.Column("minimum_papers", sa.Integer(), nullable=False),
    sa.Column("places", sa.Integer(), nullable=True),
    sa.Column(
        "follows_id", sa.Integer(), sa.ForeignKey("ballot.id", ondelete="SET NULL"), nullable=True
    ),
    sa.Column("state", one_of("ballotstate", "prepared", "open", "closed"), nullable=False),
    sa.Column("opened_at", MOMENT, nullable=True),
    sa.Column("closed_at", MOMENT, nullable=True),
    sa.Column(
        "repeats_id", sa.Integer(), sa.ForeignKey("ballot.id", ondelete="RESTRICT"), nullable=True
    ),
    sa.Column("repeat_reason", sa.String(), nullable=False),
    sa.Column("standards", sa.Text(), nullable=False),
    sa.Column("total_count", sa.Integer(), nullable=True),
    sa.Column("present_count", sa.Integer(), nullable=True),
    sa.Column("entitled_count", sa.Integer(), nullable=True),
    sa.Column("voted_count", sa.Integer(), nullable=True),
    sa.Column("annulled_reason", sa.String(), nullable=False),
    sa.Column("receipts", sa.JSON(), nullable=True),
    sa.UniqueConstraint("meeting_id", "number"),
    sa.CheckConstraint("form <> 'choose' OR places IS NOT NULL", name="choosing_names_its_places"),
    sa.CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name="closed_has_a_moment"),
    sa.CheckConstraint("minimum_papers >= 2", name="more_papers_than_one"),
    sa.CheckConstraint("(state = 'prepared') = (opened_at IS NULL)", name="opened_has_a_moment"),
    sa.CheckConstraint("places IS NULL OR places >= 1", name="places_are_positive"),
    sa.CheckConstraint(
        "(repeats_id IS NULL) = (repeat_reason = '')", name="repeating_has_a_reason"
    ),
    sa.CheckConstraint(
        "denominator >= 1 AND numerator >= 1 AND numerator <= denominator", name="share_in_range"
    ),
    sa.CheckConstraint("(present_count IS NULL) = (voted_count IS NULL)", name="turnout_is_whole"),
    sa.Index(
        "uq_ballot_one_open",
        "meeting_id",
        unique=True,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    ),
)

# Không tham gia một lượt.
sa.Table(
    "ballot_declined",
    metadata,
    sa.Column(
        "ballot_id", sa.Integer(), sa.ForeignKey("ballot.id", ondelete="CASCADE"), primary_key=True
    ),
    sa.Column(
        "member_id",
        sa.Integer(),
        sa.ForeignKey("council_member.id", ondelete="RESTRICT"),
        primary_key=True,
    ),
    sa.Column("reason", sa.String(), nullable=False),
    sa.Column(
        "by_id", sa.Integer(), sa.ForeignKey("user_account.id", ondelete="RESTRICT"), nullable=False
    ),
)

# Dòng biểu quyết.
sa.Table(
    "ballot_line",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column(
        "ballot_id", sa.Integer(), sa.ForeignKey("ballot.id", ondelete="CASCADE"), nullable=False
    ),
    sa.Column("position", sa.Integer(), nullable=False),
    sa.Column("label", sa.String(), nullable=False),
    sa.Column("detail", sa.String(), nullable=False),
    sa.Column("merit", sa.Text(), nullable=False),
    sa.Column("subject_id", sa.Integer(), nullable=True),
    sa.Column(
        "participation_id",
        sa.Integer(),
        sa.ForeignKey("participation.id", ondelete="RESTRICT"),
        nullable=True,
    ),
    sa.Column("issued", sa.Integer(), nullable=True),
    sa.Column("returned", sa.Integer(), nullable=True),
    sa.Column("yes", sa.Integer(), nullable=True),
    sa.Column("no", sa.Integer(), nullable=True),
    sa.Column("base_count", sa.Integer(), nullable=True),
    sa.Column("written_yes", sa.Integer(), nullable=True),
    sa.Column("written_no", sa.Integer(), nullable=True),
    sa.Column("chair_choice", one_of("chair_choice", "yes", "no", "blank"), nullable=True),
    sa.Column(
        "outcome", one_of("outcome", "elected", "not_elected", "tied", "no_result"), nullable=True
    ),
    sa.UniqueConstraint("ballot_id", "position"),
    sa.CheckConstraint("(outcome IS NULL) = (yes IS NULL)", name="counted_together"),
    sa.Index("ix_ballot_line_participation_id", "participation_id"),
    sa.Index("ix_ballot_line_subject_id", "subject_id"),
)

# Đã bỏ phiếu.
sa.Table(
    "turnout",
    metadata,
    sa.Column(
        "ballot_id", sa.Integer(), sa.ForeignKey("ballot.id", ondelete="CASCADE"), primary_key=True
    ),
    sa.Column(
        "member_id",
        sa.Integer(),
        sa.ForeignKey("council_member.id", ondelete="RESTRICT"),
        primary_key=True,
    ),
)

# Hòm phiếu niêm phong.
sa.Table(
    "urn",
    metadata,
    sa.Column(
        "ballot_id", sa.Integer(), sa.ForeignKey("ballot.id", ondelete="CASCADE"), primary_key=True
    ),
    sa.Column("sealed", sa.LargeBinary(), nullable=False),
    sa.Column("key_name", sa.String(), nullable=False),
)

# Không biểu quyết một dòng.
sa.Table(
    "line_recusal",
    metadata,
    sa.Column(
        "line_id",
        sa.Integer(),
        sa.ForeignKey("ballot_line.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    sa.Column(
        "member_id",
        sa.Integer(),
        sa.ForeignKey("council_member.id", ondelete="RESTRICT"),
        primary_key=True,
    ),
    sa.Column("reason", sa.String(), nullable=False),
    sa.Column("lifted_reason", sa.String(), nullable=False),
    sa.Column("lifted_at", MOMENT, nullable=True),
    sa.Column(
        "lifted_by_id",
        sa.Integer(),
        sa.ForeignKey("user_account.id", ondelete="RESTRICT"),
        nullable=True,
    ),
    sa.CheckConstraint("(lifted_at IS NULL) = (lifted_reason = '')", name="lifting_has_a_reason"),
)

# Biểu quyết công khai.
sa.Table(
    "open_vote",
    metadata,
    sa.Column(
        "line_id",
        sa.Integer(),
        sa.ForeignKey("ballot_line.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    sa.Column(
        "member_id",
        sa.Integer(),
        sa.ForeignKey("council_member.id", ondelete="RESTRICT"),
        primary_key=True,
    ),
    sa.Column("choice", one_of("choice", "yes", "no", "blank"), nullable=False),
    sa.Column(
        "by_id", sa.Integer(), sa.ForeignKey("user_account.id", ondelete="RESTRICT"), nullable=False
    ),
)

# Phiếu lấy ý kiến.
sa.Table(
    "written_opinion",
    metadata,
    sa.Column(
        "line_id",
        sa.Integer(),
        sa.ForeignKey("ballot_line.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    sa.Column(
        "member_id",
        sa.Integer(),
        sa.ForeignKey("council_member.id", ondelete="RESTRICT"),
        primary_key=True,
    ),
    sa.Column("choice", one_of("choice", "yes", "no", "blank"), nullable=False),
    sa.Column("note", sa.String(), nullable=False),
    sa.Column("at", MOMENT, nullable=False),
    sa.Column(
        "by_id", sa.Integer(), sa.ForeignKey("user_account.id", ondelete="RESTRICT"), nullable=False
    ),
)
