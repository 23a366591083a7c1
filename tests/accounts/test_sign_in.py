"""Signing in."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from http import HTTPStatus

import pytest
from flask import session
from flask_login import current_user
from sqlalchemy import func, select

from campaign.accounts import actions, devices, sessions
from campaign.accounts.models import EndedSession, FailedSignIn, User
from campaign.accounts.rules import Failures, seconds_to_wait
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
    return answer.status_code, page(answer).all(
        ".form-error, .alert, .invalid-feedback, [role=alert]"
    )


def test_the_right_password_opens_the_task_list(app, client):
    _person()
    answer = client.post("/account/sign-in", data={"user_name": "ThuKy", "password": PASSWORD})
    assert answer.status_code == HTTPStatus.SEE_OTHER
    assert client.get("/home/").status_code == HTTPStatus.OK


@pytest.mark.parametrize("place", ["https://[", "//kia.example/", "javascript:alert(1)"])
def test_from_a_way_back_that_is_not_ours_one_comes_to_the_task_list(app, client, place):
    _person()
    answer = client.post(
        "/account/sign-in",
        query_string={"next": place},
        data={"user_name": "thuky", "password": PASSWORD},
    )
    assert (answer.status_code, answer.location) == (HTTPStatus.SEE_OTHER, "/home/")


def test_a_refused_sign_in_speaks_of_signing_in(app, client, page):
    _person()
    answer = page(
        client.post("/account/sign-in", data={"user_name": "thuky", "password": "sai-mat-khau"})
    )
    assert (answer.status, answer.one(".error-summary h2")) == (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "Chưa đăng nhập được",
    )


def test_a_session_lasts_while_it_is_used_and_ends_after_the_idle_time(app, client, monkeypatch):
    monkeypatch.setitem(app.config, "PERMANENT_SESSION_LIFETIME", timedelta(minutes=120))
    _person()
    start = int(time.time())

    def answer_after(minutes):
        monkeypatch.setattr(time, "time", lambda: start + minutes * 60)
        return client.get("/home/").status_code

    client.post("/account/sign-in", data={"user_name": "thuky", "password": PASSWORD})
    assert [answer_after(minutes) for minutes in (90, 200, 310, 431)] == [
        200,
        200,
        200,
        HTTPStatus.SEE_OTHER,
    ]


def test_the_cookie_of_a_session_is_signed_anew_once_a_minute(app, client, monkeypatch):
    _person()
    client.post("/account/sign-in", data={"user_name": "thuky", "password": PASSWORD})
    client.get("/home/")
    now = int(time.time())
    monkeypatch.setattr(time, "time", lambda: now + 30)
    assert "Set-Cookie" not in client.get("/home/").headers
    monkeypatch.setattr(time, "time", lambda: now + 90)
    assert "Set-Cookie" in client.get("/home/").headers


@pytest.mark.parametrize(
    ("minutes", "status"), [(-1, 200), (-119, 200), (-121, HTTPStatus.SEE_OTHER)]
)
def test_a_clock_that_is_set_back_ends_no_session_that_is_within_its_time(
    app, client, monkeypatch, minutes, status
):
    monkeypatch.setitem(app.config, "PERMANENT_SESSION_LIFETIME", timedelta(minutes=120))
    _person()
    start = int(time.time())
    monkeypatch.setattr(time, "time", lambda: start)
    client.post("/account/sign-in", data={"user_name": "thuky", "password": PASSWORD})
    monkeypatch.setattr(time, "time", lambda: start + minutes * 60)
    answer = client.get("/home/")
    assert answer.status_code == status
    assert ("Set-Cookie" in answer.headers) is (status == HTTPStatus.OK)  # signed anew by it


def test_nobody_waits_for_what_a_clock_wrote_that_was_a_year_ahead(app, client):
    _person()
    _fail(client, 9, "203.0.113.9")
    for row in db.session.scalars(select(FailedSignIn)):
        row.at += timedelta(days=365)
    db.session.commit()
    assert _signs_in(client)


def test_a_wrong_name_and_a_wrong_password_get_the_same_answer(app, client, page):
    _person()
    assert _answer(client, page, "thuky", "sai") == _answer(client, page, "khongco", "sai")


def test_each_wrong_password_of_a_browser_makes_it_wait_longer(app):
    def seconds(failures):
        return seconds_to_wait(Failures(failures, build.NOW), Failures(), Failures(), now=build.NOW)

    assert [seconds(count) for count in (0, 2, 3, 4, 5, 9, 10, 11, 1000)] == [
        0,
        0,
        2,
        4,
        8,
        128,
        256,
        300,
        300,
    ]


def test_an_address_waits_less_and_later():
    def seconds(failures):
        return seconds_to_wait(Failures(), Failures(failures, build.NOW), Failures(), now=build.NOW)

    assert [seconds(count) for count in (59, 60, 61, 62, 63, 1000)] == [0, 2, 4, 8, 15, 15]
    assert seconds_to_wait(Failures(), Failures(), Failures(200, build.NOW), now=build.NOW) == 2
    later = build.NOW + timedelta(seconds=16)
    assert seconds_to_wait(Failures(), Failures(1000, build.NOW), Failures(), now=later) == 0


def test_a_browser_that_guesses_is_told_how_long_it_waits(app, client, page):
    _person()
    _fail(client, 4, "203.0.113.9")
    answer = _answer(client, page, "thuky", PASSWORD)
    assert answer[0] == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Đã nhập sai nhiều lần ở trình duyệt này. Hãy thử lại sau" in " ".join(answer[1])


@pytest.mark.both_databases
def test_wrong_passwords_sent_at_once_are_counted_one_by_one(app, client):
    _person()
    _fail(client, 1, "203.0.113.9")
    cookie = client.get_cookie("ngonco_device", path="/account").value

    def guess(_number):
        browser = app.test_client()
        browser.set_cookie("ngonco_device", cookie, path="/account")
        with app.app_context():
            return _signs_in_with(browser, "sai-mat-khau-khac")

    with ThreadPoolExecutor(8) as pool:
        texts = list(pool.map(guess, range(8)))
    db.session.expire_all()
    assert sum("không đúng" in text for text in texts) == 2
    assert sum("Hãy thử lại sau" in text for text in texts) == 6
    assert db.session.scalar(select(func.count()).select_from(FailedSignIn)) == 3


def _signs_in_with(browser, password):
    return browser.post(
        "/account/sign-in",
        data={"user_name": "thuky", "password": password},
        environ_base={"REMOTE_ADDR": "203.0.113.9"},
    ).get_data(as_text=True)


def test_an_administrator_helps_at_once(app, client, sign_in):
    person = _person()
    _fail(client, 6, "127.0.0.1")
    assert not _signs_in(client)
    assert (
        sign_in(build.user(Role.UNIT_HEAD, at=build.unit()))
        .post(f"/account/users/{person.id}/forgive")
        .status_code
        == HTTPStatus.FORBIDDEN
    )
    assert not _signs_in(client)
    sign_in(build.user(Role.ADMIN)).post(f"/account/users/{person.id}/forgive")
    assert _signs_in(client)


def test_guessing_ones_own_password_waits_too(app, sign_in, page):
    browser = sign_in(_person())
    data = {
        "current_password": "sai",
        "new_password": "mat-khau-moi-2026",
        "repeat_password": "mat-khau-moi-2026",
    }
    for _ in range(3):
        assert "Mật khẩu hiện tại không đúng." in browser.post(
            "/account/change-password", data=data
        ).get_data(as_text=True)
    answer = browser.post("/account/change-password", data=data | {"current_password": PASSWORD})
    assert "Hãy thử lại sau" in answer.get_data(as_text=True)


def _fail(browser, times, address):
    for _ in range(times):
        browser.post(
            "/account/sign-in",
            data={"user_name": "thuky", "password": "sai"},
            environ_base={"REMOTE_ADDR": address},
        )


def _signs_in(browser):
    return (
        browser.post(
            "/account/sign-in", data={"user_name": "thuky", "password": PASSWORD}
        ).status_code
        == HTTPStatus.SEE_OTHER
    )


@pytest.mark.both_databases
def test_a_strangers_guesses_keep_nobody_out_of_a_known_browser_nor_of_a_new_one(app, client):
    _person()
    assert _signs_in(client)
    client.post("/account/sign-out")
    for address in ("203.0.113.9", "127.0.0.1"):
        _fail(app.test_client(), 5, address)
        for _ in range(5):
            _fail(app.test_client(), 1, address)
    assert _signs_in(client)
    assert _signs_in(app.test_client())


def test_a_known_browser_may_not_guess_for_ever_either(app, client):
    _person()
    assert _signs_in(client)
    client.post("/account/sign-out")
    _fail(client, 4, "127.0.0.1")
    assert not _signs_in(client)


def test_a_strangers_address_waits_though_its_browser_keeps_no_cookie(app, client):
    _person()
    assert _signs_in(client)
    client.post("/account/sign-out")
    for number in range(60):
        db.session.add(
            FailedSignIn(
                user_name="thuky",
                address="127.0.0.1",
                device=f"device:{number}",
                at=datetime.now(UTC),
            )
        )
    assert not _signs_in(app.test_client())
    assert _signs_in(client)


def test_a_device_is_known_only_by_this_sites_hand(app, client):
    _person()
    _fail(client, 4, "127.0.0.1")
    forged = app.test_client()
    forged.set_cookie(
        "ngonco_device", "eyJkZXZpY2UiOiJ4IiwicGVvcGxlIjpbMSwyXX0.x.y", path="/account"
    )
    with app.test_request_context(
        headers={"Cookie": "ngonco_device=eyJkZXZpY2UiOiJ4IiwicGVvcGxlIjpbMSwyXX0.x.y"}
    ):
        assert not devices.is_known(1)
    assert not _signs_in(client)


def test_a_post_without_the_token_is_refused(app, client):
    _person()
    answer = client.post(
        "/account/sign-in", data={"user_name": "thuky", "password": PASSWORD}, token=False
    )
    assert answer.status_code == HTTPStatus.UNAUTHORIZED


def test_the_terminal_creates_an_administrator_who_can_sign_in(app, client):
    made = app.test_cli_runner().invoke(
        args=[
            "create-admin",
            "--user-name",
            "quantri",
            "--full-name",
            "Trần Thị Bình",
            "--password",
            PASSWORD,
        ]
    )
    assert (made.exit_code, made.output) == (0, "Đã tạo quản trị viên “quantri”.\n")
    answer = client.post("/account/sign-in", data={"user_name": "quantri", "password": PASSWORD})
    assert answer.status_code == HTTPStatus.SEE_OTHER


def test_the_terminal_refuses_a_weak_password(app):
    made = app.test_cli_runner().invoke(
        args=[
            "create-admin",
            "--user-name",
            "quantri",
            "--full-name",
            "Trần Thị Bình",
            "--password",
            "ngan",
        ]
    )
    assert (made.exit_code, made.output) == (1, "Mật khẩu cần ít nhất 10 ký tự.\n")


def test_the_user_of_a_request_keeps_his_rights_through_a_rollback_and_whatever_is_read_then(app):
    user = build.user(Role.SECRETARIAT, Role.ADMIN)
    db.session.commit()
    session_id = user.get_id()
    db.session.remove()
    with app.test_request_context():
        session["_user_id"] = session_id
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
def test_a_copied_cookie_opens_nothing_after_signing_out_and_the_other_device_stays_signed_in(
    app, client
):
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
        assert [sessions.load_user(f"{person.get_id()}.{token}") for token in "ab"] == [
            person,
            None,
        ]
    assert (
        len([statement for statement in seen if statement.startswith("SELECT")]),
        db.session.scalars(select(EndedSession.token)).all(),
    ) == (2, ["b"])
