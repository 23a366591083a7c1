"""Nhà cung cấp: where it is asked, and with which keys it signs; remembered for an hour.

Authlib and its keys are loaded by the first request that needs them: an office without a provider
pays nothing for them.
"""

import secrets
import time
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import quote_plus, urlencode

from flask import current_app

from campaign.accounts.sign_on import fetching
from campaign.accounts.sign_on.fetching import Answer, Away, give_up
from campaign.accounts.sign_on.rules import (
    CALLBACK,
    Provider,
    Settings,
    discovery_address,
    error_word,
    provider_of,
    refuse_away,
    refuse_wrong,
)

if TYPE_CHECKING:
    from authlib.oauth2.client import OAuth2Client

KEPT_SECONDS = 3600
"""So long what the provider says of itself is taken for true."""
AGAIN_SECONDS = 10
"""So long nobody asks again: after no answer, and for keys that were asked for just now."""
SCOPE = "openid"
Value = TypeVar("Value")


@dataclass
class _Told:
    """Điều nhà cung cấp công bố, and when it was asked last."""

    value: Any = None
    at: float = float("-inf")
    failed_at: float = float("-inf")


@dataclass
class _Known:
    """Điều máy này biết về nhà cung cấp; one request asks, the others wait for what it learns."""

    provider: _Told = field(default_factory=_Told)
    keys: _Told = field(default_factory=_Told)
    asking: Lock = field(default_factory=Lock)


def settings() -> Settings:
    """Nhà cung cấp mà cơ quan đã đặt."""
    config = current_app.config
    return Settings(
        config.get("OIDC_ISSUER", ""),
        config.get("OIDC_CLIENT_ID", ""),
        config.get("OIDC_CLIENT_SECRET", ""),
        config.get("OIDC_NAME", ""),
    )


def is_named() -> bool:
    """Có nhà cung cấp không."""
    return bool(settings().issuer)


def return_address() -> str:
    """Địa chỉ quay về, as the provider must know it."""
    return str(current_app.config["PUBLIC_URL"]) + CALLBACK


def log_failure(reason: str) -> None:
    """Ghi vì sao không đăng nhập được: never what was sent or answered."""
    current_app.logger.warning("sign-on: %s", reason)


def _known() -> _Known:
    known: _Known = current_app.extensions.setdefault("sign_on", _Known())
    return known


def _learnt(
    what: _Told, ask: Callable[[], Value], *, by: float, after: float = KEPT_SECONDS
) -> Value:
    """What was told less than `after` seconds ago, else what is answered now. Raises Away."""
    if not _known().asking.acquire(timeout=max(0.0, by - time.monotonic())):
        give_up("others are asking")
    try:
        now = time.monotonic()
        if what.value is None or now - what.at >= after:
            _renew(what, ask, now)
        value: Value = what.value
        return value
    finally:
        _known().asking.release()


def _renew(what: _Told, ask: Callable[[], object], now: float) -> None:
    """What is answered now is kept; after a failure nobody asks again for a while. Raises Away."""
    if now - what.failed_at < AGAIN_SECONDS:
        give_up("asked just now")
    try:
        what.value, what.at = ask(), now
    except Away:
        what.failed_at = now
        raise


def known(*, by: float) -> Provider:
    """Nhà cung cấp như nó công bố. Raises Away."""
    issuer = settings().issuer

    def ask() -> Provider:
        provider = provider_of(fetching.read(discovery_address(issuer), by=by), issuer)
        if provider is None:
            give_up("another issuer, or no addresses")
        return provider

    return _learnt(_known().provider, ask, by=by)


def keys(*, by: float, is_anew: bool = False) -> dict[str, Any]:
    """Khoá công khai của nhà cung cấp; `is_anew`: another key may have come. Raises Away."""
    address = known(by=by).keys
    after = AGAIN_SECONDS if is_anew else KEPT_SECONDS
    return _learnt(_known().keys, lambda: fetching.read(address, by=by), by=by, after=after)


def problem() -> str:
    """Điều không ổn ở nhà cung cấp, asked for now; empty where it is well."""
    named, by = settings().issuer, fetching.until()
    try:
        published = fetching.read(discovery_address(named), by=by)
        provider = provider_of(published, named)
        if provider is None:
            return (
                f"{discovery_address(named)} tự nhận là “{published.get('issuer')}”, không phải "
                f"“{named}”, hoặc không công bố đủ địa chỉ dùng https."
            )
        listed = fetching.read(provider.keys, by=by).get("keys")
    except Away as fault:
        return f"{named} không trả lời được ({fault})."
    return "" if isinstance(listed, list) and listed else f"{provider.keys} không có khoá nào."


class _Transport:
    """Cách Authlib gửi đi: a form, within our time."""

    def __init__(self, by: float) -> None:
        self.by = by

    def post(self, url: str, *, data: dict[str, str], headers: Any, auth: Any) -> Answer:
        """Send the form with the client's own proof."""
        url, headers, body = auth.prepare("POST", url, dict(headers), urlencode(data))
        return fetching.ask(url, form=body.encode(), headers=headers, by=self.by)


def _client(provider: Provider, *, by: float) -> "OAuth2Client":
    from authlib.oauth2.client import OAuth2Client  # noqa: PLC0415 - the reason stands above

    named = settings()
    method = "client_secret_basic" if provider.takes_basic else "client_secret_post"
    client = OAuth2Client(
        _Transport(by),
        client_id=named.client_id,
        client_secret=named.secret,
        token_endpoint_auth_method=method if named.secret else "none",
        redirect_uri=return_address(),
        scope=SCOPE,
        code_challenge_method="S256",
    )
    client.register_client_auth_method(("client_secret_basic", _basic))
    return client


def _basic(client: Any, method: str, uri: str, headers: dict[str, str], body: str) -> Any:
    """Name and secret of ours as RFC 6749 writes them, whatever letters they have."""
    del method
    proof = f"{quote_plus(client.client_id)}:{quote_plus(client.client_secret)}"
    headers["Authorization"] = f"Basic {b64encode(proof.encode()).decode()}"
    return uri, headers, body


@dataclass(frozen=True)
class Attempt:
    """Lần đăng nhập đang chờ: what the browser keeps sealed until it comes back."""

    state: str
    nonce: str
    verifier: str


def begin() -> tuple[str, Attempt]:
    """Bắt đầu: where to send the browser, and what it keeps meanwhile."""
    by = fetching.until()
    attempt = Attempt(
        secrets.token_urlsafe(32), secrets.token_urlsafe(32), secrets.token_urlsafe(48)
    )
    try:
        provider = known(by=by)
    except Away as fault:
        log_failure(f"away: {fault}")
        refuse_away(settings())
    address, _state = _client(provider, by=by).create_authorization_url(
        provider.authorization,
        state=attempt.state,
        code_verifier=attempt.verifier,
        nonce=attempt.nonce,
    )
    return str(address), attempt


def tokens(code: str, verifier: str, *, by: float) -> dict[str, Any]:
    """Đổi mã lấy câu trả lời đã ký. Raises Away; refuses where the provider does."""
    from authlib.oauth2 import OAuth2Error  # noqa: PLC0415 - the reason stands above

    provider = known(by=by)
    try:
        answered: dict[str, Any] = _client(provider, by=by).fetch_token(
            provider.token, grant_type="authorization_code", code=code, code_verifier=verifier
        )
    except OAuth2Error as refusal:
        log_failure(f"the code was refused: {error_word(refusal.error)}")
        refuse_wrong(settings())
    except ValueError:
        give_up("no JSON")
    return answered
