"""Nhập người dùng: people by the names they sign in with."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from campaign.accounts import actions as accounts
from campaign.accounts.models import User
from campaign.accounts.rules import HONORIFICS, check_email, check_user_name
from campaign.core.errors import refuse
from campaign.core.permissions import Permission, Role
from campaign.core.text import search_key
from campaign.extensions import db
from campaign.imports.importer import Column, Context, Importer
from campaign.imports.readers import EMPTY_CELL, unit_read
from campaign.imports.rules import Outcome, Row, asking, compared


def _told_person(user: User, codes: Mapping[int, str]) -> dict[str, str]:
    roles = sorted(
        f"{grant.role.label}{f' ({codes[grant.unit_id]})' if grant.unit_id else ''}"
        for grant in user.grants
    )
    return {
        "Họ và tên": user.full_name,
        "Ông/Bà": user.honorific,
        "Chức vụ": user.position,
        "Thư điện tử": user.email,
        "Đơn vị": codes.get(user.unit_id or 0, ""),
        "Vai trò": ", ".join(roles),
    }


def _user_name(_context: Context, row: Row, key: str) -> str:
    """Cột tên đăng nhập."""
    name = row.text(key).lower()
    check_user_name(name)
    return name


def _honorific(_context: Context, row: Row, key: str) -> str:
    """Cột Ông/Bà."""
    text = row.text(key)
    if text not in {"", *HONORIFICS}:
        refuse("Ông/Bà: hãy ghi Ông hoặc Bà, hoặc để trống.")
    return text


def _email(context: Context, row: Row, key: str) -> str:
    """Cột thư điện tử; an address kept from before is not looked at again."""
    text = row.text(key)
    known = context.held.people.get(row.label("user_name").lower())
    if known is None or known.email != text:
        check_email(text)
    return text


_ROLES = {search_key(role.label): role for role in Role if role is not Role.COUNCIL_MEMBER}


def _roles(_context: Context, row: Row, key: str) -> list[Role]:
    """Cột vai trò, parted by commas."""
    names = [part.strip() for part in row.text(key).replace(";", ",").split(",") if part.strip()]
    strange = [name for name in names if search_key(name) not in _ROLES]
    if strange:
        said = ", ".join(f"“{name}”" for name in strange)
        known = "; ".join(role.label for role in _ROLES.values())
        refuse(f"Không giao được vai trò {said} từ tệp. Hãy ghi một trong: {known}.")
    return [_ROLES[search_key(name)] for name in names]


def _take_person(context: Context, row: Row, values: Mapping[str, Any]) -> Outcome:
    """A person by the name they sign in with; a missing column keeps what is there."""
    held, name = context.held, values["user_name"]
    known = held.people.get(name)
    before = _told_person(known, held.codes) if known else None
    unit_id, described = _unit_id(known, values), _described(known, values)
    twins = [] if known else held.namesakes(values["full_name"], unit_id)
    user = known or accounts.new_person(name)
    held.leave(user)
    accounts.describe(user, full_name=values["full_name"], unit_id=unit_id, **described)
    held.enter(user)
    _give_roles(user, values.get("roles", []), unit_id, is_new=known is None)
    after = _told_person(user, held.codes)
    outcome = compared(row, f"{user.user_name}, {user.full_name}", before, after)
    if not twins:
        return outcome
    named = "; ".join(f"{twin.full_name} ({twin.user_name})" for twin in twins)
    return asking(outcome, f"Đơn vị này đã có {named}: có phải một người không?")


def _unit_id(known: User | None, values: Mapping[str, Any]) -> int | None:
    """Nơi công tác sẽ ghi."""
    if "unit" in values:
        return values["unit"].id if values["unit"] else None
    return known.unit_id if known else None


def _described(known: User | None, values: Mapping[str, Any]) -> dict[str, str]:
    """Danh xưng, chức vụ, thư điện tử sẽ ghi."""
    return {
        key: values[key] if key in values else getattr(known, key) if known else ""
        for key in ("honorific", "position", "email")
    }


def _give_roles(user: User, roles: Sequence[Role], unit_id: int | None, *, is_new: bool) -> None:
    """Giao vai trò trong dòng; who is known keeps theirs where the row names none."""
    if Role.ADMIN in user.roles:
        db.session.flush()  # whether another administrator is left is asked of the database
    if roles or is_new:
        accounts.set_roles(
            user,
            [(role, unit_id if role.belongs_to_unit else None) for role in roles],
            is_active=is_new or user.is_active,
        )


def _roles_have_their_unit(
    context: Context,
    row: Row,
    values: Mapping[str, Any],
) -> Iterator[tuple[str, str]]:
    """Vai trò của đơn vị needs the unit, from the file or from before."""
    roles = [role for role in values.get("roles", ()) if role.belongs_to_unit]
    if roles and "unit" not in row.columns:
        known = context.held.people.get(row.label("user_name").lower())
        has_unit = known is not None and known.unit_id is not None
    else:
        has_unit = row.cells.get("unit") is not None
    for role in roles:
        if not has_unit:
            yield "roles", f"Vai trò “{role.label}” phải có mã đơn vị."


PEOPLE = Importer(
    "people",
    "Người dùng",
    Permission.ACCOUNT_MANAGE,
    "account.import",
    [
        "Tên đăng nhập không đổi: đã có thì sửa người đó, mới thì thêm.",
        "Người mới chưa có mật khẩu; cấp liên kết một lần ở trang của từng người, hoặc in cho "
        "nhiều người một lượt (Người dùng, In liên kết một lần).",
        "Vai trò ngăn bằng dấu phẩy. Thành viên Hội đồng đặt ở trang Hội đồng.",
        f"{EMPTY_CELL} Riêng ô vai trò để trống thì người đã có giữ nguyên vai trò.",
    ],
    (
        Column(
            "user_name",
            "Tên đăng nhập",
            "nguyen.van.a",
            is_required=True,
            read=_user_name,
            is_word=True,
            longest=60,
        ),
        Column("full_name", "Họ và tên", "Nguyễn Văn A (minh hoạ)", is_required=True, width=30),
        Column("honorific", "Ông/Bà", "Ông", width=10, read=_honorific),
        Column("position", "Chức vụ", "Chuyên viên"),
        Column("email", "Thư điện tử", None, width=26, read=_email),
        Column("unit", "Mã đơn vị", "VP", width=12, read=unit_read),
        Column("roles", "Vai trò", "Cán bộ đơn vị", width=30, read=_roles),
    ),
    _take_person,
    lambda row: row.text("user_name").lower(),
    check=_roles_have_their_unit,
)
