"""Lần đầu vào: on the first day a person comes with a browser they are shown what to do first.

A cookie of this browser alone says whose first day it was; nothing of it is kept on the server.
"""

from datetime import date, timedelta

from flask import Response, current_app, request

NAME = "ngay-dau"
_KEPT = timedelta(days=365)


def is_first_day(user_id: int, today: date) -> bool:
    """Ngày đầu của người này trên trình duyệt này."""
    return request.cookies.get(NAME) in {None, _mark(user_id, today)} or not _is_of(user_id)


def note(answer: Response, user_id: int, today: date) -> Response:
    """Ghi ngày đầu, unless it is noted."""
    if not _is_of(user_id):
        answer.set_cookie(
            NAME,
            _mark(user_id, today),
            max_age=_KEPT,
            httponly=True,
            samesite="Lax",
            secure=current_app.config["SESSION_COOKIE_SECURE"],
        )
    return answer


def _mark(user_id: int, day: date) -> str:
    return f"{user_id}.{day.isoformat()}"


def _is_of(user_id: int) -> bool:
    return request.cookies.get(NAME, "").startswith(f"{user_id}.")
