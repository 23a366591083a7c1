"""Các tệp nhập: units, people, allocated targets of a campaign, awards of earlier years."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from campaign.accounts import actions as accounts
from campaign.accounts.models import User
from campaign.accounts.rules import HONORIFICS, check_email, check_user_name
from campaign.core.dates import format_date
from campaign.core.errors import RuleViolation
from campaign.core.labelled import Labelled
from campaign.core.numbers import format_decimal
from campaign.core.permissions import Permission, Role
from campaign.core.text import name_key, search_key
from campaign.extensions import db
from campaign.honours import past_awards
from campaign.honours.rules import Subject
from campaign.office.importing import (
    Column,
    Context,
    Importer,
    Outcome,
    Reader,
    Row,
    asking,
    compared,
    day_read,
)
from campaign.papers.workbook import Kind
from campaign.planning import actions as planning
from campaign.planning.models import Campaign
from campaign.scheme.models import Allocation, Indicator
from campaign.scheme.rules.magnitudes import Known, size_question
from campaign.units import actions as units
from campaign.units.models import Unit
from campaign.units.rules import UnitKind

EMPTY_CELL = (
    "Cột không có trong tệp thì phần đó giữ nguyên; ô để trống trong một cột có trong tệp thì "
    "nội dung đó bỏ trống."
)


def _number(**limits: Any) -> Reader:
    """Cột số within limits."""
    return lambda _context, row, key: row.number_of(key, rounds=True, **limits)


def _choice(choices: type[Labelled]) -> Reader:
    """Cột chọn trong danh mục, by its Vietnamese name."""
    named = {search_key(choice.label): choice for choice in choices}
    return lambda _context, row, key: row.one_of(key, named)


def _unit(context: Context, row: Row, key: str) -> Unit | None:
    """Cột mã đơn vị; nothing where it is empty."""
    code = row.text(key)
    if not code:
        return None
    unit = context.held.units.get(code)
    if unit is None:
        message = f"Không có đơn vị mã “{code}”."
        raise RuleViolation(message)
    return unit


def _told_unit(unit: Unit) -> dict[str, str]:
    parent = db.session.get(Unit, unit.parent_id) if unit.parent_id else None
    return {
        "Tên": unit.name,
        "Tên ngắn": unit.short_name,
        "Loại": unit.kind.label,
        "Cấp trên": parent.code if parent else "",
        "Từ ngày": format_date(unit.valid_from) if unit.valid_from else "",
        "Đến ngày": format_date(unit.valid_to) if unit.valid_to else "",
        "Chức vụ người đứng đầu": unit.head_title,
    }


def _take_unit(context: Context, row: Row, values: Mapping[str, Any]) -> Outcome:
    """A unit by its code: new, changed or left; a column the file has not keeps what is there."""
    known = context.held.units.get(values["code"])
    before = _told_unit(known) if known else None
    kept: dict[str, Any] = {
        "short_name": "",
        "parent_id": None,
        "valid_from": None,
        "valid_to": None,
        "head_title": "",
    }
    if known:
        kept = {name: getattr(known, name) for name in kept}
    given = {name: values[name] for name in kept if name in values}
    if "parent" in values:
        given["parent_id"] = values["parent"].id if values["parent"] else None
    unit = units.save_unit(
        known,
        code=values["code"],
        name=values["name"],
        kind=values["kind"],
        is_illustrative=known.is_illustrative if known else False,
        **kept | given,
    )
    context.held.units[unit.code] = unit
    return compared(row, f"{unit.code}, {unit.name}", before, _told_unit(unit))


def _days_in_order(
    _context: Context,
    _row: Row,
    values: Mapping[str, Any],
) -> Iterator[tuple[str, str]]:
    """Ngày hết hiệu lực after the day it begins."""
    first, last = values.get("valid_from"), values.get("valid_to")
    if first and last and first > last:
        yield "valid_to", "Ngày hết hiệu lực phải sau ngày bắt đầu."


def _parents_first(rows: list[Row]) -> list[Row]:
    """Rows of units, the ones above before the ones below; a circle stays in the order of
    the file.
    """
    codes = {row.label("code") for row in rows}
    placed: set[str] = set()
    ordered: list[Row] = []
    waiting = rows
    while waiting:
        open_codes = codes - placed
        ready = [row for row in waiting if row.label("parent") not in open_codes] or waiting
        ordered += ready
        placed |= {row.label("code") for row in ready}
        numbers = {row.number for row in ready}
        waiting = [row for row in waiting if row.number not in numbers]
    return ordered


UNITS = Importer(
    "units",
    "Đơn vị",
    Permission.UNIT_MANAGE,
    "unit.import",
    [
        "Mã đơn vị không đổi: dòng có mã đã có thì sửa đơn vị đó, mã mới thì thêm.",
        "Cấp trên ghi bằng mã; có thể là đơn vị ở dòng khác của tệp.",
        "Loại: " + "; ".join(kind.label for kind in UnitKind) + ".",
        f"{EMPTY_CELL} Ô tên ngắn để trống thì lấy tên đầy đủ.",
    ],
    (
        Column("code", "Mã", "VP", is_required=True, width=12, is_word=True),
        Column("name", "Tên", "Văn phòng Sở (minh hoạ)", is_required=True, width=44),
        Column("short_name", "Tên ngắn", "Văn phòng"),
        Column("kind", "Loại", "Phòng chuyên môn", is_required=True, read=_choice(UnitKind)),
        Column("parent", "Mã cấp trên", "SCT", width=14, read=_unit),
        Column("valid_from", "Từ ngày", date(2021, 1, 1), width=14, read=day_read, kind=Kind.DAY),
        Column("valid_to", "Đến ngày", None, width=14, read=day_read, kind=Kind.DAY),
        Column("head_title", "Chức vụ người đứng đầu", "Chánh Văn phòng", width=24),
    ),
    _take_unit,
    lambda row: row.text("code"),
    _parents_first,
    check=_days_in_order,
)


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
        message = "Ông/Bà: hãy ghi Ông hoặc Bà, hoặc để trống."
        raise RuleViolation(message)
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
        message = f"Không giao được vai trò {said} từ tệp. Hãy ghi một trong: {known}."
        raise RuleViolation(message)
    return [_ROLES[search_key(name)] for name in names]


def _take_person(context: Context, row: Row, values: Mapping[str, Any]) -> Outcome:
    """A person by the name he signs in with; a column the file has not keeps what is there."""
    held, name = context.held, values["user_name"]
    known = held.people.get(name)
    before = _told_person(known, held.codes) if known else None
    unit_id = known.unit_id if known else None
    if "unit" in values:
        unit_id = values["unit"].id if values["unit"] else None
    kept = {key: getattr(known, key) if known else "" for key in ("honorific", "position", "email")}
    given = {key: values[key] for key in kept if key in values}
    twins = [] if known else held.namesakes(values["full_name"], unit_id)
    user = known or accounts.new_person(name)
    held.leave(user)
    accounts.describe(user, full_name=values["full_name"], unit_id=unit_id, **kept | given)
    held.enter(user)
    roles = values.get("roles", [])
    if Role.ADMIN in user.roles:
        db.session.flush()  # whether another administrator is left is asked of the database
    if roles or known is None:
        accounts.set_roles(
            user,
            [(role, unit_id if role.belongs_to_unit else None) for role in roles],
            is_active=user.is_active if known else True,
        )
    outcome = compared(
        row, f"{user.user_name}, {user.full_name}", before, _told_person(user, held.codes)
    )
    if not twins:
        return outcome
    named = "; ".join(f"{twin.full_name} ({twin.user_name})" for twin in twins)
    return asking(outcome, f"Đơn vị này đã có {named}: có phải một người không?")


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
        "Người mới chưa có mật khẩu; cấp liên kết một lần ở trang của từng người.",
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
        ),
        Column("full_name", "Họ và tên", "Nguyễn Văn A (minh hoạ)", is_required=True, width=30),
        Column("honorific", "Ông/Bà", "Ông", width=10, read=_honorific),
        Column("position", "Chức vụ", "Chuyên viên"),
        Column("email", "Thư điện tử", None, width=26, read=_email),
        Column("unit", "Mã đơn vị", "VP", width=12, read=_unit),
        Column("roles", "Vai trò", "Cán bộ đơn vị", width=30, read=_roles),
    ),
    _take_person,
    lambda row: row.text("user_name").lower(),
    check=_roles_have_their_unit,
)


def _told_target(row: Allocation) -> dict[str, str]:
    numbers = {
        "Mục tiêu giao": row.target,
        "Tăng trưởng giao": row.growth_target,
        "Thực hiện năm trước": row.previous_year_value,
    }
    return {name: "" if value is None else format_decimal(value) for name, value in numbers.items()}


_TARGETS: Mapping[str, tuple[str, str]] = {
    "target": ("Mục tiêu giao", "target"),
    "growth": ("Tăng trưởng giao, %", "growth_target"),
    "previous": ("Thực hiện năm trước", "previous_year_value"),
}


def _indicator(context: Context, row: Row, key: str) -> Indicator:
    """Cột chỉ tiêu, by its name in this campaign; without tones where only one can be meant."""
    asked = row.text(key)
    for named in context.held.plan(_campaign(context).id).named(asked):
        if len(named) > 1:
            names = "; ".join(indicator.name for indicator in named)
            message = f"“{asked}” có thể là một trong: {names}. Hãy ghi đúng dấu, tên đầy đủ."
            raise RuleViolation(message)
        if named:
            return named[0]
    message = f"Phong trào không có chỉ tiêu “{asked}”."
    raise RuleViolation(message)


def _campaign(context: Context) -> Campaign:
    assert context.campaign is not None  # noqa: S101 - the page stands in a campaign
    return context.campaign


def _take_target(context: Context, row: Row, values: Mapping[str, Any]) -> Outcome:
    """The share of an indicator's target given to one unit, in a plan that is not launched."""
    indicator, unit = values["indicator"], values["unit"]
    plan = context.held.plan(_campaign(context).id)
    held = plan.allocations
    known = held.get((indicator.id, unit.id))
    before = _told_target(known) if known else None
    numbers = {name: values[key] for key, (_, name) in _TARGETS.items() if key in values}
    if known is None and all(number is None for number in numbers.values()):
        message = "Dòng không có số nào."
        raise RuleViolation(message)
    given = known or Allocation(indicator_id=indicator.id, unit_id=unit.id)
    planning.save_allocation(_campaign(context), given, numbers)
    held[indicator.id, unit.id] = given
    outcome = compared(row, f"{indicator.name}, {unit.name}", before, _told_target(given))
    beside = Known(last_year=given.previous_year_value)
    question = (
        given.target is not None
        and "target" in numbers
        and size_question(given.target, plan.measured[indicator.id], beside)
    )
    return asking(outcome, f"Hãy xem lại cỡ số: {question}") if question else outcome


