"""Các tệp nhập: units, people, allocated targets of a campaign, awards of earlier years."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from campaign.accounts import actions as accounts
from campaign.accounts import queries as people
from campaign.accounts.models import User
from campaign.awarding import actions as awarding
from campaign.awarding.rules import Subject
from campaign.core.dates import format_date
from campaign.core.errors import RuleViolation
from campaign.core.numbers import format_decimal
from campaign.core.permissions import Permission, Role
from campaign.core.text import name_key, search_key
from campaign.extensions import db
from campaign.office.importing import Column, Context, Importer, Outcome, Row, asking, compared
from campaign.planning import actions as planning
from campaign.planning.models import Allocation, Indicator
from campaign.units import actions as units
from campaign.units.models import Unit
from campaign.units.rules import UnitKind


def _unit(row: Row, key: str) -> Unit:
    code = row.text(key)
    found = db.session.scalars(select(Unit).where(Unit.code == code)).one_or_none()
    if found is None:
        message = f"Không có đơn vị mã “{code}”."
        raise RuleViolation(message, field=key)
    return found


def _told_unit(unit: Unit) -> dict[str, str]:
    parent = db.session.get(Unit, unit.parent_id) if unit.parent_id else None
    return {"Tên": unit.name, "Tên ngắn": unit.short_name, "Loại": unit.kind.label, "Cấp trên": parent.code if parent else "",
            "Từ ngày": format_date(unit.valid_from) if unit.valid_from else "",
            "Đến ngày": format_date(unit.valid_to) if unit.valid_to else "",
            "Chức vụ người đứng đầu": unit.head_title}


def _take_unit(context: Context, row: Row) -> Outcome:
    """A unit by its code: new, changed or left; a column the file has not keeps what is there."""
    del context
    known = db.session.scalars(select(Unit).where(Unit.code == row.text("code"))).one_or_none()
    before = _told_unit(known) if known else None
    parent_id = known.parent_id if known else None
    if "parent" in row.columns:
        parent_id = _unit(row, "parent").id if row.text("parent") else None
    name = row.text("name")
    unit = units.save_unit(
        known, code=row.text("code"), name=name, kind=row.one_of("kind", UnitKind), parent_id=parent_id,
        short_name=row.text("short_name") if "short_name" in row.columns else known.short_name if known else name,
        valid_from=row.day("valid_from") if "valid_from" in row.columns else known.valid_from if known else None,
        valid_to=row.day("valid_to") if "valid_to" in row.columns else known.valid_to if known else None,
        head_title=row.text("head_title") if "head_title" in row.columns else known.head_title if known else "",
        is_illustrative=known.is_illustrative if known else False)
    return compared(row, f"{unit.code}, {unit.name}", before, _told_unit(unit))


def _parents_first(rows: list[Row]) -> list[Row]:
    """Rows of units, the ones above before the ones below; a circle stays in the order of the file."""
    codes = {row.text("code") for row in rows}
    placed: set[str] = set()
    found: list[Row] = []
    waiting = rows
    while waiting:
        ready = [row for row in waiting if row.text("parent") not in codes - placed] or waiting
        found += ready
        placed |= {row.text("code") for row in ready}
        waiting = [row for row in waiting if row not in ready]
    return found


UNITS = Importer(
    "units", "Đơn vị", Permission.UNIT_MANAGE, "unit.import",
    ["Mã đơn vị không đổi: dòng có mã đã có thì sửa đơn vị đó, mã mới thì thêm.",
     "Cấp trên ghi bằng mã; có thể là đơn vị ở dòng khác của tệp.",
     "Loại: " + "; ".join(kind.label for kind in UnitKind) + "."],
    (Column("code", "Mã", "VP", is_required=True, width=12), Column("name", "Tên", "Văn phòng Sở (minh hoạ)", is_required=True, width=44),
     Column("short_name", "Tên ngắn", "Văn phòng"), Column("kind", "Loại", "Phòng chuyên môn", is_required=True),
     Column("parent", "Mã cấp trên", "SCT", width=14), Column("valid_from", "Từ ngày", date(2021, 1, 1), width=14),
     Column("valid_to", "Đến ngày", None, width=14),
     Column("head_title", "Chức vụ người đứng đầu", "Chánh Văn phòng", width=24)),
    _take_unit, lambda row: row.text("code"), _parents_first)


def _told_person(user: User) -> dict[str, str]:
    codes = {unit.id: unit.code for unit in db.session.scalars(select(Unit).where(
        Unit.id.in_({user.unit_id, *(grant.unit_id for grant in user.grants)} - {None})))}
    roles = sorted(f"{grant.role.label}{f' ({codes[grant.unit_id]})' if grant.unit_id else ''}" for grant in user.grants)
    return {"Họ và tên": user.full_name, "Ông/Bà": user.honorific, "Chức vụ": user.position, "Thư điện tử": user.email,
            "Đơn vị": codes.get(user.unit_id or 0, ""), "Vai trò": ", ".join(roles)}


def _roles(row: Row, unit_id: int | None) -> list[tuple[Role, int | None]]:
    labels = {search_key(role.label): role for role in Role if role is not Role.COUNCIL_MEMBER}
    found: list[tuple[Role, int | None]] = []
    for name in filter(None, (part.strip() for part in row.text("roles").replace(";", ",").split(","))):
        role = labels.get(search_key(name))
        if role is None:
            known = "; ".join(one.label for one in labels.values())
            message = f"Không giao được vai trò “{name}” từ tệp. Hãy ghi một trong: {known}."
            raise RuleViolation(message, field="roles")
        if role.belongs_to_unit and unit_id is None:
            message = f"Vai trò “{role.label}” phải có mã đơn vị."
            raise RuleViolation(message, field="roles")
        found.append((role, unit_id if role.belongs_to_unit else None))
    return found


def _take_person(context: Context, row: Row) -> Outcome:
    """A person by the name he signs in with; a column the file has not keeps what is there."""
    del context
    name = row.text("user_name").lower()
    known = people.by_name(name)
    before = _told_person(known) if known else None
    if row.text("honorific") not in {"", "Ông", "Bà"}:
        message = "Ông/Bà: hãy ghi Ông hoặc Bà, hoặc để trống."
        raise RuleViolation(message, field="honorific")
    unit_id = known.unit_id if known else None
    if "unit" in row.columns:
        unit_id = _unit(row, "unit").id if row.text("unit") else None

    def kept(key: str, was: str) -> str:
        return row.text(key) if key in row.columns else was

    twins = [] if known else people.namesakes(row.text("full_name"), unit_id)
    user = known or accounts.create_person(user_name=name, full_name=row.text("full_name"))
    accounts.describe(user, full_name=row.text("full_name"), honorific=kept("honorific", user.honorific),
                      position=kept("position", user.position), email=kept("email", user.email), unit_id=unit_id)
    if row.text("roles") or known is None:
        accounts.set_roles(user, _roles(row, unit_id), is_active=user.is_active if known else True)
    db.session.flush()
    outcome = compared(row, f"{user.user_name}, {user.full_name}", before, _told_person(user))
    if not twins:
        return outcome
    named = "; ".join(f"{one.full_name} ({one.user_name})" for one in twins)
    return asking(outcome, f"Đơn vị này đã có {named}: có phải một người không?")


PEOPLE = Importer(
    "people", "Người dùng", Permission.ACCOUNT_MANAGE, "account.import",
    ["Tên đăng nhập không đổi: đã có thì sửa người đó, mới thì thêm.",
     "Người mới chưa có mật khẩu; cấp liên kết một lần ở trang của từng người.",
     "Vai trò ngăn bằng dấu phẩy; để trống thì người đã có giữ nguyên vai trò. Thành viên Hội đồng đặt ở trang Hội đồng."],
    (Column("user_name", "Tên đăng nhập", "nguyen.van.a", is_required=True),
     Column("full_name", "Họ và tên", "Nguyễn Văn A (minh hoạ)", is_required=True, width=30),
     Column("honorific", "Ông/Bà", "Ông", width=10), Column("position", "Chức vụ", "Chuyên viên"),
     Column("email", "Thư điện tử", None, width=26), Column("unit", "Mã đơn vị", "VP", width=12),
     Column("roles", "Vai trò", "Cán bộ đơn vị", width=30)),
    _take_person, lambda row: row.text("user_name").lower())


def _told_target(row: Allocation) -> dict[str, str]:
    values = {"Mục tiêu giao": row.target, "Tăng trưởng giao": row.growth_target, "Thực hiện năm trước": row.previous_year_value}
    return {name: "" if value is None else format_decimal(value) for name, value in values.items()}


_TARGETS: Mapping[str, str] = {"target": "Mục tiêu giao", "growth": "Tăng trưởng giao, %", "previous": "Thực hiện năm trước"}


def _indicator(campaign_id: int, asked: str) -> Indicator:
    """Chỉ tiêu theo tên; without tones where only one can be meant."""
    held = db.session.scalars(select(Indicator).where(Indicator.campaign_id == campaign_id)).all()
    for key in (name_key, search_key):
        named = [one for one in held if key(asked) in {key(one.name), key(one.short_name)}]
        if len(named) > 1:
            names = "; ".join(one.name for one in named)
            message = f"“{asked}” có thể là một trong: {names}. Hãy ghi đúng dấu, tên đầy đủ."
            raise RuleViolation(message, field="indicator")
        if named:
            return named[0]
    message = f"Phong trào không có chỉ tiêu “{asked}”."
    raise RuleViolation(message, field="indicator")


def _take_target(context: Context, row: Row) -> Outcome:
    """The share of an indicator's target given to one unit, in a plan that is not launched."""
    assert context.campaign is not None  # noqa: S101 - the page stands in a campaign
    indicator = _indicator(context.campaign.id, row.text("indicator"))
    unit = _unit(row, "unit")
    known = db.session.get(Allocation, (indicator.id, unit.id))
    before = _told_target(known) if known else None
    values = {name: row.number_of(key, decimals=4) for key, name in (
        ("target", "target"), ("growth", "growth_target"), ("previous", "previous_year_value")) if key in row.columns}
    if known is None and all(value is None for value in values.values()):
        message = "Dòng không có số nào."
        raise RuleViolation(message)
    given = planning.save_allocation(context.campaign, indicator, unit.id, values)
    return compared(row, f"{indicator.name}, {unit.name}", before, _told_target(given))


