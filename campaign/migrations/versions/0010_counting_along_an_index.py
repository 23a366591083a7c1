"""counting along an index

The strip of phases counts units and reports by state on every page; the next waiting report is found by state.

Revision ID: 0010
Revises: 0009
"""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_report_period_id", table_name="report")
    op.create_index("ix_report_period_id_state", "report", ["period_id", "state"])
    op.create_index("ix_participation_campaign_id_state", "participation", ["campaign_id", "state"])


def downgrade() -> None:
    op.drop_index("ix_participation_campaign_id_state", table_name="participation")
    op.drop_index("ix_report_period_id_state", table_name="report")
    op.create_index("ix_report_period_id", "report", ["period_id"])
