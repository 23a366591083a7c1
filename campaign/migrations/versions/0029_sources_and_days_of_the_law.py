"""what each fact of an award rests on, which awards are paid, and the day a dossier was received

Revision ID: 0029
Revises: 0028
"""

import json

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

GROUNDS = ("law", "office", "proposal")
PROPOSED = {(70, 100), (80, 100)}
"""The majorities of the shipped catalogue that no law asks for."""
PARTS = ("vote", "report")


def _ground(part: str, default: str) -> sa.Column[str]:
    kind = sa.Enum(
        *GROUNDS, name=f"{part}_ground", native_enum=False, create_constraint=True, length=32
    )
    return sa.Column(f"{part}_ground", kind, nullable=False, server_default=default)


def upgrade() -> None:
    for name in ("puts_women_first", "pays_highest_only"):
        op.add_column(
            "rule_set", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false())
        )
    for name in ("women_source", "highest_source"):
        op.add_column("rule_set", sa.Column(name, sa.String(), nullable=False, server_default=""))
    op.add_column("decision", sa.Column("received_on", sa.Date(), nullable=True))
    op.add_column(
        "indicator",
        sa.Column("is_carried_over", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    with op.batch_alter_table("award_form") as batch:
        batch.add_column(
            sa.Column("is_title", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch.add_column(_ground("money", "law"))
        batch.add_column(_ground("vote", "proposal"))
        batch.add_column(_ground("report", "law"))
        for part in PARTS:
            batch.add_column(
                sa.Column(f"{part}_source", sa.String(), nullable=False, server_default="")
            )
            batch.add_column(sa.Column(f"{part}_checked_on", sa.Date(), nullable=True))
            batch.add_column(sa.Column(f"{part}_checked_by_id", sa.Integer(), nullable=True))
            batch.create_foreign_key(
                op.f(f"fk_award_form_{part}_checked_by_id"),
                "user_account",
                [f"{part}_checked_by_id"],
                ["id"],
                ondelete="RESTRICT",
            )
    _tell_apart(op.get_bind())


def _tell_apart(connection: sa.Connection) -> None:
    """Whoever checked an entry checked its form of report; a majority that is no shipped proposal is the office's."""
    connection.execute(
        sa.text(
            "UPDATE award_form SET report_checked_on = checked_on, report_checked_by_id = checked_by_id"
        )
    )
    connection.execute(
        sa.text(
            "UPDATE award_form SET is_title = :yes WHERE code IN ('co-thi-dua-bo', 'lao-dong-tien-tien', 'chien-si-thi-dua')"
        ),
        {"yes": True},
    )
    for form_id, vote in connection.execute(sa.text("SELECT id, vote FROM award_form")).all():
        rule = json.loads(vote) if isinstance(vote, str) else vote
        if (rule["numerator"], rule["denominator"]) not in PROPOSED:
            connection.execute(
                sa.text(
                    "UPDATE award_form SET vote_ground = 'law', vote_checked_on = checked_on,"
                    " vote_checked_by_id = checked_by_id WHERE id = :id"
                ),
                {"id": form_id},
            )


def downgrade() -> None:
    with op.batch_alter_table("award_form") as batch:
        for part in PARTS:
            batch.drop_constraint(op.f(f"fk_award_form_{part}_checked_by_id"), type_="foreignkey")
            batch.drop_column(f"{part}_checked_by_id")
            batch.drop_column(f"{part}_checked_on")
            batch.drop_column(f"{part}_source")
        for part in ("money", *PARTS):
            batch.drop_constraint(op.f(f"ck_award_form_{part}_ground"), type_="check")
            batch.drop_column(f"{part}_ground")
        batch.drop_column("is_title")
    with op.batch_alter_table("indicator") as batch:
        batch.drop_column("is_carried_over")
    with op.batch_alter_table("decision") as batch:
        batch.drop_column("received_on")
    with op.batch_alter_table("rule_set") as batch:
        for name in ("puts_women_first", "pays_highest_only", "women_source", "highest_source"):
            batch.drop_column(name)
