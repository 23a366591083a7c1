"""Giấy khen: the tables as they stood at the baseline."""

import sqlalchemy as sa

from campaign.migrations.baseline.columns import POINTS, metadata, one_of

# Vị trí trên phôi giấy khen.
sa.Table(
    "certificate_layout",
    metadata,
    sa.Column(
        "part",
        one_of(
            "certificatepart",
            "name",
            "about",
            "achievement",
            "decision",
            "register",
            "dated",
            "signer_title",
            "signer_name",
        ),
        primary_key=True,
    ),
    sa.Column("x", POINTS, nullable=False),
    sa.Column("y", POINTS, nullable=False),
    sa.Column("width", POINTS, nullable=False),
    sa.Column("height", POINTS, nullable=False),
    sa.Column("size", POINTS, nullable=False),
    sa.Column("letter", one_of("letter", "regular", "bold", "italic"), nullable=False),
    sa.Column("alignment", one_of("alignment", "left", "center", "right"), nullable=False),
    sa.Column("is_shown", sa.Boolean(), nullable=False),
    sa.CheckConstraint("x + width <= 29700 AND y + height <= 21000", name="ends_on_the_page"),
    sa.CheckConstraint("width > 0 AND height > 0", name="has_an_extent"),
    sa.CheckConstraint("x >= 0 AND y >= 0", name="starts_on_the_page"),
)

# Bản chụp phôi giấy khen.
sa.Table(
    "stock_scan",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
    sa.Column("file_name", sa.String(), nullable=False),
    sa.Column("media_type", sa.String(), nullable=False),
    sa.Column("content", sa.LargeBinary(), nullable=False),
    sa.Column("sha256", sa.String(), nullable=False),
    sa.CheckConstraint("id = 1", name="one_row"),
)
