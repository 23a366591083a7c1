"""targets of an indicator by block and by period

Revision ID: 0058
Revises: 0057
"""

import sqlalchemy as sa
from alembic import op

revision = "0058"
down_revision = "0057"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger()


def upgrade() -> None:
    op.create_table(
        "given_target",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column(
            "indicator_id",
            sa.Integer(),
            sa.ForeignKey("indicator.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column(
            "unit_id", sa.Integer(), sa.ForeignKey("unit.id", ondelete="RESTRICT"), nullable=True
        ),
        sa.Column(
            "block_id", sa.Integer(), sa.ForeignKey("block.id", ondelete="CASCADE"), nullable=True
        ),
        sa.Column(
            "period_id",
            sa.Integer(),
            sa.ForeignKey("reporting_period.id", ondelete="CASCADE"),
            nullable=True,
        ),
        sa.Column("target", NUMBER, nullable=True),
        sa.Column("growth_target", NUMBER, nullable=True),
        sa.UniqueConstraint("indicator_id", "unit_id", "block_id", "period_id"),
        sa.CheckConstraint("unit_id IS NULL OR block_id IS NULL", name="unit_or_block"),
        sa.CheckConstraint("block_id IS NOT NULL OR period_id IS NOT NULL", name="block_or_period"),
        sa.CheckConstraint(
            "target IS NOT NULL OR growth_target IS NOT NULL", name="gives_something"
        ),
    )
    for column in ("unit_id", "block_id", "period_id"):
        op.create_index(f"ix_given_target_{column}", "given_target", [column])


def downgrade() -> None:
    op.drop_table("given_target")
