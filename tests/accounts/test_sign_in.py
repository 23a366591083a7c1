"""Signing in."""

import time
from datetime import timedelta
from http import HTTPStatus

import pytest
from flask import session
from flask_login import current_user
from sqlalchemy import select

from campaign.accounts import actions, sessions
from campaign.accounts.models import EndedSession, User
from campaign.accounts.rules import FAILURES_PER_ACCOUNT
from campaign.core.permissions import Role
from campaign.extensions import db
from tests import build

PASSWORD = "mat-khau-cua-toi"  # noqa: S105 - a test's own


def _person():
    person = build.user(Role.SECRETARIAT, user_name="thuky")
    person.password_hash = actions.new_password_hash("thuky", PASSWORD)
    db.session.commit()
    return person


def _answer(client, page, name, password):
    answer = client.post("/account/sign-in", data={"user_name": name, "password": password})
    return answer.status_code, page(answer).all(".form-error, .alert, .invalid-feedback, [role=alert]")


def test_the_right_password_opens_the_task_list(app, client):
    _person()
    answer = client.post("/account/sign-in", data={"user_name": "ThuKy", "password": PASSWORD})
    assert answer.status_code == HTTPStatus.SEE_OTHER
    assert client.get("/home/").status_code == HTTPStatus.OK


def test_a_refused_sign_in_speaks_of_signing_in(app, client, page):
    _person()
    answer = page(client.post("/account/sign-in", data={"user_name": "thuky", "password": "sai-mat-khau"}))
    assert (answer.status, answer.one(".error-summary h2")) == (HTTPStatus.UNPROCESSABLE_ENTITY, "Chưa đăng nhập được")


def test_a_session_lasts_while_it_is_used_and_ends_after_the_idle_time(app, client, monkeypatch):
    monkeypatch.setitem(app.config, "PERMANENT_SESSION_LIFETIME", timedelta(minutes=120))
    _person()
    start = int(time.time())

    def answer_after(minutes):
        monkeypatch.setattr(time, "time", lambda: start + minutes * 60)
        return client.get("/home/").status_code

    client.post("/account/sign-in", data={"user_name": "thuky", "password": PASSWORD})
    assert [answer_after(minutes) for minutes in (90, 200, 310, 431)] == [200, 200, 200, HTTPStatus.SEE_OTHER]


def test_the_cookie_of_a_session_is_signed_anew_once_a_minute(app, client, monkeypatch):
    _person()
    client.post("/account/sign-in", data={"user_name": "thuky", "password": PASSWORD})
    client.get("/home/")
    now = int(time.time())
    monkeypatch.setattr(time, "time", lambda: now + 30)
    assert "Set-Cookie" not in client.get("/home/").headers
    monkeypatch.setattr(time, "time", lambda: now + 90)
    assert "Set-Cookie" in client.get("/home/").headers


def test_a_wrong_name_and_a_wrong_password_get_the_same_answer(app, client, page):
    _person()
    assert _answer(client, page, "thuky", "sai") == _answer(client, page, "khongco", "sai")


def test_too_many_failures_close_the_account_for_a_while_even_with_the_right_password(app, client):
    _person()
    for _ in range(FAILURES_PER_ACCOUNT):
        client.post("/account/sign-in", data={"user_name": "thuky", "password": "sai"})
    answer = client.post("/account/sign-in", data={"user_name": "thuky", "password": PASSWORD})
    assert answer.status_code != HTTPStatus.SEE_OTHER


def _fail(browser, times, address):
    for _ in range(times):
        browser.post("/account/sign-in", data={"user_name": "thuky", "password": "sai"}, environ_base={"REMOTE_ADDR": address})


def _signs_in(browser):
    return browser.post("/account/sign-in", data={"user_name": "thuky", "password": PASSWORD}).status_code == HTTPStatus.SEE_OTHER


def test_a_strangers_guesses_do_not_keep_out_whoever_signed_in_from_this_browser_before(app, client):
    _person()
    assert _signs_in(client)
    client.post("/account/sign-out")
    _fail(app.test_client(), FAILURES_PER_ACCOUNT, "203.0.113.9")
    assert not _signs_in(app.test_client())
    assert _signs_in(client)
    assert not _signs_in(app.test_client())


def test_a_known_browser_may_not_guess_for_ever_either(app, client):
    _person()
    assert _signs_in(client)
    client.post("/account/sign-out")
    _fail(client, FAILURES_PER_ACCOUNT, "127.0.0.1")
    assert not _signs_in(client)


