"""What `make run` has prepared already: by this very program, in a database of its own that stands
at the newest revision, nothing is left to do, and the program need not be loaded to find that out.
"""

import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = ("campaign", "guarded", "tools", "config.py", "wsgi.py", "requirements.txt")
_REVISION = re.compile(r"^(revision|down_revision) = \"(\w+)\"", re.MULTILINE)


def newest_revision() -> str:
    """The revision that no other one follows."""
    revisions: set[str] = set()
    followed: set[str] = set()
    for file in (ROOT / "campaign" / "migrations" / "versions").glob("*.py"):
        for name, number in _REVISION.findall(file.read_text(encoding="utf-8")):
            (revisions if name == "revision" else followed).add(number)
    (newest,) = revisions - followed
    return newest


def revision_of(database: Path) -> str:
    """Where the database in this file stands; empty where it stands nowhere."""
    try:
        with closing(
            sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)
        ) as connection:
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.Error:
        return ""
    return str(row[0]) if row else ""


def program() -> str:
    """How many files the program has, and when the last of them was changed: none is read."""
    files = [
        file
        for name in PROGRAM
        for file in ((ROOT / name).rglob("*.py") if (ROOT / name).is_dir() else [ROOT / name])
    ]
    return f"{len(files)} {max(file.stat().st_mtime_ns for file in files)}"


def told(instance: Path) -> str | None:
    """What was said when all this was prepared; None where something is to be prepared."""
    try:
        known = json.loads((instance / "prepared").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if not (instance / "secret_key").exists() or known["program"] != program():
        return None
    if revision_of(instance / "ngonco.db") != newest_revision():
        return None
    return str(known["told"])


def note(instance: Path, words: str) -> None:
    """All is prepared, and these words were said."""
    known = {"program": program(), "told": words}
    (instance / "prepared").write_text(json.dumps(known, ensure_ascii=False), encoding="utf-8")
