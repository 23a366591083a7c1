"""Linking accounts with a provider, and who must sign on so."""

from datetime import UTC, datetime
from http import HTTPStatus

import pytest
from sqlalchemy import select

from campaign.accounts import actions as accounts
from campaign.accounts.models import User
from campaign.accounts.sign_on.models import SignOnLink
from campaign.accounts.sign_on.rules import SignInWay
from campaign.audit.models import AuditEntry
from campaign.core.permissions import Role
from campaign.extensions import db
from campaign.proof import checking
from tests import build
from tests.accounts.signing import ISSUER, HandProvider, install

PASSWORD = "mat-khau-cua-toi"  # noqa: S105 - a test's own
KEEP_ONE = "Phải còn ít nhất một quản trị viên đang hoạt động đăng nhập được bằng mật khẩu"


@pytest.fixture
def sso(app, monkeypatch):
    yield install(app, monkeypatch, HandProvider())
    app.extensions.pop("sign_on", None)


def _person(*roles, name="thuky"):
    return build.user(
        *(roles or (Role.SECRETARIAT,)),
        user_name=name,
        password_hash=accounts.new_password_hash(name, PASSWORD),
    )


def _links():
    rows = db.session.scalars(select(SignOnLink).order_by(SignOnLink.user_id))
    return [(row.user_id, row.issuer, row.subject, row.linked_by_id) for row in rows]


def _password(browser, name="thuky"):
    return browser.post("/account/sign-in", data={"user_name": name, "password": PASSWORD})


def _is_in(browser):
    return browser.get("/home/").status_code == HTTPStatus.OK


def _link_oneself(browser, sso, page):
    shown = page(browser.post("/account/own-sign-on/", data={"current_password": PASSWORD}))
    onward = shown.tree.cssselect("main a.btn-primary")[0].get("href")
    sent = sso.went(browser.get(onward))
    shown = page(
        browser.get("/account/sign-on/callback", query_string={"state": sent["state"], "code": "c"})
    )
    assert shown.one("h1") == "Liên kết tài khoản"
    sso.nonces["c"] = sent["nonce"]
    return onward, {"state": sent["state"], "code": "c"}


def test_a_person_links_their_own_account_by_their_password(client, sso, page):
    person = _person()
    _password(client)
    assert "Đăng nhập một lần" in page(client.get("/account/profile")).all("a.btn")
    wrong = page(client.post("/account/own-sign-on/", data={"current_password": "sai"}))
    assert (wrong.status, wrong.all("main a.btn-primary")) == (422, [])
    _onward, sent = _link_oneself(client, sso, page)
    answer = client.post("/account/sign-on/callback", data=sent)
    assert answer.location == "/account/own-sign-on/"
    assert _links() == [(person.id, ISSUER, "a1B2", person.id)]
    shown = page(client.get(answer.location))
    assert shown.one(".note") == "Đã liên kết. Từ nay Ông/Bà đăng nhập được bằng Cổng cán bộ."
    assert shown.one("code") == "a1B2"
    answer = client.post("/account/own-sign-on/unlink", data={"current_password": PASSWORD})
    assert (answer.status_code, _links()) == (HTTPStatus.SEE_OTHER, [])
    acts = db.session.scalars(select(AuditEntry.act).order_by(AuditEntry.number)).all()
    assert acts[-2:] == ["account.link", "account.unlink"]


def test_nobody_links_the_account_of_another(client, app, sso, page, sign_in):
    _person()
    _password(client)
    onward, sent = _link_oneself(client, sso, page)
    other = sign_in(_person(name="khac"))
    answer = other.get(onward)
    assert answer.location == "/account/profile"
    client.post("/account/sign-out")
    client.post("/account/sign-in", data={"user_name": "khac", "password": PASSWORD})
    client.post("/account/sign-on/callback", data=sent)
    assert app.test_client().get(onward).location == "/account/sign-in"
    assert _links() == []


def test_the_last_administrator_with_a_password_does_not_link_it_away(client, sso, page):
    _person(Role.ADMIN)
    _password(client)
    client.post("/account/users/sign-on/", data={"is_on": "y"})
    _onward, sent = _link_oneself(client, sso, page)
    answer = client.post("/account/sign-on/callback", data=sent)
    assert answer.location == "/account/profile"
    assert KEEP_ONE in page(client.get(answer.location)).one(".flashes .note")
    assert _links() == []


def test_an_administrator_links_an_account_and_sets_it_free(app, sso, sign_in, page, client):
    admin = _person(Role.ADMIN, name="quantri")
    person = build.user(Role.SECRETARIAT, user_name="moi", must_change_password=True)
    browser, place = sign_in(admin), f"/account/users/sign-on/{person.id}"
    edit = page(browser.get(f"/account/users/{person.id}"))
    assert place in [link.get("href") for link in edit.tree.cssselect("main a")]
    for typed, problem in (
        ("", "Hãy nhập mã của người này ở nhà cung cấp (sub)."),
        (" a1B2", "Mã có khoảng trắng ở đầu hoặc cuối. Hãy chép lại đúng từng ký tự."),
        ("a" * 256, "Mã dài nhất 255 ký tự."),
    ):
        shown = page(browser.post(f"{place}/link", data={"subject": typed}))
        assert (shown.status, shown.one(".field__error")) == (422, problem)
    assert browser.post(f"{place}/link", data={"subject": "a1B2"}).location == place
    assert _links() == [(person.id, ISSUER, "a1B2", admin.id)]
    other = f"/account/users/sign-on/{admin.id}"
    shown = page(browser.post(f"{other}/link", data={"subject": "a1B2"}))
    assert shown.one(".field__error") == "Mã này đã được liên kết với một tài khoản khác ở đây."
    assert browser.post(f"{other}/link", data={"subject": "A1b2"}).location == other
    state = sso.went(client.get("/account/sign-on/start"))["state"]
    client.post("/account/sign-on/callback", data={"state": state, "code": state})
    assert _is_in(client)
    assert browser.post(f"{place}/unlink").location == place
    assert not _is_in(client)


