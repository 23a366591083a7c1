"""Signing on with a provider in a real browser, on a telephone, with script and without."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from campaign.accounts.sign_on.models import SignOnLink
from campaign.core.permissions import Role
from campaign.extensions import db
from tests import build
from tests.accounts.signing import install, serving
from tests.journeys.conftest import NARROW, PATIENCE, Person
from tools.worker import Worker

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of the provider's own code


@contextmanager
def _served(app) -> Iterator[str]:
    """The product as a worker serves it, in a thread beside the test that writes its rows."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        worker = Worker(app, listener, threads=4)
        thread = threading.Thread(target=worker.serve)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            worker.end()
            thread.join()


@pytest.fixture
def office(app, monkeypatch) -> Iterator[str]:
    """The product beside a provider; an administrator there is one here."""
    from oidc_provider_mock import app as provider  # noqa: PLC0415 - half a second to load

    monkeypatch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")
    with serving(provider(require_nonce=True)) as issuer, _served(app) as url:
        install(app, monkeypatch, OIDC_ISSUER=issuer, OIDC_CLIENT_SECRET="x", PUBLIC_URL=url)
        person = build.user(Role.ADMIN, full_name="Trần Thị Hoa")
        linked = {"issuer": issuer, "subject": "hoa", "linked_at": datetime.now(UTC)}
        db.session.add(SignOnLink(user_id=person.id, **linked))
        db.session.commit()
        yield url
    app.extensions.pop("sign_on", None)


def _person(chromium, url) -> Person:
    context = chromium.new_context(locale="vi-VN", viewport=NARROW)
    context.set_default_timeout(PATIENCE * 1000)
    return Person(context, url)


def _to_provider_and_back(somebody):
    page = somebody.go("/account/sign-in?next=/account/profile")
    page.get_by_role("link", name="Đăng nhập bằng Cổng cán bộ").click()
    page.get_by_placeholder("sub").fill("hoa")
    page.get_by_role("button", name="Authorize").click()
    return page


def test_somebody_comes_in_by_the_provider_on_a_telephone(office, chromium):
    somebody = _person(chromium, office)
    page = _to_provider_and_back(somebody)
    expect(page.get_by_role("heading", level=1)).to_have_text("Tài khoản của tôi")
    somebody.complaints.clear()  # of the provider's own page
    somebody.look()
    somebody.follow("Đăng nhập một lần")
    expect(page.get_by_role("button", name="Bỏ liên kết")).to_be_visible()
    somebody.go("/account/users/sign-on/")
    somebody.go("/account/users/sign-on/1")
    somebody.context.close()

    plain = _person(chromium, office)
    plain.context.route("**/js/goes-on.js*", lambda route: route.abort())  # so no script runs
    page = _to_provider_and_back(plain)
    expect(page.get_by_role("heading", level=1)).to_have_text("Đăng nhập")
    plain.complaints.clear()
    plain.look()
    page.get_by_role("button", name="Vào hệ thống").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tài khoản của tôi")
    plain.context.close()
