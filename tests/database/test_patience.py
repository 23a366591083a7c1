"""A lock that somebody holds is waited for so long and no longer, and no bound outlives its
transaction.
"""

import time
from datetime import date
from http import HTTPStatus

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from campaign import database
from campaign.extensions import db
from tests.worlds import World

pytestmark = pytest.mark.both_databases

BUSY = "Hệ thống đang bận. Hãy thử lại sau giây lát."
_BOUNDS = ("lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout")


def test_whoever_meets_a_lock_is_told_so_before_long(app, sign_in, monkeypatch):
    monkeypatch.setattr(database, "BUSY_TIMEOUT_MS", 200)
    world = World(due_on=date(2099, 1, 1), locks_on=date(2099, 1, 2))
    browser, cell = sign_in(world.officer), f"s:{world.criterion.id}:points"
    address = f"/campaigns/{world.campaign.id}/reports/{world.report.id}/fields"

    def save():
        return browser.post(
            address,
            data={"field": cell, "value": "1", "base": ""},
            headers={"Accept": "application/json"},
        )

    db.session.commit()
    with db.engine.connect() as other:
        assert database.writing.get()  # so that on SQLite the lock is taken at once
        other.begin()
        if db.engine.dialect.name == "postgresql":
            other.execute(text("LOCK TABLE self_score IN EXCLUSIVE MODE"))
        refused = save()
    assert (refused.status_code, refused.get_json()["error"]) == (
        HTTPStatus.SERVICE_UNAVAILABLE,
        BUSY,
    )
    assert save().status_code == HTTPStatus.OK


def _bounds(connection):
    return tuple(connection.scalar(text(f"SHOW {name}")) for name in _BOUNDS)


def test_no_bound_of_postgresql_outlives_its_transaction(app):
    """A pool of connections hands them on from one transaction to another."""
    if db.engine.dialect.name == "sqlite":
        return
    with db.engine.connect() as connection:
        assert _bounds(connection) == ("10s", "0", "0")
        connection.commit()
        database.is_awaited.set(True)
        database.writing.set(False)
        assert _bounds(connection) == ("2s", "1min", "1min")
        connection.rollback()
        raw = connection.connection.driver_connection
        raw.autocommit = True
        assert [raw.execute(f"SHOW {name}").fetchone()[0] for name in _BOUNDS] == ["0", "0", "0"]
        raw.autocommit = False


def test_whoever_is_silent_in_a_transaction_holds_nobody_and_the_page_says_so(app, monkeypatch):
    if db.engine.dialect.name == "sqlite":
        return
    monkeypatch.setattr(database, "ANSWER_TIMEOUT_MS", 50)
    database.is_awaited.set(True)
    with db.engine.connect() as connection:
        connection.execute(text("SELECT 1"))
        time.sleep(0.5)
        with pytest.raises(DBAPIError) as fault:
            connection.execute(text("SELECT 1"))
    with app.test_request_context(headers={"Accept": "application/json"}):
        answer = app.make_response(app.handle_user_exception(fault.value))
    assert (answer.status_code, answer.get_json()["error"]) == (
        HTTPStatus.SERVICE_UNAVAILABLE,
        BUSY,
    )
