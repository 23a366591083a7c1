"""marks that lie far apart are looked at: from which spread, what members said, what was decided

Revision ID: 0052
Revises: 0051
"""

import sqlalchemy as sa
from alembic import op

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
POINTS = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
ENDED_BY = sa.Enum(
    "members",
    "chair",
    name="divergence_ended_by",
    native_enum=False,
    create_constraint=True,
    length=32,
)
CHECKS = {
    "ck_campaign_divergence_is_one": "divergence_points IS NULL OR divergence_percent IS NULL",
    "ck_campaign_divergence_in_range": (
        "(divergence_points IS NULL OR divergence_points > 0) AND"
        " (divergence_percent IS NULL OR divergence_percent BETWEEN 1 AND 100)"
    ),
}


def upgrade() -> None:
    """Plans of before look at no cell again."""
    with op.batch_alter_table("campaign") as batch:
        batch.add_column(sa.Column("divergence_points", POINTS, nullable=True))
        batch.add_column(sa.Column("divergence_percent", sa.Integer(), nullable=True))
        batch.add_column(
            sa.Column("divergence_ended_by", ENDED_BY, nullable=False, server_default="members")
        )
        for name, rule in CHECKS.items():
            batch.create_check_constraint(op.f(name), rule)
    _of_a_cell(
        "divergence_answer",
        sa.Column("before", POINTS, nullable=False),
        sa.Column("points", POINTS, nullable=False),
        sa.Column("sentence", sa.String(), nullable=False),
        sa.CheckConstraint("sentence <> ''", name="sentence_is_given"),
        sa.CheckConstraint("before >= 0 AND points >= 0", name="points_not_negative"),
    )
    _of_a_cell(
        "divergence_ruling",
        sa.Column("points", POINTS, nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.CheckConstraint("reason <> ''", name="reason_is_given"),
        sa.CheckConstraint("points IS NULL OR points >= 0", name="points_not_negative"),
    )


def _of_a_cell(name: str, *own: sa.Column | sa.CheckConstraint) -> None:
    keys = {
        "participation_id": "participation",
        "criterion_id": "criterion",
        "member_id": "council_member",
    }
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), primary_key=True),
        *(
            sa.Column(
                key, sa.Integer(), sa.ForeignKey(f"{table}.id", ondelete="RESTRICT"), nullable=False
            )
            for key, table in keys.items()
        ),
        *own,
        sa.Column("at", MOMENT, nullable=False),
    )
    for key in keys:
        op.create_index(f"ix_{name}_{key}", name, [key])


def downgrade() -> None:
    op.drop_table("divergence_ruling")
    op.drop_table("divergence_answer")
    with op.batch_alter_table("campaign") as batch:
        for name in CHECKS:
            batch.drop_constraint(op.f(name), type_="check")
        batch.drop_constraint(op.f("ck_campaign_divergence_ended_by"), type_="check")
        for name in ("divergence_points", "divergence_percent", "divergence_ended_by"):
            batch.drop_column(name)
