"""A commit that is answered is on the disk."""

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from campaign import database
from campaign.extensions import db

FULL = 2


def test_sqlite_syncs_its_log_at_every_commit(app):
    with db.engine.connect() as connection:
        assert connection.scalar(text("PRAGMA journal_mode")) == "wal"
        assert connection.scalar(text("PRAGMA synchronous")) == FULL


def test_a_disk_that_could_only_be_read_is_written_again_by_the_next_who_comes(tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path / 'small.db'}")
    database.prepare(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE paper (id INTEGER PRIMARY KEY)")
        connection.exec_driver_sql("PRAGMA query_only=ON")  # what a read-only disk leaves behind
    with pytest.raises(OperationalError), engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO paper VALUES (1)")
    with engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO paper VALUES (1)")
