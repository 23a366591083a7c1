"""themes of the drive, with their targets and posts

Revision ID: 0071
Revises: 0070
"""

import sqlalchemy as sa
from alembic import op

revision = "0071"
down_revision = "0070"
branch_labels = None
depends_on = None


def _key(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"), ondelete="CASCADE"
    )


def upgrade() -> None:
    op.create_table(
        "theme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("lead", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("name <> ''", name=op.f("ck_theme_theme_has_a_name")),
        _key("theme", "campaign_id", "campaign"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theme")),
        sa.UniqueConstraint("campaign_id", "name", name=op.f("uq_theme_campaign_id_name")),
    )
    op.create_table(
        "theme_indicator",
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        _key("theme_indicator", "theme_id", "theme"),
        _key("theme_indicator", "indicator_id", "indicator"),
        sa.PrimaryKeyConstraint("theme_id", "indicator_id", name=op.f("pk_theme_indicator")),
    )
    op.create_table(
        "theme_post",
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=False),
        _key("theme_post", "post_id", "post"),
        _key("theme_post", "theme_id", "theme"),
        sa.PrimaryKeyConstraint("post_id", name=op.f("pk_theme_post")),
    )
    op.create_index("ix_theme_indicator_indicator_id", "theme_indicator", ["indicator_id"])
    op.create_index("ix_theme_post_theme_id", "theme_post", ["theme_id"])


def downgrade() -> None:
    """Themes go; their posts stay."""
    for table in ("theme_post", "theme_indicator", "theme"):
        op.drop_table(table)
