"""A store that is not mounted, and a disk that is full: a sentence, nothing half, and nothing made
anew.
"""

import io
import os
import shutil
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from campaign.extensions import db
from campaign.files import storage
from campaign.reporting.models import Evidence
from tests.served import begin_with
from tests.worlds import World

AWAY = (
    "Kho tệp chưa được gắn vào máy chủ nên chưa đọc, chưa ghi được tệp nào. Hãy báo quản trị "
    "hệ thống."
)
PDF = b"%PDF-1.7 minh chung"


@pytest.fixture
def world():
    return World(due_on=date(2099, 1, 1), locks_on=date(2099, 1, 2))


@pytest.fixture
def officer(world, sign_in):
    """At the report with one file attached: browser and address of the report."""
    browser = sign_in(world.officer)
    at = f"/campaigns/{world.campaign.id}/reports/{world.report.id}"
    browser.post(f"{at}/evidence", data={"file": (io.BytesIO(PDF), "a.pdf")})
    return browser, at


def _unmount(app):
    """The folder as it looks while the disk that was mounted on it is away."""
    folder = Path(app.config["EVIDENCE_URL"])
    shutil.rmtree(folder)
    folder.mkdir()
    return folder


def test_a_store_that_is_not_mounted_is_noticed_and_not_made_anew(app, officer):
    browser, at = officer
    row = db.session.scalars(select(Evidence)).one()
    place = f"{at.rpartition('/')[0]}/evidence/{row.id}"
    assert browser.get(place).get_data() == PDF
    folder = _unmount(app)
    answer = browser.get(place)
    assert (answer.status_code, AWAY in answer.get_data(as_text=True)) == (409, True)
    refused = browser.post(
        f"{at}/evidence", data={"file": (io.BytesIO(PDF), "b.pdf")}, follow_redirects=True
    )
    assert AWAY in refused.get_data(as_text=True)
    assert [len(db.session.scalars(select(Evidence)).all()), *folder.iterdir()] == [1]
    result = app.test_cli_runner().invoke(args=["backup", str(folder.parent / "sao-luu.zip")])
    assert (result.exit_code, result.output) == (1, f"{AWAY}\n")
    assert not list(folder.parent.glob("sao-luu.zip*"))


def test_a_store_from_before_it_was_marked_goes_on(app, officer):
    browser, at = officer
    Path(app.config["EVIDENCE_URL"], storage.MARK).rmdir()
    row = db.session.scalars(select(Evidence)).one()
    assert browser.get(f"{at.rpartition('/')[0]}/evidence/{row.id}").get_data() == PDF
    browser.post(f"{at}/evidence", data={"file": (io.BytesIO(PDF), "b.pdf")})
    assert Path(app.config["EVIDENCE_URL"], storage.MARK).is_dir()


def test_a_single_file_that_is_gone_is_said_as_it_is(app, officer):
    browser, at = officer
    row = db.session.scalars(select(Evidence)).one()
    Path(app.config["EVIDENCE_URL"], row.storage_key[:2], row.storage_key).unlink()
    answer = browser.get(f"{at.rpartition('/')[0]}/evidence/{row.id}")
    assert answer.status_code == 404
    assert "Kho tệp không còn tệp này. Hãy báo quản trị hệ thống." in answer.get_data(as_text=True)


IN_LITTLE_ROOM = """
import resource, sys
from flask.cli import main
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
sys.argv[0] = "flask"
main()
"""


def test_a_backup_that_finds_no_room_ends_in_one_sentence_and_leaves_nothing(
    migrated, ready, tmp_path
):
    inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    environment = {
        **inherited,
        "FLASK_APP": "wsgi",
        "SECRET_KEY": "x",
        "PUBLIC_URL": "http://127.0.0.1",
        "PYTHONIOENCODING": "utf-8",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'data.db'}",
        "EVIDENCE_URL": str(tmp_path / "files"),
        "BALLOT_KEYS": str(tmp_path / "keys"),
        "PACKAGES": str(tmp_path / "packages"),
        "NGONCO_INSTANCE": str(tmp_path),
    }

    begin_with(migrated, tmp_path)
    with closing(sqlite3.connect(tmp_path / "data.db")) as connection, connection:
        connection.executemany(
            "INSERT INTO failed_sign_in (user_name, address, device, at) VALUES (?, '', '', "
            "'2021-01-01 00:00:00')",
            [(os.urandom(500).hex(),) for _ in range(400)],
        )
    words = ["-c", IN_LITTLE_ROOM, "backup", str(tmp_path / "sao-luu.zip")]
    done = ready.do(b"", 300, environment, words)
    assert (done.returncode, done.stdout, done.stderr.decode()) == (
        1,
        b"",
        "Không đọc hoặc ghi được tệp: tệp quá lớn.\n",
    )
    assert not list(tmp_path.glob("sao-luu.zip*"))
