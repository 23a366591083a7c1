"""a copied plan knows of which plan it is a copy

Revision ID: 0053
Revises: 0052
"""

import sqlalchemy as sa
from alembic import op

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "plan_copy",
        sa.Column(
            "campaign_id",
            sa.Integer(),
            sa.ForeignKey("campaign.id", ondelete="CASCADE"),
            autoincrement=False,
            primary_key=True,
        ),
        sa.Column(
            "source_id",
            sa.Integer(),
            sa.ForeignKey("campaign.id", ondelete="SET NULL"),
            nullable=True,
        ),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.CheckConstraint("source_id IS NULL OR source_id <> campaign_id", name="of_another_plan"),
    )
    op.create_index("ix_plan_copy_source_id", "plan_copy", ["source_id"])


def downgrade() -> None:
    op.drop_table("plan_copy")
