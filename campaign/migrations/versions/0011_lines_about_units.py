"""lines of a ballot name the unit they are about

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("ballot_line", schema=None) as batch_op:
        batch_op.add_column(sa.Column("participation_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            op.f("fk_ballot_line_participation_id"),
            "participation",
            ["participation_id"],
            ["id"],
            ondelete="RESTRICT",
        )
        batch_op.create_index("ix_ballot_line_participation_id", ["participation_id"], unique=False)
    op.execute(
        "UPDATE ballot_line SET participation_id = ("
        "SELECT nominee.participation_id FROM nominee WHERE nominee.id = ballot_line.subject_id)"
    )


def downgrade() -> None:
    with op.batch_alter_table("ballot_line", schema=None) as batch_op:
        batch_op.drop_index("ix_ballot_line_participation_id")
        batch_op.drop_constraint(op.f("fk_ballot_line_participation_id"), type_="foreignkey")
        batch_op.drop_column("participation_id")
