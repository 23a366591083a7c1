"""Signing on with a provider that says what a test tells it to."""

import base64
import hashlib
import json
import logging
from datetime import UTC, datetime, timedelta
from http import HTTPStatus

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey
from sqlalchemy import select

from campaign.accounts import actions as accounts
from campaign.accounts import codes
from campaign.accounts.models import EndedSession, User
from campaign.accounts.sign_on import attempts, provider, rules
from campaign.accounts.sign_on.models import SignOnLink, SignOnSession, SpentSignOn
from campaign.audit.models import AuditEntry
from campaign.core.permissions import Role
from campaign.extensions import db
from tests import build
from tests.accounts.signing import CLIENT, ISSUER, HandProvider, install
from tests.accounts.test_second_factor import _code, _with_factor

PASSWORD = "mat-khau-cua-toi"  # noqa: S105 - a test's own
NOW = datetime.now(UTC)
LATE = "Lần đăng nhập bằng Cổng cán bộ này đã hết hạn, đã dùng, hoặc bắt đầu ở trình duyệt khác"
WRONG = "Không xác nhận được câu trả lời của Cổng cán bộ"
AWAY = "Không kết nối được với Cổng cán bộ. Hãy thử lại sau ít phút, hoặc đăng nhập bằng mật khẩu."


@pytest.fixture
def sso(app, monkeypatch):
    yield install(app, monkeypatch, HandProvider())
    app.extensions.pop("sign_on", None)


def _person(*roles, name="thuky", **more):
    return build.user(
        *(roles or (Role.SECRETARIAT,)),
        user_name=name,
        password_hash=accounts.new_password_hash(name, PASSWORD),
        **more,
    )


def _saved(row):
    db.session.add(row)
    db.session.commit()


def _linked(person=None, subject="a1B2"):
    person = person or _person()
    row = SignOnLink(user_id=person.id, issuer=ISSUER, subject=subject, linked_at=NOW)
    _saved(row)
    return person


def _start(browser, sso, **query):
    return sso.went(browser.get("/account/sign-on/start", query_string=query))


def _return(browser, state, **changed):
    sent = {"state": state, "code": state, **changed}
    return browser.post("/account/sign-on/callback", data=sent)


def _signs_in(browser, sso, **query):
    return _return(browser, _start(browser, sso, **query)["state"])


def _is_in(browser):
    return browser.get("/home/").status_code == HTTPStatus.OK


def _sentence(browser, page, answer):
    assert answer.status_code == HTTPStatus.SEE_OTHER
    assert answer.location.startswith("/account/sign-in")
    shown = page(browser.get(answer.location))
    assert shown.one("button[type=submit]") == "Đăng nhập"
    return shown.one(".flashes .note")


def _acts():
    return list(db.session.scalars(select(AuditEntry.act).order_by(AuditEntry.number)))


def test_the_button_stands_only_where_a_provider_was_named(app, client, page, monkeypatch):
    assert page(client.get("/account/sign-in")).all("a.btn") == []
    assert client.get("/account/sign-on/start").status_code == HTTPStatus.NOT_FOUND
    install(app, monkeypatch)
    shown = page(client.get("/account/sign-in?next=/notices/"))
    assert shown.one("a.btn") == "Đăng nhập bằng Cổng cán bộ"
    assert shown.tree.cssselect("a.btn")[0].get("href") == "/account/sign-on/start?next=/notices/"


def test_the_way_there_carries_proof_that_only_this_browser_can_end_it(client, sso):
    sent = _start(client, sso)
    assert {
        name: sent[name] for name in ("client_id", "redirect_uri", "response_type", "scope")
    } == {
        "client_id": "ngon-co",
        "redirect_uri": "http://localhost/account/sign-on/callback",
        "response_type": "code",
        "scope": "openid",
    }
    assert sent["code_challenge_method"] == "S256"
    _linked()
    _return(client, sent["state"])
    digest = hashlib.sha256(sso.forms[0]["code_verifier"].encode()).digest()
    assert base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == sent["code_challenge"]


