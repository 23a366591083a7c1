"""Tìm kiếm: what a hit is, and which texts hold the words that are sought; pure."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from campaign.core.text import search_key

SHORTEST = 2
"""Ít ký tự hơn thế này thì không tìm."""
MOST_SHOWN = 20


class Searchable(NamedTuple):
    """Một thứ tìm được: its title and where it stands; `key` is all its words without tones."""

    title: str
    url: str
    note: str
    key: str
    day: date | None = None


class Found(NamedTuple):
    """Kết quả của một mục: the first of them, and how many there are in all."""

    heading: str
    hits: Sequence[Searchable]
    total: int


def searchable(title: str, url: str, note: str, *texts: str, day: date | None = None) -> Searchable:
    """Một thứ tìm được, with the words of its title and of these texts."""
    return Searchable(title, url, note, search_key(" ".join((title, *texts))), day)


def is_long_enough(text: str) -> bool:
    """Đủ chữ để tìm."""
    return len(search_key(text).replace(" ", "")) >= SHORTEST


def found(heading: str, rows: Iterable[Searchable], text: str) -> Found:
    """Những dòng có đủ mọi từ, tones and capitals aside: those with the very words in the title
    first, then the newest.
    """
    sought = search_key(text)
    words = sought.split()
    hits = [row for row in rows if all(word in row.key for word in words)]
    hits.sort(key=lambda row: row.day or date.min, reverse=True)
    hits.sort(key=lambda row: sought not in search_key(row.title))
    return Found(heading, hits[:MOST_SHOWN], len(hits))
