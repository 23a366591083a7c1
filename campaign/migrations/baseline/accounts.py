"""Tài khoản: the tables as they stood at the baseline."""

import sqlalchemy as sa

from campaign.migrations.baseline.columns import MOMENT, metadata, one_of

# Phiên đã đăng xuất.
sa.Table(
    "ended_session",
    metadata,
    sa.Column("token", sa.String(), primary_key=True),
    sa.Column("ended_at", MOMENT, nullable=False),
)

# Lần đăng nhập sai.
sa.Table(
    "failed_sign_in",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column("user_name", sa.String(), nullable=False),
    sa.Column("address", sa.String(), nullable=False),
    sa.Column("device", sa.String(), nullable=False),
    sa.Column("at", MOMENT, nullable=False),
    sa.Index("ix_failed_sign_in_address_at", "address", "at"),
    sa.Index("ix_failed_sign_in_user_name_at", "user_name", "at"),
)

# Người dùng.
sa.Table(
    "user_account",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column("user_name", sa.String(), nullable=False),
    sa.Column("full_name", sa.String(), nullable=False),
    sa.Column("honorific", sa.String(), nullable=False),
    sa.Column("position", sa.String(), nullable=False),
    sa.Column("email", sa.String(), nullable=False),
    sa.Column("sort_key", sa.String(), nullable=False),
    sa.Column("search_key", sa.String(), nullable=False),
    sa.Column(
        "unit_id", sa.Integer(), sa.ForeignKey("unit.id", ondelete="RESTRICT"), nullable=True
    ),
    sa.Column("password_hash", sa.String(), nullable=True),
    sa.Column("must_change_password", sa.Boolean(), nullable=False),
    sa.Column("is_active", sa.Boolean(), nullable=False),
    sa.Column("is_demo", sa.Boolean(), nullable=False),
    sa.Column("session_version", sa.Integer(), nullable=False),
    sa.Column("has_second_factor", sa.Boolean(), nullable=False),
    sa.UniqueConstraint("user_name"),
    sa.CheckConstraint("user_name = lower(user_name)", name="user_name_is_lower_case"),
    sa.Index("ix_user_account_sort_key", "sort_key"),
)

# Liên kết dùng một lần.
sa.Table(
    "one_time_link",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column(
        "user_id",
        sa.Integer(),
        sa.ForeignKey("user_account.id", ondelete="CASCADE"),
        nullable=False,
    ),
    sa.Column("token_hash", sa.String(), nullable=False),
    sa.Column(
        "created_by_id",
        sa.Integer(),
        sa.ForeignKey("user_account.id", ondelete="SET NULL"),
        nullable=True,
    ),
    sa.Column("expires_at", MOMENT, nullable=False),
    sa.Column("used_at", MOMENT, nullable=True),
    sa.UniqueConstraint("token_hash"),
)

# Mã khôi phục.
sa.Table(
    "recovery_code",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column(
        "user_id",
        sa.Integer(),
        sa.ForeignKey("user_account.id", ondelete="CASCADE"),
        nullable=False,
    ),
    sa.Column("code_hash", sa.String(), nullable=False),
    sa.Column("used_at", MOMENT, nullable=True),
    sa.UniqueConstraint("user_id", "code_hash"),
)

# Vai trò được giao.
sa.Table(
    "role_grant",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column(
        "user_id",
        sa.Integer(),
        sa.ForeignKey("user_account.id", ondelete="CASCADE"),
        nullable=False,
    ),
    sa.Column(
        "role",
        one_of(
            "role",
            "admin",
            "secretariat",
            "council_member",
            "inspector",
            "unit_officer",
            "unit_head",
            "director",
        ),
        nullable=False,
    ),
    sa.Column(
        "unit_id", sa.Integer(), sa.ForeignKey("unit.id", ondelete="RESTRICT"), nullable=True
    ),
    sa.UniqueConstraint("user_id", "role", "unit_id"),
    sa.CheckConstraint(
        "(role IN ('unit_officer', 'unit_head')) = (unit_id IS NOT NULL)",
        name="unit_roles_name_their_unit",
    ),
    sa.Index("ix_role_grant_unit_id", "unit_id"),
)

# Yếu tố thứ hai.
sa.Table(
    "second_factor",
    metadata,
    sa.Column(
        "user_id",
        sa.Integer(),
        sa.ForeignKey("user_account.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    sa.Column("secret", sa.String(), nullable=False),
    sa.Column("last_step", sa.Integer(), nullable=False),
)
