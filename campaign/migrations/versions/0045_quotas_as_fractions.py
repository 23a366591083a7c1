"""a quota may be a fraction, and be rounded from a half upwards

Revision ID: 0045
Revises: 0044
"""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None

ONE = " + ".join(
    f"(CASE WHEN {name} IS NULL THEN 0 ELSE 1 END)" for name in ("count", "percent", "numerator")
)
FRACTION = (
    "(numerator IS NULL) = (denominator IS NULL) AND (numerator IS NULL OR"
    " (denominator > 0 AND numerator BETWEEN 0 AND denominator))"
)


def upgrade() -> None:
    with op.batch_alter_table("award_quota") as batch:
        batch.add_column(sa.Column("numerator", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("denominator", sa.Integer(), nullable=True))
        batch.add_column(
            sa.Column("rounds_half_up", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch.drop_constraint(op.f("ck_award_quota_count_or_percent"), type_="check")
        batch.create_check_constraint(op.f("ck_award_quota_one_measure"), f"{ONE} = 1")
        batch.create_check_constraint(op.f("ck_award_quota_fraction_in_range"), FRACTION)


def downgrade() -> None:
    """A fraction becomes the whole per cent below it."""
    with op.batch_alter_table("award_quota") as batch:
        batch.drop_constraint(op.f("ck_award_quota_one_measure"), type_="check")
        batch.drop_constraint(op.f("ck_award_quota_fraction_in_range"), type_="check")
    op.execute(
        "UPDATE award_quota SET percent = numerator * 100 / denominator WHERE numerator IS NOT NULL"
    )
    with op.batch_alter_table("award_quota") as batch:
        for name in ("numerator", "denominator", "rounds_half_up"):
            batch.drop_column(name)
        batch.create_check_constraint(
            op.f("ck_award_quota_count_or_percent"), "(count IS NULL) <> (percent IS NULL)"
        )
