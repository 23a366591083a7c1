"""Dòng dữ liệu: every table's rows as JSON that reads the same on SQLite and on PostgreSQL."""

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    JSON,
    Connection,
    Date,
    Enum,
    Integer,
    LargeBinary,
    Select,
    Table,
    func,
    null,
    select,
)
from sqlalchemy.types import TypeEngine

from campaign.audit.rules import canonical
from campaign.database import Hundredths, Measure, Moment, Points
from campaign.extensions import db
from campaign.files.columns import file_columns


def lines_of(connection: Connection, table: Table) -> Iterator[bytes]:
    """Các dòng của một bảng, by its key: the order in which they were written is not told."""
    yield from lines(connection, select(table).order_by(*table.primary_key.columns))


def lines(connection: Connection, statement: Select[Any]) -> Iterator[bytes]:
    """Các dòng của một câu hỏi, each as one line of JSON."""
    for row in connection.execute(statement.execution_options(yield_per=500)).mappings():
        values = {name: canonical(value) for name, value in row.items()}
        yield json.dumps(values, ensure_ascii=False).encode() + b"\n"


def row_of(table: Table, line: bytes) -> dict[str, Any]:
    """Một dòng đọc lại; ValueError when it is none of this table."""
    data = json.loads(line)
    if not isinstance(data, dict) or set(data) != set(table.columns.keys()):
        message = f"not a row of {table.name}"
        raise ValueError(message)
    return {column.key: _value(column.type, data[column.key]) for column in table.columns}


_READERS: tuple[tuple[Any, Callable[[Any], Any]], ...] = (
    ((Hundredths, Measure, Points), Decimal),
    (Moment, datetime.fromisoformat),
    (Date, date.fromisoformat),
    (LargeBinary, bytes.fromhex),
)


def _value(kind: TypeEngine[Any], value: Any) -> Any:
    if value is None:
        return null() if isinstance(kind, JSON) else None
    if isinstance(kind, Enum) and kind.enum_class is not None:
        return kind.enum_class(value)
    return next(
        (read(value) for python_type, read in _READERS if isinstance(kind, python_type)), value
    )


def parents_first(table: Table, rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Cha trước con, in a table that refers to itself; others pass as they come."""
    id_ = table.c.get("id")  # beside which a reference may name the campaign that both are of
    own = [key.parent.key for key in table.foreign_keys if key.column is id_]
    if not own:
        yield from rows
        return
    waiting, placed = list(rows), {None}
    while waiting:
        ready = [row for row in waiting if all(row[name] in placed for name in own)]
        if not ready:
            message = f"rows of {table.name} refer to each other in a circle"
            raise ValueError(message)
        placed |= {row["id"] for row in ready}
        waiting = [row for row in waiting if row["id"] not in placed]
        yield from ready


def count_on(connection: Connection, table: Table) -> None:
    """Đếm tiếp: new rows of `table` are numbered after those that were put in by hand."""
    if connection.dialect.name != "postgresql":
        return
    for column in table.primary_key.columns:
        sequence = isinstance(column.type, Integer) and connection.scalar(
            select(func.pg_get_serial_sequence(table.name, column.name))
        )
        if sequence and (last := connection.scalar(select(func.max(column)))):
            connection.execute(select(func.setval(sequence, last)))


def named_files(connection: Connection) -> set[str]:
    """Mã các tệp mà dữ liệu nhắc đến."""
    return {
        key
        for _, column in file_columns()
        for key in connection.scalars(select(column).where(column != ""))
        if key
    }


OF_THE_MACHINES = frozenset({"key_store"})
"""Bảng nói về các máy đang phục vụ: what stands there is not brought back by a backup."""


def holds_nothing(connection: Connection) -> bool:
    """Cơ sở dữ liệu trống: no table holds a row but of the machines themselves."""
    return not any(
        connection.scalar(select(func.count()).select_from(table.select().limit(1).subquery()))
        for table in db.metadata.sorted_tables
        if table.name not in OF_THE_MACHINES
    )
