"""the scale of a campaign's table is the plan's, 100 where nothing else was said

Revision ID: 0042
Revises: 0041
"""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("campaign") as batch:
        batch.add_column(sa.Column("scale", sa.Integer(), nullable=False, server_default="10000"))
        batch.create_check_constraint(op.f("ck_campaign_scale_is_positive"), "scale > 0")


def downgrade() -> None:
    with op.batch_alter_table("campaign") as batch:
        batch.drop_constraint(op.f("ck_campaign_scale_is_positive"), type_="check")
        batch.drop_column("scale")
