"""who was there at each ballot, how many papers a secret one takes, what decides the order, and which ballot follows which

Revision ID: 0033
Revises: 0032
"""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

ORDERING = sa.Enum(
    "share", "count", name="ordering", native_enum=False, create_constraint=True, length=32
)
COUNTS = ("total_count", "present_count", "entitled_count", "voted_count")


def upgrade() -> None:
    with op.batch_alter_table("meeting") as table:
        table.add_column(sa.Column("opening_present", sa.Integer(), nullable=True))
        table.add_column(sa.Column("opening_total", sa.Integer(), nullable=True))
    with op.batch_alter_table("ballot") as table:
        table.add_column(sa.Column("ordering", ORDERING, nullable=False, server_default="share"))
        table.add_column(
            sa.Column("minimum_papers", sa.Integer(), nullable=False, server_default="3")
        )
        table.add_column(sa.Column("follows_id", sa.Integer(), nullable=True))
        for name in COUNTS:
            table.add_column(sa.Column(name, sa.Integer(), nullable=True))
        table.create_foreign_key(
            op.f("fk_ballot_follows_id"), "ballot", ["follows_id"], ["id"], ondelete="SET NULL"
        )
        table.create_check_constraint(op.f("ck_ballot_more_papers_than_one"), "minimum_papers >= 2")
        table.create_check_constraint(
            op.f("ck_ballot_turnout_is_whole"), "(present_count IS NULL) = (voted_count IS NULL)"
        )
    with op.batch_alter_table("ballot") as table:
        table.alter_column("ordering", server_default=None)
        table.alter_column("minimum_papers", server_default=None)
    op.create_table(
        "ballot_declined",
        sa.Column("ballot_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["ballot_id"],
            ["ballot.id"],
            name=op.f("fk_ballot_declined_ballot_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["by_id"],
            ["user_account.id"],
            name=op.f("fk_ballot_declined_by_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["council_member.id"],
            name=op.f("fk_ballot_declined_member_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("ballot_id", "member_id", name=op.f("pk_ballot_declined")),
    )


def downgrade() -> None:
    op.drop_table("ballot_declined")
    with op.batch_alter_table("ballot") as table:
        table.drop_constraint(op.f("ck_ballot_turnout_is_whole"), type_="check")
        table.drop_constraint(op.f("ck_ballot_more_papers_than_one"), type_="check")
        table.drop_constraint(op.f("ck_ballot_ordering"), type_="check")
        table.drop_constraint(op.f("fk_ballot_follows_id"), type_="foreignkey")
        for name in ("ordering", "minimum_papers", "follows_id", *COUNTS):
            table.drop_column(name)
    with op.batch_alter_table("meeting") as table:
        table.drop_column("opening_total")
        table.drop_column("opening_present")
