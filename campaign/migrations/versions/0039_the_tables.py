"""the tables, as the thirty-nine steps before the first release had made them

A database that stands at the last of those steps stands here.

Revision ID: 0039
Revises:
"""

from alembic import op

from campaign.migrations.append_only import guard, unguard
from campaign.migrations.baseline import metadata

revision = "0039"
down_revision = None
branch_labels = None
depends_on = None

APPEND_ONLY = ("audit_entry", "filed_paper", "frozen_ranking", "frozen_standing", "report_version")


def upgrade() -> None:
    """Every table in one go: those that are referred to come first."""
    metadata.create_all(op.get_bind(), checkfirst=False)
    for table in APPEND_ONLY:
        guard(table)


def downgrade() -> None:
    """Nothing stands before it."""
    for table in APPEND_ONLY:
        unguard(table)
    metadata.drop_all(op.get_bind(), checkfirst=False)