def test_the_return_writes_nothing_until_its_button_is_pressed(client, sso, page):
    _linked()
    state = _start(client, sso, next="/notices/")["state"]
    asked, before = len(sso.asked), _acts()
    shown = page(client.get(f"/account/sign-on/callback?state={state}&code={state}"))
    assert (shown.one("h1"), shown.one("button")) == ("Đăng nhập", "Vào hệ thống")
    assert (len(sso.asked), _acts(), _is_in(client)) == (asked, before, False)
    answer = _return(client, state)
    assert (answer.status_code, answer.location) == (HTTPStatus.SEE_OTHER, "/notices/")
    assert _is_in(client)
    assert _acts()[-1] == "account.sign_on"
    back = client.get(f"/account/sign-on/callback?state={state}&code={state}")
    assert (back.status_code, back.location) == (HTTPStatus.SEE_OTHER, "/home/")


def test_whoever_only_asks_for_the_head_of_the_return_is_not_signed_in(client, sso):
    _linked()
    state = _start(client, sso)["state"]
    asked, before = len(sso.asked), _acts()
    client.head(f"/account/sign-on/callback?state={state}&code={state}")
    assert (len(sso.asked), _acts(), _is_in(client)) == (asked, before, False)


def test_no_token_stands_in_a_cookie_in_the_log_or_in_the_record(client, sso, caplog):
    _linked()
    state = _start(client, sso)["state"]
    waiting = next(
        cookie for cookie in client._cookies.values() if cookie.key.startswith("ngonco_on_")
    )
    assert (waiting.http_only, waiting.same_site, waiting.path, waiting.max_age) == (
        True,
        "Lax",
        "/account/sign-on",
        600,
    )
    assert state not in waiting.value
    with caplog.at_level(logging.DEBUG):
        _return(client, state)
    kept = [cookie.value for cookie in client._cookies.values()]
    told = [row.changes for row in db.session.scalars(select(AuditEntry))]
    whole = caplog.text + json.dumps(told) + "".join(kept)
    secrets = (
        state,
        sso.forms[0]["code_verifier"],
        sso.nonces[state],
        sso.id_token({}).split(".")[0],
    )
    assert [text for text in secrets if text in whole] == []
    assert not any(cookie.key.startswith("ngonco_on_") for cookie in client._cookies.values())


def test_who_came_by_another_name_of_the_office_sets_out_from_its_own(client, sso):
    answer = client.get("/account/sign-on/start?next=/help/", base_url="http://noi-bo.example")
    assert answer.location == "http://localhost/account/sign-on/start?next=/help/"
    assert sso.asked == []


def test_two_tabs_of_one_browser_both_come_in(client, sso):
    _linked()
    first, second = (_start(client, sso, next=place)["state"] for place in ("/notices/", "/help/"))
    assert _return(client, first).location == "/notices/"
    assert _return(client, second).location == "/help/"


def test_of_many_tabs_the_latest_five_wait(client, sso, monkeypatch):
    moments = iter(range(1_700_000_000, 1_700_000_100))
    monkeypatch.setattr(attempts.time, "time", lambda: next(moments))
    for _ in range(8):
        _start(client, sso)
    names = [
        cookie.key for cookie in client._cookies.values() if cookie.key.startswith("ngonco_on_")
    ]
    assert len(names) == 5


def test_a_return_of_another_browser_is_refused(app, client, sso, page):
    _linked()
    state = _start(client, sso)["state"]
    stranger = app.test_client()
    assert LATE in _sentence(stranger, page, _return(stranger, state))
    assert sso.forms == []


def test_an_answer_counts_once_even_where_its_cookie_was_kept(client, sso, page):
    _linked()
    state = _start(client, sso)["state"]
    kept = next(
        cookie for cookie in client._cookies.values() if cookie.key.startswith("ngonco_on_")
    )
    _return(client, state)
    client.delete_cookie("ngonco")
    client.set_cookie(kept.key, codes.sealed("link:7"), path=kept.path)
    assert LATE in _sentence(client, page, _return(client, state))
    client.set_cookie(kept.key, kept.value, path=kept.path)
    assert LATE in _sentence(client, page, _return(client, state))
    assert len(sso.forms) == 1


def test_a_return_after_ten_minutes_is_too_late(client, sso, page, monkeypatch):
    _linked()
    state = _start(client, sso)["state"]
    monkeypatch.setattr(rules, "ATTEMPT_SECONDS", -1)
    monkeypatch.setattr(attempts, "ATTEMPT_SECONDS", -1)
    assert LATE in _sentence(client, page, _return(client, state))


