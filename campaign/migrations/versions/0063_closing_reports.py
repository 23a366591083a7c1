"""closing reports of campaigns: their kind of paper, and what the secretariat writes in them

Revision ID: 0063
Revises: 0062
"""

import sqlalchemy as sa
from alembic import op

from campaign.migrations.append_only import guard, unguard

revision = "0063"
down_revision = "0062"
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
)
WORDS = ("results", "shortcomings", "causes", "lessons", "directions")


def upgrade() -> None:
    op.create_table(
        "closing_words",
        sa.Column("campaign_id", sa.Integer(), autoincrement=False, nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in WORDS),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaign.id"],
            name=op.f("fk_closing_words_campaign_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["by_id"],
            ["user_account.id"],
            name=op.f("fk_closing_words_by_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("campaign_id", name=op.f("pk_closing_words")),
    )
    op.create_index("ix_closing_words_by_id", "closing_words", ["by_id"])
    _know((*BEFORE, "closing"))


def downgrade() -> None:
    """Closing reports that were filed, and templates for them, go."""
    unguard("filed_paper")
    for table in ("filed_paper", "paper_template"):
        op.execute(f"DELETE FROM {table} WHERE kind = 'closing'")  # noqa: S608 - names of ours
    guard("filed_paper")
    _know(BEFORE)
    op.drop_table("closing_words")


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
