"""several criteria on one number, each with its own way of judging it

Revision ID: 0048
Revises: 0047
"""

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None

JUDGEMENTS = "'cumulative', 'growth', 'level'"
LAWS = {
    "judgement": f"judgement IN ({JUDGEMENTS})",
    "own_way_has_both_parts": "(judgement IS NULL) = (points_rule IS NULL)",
    "own_way_is_of_a_number": "points_rule IS NULL OR judged_by = 'indicator'",
}


def upgrade() -> None:
    """Criteria of before judge as their indicators do."""
    with op.batch_alter_table("criterion") as batch:
        batch.add_column(sa.Column("judgement", sa.String(32), nullable=True))
        batch.add_column(sa.Column("points_rule", sa.JSON(none_as_null=True), nullable=True))
        for name, law in LAWS.items():
            batch.create_check_constraint(op.f(f"ck_criterion_{name}"), law)
        batch.drop_constraint(op.f("uq_criterion_indicator_id"), type_="unique")
    op.create_index("ix_criterion_indicator_id", "criterion", ["indicator_id"])


def downgrade() -> None:
    """Refused where two criteria take one number."""
    op.drop_index("ix_criterion_indicator_id", "criterion")
    with op.batch_alter_table("criterion") as batch:
        batch.create_unique_constraint(op.f("uq_criterion_indicator_id"), ["indicator_id"])
        for name in reversed(LAWS):
            batch.drop_constraint(op.f(f"ck_criterion_{name}"), type_="check")
        batch.drop_column("points_rule")
        batch.drop_column("judgement")
