"""certificates bear "Số sổ vàng" where their rule set has it

Revision ID: 0028
Revises: 0027
"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "rule_set",
        sa.Column("has_golden_book", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    table = sa.table(
        "rule_set", sa.column("code", sa.String()), sa.column("has_golden_book", sa.Boolean())
    )
    op.execute(
        table.update()
        .where(table.c.code.in_(("RS-2022a", "RS-2022b", "RS-2026")))
        .values(has_golden_book=True)
    )


def downgrade() -> None:
    op.drop_column("rule_set", "has_golden_book")
