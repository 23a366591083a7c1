"""counts: what units list of a criterion, and the rule that counts it

Revision ID: 0044
Revises: 0043
"""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None

JUDGES = "'indicator', 'secretariat', 'council'"
MORE_JUDGES = "'indicator', 'count', 'secretariat', 'council'"


def upgrade() -> None:
    with op.batch_alter_table("criterion") as batch:
        batch.add_column(sa.Column("count_rule", sa.JSON(none_as_null=True), nullable=True))
        batch.drop_constraint(op.f("ck_criterion_judgedby"), type_="check")
        batch.create_check_constraint(
            op.f("ck_criterion_judgedby"), f"judged_by IN ({MORE_JUDGES})"
        )
        batch.create_check_constraint(
            op.f("ck_criterion_count_has_its_rule"),
            "(judged_by = 'count') = (count_rule IS NOT NULL)",
        )
    _list()
    for column in ("report_id", "criterion_id", "evidence_id", "claimed_by_id", "decided_by_id"):
        op.create_index(f"ix_occurrence_{column}", "occurrence", [column])


def _list() -> None:
    op.create_table(
        "occurrence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("criterion_id", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=True),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_by_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        *_checks(),
        *_keys(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_occurrence")),
    )


def _checks() -> list[sa.CheckConstraint]:
    checks = {
        "occurrencestate": "state IN ('claimed', 'accepted', 'struck')",
        "says_what": "text <> ''",
        "struck_with_a_reason": "(state = 'struck') = (reason <> '')",
        "decided_at_a_time": "(state = 'claimed') = (decided_at IS NULL)",
        "decided_by_someone": "(decided_by_id IS NULL) = (decided_at IS NULL)",
    }
    return [
        sa.CheckConstraint(law, name=op.f(f"ck_occurrence_{name}")) for name, law in checks.items()
    ]


def _keys() -> list[sa.ForeignKeyConstraint]:
    keys = (
        ("report_id", "report", "CASCADE"),
        ("criterion_id", "criterion", "RESTRICT"),
        ("evidence_id", "evidence", "SET NULL"),
        ("claimed_by_id", "user_account", "RESTRICT"),
        ("decided_by_id", "user_account", "RESTRICT"),
    )
    return [
        sa.ForeignKeyConstraint(
            [column], [f"{table}.id"], name=op.f(f"fk_occurrence_{column}"), ondelete=rule
        )
        for column, table, rule in keys
    ]


def downgrade() -> None:
    op.drop_table("occurrence")
    with op.batch_alter_table("criterion") as batch:
        batch.drop_constraint(op.f("ck_criterion_count_has_its_rule"), type_="check")
        batch.drop_constraint(op.f("ck_criterion_judgedby"), type_="check")
        batch.create_check_constraint(op.f("ck_criterion_judgedby"), f"judged_by IN ({JUDGES})")
        batch.drop_column("count_rule")
