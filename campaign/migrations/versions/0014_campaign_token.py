"""a campaign of one database is told from one of another

Revision ID: 0014
Revises: 0013
"""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("campaign", sa.Column("token", sa.String(), nullable=False, server_default=""))
    connection = op.get_bind()
    for (campaign_id,) in connection.execute(sa.text("SELECT id FROM campaign")).all():
        connection.execute(
            sa.text("UPDATE campaign SET token = :token WHERE id = :id"),
            {"token": secrets.token_hex(8), "id": campaign_id},
        )


def downgrade() -> None:
    op.drop_column("campaign", "token")
