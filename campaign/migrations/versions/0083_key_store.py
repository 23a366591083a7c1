"""the mark of the place where the keys of ballots are kept

Revision ID: 0083
Revises: 0082
"""

import sqlalchemy as sa
from alembic import op

revision = "0083"
down_revision = "0082"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "key_store",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("host", sa.String(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_key_store_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_key_store")),
    )


def downgrade() -> None:
    """Whether the machines keep keys at one place is not known any more."""
    op.drop_table("key_store")
