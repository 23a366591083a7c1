"""posts of kinds, published and withdrawn by date, and directives that units work through

Revision ID: 0066
Revises: 0065
"""

import sqlalchemy as sa
from alembic import op

revision = "0066"
down_revision = "0065"
branch_labels = None
depends_on = None

KINDS = ("news", "announcement", "directive", "study", "guidance", "result")
KIND = sa.Enum(*KINDS, name="postkind", native_enum=False, create_constraint=True, length=32)
CHECKS = {
    "announcement_is_of_its_kind": "NOT is_announcement OR kind = 'announcement'",
    "withdrawn_after_published": "withdrawn_on IS NULL OR withdrawn_on > published_on",
    "withdrawn_was_published": "withdrawn_on IS NULL OR published_on IS NOT NULL",
}


def upgrade() -> None:
    """A post of before is the announcement of a launch, or news."""
    with op.batch_alter_table("post") as batch:
        batch.add_column(sa.Column("kind", KIND, nullable=False, server_default="news"))
        batch.add_column(sa.Column("withdrawn_on", sa.Date(), nullable=True))
    op.execute(sa.text("UPDATE post SET kind = 'announcement' WHERE is_announcement"))
    with op.batch_alter_table("post") as batch:
        batch.alter_column("kind", server_default=None)
        for name, rule in CHECKS.items():
            batch.create_check_constraint(op.f(f"ck_post_{name}"), rule)
    op.create_table(
        "directive_study",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("participation_id", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("attendees", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("attendees <> ''", name=op.f("ck_directive_study_somebody_took_part")),
        _key("post_id", "post"),
        _key("participation_id", "participation"),
        _key("by_id", "user_account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directive_study")),
        sa.UniqueConstraint(
            "post_id", "participation_id", name=op.f("uq_directive_study_post_id_participation_id")
        ),
    )
    for column in ("participation_id", "by_id"):
        op.create_index(f"ix_directive_study_{column}", "directive_study", [column])


def _key(column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{other}.id"], name=op.f(f"fk_directive_study_{column}"), ondelete="RESTRICT"
    )


def downgrade() -> None:
    """Who worked through what goes, and the kinds of posts."""
    op.drop_table("directive_study")
    with op.batch_alter_table("post") as batch:
        for name in CHECKS:
            batch.drop_constraint(op.f(f"ck_post_{name}"), type_="check")
        batch.drop_constraint(op.f("ck_post_postkind"), type_="check")
        batch.drop_column("kind")
        batch.drop_column("withdrawn_on")
