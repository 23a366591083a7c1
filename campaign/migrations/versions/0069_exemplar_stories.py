"""stories of good examples: the consent they rest on, and their pictures

Revision ID: 0069
Revises: 0068
"""

import sqlalchemy as sa
from alembic import op

revision = "0069"
down_revision = "0068"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Examples of before have no story."""
    op.create_table(
        "exemplar_story",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column(
            "exemplar_id",
            sa.Integer(),
            sa.ForeignKey("exemplar.id", ondelete="RESTRICT"),
            nullable=False,
            unique=True,
        ),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("consent_on", sa.Date(), nullable=True),
        sa.Column("consent_paper", sa.String(), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("published_at", MOMENT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("title <> '' AND body <> ''", name="tells_something"),
        sa.CheckConstraint(
            "published_at IS NULL OR (consent_on IS NOT NULL AND consent_paper <> ''"
            " AND withdrawn_on IS NULL)",
            name="published_with_consent",
        ),
    )
    op.create_table(
        "exemplar_picture",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column(
            "story_id",
            sa.Integer(),
            sa.ForeignKey("exemplar_story.id", ondelete="RESTRICT"),
            nullable=False,
        ),
        *(
            sa.Column(name, sa.String(), nullable=False)
            for name in ("alt", "file_name", "media_type")
        ),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("storage_key", sa.String(), nullable=False, unique=True),
        sa.Column("uploaded_at", MOMENT, nullable=False),
        sa.Column(
            "uploaded_by_id",
            sa.Integer(),
            sa.ForeignKey("user_account.id", ondelete="RESTRICT"),
            nullable=False,
        ),
        sa.CheckConstraint("size > 0", name="size_is_positive"),
        sa.CheckConstraint("alt <> ''", name="has_its_words"),
    )
    for column in ("story_id", "uploaded_by_id"):
        op.create_index(f"ix_exemplar_picture_{column}", "exemplar_picture", [column])


def downgrade() -> None:
    op.drop_table("exemplar_picture")
    op.drop_table("exemplar_story")
