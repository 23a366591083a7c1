"""Dữ liệu của tôi: rows about one person, and how often they wrote in which table."""

import enum
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Table, func, or_, select

from campaign.audit.models import AuditEntry
from campaign.audit.names import TABLES
from campaign.extensions import db

PERSON = "user_account"
ABOUT: Mapping[str, Mapping[str, str]] = {
    PERSON: {
        "user_name": "Tên đăng nhập",
        "full_name": "Họ và tên",
        "honorific": "Xưng hô",
        "position": "Chức vụ",
        "email": "Thư điện tử",
        "is_active": "Đang dùng được",
        "has_second_factor": "Có yếu tố thứ hai",
        "sign_in_way": "Cách đăng nhập",
    },
    "role_grant": {"role": "Vai trò"},
    "council_member": {
        "function": "Nhiệm vụ",
        "term_from": "Từ ngày",
        "term_to": "Đến ngày",
        "left_on": "Thôi từ ngày",
        "leaving_reason": "Lý do thôi",
    },
    "criterion_marker": {"criterion_id": "Tiêu chí số"},
    "notice": {"title": "Nội dung", "at": "Lúc", "due_on": "Hạn", "read_at": "Đã đọc lúc"},
    "mail": {"address": "Địa chỉ", "subject": "Tiêu đề", "at": "Lúc", "sent_at": "Đã gửi lúc"},
    "mail_preference": {"choice": "Cách nhận thư"},
    "calendar_feed": {"made_at": "Lập lúc"},
    "correction_request": {
        "wish": "Yêu cầu sửa",
        "asked_at": "Gửi lúc",
        "outcome": "Trả lời",
        "answer": "Lý do",
        "answered_at": "Trả lời lúc",
    },
    "one_time_link": {"expires_at": "Hết hạn lúc"},
    "sign_on_link": {"issuer": "Nhà cung cấp", "subject": "Mã ở đó", "linked_at": "Liên kết lúc"},
    "sign_on_session": {"began_at": "Bắt đầu lúc"},
}
"""Bảng nói về một người → the columns that are told, without what would open a door."""

NAMES: Mapping[str, str] = {
    **TABLES,
    "dossier_reading": "Lượt đọc hồ sơ",
    "mail": "Thư",
    "mail_preference": "Cách nhận thư",
    "notice": "Nhắc việc",
    "one_time_link": "Liên kết dùng một lần",
    "sign_on_session": "Phiên đăng nhập một lần",
}
"""Tên tiếng Việt của các bảng, those outside the record as well."""


def _value(value: object) -> object:
    return getattr(value, "label", value.value) if isinstance(value, enum.Enum) else value


def _to_person(table: Table) -> list[Column[Any]]:
    """The columns of a table that name a person."""
    return [
        column
        for column in table.columns
        if any(key.column.table.name == PERSON for key in column.foreign_keys)
    ]


def about(user_id: int) -> dict[str, list[dict[str, object]]]:
    """Những dòng nói về một người, by the Vietnamese names of tables and columns."""
    told: dict[str, list[dict[str, object]]] = {}
    for name, columns in ABOUT.items():
        table = db.metadata.tables[name]
        whose = table.c.id if name == PERSON else table.c.user_id
        shown = [table.c[column].label(label) for column, label in columns.items()]
        rows = db.session.execute(select(*shown).where(whose == user_id)).mappings()
        lines = [{label: _value(value) for label, value in row.items()} for row in rows]
        if lines:
            told[NAMES[name]] = lines
    return told


def written(user_id: int) -> dict[str, int]:
    """Số dòng do một người ghi, by table; what they wrote belongs to the campaign's record."""
    numbers = []
    for table in db.metadata.sorted_tables:
        columns = [column for column in _to_person(table) if column.name != "user_id"]
        if columns:
            mine = or_(*(column == user_id for column in columns))
            number = select(func.count()).select_from(table).where(mine)
            numbers.append(number.scalar_subquery().label(table.name))
    row = db.session.execute(select(*numbers)).mappings().one()
    return {NAMES[name]: number for name, number in row.items() if number}


def span_of_entries(user_id: int) -> tuple[int, datetime | None, datetime | None]:
    """Số dòng nhật ký mang tên một người, the first and the last moment."""
    count, first, last = db.session.execute(
        select(func.count(), func.min(AuditEntry.at), func.max(AuditEntry.at)).where(
            AuditEntry.actor_id == user_id
        )
    ).one()
    return count, first, last
