"""The comparison runs beside the working system, fast, and after a move to the other database."""

import threading
import time

import pytest
from sqlalchemy import text

from campaign.archive.backup import backup
from campaign.archive.restore import restore
from campaign.demo.stages import Stage
from campaign.extensions import db
from campaign.proof import actions, checking
from tests import build
from tests.served import PATIENCE, is_within


@pytest.mark.both_databases
def test_people_write_while_it_reads_one_moment(app, monkeypatch):
    for _ in range(3):
        build.unit()
        db.session.commit()
    written, faults = [], []

    def write():
        with app.app_context():
            started = time.monotonic()
            build.unit()
            db.session.commit()
            written.append(time.monotonic() - started)

    def tell(words):
        if words == "đối chiếu bảng unit" and not written:
            writer = threading.Thread(target=write)
            writer.start()
            writer.join(PATIENCE)

    db.session.remove()
    finding = actions.verify(by_name="lệnh", tell=tell)
    faults += [fault.text for fault in finding.faults]
    assert (faults, finding.head.number, len(written)) == ([], 3, 1)
    assert is_within(5, written[0])
    assert db.session.scalar(text("SELECT max(number) FROM audit_entry")) == 4


def test_more_entries_are_checked_by_as_many_statements(app, count_queries):
    asked = []
    for places in (range(40), range(40, 400)):
        for place in places:
            build.unit(name=f"Đơn vị {place}")
            db.session.commit()
        db.session.remove()
        with count_queries() as seen:
            finding = checking.check()
        asked.append((finding.faults, finding.head.number >= len(places), len(seen)))
    assert asked == [([], True, asked[0][2])] * 2


@pytest.mark.parametrize("way", [("sqlite", "postgresql"), ("postgresql", "sqlite")])
def test_a_backup_restored_into_the_other_database_verifies_clean(databases, tmp_path, way):
    source, target = (databases(name) for name in way)
    with source.app.app_context():
        source.reset()
        source.app.config["DEMO"] = True
        source.tell(Stage.PUBLISHED)
        db.session.remove()
        taken = backup(tmp_path / "sao-luu.zip")
        source.app.config["DEMO"] = False
        db.session.remove()
        db.engine.dispose()
    with target.app.app_context():
        db.engine.dispose()
        target.reset()
        assert restore(tmp_path / "sao-luu.zip").head == taken.head
        finding = checking.check()
        assert ([fault.text for fault in finding.faults], finding.head.text) == ([], taken.head)
        db.session.remove()
        db.engine.dispose()
