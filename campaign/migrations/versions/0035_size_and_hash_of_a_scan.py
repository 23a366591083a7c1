"""size and hash of the scan of a decision

Revision ID: 0035
Revises: 0034
"""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("decision") as table:
        table.add_column(sa.Column("scan_size", sa.Integer(), nullable=True))
        table.add_column(sa.Column("scan_sha256", sa.String(), nullable=False, server_default=""))
    with op.batch_alter_table("decision") as table:
        table.alter_column("scan_sha256", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("decision") as table:
        table.drop_column("scan_sha256")
        table.drop_column("scan_size")
