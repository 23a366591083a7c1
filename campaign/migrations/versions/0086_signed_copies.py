"""signed copies of decisions

Revision ID: 0086
Revises: 0085
"""

import sqlalchemy as sa
from alembic import op

revision = "0086"
down_revision = "0085"
branch_labels = None
depends_on = None


def _key(column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{other}.id"], name=op.f(f"fk_signed_copy_{column}"), ondelete="RESTRICT"
    )


def upgrade() -> None:
    op.create_table(
        "signed_copy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("storage_key", sa.String(), nullable=False),
        sa.Column("attached_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attached_by_id", sa.Integer(), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("checked_with", sa.String(), nullable=False),
        sa.Column("decision_sha256", sa.String(), nullable=False),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "number = 1 OR reason <> ''", name=op.f("ck_signed_copy_replaced_with_a_reason")
        ),
        sa.CheckConstraint("size > 0", name=op.f("ck_signed_copy_size_is_positive")),
        _key("decision_id", "decision"),
        _key("attached_by_id", "user_account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signed_copy")),
        sa.UniqueConstraint(
            "decision_id", "number", name=op.f("uq_signed_copy_decision_id_number")
        ),
        sa.UniqueConstraint("storage_key", name=op.f("uq_signed_copy_storage_key")),
    )
    op.create_index("ix_signed_copy_attached_by_id", "signed_copy", ["attached_by_id"])


def downgrade() -> None:
    op.drop_table("signed_copy")
