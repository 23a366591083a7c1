"""the table of points as a tree: sections below groups, ceilings and floors, kinds on the leaves

Revision ID: 0057
Revises: 0056
"""

import sqlalchemy as sa
from alembic import op

revision = "0057"
down_revision = "0056"
branch_labels = None
depends_on = None

POINTS = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
"""SQLite keeps eight bytes in what it calls an integer."""
KINDS = "'base', 'bonus', 'penalty'"
CHECKS = {
    "criterionkind": f"kind IN ({KINDS})",
    "takesfrom": "takes_from IN ('total', 'group', 'criterion')",
    "base_has_its_maximum": (
        "maximum IS NOT NULL OR (kind <> 'base' AND judged_by IN ('count', 'secretariat'))"
    ),
    "only_a_penalty_takes_elsewhere": "kind = 'penalty' OR takes_from = 'total'",
    "penalty_names_what_it_takes_from": (
        "(takes_from = 'criterion') = (taken_criterion_id IS NOT NULL)"
    ),
    "takes_not_from_itself": "taken_criterion_id <> id",
}


def upgrade() -> None:
    _leaves()
    _sections()


def _leaves() -> None:
    """The kind of a group goes down to its criteria."""
    with op.batch_alter_table("criterion") as batch:
        batch.add_column(sa.Column("kind", sa.String(32), nullable=False, server_default="base"))
        batch.add_column(
            sa.Column("takes_from", sa.String(32), nullable=False, server_default="total")
        )
        batch.add_column(sa.Column("taken_criterion_id", sa.Integer(), nullable=True))
        batch.alter_column("maximum", existing_type=POINTS, nullable=True)
        batch.create_unique_constraint(op.f("uq_criterion_id_campaign_id"), ["id", "campaign_id"])
        for name, law in CHECKS.items():
            batch.create_check_constraint(op.f(f"ck_criterion_{name}"), law)
    op.execute(
        "UPDATE criterion SET kind = (SELECT criterion_group.kind FROM criterion_group "
        "WHERE criterion_group.id = criterion.group_id)"
    )
    with op.batch_alter_table("criterion") as batch:
        batch.alter_column("kind", existing_type=sa.String(32), server_default=None)
        batch.alter_column("takes_from", existing_type=sa.String(32), server_default=None)
        batch.create_foreign_key(
            "fk_criterion_taken",
            "criterion",
            ["taken_criterion_id", "campaign_id"],
            ["id", "campaign_id"],
            ondelete="RESTRICT",
        )
    op.create_index("ix_criterion_taken_criterion_id", "criterion", ["taken_criterion_id"])


def _sections() -> None:
    """What a bonus is capped by is its ceiling; what penalties are capped by is their floor."""
    with op.batch_alter_table("criterion_group") as batch:
        batch.add_column(sa.Column("parent_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("ceiling", POINTS, nullable=True))
        batch.add_column(sa.Column("floor", POINTS, nullable=True))
    op.execute("UPDATE criterion_group SET ceiling = cap WHERE kind = 'bonus'")
    op.execute("UPDATE criterion_group SET floor = -cap WHERE kind = 'penalty'")
    with op.batch_alter_table("criterion_group") as batch:
        batch.drop_constraint(
            op.f("ck_criterion_group_bonus_and_penalty_are_capped"), type_="check"
        )
        batch.drop_constraint(op.f("ck_criterion_group_cap_not_negative"), type_="check")
        batch.drop_constraint(op.f("ck_criterion_group_criterionkind"), type_="check")
        batch.drop_column("kind")
        batch.drop_column("cap")
        batch.create_check_constraint(
            op.f("ck_criterion_group_not_below_itself"), "parent_id <> id"
        )
        batch.create_check_constraint(
            op.f("ck_criterion_group_ceiling_not_below_floor"), "ceiling >= floor"
        )
        batch.create_foreign_key(
            "fk_criterion_group_parent",
            "criterion_group",
            ["parent_id", "campaign_id"],
            ["id", "campaign_id"],
            ondelete="CASCADE",
        )
    op.create_index("ix_criterion_group_parent_id", "criterion_group", ["parent_id"])


def downgrade() -> None:
    """A group is of the kind of its criteria; what the older table cannot say is left out."""
    _older_groups()
    _older_criteria()


def _older_groups() -> None:
    op.drop_index("ix_criterion_group_parent_id", "criterion_group")
    with op.batch_alter_table("criterion_group") as batch:
        batch.drop_constraint("fk_criterion_group_parent", type_="foreignkey")
        batch.drop_constraint(op.f("ck_criterion_group_not_below_itself"), type_="check")
        batch.drop_constraint(op.f("ck_criterion_group_ceiling_not_below_floor"), type_="check")
        batch.add_column(sa.Column("kind", sa.String(32), nullable=False, server_default="base"))
        batch.add_column(sa.Column("cap", POINTS, nullable=True))
    for kind, bound in (("bonus", "ceiling"), ("penalty", "-floor")):
        op.execute(
            f"UPDATE criterion_group SET kind = '{kind}', cap = COALESCE({bound}, 0) "  # noqa: S608
            "WHERE EXISTS (SELECT 1 FROM criterion WHERE criterion.group_id = criterion_group.id "
            f"AND criterion.kind = '{kind}') AND NOT EXISTS (SELECT 1 FROM criterion "
            f"WHERE criterion.group_id = criterion_group.id AND criterion.kind <> '{kind}')"
        )
    with op.batch_alter_table("criterion_group") as batch:
        batch.alter_column("kind", existing_type=sa.String(32), server_default=None)
        batch.create_check_constraint(
            op.f("ck_criterion_group_criterionkind"), f"kind IN ({KINDS})"
        )
        batch.create_check_constraint(
            op.f("ck_criterion_group_bonus_and_penalty_are_capped"),
            "(kind = 'base') = (cap IS NULL)",
        )
        batch.create_check_constraint(
            op.f("ck_criterion_group_cap_not_negative"), "cap IS NULL OR cap >= 0"
        )
        for column in ("parent_id", "ceiling", "floor"):
            batch.drop_column(column)


def _older_criteria() -> None:
    op.execute("UPDATE criterion SET maximum = 10000 WHERE maximum IS NULL")
    op.drop_index("ix_criterion_taken_criterion_id", "criterion")
    with op.batch_alter_table("criterion") as batch:
        batch.drop_constraint("fk_criterion_taken", type_="foreignkey")
        for name in CHECKS:
            batch.drop_constraint(op.f(f"ck_criterion_{name}"), type_="check")
        batch.drop_constraint(op.f("uq_criterion_id_campaign_id"), type_="unique")
        batch.alter_column("maximum", existing_type=POINTS, nullable=False)
        for column in ("taken_criterion_id", "takes_from", "kind"):
            batch.drop_column(column)
