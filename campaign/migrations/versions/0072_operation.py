"""the code of the request in the record, and when the last backup was taken

Revision ID: 0072
Revises: 0071
"""

import sqlalchemy as sa
from alembic import op

revision = "0072"
down_revision = "0071"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("audit_entry", sa.Column("request_id", sa.String(), nullable=True))
    op.create_table(
        "backup_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("missing_count", sa.Integer(), nullable=False),
        sa.CheckConstraint("size > 0", name=op.f("ck_backup_run_holds_something")),
        sa.CheckConstraint("missing_count >= 0", name=op.f("ck_backup_run_missing_not_negative")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_backup_run")),
    )


def downgrade() -> None:
    """Which request an entry came of is forgotten, and when backups were taken."""
    op.drop_table("backup_run")
    op.drop_column("audit_entry", "request_id")
