"""recusals from a line that were wrong

Revision ID: 0023
Revises: 0022
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("line_recusal") as batch_op:
        batch_op.add_column(
            sa.Column("lifted_reason", sa.String(), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("lifted_by_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            op.f("fk_line_recusal_lifted_by_id_user_account"),
            "user_account",
            ["lifted_by_id"],
            ["id"],
            ondelete="RESTRICT",
        )
        batch_op.create_check_constraint(
            "lifting_has_a_reason", "(lifted_at IS NULL) = (lifted_reason = '')"
        )
    with op.batch_alter_table("line_recusal") as batch_op:
        batch_op.alter_column("lifted_reason", existing_type=sa.String(), server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("line_recusal") as batch_op:
        batch_op.drop_constraint("lifting_has_a_reason", type_="check")
        batch_op.drop_constraint(
            op.f("fk_line_recusal_lifted_by_id_user_account"), type_="foreignkey"
        )
        batch_op.drop_column("lifted_by_id")
        batch_op.drop_column("lifted_at")
        batch_op.drop_column("lifted_reason")
