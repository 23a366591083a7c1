"""What one visitor holds is no other's: turns, passwords, and a database that another process
holds.
"""

import sqlite3
import threading
import time
from contextlib import closing

import pytest

from campaign import database
from campaign.accounts import passwords
from campaign.core.permissions import Role
from campaign.extensions import db
from campaign.web import turns
from tests import build
from tests.served import PATIENCE, is_within, until

PASSWORD = "mot-mat-khau-dai"  # noqa: S105 - of nobody


@pytest.fixture
def crowd():
    """Somebody else's password is being looked at, for as long as the test lasts."""
    with passwords._hashing:
        yield


def test_a_password_that_waits_too_long_is_answered_busy_and_to_be_sent_again(
    client, crowd, monkeypatch
):
    monkeypatch.setattr(passwords, "WAIT_SECONDS", 0.05)
    answer = client.post("/account/sign-in", data={"user_name": "can-bo", "password": PASSWORD})
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "Đang có nhiều người đăng nhập cùng lúc. Hãy thử lại sau giây lát." in answer.get_data(
        as_text=True
    )


def test_of_a_crowd_that_signs_in_so_many_wait_and_the_others_are_told_at_once(
    client, crowd, monkeypatch
):
    monkeypatch.setattr(passwords, "_waiting", threading.Semaphore(0))
    monkeypatch.setattr(passwords, "WAIT_SECONDS", 60)
    began = time.monotonic()
    answer = client.post("/account/sign-in", data={"user_name": "can-bo", "password": PASSWORD})
    assert (answer.status_code, time.monotonic() - began < passwords.WAIT_SECONDS / 2) == (
        503,
        True,
    )


def test_whoever_waits_for_his_password_holds_no_turn_of_those_who_read(app, crowd):
    def sign_in():
        with app.app_context():
            app.test_client().post(
                "/account/sign-in", data={"user_name": "can-bo", "password": PASSWORD}
            )

    taken = passwords._waiting._value
    waiting = [threading.Thread(target=sign_in) for _ in range(turns.WORKS + 1)]
    try:
        for thread in waiting:
            thread.start()
        until(
            lambda: passwords._waiting._value == taken - len(waiting), PATIENCE, "they do not wait"
        )
        assert app.wsgi_app.app._acts.free == turns.WORKS
        assert app.test_client().get("/").status_code == 200
    finally:
        passwords._hashing.release()
        for thread in waiting:
            thread.join()
        passwords._hashing.acquire()


def test_where_all_turns_are_taken_a_page_is_answered_busy_and_asks_again_itself(
    app, client, monkeypatch
):
    monkeypatch.setattr(turns, "WAIT_SECONDS", 0.05)
    for _ in range(turns.WORKS):
        app.wsgi_app.app._works.acquire()
    try:
        answer = client.get("/")
    finally:
        for _ in range(turns.WORKS):
            app.wsgi_app.app._works.release()
    text = answer.get_data(as_text=True)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "Đang có nhiều người dùng cùng lúc." in text
    assert '<meta http-equiv="refresh" content="5">' in text
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_whoever_queues_for_the_lock_of_sqlite_holds_no_turn(app, client, monkeypatch):
    take_the_lock, free = database._begin_writing, []

    def begin_writing(connection):
        free.append(app.wsgi_app.app._acts.free)
        take_the_lock(connection)

    db.session.commit()
    client.csrf_token()
    monkeypatch.setattr(database, "_begin_writing", begin_writing)
    client.post("/account/sign-in", data={"user_name": "can-bo", "password": PASSWORD})
    assert set(free) == {turns.WORKS}
    assert app.wsgi_app.app._acts.free == turns.WORKS


def test_whoever_only_looks_does_not_wait_for_those_who_write(app, client, monkeypatch):
    monkeypatch.setattr(turns, "WAIT_SECONDS", 0.05)
    for _ in range(turns.WORKS):
        app.wsgi_app.app._acts.acquire()
    try:
        looked, acted = client.get("/"), client.post("/account/sign-in", data={"user_name": "a"})
    finally:
        for _ in range(turns.WORKS):
            app.wsgi_app.app._acts.release()
    assert (looked.status_code, acted.status_code) == (200, 503)


def test_a_worker_has_threads_for_all_who_have_a_turn_and_all_who_wait_for_a_password():
    assert passwords.WAITING + 1 + 2 * turns.WORKS < turns.THREADS


def test_a_reader_waits_two_seconds_for_a_database_that_another_process_holds_and_asks_again(
    app, databases
):
    file = databases("sqlite").file
    build.user(Role.SECRETARIAT)
    db.session.commit()
    db.session.remove()
    db.engine.dispose()
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode=EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        other.execute("UPDATE user_account SET position = 'x'")
        began = time.monotonic()
        with app.app_context():
            answer = app.test_client().get("/")
        took = time.monotonic() - began
        other.execute("ROLLBACK")
    assert answer.status_code == 503
    assert '<meta http-equiv="refresh" content="5">' in answer.get_data(as_text=True)
    assert is_within(4, took)
