"""signing on with a provider: who is linked, who must, and which sessions began so

Revision ID: 0087
Revises: 0086
"""

import sqlalchemy as sa
from alembic import op

revision = "0087"
down_revision = "0086"
branch_labels = None
depends_on = None

WAYS = "sign_in_way IN ('common', 'password', 'single')"


def _of_user(table: str, column: str, ondelete: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], ["user_account.id"], name=op.f(f"fk_{table}_{column}"), ondelete=ondelete
    )


def upgrade() -> None:
    way = sa.Column("sign_in_way", sa.String(32), nullable=False, server_default="common")
    with op.batch_alter_table("user_account") as batch:
        batch.add_column(way)
    with op.batch_alter_table("user_account") as batch:
        batch.alter_column("sign_in_way", server_default=None)
        batch.create_check_constraint(op.f("ck_user_account_signinway"), WAYS)
    op.create_table(
        "sign_on_link",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("linked_by_id", sa.Integer()),
        sa.CheckConstraint(
            "issuer <> '' AND subject <> ''", name=op.f("ck_sign_on_link_names_a_person")
        ),
        _of_user("sign_on_link", "user_id", "CASCADE"),
        _of_user("sign_on_link", "linked_by_id", "SET NULL"),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_sign_on_link")),
        sa.UniqueConstraint("issuer", "subject", name=op.f("uq_sign_on_link_issuer_subject")),
    )
    op.create_index("ix_sign_on_link_linked_by_id", "sign_on_link", ["linked_by_id"])
    op.create_table(
        "sign_on_demand",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_sign_on_demand_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_on_demand")),
    )
    op.create_table(
        "sign_on_session",
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("sid", sa.String()),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        _of_user("sign_on_session", "user_id", "CASCADE"),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_sign_on_session")),
    )
    for column in ("user_id", "sid", "began_at"):
        op.create_index(f"ix_sign_on_session_{column}", "sign_on_session", [column])
    op.create_table(
        "spent_sign_on",
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("mark", name=op.f("pk_spent_sign_on")),
    )
    op.create_index("ix_spent_sign_on_at", "spent_sign_on", ["at"])


def downgrade() -> None:
    """Who is linked with whom is not known any more; passwords stand."""
    for table in ("spent_sign_on", "sign_on_session", "sign_on_demand", "sign_on_link"):
        op.drop_table(table)
    with op.batch_alter_table("user_account") as batch:
        batch.drop_constraint(op.f("ck_user_account_signinway"), type_="check")
        batch.drop_column("sign_in_way")
