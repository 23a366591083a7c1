"""Trang công khai được nhớ: drawn once for all visitors, until something changes."""

from collections.abc import Callable
from typing import TypeVar

from flask import Response, make_response, request
from flask.typing import ResponseReturnValue

from campaign.audit.memory import remembered
from campaign.audit.queries import head
from campaign.web import clock
from campaign.web.access import is_signed_in

Value = TypeVar("Value")


def kept(name: str, day: str, make: Callable[[], Value]) -> Value:
    """Điều ai cũng đọc được, remembered for the day under the stamp of the record."""
    return remembered("public page", (name, day), make)


def kept_page(render: Callable[[], str]) -> ResponseReturnValue:
    """Trang công khai, remembered under the stamp of the record: any change makes it anew.

    Only visitors' pages are; they hold nothing personal. A day changes them too, for posts come and
    go by date. The browser may ask again with its ETag.
    """
    if is_signed_in():
        return render()
    (_, stamp), day = head(), clock.today().isoformat()
    answer: Response = make_response(kept(request.path, day, render))
    answer.headers["Cache-Control"] = "no-cache"
    answer.set_etag(f"{stamp[:16]}-{day}")
    return answer.make_conditional(request)
