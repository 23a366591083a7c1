"""A start does what is needed and no more: nothing is prepared twice, nothing heavy is loaded."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from alembic.script import ScriptDirectory

from campaign.accounts import passwords
from campaign.cli import MIGRATIONS
from tools import readiness, serve

HEAVY = {
    "alembic",
    "authlib",
    "bagit",
    "cryptography",
    "docx",
    "docxtpl",
    "flask_migrate",
    "joserfc",
    "lxml",
    "pyotp",
    "python_calamine",
    "segno",
    "typst",
    "xlsxwriter",
}


@pytest.fixture
def instance(tmp_path):
    (tmp_path / "secret_key").write_text("x", encoding="ascii")
    with closing(sqlite3.connect(tmp_path / "ngonco.db")) as database:
        database.execute("CREATE TABLE alembic_version (version_num TEXT)")
        database.execute("INSERT INTO alembic_version VALUES (?)", [readiness.newest_revision()])
        database.commit()
    readiness.note(tmp_path, "Tài khoản")
    return tmp_path


def test_the_newest_revision_is_the_one_that_is_migrated_to():
    assert readiness.newest_revision() == ScriptDirectory(str(MIGRATIONS)).get_current_head()


def test_where_all_stands_as_it_was_prepared_the_same_is_told(instance):
    assert readiness.told(instance) == "Tài khoản"


def _older(instance):
    with closing(sqlite3.connect(instance / "ngonco.db")) as database:
        database.execute("UPDATE alembic_version SET version_num = '0001'")
        database.commit()


def _another_program(instance):
    known = json.loads((instance / "prepared").read_text(encoding="utf-8"))
    (instance / "prepared").write_text(json.dumps(known | {"program": "1 1"}), encoding="utf-8")


@pytest.mark.parametrize(
    "change",
    [
        _older,
        _another_program,
        lambda instance: (instance / "ngonco.db").unlink(),
        lambda instance: (instance / "secret_key").unlink(),
        lambda instance: (instance / "prepared").unlink(),
        lambda instance: (instance / "prepared").write_text("{", encoding="utf-8"),
    ],
)
def test_whatever_is_missing_or_older_is_prepared_again(instance, change):
    change(instance)
    assert readiness.told(instance) is None


def _mode(monkeypatch, tmp_path, demo, mode=None):
    monkeypatch.setenv("NGONCO_INSTANCE", str(tmp_path))
    monkeypatch.setenv("DEMO", demo)
    if mode is None:
        monkeypatch.delenv("NGONCO_MODE", raising=False)
    else:
        monkeypatch.setenv("NGONCO_MODE", mode)
    serve.choose_mode()
    told = os.environ["NGONCO_MODE"]
    return told, serve.instance().relative_to(tmp_path).as_posix()


@pytest.mark.parametrize(
    ("demo", "expected"),
    [("", ("demo", ".")), ("yes", ("demo", ".")), ("no", ("local", "office"))],
)
def test_without_the_demo_an_office_has_a_folder_of_its_own(monkeypatch, tmp_path, demo, expected):
    assert _mode(monkeypatch, tmp_path, demo) == expected


def test_no_demo_is_no_demo_whatever_the_mode_was(monkeypatch, tmp_path):
    assert _mode(monkeypatch, tmp_path, "NO", "demo") == ("local", "office")


SAID = """
from pathlib import Path
from tools import serve
serve.choose_mode()
words = serve.prepared()
print(words)
from campaign.accounts.models import User
from campaign.extensions import db
from campaign.honours.models import AwardType
from campaign.planning.models import Campaign
from wsgi import app
with app.app_context():
    people = [(user.user_name, user.is_demo, user.password_hash) for user in db.session.query(User)]
    print(people, db.session.query(Campaign).count(), db.session.query(AwardType).count() > 0)
    print(app.config["DEMO"], app.config["SQLALCHEMY_DATABASE_URI"], app.config["EVIDENCE_URL"])
print(serve.is_secret(words))
"""


def test_an_empty_instance_has_its_catalogue_and_one_link_that_is_kept_nowhere(tmp_path, ready):
    environment = {
        **{name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ},
        "DEMO": "no",
        "NGONCO_INSTANCE": str(tmp_path),
        "PORT": "8123",
        "PYTHONIOENCODING": "utf-8",
    }
    starts = [ready.do(b"", 300, environment, ["-c", SAID]) for _ in range(2)]
    assert [start.returncode for start in starts] == [0, 0]
    told = [start.stdout.decode().splitlines() for start in starts]
    first, second = (lines[1].strip() for lines in told)
    assert first.startswith("http://127.0.0.1:8123/account/link/")
    assert first != second
    assert told[0][2:] == [
        "[('quantri', False, None)] 0 True",
        f"False sqlite:///{tmp_path / 'office' / 'ngonco.db'} {tmp_path / 'office' / 'evidence'}",
        "True",
    ]
    assert [path.name for path in tmp_path.iterdir()] == ["office"]
    token = second.rpartition("/")[2].encode()
    assert [
        path.name
        for path in (tmp_path / "office").rglob("*")
        if path.is_file() and token in path.read_bytes()
    ] == []


def _tells_what_is_loaded(module):
    return ["-c", f"import sys, {module}; print(*sys.modules)"]


def _tops(said):
    """The packages that what was said is of."""
    return {name.partition(".")[0] for name in said.split()}


def _environment(instance):
    return {**os.environ, "NGONCO_MODE": "demo", "NGONCO_INSTANCE": str(instance)}


def test_the_application_is_loaded_without_what_only_papers_seals_and_migrations_need(
    instance, ready
):
    """Asked of a process that has loaded the application, and little beside it."""
    done = ready.do(b"", 300, _environment(instance), _tells_what_is_loaded("wsgi"))
    loaded = _tops(done.stdout.decode())
    assert ({"campaign", "wsgi"} <= loaded, loaded & HEAVY) == (True, set())


def test_what_is_prepared_already_is_found_out_without_the_application(instance):
    done = subprocess.run(  # noqa: S603 - our own arguments
        [sys.executable, *_tells_what_is_loaded("tools.serve")],
        cwd=readiness.ROOT,
        env=_environment(instance),
        capture_output=True,
        text=True,
        check=True,
    )
    assert _tops(done.stdout) & {"campaign", "flask", "sqlalchemy"} == set()


def test_the_hash_of_nobody_costs_what_the_hash_of_anybody_does():
    assert not passwords.is_outdated(passwords._NOBODY)
