"""shares as exact as the calendar, and targets of the year or of the whole campaign

A share that stems from the program goes: it is worked out, exactly, from the dates.
One that somebody typed stays.

Revision ID: 0026
Revises: 0025
"""

import calendar
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

PERIOD = sa.table(
    "reporting_period",
    sa.column("id", sa.Integer),
    sa.column("ends_on", sa.Date),
    sa.column("expected_share", sa.BigInteger),
)
PLACES = Decimal(10_000)
"""A stored measure carries four digits after the point."""


def upgrade() -> None:
    op.execute(
        "ALTER TABLE reporting_period ADD COLUMN campaign_share BIGINT "
        "CONSTRAINT ck_reporting_period_campaign_share_is_a_percentage "
        "CHECK (campaign_share IS NULL OR campaign_share BETWEEN 1 AND 1000000)"
    )
    op.execute(
        "ALTER TABLE campaign ADD COLUMN counted_by VARCHAR(32) DEFAULT 'months' NOT NULL "
        "CONSTRAINT ck_campaign_countedby CHECK (counted_by IN ('months', 'days'))"
    )
    op.execute(
        "ALTER TABLE indicator ADD COLUMN target_of VARCHAR(32) DEFAULT 'year' NOT NULL "
        "CONSTRAINT ck_indicator_targetof CHECK (target_of IN ('year', 'campaign'))"
    )
    connection = op.get_bind()
    for row in connection.execute(
        sa.select(PERIOD).where(PERIOD.c.expected_share.is_not(None))
    ).all():
        if row.expected_share == _rounded_share(row.ends_on):
            connection.execute(
                sa.update(PERIOD).where(PERIOD.c.id == row.id).values(expected_share=None)
            )


def _rounded_share(ends_on: date) -> int:
    """What was stored until now: per cent of the year gone, by months, to four digits."""
    days = calendar.monthrange(ends_on.year, ends_on.month)[1]
    months = ends_on.month - 1 + Decimal(ends_on.day) / days
    return int((months * 100 / 12 * PLACES).to_integral_value(ROUND_HALF_UP))


def downgrade() -> None:
    connection = op.get_bind()
    for row in connection.execute(sa.select(PERIOD).where(PERIOD.c.expected_share.is_(None))).all():
        connection.execute(
            sa.update(PERIOD)
            .where(PERIOD.c.id == row.id)
            .values(expected_share=_rounded_share(row.ends_on))
        )
    for table, column, constraint in (
        ("indicator", "target_of", "ck_indicator_targetof"),
        ("campaign", "counted_by", "ck_campaign_countedby"),
        (
            "reporting_period",
            "campaign_share",
            "ck_reporting_period_campaign_share_is_a_percentage",
        ),
    ):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_constraint(op.f(constraint), type_="check")
            batch_op.drop_column(column)
