"""Thiết lập ban đầu: what is done, what is missing, and who has no password yet."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import joinedload, selectinload

from campaign.accounts.models import OneTimeLink, RoleGrant, User
from campaign.core.permissions import Permission, Role
from campaign.extensions import db
from campaign.planning.models import Campaign
from campaign.planning.rules import Phase
from campaign.setup.rules import Facts, Step, steps
from campaign.units.models import Unit, UnitKind
from campaign.units.queries import letterhead, office_unit


def open_steps(held: frozenset[Permission]) -> list[Step]:
    """Các bước còn phải làm của người có những quyền này; none once a campaign was launched."""
    facts = read_facts()
    if facts.is_launched:
        return []
    return [step for step in steps(facts) if not step.is_done and step.part.permission in held]


def read_facts() -> Facts:
    """Dữ liệu đang có."""
    if _is_there(Campaign.phase != Phase.DRAFT):
        return Facts(is_launched=True)
    office, row = office_unit(), letterhead()
    return Facts(
        has_office=office is not None,
        letterhead={
            name: getattr(row, name)
            for name in ("above", "place", "code", "leader_job", "leader_name")
        },
        units=_units_beside(office),
        has_secretariat=_is_there(_held(Role.SECRETARIAT)),
        has_director=_is_there(_held(Role.DIRECTOR)),
        headless=_headless(office.id if office else 0),
        campaigns=db.session.scalar(select(func.count()).select_from(Campaign)) or 0,
    )


def _units_beside(office: Unit | None) -> int:
    """Có mấy đơn vị, the office itself not counted."""
    others = select(func.count()).select_from(Unit)
    if office is not None:
        others = others.where(Unit.id != office.id)
    return db.session.scalar(others) or 0


def _is_there(condition: ColumnElement[bool]) -> bool:
    return bool(db.session.scalar(select(exists().where(condition))))


def _held(role: Role) -> ColumnElement[bool]:
    return (RoleGrant.role == role) & (RoleGrant.user_id == User.id) & User.is_active


def _headless(office_id: int) -> Sequence[str]:
    """Đơn vị chưa có thủ trưởng: of those that have none below them and are not the leadership."""
    below = Unit.__table__.alias()
    return db.session.scalars(
        select(Unit.short_name)
        .where(
            Unit.id != office_id,
            Unit.kind.in_(select(UnitKind.code).where(UnitKind.competes)),
            Unit.valid_to.is_(None),
            ~exists().where(below.c.parent_id == Unit.id),
            ~exists().where(_held(Role.UNIT_HEAD), RoleGrant.unit_id == Unit.id),
        )
        .order_by(Unit.sort_key, Unit.id)
    ).all()


def newcomers(*, with_demo: bool) -> Sequence[User]:
    """Người chưa đặt mật khẩu and may sign in, unit by unit."""
    statement = (
        select(User)
        .outerjoin(Unit, Unit.id == User.unit_id)
        .where(User.is_active, User.password_hash.is_(None))
        .options(joinedload(User.unit), selectinload(User.grants))
        .order_by(Unit.sort_key, User.sort_key, User.id)
    )
    return db.session.scalars(statement if with_demo else statement.where(~User.is_demo)).all()


def linked(now: datetime) -> dict[int, datetime]:
    """Ai đang có liên kết còn dùng được, and until when."""
    rows = db.session.execute(
        select(OneTimeLink.user_id, func.max(OneTimeLink.expires_at))
        .where(OneTimeLink.used_at.is_(None), OneTimeLink.expires_at > now)
        .group_by(OneTimeLink.user_id)
    )
    return {row[0]: row[1] for row in rows}


def names_below(parent_id: int | None) -> Sequence[str]:
    """Tên các đơn vị ngay dưới một đơn vị."""
    return db.session.scalars(
        select(Unit.name).where(Unit.parent_id == parent_id).order_by(Unit.id)
    ).all()


def codes() -> Sequence[str]:
    """Mọi mã đơn vị đang dùng."""
    return db.session.scalars(select(Unit.code).order_by(Unit.id)).all()


def administrator() -> User | None:
    """Quản trị viên đầu tiên: somebody who administers, those who can sign in first."""
    statement = (
        select(User)
        .join(RoleGrant, RoleGrant.user_id == User.id)
        .where(RoleGrant.role == Role.ADMIN, User.is_active, ~User.is_demo)
        .order_by(User.password_hash.is_(None), User.id)
        .limit(1)
    )
    return db.session.scalars(statement).first()
