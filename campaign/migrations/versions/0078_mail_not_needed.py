"""mail that waited until nothing of it held any more

Revision ID: 0078
Revises: 0077
"""

import sqlalchemy as sa
from alembic import op

revision = "0078"
down_revision = "0077"
branch_labels = None
depends_on = None

BEFORE = ("waiting", "sending", "sent", "failed")


def upgrade() -> None:
    _know((*BEFORE, "dropped"))


def downgrade() -> None:
    """What was not needed any more is kept as what was given up."""
    op.execute(sa.text("UPDATE mail SET state = 'failed' WHERE state = 'dropped'"))
    _know(BEFORE)


def _know(states: tuple[str, ...]) -> None:
    known = ", ".join(f"'{state}'" for state in states)
    with op.batch_alter_table("mail") as batch:
        batch.drop_constraint(op.f("ck_mail_mailstate"), type_="check")
        batch.create_check_constraint(op.f("ck_mail_mailstate"), f"state IN ({known})")