TARGETS = Importer(
    "targets",
    "Chỉ tiêu giao",
    Permission.CAMPAIGN_PLAN,
    "plan.edit",
    [
        "Chỉ tiêu ghi đúng tên đầy đủ hoặc tên ngắn trong kế hoạch; đơn vị ghi bằng mã.",
        "Chỉ nhập được khi phong trào chưa phát động. Đơn vị không có trong tệp giữ nguyên.",
        EMPTY_CELL,
    ],
    (
        Column(
            "indicator",
            "Chỉ tiêu",
            "Tổng mức bán lẻ (minh hoạ)",
            is_required=True,
            width=44,
            read=_indicator,
        ),
        Column("unit", "Mã đơn vị", "KTTP", is_required=True, width=12, read=_unit),
        *(
            Column(key, title, Decimal(10), width=18, read=_number(decimals=4), kind=Kind.MEASURE)
            for key, (title, _) in _TARGETS.items()
        ),
    ),
    _take_target,
    lambda row: name_key(f"{row.text('indicator')}|{row.text('unit')}"),
    of_campaign=True,
)


def _year(context: Context, row: Row, key: str) -> int | None:
    """Cột năm."""
    year = row.number_of(key, decimals=0)
    if year is not None and not _FIRST_YEAR <= year <= context.at.year:
        message = f"Năm phải từ {_FIRST_YEAR} đến {context.at.year}."
        raise RuleViolation(message)
    return None if year is None else int(year)


