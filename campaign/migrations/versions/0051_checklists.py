"""checklists: criteria whose items are met or not, as a unit says and as is found

Revision ID: 0051
Revises: 0050
"""

import sqlalchemy as sa
from alembic import op

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None

JUDGES = "'indicator', 'count', 'secretariat', 'council'"
MORE_JUDGES = "'indicator', 'count', 'checklist', 'secretariat', 'council'"
TICKED = ("self_score", "verified_points")


def upgrade() -> None:
    with op.batch_alter_table("criterion") as batch:
        batch.add_column(sa.Column("checklist", sa.JSON(none_as_null=True), nullable=True))
        batch.drop_constraint(op.f("ck_criterion_judgedby"), type_="check")
        batch.create_check_constraint(
            op.f("ck_criterion_judgedby"), f"judged_by IN ({MORE_JUDGES})"
        )
        batch.create_check_constraint(
            op.f("ck_criterion_checklist_has_its_items"),
            "(judged_by = 'checklist') = (checklist IS NOT NULL)",
        )
    for table in TICKED:
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column("ticks", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    """Refused where a criterion has a checklist."""
    for table in reversed(TICKED):
        with op.batch_alter_table(table) as batch:
            batch.drop_column("ticks")
    with op.batch_alter_table("criterion") as batch:
        batch.drop_constraint(op.f("ck_criterion_checklist_has_its_items"), type_="check")
        batch.drop_constraint(op.f("ck_criterion_judgedby"), type_="check")
        batch.create_check_constraint(op.f("ck_criterion_judgedby"), f"judged_by IN ({JUDGES})")
        batch.drop_column("checklist")
