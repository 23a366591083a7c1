"""papers: letterhead, own templates, filed papers

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

from campaign.database import append_only_statements

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

KINDS = (
    "plan",
    "pledge",
    "report",
    "inspection",
    "summary",
    "invitation",
    "ballot",
    "opinion",
    "count",
    "minutes",
    "submission",
    "achievement",
    "decision",
    "notice",
    "amendment",
)


def _kind() -> sa.Enum:
    return sa.Enum(*KINDS, name="paperkind", native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    op.create_table(
        "letterhead",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("above", sa.String(), nullable=False),
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("leader_job", sa.String(), nullable=False),
        sa.Column("leader_name", sa.String(), nullable=False),
        sa.Column("recipients", sa.Text(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_letterhead_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letterhead")),
    )
    op.create_table(
        "paper_template",
        sa.Column("kind", _kind(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"],
            ["user_account.id"],
            name=op.f("fk_paper_template_by_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_paper_template")),
    )
    op.create_table(
        "filed_paper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("kind", _kind(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("data_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("template_sha256", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("storage_key", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("size > 0", name=op.f("ck_filed_paper_size_is_positive")),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_filed_paper_by_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaign.id"],
            name=op.f("fk_filed_paper_campaign_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_filed_paper")),
        sa.UniqueConstraint(
            "campaign_id",
            "kind",
            "subject_id",
            "sha256",
            name=op.f("uq_filed_paper_campaign_id_kind_subject_id_sha256"),
        ),
        sa.UniqueConstraint("storage_key", name=op.f("uq_filed_paper_storage_key")),
    )
    op.create_index("ix_filed_paper_campaign_id", "filed_paper", ["campaign_id"])
    for statement in append_only_statements("filed_paper", op.get_bind().dialect.name):
        op.execute(sa.text(statement.replace(":", r"\:")))


def downgrade() -> None:
    op.drop_table("filed_paper")
    op.drop_table("paper_template")
    op.drop_table("letterhead")
