"""Tài khoản: what pages about people read."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from flask import current_app
from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from campaign.accounts.models import (
    FailedSignIn,
    OneTimeLink,
    RecoveryCode,
    RoleGrant,
    SecondFactor,
    User,
)
from campaign.accounts.rules import WINDOW, Failures
from campaign.accounts.sign_on.queries import must_sign_on
from campaign.core.permissions import Role
from campaign.core.text import search_key
from campaign.database import exact_first
from campaign.extensions import db, visible_row


def by_name(user_name: str) -> User | None:
    """Người theo tên đăng nhập."""
    statement = select(User).where(User.user_name == user_name).options(joinedload(User.grants))
    return db.session.scalars(statement).unique().one_or_none()


def person(user_id: int) -> User:
    """Một người, with roles and unit."""
    statement = (
        select(User)
        .where(User.id == user_id)
        .options(selectinload(User.grants).joinedload(RoleGrant.unit), joinedload(User.unit))
    )
    return visible_row(statement)


def director_of(unit_id: int | None) -> str:
    """Tên Giám đốc: of several those who work in this office, where that is exactly one."""
    rows = db.session.execute(
        select(User.full_name, User.unit_id)
        .join(RoleGrant, RoleGrant.user_id == User.id)
        .where(RoleGrant.role == Role.DIRECTOR, User.is_active)
        .order_by(User.id)
    ).all()
    here = [row for row in rows if row.unit_id == unit_id] if len(rows) > 1 else rows
    return here[0].full_name if len(here) == 1 else ""


def namesakes(user: User) -> Sequence[User]:
    """Người khác cùng họ tên, tones aside, in the same unit."""
    return db.session.scalars(
        select(User)
        .where(
            User.id != user.id,
            User.search_key == user.search_key,
            User.unit_id.is_not_distinct_from(user.unit_id),
        )
        .order_by(User.id)
    ).all()


def people(*, text: str = "", role: Role | None = None, order: Sequence[Any] = ()) -> Select[Any]:
    """Danh sách người dùng, by given name; `text` is looked for without tones."""
    statement = (
        select(User)
        .outerjoin(User.unit)
        .options(selectinload(User.grants).joinedload(RoleGrant.unit), contains_eager(User.unit))
        .order_by(*order, *exact_first(User.full_name, text), User.sort_key, User.id)
    )
    if text:
        statement = statement.where(_is_called(search_key(text)))
    if role is not None:
        statement = statement.where(
            User.id.in_(select(RoleGrant.user_id).where(RoleGrant.role == role))
        )
    return statement


def _is_called(key: str) -> ColumnElement[bool]:
    """Whose name, or whose name to sign in with, holds this."""
    return User.search_key.contains(key, autoescape=True) | User.user_name.contains(
        key, autoescape=True
    )


def other_active_admins(user_id: int, *, with_demo: bool) -> int:
    """Số quản trị viên khác vào được hệ thống bằng mật khẩu: active, with a password already set
    that is not refused; demo people in demo mode only.

    Their grants are locked till the end: of two administrators who dismiss each other at once the
    second is told.
    """
    _hold_admins()
    statement = (
        select(func.count(func.distinct(User.id)))
        .join(RoleGrant, RoleGrant.user_id == User.id)
        .where(RoleGrant.role == Role.ADMIN, _comes_in_by_password(), User.id != user_id)
    )
    if not with_demo:
        statement = statement.where(~User.is_demo)
    return db.session.scalar(statement) or 0


def _hold_admins() -> None:
    """Whoever else counts the administrators waits till the end of this transaction."""
    db.session.execute(
        select(RoleGrant.id)
        .where(RoleGrant.role == Role.ADMIN)
        .order_by(RoleGrant.id)
        .with_for_update()
    )


def _comes_in_by_password() -> ColumnElement[bool]:
    """Who is active, has set a password, and is not refused it."""
    return and_(User.is_active, User.password_hash.is_not(None), ~must_sign_on())


def password_admins() -> int:
    """Số quản trị viên vào được hệ thống bằng mật khẩu."""
    return other_active_admins(0, with_demo=bool(current_app.config["DEMO"]))


def failures(
    now: datetime,
    *,
    user_name: str | None = None,
    device: str | None = None,
    address: str | None = None,
) -> Failures:
    """Các lần sai gần đây of this account, browser and address, as far as they are given."""
    statement = select(func.count(), func.max(FailedSignIn.at)).where(
        FailedSignIn.at > now - WINDOW
    )
    for column, value in (
        (FailedSignIn.user_name, user_name),
        (FailedSignIn.device, device),
        (FailedSignIn.address, address),
    ):
        if value is not None:
            statement = statement.where(column == value)
    count, last = db.session.execute(statement).one()
    return Failures(count, last)


def second_factor_of(user_id: int) -> SecondFactor | None:
    """Yếu tố thứ hai của một người, read afresh; None where there is none."""
    return db.session.get(SecondFactor, user_id, populate_existing=True)


def recovery_codes_left(user_id: int) -> int:
    """Số mã khôi phục còn dùng được."""
    return (
        db.session.scalar(
            select(func.count()).where(
                RecoveryCode.user_id == user_id, RecoveryCode.used_at.is_(None)
            )
        )
        or 0
    )


def link_by_hash(token_hash: str) -> OneTimeLink | None:
    """Liên kết theo mã băm."""
    return db.session.scalars(
        select(OneTimeLink).where(OneTimeLink.token_hash == token_hash)
    ).one_or_none()


def grants_at(unit_id: int) -> Sequence[RoleGrant]:
    """Vai trò giữ tại một đơn vị: heads first, then officers, by given name."""
    statement = (
        select(RoleGrant)
        .join(RoleGrant.user)
        .where(RoleGrant.unit_id == unit_id, User.is_active)
        .options(joinedload(RoleGrant.user))
        .order_by(User.sort_key, User.id)
    )
    return sorted(db.session.scalars(statement), key=lambda grant: grant.role is not Role.UNIT_HEAD)


def staff_of(unit_id: int) -> Sequence[User]:
    """Người công tác tại một đơn vị, by given name."""
    return db.session.scalars(
        select(User).where(User.unit_id == unit_id, User.is_active).order_by(User.sort_key, User.id)
    ).all()


def names_of(user_ids: Collection[int | None]) -> dict[int, str]:
    """Họ và tên của một số người, by id."""
    rows = db.session.execute(
        select(User.id, User.full_name).where(
            User.id.in_({user_id for user_id in user_ids if user_id is not None})
        )
    )
    return {row.id: row.full_name for row in rows}
