"""A commit that is answered is on the disk."""

from sqlalchemy import text

from campaign.extensions import db

FULL = 2


def test_sqlite_syncs_its_log_at_every_commit(app):
    with db.engine.connect() as connection:
        assert connection.scalar(text("PRAGMA journal_mode")) == "wal"
        assert connection.scalar(text("PRAGMA synchronous")) == FULL
