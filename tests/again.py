"""What is built once and brought back: rows are told by their keys, and read anew."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, NamedTuple

from sqlalchemy import inspect

from campaign.database import Base
from campaign.extensions import db


class Key(NamedTuple):
    """Which row of which table."""

    kind: type[Base]
    identity: tuple[Any, ...]


def keys_of(made: Any) -> Any:
    """The same with a key in the place of each row."""
    if isinstance(made, Base):
        return Key(type(made), inspect(made).identity)
    return _each(made, keys_of)


def rows_of(kept: Any) -> Any:
    """The same with each row as it stands, in the place of its key."""
    return db.session.get_one(*kept) if isinstance(kept, Key) else _each(kept, rows_of)


def _each(made: Any, told: Callable[[Any], Any]) -> Any:
    """A world or a list of the same kind, each part of it as `told`."""
    if isinstance(made, SimpleNamespace):
        other = type(made).__new__(type(made))
        vars(other).update({name: told(part) for name, part in vars(made).items()})
        return other
    return [told(part) for part in made] if isinstance(made, list) else made
