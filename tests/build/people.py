"""Units and people."""

from typing import Any

from campaign.accounts.models import RoleGrant, User
from campaign.core.permissions import Role
from campaign.core.text import name_sort_key, search_key, text_sort_key
from campaign.extensions import db
from campaign.units.kinds import install_kinds
from campaign.units.models import Unit
from campaign.units.rules import UsualKind, path_of
from tests.build.base import numbers, saved


def unit(
    *,
    name: str | None = None,
    parent: Unit | None = None,
    kind: str = UsualKind.OFFICE,
    short_name: str | None = None,
    code: str | None = None,
    **more: Any,
) -> Unit:
    """A unit; below `parent` where one is given."""
    number = next(numbers)
    name = name or f"Đơn vị {number}"
    install_kinds()
    made = saved(
        Unit(
            name=name,
            short_name=short_name or name,
            code=code or f"DV{number}",
            kind=str(kind),
            parent_id=parent.id if parent else None,
            path="",
            sort_key=text_sort_key(name),
            search_key=search_key(name),
            **more,
        )
    )
    made.path = path_of(made.id, parent.path if parent else None)
    db.session.flush()
    return made  # type: ignore[no-any-return]


def user(*roles: Role, at: Unit | None = None, name: str | None = None, **more: Any) -> User:
    """A person holding `roles`; unit roles are held at `at`, which is also where they work."""
    number = next(numbers)
    name = name or f"Nguyễn Văn {number}"
    values: dict[str, Any] = {
        "user_name": f"nguoi{number}",
        "full_name": name,
        "honorific": "Ông",
        "password_hash": None,
        "sort_key": name_sort_key(name),
        "search_key": search_key(name),
        "must_change_password": False,
        "unit_id": at.id if at else None,
        **more,
    }
    grants = [
        RoleGrant(role=role, unit_id=at.id if role.belongs_to_unit and at else None)
        for role in roles
    ]
    return saved(User(grants=grants, **values))  # type: ignore[no-any-return]


def found_user(user_id: int) -> User:
    """A person who is there, with what they hold."""
    return db.session.get_one(User, user_id)
