"""Tài khoản: people, their roles, one-time links and failed sign-ins."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaign.accounts.sign_on.rules import SignInWay
from campaign.core.permissions import Permission, Role, permissions_of
from campaign.database import Base
from campaign.units.models import Unit


class User(Base):
    """Người dùng: one person; a password change raises `session_version`, ending older sessions."""

    __tablename__ = "user_account"
    __unaudited_columns__ = frozenset({"password_hash"})
    __table_args__ = (
        CheckConstraint("user_name = lower(user_name)", name="user_name_is_lower_case"),
        Index("ix_user_account_sort_key", "sort_key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_name: Mapped[str] = mapped_column(unique=True)
    full_name: Mapped[str]
    honorific: Mapped[str] = mapped_column(default="")
    """Ông hoặc Bà."""
    position: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    sort_key: Mapped[str]
    search_key: Mapped[str]
    unit_id: Mapped[int | None] = mapped_column(
        ForeignKey("unit.id", ondelete="RESTRICT"), index=True
    )
    password_hash: Mapped[str | None]
    must_change_password: Mapped[bool] = mapped_column(default=True)
    is_active: Mapped[bool] = mapped_column(default=True)
    is_demo: Mapped[bool] = mapped_column(default=False)
    session_version: Mapped[int] = mapped_column(default=1)
    has_second_factor: Mapped[bool] = mapped_column(default=False)
    sign_in_way: Mapped[SignInWay] = mapped_column(default=SignInWay.COMMON)

    unit: Mapped[Unit | None] = relationship(lazy="raise_on_sql")
    grants: Mapped[list["RoleGrant"]] = relationship(
        back_populates="user",
        lazy="raise_on_sql",
        cascade="all, delete-orphan",
        order_by="RoleGrant.id",
    )

    is_authenticated = True
    is_anonymous = False

    def get_id(self) -> str:
        """Mã phiên: the person and the version of their session."""
        return f"{self.id}.{self.session_version}"

    @property
    def roles(self) -> frozenset[Role]:
        """Vai trò đang giữ."""
        return frozenset(grant.role for grant in self.grants)

    @property
    def permissions(self) -> frozenset[Permission]:
        """Quyền đang có."""
        return permissions_of(self.roles)

    def units_as(self, *roles: Role) -> Sequence[int]:
        """Đơn vị mà người này giữ một trong các vai trò."""
        return sorted(
            {
                grant.unit_id
                for grant in self.grants
                if grant.unit_id is not None and grant.role in roles
            }
        )

    @property
    def own_unit_ids(self) -> frozenset[int]:
        """Đơn vị của mình: the unit they work in and those they hold a role for."""
        held = {grant.unit_id for grant in self.grants if grant.unit_id is not None}
        return frozenset(held | ({self.unit_id} if self.unit_id is not None else set()))

    @property
    def role_summary(self) -> str:
        """Tóm tắt vai trò, in the order of the list of roles."""
        held = self.roles
        return ", ".join(role.label for role in Role if role in held)


class RoleGrant(Base):
    """Vai trò được giao: for one unit where it belongs to a unit, else for the whole system."""

    __tablename__ = "role_grant"
    __table_args__ = (
        UniqueConstraint("user_id", "role", "unit_id"),
        CheckConstraint(
            "(role IN ('unit_officer', 'unit_head')) = (unit_id IS NOT NULL)",
            name="unit_roles_name_their_unit",
        ),
        Index("ix_role_grant_unit_id", "unit_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"))
    role: Mapped[Role]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id", ondelete="RESTRICT"))

    user: Mapped[User] = relationship(back_populates="grants", lazy="raise_on_sql")
    unit: Mapped[Unit | None] = relationship(lazy="raise_on_sql")


class OneTimeLink(Base):
    """Liên kết dùng một lần: lets a person set an own password; only the token's hash is kept."""

    __tablename__ = "one_time_link"
    __unaudited_columns__ = frozenset({"token_hash"})

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(
        ForeignKey("user_account.id", ondelete="CASCADE"), index=True
    )
    token_hash: Mapped[str] = mapped_column(unique=True)
    created_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("user_account.id", ondelete="SET NULL"), index=True
    )
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class EndedSession(Base):
    """Phiên đã đăng xuất: the token of a session that was signed out of; a cookie copied from it
    opens nothing any more.
    """

    __tablename__ = "ended_session"
    __audited__ = False

    token: Mapped[str] = mapped_column(primary_key=True)
    ended_at: Mapped[datetime]


class SecondFactor(Base):
    """Yếu tố thứ hai: the sealed secret of a code generator, and the last step used."""

    __tablename__ = "second_factor"
    __unaudited_columns__ = frozenset({"secret"})

    user_id: Mapped[int] = mapped_column(
        ForeignKey("user_account.id", ondelete="CASCADE"), primary_key=True
    )
    secret: Mapped[str]
    last_step: Mapped[int]


class RecoveryCode(Base):
    """Mã khôi phục: works once in place of a code; only its hash is kept."""

    __tablename__ = "recovery_code"
    __unaudited_columns__ = frozenset({"code_hash"})
    __table_args__ = (UniqueConstraint("user_id", "code_hash"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"))
    code_hash: Mapped[str]
    used_at: Mapped[datetime | None]


class FailedSignIn(Base):
    """Lần đăng nhập sai: counted per account, browser and address, shared by all workers.

    It is written before the password is looked at, and taken back where that was right.
    """

    __tablename__ = "failed_sign_in"
    __audited__ = False
    __table_args__ = (
        Index("ix_failed_sign_in_user_name_at", "user_name", "at"),
        Index("ix_failed_sign_in_address_at", "address", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_name: Mapped[str]
    address: Mapped[str]
    """Địa chỉ mạng; empty for a browser the person is known in, which answers for itself alone."""
    device: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]
