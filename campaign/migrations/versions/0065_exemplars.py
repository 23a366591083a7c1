"""good examples: the register, its moves, and the units that follow

Revision ID: 0065
Revises: 0064
"""

import sqlalchemy as sa
from alembic import op

revision = "0065"
down_revision = "0064"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
STEPS = ("found", "helped", "summed_up", "followed")


def _choice(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def _key(table: str, ondelete: str, column: str = "", *, is_open: bool = False) -> sa.Column:
    return sa.Column(
        column or f"{table}_id",
        sa.Integer(),
        sa.ForeignKey(f"{table}.id", ondelete=ondelete),
        nullable=is_open,
    )


def _texts(*names: str, kind: type[sa.String] = sa.Text) -> list[sa.Column]:
    return [sa.Column(name, kind(), nullable=False) for name in names]


def upgrade() -> None:
    """Campaigns of before have none."""
    _exemplar()
    op.create_table(
        "exemplar_move",
        sa.Column("id", sa.Integer(), primary_key=True),
        _key("exemplar", "CASCADE"),
        sa.Column("before", _choice("before_step", *STEPS), nullable=False),
        sa.Column("after", _choice("after_step", *STEPS), nullable=False),
        sa.Column("is_back", sa.Boolean(), nullable=False),
        *_texts("reason"),
        sa.Column("at", MOMENT, nullable=False),
        _key("user_account", "RESTRICT", "by_id"),
        sa.CheckConstraint("before <> after", name="goes_somewhere"),
        sa.CheckConstraint("NOT is_back OR reason <> ''", name="back_has_a_reason"),
    )
    op.create_table(
        "exemplar_use",
        sa.Column("id", sa.Integer(), primary_key=True),
        _key("exemplar", "CASCADE"),
        _key("participation", "CASCADE"),
        sa.Column("used_on", sa.Date(), nullable=False),
        *_texts("sentence"),
        sa.Column("at", MOMENT, nullable=False),
        _key("user_account", "RESTRICT", "by_id"),
        sa.UniqueConstraint("exemplar_id", "participation_id"),
        sa.CheckConstraint("sentence <> ''", name="says_how"),
    )
    for table, columns in (
        ("exemplar", ("report_id", "inspection_id", "proposed_by_id", "decided_by_id")),
        ("exemplar_move", ("exemplar_id", "by_id")),
        ("exemplar_use", ("participation_id", "by_id")),
    ):
        for column in columns:
            op.create_index(f"ix_{table}_{column}", table, [column])
    op.create_index("ix_exemplar_state_step", "exemplar", ["state", "step"])


def _exemplar() -> None:
    op.create_table(
        "exemplar",
        sa.Column("id", sa.Integer(), primary_key=True),
        _key("participation", "CASCADE"),
        sa.Column(
            "subject", _choice("subject", "collective", "person", "household"), nullable=False
        ),
        sa.Column("standing", _choice("standing", "leader", "worker"), nullable=True),
        *_texts("name", "field", kind=sa.String),
        *_texts("reason", "goal"),
        *_texts("found_by", kind=sa.String),
        sa.Column("found_on", sa.Date(), nullable=False),
        _key("report", "SET NULL", is_open=True),
        _key("inspection", "SET NULL", is_open=True),
        *_texts("helper", kind=sa.String),
        *_texts("measures"),
        sa.Column("help_until", sa.Date(), nullable=True),
        *_texts("result", "summary", "spread", "awards"),
        sa.Column("step", _choice("step", *STEPS), nullable=False),
        sa.Column("state", _choice("state", "proposed", "registered", "declined"), nullable=False),
        sa.Column("proposed_at", MOMENT, nullable=False),
        _key("user_account", "RESTRICT", "proposed_by_id"),
        sa.Column("decided_at", MOMENT, nullable=True),
        _key("user_account", "RESTRICT", "decided_by_id", is_open=True),
        *_texts("decline_reason"),
        sa.Column("moved_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.UniqueConstraint("participation_id", "subject", "name"),
        sa.CheckConstraint(
            "name <> '' AND reason <> '' AND found_by <> ''", name="found_has_its_facts"
        ),
        sa.CheckConstraint(
            "step = 'found' OR (helper <> '' AND measures <> '' AND help_until IS NOT NULL)",
            name="helped_has_its_facts",
        ),
        sa.CheckConstraint(
            "step IN ('found', 'helped') OR (result <> '' AND summary <> '')",
            name="summed_up_has_its_facts",
        ),
        sa.CheckConstraint("step <> 'followed' OR spread <> ''", name="followed_has_its_facts"),
        sa.CheckConstraint("step = 'found' OR state = 'registered'", name="only_registered_move"),
        sa.CheckConstraint("(state = 'proposed') = (decided_at IS NULL)", name="decided_once"),
        sa.CheckConstraint(
            "(state = 'declined') = (decline_reason <> '')", name="declined_has_a_reason"
        ),
        sa.CheckConstraint(
            "(subject = 'person') = (standing IS NOT NULL)", name="persons_have_a_standing"
        ),
        sa.CheckConstraint("report_id IS NULL OR inspection_id IS NULL", name="found_in_one_place"),
    )


def downgrade() -> None:
    op.drop_table("exemplar_use")
    op.drop_table("exemplar_move")
    op.drop_table("exemplar")
