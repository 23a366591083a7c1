"""Ngăn giữ của ứng dụng: what many pages read in the same words, kept under the stamp of the record while nothing changes."""

from collections.abc import Callable, Hashable
from typing import TypeVar

from flask import current_app, has_request_context, request

from campaign import database
from campaign.audit import queries
from campaign.core.kept import Shelf

Value = TypeVar("Value")
MOST = 200
_STAMP = "ngonco.stamp"


def keep(name: str, key: Hashable, make: Callable[[], Value]) -> Value:
    """Giữ lại what `make` reads, on the shelf `name`; whoever may write reads for himself, and leaves nothing there."""
    if database.writing.get() or not has_request_context():
        return make()
    if _STAMP not in request.environ:
        request.environ[_STAMP] = queries.stamp()
    shelf: Shelf[Value] = current_app.extensions.setdefault(f"kept_{name}", Shelf(MOST))
    return shelf.take(request.environ[_STAMP], key, make)
