"""an urn names the key it is sealed with, so that every paper may have a new one

Revision ID: 0034
Revises: 0033
"""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("urn") as table:
        table.add_column(sa.Column("key_name", sa.String(), nullable=True))
    op.execute("UPDATE urn SET key_name = 'ballot-' || ballot_id")
    with op.batch_alter_table("urn") as table:
        table.alter_column("key_name", nullable=False)


def downgrade() -> None:
    with op.batch_alter_table("urn") as table:
        table.drop_column("key_name")
