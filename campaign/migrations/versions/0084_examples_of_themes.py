"""examples that belong to a theme of the drive

Revision ID: 0084
Revises: 0083
"""

import sqlalchemy as sa
from alembic import op

revision = "0084"
down_revision = "0083"
branch_labels = None
depends_on = None


def _key(column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{other}.id"], name=op.f(f"fk_theme_exemplar_{column}"), ondelete="CASCADE"
    )


def upgrade() -> None:
    op.create_table(
        "theme_exemplar",
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.Column("exemplar_id", sa.Integer(), nullable=False),
        _key("theme_id", "theme"),
        _key("exemplar_id", "exemplar"),
        sa.PrimaryKeyConstraint("theme_id", "exemplar_id", name=op.f("pk_theme_exemplar")),
    )
    op.create_index("ix_theme_exemplar_exemplar_id", "theme_exemplar", ["exemplar_id"])


def downgrade() -> None:
    op.drop_table("theme_exemplar")
