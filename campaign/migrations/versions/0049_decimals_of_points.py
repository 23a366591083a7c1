"""the plan says to how many decimals points are given

Revision ID: 0049
Revises: 0048
"""

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("campaign") as batch:
        batch.add_column(
            sa.Column("points_places", sa.Integer(), nullable=False, server_default="2")
        )
        batch.create_check_constraint(
            op.f("ck_campaign_points_places_in_range"), "points_places BETWEEN 0 AND 4"
        )


def downgrade() -> None:
    with op.batch_alter_table("campaign") as batch:
        batch.drop_constraint(op.f("ck_campaign_points_places_in_range"), type_="check")
        batch.drop_column("points_places")
