"""a quota of all blocks together

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("award_kind", schema=None) as batch_op:
        batch_op.add_column(sa.Column("overall_limit", sa.Integer(), nullable=True))
        batch_op.create_check_constraint(
            op.f("ck_award_kind_overall_limit_not_negative"),
            "overall_limit IS NULL OR overall_limit >= 0",
        )


def downgrade() -> None:
    with op.batch_alter_table("award_kind", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_award_kind_overall_limit_not_negative"), type_="check")
        batch_op.drop_column("overall_limit")
