"""criteria of the council that some of its members mark, by function or by person

Revision ID: 0059
Revises: 0058
"""

import sqlalchemy as sa
from alembic import op

revision = "0059"
down_revision = "0058"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "criterion_marker",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("criterion_id", sa.Integer(), nullable=False),
        sa.Column("function", sa.String(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(function IS NULL) <> (user_id IS NULL)",
            name=op.f("ck_criterion_marker_function_or_person"),
        ),
        sa.CheckConstraint(
            "function IN ('chair', 'vice_chair', 'member', 'secretary')",
            name=op.f("ck_criterion_marker_function_of_the_council"),
        ),
        sa.ForeignKeyConstraint(
            ["criterion_id"],
            ["criterion.id"],
            name=op.f("fk_criterion_marker_criterion_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["user_account.id"],
            name=op.f("fk_criterion_marker_user_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_criterion_marker")),
        sa.UniqueConstraint(
            "criterion_id",
            "function",
            "user_id",
            name=op.f("uq_criterion_marker_criterion_id_function_user_id"),
        ),
    )
    op.create_index("ix_criterion_marker_user_id", "criterion_marker", ["user_id"])


def downgrade() -> None:
    """Whom a criterion was given to goes."""
    op.drop_table("criterion_marker")