def test_a_device_is_known_to_those_who_signed_in_there_and_only_by_this_sites_hand(app, client):
    _person()
    other = build.user(Role.ADMIN, user_name="quantri", password_hash=actions.new_password_hash("quantri", PASSWORD))
    db.session.commit()
    assert _signs_in(client)
    client.post("/account/sign-out")
    for _ in range(FAILURES_PER_ACCOUNT):
        client.post("/account/sign-in", data={"user_name": other.user_name, "password": "sai"})
    data = {"user_name": other.user_name, "password": PASSWORD}
    assert client.post("/account/sign-in", data=data).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    forged = app.test_client()
    forged.set_cookie("ngonco_device", "eyJkZXZpY2UiOiJ4IiwicGVvcGxlIjpbMSwyXX0.x.y", path="/account/sign-in")
    assert forged.post("/account/sign-in", data=data).status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_a_post_without_the_token_is_refused(app, client):
    _person()
    answer = client.post("/account/sign-in", data={"user_name": "thuky", "password": PASSWORD}, token=False)
    assert answer.status_code == HTTPStatus.UNAUTHORIZED


def test_the_terminal_creates_an_administrator_who_can_sign_in(app, client):
    made = app.test_cli_runner().invoke(
        args=["create-admin", "--user-name", "quantri", "--full-name", "Trần Thị Bình", "--password", PASSWORD])
    assert (made.exit_code, made.output) == (0, "Đã tạo quản trị viên “quantri”.\n")
    answer = client.post("/account/sign-in", data={"user_name": "quantri", "password": PASSWORD})
    assert answer.status_code == HTTPStatus.SEE_OTHER


def test_the_terminal_refuses_a_weak_password(app):
    made = app.test_cli_runner().invoke(
        args=["create-admin", "--user-name", "quantri", "--full-name", "Trần Thị Bình", "--password", "ngan"])
    assert (made.exit_code, made.output) == (1, "Mật khẩu cần ít nhất 10 ký tự.\n")


def test_the_user_of_a_request_keeps_his_rights_through_a_rollback_and_whatever_is_read_then(app):
    user = build.user(Role.SECRETARIAT, Role.ADMIN)
    db.session.commit()
    kept = user.get_id()
    db.session.remove()
    with app.test_request_context():
        session["_user_id"] = kept
        held = current_user.permissions
        db.session.rollback()
        db.session.scalars(select(User)).all()
        assert current_user.permissions == held


def _is_in(browser):
    return browser.get("/home/").status_code == HTTPStatus.OK


def _copy_of(browser, app):
    thief = app.test_client()
    thief.set_cookie("ngonco", browser.get_cookie("ngonco").value)
    return thief


@pytest.mark.both_databases
def test_a_copied_cookie_opens_nothing_after_signing_out_and_the_other_device_stays_signed_in(app, client):
    _person()
    phone = app.test_client()
    assert (_signs_in(client), _signs_in(phone)) == (True, True)
    thief = _copy_of(client, app)
    assert (_is_in(client), _is_in(thief), _is_in(phone)) == (True, True, True)
    client.post("/account/sign-out")
    assert (_is_in(client), _is_in(thief), _is_in(phone)) == (False, False, True)


def test_signing_out_of_a_session_begun_before_sessions_had_tokens_ends_all_of_them(app, sign_in):
    person = build.user(Role.SECRETARIAT)
    first, second = sign_in(person), sign_in(person)
    first.post("/account/sign-out")
    assert (_is_in(first), _is_in(second)) == (False, False)


def test_a_session_costs_one_query_and_what_can_no_longer_be_fresh_is_forgotten(app, count_queries):
    person, lifetime = build.user(Role.SECRETARIAT), timedelta(hours=2)
    actions.end_session(person, "a", lifetime=lifetime, now=build.NOW)
    actions.end_session(person, "a", lifetime=lifetime, now=build.NOW)
    actions.end_session(person, "b", lifetime=lifetime, now=build.NOW + 3 * lifetime)
    db.session.commit()
    with count_queries() as seen:
        assert [sessions.load_user(f"{person.get_id()}.{token}") for token in "ab"] == [person, None]
    assert (len([one for one in seen if one.startswith("SELECT")]), db.session.scalars(select(EndedSession.token)).all()) == (2, ["b"])
