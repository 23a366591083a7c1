"""Đăng nhập một lần: who is linked, and who may still use a password."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import exists, func, select
from sqlalchemy.orm import joinedload

from campaign.accounts.models import User
from campaign.accounts.sign_on.models import SignOnDemand, SignOnLink
from campaign.accounts.sign_on.rules import Identity, SignInWay, is_password_refused
from campaign.extensions import db


def is_demanded() -> bool:
    """Quy định chung đòi đăng nhập một lần."""
    return bool(db.session.scalar(select(SignOnDemand.is_on)))


def link_of(user_id: int) -> SignOnLink | None:
    """Liên kết của một tài khoản."""
    return db.session.get(SignOnLink, user_id)


def linked_to(identity: Identity) -> User | None:
    """Tài khoản liên kết với danh tính này, letter by letter."""
    statement = (
        select(User)
        .join(SignOnLink, SignOnLink.user_id == User.id)
        .where(SignOnLink.issuer == identity.issuer, SignOnLink.subject == identity.subject)
        .options(joinedload(User.grants))
    )
    return db.session.scalars(statement).unique().one_or_none()


def refuses_password(user: User) -> bool:
    """Người này phải đăng nhập với nhà cung cấp."""
    return is_password_refused(
        user.sign_in_way, is_linked=link_of(user.id) is not None, is_demanded=is_demanded()
    )


def must_sign_on() -> Any:
    """Điều kiện: accounts whose password is refused."""
    is_linked = exists().where(SignOnLink.user_id == User.id)
    demanded = exists().where(SignOnDemand.is_on)
    common = (User.sign_in_way == SignInWay.COMMON) & demanded
    return is_linked & ((User.sign_in_way == SignInWay.SINGLE) | common)


def counts() -> dict[str, int]:
    """Số tài khoản đang hoạt động: in all, linked, and kept on their password."""
    is_linked = exists().where(SignOnLink.user_id == User.id)
    keeps = User.sign_in_way == SignInWay.PASSWORD
    row = db.session.execute(
        select(
            func.count().label("active"),
            func.count().filter(is_linked).label("linked"),
            func.count().filter(keeps).label("kept"),
        ).where(User.is_active)
    ).one()
    return dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's own name for it


MOST_NAMED = 50
"""So many who are not linked yet are named on a page."""


def unlinked() -> Sequence[User]:
    """Tài khoản đang hoạt động chưa liên kết, by given name; the first of them."""
    statement = (
        select(User)
        .where(User.is_active, ~exists().where(SignOnLink.user_id == User.id))
        .order_by(User.sort_key, User.id)
        .limit(MOST_NAMED)
    )
    return db.session.scalars(statement).all()


def kept_on_password() -> Sequence[User]:
    """Tài khoản đang hoạt động luôn dùng được mật khẩu, by given name."""
    statement = (
        select(User)
        .where(User.is_active, User.sign_in_way == SignInWay.PASSWORD)
        .order_by(User.sort_key, User.id)
    )
    return db.session.scalars(statement).all()
