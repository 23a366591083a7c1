"""What a page of another site can make a browser do here, and which hosts are ours."""

from http import HTTPStatus

import pytest

from campaign.accounts import actions
from campaign.core.permissions import Role
from tests import build

PASSWORD = "mat-khau-cua-toi"  # noqa: S105 - a test's own
FOREIGN = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://localhost:8001"},
    {"Origin": "https://localhost"},
    {"Origin": "http://localhost.evil.example"},
    {"Referer": "https://evil.example/localhost"},
    {"Referer": "http://localhost@evil.example/"},
    {"Referer": "http://[bad"},
]


def _person():
    return build.user(
        Role.SECRETARIAT,
        user_name="thuky",
        password_hash=actions.new_password_hash("thuky", PASSWORD),
    )


@pytest.mark.parametrize("headers", FOREIGN)
def test_a_page_of_another_site_signs_nobody_out_and_gets_nothing_back(app, sign_in, page, headers):
    browser = sign_in(_person())
    attacked = app.test_client()  # the browser keeps its cookie back: SameSite
    for path in (
        "/account/sign-out",
        "/account/sign-in",
        "/campaigns/1/scoring/2/lock",
        "/nowhere",
    ):
        for client in (attacked, browser):
            answer = client.post(
                path, data={"hidden": "x"}, headers=headers, token=client is browser
            )
            assert (answer.status_code, answer.headers.getlist("Set-Cookie")) == (
                HTTPStatus.FORBIDDEN,
                [],
            )
            assert page(answer).all("form, input, meta[name='csrf-token'], a, script") == []
    assert browser.get("/home/").status_code == HTTPStatus.OK


def test_a_script_of_another_site_is_answered_bare_too(app, client):
    answer = client.post(
        "/campaigns/1/scoring/2/fields",
        json={},
        token=False,
        headers={"Sec-Fetch-Site": "cross-site", "Accept": "application/json"},
    )
    assert (answer.status_code, list(answer.json), answer.headers.getlist("Set-Cookie")) == (
        HTTPStatus.FORBIDDEN,
        ["error"],
        [],
    )


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "http://localhost"},
        {"Referer": "http://localhost/account/sign-in"},
        {},
    ],
)
def test_our_own_pages_are_heard(app, client, headers):
    _person()
    answer = client.post(
        "/account/sign-in", data={"user_name": "thuky", "password": PASSWORD}, headers=headers
    )
    assert answer.status_code == HTTPStatus.SEE_OTHER


def test_behind_a_proxy_the_origin_is_the_offices_own(app, client, monkeypatch):
    monkeypatch.setitem(app.config, "PUBLIC_URL", "https://thidua.example")
    _person()
    answer = client.post(
        "/account/sign-in",
        data={"user_name": "thuky", "password": PASSWORD},
        headers={"Origin": "https://thidua.example"},
    )
    assert answer.status_code == HTTPStatus.SEE_OTHER


def test_a_picture_or_frame_of_another_site_sets_no_cookie_but_a_link_from_there_opens_the_page(
    client,
):
    picture = client.get(
        "/account/sign-in", headers={"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "image"}
    )
    assert (picture.status_code, picture.headers.getlist("Set-Cookie")) == (HTTPStatus.OK, [])
    link = client.get(
        "/account/sign-in", headers={"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "document"}
    )
    assert (link.status_code, len(link.headers.getlist("Set-Cookie"))) == (HTTPStatus.OK, 1)


@pytest.mark.parametrize(
    "path", ["/", "/account/sign-in", "/static/css/tokens.css", "/nowhere", "/campaigns/1"]
)
def test_every_other_host_is_refused_with_a_bare_page(app, client, page, monkeypatch, path):
    monkeypatch.setitem(app.config, "TRUSTED_HOSTS", ["thidua.example"])
    for host in ("evil.example", "thidua.example.evil.example", "evil.example:443", "[::1", "a b"):
        answer = client.get(path, headers={"Host": host})
        assert (answer.status_code, answer.headers.getlist("Set-Cookie")) == (
            HTTPStatus.BAD_REQUEST,
            [],
        )
        assert page(answer).one("h1") == "Yêu cầu không được nhận"
        assert host not in answer.get_data(as_text=True)
    assert (
        client.get("/account/sign-in", headers={"Host": "thidua.example"}).status_code
        == HTTPStatus.OK
    )


def test_a_forwarded_host_counts_only_behind_a_trusted_proxy(app, client, monkeypatch):
    monkeypatch.setitem(app.config, "TRUSTED_HOSTS", ["thidua.example"])
    headers = {
        "Host": "thidua.example",
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Proto": "https",
    }
    answer = client.get("/account/sign-in", headers=headers)
    assert (answer.status_code, "Strict-Transport-Security" in answer.headers) == (
        HTTPStatus.OK,
        False,
    )


def test_a_one_time_link_and_a_way_back_are_the_offices_own_whatever_host_was_asked(
    app, sign_in, page, monkeypatch
):
    monkeypatch.setitem(app.config, "PUBLIC_URL", "https://thidua.example")
    person = _person()
    browser = sign_in(build.user(Role.ADMIN))
    headers = {"Host": "localhost:8080"}
    link = page(
        browser.post(f"/account/users/{person.id}/give-link", headers=headers)
    ).tree.get_element_by_id("address")
    assert link.get("value").startswith("https://thidua.example/account/link/")
    moved = browser.get("/home", headers=headers)
    assert (moved.status_code, moved.headers["Location"]) == (
        HTTPStatus.PERMANENT_REDIRECT,
        "/home/",
    )
