"""occurrences that are taken from a register know the row they come of

Revision ID: 0077
Revises: 0076
"""

import sqlalchemy as sa
from alembic import op

revision = "0077"
down_revision = "0076"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("occurrence") as batch:
        batch.add_column(sa.Column("origin", sa.String(), nullable=True))
        batch.create_unique_constraint(
            op.f("uq_occurrence_criterion_id_origin"), ["criterion_id", "origin"]
        )
        batch.create_check_constraint(op.f("ck_occurrence_origin_names_a_row"), "origin <> ''")


def downgrade() -> None:
    """Occurrences stay; where they were taken from is forgotten."""
    with op.batch_alter_table("occurrence") as batch:
        batch.drop_constraint(op.f("ck_occurrence_origin_names_a_row"), type_="check")
        batch.drop_constraint(op.f("uq_occurrence_criterion_id_origin"), type_="unique")
        batch.drop_column("origin")
