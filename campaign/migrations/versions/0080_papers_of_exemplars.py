"""the form by which good examples are registered, as a paper of its own

Revision ID: 0080
Revises: 0079
"""

from alembic import op

from campaign.migrations.append_only import guard, unguard

revision = "0080"
down_revision = "0079"
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
    "upward",
    "decision",
    "notice",
    "amendment",
    "closing",
)


def upgrade() -> None:
    _know((*BEFORE, "exemplar"))


def downgrade() -> None:
    """Forms that were filed, and templates for them, go."""
    unguard("filed_paper")
    for table in ("filed_paper", "paper_template"):
        op.execute(f"DELETE FROM {table} WHERE kind = 'exemplar'")  # noqa: S608 - names of ours
    guard("filed_paper")
    _know(BEFORE)


def _know(kinds: tuple[str, ...]) -> None:
    """Which kinds of paper there are; SQLite builds the tables anew, and forgets their triggers."""
    known = ", ".join(f"'{kind}'" for kind in kinds)
    unguard("filed_paper")
    for table in ("filed_paper", "paper_template"):
        name = op.f(f"ck_{table}_paperkind")
        with op.batch_alter_table(table) as batch:
            batch.drop_constraint(name, type_="check")
            batch.create_check_constraint(name, f"kind IN ({known})")
    guard("filed_paper")
