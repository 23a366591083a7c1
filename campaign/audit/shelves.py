"""Ngăn giữ của ứng dụng: what many pages read in the same words, kept under the stamp of the record
while nothing changes.

Only pages that read take from a shelf, and views that write nothing but typed cells, of what those
cannot change. Whoever
may write anything else reads for himself, and leaves nothing there.
"""

from collections.abc import Callable, Collection, Hashable, Mapping
from typing import Any, TypeVar

from flask import current_app, has_request_context, request

from campaign import database
from campaign.audit import queries
from campaign.core.kept import Shelf
from campaign.extensions import db

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")
MOST = 200
_STAMPS = "ngonco.stamps"


def stamps() -> queries.Stamps:
    """Dấu của dữ liệu: read once for a page that only reads."""
    if not _takes_settled():
        return queries.stamps()
    if _STAMPS not in request.environ:
        request.environ[_STAMPS] = queries.stamps()
    found: queries.Stamps = request.environ[_STAMPS]
    return found


def keep(name: str, key: Hashable, make: Callable[[], Value], *, most: int = MOST) -> Value:
    """Giữ lại what `make` reads, at most so many on the shelf `name`, until anything changes."""
    return _shelf(name, most).take(stamps().head, key, make) if _only_reads() else make()


def keep_settled(name: str, key: Hashable, make: Callable[[], Value], *, most: int = MOST) -> Value:
    """Giữ lại điều đã chốt: the same for what no cell that is being typed can change."""
    return _shelf(name, most).take(stamps().settled, key, make) if _takes_settled() else make()


def keep_each_settled(
    name: str, keys: Collection[Key], make: Callable[[Collection[Key]], Mapping[Key, Value]]
) -> Mapping[Key, Value]:
    """The same for many at once: `make` reads those that are not there, and leaves out those that
    do not exist.
    """
    if not _takes_settled():
        return make(keys)
    return _shelf(name).take_each(stamps().settled, keys, make)


def keep_row(name: str, key: Hashable, read: Callable[[], Value]) -> Value:
    """Giữ một dòng (hoặc vài dòng đọc cùng nhau): taken out of the session that read it, so that
    every page that only reads
    may look at it.
    """

    def detached() -> Value:
        found = read()
        for row in found if isinstance(found, tuple) else (found,):
            if row is not None:
                db.session.expunge(row)
        return found

    return keep_settled(name, key, detached) if _takes_settled() else read()


def _only_reads() -> bool:
    return has_request_context() and not database.writing.get()


def _takes_settled() -> bool:
    if not has_request_context():
        return False
    return not database.writing.get() or getattr(
        current_app.view_functions.get(request.endpoint or ""), "types_cells", False
    )


def _shelf(name: str, most: int = MOST) -> Shelf[Any]:
    shelf: Shelf[Any] = current_app.extensions.setdefault(f"kept_{name}", Shelf(most))
    return shelf
