"""why a posted draft of a decision was withdrawn

Revision ID: 0016
Revises: 0015
"""

import json
from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    table = op.create_table(
        "decision_withdrawal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("posted_on", sa.Date(), nullable=False),
        sa.Column("notice_until", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_decision_withdrawal_has_a_reason")),
        sa.ForeignKeyConstraint(
            ["by_id"],
            ["user_account.id"],
            name=op.f("fk_decision_withdrawal_by_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"],
            ["decision.id"],
            name=op.f("fk_decision_withdrawal_decision_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_withdrawal")),
    )
    op.create_index("ix_decision_withdrawal_decision_id", "decision_withdrawal", ["decision_id"])
    if found := _told_by_the_record(op.get_bind()):
        op.bulk_insert(table, found)


def _told_by_the_record(connection: sa.Connection) -> list[dict[str, object]]:
    """Until now only the record knew the reason: each of its entries about a decision that is still there gives a row."""
    entries = sa.table(
        "audit_entry",
        sa.column("number", sa.Integer),
        sa.column("at", sa.DateTime(timezone=True)),
        sa.column("actor_id", sa.Integer),
        sa.column("act", sa.String),
        sa.column("changes", sa.String),
    )
    decisions = {row.id for row in connection.execute(sa.text("SELECT id FROM decision"))}
    people = {row.id for row in connection.execute(sa.text("SELECT id FROM user_account"))}
    found = []
    for entry in connection.execute(
        sa.select(entries).where(entries.c.act == "decision.withdraw").order_by(entries.c.number)
    ):
        changes = [one for one in json.loads(entry.changes) if one["table"] == "decision"]
        reasons = {
            one["key"]: one["after"]["reason"]
            for one in changes
            if one["before"] is None and "reason" in one["after"]
        }
        for one in changes:
            before, reason = one["before"] or {}, reasons.get(one["key"])
            is_kept = int(one["key"]) in decisions and entry.actor_id in people
            if reason and is_kept and before.get("posted_on") and before.get("notice_until"):
                found.append(
                    {
                        "decision_id": int(one["key"]),
                        "posted_on": date.fromisoformat(before["posted_on"]),
                        "notice_until": date.fromisoformat(before["notice_until"]),
                        "reason": reason,
                        "at": entry.at,
                        "by_id": entry.actor_id,
                    }
                )
    return found


def downgrade() -> None:
    op.drop_table("decision_withdrawal")
