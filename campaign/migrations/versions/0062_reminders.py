"""the log of reminders of reports

Revision ID: 0062
Revises: 0061
"""

import sqlalchemy as sa
from alembic import op

revision = "0062"
down_revision = "0061"
branch_labels = None
depends_on = None

STEPS = (
    "seven_days",
    "three_days",
    "one_day",
    "last_day",
    "to_officer",
    "to_head",
    "to_secretariat",
    "by_hand",
)
BY_ITSELF = sa.text("step <> 'by_hand'")


def _key(column: str, other: str, rule: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{other}.id"], name=op.f(f"fk_reminder_{column}"), ondelete=rule
    )


def upgrade() -> None:
    op.create_table(
        "reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("participation_id", sa.Integer(), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column(
            "step",
            sa.Enum(*STEPS, name="step", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("told", sa.String(), nullable=False),
        sa.CheckConstraint(
            "(step = 'by_hand') = (by_id IS NOT NULL)", name=op.f("ck_reminder_by_hand_has_a_hand")
        ),
        _key("participation_id", "participation", "CASCADE"),
        _key("period_id", "reporting_period", "CASCADE"),
        _key("by_id", "user_account", "RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
    )
    op.create_index(
        "uq_reminder_step",
        "reminder",
        ["participation_id", "period_id", "due_on", "step"],
        unique=True,
        sqlite_where=BY_ITSELF,
        postgresql_where=BY_ITSELF,
    )
    op.create_index("ix_reminder_participation_id", "reminder", ["participation_id", "period_id"])
    op.create_index("ix_reminder_period_id", "reminder", ["period_id"])
    op.create_index("ix_reminder_by_id", "reminder", ["by_id"])


def downgrade() -> None:
    """Who was reminded of what goes."""
    op.drop_table("reminder")
