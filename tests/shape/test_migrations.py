"""Migrations stand in one row: each has a number of its own and follows the one before it."""

from pathlib import Path

from alembic.config import Config
from alembic.script import ScriptDirectory

VERSIONS = Path(__file__).parents[2] / "campaign" / "migrations"


def test_each_migration_has_its_own_number_and_follows_the_one_before():
    settings = Config()
    settings.set_main_option("script_location", str(VERSIONS))
    row = [
        step.revision
        for step in reversed(list(ScriptDirectory.from_config(settings).walk_revisions()))
    ]
    assert row == [f"{number:04}" for number in range(1, len(row) + 1)]
    assert sorted(path.name[:4] for path in (VERSIONS / "versions").glob("[0-9]*.py")) == row