TARGETS = Importer(
    "targets", "Chỉ tiêu giao", Permission.CAMPAIGN_PLAN, "plan.edit",
    ["Chỉ tiêu ghi đúng tên đầy đủ hoặc tên ngắn trong kế hoạch; đơn vị ghi bằng mã.",
     "Chỉ nhập được khi phong trào chưa phát động. Đơn vị không có trong tệp giữ nguyên."],
    (Column("indicator", "Chỉ tiêu", "Tổng mức bán lẻ (minh hoạ)", is_required=True, width=44),
     Column("unit", "Mã đơn vị", "KTTP", is_required=True, width=12), *(
        Column(key, title, Decimal(10), width=18) for key, title in _TARGETS.items())),
    _take_target, lambda row: name_key(f"{row.text('indicator')}|{row.text('unit')}"), of_campaign=True)


def _take_past_award(context: Context, row: Row) -> Outcome:
    """An award of an earlier year, as the old books have it."""
    year = row.number_of("year", decimals=0, minimum=Decimal(1945), maximum=Decimal(context.at.year))
    amount = row.number_of("amount", decimals=0, minimum=Decimal(0))
    found, before = awarding.save_past_award({
        "year": int(year or 0), "number": row.text("number"), "signed_on": row.day("signed_on"), "form_name": row.text("form"),
        "subject": row.one_of("subject", Subject), "honorific": row.text("honorific"), "name": row.text("name"), "job": row.text("job"),
        "unit_name": row.text("unit"), "amount": int(amount) if amount is not None else None, "note": row.text("note")})
    outcome = compared(row, f"{found.name}, {found.year}", before, awarding.told_past_award(found))
    twins = [twin.name for twin in awarding.resembling(found)]
    return asking(outcome, f"Sổ đã có {'; '.join(twins)}, chỉ khác dấu: hai người khác nhau?") if twins and before is None else outcome


