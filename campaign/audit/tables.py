"""Bảng trong nhật ký: which tables the record follows, and how their rows stand in it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Column, Connection, Table

from campaign.audit.rules import canonical, fingerprint
from campaign.database import Base, class_of, writing
from campaign.extensions import db


@contextmanager
def snapshot() -> Iterator[Connection]:
    """Ảnh chụp: a connection that sees one moment of the database and keeps no writer waiting."""
    token = writing.set(False)
    try:
        with db.engine.connect() as connection:
            if connection.dialect.name == "postgresql":
                connection.execution_options(
                    isolation_level="REPEATABLE READ", postgresql_readonly=True
                )
            yield connection
    finally:
        writing.reset(token)


def is_audited(table: Table) -> bool:
    """Bảng có được ghi nhật ký không."""
    return "class" not in table.info or getattr(class_of(table), "__audited__", True)


def audited() -> list[Table]:
    """Các bảng được ghi nhật ký, parents before children."""
    return [table for table in Base.metadata.sorted_tables if is_audited(table)]


def columns_of(table: Table) -> dict[str, Column[Any]]:
    """Cột theo tên trong nhật ký: the attribute's, which is not always the column's."""
    return {
        attribute.key: attribute.columns[0]
        for attribute in class_of(table).__mapper__.column_attrs
        if isinstance(attribute.columns[0], Column)
    }


def hidden_of(table: Table) -> frozenset[str]:
    """Cột mà nhật ký chỉ giữ dấu vân."""
    hidden: frozenset[str] = getattr(class_of(table), "__unaudited_columns__", frozenset())
    return hidden


def key_of(table: Table, row: Mapping[str, Any]) -> str:
    """Khoá của dòng as the record writes it."""
    return "/".join(str(row[column.key]) for column in table.primary_key.columns)


def image(table: Table, row: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """Ảnh của một dòng đọc từ bảng, as the record would hold it."""
    if row is None:
        return None
    hidden = hidden_of(table)
    return {
        name: fingerprint(row[column.key]) if name in hidden else canonical(row[column.key])
        for name, column in columns_of(table).items()
    }


def referring_to(table: Table) -> Iterator[tuple[Table, dict[str, Column[Any]], str]]:
    """Các khoá nhắc đến `table` that the database clears by itself, and how.

    Of each key the columns that refer, by the names of those they refer to: all of them together
    name a row.
    """
    for other in Base.metadata.sorted_tables:
        for key in other.foreign_key_constraints:
            if key.referred_table is table and key.ondelete in {"CASCADE", "SET NULL"}:
                yield other, {part.column.key: part.parent for part in key.elements}, key.ondelete
