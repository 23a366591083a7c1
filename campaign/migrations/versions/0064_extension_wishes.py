"""wishes of units for more time, and what was answered

Revision ID: 0064
Revises: 0063
"""

import sqlalchemy as sa
from alembic import op

revision = "0064"
down_revision = "0063"
branch_labels = None
depends_on = None

TABLE = "extension_wish"
STATES = ("open", "granted", "refused", "dropped")
IS_OPEN = sa.text("state = 'open'")


def _key(column: str, other: str, rule: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{other}.id"], name=op.f(f"fk_{TABLE}_{column}"), ondelete=rule
    )


def _law(condition: str, name: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=op.f(f"ck_{TABLE}_{name}"))


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("participation_id", sa.Integer(), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column("wished_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                *STATES, name="wishstate", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        _law("reason <> ''", "reason_is_given"),
        _law("(state = 'open') = (answered_at IS NULL)", "answered_at_a_time"),
        _law("(answered_by_id IS NULL) = (answered_at IS NULL)", "answered_by_someone"),
        _law("state <> 'refused' OR answer <> ''", "refused_with_a_reason"),
        _key("participation_id", "participation", "CASCADE"),
        _key("period_id", "reporting_period", "CASCADE"),
        _key("by_id", "user_account", "RESTRICT"),
        _key("answered_by_id", "user_account", "RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
    )
    op.create_index(
        "uq_extension_wish_open",
        TABLE,
        ["participation_id", "period_id"],
        unique=True,
        sqlite_where=IS_OPEN,
        postgresql_where=IS_OPEN,
    )
    op.create_index("ix_extension_wish_participation_id", TABLE, ["participation_id", "period_id"])
    for column in ("period_id", "by_id", "answered_by_id"):
        op.create_index(f"ix_extension_wish_{column}", TABLE, [column])


def downgrade() -> None:
    """What units asked for goes; what was granted stays."""
    op.drop_table(TABLE)
