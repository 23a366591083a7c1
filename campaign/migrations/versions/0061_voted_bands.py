"""bands may be voted: the plan's share, and the band that a line of a ballot asks about

Revision ID: 0061
Revises: 0060
"""

import sqlalchemy as sa
from alembic import op

revision = "0061"
down_revision = "0060"
branch_labels = None
depends_on = None

SHARE = (
    "(band_numerator IS NULL) = (band_denominator IS NULL) AND (band_numerator IS NULL OR"
    " (band_numerator >= 1 AND band_numerator <= band_denominator))"
)


def upgrade() -> None:
    """The points alone give the bands of plans there were."""
    with op.batch_alter_table("campaign") as batch:
        batch.add_column(sa.Column("band_numerator", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("band_denominator", sa.Integer(), nullable=True))
        batch.create_check_constraint(op.f("ck_campaign_band_share_in_range"), SHARE)
    with op.batch_alter_table("ballot_line") as batch:
        batch.add_column(sa.Column("band", sa.String(), nullable=False, server_default=""))
        batch.create_check_constraint(
            op.f("ck_ballot_line_band_is_of_a_unit"), "band = '' OR participation_id IS NOT NULL"
        )


def downgrade() -> None:
    with op.batch_alter_table("ballot_line") as batch:
        batch.drop_constraint(op.f("ck_ballot_line_band_is_of_a_unit"), type_="check")
        batch.drop_column("band")
    with op.batch_alter_table("campaign") as batch:
        batch.drop_constraint(op.f("ck_campaign_band_share_in_range"), type_="check")
        batch.drop_column("band_numerator")
        batch.drop_column("band_denominator")
