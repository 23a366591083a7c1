"""points are kept in ten-thousandths, so that a plan may give them to four decimals

Revision ID: 0046
Revises: 0045
"""

import sqlalchemy as sa
from alembic import op

from campaign.migrations.append_only import guard, unguard

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None

POINTS = (
    ("band", ("from_points",)),
    ("campaign", ("scale", "mark_step")),
    ("clarification_line", ("maximum", "first_points", "second_points")),
    ("criterion", ("maximum",)),
    ("criterion_group", ("cap",)),
    ("frozen_standing", ("total",)),
    ("mark", ("points",)),
    ("self_score", ("points",)),
    ("verified_points", ("points",)),
)
"""Every column that holds points; hundredths until now."""
APPEND_ONLY = frozenset({"frozen_standing"})


def upgrade() -> None:
    _default_of_the_scale(None)
    for table, columns in POINTS:
        _rewrite(table, columns, "* 100", "BIGINT")
    _default_of_the_scale("1000000")


def downgrade() -> None:
    """What is finer than a hundredth is lost."""
    _default_of_the_scale(None)
    for table, columns in POINTS:
        _rewrite(table, columns, "/ 100", "INTEGER")
    _default_of_the_scale("10000")


def _rewrite(table: str, columns: tuple[str, ...], how: str, kind: str) -> None:
    """SQLite keeps eight bytes in an INTEGER; PostgreSQL takes another type for them."""
    if op.get_bind().dialect.name == "postgresql":
        for column in columns:
            op.execute(
                f"ALTER TABLE {table} ALTER COLUMN {column} TYPE {kind} "
                f"USING CAST(CAST({column} AS BIGINT) {how} AS {kind})"
            )
        return
    if table in APPEND_ONLY:
        unguard(table)
    settings = ", ".join(f"{column} = {column} {how}" for column in columns)
    op.execute(f"UPDATE {table} SET {settings}")  # noqa: S608 - names of ours
    if table in APPEND_ONLY:
        guard(table)


def _default_of_the_scale(value: str | None) -> None:
    with op.batch_alter_table("campaign") as batch:
        batch.alter_column(
            "scale",
            existing_type=sa.BigInteger() if value == "1000000" else sa.Integer(),
            server_default=value,
            existing_nullable=False,
        )
