"""rounds of explanations after verification

Revision ID: 0041
Revises: 0040
"""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
POINTS, MEASURE = sa.Integer(), sa.BigInteger()
OUTCOME = sa.Enum(
    "agreed",
    "kept",
    name="outcome",
    native_enum=False,
    create_constraint=True,
    length=32,
)


def upgrade() -> None:
    """Plans of before have no such round, and nothing verified was shown to a unit."""
    with op.batch_alter_table("campaign") as batch:
        batch.add_column(sa.Column("clarification_days", sa.Integer(), nullable=True))
        batch.create_check_constraint(
            op.f("ck_campaign_clarification_days_in_range"),
            "clarification_days IS NULL OR clarification_days BETWEEN 1 AND 60",
        )
    with op.batch_alter_table("verification") as batch:
        batch.add_column(sa.Column("disclosed_at", MOMENT, nullable=True))
    _rounds()
    _lines()
    _files()


def _rounds() -> None:
    op.create_table(
        "clarification_round",
        sa.Column("id", sa.Integer(), primary_key=True),
        _key("verification_id", "verification", is_unique=True),
        sa.Column("opened_at", MOMENT, nullable=False),
        _key("opened_by_id", "user_account"),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("replied_at", MOMENT, nullable=True),
        _key("replied_by_id", "user_account", nullable=True),
        sa.Column("closed_at", MOMENT, nullable=True),
        _key("closed_by_id", "user_account", nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(replied_at IS NULL) = (replied_by_id IS NULL)", name="replied_by_someone"
        ),
        sa.CheckConstraint(
            "(closed_at IS NULL) = (closed_by_id IS NULL)", name="closed_by_someone"
        ),
    )


def _lines() -> None:
    op.create_table(
        "clarification_line",
        sa.Column("id", sa.Integer(), primary_key=True),
        _key("round_id", "clarification_round", is_indexed=False),
        _key("criterion_id", "criterion"),
        sa.Column("maximum", POINTS, nullable=False),
        sa.Column("first_value", MEASURE, nullable=True),
        sa.Column("first_points", POINTS, nullable=True),
        sa.Column("first_words", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", MOMENT, nullable=True),
        _key("answered_by_id", "user_account", nullable=True),
        sa.Column("outcome", OUTCOME, nullable=True),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("second_value", MEASURE, nullable=True),
        sa.Column("second_points", POINTS, nullable=True),
        sa.Column("settled_at", MOMENT, nullable=True),
        _key("settled_by_id", "user_account", nullable=True),
        sa.UniqueConstraint("round_id", "criterion_id"),
        sa.CheckConstraint("(answer = '') = (answered_at IS NULL)", name="answered_at_a_moment"),
        sa.CheckConstraint(
            "(answered_at IS NULL) = (answered_by_id IS NULL)", name="answered_by_someone"
        ),
        sa.CheckConstraint("outcome IS NULL OR answer <> ''", name="settled_is_answered"),
        sa.CheckConstraint("(outcome IS NULL) = (sentence = '')", name="settled_with_a_sentence"),
        sa.CheckConstraint("(outcome IS NULL) = (settled_at IS NULL)", name="settled_at_a_moment"),
        sa.CheckConstraint(
            "(settled_at IS NULL) = (settled_by_id IS NULL)", name="settled_by_someone"
        ),
    )


def _files() -> None:
    op.create_table(
        "clarification_file",
        sa.Column("id", sa.Integer(), primary_key=True),
        _key("line_id", "clarification_line"),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("storage_key", sa.String(), nullable=False, unique=True),
        sa.Column("uploaded_at", MOMENT, nullable=False),
        _key("uploaded_by_id", "user_account"),
        sa.CheckConstraint("size > 0", name="size_is_positive"),
    )


def _key(
    name: str,
    of: str,
    *,
    nullable: bool = False,
    is_unique: bool = False,
    is_indexed: bool = True,
) -> sa.Column[int]:
    return sa.Column(
        name,
        sa.Integer(),
        sa.ForeignKey(f"{of}.id", ondelete="RESTRICT"),
        nullable=nullable,
        unique=is_unique or None,
        index=(is_indexed and not is_unique) or None,
    )


def downgrade() -> None:
    """What was explained goes."""
    for table in ("clarification_file", "clarification_line", "clarification_round"):
        op.drop_table(table)
    with op.batch_alter_table("verification") as batch:
        batch.drop_column("disclosed_at")
    with op.batch_alter_table("campaign") as batch:
        batch.drop_constraint(op.f("ck_campaign_clarification_days_in_range"), type_="check")
        batch.drop_column("clarification_days")
