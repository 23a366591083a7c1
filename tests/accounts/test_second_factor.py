"""A second factor: setting it up, being asked for it, losing it."""

import json
import re
from datetime import UTC, datetime, timedelta
from http import HTTPStatus

import pyotp
import pytest
from sqlalchemy import select

from campaign.accounts import actions, codes, second_factor
from campaign.accounts.models import FailedSignIn, RecoveryCode, SecondFactor, User
from campaign.audit.models import AuditEntry
from campaign.core.permissions import Role
from campaign.council.rules import CouncilFunction
from campaign.extensions import db
from tests import build

PASSWORD = "mat-khau-cua-toi"  # noqa: S105 - a test's own
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105 - a test's own
AT = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)


def _person(*roles, name="thuky"):
    return build.user(
        *(roles or (Role.SECRETARIAT,)),
        user_name=name,
        password_hash=actions.new_password_hash(name, PASSWORD),
    )


def _code(at=None, shift=0):
    moment = (at or datetime.now(UTC)) + timedelta(seconds=30 * shift)
    return pyotp.TOTP(SECRET).at(moment)


def _with_factor(*roles, name="thuky"):
    """One whose last code was of two minutes ago."""
    person = _person(*roles, name=name)
    before = datetime.now(UTC) - timedelta(minutes=2)
    made = second_factor.set_up(person, SECRET, _code(before), now=before)
    db.session.commit()
    return person, made


def _password(browser, name="thuky"):
    return browser.post("/account/sign-in", data={"user_name": name, "password": PASSWORD})


def _send(browser, code):
    return browser.post("/account/second-factor/code", data={"second_code": code})


def _is_in(browser):
    return browser.get("/home/").status_code == HTTPStatus.OK


def test_a_code_counts_within_one_step_of_the_clock_and_only_after_the_last_one_used():
    steps = [
        codes.step_of(SECRET, _code(AT, shift), at=int(AT.timestamp()), after=0)
        for shift in (-2, -1, 0, 1, 2)
    ]
    now = int(AT.timestamp()) // 30
    assert steps == [None, now - 1, now, now + 1, None]
    assert codes.step_of(SECRET, _code(AT), at=int(AT.timestamp()), after=now) is None
    assert codes.step_of(SECRET, _code(AT, 1), at=int(AT.timestamp()), after=now) == now + 1
    assert [
        codes.step_of(SECRET, text, at=int(AT.timestamp()), after=0)
        for text in ("", "١٢٣٤٥٦", "9" * 60)
    ] == [None] * 3


def test_a_secret_is_sealed_with_the_applications_key_and_earlier_ones_still_open_it(
    app, monkeypatch
):
    sealed = codes.sealed(SECRET)
    assert SECRET not in sealed
    monkeypatch.setitem(app.config, "SECRET_KEY", "another")
    assert codes.unsealed(sealed) is None
    monkeypatch.setitem(app.config, "SECRET_KEY_FALLBACKS", ["only-for-tests"])
    assert codes.unsealed(sealed) == SECRET


def test_a_picture_of_the_secret_has_no_style_and_asks_nobody():
    drawn = str(codes.picture(SECRET, "thuky"))
    assert (
        drawn.startswith("<svg"),
        "style" in drawn,
        "href" in drawn,
        "http://" in drawn.replace("http://www.w3.org", ""),
    ) == (True, False, False, False)


@pytest.mark.both_databases
def test_after_the_password_nobody_is_in_until_the_code_is_right_and_a_code_is_good_once(
    app, client, page
):
    _with_factor()
    asked = _password(client)
    assert (asked.status_code, asked.location) == (
        HTTPStatus.SEE_OTHER,
        "/account/second-factor/code",
    )
    assert not _is_in(client)
    assert page(client.get(asked.location)).one("h1") == "Nhập mã xác thực"
    wrong = page(_send(client, "000000"))
    assert (wrong.status, wrong.one(".field__error")) == (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        second_factor.WRONG,
    )
    code = _code()
    assert (_send(client, code).location, _is_in(client)) == ("/home/", True)
    again = app.test_client()
    _password(again)
    assert (_send(again, code).status_code, _is_in(again)) == (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        False,
    )


def test_without_the_password_no_code_is_asked_nor_taken(app, client):
    _with_factor()
    assert client.get("/account/second-factor/code").location == "/account/sign-in"
    assert (_send(client, _code()).location, _is_in(client)) == ("/account/sign-in", False)


def test_a_recovery_code_works_once_however_it_is_typed_and_only_its_hash_is_kept(app, client):
    _, made = _with_factor()
    _password(client)
    _send(client, made[0].upper().replace("-", " "))
    assert _is_in(client)
    other = app.test_client()
    _password(other)
    _send(other, made[0])
    assert not _is_in(other)
    hashes = db.session.scalars(select(RecoveryCode.code_hash)).all()
    assert (len(hashes), set(made) & set(hashes)) == (10, set())


def test_guessed_codes_wait_in_all_strange_browsers_together_but_not_where_the_person_is_known(
    app, client
):
    _with_factor()
    _password(client)
    _send(client, _code())
    client.post("/account/sign-out")
    for _ in range(4):
        thief = app.test_client()
        _password(thief)
        answer = _send(thief, "000000")
    assert "Hãy thử lại sau" in answer.get_data(as_text=True)
    _password(client)
    _send(client, _code(shift=1))
    assert _is_in(client)


