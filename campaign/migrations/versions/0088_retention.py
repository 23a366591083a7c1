"""how long what is held of people is kept, and what was taken away

Revision ID: 0088
Revises: 0087
"""

import sqlalchemy as sa
from alembic import op

revision = "0088"
down_revision = "0087"
branch_labels = None
depends_on = None

KINDS = ("readings", "mail", "links", "keys", "accounts", "nominees")


def _kind(name: str) -> sa.Column:
    values = sa.Enum(*KINDS, name=name, native_enum=False, create_constraint=True, length=32)
    return sa.Column("kind", values, nullable=False)


def upgrade() -> None:
    op.create_table(
        "retention_rule",
        _kind("retention_kind"),
        sa.Column("months", sa.Integer(), nullable=True),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("is_checked", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "months IS NULL OR months BETWEEN 1 AND 1200",
            name=op.f("ck_retention_rule_months_in_range"),
        ),
        sa.CheckConstraint("basis <> ''", name=op.f("ck_retention_rule_has_a_basis")),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_retention_rule")),
    )
    op.create_table(
        "retention_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        _kind("retention_run_kind"),
        sa.Column("due_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("row_count", sa.Integer(), nullable=False),
        sa.CheckConstraint("row_count >= 1", name=op.f("ck_retention_run_took_something")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_run")),
    )


def downgrade() -> None:
    """The office's own terms are not known any more, nor what was taken away."""
    op.drop_table("retention_run")
    op.drop_table("retention_rule")
