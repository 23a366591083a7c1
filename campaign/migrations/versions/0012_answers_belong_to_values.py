"""the reason for a warning belongs to the value it answered

Revision ID: 0012
Revises: 0011
"""

from decimal import Decimal

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

PLACES = 4
"""Digits after the point that a stored measure carries."""


def upgrade() -> None:
    op.add_column("warning_answer", sa.Column("about", sa.String(), nullable=True))
    _fill(op.get_bind())
    with op.batch_alter_table("warning_answer", schema=None) as batch_op:
        batch_op.alter_column("about", existing_type=sa.String(), nullable=False)


def _fill(connection: sa.Connection) -> None:
    """What is answered already was answered for the value that stands there now."""
    values = {
        (row.report_id, row.indicator_id): row
        for row in connection.execute(
            sa.text("SELECT report_id, indicator_id, value, kind FROM claimed_value")
        )
    }
    for report_id, warning in connection.execute(
        sa.text("SELECT report_id, warning FROM warning_answer")
    ).all():
        code, _, number = warning.partition(":")
        row = values.get((report_id, int(number) if number.isdecimal() else 0))
        if row is None:
            about = ""
        elif code == "kind":
            about = row.kind or ""
        else:
            about = (
                ""
                if row.value is None
                else format(Decimal(row.value).scaleb(-PLACES).normalize(), "f")
            )
        connection.execute(
            sa.text(
                "UPDATE warning_answer SET about = :about WHERE report_id = :report_id AND warning = :warning"
            ),
            {"about": about, "report_id": report_id, "warning": warning},
        )


def downgrade() -> None:
    with op.batch_alter_table("warning_answer", schema=None) as batch_op:
        batch_op.drop_column("about")
