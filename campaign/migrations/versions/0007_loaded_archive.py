"""loaded archive

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "loaded_archive",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("packed_at", sa.String(), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_loaded_archive_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_loaded_archive")),
    )


def downgrade() -> None:
    op.drop_table("loaded_archive")
