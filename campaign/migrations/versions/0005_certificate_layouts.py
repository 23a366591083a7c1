"""certificate layouts

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "certificate_layout",
        sa.Column(
            "part",
            sa.Enum(
                "name",
                "about",
                "achievement",
                "decision",
                "register",
                "dated",
                "signer_title",
                "signer_name",
                name="certificatepart",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("x", sa.Integer(), nullable=False),
        sa.Column("y", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column(
            "letter",
            sa.Enum(
                "regular",
                "bold",
                "italic",
                name="letter",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "alignment",
            sa.Enum(
                "left",
                "center",
                "right",
                name="alignment",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("is_shown", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "x >= 0 AND y >= 0", name=op.f("ck_certificate_layout_starts_on_the_page")
        ),
        sa.CheckConstraint(
            "width > 0 AND height > 0", name=op.f("ck_certificate_layout_has_an_extent")
        ),
        sa.CheckConstraint(
            "x + width <= 29700 AND y + height <= 21000",
            name=op.f("ck_certificate_layout_ends_on_the_page"),
        ),
        sa.PrimaryKeyConstraint("part", name=op.f("pk_certificate_layout")),
    )


def downgrade() -> None:
    op.drop_table("certificate_layout")
