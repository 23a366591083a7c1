"""Điều được nhớ: all that a worker remembers from one request to the next, in one place.

The public pages, the scheme of a launched campaign, the ranking of a block: dear to work out, and
the same for whoever may see them. Rights are never among them, nor rows of the database.
"""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from flask import current_app

from campaign import database
from campaign.audit import queries

Value = TypeVar("Value")
MOST = 40
PLACE = "remembered"


def remembered(
    kind: str, key: Hashable, make: Callable[[], Value], *, under: Hashable | None = None
) -> Value:
    """Nhớ lại what `make` gives, for as long as what it is made of stands as it stood.

    That is told by `under`; without it by the head of the record, which any commit of anybody
    moves. It is read before the value is made, so a value is never older than it says. Whoever may
    write leaves nothing here, and takes nothing that their own changes could belie.
    """
    may_write = database.writing.get()
    if may_write and under is None:
        return make()
    stamp = under or queries.head()[1]
    if not stamp:  # nothing was recorded yet
        return make()
    return _under_stamp(stamp, (kind, key), make, may_write=may_write)


def _under_stamp(
    stamp: Hashable, name: Hashable, make: Callable[[], Value], *, may_write: bool
) -> Value:
    """What was kept under this very stamp; else what is made now, and kept for the next."""
    place: dict[Hashable, tuple[Hashable, Any]] = current_app.extensions.setdefault(PLACE, {})
    known = place.get(name)
    if known is not None and known[0] == stamp:
        value: Value = known[1]
        return value
    value = make()
    if not may_write:
        place.pop(name, None)
        place[name] = (stamp, value)
        for oldest in list(place)[:-MOST]:
            place.pop(oldest, None)
    return value
