"""the chair's vote, quorums of a campaign, and how many of a collective are women

Revision ID: 0030
Revises: 0029
"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("needs_chair", "chair_decides"):
        op.add_column(
            "ballot", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false())
        )
    choice = sa.Enum(
        "yes",
        "no",
        "blank",
        name="chair_choice",
        native_enum=False,
        create_constraint=True,
        length=32,
    )
    with op.batch_alter_table("ballot_line") as batch:
        batch.add_column(sa.Column("chair_choice", choice, nullable=True))
    with op.batch_alter_table("campaign") as batch:
        batch.add_column(
            sa.Column("quorum_numerator", sa.Integer(), nullable=False, server_default="2")
        )
        batch.add_column(
            sa.Column("quorum_denominator", sa.Integer(), nullable=False, server_default="3")
        )
        batch.add_column(sa.Column("award_quorum_numerator", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("award_quorum_denominator", sa.Integer(), nullable=True))
        batch.create_check_constraint(
            op.f("ck_campaign_quorum_in_range"),
            "quorum_numerator >= 1 AND quorum_numerator <= quorum_denominator",
        )
        batch.create_check_constraint(
            op.f("ck_campaign_award_quorum_is_whole"),
            "(award_quorum_numerator IS NULL) = (award_quorum_denominator IS NULL)",
        )
    with op.batch_alter_table("nominee") as batch:
        batch.add_column(sa.Column("member_count", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("women_count", sa.Integer(), nullable=True))
        batch.create_check_constraint(
            op.f("ck_nominee_women_are_members"),
            "(member_count IS NULL) = (women_count IS NULL) AND (women_count IS NULL OR"
            " women_count BETWEEN 0 AND member_count)",
        )


def downgrade() -> None:
    with op.batch_alter_table("nominee") as batch:
        batch.drop_constraint(op.f("ck_nominee_women_are_members"), type_="check")
        batch.drop_column("women_count")
        batch.drop_column("member_count")
    with op.batch_alter_table("campaign") as batch:
        batch.drop_constraint(op.f("ck_campaign_award_quorum_is_whole"), type_="check")
        batch.drop_constraint(op.f("ck_campaign_quorum_in_range"), type_="check")
        for name in (
            "quorum_numerator",
            "quorum_denominator",
            "award_quorum_numerator",
            "award_quorum_denominator",
        ):
            batch.drop_column(name)
    with op.batch_alter_table("ballot_line") as batch:
        batch.drop_constraint(op.f("ck_ballot_line_chair_choice"), type_="check")
        batch.drop_column("chair_choice")
    with op.batch_alter_table("ballot") as batch:
        for name in ("needs_chair", "chair_decides"):
            batch.drop_column(name)
