"""an index of a sheet's marks that holds all its grid shows

Revision ID: 0019
Revises: 0018
"""

from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_mark_by_sheet",
        "mark",
        ["sheet_id", "participation_id", "criterion_id", "points", "version_id"],
    )
    op.drop_index("ix_mark_sheet_id", "mark")


def downgrade() -> None:
    op.create_index("ix_mark_sheet_id", "mark", ["sheet_id"])
    op.drop_index("ix_mark_by_sheet", "mark")
