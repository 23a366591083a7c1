"""when a backup was restored for a trial, and what was wrong

Revision ID: 0073
Revises: 0072
"""

import sqlalchemy as sa
from alembic import op

revision = "0073"
down_revision = "0072"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("backup_run") as batch:
        batch.add_column(sa.Column("rehearsed_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(
            sa.Column("rehearsal_fault", sa.String(), nullable=False, server_default="")
        )
        batch.create_check_constraint(
            op.f("ck_backup_run_fault_of_a_rehearsal"),
            "rehearsal_fault = '' OR rehearsed_at IS NOT NULL",
        )


def downgrade() -> None:
    """Which backups were restored for a trial is forgotten."""
    with op.batch_alter_table("backup_run") as batch:
        batch.drop_constraint(op.f("ck_backup_run_fault_of_a_rehearsal"), type_="check")
        batch.drop_column("rehearsal_fault")
        batch.drop_column("rehearsed_at")
