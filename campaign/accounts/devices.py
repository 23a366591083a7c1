"""Máy quen: a browser in which a person signed in before counts its failures alone; strangers never
lock them out.
"""

import secrets
from datetime import timedelta
from typing import Any

from flask import current_app, g, request
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug import Response

COOKIE = "ngonco_device"
LIFETIME = timedelta(days=180)
MOST_PEOPLE = 8


def _signer() -> URLSafeTimedSerializer:
    keys = [
        *(current_app.config.get("SECRET_KEY_FALLBACKS") or ()),
        current_app.config["SECRET_KEY"],
    ]
    return URLSafeTimedSerializer(keys, salt="known-device")


def _kept() -> dict[str, Any]:
    """What this browser's cookie says: its name, and who signed in here; nothing where it was not
    written by this site.
    """
    try:
        cookie: dict[str, Any] = _signer().loads(
            request.cookies.get(COOKIE, ""), max_age=int(LIFETIME.total_seconds())
        )
    except BadSignature:
        return {"device": secrets.token_hex(8), "people": []}
    return cookie


def name_here() -> str:
    """Tên máy này: from its cookie, or a new one that its answer will carry."""
    return f"device:{_here()['device']}"


def is_known(user_id: int | None) -> bool:
    """Máy quen: this person signed in from it before."""
    return user_id in _here()["people"]


def _here() -> dict[str, Any]:
    """One name for the whole request, also where the browser has none yet."""
    if "device_here" not in g:
        g.device_here = _kept()
    here: dict[str, Any] = g.device_here
    return here


def remember(answer: Response, user_id: int | None = None) -> None:
    """Nhớ máy này, for whoever has just signed in; the cookie goes to the account's pages alone."""
    here = _here()
    people = [person for person in here["people"] if person != user_id]
    if user_id is not None:
        people = [user_id, *people][:MOST_PEOPLE]
    answer.set_cookie(
        COOKIE,
        _signer().dumps({"device": here["device"], "people": people}),
        max_age=LIFETIME,
        path="/account",
        httponly=True,
        samesite="Lax",
        secure=bool(current_app.config.get("SESSION_COOKIE_SECURE")),
    )
