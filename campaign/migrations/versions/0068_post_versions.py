"""earlier versions of posts with why they were corrected, their files, the key of a day's readers

Revision ID: 0068
Revises: 0067
"""

import sqlalchemy as sa
from alembic import op

revision = "0068"
down_revision = "0067"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def _key(table: str, column: str, other: str, rule: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"), ondelete=rule
    )


def upgrade() -> None:
    op.create_table(
        "post_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_post_version_corrected_for_a_reason")),
        _key("post_version", "post_id", "post", "CASCADE"),
        _key("post_version", "by_id", "user_account", "RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post_version")),
    )
    op.create_table(
        "post_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("storage_key", sa.String(), nullable=False),
        sa.Column("uploaded_at", MOMENT, nullable=False),
        sa.Column("uploaded_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("size > 0", name=op.f("ck_post_file_size_is_positive")),
        _key("post_file", "post_id", "post", "CASCADE"),
        _key("post_file", "uploaded_by_id", "user_account", "RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post_file")),
        sa.UniqueConstraint("storage_key", name=op.f("uq_post_file_storage_key")),
    )
    op.create_table(
        "view_key",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_view_key")),
    )
    for table, column in (
        ("post_version", "post_id"),
        ("post_version", "by_id"),
        ("post_file", "post_id"),
        ("post_file", "uploaded_by_id"),
    ):
        op.create_index(f"ix_{table}_{column}", table, [column])
    op.execute(sa.text("DELETE FROM post_reader"))  # marks made with a key that stays


def downgrade() -> None:
    """Earlier versions and files of posts go."""
    for table in ("view_key", "post_file", "post_version"):
        op.drop_table(table)
