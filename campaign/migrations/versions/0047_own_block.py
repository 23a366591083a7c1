"""a plan may keep each member away from the whole block of their unit

Revision ID: 0047
Revises: 0046
"""

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None

ORIGINS = "origin IN ('own_unit', 'declared', 'chair')"
WITH_BLOCK = "origin IN ('own_unit', 'own_block', 'declared', 'chair')"


def upgrade() -> None:
    with op.batch_alter_table("campaign") as batch:
        batch.add_column(
            sa.Column("recuses_block", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    _demand(WITH_BLOCK)


def downgrade() -> None:
    _demand(ORIGINS)
    with op.batch_alter_table("campaign") as batch:
        batch.drop_column("recuses_block")


def _demand(origins: str) -> None:
    with op.batch_alter_table("recusal") as batch:
        batch.drop_constraint(op.f("ck_recusal_recusalorigin"), type_="check")
        batch.create_check_constraint(op.f("ck_recusal_recusalorigin"), origins)