HISTORY = Importer(
    "history", "Khen thưởng các năm trước", Permission.AWARD_PLAN, "award.history",
    ["Một dòng một lượt khen thưởng đã có quyết định từ trước khi dùng hệ thống.",
     "Cùng năm, số quyết định, tên và đơn vị thì là một lượt: nhập lại chỉ sửa chỗ khác.", "Đối tượng: tập thể hoặc cá nhân."],
    (Column("year", "Năm", 2019, is_required=True, width=8), Column("number", "Số quyết định", "10/QĐ-SCT", is_required=True),
     Column("signed_on", "Ngày ký", date(2019, 1, 12), width=14), Column("form", "Hình thức", "Giấy khen", is_required=True),
     Column("subject", "Đối tượng", "tập thể", is_required=True, width=12), Column("honorific", "Ông/Bà", None, width=10),
     Column("name", "Tên", "Phòng Mẫu (minh hoạ)", is_required=True, width=36), Column("job", "Chức vụ", None),
     Column("unit", "Đơn vị", None, width=36), Column("amount", "Tiền thưởng, đồng", 900_000, width=16),
     Column("note", "Ghi chú", None, width=30)),
    _take_past_award, lambda row: name_key("|".join(row.text(key) for key in ("year", "number", "name", "unit"))))

IMPORTERS = (UNITS, PEOPLE, TARGETS, HISTORY)
