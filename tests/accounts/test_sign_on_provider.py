"""Signing on with a real provider over HTTP, and with ones that stall, drip or are gone."""

import http.client
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest

from campaign.accounts.sign_on import fetching
from campaign.accounts.sign_on.fetching import Away
from campaign.accounts.sign_on.models import SignOnLink
from campaign.core.permissions import Role
from campaign.extensions import db
from tests import build
from tests.accounts.signing import install, serving

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of the provider's own code
AWAY = "Không kết nối được với Cổng cán bộ."
WRONG = "Không xác nhận được câu trả lời của Cổng cán bộ"


@contextmanager
def _provider(app, monkeypatch, **more) -> Iterator[str]:
    from oidc_provider_mock import app as provider  # noqa: PLC0415 - half a second to load

    with serving(provider(require_nonce=True, **more), "localhost") as issuer:
        install(app, monkeypatch, OIDC_ISSUER=issuer, OIDC_CLIENT_SECRET="bi-mat")
        yield issuer
    app.extensions.pop("sign_on", None)


def _linked(issuer, subject="Cán bộ/7"):
    person = build.user(Role.SECRETARIAT)
    now = datetime.now(UTC)
    db.session.add(SignOnLink(user_id=person.id, issuer=issuer, subject=subject, linked_at=now))
    db.session.commit()
    return person


def _says_yes(address, subject="Cán bộ/7"):
    """Whoever the browser was sent to the provider for presses its button; what comes back."""
    parts = urlsplit(address)
    with closing(http.client.HTTPConnection(parts.hostname, parts.port, timeout=10)) as provider:
        provider.request(
            "POST",
            f"{parts.path}?{parts.query}",
            body=urlencode({"sub": subject}),
            headers={"Content-Type": "application/x-www-form-urlencoded"},
        )
        answer = provider.getresponse()
        assert answer.status == HTTPStatus.FOUND
        return dict(parse_qsl(urlsplit(answer.headers["Location"]).query))


def _start(browser, **query):
    return browser.get("/account/sign-on/start", query_string=query).location


def _return(browser, sent):
    page = browser.get("/account/sign-on/callback", query_string=sent)
    assert page.status_code == HTTPStatus.OK
    return browser.post("/account/sign-on/callback", data=sent)


def _is_in(browser):
    return browser.get("/home/").status_code == HTTPStatus.OK


def _told(browser, page, answer):
    return page(browser.get(answer.location)).one(".flashes .note")


def test_people_come_in_by_a_real_provider_from_two_tabs(app, client, page, monkeypatch):
    with _provider(app, monkeypatch) as issuer:
        _linked(issuer)
        first, second = _start(client, next="/notices/"), _start(client, next="/help/")
        again = _says_yes(first)
        assert _return(client, again).location == "/notices/"
        assert _is_in(client)
        assert _return(client, _says_yes(second)).location == "/help/"

        stranger = app.test_client()
        spent = {**_says_yes(_start(stranger)), "code": again["code"]}
        assert WRONG in _told(stranger, page, _return(stranger, spent))
        unknown = _return(stranger, _says_yes(_start(stranger), subject="cán bộ/7"))
        assert "với mã “cán bộ/7”" in _told(stranger, page, unknown)

        of_another = _says_yes(_start(stranger))
        monkeypatch.setitem(app.config, "OIDC_CLIENT_ID", "khac")
        assert WRONG in _told(stranger, page, _return(stranger, of_another))
        assert not _is_in(stranger)


def test_a_provider_whose_clock_is_behind_lets_nobody_in(app, client, page, monkeypatch):
    with _provider(app, monkeypatch, access_token_max_age=timedelta(minutes=-2)) as issuer:
        _linked(issuer)
        told = _told(client, page, _return(client, _says_yes(_start(client))))
        assert WRONG in told


@contextmanager
def _listening(speak) -> Iterator[int]:
    """Something that takes connections, and does with them what it wants."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        ended = threading.Event()

        def serve() -> None:
            server.settimeout(0.05)
            while not ended.is_set():
                try:
                    connection, _address = server.accept()
                except TimeoutError:
                    continue
                with connection:
                    speak(connection, ended)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield server.getsockname()[1]
        finally:
            ended.set()
            thread.join()


def _stall(_connection, ended):
    ended.wait(10)


def _drip(connection, ended):
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n")
    while not ended.wait(0.02):
        try:
            connection.sendall(b" ")
        except OSError:
            return


def _flood(connection, _ended):
    with_body = b"HTTP/1.1 200 OK\r\nContent-Length: 9000000\r\n\r\n" + b" " * 1_000_000
    try:
        connection.recv(1000)
        connection.sendall(with_body)
    except OSError:
        return


def _send_elsewhere(connection, _ended):
    connection.recv(1000)
    connection.sendall(b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1/\r\n\r\n")


@pytest.mark.parametrize("speak", [_stall, _drip, _flood, _send_elsewhere])
def test_no_provider_holds_a_worker(app, client, page, monkeypatch, speak):
    monkeypatch.setattr(fetching, "SECONDS", 0.4)
    with _listening(speak) as port:
        install(app, monkeypatch, OIDC_ISSUER=f"http://127.0.0.1:{port}")
        began = time.monotonic()
        answer = client.get("/account/sign-on/start")
        assert time.monotonic() - began < 2
        assert AWAY in _told(client, page, answer)
    app.extensions.pop("sign_on", None)


def test_a_provider_that_is_gone_is_told_in_four_seconds_at_most(app):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    assert fetching.SECONDS == 4.0
    with pytest.raises(Away):
        fetching.read(f"http://127.0.0.1:{port}/", by=fetching.until())
    with pytest.raises(Away):
        fetching.read("https://localhost/", by=time.monotonic() - 1)
