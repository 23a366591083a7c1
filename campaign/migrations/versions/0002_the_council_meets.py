"""the council meets

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opinions_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("agenda", sa.Text(), nullable=False),
        sa.Column("quorum_numerator", sa.Integer(), nullable=False),
        sa.Column("quorum_denominator", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "called",
                "open",
                "closed",
                "confirmed",
                name="meetingstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("chair_id", sa.Integer(), nullable=False),
        sa.Column("secretary_id", sa.Integer(), nullable=False),
        sa.Column("called_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("minutes", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("minutes_sha256", sa.String(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'called') = (opened_at IS NULL)", name=op.f("ck_meeting_opened_has_a_moment")
        ),
        sa.CheckConstraint(
            "(state = 'confirmed') = (minutes IS NOT NULL)",
            name=op.f("ck_meeting_confirmed_has_minutes"),
        ),
        sa.CheckConstraint(
            "(state IN ('closed', 'confirmed')) = (closed_at IS NOT NULL)",
            name=op.f("ck_meeting_closed_has_a_moment"),
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaign.id"],
            name=op.f("fk_meeting_campaign_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["chair_id"],
            ["council_member.id"],
            name=op.f("fk_meeting_chair_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["secretary_id"],
            ["council_member.id"],
            name=op.f("fk_meeting_secretary_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
        sa.UniqueConstraint("campaign_id", "number", name=op.f("uq_meeting_campaign_id_number")),
    )
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.create_index(
            "uq_meeting_one_open",
            ["campaign_id"],
            unique=True,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )

    op.create_table(
        "attendance",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column(
            "presence",
            sa.Enum(
                "invited",
                "present",
                "absent",
                "written",
                "left",
                "replaced",
                name="presence",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
            name=op.f("fk_attendance_meeting_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["council_member.id"],
            name=op.f("fk_attendance_member_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id"],
            ["council_member.id"],
            name=op.f("fk_attendance_replaces_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("meeting_id", "member_id", name=op.f("pk_attendance")),
    )
    op.create_table(
        "ballot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column(
            "form",
            sa.Enum(
                "approve",
                "choose",
                name="form",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "mode",
            sa.Enum(
                "open", "secret", name="mode", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column(
            "base",
            sa.Enum(
                "total",
                "present",
                "present_written",
                name="base",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("numerator", sa.Integer(), nullable=False),
        sa.Column("denominator", sa.Integer(), nullable=False),
        sa.Column("is_strict", sa.Boolean(), nullable=False),
        sa.Column("keeps_recused", sa.Boolean(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "prepared",
                "open",
                "closed",
                name="ballotstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("repeats_id", sa.Integer(), nullable=True),
        sa.Column("repeat_reason", sa.String(), nullable=False),
        sa.Column("annulled_reason", sa.String(), nullable=False),
        sa.Column("receipts", sa.JSON(none_as_null=True), nullable=True),
        sa.CheckConstraint(
            "(repeats_id IS NULL) = (repeat_reason = '')",
            name=op.f("ck_ballot_repeating_has_a_reason"),
        ),
        sa.CheckConstraint(
            "(state = 'closed') = (closed_at IS NOT NULL)",
            name=op.f("ck_ballot_closed_has_a_moment"),
        ),
        sa.CheckConstraint(
            "(state = 'prepared') = (opened_at IS NULL)", name=op.f("ck_ballot_opened_has_a_moment")
        ),
        sa.CheckConstraint(
            "form <> 'choose' OR places IS NOT NULL",
            name=op.f("ck_ballot_choosing_names_its_places"),
        ),
        sa.CheckConstraint(
            "denominator >= 1 AND numerator >= 1 AND numerator <= denominator",
            name=op.f("ck_ballot_share_in_range"),
        ),
        sa.CheckConstraint(
            "places IS NULL OR places >= 1", name=op.f("ck_ballot_places_are_positive")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_ballot_meeting_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["repeats_id"], ["ballot.id"], name=op.f("fk_ballot_repeats_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot")),
        sa.UniqueConstraint("meeting_id", "number", name=op.f("uq_ballot_meeting_id_number")),
    )
    with op.batch_alter_table("ballot", schema=None) as batch_op:
        batch_op.create_index(
            "uq_ballot_one_open",
            ["meeting_id"],
            unique=True,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )

    op.create_table(
        "opinion_scan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("storage_key", sa.String(), nullable=False),
        sa.CheckConstraint("size > 0", name=op.f("ck_opinion_scan_size_is_positive")),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
            name=op.f("fk_opinion_scan_meeting_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["council_member.id"],
            name=op.f("fk_opinion_scan_member_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opinion_scan")),
        sa.UniqueConstraint("storage_key", name=op.f("uq_opinion_scan_storage_key")),
    )
    op.create_table(
        "ballot_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ballot_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("issued", sa.Integer(), nullable=True),
        sa.Column("returned", sa.Integer(), nullable=True),
        sa.Column("yes", sa.Integer(), nullable=True),
        sa.Column("no", sa.Integer(), nullable=True),
        sa.Column("base_count", sa.Integer(), nullable=True),
        sa.Column("written_yes", sa.Integer(), nullable=True),
        sa.Column("written_no", sa.Integer(), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum(
                "elected",
                "not_elected",
                "tied",
                "no_result",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.CheckConstraint(
            "(outcome IS NULL) = (yes IS NULL)", name=op.f("ck_ballot_line_counted_together")
        ),
        sa.ForeignKeyConstraint(
            ["ballot_id"], ["ballot.id"], name=op.f("fk_ballot_line_ballot_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot_line")),
        sa.UniqueConstraint(
            "ballot_id", "position", name=op.f("uq_ballot_line_ballot_id_position")
        ),
    )
    with op.batch_alter_table("ballot_line", schema=None) as batch_op:
        batch_op.create_index("ix_ballot_line_subject_id", ["subject_id"], unique=False)

    op.create_table(
        "turnout",
        sa.Column("ballot_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["ballot_id"], ["ballot.id"], name=op.f("fk_turnout_ballot_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["council_member.id"],
            name=op.f("fk_turnout_member_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("ballot_id", "member_id", name=op.f("pk_turnout")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "urn",
        sa.Column("ballot_id", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["ballot_id"], ["ballot.id"], name=op.f("fk_urn_ballot_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("ballot_id", name=op.f("pk_urn")),
    )
    op.create_table(
        "line_recusal",
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["line_id"],
            ["ballot_line.id"],
            name=op.f("fk_line_recusal_line_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["council_member.id"],
            name=op.f("fk_line_recusal_member_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("line_id", "member_id", name=op.f("pk_line_recusal")),
    )
    op.create_table(
        "open_vote",
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column(
            "choice",
            sa.Enum(
                "yes",
                "no",
                "blank",
                name="choice",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_open_vote_by_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["line_id"], ["ballot_line.id"], name=op.f("fk_open_vote_line_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["council_member.id"],
            name=op.f("fk_open_vote_member_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("line_id", "member_id", name=op.f("pk_open_vote")),
    )
    op.create_table(
        "written_opinion",
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column(
            "choice",
            sa.Enum(
                "yes",
                "no",
                "blank",
                name="choice",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"],
            ["user_account.id"],
            name=op.f("fk_written_opinion_by_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["line_id"],
            ["ballot_line.id"],
            name=op.f("fk_written_opinion_line_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["council_member.id"],
            name=op.f("fk_written_opinion_member_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("line_id", "member_id", name=op.f("pk_written_opinion")),
    )


def downgrade() -> None:
    op.drop_table("written_opinion")
    op.drop_table("open_vote")
    op.drop_table("line_recusal")
    op.drop_table("urn")
    op.drop_table("turnout")
    with op.batch_alter_table("ballot_line", schema=None) as batch_op:
        batch_op.drop_index("ix_ballot_line_subject_id")

    op.drop_table("ballot_line")
    op.drop_table("opinion_scan")
    with op.batch_alter_table("ballot", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_ballot_one_open",
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )

    op.drop_table("ballot")
    op.drop_table("attendance")
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_meeting_one_open",
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )

    op.drop_table("meeting")
