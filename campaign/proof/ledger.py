"""Sổ diễn lại: what the record says of every row, kept on disk while it is compared.

A record of millions of entries speaks of millions of rows: more than the memory of a small server.
"""

import json
import sqlite3
from collections.abc import Iterator, MutableMapping

from campaign.proof.rules import Row

_PRIVATE = ""
"""A database that only its connection sees: in memory while it is small, then in a file that has
no name and goes with it.
"""
_CACHE_KIB = 64 * 1024
_TABLE = """
CREATE TABLE told (
    page INTEGER, key TEXT, number INTEGER, content TEXT, PRIMARY KEY (page, key)
) WITHOUT ROWID
"""


class Ledger:
    """Sổ: a page for each table."""

    def __init__(self) -> None:
        """An empty one."""
        self._held = sqlite3.connect(_PRIVATE, isolation_level=None)
        self._held.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        self._held.execute("PRAGMA journal_mode = OFF")
        self._held.execute("PRAGMA synchronous = OFF")
        self._held.execute(_TABLE)
        self._held.execute("BEGIN")
        self._pages = 0

    def page(self) -> "Page":
        """Trang mới, for the rows of one table."""
        self._pages += 1
        return Page(self._held, self._pages)

    def close(self) -> None:
        """Bỏ sổ: nothing of it stays."""
        self._held.close()


class Page(MutableMapping[str, Row]):
    """Trang: rows by their keys."""

    def __init__(self, held: sqlite3.Connection, number: int) -> None:
        """Of the ledger that holds it."""
        self._held, self._number = held, number

    def __getitem__(self, key: str) -> Row:
        """Dòng theo khoá."""
        statement = "SELECT content, number FROM told WHERE page = ? AND key = ?"
        read = self._held.execute(statement, (self._number, key)).fetchone()
        if read is None:
            raise KeyError(key)
        return Row(json.loads(read[0]), read[1])

    def __setitem__(self, key: str, row: Row) -> None:
        """Ghi dòng, in the place of what stood there."""
        self._held.execute(
            "INSERT OR REPLACE INTO told VALUES (?, ?, ?, ?)",
            (self._number, key, row.number, json.dumps(row.values)),
        )

    def __delitem__(self, key: str) -> None:
        """Bỏ dòng; `KeyError` where there is none."""
        statement = "DELETE FROM told WHERE page = ? AND key = ?"
        if self._held.execute(statement, (self._number, key)).rowcount == 0:
            raise KeyError(key)

    def __iter__(self) -> Iterator[str]:
        """Các khoá."""
        statement = "SELECT key FROM told WHERE page = ? ORDER BY key"
        for (key,) in self._held.execute(statement, (self._number,)):
            yield key

    def __len__(self) -> int:
        """Số dòng."""
        statement = "SELECT count(*) FROM told WHERE page = ?"
        counted: int = self._held.execute(statement, (self._number,)).fetchone()[0]
        return counted
