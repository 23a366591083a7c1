"""what became of units that were merged, split, renamed or ended

Revision ID: 0079
Revises: 0078
"""

import sqlalchemy as sa
from alembic import op

revision = "0079"
down_revision = "0078"
branch_labels = None
depends_on = None

TABLE = "unit_succession"
KINDS = ("merged", "split", "renamed", "ended")


def _unit(column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], ["unit.id"], name=op.f(f"fk_{TABLE}_{column}"), ondelete="RESTRICT"
    )


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("predecessor_id", sa.Integer(), nullable=False),
        sa.Column("successor_id", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                *KINDS, name="successionkind", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.CheckConstraint(
            "predecessor_id <> successor_id", name=op.f(f"ck_{TABLE}_succeeds_another_unit")
        ),
        sa.CheckConstraint(
            "(kind = 'ended') = (successor_id IS NULL)",
            name=op.f(f"ck_{TABLE}_only_what_ended_has_no_successor"),
        ),
        sa.CheckConstraint("basis <> ''", name=op.f(f"ck_{TABLE}_succession_has_a_basis")),
        _unit("predecessor_id"),
        _unit("successor_id"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
        sa.UniqueConstraint(
            "predecessor_id", "successor_id", name=op.f(f"uq_{TABLE}_predecessor_id_successor_id")
        ),
    )
    op.create_index(f"ix_{TABLE}_predecessor_id", TABLE, ["predecessor_id"])
    op.create_index(f"ix_{TABLE}_successor_id", TABLE, ["successor_id"])
    ends = sa.text("kind <> 'split'")
    op.create_index(
        f"uq_{TABLE}_one_end",
        TABLE,
        ["predecessor_id"],
        unique=True,
        sqlite_where=ends,
        postgresql_where=ends,
    )


def downgrade() -> None:
    """What became of units is forgotten; the units and their days stay."""
    op.drop_table(TABLE)
