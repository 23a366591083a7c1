"""Migrations stand in one row: each has a number of its own and follows the one before it; the
baseline has that of the last step it stands for.
"""

import ast
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
    assert row == [f"{number:04}" for number in range(39, 39 + len(row))]
    assert sorted(path.name[:4] for path in (VERSIONS / "versions").glob("[0-9]*.py")) == row


def test_steps_import_nothing_of_the_program_that_may_change_after_them():
    files = [*(VERSIONS / "versions").glob("*.py"), *(VERSIONS / "baseline").glob("*.py")]
    named = {
        node.module or ""
        for file in [*files, VERSIONS / "append_only.py"]
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom)
    } | {
        name.name
        for file in files
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Import)
        for name in node.names
    }
    assert {
        name
        for name in named
        if name.partition(".")[0] in {"campaign", "guarded", "tools", "config"}
        and not name.startswith("campaign.migrations")
    } == set()
