"""pictures stand in posts, with their words

Revision ID: 0082
Revises: 0081
"""

import sqlalchemy as sa
from alembic import op

revision = "0082"
down_revision = "0081"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("post_file") as batch:
        batch.add_column(sa.Column("alt", sa.String(), nullable=False, server_default=""))
    with op.batch_alter_table("post_file") as batch:
        batch.alter_column("alt", existing_type=sa.String(), server_default=None)


def downgrade() -> None:
    """Pictures are files like others again, without words."""
    with op.batch_alter_table("post_file") as batch:
        batch.drop_column("alt")
