"""Keys of tables: what refers to another row is found by an index."""

from sqlalchemy import Table, UniqueConstraint

from campaign.extensions import db


def _leading(table: Table) -> set[str]:
    """The columns by which alone rows of `table` are found at once; a partial index finds not
    all.
    """
    keys = [row for row in table.constraints if isinstance(row, UniqueConstraint)]
    indexes = [row for row in table.indexes if row.dialect_options["sqlite"]["where"] is None]
    return {next(iter(row.columns)).name for row in (table.primary_key, *keys, *indexes)}


def test_every_foreign_key_leads_an_index_or_a_unique_key():
    missing = {
        f"{table.name}.{key.columns[0].name}"
        for table in db.metadata.tables.values()
        for key in table.foreign_key_constraints
        if key.columns[0].name not in _leading(table)
    }
    assert missing == set()
