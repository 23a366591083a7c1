"""Phạm vi gói lưu trữ: which rows of which tables belong to a campaign, and which never leave."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy import Column, ColumnElement, Select, Table, false, or_, select

from campaign.extensions import db

Owners = Mapping[str, tuple[str, str]]
ROOT = "campaign"
NEVER = frozenset(
    {
        "api_key",
        "audit_entry",
        "backup_run",
        "calendar_feed",
        "certificate_layout",
        "dossier_reading",
        "ended_session",
        "failed_sign_in",
        "day_off",
        "key_store",
        "mail",
        "mail_preference",
        "mail_stop",
        "notice",
        "loaded_archive",
        "one_time_link",
        "proof_run",
        "post_reader",
        "view_key",
        "recovery_code",
        "correction_request",
        "retention_rule",
        "retention_run",
        "second_factor",
        "paper_template",
        "past_award",
        "plan_copy",
        "rehearsal_clock",
        "saved_table",
        "role_grant",
        "sign_on_demand",
        "sign_on_link",
        "sign_on_session",
        "spent_sign_on",
        "stock_scan",
        "turnout",
        "unit_succession",
        "urn",
    }
)
"""Không vào gói: who came to a secret ballot, its urn, means of access; the record goes in as a
chain of its own.
"""
WHOLE = frozenset({"base_salary", "letterhead", "unit_kind"})
"""Vào cả bảng: what every campaign shares."""
REFERRED = ("rule_set", "award_form", "measure_unit", "user_account", "unit")
"""Chỉ các dòng được nhắc đến, in the order in which they are found out."""
COLUMNS = {"user_account": ("id", "honorific", "full_name", "position", "unit_id")}
"""Chỉ các cột này: of people their name and job."""


def owners() -> Owners:
    """Bảng thuộc về phong trào: table → (column, table it hangs from), parents before children.

    Whoever asks for many tables finds it out once, and hands it on.
    """
    owner_of: dict[str, tuple[str, str]] = {ROOT: ("id", ROOT)}
    for table in db.metadata.sorted_tables:
        if table.name in NEVER | WHOLE | set(REFERRED) or table.name in owner_of:
            continue
        owner_of[table.name] = _owner(table, owner_of)
    return MappingProxyType(owner_of)


def _owner(table: Table, owner_of: Owners) -> tuple[str, str]:
    """What the rows of a table hang from: best by a column never empty, and from the campaign."""
    links = sorted(
        (
            (not key.parent.nullable, key.column.table.name == ROOT),
            key.parent.name,
            key.column.table.name,
        )
        for key in table.foreign_keys
        if key.column.table.name in owner_of and key.column.name in {"id", "nominee_id"}
    )
    if not links:
        message = f"nobody said to whom the rows of {table.name} belong"
        raise LookupError(message)
    return links[-1][1:]


def rows_of(table: Table, campaign_id: int, known: Owners | None = None) -> Select[Any]:
    """Các dòng của một bảng thuộc phong trào."""
    owner_of = owners() if known is None else known
    if table.name == ROOT:
        return select(table).where(table.c.id == campaign_id)
    column, parent = owner_of[table.name]
    if parent == ROOT:
        return select(table).where(table.c[column] == campaign_id)
    above = db.metadata.tables[parent]
    key = next(iter(above.primary_key.columns))
    return select(table).where(
        table.c[column].in_(rows_of(above, campaign_id, owner_of).with_only_columns(key))
    )


def referred(name: str, campaign_id: int, owner_of: Owners) -> Select[Any]:
    """Các dòng dùng chung mà phong trào nhắc đến, with the columns that may leave."""
    table = db.metadata.tables[name]
    key = next(iter(table.primary_key.columns))
    columns = [table.c[column] for column in COLUMNS.get(name, table.columns.keys())]
    return select(*columns).where(_is_mentioned(key, name, campaign_id, owner_of))


def _is_mentioned(
    key: Column[Any], name: str, campaign_id: int, owner_of: Owners
) -> ColumnElement[bool]:
    """Whether a row of `name`, told by its key, is mentioned anywhere."""
    statements = _mentions(name, campaign_id, owner_of)
    return or_(false(), *(key.in_(mentioned) for mentioned in statements))


def _mentions(name: str, campaign_id: int, owner_of: Owners) -> list[Select[Any]]:
    """Everywhere a row of `name` is mentioned: in the campaign, and in what that mentions."""
    statements = []
    for table, column in _links_to(name):
        if table.name in owner_of:
            rows = rows_of(table, campaign_id, owner_of)
            statements.append(rows.with_only_columns(column))
        elif table.name in REFERRED and REFERRED.index(table.name) < REFERRED.index(name):
            rows = referred(table.name, campaign_id, owner_of)
            statements.append(rows.with_only_columns(column))
        elif table.name in WHOLE:
            statements.append(select(column))
    return statements


def _links_to(name: str) -> Iterator[tuple[Table, Column[Any]]]:
    """The columns of other tables that refer to `name`."""
    for table in db.metadata.sorted_tables:
        for key in table.foreign_keys:
            if key.column.table.name == name and table.name != name:
                yield table, key.parent


def selections(campaign_id: int) -> dict[str, Select[Any]]:
    """Mọi bảng của gói, parents before children: table → its rows, by key."""
    rows_by_table: dict[str, Select[Any]] = {}
    owner_of = owners()
    for table in db.metadata.sorted_tables:
        if table.name in NEVER:
            continue
        if table.name in WHOLE:
            statement = select(table)
        elif table.name == "unit":
            statement = _units(campaign_id, owner_of)
        elif table.name in REFERRED:
            statement = referred(table.name, campaign_id, owner_of)
        else:
            statement = rows_of(table, campaign_id, owner_of)
        rows_by_table[table.name] = statement.order_by(*table.primary_key.columns)
    return rows_by_table


def _units(campaign_id: int, owner_of: Owners) -> Select[Any]:
    """Units that are mentioned, and all that stand above them."""
    unit = db.metadata.tables["unit"]
    below = unit.alias("below")
    mentioned = (
        select(below.c.path)
        .where(_is_mentioned(below.c.id, "unit", campaign_id, owner_of))
        .subquery()
    )
    return select(unit).where(
        select(mentioned.c.path).where(mentioned.c.path.startswith(unit.c.path)).exists()
    )
