"""the plan names the groups that tie-breaks and bonuses go by, and says how it re-scales

Revision ID: 0022
Revises: 0021
"""

import json
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

LETTERS = {"group_a": "A", "group_b": "B"}
"""Tiêu chí phụ cũ: the codes that were meant."""


def upgrade() -> None:
    with op.batch_alter_table("campaign", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "rescaling",
                sa.Enum(
                    "full_scale",
                    "share",
                    name="rescaling",
                    native_enum=False,
                    create_constraint=True,
                    length=32,
                ),
                nullable=False,
                server_default="full_scale",
            )
        )
    with op.batch_alter_table("indicator", schema=None) as batch_op:
        batch_op.add_column(sa.Column("bonus_group_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            op.f("fk_indicator_bonus_group_id"),
            "criterion_group",
            ["bonus_group_id"],
            ["id"],
            ondelete="SET NULL",
        )
    connection = op.get_bind()
    _name_bonus_groups(connection)
    for campaign_id, stored in _chains(connection):
        codes = dict(
            connection.execute(
                sa.text("SELECT code, id FROM criterion_group WHERE campaign_id = :campaign"),
                {"campaign": campaign_id},
            ).all()
        )
        named = [
            f"group:{codes[LETTERS[step]]}" if step in LETTERS else step
            for step in stored
            if step not in LETTERS or LETTERS[step] in codes
        ]
        _keep_chain(connection, campaign_id, stored, named)


def _name_bonus_groups(connection: sa.Connection) -> None:
    """The only bonus group; in a plan that is launched the first of several too: that is where its
    bonuses were counted.
    """
    rows = connection.execute(
        sa.text(
            "SELECT g.campaign_id, g.id, c.frozen_at FROM criterion_group g JOIN campaign c ON c.id = g.campaign_id"
            " WHERE g.kind = 'bonus' ORDER BY g.campaign_id, g.position, g.id"
        )
    ).all()
    for campaign_id in {row.campaign_id for row in rows}:
        groups = [row for row in rows if row.campaign_id == campaign_id]
        if len(groups) > 1 and groups[0].frozen_at is None:
            continue
        for indicator_id, rule in connection.execute(
            sa.text("SELECT id, points_rule FROM indicator WHERE campaign_id = :campaign"),
            {"campaign": campaign_id},
        ).all():
            if Decimal(_held(rule).get("bonus_per_percent", "0")) > 0:
                connection.execute(
                    sa.text("UPDATE indicator SET bonus_group_id = :group WHERE id = :id"),
                    {"group": groups[0].id, "id": indicator_id},
                )


def _held(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def _chains(connection: sa.Connection) -> list[tuple[int, list[str]]]:
    return [
        (row.id, _held(row.tie_breaks))
        for row in connection.execute(sa.text("SELECT id, tie_breaks FROM campaign")).all()
    ]


def _keep_chain(
    connection: sa.Connection, campaign_id: int, before: list[str], after: list[str]
) -> None:
    if after != before:
        table = sa.table("campaign", sa.column("id", sa.Integer), sa.column("tie_breaks", sa.JSON))
        connection.execute(
            sa.update(table).where(table.c.id == campaign_id).values(tie_breaks=after)
        )


def downgrade() -> None:
    connection = op.get_bind()
    letters = {code: step for step, code in LETTERS.items()}
    for campaign_id, stored in _chains(connection):
        codes = dict(
            connection.execute(
                sa.text("SELECT id, code FROM criterion_group WHERE campaign_id = :campaign"),
                {"campaign": campaign_id},
            ).all()
        )
        named = [
            letters.get(codes.get(int(step.partition(":")[2]), ""), "")
            if step.startswith("group:")
            else step
            for step in stored
        ]
        _keep_chain(connection, campaign_id, stored, [step for step in named if step])
    with op.batch_alter_table("indicator", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("fk_indicator_bonus_group_id"), type_="foreignkey")
        batch_op.drop_column("bonus_group_id")
    with op.batch_alter_table("campaign", schema=None) as batch_op:
        batch_op.drop_constraint("rescaling", type_="check")
        batch_op.drop_column("rescaling")
