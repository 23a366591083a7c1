"""Nâng cấp: what migrations change by plain SQL is told to the record, row by row."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Table, inspect, text

from campaign.audit import recorder, tables
from campaign.database import Points, revision_of
from campaign.proof import queries
from campaign.proof.rules import (
    BASELINE,
    EVERY_TABLE,
    Fault,
    Rows,
    changed_rows,
    upgrade_changes,
)

_AT_ONCE = 500
FINER_POINTS = "0046"
"""From this step on points are kept in ten-thousandths; hundredths before it."""


def raw_rows(connection: Connection) -> Rows:
    """Mọi bảng được ghi nhật ký as the database itself holds it, whatever its shape just now.

    Points alone are told in one measure before and after: to keep the same number in smaller parts
    changes nothing, and excuses no row that was altered.
    """
    factor = 1 if (revision_of(connection) or FINER_POINTS) >= FINER_POINTS else 100
    by_table: dict[str, dict[str, dict[str, Any]]] = {}
    seen = inspect(connection)
    present = set(seen.get_table_names())
    for table in tables.audited():
        if table.name in present:
            keys = seen.get_pk_constraint(table.name)["constrained_columns"]
            by_table[table.name] = _rows_in(connection, table, keys, factor)
    return by_table


def _rows_in(
    connection: Connection, table: Table, keys: Sequence[str], factor: int
) -> dict[str, dict[str, Any]]:
    """Of one table every row, by its key; what is points counts `factor` times."""
    names = {column.name: name for name, column in tables.columns_of(table).items()}
    factors = {column.name: factor for column in table.columns if isinstance(column.type, Points)}
    rows = connection.execute(text(f'SELECT * FROM "{table.name}"')).mappings()  # noqa: S608 - a table of ours
    return {
        "/".join(str(row[key]) for key in keys): {
            names.get(name, name): _told(value, factors.get(name, 1)) for name, value in row.items()
        }
        for row in rows
    }


def _told(value: Any, factor: int) -> Any:
    return value if factor == 1 or value is None else value * factor


def explain(connection: Connection, stood: Rows) -> int:
    """Ghi việc nâng cấp, against the rows as they stood before it; gives the changes."""
    changes = changes_since(connection, stood)
    for start in range(0, len(changes), _AT_ONCE):
        recorder.append(connection, changes[start : start + _AT_ONCE], act="record.upgrade")
    return len(changes)


def changes_since(connection: Connection, rows: Rows) -> list[dict[str, Any]]:
    """Điều nâng cấp đã đổi: only rows that it changed itself, so that it excuses no other."""
    entries: list[dict[str, Any]] = []
    now = raw_rows(connection)
    for table in tables.audited():
        after = now.get(table.name, {})
        changed = changed_rows(rows.get(table.name, {}), after)
        if changed.added or changed.removed or changed.touched:
            images = dict(queries.rows_of(connection, table))
            entries += upgrade_changes(table.name, changed, images, len(after))
    return entries


def baseline(connection: Connection, *, faults: int = 0, first: Fault | None = None) -> int:
    """Lập mốc đối chiếu: every row as it stands now; the replay starts from here and says so."""
    told = {"faults": faults, "first": first.text if first else ""}
    entries: list[dict[str, Any]] = [
        {"table": EVERY_TABLE, "key": BASELINE, "before": None, "after": told}
    ]
    count = 0
    for table in tables.audited():
        for key, values in queries.rows_of(connection, table):
            entries.append({"table": table.name, "key": key, "before": None, "after": values})
            count += 1
            if len(entries) >= _AT_ONCE:
                recorder.append(connection, entries, act="record.baseline")
                entries = []
    if entries:
        recorder.append(connection, entries, act="record.baseline")
    return count
