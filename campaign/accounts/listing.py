"""Danh sách người dùng: by what it is sorted and narrowed."""

from typing import Any

from sqlalchemy import Select, case

from campaign.accounts import queries
from campaign.accounts.models import User
from campaign.core.permissions import Role
from campaign.units.models import Unit
from campaign.web.lists import Asked, Column, Filter, asked, choices_of

_STATE: Any = case((~User.is_active, 2), (User.password_hash.is_(None), 1), else_=0)
COLUMNS = (
    Column("name", "Họ và tên", (User.sort_key,)),
    Column("account", "Tên đăng nhập", (User.user_name,)),
    Column("unit", "Đơn vị", (Unit.sort_key,)),
    Column("state", "Trạng thái", (_STATE,)),
)


def asked_people() -> Asked:
    """Điều kiện của danh sách người dùng."""
    filters = [
        Filter("role", "Vai trò", choices_of(Role)),
        Filter(
            "state",
            "Trạng thái",
            (("active", "Đang hoạt động"), ("unset", "Chưa đặt mật khẩu"), ("locked", "Đã khoá")),
        ),
    ]
    return asked(COLUMNS, filters, endpoint="accounts.users")


def statement(of: Asked) -> Select[Any]:
    """Những người như điều kiện nói."""
    role, state = of.chosen["role"], of.chosen["state"]
    found = queries.people(text=of.text, role=Role(role) if role else None, order=of.order)
    if state:
        found = found.where(("active", "unset", "locked").index(state) == _STATE)
    return found
