"""Nhắc ai: people who can sign in, by the roles they hold."""

from collections.abc import Collection

from sqlalchemy import select

from campaign.accounts.models import RoleGrant, User
from campaign.core.permissions import Role
from campaign.extensions import db

OF_UNIT = (Role.UNIT_OFFICER, Role.UNIT_HEAD)


def of_units(unit_ids: Collection[int], *roles: Role) -> frozenset[int]:
    """Người của các đơn vị: officers and heads, or those with the roles asked for."""
    return frozenset(
        db.session.scalars(
            select(RoleGrant.user_id)
            .join(User, User.id == RoleGrant.user_id)
            .where(
                RoleGrant.unit_id.in_(unit_ids),
                RoleGrant.role.in_(roles or OF_UNIT),
                User.is_active,
            )
        )
    )


def with_role(*roles: Role) -> frozenset[int]:
    """Người giữ một trong các vai trò này."""
    return frozenset(
        db.session.scalars(
            select(RoleGrant.user_id)
            .join(User, User.id == RoleGrant.user_id)
            .where(RoleGrant.role.in_(roles), User.is_active)
        )
    )
