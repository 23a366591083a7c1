"""What is built once and brought back: rows are told by their keys, and read anew."""

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
    if isinstance(made, SimpleNamespace):
        return SimpleNamespace(**{name: keys_of(part) for name, part in vars(made).items()})
    return [keys_of(part) for part in made] if isinstance(made, list) else made


def rows_of(kept: Any) -> Any:
    """The same with each row as it stands, in the place of its key."""
    if isinstance(kept, Key):
        return db.session.get_one(*kept)
    if isinstance(kept, SimpleNamespace):
        return SimpleNamespace(**{name: rows_of(part) for name, part in vars(kept).items()})
    return [rows_of(part) for part in kept] if isinstance(kept, list) else kept
