"""Lời đã ký của nhà cung cấp: an ID token says who came, a logout token whose session has ended."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn

from campaign.accounts.sign_on import fetching, provider
from campaign.accounts.sign_on.fetching import Away
from campaign.accounts.sign_on.rules import (
    LEEWAY_SECONDS,
    SIGNED_BY,
    Identity,
    is_mixed_up,
    is_subject,
    refuse_away,
    refuse_wrong,
)

if TYPE_CHECKING:
    from joserfc.jwk import KeySet
    from joserfc.jwt import Token

ENDED = "http://schemas.openid.net/event/backchannel-logout"
_NO_KEY_FOR_IT = ("InvalidKeyIdError", "BadSignatureError")


class Wrong(Exception):
    """Lời sai, and why; never its text."""


def _refuse(reason: str) -> NoReturn:
    raise Wrong(reason)


@dataclass(frozen=True)
class LogOut:
    """Lời báo đã đăng xuất: of one session, or of all of a person, and its own number."""

    issuer: str
    number: str
    subject: str | None
    sid: str | None


def _key_set(published: dict[str, Any]) -> "KeySet":
    """Các khoá dùng để ký; what is not understood, or is a shared secret, is passed over."""
    from joserfc.errors import JoseError  # noqa: PLC0415 - loaded with the first token
    from joserfc.jwk import JWKRegistry, KeySet  # noqa: PLC0415

    listed, usable = published.get("keys"), []
    for key in listed if isinstance(listed, list) else ():
        if not isinstance(key, dict) or key.get("kty") == "oct" or key.get("use", "sig") != "sig":
            continue
        try:
            usable.append(JWKRegistry.import_key(key))
        except (JoseError, ValueError, TypeError, KeyError):
            continue
    return KeySet(usable)


def _read(text: str, published: dict[str, Any]) -> "Token":
    from joserfc import jws, jwt  # noqa: PLC0415 - loaded with the first token

    registry = jws.JWSRegistry(algorithms=SIGNED_BY, strict_check_header=False)
    return jwt.decode(text, _key_set(published), algorithms=SIGNED_BY, registry=registry)


def _signed(text: object, *, by: float) -> "Token":
    """Lời này, if one of the provider's keys signed it; its keys are asked for anew once."""
    from joserfc.errors import JoseError  # noqa: PLC0415 - loaded with the first token

    if not isinstance(text, str):
        _refuse("no token")
    try:
        try:
            return _read(text, provider.keys(by=by))
        except JoseError as fault:
            if type(fault).__name__ not in _NO_KEY_FOR_IT:
                raise
            return _read(text, provider.keys(by=by, is_anew=True))
    except (JoseError, ValueError, TypeError, KeyError) as fault:
        raise Wrong(type(fault).__name__) from fault


def _checked(token: "Token", params: dict[str, str], *, of_id: bool) -> Any:
    """The claims, if they are from this provider, for us, and of now."""
    from authlib.oauth2.claims import JWTClaims  # noqa: PLC0415 - loaded with the first token
    from authlib.oidc.core import CodeIDToken  # noqa: PLC0415
    from joserfc.errors import JoseError  # noqa: PLC0415

    named = provider.settings()
    needed = ("iss", "aud", "exp", "iat", *(("sub",) if of_id else ("jti",)))
    options: dict[str, dict[str, object]] = {name: {"essential": True} for name in needed}
    options["iss"]["value"], options["aud"]["value"] = named.issuer, named.client_id
    kind = CodeIDToken if of_id else JWTClaims
    claims = kind(token.claims, token.header, options, {"client_id": named.client_id, **params})
    try:
        claims.validate(leeway=LEEWAY_SECONDS)
    except (JoseError, ValueError, TypeError) as fault:
        raise Wrong(f"{type(fault).__name__} {getattr(fault, 'claim', '')}".strip()) from fault
    return claims


def _session_of(claims: Any) -> str | None:
    """Phiên ở nhà cung cấp, where it tells one."""
    sid = claims.get("sid")
    if sid is not None and not is_subject(sid):
        _refuse("sid")
    return None if sid is None else str(sid)


def identity(code: str, verifier: str, nonce: str, named: str | None) -> Identity:
    """Ai đã đăng nhập ở nhà cung cấp. Refuses with the sentence for the sign-in page."""
    try:
        return _identity(code, verifier, nonce, named)
    except Away as fault:
        provider.log_failure(f"away: {fault}")
        refuse_away(provider.settings())
    except Wrong as fault:
        provider.log_failure(f"wrong: {fault}")
        refuse_wrong(provider.settings())


def _identity(code: str, verifier: str, nonce: str, named: str | None) -> Identity:
    """Whom the provider names for this code. Raises Wrong, or Away."""
    by = fetching.until()
    if is_mixed_up(provider.known(by=by), named):
        _refuse("another issuer came back")
    answered = provider.tokens(code, verifier, by=by)
    params = {"nonce": nonce}
    if isinstance(answered.get("access_token"), str):
        params["access_token"] = answered["access_token"]
    claims = _checked(_signed(answered.get("id_token"), by=by), params, of_id=True)
    if not is_subject(claims["sub"]):
        _refuse("sub")
    return Identity(claims["iss"], claims["sub"], _session_of(claims))


def logged_out(text: str) -> LogOut:
    """Phiên nào đã kết thúc ở nhà cung cấp. Raises Wrong, or Away where its keys are not known."""
    token = _signed(text, by=fetching.until())
    if str(token.header.get("typ", "jwt")).lower() not in {"jwt", "logout+jwt"}:
        _refuse("typ")
    claims = _checked(token, {}, of_id=False)
    events, subject, sid = claims.get("events"), claims.get("sub"), _session_of(claims)
    if "nonce" in claims:
        _refuse("nonce")
    if not isinstance(events, dict) or not isinstance(events.get(ENDED), dict):
        _refuse("events")
    if subject is not None and not is_subject(subject):
        _refuse("sub")
    if subject is None and sid is None:
        _refuse("neither sub nor sid")
    return LogOut(claims["iss"], claims["jti"], subject, sid)
