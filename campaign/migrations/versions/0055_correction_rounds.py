"""a launched plan may be opened for correction before the first report

Revision ID: 0055
Revises: 0054
"""

import sqlalchemy as sa
from alembic import op

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("campaign") as batch:
        batch.add_column(
            sa.Column("is_correcting", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch.create_check_constraint(
            op.f("ck_campaign_corrected_as_launched"), "NOT is_correcting OR phase = 'launched'"
        )
    op.create_table(
        "correction_round",
        sa.Column(
            "campaign_id",
            sa.Integer(),
            sa.ForeignKey("campaign.id", ondelete="CASCADE"),
            autoincrement=False,
            primary_key=True,
        ),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "opened_by_id",
            sa.Integer(),
            sa.ForeignKey("user_account.id", ondelete="RESTRICT"),
            nullable=False,
        ),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.CheckConstraint("reason <> ''", name="round_has_a_reason"),
    )
    op.create_index("ix_correction_round_opened_by_id", "correction_round", ["opened_by_id"])


def downgrade() -> None:
    op.drop_table("correction_round")
    with op.batch_alter_table("campaign") as batch:
        batch.drop_constraint(op.f("ck_campaign_corrected_as_launched"), type_="check")
        batch.drop_column("is_correcting")
