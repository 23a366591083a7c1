"""corrections of the record of a signature

Revision ID: 0021
Revises: 0020
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "signature_correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("symbol", sa.String(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_signature_correction_has_a_reason")),
        sa.ForeignKeyConstraint(
            ["by_id"],
            ["user_account.id"],
            ondelete="RESTRICT",
            name=op.f("fk_signature_correction_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"],
            ["decision.id"],
            ondelete="CASCADE",
            name=op.f("fk_signature_correction_decision_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signature_correction")),
    )
    op.create_index("ix_signature_correction_decision_id", "signature_correction", ["decision_id"])


def downgrade() -> None:
    op.drop_table("signature_correction")
