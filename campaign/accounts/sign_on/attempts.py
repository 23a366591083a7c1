"""Lần đăng nhập đang chờ: kept in the browser alone, sealed, a cookie for each tab."""

import json
import time
from typing import Any

from flask import current_app, request
from werkzeug import Response

from campaign.accounts import codes
from campaign.accounts.sign_on.rules import ATTEMPT_SECONDS, mark_of

PREFIX = "ngonco_on_"
PATH = "/account/sign-on"
MOST = 5
"""So many tabs wait at once; the oldest are given up."""


def _waiting() -> list[str]:
    """Cookie của các lần đang chờ, the latest first: their names begin with the moment."""
    return sorted((name for name in request.cookies if name.startswith(PREFIX)), reverse=True)


def _mark(state: str) -> str:
    return mark_of("state", state)[:16]


def keep(answer: Response, state: str, **told: Any) -> None:
    """Giữ một lần ở trình duyệt này, which nobody else can read or make."""
    for name in _waiting()[MOST - 1 :]:
        answer.delete_cookie(name, path=PATH)
    answer.set_cookie(
        f"{PREFIX}{int(time.time())}_{_mark(state)}",
        codes.sealed(json.dumps({"state": state, **told})),
        max_age=ATTEMPT_SECONDS,
        path=PATH,
        secure=bool(current_app.config.get("SESSION_COOKIE_SECURE")),
        httponly=True,
        samesite="Lax",
    )


def waiting(state: str) -> dict[str, Any] | None:
    """Lần mà trạng thái này thuộc về, if it began in this browser, not too long ago."""
    for name in _waiting():
        if name.endswith(f"_{_mark(state)}"):
            sealed = codes.unsealed(request.cookies[name], seconds=ATTEMPT_SECONDS) or ""
            told = json.loads(sealed) if sealed.startswith("{") else {}
            return dict(told) if told.get("state") == state else None
    return None


def forget(answer: Response, state: str) -> None:
    """Bỏ lần này."""
    for name in _waiting():
        if name.endswith(f"_{_mark(state)}"):
            answer.delete_cookie(name, path=PATH)
