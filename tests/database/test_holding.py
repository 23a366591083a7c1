"""An upgrade is alone with the tables of PostgreSQL, whoever reads them when it begins."""

import threading

import pytest
from sqlalchemy import text

from campaign.database import hold_every_table
from campaign.extensions import db
from tests.served import until

pytestmark = pytest.mark.both_databases

_WAITS = text("SELECT count(*) FROM pg_locks WHERE NOT granted")


def test_whoever_holds_one_table_and_asks_for_another_is_no_end_of_an_upgrade(app):
    """Tables are taken by name: the reader holds a late one, then asks for an early one."""
    if db.engine.dialect.name == "sqlite":
        with db.engine.connect() as upgrading:
            hold_every_table(upgrading)
        return
    held, may_end = threading.Event(), threading.Event()

    def upgrade(engine):
        with engine.begin() as upgrading:
            hold_every_table(upgrading)
            held.set()
            may_end.wait()

    with db.engine.connect() as reader, db.engine.connect() as watcher:
        reader.execute(text("SELECT count(*) FROM verified_value"))
        upgrading = threading.Thread(target=upgrade, args=(db.engine,))
        upgrading.start()
        until(lambda: watcher.scalar(_WAITS), 20, "nobody waits")
        assert reader.scalar(text("SELECT count(*) FROM audit_entry")) == 0
        assert not held.is_set()
        reader.rollback()
        assert held.wait(20)
        reader.execute(text("SET lock_timeout = '50ms'"))
        with pytest.raises(Exception, match="lock timeout"):
            reader.execute(text("SELECT count(*) FROM audit_entry"))
        reader.rollback()
        may_end.set()
        upgrading.join()
        assert reader.scalar(text("SELECT count(*) FROM audit_entry")) == 0
