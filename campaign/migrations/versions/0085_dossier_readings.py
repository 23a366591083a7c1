"""who read the dossier of whom

Revision ID: 0085
Revises: 0084
"""

import sqlalchemy as sa
from alembic import op

revision = "0085"
down_revision = "0084"
branch_labels = None
depends_on = None

WHAT = (
    "nomination",
    "nomination_table",
    "achievement",
    "exemplar",
    "exemplar_table",
    "exemplar_paper",
)


def _key(column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{other}.id"], name=op.f(f"fk_dossier_reading_{column}"), ondelete="CASCADE"
    )


def upgrade() -> None:
    op.create_table(
        "dossier_reading",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reader_id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column(
            "what",
            sa.Enum(*WHAT, name="dossier", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("person_name", sa.String(), nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        _key("reader_id", "user_account"),
        _key("campaign_id", "campaign"),
        _key("unit_id", "unit"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier_reading")),
    )
    op.create_index("ix_dossier_reading_at", "dossier_reading", ["at"])
    op.create_index("ix_dossier_reading_campaign_id_at", "dossier_reading", ["campaign_id", "at"])
    op.create_index("ix_dossier_reading_reader_id", "dossier_reading", ["reader_id"])
    op.create_index(
        "ix_dossier_reading_unit_id_name_key", "dossier_reading", ["unit_id", "name_key"]
    )


def downgrade() -> None:
    """Who read what is not known any more."""
    op.drop_table("dossier_reading")
