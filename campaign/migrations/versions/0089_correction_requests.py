"""requests to put right what is held of oneself

Revision ID: 0089
Revises: 0088
"""

import sqlalchemy as sa
from alembic import op

revision = "0089"
down_revision = "0088"
branch_labels = None
depends_on = None

TABLE = "correction_request"


def _person(column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], ["user_account.id"], name=op.f(f"fk_{TABLE}_{column}"), ondelete="RESTRICT"
    )


def upgrade() -> None:
    outcome = sa.Enum(
        "done",
        "declined",
        name="correction_answer",
        native_enum=False,
        create_constraint=True,
        length=32,
    )
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("wish", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", outcome, nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("wish <> ''", name=op.f(f"ck_{TABLE}_says_what")),
        sa.CheckConstraint(
            "(outcome IS NULL) = (answered_at IS NULL)"
            " AND (outcome IS NULL) = (answered_by_id IS NULL)"
            " AND (outcome IS NULL) = (answer = '')",
            name=op.f(f"ck_{TABLE}_answered_whole"),
        ),
        _person("user_id"),
        _person("answered_by_id"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
    )
    for column in ("user_id", "answered_by_id"):
        op.create_index(f"ix_{TABLE}_{column}", TABLE, [column])


def downgrade() -> None:
    """What was asked and answered is known to the record alone."""
    op.drop_table(TABLE)
