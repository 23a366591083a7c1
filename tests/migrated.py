"""Databases as migrations find and leave them: empty, brought from an older program, and their
shape told so that two can be compared.
"""

import lzma
import re
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, inspect, text

from campaign.extensions import db

OLD = Path(__file__).parent / "database" / "old"
"""Copies that older programs made, told as far as the published results of the demo."""


def clear() -> None:
    """Leave no table in the database of the test."""
    db.session.remove()
    db.engine.dispose()
    if db.engine.dialect.name == "sqlite":
        for suffix in ("", "-wal", "-shm"):
            Path(f"{db.engine.url.database}{suffix}").unlink(missing_ok=True)
        return
    with db.engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))


def bring(revision: str) -> None:
    """Put the copy made at `revision` in place of what the database holds."""
    clear()
    if db.engine.dialect.name == "sqlite":
        held = lzma.decompress((OLD / f"{revision}.sqlite.xz").read_bytes())
        Path(str(db.engine.url.database)).write_bytes(held)
        return
    told = lzma.decompress((OLD / f"{revision}.postgresql.sql.xz").read_bytes()).decode()
    connection = db.engine.raw_connection()
    with closing(connection):
        connection.cursor().execute(told)
        connection.commit()
    db.engine.dispose()


_CASTS = frozenset({"any", "array", "character", "in", "text", "varying"})
"""Words that PostgreSQL writes into a rule or leaves out, the rule being the same."""


def shape(connection: Connection) -> dict[str, dict[str, Any]]:
    """Table → columns, keys, rules, indexes and triggers, in no order that means anything."""
    seen = inspect(connection)
    primary, foreign = seen.get_multi_pk_constraint(), seen.get_multi_foreign_keys()
    unique, checks = seen.get_multi_unique_constraints(), seen.get_multi_check_constraints()
    indexes, told = seen.get_multi_indexes(), {}
    for key, columns in seen.get_multi_columns().items():
        name = key[1]
        told[name] = {
            "columns": {(row["name"], str(row["type"]), row["nullable"]) for row in columns},
            "primary key": tuple(primary[key]["constrained_columns"]),
            "foreign keys": {
                (
                    row["name"],
                    *row["constrained_columns"],
                    row["referred_table"],
                    *row["referred_columns"],
                    row["options"].get("ondelete"),
                )
                for row in foreign[key]
            },
            "unique": {(row["name"], *row["column_names"]) for row in unique[key]},
            "checks": {
                (row["name"], *sorted(set(re.findall(r"\w+", row["sqltext"].lower())) - _CASTS))
                for row in checks[key]
            },
            "indexes": {
                (
                    row["name"],
                    *row["column_names"],
                    bool(row["unique"]),
                    *map(str, row.get("dialect_options", {}).values()),
                )
                for row in indexes[key]
            },
            "triggers": _triggers(connection, name),
        }
    told.pop("alembic_version", None)
    return told


_TRIGGERS = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :name",
    "postgresql": "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger"
    " WHERE tgrelid = CAST(:name AS regclass) AND NOT tgisinternal",
}


def _triggers(connection: Connection, table: str) -> set[tuple[str, str]]:
    statement = text(_TRIGGERS[connection.dialect.name])
    return {(name, sql) for name, sql in connection.execute(statement, {"name": table})}


def cells(connection: Connection) -> dict[str, list[dict[str, str]]]:
    """Table → its rows as the database itself gives them, in words."""
    told = {}
    for name in sorted(inspect(connection).get_table_names()):
        rows = connection.execute(text(f'SELECT * FROM "{name}"')).mappings()  # noqa: S608 - of ours
        told[name] = sorted(
            ({column: str(row[column]) for column in sorted(row)} for row in rows),
            key=lambda row: (row.get("id", ""), *row.values()),
        )
    return told
