"""entries of the record that settle something

Revision ID: 0018
Revises: 0017
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "audit_entry",
        sa.Column("settles", sa.Boolean(), nullable=False, server_default=sa.text("true")),
    )
    op.create_index(
        "ix_audit_entry_settled",
        "audit_entry",
        ["number"],
        sqlite_where=sa.text("settles"),
        postgresql_where=sa.text("settles"),
    )


def downgrade() -> None:
    op.drop_index("ix_audit_entry_settled", "audit_entry")
    op.drop_column("audit_entry", "settles")
