"""Cột ghi mã tệp: where the rows stand that name the files of the store."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column, Table

from campaign.database import Base

FILE_COLUMNS = ("storage_key", "scan_key")
"""The columns that name a stored file, in whatever table they stand."""


def file_columns() -> Iterator[tuple[Table, Column[Any]]]:
    """Các cột ghi mã tệp."""
    for table in Base.metadata.sorted_tables:
        yield from ((table, table.columns[name]) for name in FILE_COLUMNS if name in table.columns)
