"""notices of one-time links

Revision ID: 0076
Revises: 0075
"""

import sqlalchemy as sa
from alembic import op

revision = "0076"
down_revision = "0075"
branch_labels = None
depends_on = None

BEFORE = (
    "launched",
    "enrolled",
    "report_due",
    "report_late",
    "extension",
    "report_returned",
    "verified",
    "clarification",
    "sheet_open",
    "meeting_called",
    "minutes",
    "award_notice",
    "objection_answered",
    "decision",
    "role",
    "digest",
    "model",
    "directive",
)


def upgrade() -> None:
    _know((*BEFORE, "link"))


def downgrade() -> None:
    """What was told of links is forgotten."""
    op.execute(sa.text("DELETE FROM notice WHERE kind = 'link'"))
    _know(BEFORE)


def _know(kinds: tuple[str, ...]) -> None:
    known = ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table("notice") as batch:
        batch.drop_constraint(op.f("ck_notice_noticekind"), type_="check")
        batch.create_check_constraint(op.f("ck_notice_noticekind"), f"kind IN ({known})")