def test_who_says_no_at_the_provider_is_told_so(client, sso, page):
    state = _start(client, sso, next="/notices/")["state"]
    answer = client.get(f"/account/sign-on/callback?state={state}&error=access_denied")
    assert answer.location == "/account/sign-in?next=/notices/"
    assert "bằng Cổng cán bộ không được chấp thuận" in _sentence(client, page, answer)


@pytest.mark.parametrize(
    "claims",
    [
        {"aud": "khac"},
        {"aud": [CLIENT, "khac"]},
        {"aud": [CLIENT], "azp": "khac"},
        {"aud": "-"},
        {"iss": f"{ISSUER}/"},
        {"iss": ISSUER.lower()},
        {"nonce": "khac"},
        {"nonce": "-"},
        {"sub": "-"},
        {"sub": ""},
        {"sub": 12},
        {"sub": "a" * 256},
        {"exp": int(NOW.timestamp()) - 120},
        {"exp": "-"},
        {"iat": int(NOW.timestamp()) + 3600},
        {"nbf": int(NOW.timestamp()) + 3600},
        {"at_hash": "AAAA"},
        {"sid": ""},
    ],
)
def test_a_token_that_is_not_for_us_and_now_lets_nobody_in(client, sso, page, claims):
    _linked()
    sso.claims = claims
    assert WRONG in _sentence(client, page, _signs_in(client, sso))
    assert not _is_in(client)


def test_a_clock_may_differ_by_a_minute(client, sso):
    _linked()
    now = int(datetime.now(UTC).timestamp())
    sso.claims = {"exp": now - 30, "iat": now + 30, "nbf": now + 30}
    _signs_in(client, sso)
    assert _is_in(client)


def _unsigned(claims):
    def part(value):
        return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()

    return f"{part({'alg': 'none'})}.{part(claims)}."


@pytest.mark.parametrize("forged", ["none", "shared", "secret", "stranger", "text", "number"])
def test_a_token_that_the_provider_did_not_sign_lets_nobody_in(
    client, sso, page, monkeypatch, forged
):
    _linked()
    true = sso.id_token

    def token(sent, key=None):
        claims = jwt.decode(true(sent, key), sso.key, algorithms=["ES256"]).claims
        public = json.dumps(sso.published[0]).encode()
        return {
            "none": lambda: _unsigned(claims),
            "shared": lambda: jwt.encode(
                {"alg": "HS256", "kid": "1"}, claims, OctKey.import_key(public)
            ),
            "secret": lambda: jwt.encode({"alg": "HS256"}, claims, OctKey.import_key("bí mật" * 9)),
            "stranger": lambda: true(sent, ECKey.generate_key("P-256")),
            "text": lambda: "x.y.z",
            "number": lambda: 7,
        }[forged]()

    monkeypatch.setattr(sso, "id_token", token)
    assert WRONG in _sentence(client, page, _signs_in(client, sso))
    assert not _is_in(client)


def test_an_answer_that_names_another_provider_is_refused_unopened(client, sso, page):
    _linked()
    state = _start(client, sso)["state"]
    answer = _return(client, state, iss="https://sso.khac.vn")
    assert WRONG in _sentence(client, page, answer)
    assert sso.forms == []


def test_new_keys_are_asked_for_once(client, sso, monkeypatch, page):
    _linked()
    _signs_in(client, sso)
    assert sso.asked.count("/keys") == 1
    sso.key = ECKey.generate_key("P-256", {"kid": "2"})
    sso.published, sso.header = [sso.key.as_dict(private=False)], {"kid": "2"}
    now = provider.time.monotonic
    monkeypatch.setattr(provider.time, "monotonic", lambda: now() + 60)
    monkeypatch.setattr("tests.accounts.signing.time.monotonic", lambda: now() + 60)
    _signs_in(client, sso)
    assert _is_in(client)
    client.delete_cookie("ngonco")
    sso.header = {"kid": "3"}
    assert WRONG in _sentence(client, page, _signs_in(client, sso))
    assert sso.asked.count("/keys") == 2
    assert sso.asked.count("/.well-known/openid-configuration") == 1