def _money(_context: Context, row: Row, key: str) -> int | None:
    """Cột tiền, đồng."""
    amount = row.number_of(key, rounds=True, decimals=0, minimum=Decimal(0))
    return None if amount is None else int(amount)


_FIRST_YEAR = 1945
_HISTORY = {
    "year": "year",
    "number": "number",
    "signed_on": "signed_on",
    "form": "form_name",
    "subject": "subject",
    "honorific": "honorific",
    "name": "name",
    "job": "job",
    "unit": "unit_name",
    "amount": "amount",
    "note": "note",
}


def _take_past_award(context: Context, row: Row, values: Mapping[str, Any]) -> Outcome:
    """An award of an earlier year, as the old books have it; a column the file has not keeps what
    is there.
    """
    books = context.held.books
    given = {name: values[key] for key, name in _HISTORY.items() if key in values}
    award, before = books.save(given)
    outcome = compared(
        row, f"{award.name}, {award.year}", before, past_awards.told_past_award(award)
    )
    if before is not None:
        return outcome
    if twins := "; ".join(twin.name for twin in books.resembling(award)):
        outcome = asking(outcome, f"Sổ đã có {twins}, chỉ khác dấu: hai người khác nhau?")
    if units := "; ".join(name or "không ghi đơn vị" for name in books.elsewhere(award)):
        question = f"Sổ đã có {award.name} cùng năm, số quyết định ({units}): hai lượt khác nhau?"
        outcome = asking(outcome, question)
    return outcome


