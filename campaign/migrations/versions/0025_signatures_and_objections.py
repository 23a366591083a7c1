"""by whose word a signature is recorded; objections that units send themselves

Revision ID: 0025
Revises: 0024
"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

SIGNATURE = sa.Enum(
    "signer", "scan", name="signature", native_enum=False, create_constraint=True, length=32
)


def upgrade() -> None:
    with op.batch_alter_table("decision") as table:
        table.add_column(sa.Column("signature", SIGNATURE, nullable=True))
        table.add_column(sa.Column("recorded_by_id", sa.Integer(), nullable=True))
        table.create_foreign_key(
            op.f("fk_decision_recorded_by_id"),
            "user_account",
            ["recorded_by_id"],
            ["id"],
            ondelete="RESTRICT",
        )
    with op.batch_alter_table("objection") as table:
        table.add_column(sa.Column("unit_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("by_id", sa.Integer(), nullable=True))
        table.create_foreign_key(
            op.f("fk_objection_unit_id"), "unit", ["unit_id"], ["id"], ondelete="RESTRICT"
        )
        table.create_foreign_key(
            op.f("fk_objection_by_id"), "user_account", ["by_id"], ["id"], ondelete="RESTRICT"
        )


def downgrade() -> None:
    with op.batch_alter_table("objection") as table:
        table.drop_constraint(op.f("fk_objection_by_id"), type_="foreignkey")
        table.drop_constraint(op.f("fk_objection_unit_id"), type_="foreignkey")
        table.drop_column("by_id")
        table.drop_column("unit_id")
    with op.batch_alter_table("decision") as table:
        table.drop_constraint(op.f("fk_decision_recorded_by_id"), type_="foreignkey")
        table.drop_constraint(op.f("ck_decision_signature"), type_="check")
        table.drop_column("recorded_by_id")
        table.drop_column("signature")
