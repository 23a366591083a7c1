"""what an office's own template leaves out is kept with it

Revision ID: 0036
Revises: 0035
"""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("paper_template") as batch:
        batch.add_column(sa.Column("lacking", sa.JSON(), nullable=False, server_default="[]"))
    with op.batch_alter_table("paper_template") as batch:
        batch.alter_column("lacking", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("paper_template") as batch:
        batch.drop_column("lacking")
