"""meetings that were called can be cancelled, with a reason

Revision ID: 0075
Revises: 0074
"""

import sqlalchemy as sa
from alembic import op

revision = "0075"
down_revision = "0074"
branch_labels = None
depends_on = None

BEFORE = ("called", "open", "closed", "confirmed")
CHECKS = {
    "cancelled_has_a_moment": "(state = 'cancelled') = (cancelled_at IS NOT NULL)",
    "cancelled_has_a_reason": "(state = 'cancelled') = (cancel_reason <> '')",
}


def upgrade() -> None:
    with op.batch_alter_table("meeting") as batch:
        batch.add_column(sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("cancel_reason", sa.Text(), nullable=False, server_default=""))
    _know((*BEFORE, "cancelled"), "state IN ('called', 'cancelled')")
    with op.batch_alter_table("meeting") as batch:
        for name, rule in CHECKS.items():
            batch.create_check_constraint(op.f(f"ck_meeting_{name}"), rule)


def downgrade() -> None:
    """Meetings that were cancelled go, with what was prepared for them."""
    op.execute(sa.text("DELETE FROM meeting WHERE state = 'cancelled'"))
    with op.batch_alter_table("meeting") as batch:
        for name in CHECKS:
            batch.drop_constraint(op.f(f"ck_meeting_{name}"), type_="check")
    _know(BEFORE, "state = 'called'")
    with op.batch_alter_table("meeting") as batch:
        batch.drop_column("cancel_reason")
        batch.drop_column("cancelled_at")


def _know(states: tuple[str, ...], unopened: str) -> None:
    """Which states there are, and in which of them a meeting was never opened."""
    known = ", ".join(f"'{state}'" for state in states)
    with op.batch_alter_table("meeting") as batch:
        for name, rule in {
            "meetingstate": f"state IN ({known})",
            "opened_has_a_moment": f"({unopened}) = (opened_at IS NULL)",
        }.items():
            batch.drop_constraint(op.f(f"ck_meeting_{name}"), type_="check")
            batch.create_check_constraint(op.f(f"ck_meeting_{name}"), rule)
