"""when the record was compared with the data

Revision ID: 0037
Revises: 0036
"""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "proof_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("by_name", sa.String(), nullable=False),
        sa.Column("progress", sa.String(), nullable=False),
        sa.Column("since", sa.Integer(), nullable=True),
        sa.Column("head_number", sa.Integer(), nullable=True),
        sa.Column("head_hash", sa.String(), nullable=True),
        sa.Column("row_count", sa.Integer(), nullable=True),
        sa.Column("file_count", sa.Integer(), nullable=True),
        sa.Column("fault_count", sa.Integer(), nullable=True),
        sa.Column("faults", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "(finished_at IS NULL) = (fault_count IS NULL)",
            name=op.f("ck_proof_run_finished_has_a_finding"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proof_run")),
    )


def downgrade() -> None:
    op.drop_table("proof_run")