def test_a_provider_that_is_away_is_told_at_once_and_the_password_goes_on(client, sso, page):
    person = _linked()
    sso.is_away = True
    for _ in range(3):
        assert _sentence(client, page, client.get("/account/sign-on/start?next=/help/")) == AWAY
    assert sso.asked == ["/.well-known/openid-configuration"]
    client.post("/account/sign-in", data={"user_name": person.user_name, "password": PASSWORD})
    assert _is_in(client)


def test_a_provider_that_goes_away_meanwhile_counts_as_nobodys_failure(client, sso, page):
    _linked()
    for _ in range(5):
        sso.is_away = False
        state = _start(client, sso)["state"]
        sso.is_away = True
        assert _sentence(client, page, _return(client, state)) == AWAY


def test_wrong_answers_make_a_browser_wait(client, sso, page):
    _linked()
    sso.claims = {"aud": "khac"}
    told = [_sentence(client, page, _signs_in(client, sso)) for _ in range(4)]
    assert [WRONG in sentence for sentence in told] == [True, True, True, False]
    assert "Đã nhập sai nhiều lần ở trình duyệt này. Hãy thử lại sau" in told[3]


def test_nobody_comes_into_being_and_no_claim_gives_a_right(client, sso, page):
    _linked(_person(Role.DIRECTOR), subject="A1b2")
    people = db.session.scalars(select(User.id)).all()
    sso.claims = {"email": "thuky@example.vn", "preferred_username": "thuky", "groups": ["admin"]}
    told = _sentence(client, page, _signs_in(client, sso))
    assert "chưa được liên kết với người nào ở đây" in told
    assert "với mã “a1B2”" in told
    assert db.session.scalars(select(User.id)).all() == people
    _linked(_person(Role.UNIT_HEAD, name="truong", at=build.unit()))
    _signs_in(client, sso)
    assert client.get("/account/users").status_code == HTTPStatus.FORBIDDEN


def test_an_account_that_ended_or_is_of_the_demo_lets_nobody_in(client, sso, page):
    person = _linked()
    for changed in ({"is_active": False}, {"is_active": True, "is_demo": True}):
        for name, value in changed.items():
            setattr(person, name, value)
        assert "không được đăng nhập ở đây" in _sentence(client, page, _signs_in(client, sso))


def test_a_second_factor_is_asked_for_after_the_provider_too(client, sso):
    person, _codes = _with_factor()
    _linked(person)
    answer = _signs_in(client, sso, next="/help/")
    assert answer.location == "/account/second-factor/code?next=/help/"
    assert not _is_in(client)
    answer = client.post(answer.location, data={"second_code": _code()})
    assert answer.location == "/help/"
    assert _acts()[-1] == "account.sign_on"
    client.post("/account/sign-on/back-channel-logout", data={"logout_token": sso.logout_token()})
    assert not _is_in(client)


def test_the_end_there_ends_the_question_for_a_second_factor(client, sso):
    person, _codes = _with_factor()
    _linked(person)
    asked = _signs_in(client, sso).location
    client.post("/account/sign-on/back-channel-logout", data={"logout_token": sso.logout_token()})
    client.post(asked, data={"second_code": _code()})
    assert not _is_in(client)


def _log_out(app, text):
    machine = app.test_client()  # nobody's browser: the provider itself, without a token
    answer = machine.post(
        "/account/sign-on/back-channel-logout", data={"logout_token": text}, token=False
    )
    return answer.status_code


@pytest.mark.both_databases
def test_the_end_there_ends_the_session_here(app, client, sso, sign_in):
    person = _linked()
    by_password, other = sign_in(person), app.test_client()
    sso.claims = {"sid": "s-2"}
    _signs_in(other, sso)
    sso.claims = {}
    _signs_in(client, sso)
    assert [_is_in(browser) for browser in (client, other, by_password)] == [True] * 3
    assert _log_out(app, sso.logout_token()) == HTTPStatus.OK
    assert [_is_in(browser) for browser in (client, other, by_password)] == [False, True, True]
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.number.desc())).first()
    assert (entry.act, entry.actor_id) == ("account.ended_by_provider", None)
    assert _log_out(app, sso.logout_token(number="2", sid="-")) == HTTPStatus.OK
    assert [_is_in(browser) for browser in (other, by_password)] == [False, True]


