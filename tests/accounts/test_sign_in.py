"""Signing in."""

from http import HTTPStatus

from campaign.accounts import actions
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


def test_a_wrong_name_and_a_wrong_password_get_the_same_answer(app, client, page):
    _person()
    assert _answer(client, page, "thuky", "sai") == _answer(client, page, "khongco", "sai")


def test_too_many_failures_close_the_account_for_a_while_even_with_the_right_password(app, client):
    _person()
    for _ in range(FAILURES_PER_ACCOUNT):
        client.post("/account/sign-in", data={"user_name": "thuky", "password": "sai"})
    answer = client.post("/account/sign-in", data={"user_name": "thuky", "password": PASSWORD})
    assert answer.status_code != HTTPStatus.SEE_OTHER


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
    assert (made.exit_code, made.output) == (1, "Error: Mật khẩu cần ít nhất 10 ký tự.\n")
