"""a nomination names the good example it rests on

Revision ID: 0074
Revises: 0073
"""

import sqlalchemy as sa
from alembic import op

revision = "0074"
down_revision = "0073"
branch_labels = None
depends_on = None

NAME = "fk_nominee_exemplar_id"


def upgrade() -> None:
    with op.batch_alter_table("nominee") as batch:
        batch.add_column(sa.Column("exemplar_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(
            op.f(NAME), "exemplar", ["exemplar_id"], ["id"], ondelete="SET NULL"
        )
    op.create_index("ix_nominee_exemplar_id", "nominee", ["exemplar_id"])


def downgrade() -> None:
    """Which example a nomination rests on is forgotten."""
    op.drop_index("ix_nominee_exemplar_id", "nominee")
    with op.batch_alter_table("nominee") as batch:
        batch.drop_constraint(op.f(NAME), type_="foreignkey")
        batch.drop_column("exemplar_id")