HISTORY = Importer(
    "history",
    "Khen thưởng các năm trước",
    Permission.AWARD_PLAN,
    "award.history",
    [
        "Một dòng một lượt khen thưởng đã có quyết định từ trước khi dùng hệ thống.",
        "Cùng năm, số quyết định, tên và đơn vị thì là một lượt: nhập lại chỉ sửa chỗ khác.",
        "Đối tượng: tập thể hoặc cá nhân.",
        EMPTY_CELL,
    ],
    (
        Column(
            "year", "Năm", 2019, is_required=True, width=8, read=_year, kind=Kind.YEAR, is_word=True
        ),
        Column("number", "Số quyết định", "10/QĐ-SCT", is_required=True),
        Column("signed_on", "Ngày ký", date(2019, 1, 12), width=14, read=day_read, kind=Kind.DAY),
        Column("form", "Hình thức", "Giấy khen", is_required=True),
        Column(
            "subject", "Đối tượng", "tập thể", is_required=True, width=12, read=_choice(Subject)
        ),
        Column("honorific", "Ông/Bà", None, width=10),
        Column("name", "Tên", "Phòng Mẫu (minh hoạ)", is_required=True, width=36),
        Column("job", "Chức vụ", None),
        Column("unit", "Đơn vị", None, width=36),
        Column("amount", "Tiền thưởng, đồng", 900_000, width=16, read=_money, kind=Kind.WHOLE),
        Column("note", "Ghi chú", None, width=30),
    ),
    _take_past_award,
    lambda row: name_key("|".join(row.text(key) for key in ("year", "number", "name", "unit"))),
)

IMPORTERS = (UNITS, PEOPLE, TARGETS, HISTORY)