def test_a_session_whose_name_there_nobody_knows_ends_with_any_of_its_person(app, client, sso):
    _linked()
    sso.claims = {"sid": "-"}
    _signs_in(client, sso)
    sso.claims = {}
    assert _log_out(app, sso.logout_token(sub="-")) == HTTPStatus.OK
    assert _is_in(client)
    assert _log_out(app, sso.logout_token(number="2")) == HTTPStatus.OK
    assert not _is_in(client)


def test_who_signed_out_here_has_no_session_left_to_be_ended_there(app, client, sso):
    _linked()
    _signs_in(client, sso)
    client.post("/account/sign-out")
    assert db.session.scalars(select(SignOnSession)).all() == []
    assert _log_out(app, sso.logout_token()) == HTTPStatus.OK
    assert _acts()[-1] == "account.sign_out"


def test_a_log_out_counts_once(app, client, sso):
    _linked()
    token = sso.logout_token()
    assert [_log_out(app, token), _log_out(app, token)] == [200, 400]
    _signs_in(client, sso)
    assert _log_out(app, token) == HTTPStatus.BAD_REQUEST
    assert _is_in(client)


@pytest.mark.parametrize(
    "changed",
    [
        {"events": "-"},
        {"events": {}},
        {"events": {"http://schemas.openid.net/event/backchannel-logout": "x"}},
        {"nonce": "n"},
        {"jti": "-"},
        {"jti": ""},
        {"aud": "khac"},
        {"iss": "https://sso.khac.vn"},
        {"iat": "-"},
        {"exp": int(NOW.timestamp()) - 120},
        {"sub": "-", "sid": "-"},
        {"sub": 7},
        {"sid": 7},
        {"header": {"typ": "at+jwt"}},
        {"header": {"kid": "9"}},
    ],
)
def test_a_log_out_that_is_none_ends_nothing(app, client, sso, changed):
    _linked()
    _signs_in(client, sso)
    assert _log_out(app, sso.logout_token(**changed)) == HTTPStatus.BAD_REQUEST
    assert _is_in(client)


def test_the_token_of_a_sign_on_logs_nobody_out(app, client, sso):
    _linked()
    state = _start(client, sso)["state"]
    _return(client, state)
    assert _log_out(app, sso.id_token({"code": state})) == HTTPStatus.BAD_REQUEST
    assert _log_out(app, "") == HTTPStatus.BAD_REQUEST
    assert _is_in(client)


def test_a_log_out_that_cannot_be_checked_is_asked_for_again(app, client, sso):
    sso.is_away = True
    assert _log_out(app, sso.logout_token()) == HTTPStatus.SERVICE_UNAVAILABLE


def test_what_is_old_goes_and_no_session_is_forgotten(app, client, sso):
    person = _linked()
    old = NOW - timedelta(days=31)
    _saved(SignOnSession(token="cu", user_id=person.id, issuer=ISSUER, began_at=old))
    _saved(SpentSignOn(mark="cu", at=old))
    _signs_in(client, sso)
    assert db.session.get(SpentSignOn, "cu") is None
    assert db.session.get(SignOnSession, "cu") is None
    assert db.session.get(EndedSession, "cu") is not None


def test_the_doctor_tells_what_the_provider_must_know_and_what_is_wrong_with_it(app, sso):
    def line():
        told = app.test_cli_runner().invoke(args=["doctor"]).output.splitlines()
        return next(line for line in told if "Đăng nhập một lần" in line)

    assert line() == (
        f"[tốt] Đăng nhập một lần: {ISSUER} trả lời. Ở đó khai báo địa chỉ quay về "
        "http://localhost/account/sign-on/callback và địa chỉ báo đăng xuất "
        "http://localhost/account/sign-on/back-channel-logout."
    )
    sso.metadata = {"issuer": f"{ISSUER}/"}
    assert f"tự nhận là “{ISSUER}/”, không phải “{ISSUER}”" in line()
    sso.metadata, sso.published = {}, []
    assert "không có khoá nào" in line()
    sso.is_away = True
    assert line().startswith(f"[có lỗi] Đăng nhập một lần: {ISSUER} không trả lời được")
