"""with which shipped template an office's own was compared last

Revision ID: 0090
Revises: 0089
"""

import sqlalchemy as sa
from alembic import op

revision = "0090"
down_revision = "0089"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Templates of before were compared with nobody knows which."""
    compared = sa.Column("compared_with", sa.String(), nullable=False, server_default="")
    with op.batch_alter_table("paper_template") as batch:
        batch.add_column(compared)
    with op.batch_alter_table("paper_template") as batch:
        batch.alter_column("compared_with", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("paper_template") as batch:
        batch.drop_column("compared_with")
