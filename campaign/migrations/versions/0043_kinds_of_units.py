"""the office's own kinds of units

Revision ID: 0043
Revises: 0042
"""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

KINDS = (
    ("department", "Sở, ngành"),
    ("leadership", "Lãnh đạo"),
    ("office", "Phòng chuyên môn"),
    ("service_unit", "Đơn vị sự nghiệp"),
    ("local_government", "Uỷ ban nhân dân"),
    ("district_office", "Phòng cấp huyện"),
    ("city_office", "Phòng cấp thành phố"),
    ("other", "Đơn vị khác"),
)
"""The kinds there were, which stand as the first of the list."""


def upgrade() -> None:
    table = op.create_table(
        "unit_kind",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("competes", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_unit_kind")),
        sa.UniqueConstraint("name", name=op.f("uq_unit_kind_name")),
        sa.CheckConstraint("name <> ''", name=op.f("ck_unit_kind_kind_has_a_name")),
    )
    if op.get_bind().scalar(sa.text("SELECT count(*) FROM unit")):
        op.bulk_insert(
            table,
            [
                {"code": code, "name": name, "position": place, "competes": code != "leadership"}
                for place, (code, name) in enumerate(KINDS, start=1)
            ],
        )
    with op.batch_alter_table("unit") as batch:
        batch.drop_constraint(op.f("ck_unit_unitkind"), type_="check")
        batch.alter_column(
            "kind", existing_type=sa.String(32), type_=sa.String(), existing_nullable=False
        )
        batch.create_foreign_key(
            op.f("fk_unit_kind"), "unit_kind", ["kind"], ["code"], ondelete="RESTRICT"
        )
    op.create_index("ix_unit_kind", "unit", ["kind"])


def downgrade() -> None:
    """A kind of the office's own becomes "other"."""
    known = ", ".join(f"'{code}'" for code, _ in KINDS)
    op.drop_index("ix_unit_kind", "unit")
    with op.batch_alter_table("unit") as batch:
        batch.drop_constraint(op.f("fk_unit_kind"), type_="foreignkey")
    op.execute(f"UPDATE unit SET kind = 'other' WHERE kind NOT IN ({known})")  # noqa: S608
    with op.batch_alter_table("unit") as batch:
        batch.alter_column(
            "kind", existing_type=sa.String(), type_=sa.String(32), existing_nullable=False
        )
        batch.create_check_constraint(op.f("ck_unit_unitkind"), f"kind IN ({known})")
    op.drop_table("unit_kind")
