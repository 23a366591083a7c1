"""one stored file may be evidence at several places of a report

Revision ID: 0054
Revises: 0053
"""

from alembic import op

revision = "0054"
down_revision = "0053"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("evidence") as batch:
        batch.drop_constraint(op.f("uq_evidence_storage_key"), type_="unique")
    op.create_index(op.f("ix_evidence_storage_key"), "evidence", ["storage_key"])


def downgrade() -> None:
    op.drop_index(op.f("ix_evidence_storage_key"), "evidence")
    with op.batch_alter_table("evidence") as batch:
        batch.create_unique_constraint(op.f("uq_evidence_storage_key"), ["storage_key"])
