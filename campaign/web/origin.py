"""Nguồn của yêu cầu: which hosts are ours, and what a page of another site can do here: nothing."""

import time
from typing import Any

from flask import Flask, Request, Response, current_app, g, jsonify, make_response, request, url_for
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from itsdangerous import BadSignature
from werkzeug.exceptions import SecurityError

from campaign.core.origins import is_foreign, origin_of
from campaign.web.access import SAFE_METHODS, wants_json

STRANGE_HOST = "Địa chỉ này không phải của hệ thống. Hãy mở đúng địa chỉ mà cơ quan đã công bố."
FOREIGN = (
    "Yêu cầu này do một trang khác gửi đến nên không được nhận. "
    "Nếu chính Ông/Bà muốn làm việc này, hãy mở hệ thống rồi làm từ trang của hệ thống."
)


class OwnCookies(SecureCookieSessionInterface):
    """Phiên làm việc: no answer to a page of another site sets or clears its cookie."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Read the cookie as Flask does, but that it may come from a clock that was ahead: of
        another machine, or of this one before it was set back.
        """
        signer: Any = self.get_signing_serializer(app)
        if signer is None:
            return None
        try:
            held, signed_at = signer.loads(
                request.cookies.get(self.get_cookie_name(app), ""), return_timestamp=True
            )
        except BadSignature:
            return self.session_class()
        lifetime = app.permanent_session_lifetime.total_seconds()
        is_of_now = abs(time.time() - signed_at.timestamp()) <= lifetime
        return self.session_class(held if is_of_now else None)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Write the cookie as Flask does, unless another site asked."""
        if not g.get("keeps_no_cookie"):
            super().save_session(app, session, response)


def public_url(endpoint: str, **values: object) -> str:
    """Địa chỉ đầy đủ of a page, under the office's own name, whatever host was asked for."""
    base: str = current_app.config["PUBLIC_URL"]
    return base + url_for(endpoint, _external=False, **values)  # type: ignore[arg-type]


def bare(sentence: str, code: int) -> Response:
    """Trang trơn: no form, no token, no cookie, and nothing that is read from anywhere."""
    g.keeps_no_cookie = True
    if wants_json():
        return make_response(jsonify(error=sentence), code)
    page = current_app.jinja_env.get_template("errors/bare.html")
    return make_response(page.render(sentence=sentence), code)


def _look() -> Response | None:
    """Xem yêu cầu từ đâu đến, before anything else looks at it."""
    try:
        own = frozenset({origin_of(request.host_url), origin_of(current_app.config["PUBLIC_URL"])})
    except SecurityError:
        return bare(STRANGE_HOST, 400)
    headers = request.headers
    if not is_foreign(
        fetch_site=headers.get("Sec-Fetch-Site"),
        origin=headers.get("Origin"),
        referrer=headers.get("Referer"),
        own=own,
    ):
        return None
    if request.method not in SAFE_METHODS:
        return bare(FOREIGN, 403)
    g.keeps_no_cookie = headers.get("Sec-Fetch-Dest", "document") != "document"
    return None


def _stay_here(response: Response) -> Response:
    """Chuyển trang within the site by path alone: no host merely asked for is written down."""
    location = response.headers.get("Location", "")
    if location and location.startswith(request.host_url):
        response.headers["Location"] = "/" + location.removeprefix(request.host_url).lstrip("/")
    return response


def init_app(app: Flask) -> None:
    """Gác nguồn của mọi yêu cầu gửi đến `app`, ahead of every other guard."""
    app.config.setdefault("PUBLIC_URL", "http://localhost")
    app.session_interface = OwnCookies()
    app.before_request(_look)
    app.after_request(_stay_here)
