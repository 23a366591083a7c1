"""how a unit's head is called, and proposals to the levels above

Revision ID: 0024
Revises: 0023
"""

import sqlalchemy as sa
from alembic import op

from campaign.database import append_only_statements

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

BEFORE = (
    "plan",
    "pledge",
    "report",
    "inspection",
    "summary",
    "invitation",
    "ballot",
    "opinion",
    "count",
    "minutes",
    "submission",
    "achievement",
    "decision",
    "notice",
    "amendment",
)
AFTER = (*BEFORE, "upward")
TABLES = ("paper_template", "filed_paper")


def upgrade() -> None:
    op.add_column("unit", sa.Column("head_title", sa.String(), server_default="", nullable=False))
    for table in TABLES:
        _take_kinds(table, AFTER)


def downgrade() -> None:
    op.execute("DELETE FROM paper_template WHERE kind = 'upward'")
    for table in TABLES:
        _take_kinds(table, BEFORE)
    op.drop_column("unit", "head_title")


def _take_kinds(table: str, kinds: tuple[str, ...]) -> None:
    """SQLite builds the table anew, without the triggers that keep filed papers as they are."""
    dialect = op.get_bind().dialect.name
    named = ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.drop_constraint(op.f(f"ck_{table}_paperkind"), type_="check")
        batch_op.create_check_constraint(op.f(f"ck_{table}_paperkind"), f"kind IN ({named})")
    if table == "filed_paper" and dialect == "sqlite":
        for statement in append_only_statements(table, dialect):
            op.execute(sa.text(statement.replace(":", r"\:")))
