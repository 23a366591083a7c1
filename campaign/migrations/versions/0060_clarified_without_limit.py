"""a criterion without limit is explained too: its line has no maximum

Revision ID: 0060
Revises: 0059
"""

import sqlalchemy as sa
from alembic import op

revision = "0060"
down_revision = "0059"
branch_labels = None
depends_on = None

POINTS = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    with op.batch_alter_table("clarification_line") as batch:
        batch.alter_column("maximum", existing_type=POINTS, nullable=True)


def downgrade() -> None:
    """The older table has no way to say that there is none."""
    op.execute("UPDATE clarification_line SET maximum = 0 WHERE maximum IS NULL")
    with op.batch_alter_table("clarification_line") as batch:
        batch.alter_column("maximum", existing_type=POINTS, nullable=False)
