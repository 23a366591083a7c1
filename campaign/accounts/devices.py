"""Máy quen: a browser in which a person signed in before counts its failures by itself; strangers' guesses never keep him out."""

import secrets
from datetime import timedelta
from typing import Any

from flask import current_app, request
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug import Response

COOKIE = "ngonco_device"
LIFETIME = timedelta(days=180)
MOST_PEOPLE = 8


def _signer() -> URLSafeTimedSerializer:
    keys = [*(current_app.config.get("SECRET_KEY_FALLBACKS") or ()), current_app.config["SECRET_KEY"]]
    return URLSafeTimedSerializer(keys, salt="known-device")


def _kept() -> dict[str, Any]:
    """What this browser's cookie says: its name, and who signed in here; nothing where it was not written by this site."""
    try:
        kept: dict[str, Any] = _signer().loads(request.cookies.get(COOKIE, ""), max_age=int(LIFETIME.total_seconds()))
    except BadSignature:
        return {"device": secrets.token_hex(8), "people": []}
    return kept


def known_here(user_id: int | None) -> str | None:
    """Tên máy, where this person signed in from it before; None for a stranger's."""
    kept = _kept()
    return f"device:{kept['device']}" if user_id in kept["people"] else None


def remember(answer: Response, user_id: int) -> None:
    """Nhớ máy này for the person who has just signed in; the cookie is sent to the sign-in page alone."""
    kept = _kept()
    people = [user_id, *(one for one in kept["people"] if one != user_id)][:MOST_PEOPLE]
    answer.set_cookie(
        COOKIE, _signer().dumps({"device": kept["device"], "people": people}), max_age=LIFETIME, path="/account/sign-in",
        httponly=True, samesite="Lax", secure=bool(current_app.config.get("SESSION_COOKIE_SECURE")))