def test_an_account_that_must_sign_on_takes_no_password(app, sso, sign_in, page, client):
    browser = sign_in(_person(Role.ADMIN, name="quantri"))
    person = _person()
    _password(client)
    place = f"/account/users/sign-on/{person.id}"
    shown = page(browser.post(f"{place}/way", data={"sign_in_way": "single"}))
    assert shown.one(".field__error") == "Hãy liên kết tài khoản này với nhà cung cấp trước."
    browser.post(f"{place}/link", data={"subject": "a1B2"})
    assert browser.post(f"{place}/way", data={"sign_in_way": "single"}).location == place
    assert not _is_in(client)
    told = page(_password(client)).one(".error-summary li")
    assert told == "Tài khoản này không dùng mật khẩu. Hãy bấm “Đăng nhập bằng Cổng cán bộ”."
    wrong = {"user_name": "thuky", "password": "sai"}
    told = page(client.post("/account/sign-in", data=wrong)).one(".error-summary li")
    assert told == "Tên đăng nhập hoặc mật khẩu không đúng."
    state = sso.went(client.get("/account/sign-on/start"))["state"]
    client.post("/account/sign-on/callback", data={"state": state, "code": state})
    told = page(client.post("/account/own-sign-on/unlink", data={"current_password": PASSWORD}))
    assert len(_links()) == 1
    browser.post(f"{place}/unlink")
    assert db.session.get(User, person.id).sign_in_way is SignInWay.COMMON
    _password(client)
    assert _is_in(client)


def test_without_a_provider_every_password_is_good(app, sso, sign_in, client, monkeypatch):
    person = _person()
    build.user()
    row = SignOnLink(user_id=person.id, issuer=ISSUER, subject="a", linked_at=datetime.now(UTC))
    db.session.add(row)
    person.sign_in_way = SignInWay.SINGLE
    db.session.commit()
    assert _password(client).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    monkeypatch.setitem(app.config, "OIDC_ISSUER", "")
    _password(client)
    assert _is_in(client)


@pytest.mark.both_databases
def test_what_holds_for_all_leaves_an_administrator_with_a_password(app, sso, sign_in, page):
    admin = _person(Role.ADMIN, name="quantri")
    browser, whole = sign_in(admin), "/account/users/sign-on/"
    place = f"{whole}{admin.id}"
    browser.post(f"{place}/link", data={"subject": "a1B2"})
    shown = page(browser.post(whole, data={"is_on": "y"}))
    assert KEEP_ONE in shown.one(".error-summary li")
    shown = page(browser.post(f"{place}/way", data={"sign_in_way": "single"}))
    assert KEEP_ONE in shown.one(".error-summary li")
    browser.post(f"{place}/way", data={"sign_in_way": "password"})
    assert browser.post(whole, data={"is_on": "y"}).status_code == HTTPStatus.SEE_OTHER
    shown = page(browser.get(whole))
    assert shown.all("dd")[1:] == ["1", "1", "1"]
    assert shown.all("main li a") == [admin.full_name]
    assert KEEP_ONE in page(browser.post(f"{place}/way", data={"sign_in_way": "common"})).one(
        ".error-summary li"
    )
    second = _person(Role.ADMIN, name="quantri2")
    browser.post(f"{whole}{second.id}/link", data={"subject": "b"})
    form = {"full_name": admin.full_name, "roles": ["secretariat"], "is_active": "y"}
    shown = page(browser.post(f"/account/users/{admin.id}", data=form))
    assert "quản trị viên cuối cùng" in shown.one(".error-summary li")
    browser.post(f"{whole}{second.id}/unlink")
    assert [fault.text for fault in checking.check(()).faults] == []


def test_only_who_manages_accounts_links_them(app, sso, sign_in):
    person = _person()
    browser = sign_in(_person(Role.DIRECTOR, name="giamdoc"))
    for address in ("", f"{person.id}/link", f"{person.id}/unlink", f"{person.id}/way"):
        answer = browser.post(f"/account/users/sign-on/{address}", data={"subject": "x"})
        assert answer.status_code == HTTPStatus.FORBIDDEN


def test_the_page_of_all_costs_the_same_for_one_and_for_three(
    app, sso, sign_in, page, count_queries
):
    browser, costs = sign_in(_person(Role.ADMIN, name="quantri")), []
    for number in (1, 2, 3):
        build.user(sign_in_way=SignInWay.PASSWORD, user_name=f"nguoi{number}")
        with count_queries() as counted:
            shown = page(browser.get("/account/users/sign-on/"))
        assert len(shown.all("main li a")) == 2 * number + 1
        costs.append(len(counted))
    assert costs[0] == costs[2]
