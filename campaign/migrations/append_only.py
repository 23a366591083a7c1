"""Chỉ ghi thêm: the triggers by which a database refuses to change or remove rows of a table."""

from alembic import op


def guard(table: str) -> None:
    """Let the database refuse; a table that SQLite has rebuilt needs it anew."""
    for statement in _GUARDS[op.get_bind().dialect.name]:
        op.execute(statement.format(table=table))


def unguard(table: str) -> None:
    """Let the database allow it again, as before the table is rebuilt or dropped."""
    for statement in _WITHOUT[op.get_bind().dialect.name]:
        op.execute(statement.format(table=table))


_GUARDS = {
    "sqlite": tuple(
        f"CREATE TRIGGER {{table}}_no_{verb.lower()} BEFORE {verb} ON {{table}} "
        "BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        for verb in ("UPDATE", "DELETE")
    ),
    "postgresql": (
        "CREATE OR REPLACE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$",
        "CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION {table}_append_only()",
    ),
}
_WITHOUT = {
    "sqlite": tuple(f"DROP TRIGGER {{table}}_no_{verb}" for verb in ("update", "delete")),
    "postgresql": (
        "DROP TRIGGER {table}_append_only ON {table}",
        "DROP FUNCTION {table}_append_only()",
    ),
}
