"""Thiết lập ban đầu: the office with its letterhead, many units at once, links, and the first
administrator.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from campaign.accounts import actions as accounts
from campaign.accounts.models import User
from campaign.accounts.queries import by_name
from campaign.core.errors import refuse
from campaign.core.permissions import Role
from campaign.office.actions import save_letterhead
from campaign.setup import queries
from campaign.setup.pasting import PastedUnit
from campaign.units.actions import save_unit
from campaign.units.models import Unit
from campaign.units.queries import letterhead, office_unit

FIRST_NAME = "quantri"
"""Tên đăng nhập của quản trị viên đầu tiên."""


def save_office(values: Mapping[str, Any]) -> Unit:
    """Ghi cơ quan and its letterhead; the code of a unit that had another one than the letterhead
    stays.
    """
    office, code = office_unit(), values["code"]
    has_own_code = office is not None and office.code != letterhead().code and letterhead().code
    unit = save_unit(
        office,
        code=office.code if office is not None and has_own_code else code,
        name=values["name"],
        short_name=values["short_name"],
        kind=values["kind"],
        parent_id=office.parent_id if office else None,
        valid_from=office.valid_from if office else None,
        valid_to=office.valid_to if office else None,
        head_title=office.head_title if office else "",
        is_illustrative=office is not None and office.is_illustrative,
    )
    names = ("above", "place", "code", "leader_job", "leader_name", "recipients")
    save_letterhead(
        {name: values[name] for name in names} | {"issuer": values["issuer"] or unit.name}
    )
    return unit


def add_units(units: Sequence[PastedUnit], *, kind: str, parent_id: int | None) -> None:
    """Thêm các đơn vị của danh sách: all of them, or none where one is refused."""
    for unit in units:
        save_unit(
            None,
            code=unit.code,
            name=unit.name,
            short_name=unit.short_name,
            kind=kind,
            parent_id=parent_id,
            valid_from=None,
            valid_to=None,
        )


def add_person(values: Mapping[str, Any], roles: Sequence[Role], *, unit_id: int | None) -> User:
    """Thêm một người; a role of a unit is held at the unit where they work."""
    if unit_id is None and any(role.belongs_to_unit for role in roles):
        refuse("Vai trò của đơn vị thì phải chọn đơn vị công tác.", "unit_id")
    user = accounts.create_person(unit_id=unit_id, **values)
    accounts.set_roles(
        user,
        [(role, unit_id if role.belongs_to_unit else None) for role in roles],
        is_active=True,
    )
    return user


def give_links(
    chosen: Collection[int], *, by_id: int, now: datetime, with_demo: bool
) -> list[tuple[User, str]]:
    """Cấp liên kết một lần cho những người được chọn who have no password yet."""
    people = [user for user in queries.newcomers(with_demo=with_demo) if user.id in chosen]
    if not people:
        refuse("Hãy chọn ít nhất một người chưa đặt mật khẩu.")
    return [(user, accounts.give_link(user, by_id=by_id, now=now)) for user in people]


def first_link(now: datetime) -> tuple[User, str] | None:
    """Liên kết của quản trị viên đầu tiên, made where nobody who administers has a password."""
    user = queries.administrator()
    if user is not None and user.password_hash is not None:
        return None
    if user is None:
        name, number = FIRST_NAME, 1
        while by_name(name) is not None:
            number += 1
            name = f"{FIRST_NAME}{number}"
        user = accounts.create_person(user_name=name, full_name="Quản trị hệ thống")
        roles: list[tuple[Role, int | None]] = [(Role.ADMIN, None), (Role.SECRETARIAT, None)]
        accounts.set_roles(user, roles, is_active=True)
    return user, accounts.give_link(user, by_id=None, now=now)
