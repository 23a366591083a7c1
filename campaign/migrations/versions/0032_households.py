"""households may be awarded

Revision ID: 0032
Revises: 0031
"""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

TABLES = ("award_kind", "decision_line", "past_award")
BEFORE, AFTER = "'collective', 'individual'", "'collective', 'household', 'individual'"


def _allow(subjects: str) -> None:
    for table in TABLES:
        with op.batch_alter_table(table) as batch:
            batch.drop_constraint(op.f(f"ck_{table}_subject"), type_="check")
            batch.create_check_constraint(op.f(f"ck_{table}_subject"), f"subject IN ({subjects})")


def upgrade() -> None:
    _allow(AFTER)
    with op.batch_alter_table("award_form") as batch:
        batch.add_column(
            sa.Column("for_households", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch.add_column(
            sa.Column("household_factor", sa.Integer(), nullable=False, server_default="150")
        )
        batch.create_check_constraint(
            op.f("ck_award_form_household_factor_is_positive"), "household_factor > 0"
        )


def downgrade() -> None:
    with op.batch_alter_table("award_form") as batch:
        batch.drop_constraint(op.f("ck_award_form_household_factor_is_positive"), type_="check")
        batch.drop_column("household_factor")
        batch.drop_column("for_households")
    _allow(BEFORE)