def test_a_person_sets_it_up_with_password_and_first_code_and_sees_the_recovery_codes_once(
    app, sign_in, page
):
    person = _person()
    browser = sign_in(person)
    shown = page(browser.get("/account/second-factor/"))
    secret, sealed = shown.one("main p b"), shown.value("sealed")
    assert (secret in sealed, len(shown.all("main svg path"))) == (False, 2)
    data = {
        "sealed": sealed,
        "second_code": pyotp.TOTP(secret).now(),
        "current_password": "sai-mat-khau",
    }
    refused = page(browser.post("/account/second-factor/", data=data))
    assert (refused.one(".field__error"), refused.one("main p b")) == (
        "Mật khẩu hiện tại không đúng.",
        secret,
    )
    assert db.session.scalars(select(SecondFactor)).all() == []
    done = page(browser.post("/account/second-factor/", data=data | {"current_password": PASSWORD}))
    made = done.all("main li")
    assert (
        len(made),
        all(re.fullmatch(r"([a-z2-9]{4}-){3}[a-z2-9]{4}", code) for code in made),
    ) == (10, True)
    factor = db.session.scalars(select(SecondFactor)).one()
    assert (secret in factor.secret, db.session.get(User, person.id).has_second_factor) == (
        False,
        True,
    )
    again = browser.get("/account/second-factor/").get_data(as_text=True)
    assert [text in again for text in (secret, made[0], "Còn 10 mã khôi phục")] == [
        False,
        False,
        True,
    ]


def test_a_sealed_secret_of_another_person_is_not_taken(app, sign_in):
    browser = sign_in(_person())
    foreign = codes.sealed(f"999:{SECRET}")
    browser.post(
        "/account/second-factor/",
        data={"sealed": foreign, "second_code": _code(), "current_password": PASSWORD},
    )
    assert db.session.scalars(select(SecondFactor)).all() == []


def test_new_recovery_codes_and_turning_it_off_need_a_code_of_now(app, sign_in):
    person, made = _with_factor()
    browser = sign_in(person)
    browser.post("/account/second-factor/recovery-codes", data={"second_code": "000000"})
    browser.post(
        "/account/second-factor/remove", data={"off_code": "000000", "current_password": PASSWORD}
    )
    browser.post(
        "/account/second-factor/remove", data={"off_code": made[0], "current_password": "sai"}
    )
    assert db.session.get(User, person.id).has_second_factor
    browser.post("/account/second-factor/recovery-codes", data={"second_code": _code()})
    hashes = set(db.session.scalars(select(RecoveryCode.code_hash)))
    assert (len(hashes), codes.code_hash(made[0]) in hashes) == (10, False)
    browser.post(
        "/account/second-factor/remove",
        data={"off_code": _code(shift=1), "current_password": PASSWORD},
    )
    assert not db.session.get(User, person.id).has_second_factor
    assert db.session.scalars(select(SecondFactor)).all() == []


def test_an_administrator_resets_it_with_a_reason_which_ends_the_sessions_and_is_recorded(
    app, client, sign_in
):
    person, _made = _with_factor()
    _password(client)
    _send(client, _code())
    admin = sign_in(_person(Role.ADMIN, name="quantri"))
    address = f"/account/second-factor/reset/{person.id}"
    assert (
        sign_in(build.user(Role.UNIT_HEAD, at=build.unit())).post(address).status_code
        == HTTPStatus.FORBIDDEN
    )
    admin.post(address, data={"reason": "  "})
    assert _is_in(client)
    admin.post(address, data={"reason": "Mất điện thoại"})
    assert not _is_in(client)
    assert not db.session.get(User, person.id).has_second_factor
    noted = [
        change["after"]
        for changes in db.session.scalars(select(AuditEntry.changes))
        for change in json.loads(changes)
        if change["table"] == "user_account" and "second_factor_reset" in (change["after"] or {})
    ]
    assert noted == [{"second_factor_reset": "Mất điện thoại"}]
    assert _password(client).location == "/home/"


@pytest.mark.parametrize(
    ("demanding", "roles", "goes"),
    [
        (frozenset({"admin"}), (Role.ADMIN,), "/account/second-factor/"),
        (frozenset({"admin"}), (Role.SECRETARIAT,), None),
        (frozenset(), (Role.ADMIN,), None),
    ],
)
def test_where_it_is_demanded_nothing_else_opens_before_it_is_set_up(
    app, sign_in, monkeypatch, demanding, roles, goes
):
    monkeypatch.setitem(app.config, "REQUIRE_SECOND_FACTOR", demanding)
    browser = sign_in(_person(*roles))
    assert browser.get("/home/").location == goes
    assert browser.get("/account/second-factor/").status_code == HTTPStatus.OK


def test_of_a_council_it_may_be_demanded_of_the_chair_alone_and_is_not_turned_off_then(
    app, sign_in, monkeypatch
):
    monkeypatch.setitem(app.config, "REQUIRE_SECOND_FACTOR", frozenset({"chair"}))
    campaign = build.campaign()
    chair, member = _with_factor(Role.COUNCIL_MEMBER)[0], build.user(Role.COUNCIL_MEMBER)
    other = build.user(Role.COUNCIL_MEMBER)
    build.member(campaign, user=chair, function=CouncilFunction.CHAIR)
    build.member(build.campaign(), user=other, function=CouncilFunction.CHAIR)
    build.member(campaign, user=member)
    assert [sign_in(user).get("/home/").location for user in (chair, member, other)] == [
        None,
        None,
        "/account/second-factor/",
    ]
    sign_in(chair).post(
        "/account/second-factor/remove", data={"off_code": _code(), "current_password": PASSWORD}
    )
    assert db.session.get(User, chair.id).has_second_factor


def test_a_right_code_leaves_no_failure_behind(app, client):
    _with_factor()
    _password(client)
    _send(client, _code())
    assert db.session.scalars(select(FailedSignIn)).all() == []
