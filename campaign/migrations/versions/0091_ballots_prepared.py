"""when a ballot was prepared

Revision ID: 0091
Revises: 0090
"""

import sqlalchemy as sa
from alembic import op

revision = "0091"
down_revision = "0090"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Of ballots of before it is not known."""
    with op.batch_alter_table("ballot") as batch:
        batch.add_column(sa.Column("prepared_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("ballot") as batch:
        batch.drop_column("prepared_at")
