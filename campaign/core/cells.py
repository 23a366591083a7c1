"""Ô lưu khi gõ: how a cell is named, how its text is read, and what a second writer is told.

A page sends the name of a cell, the text that was typed and its base, the text the writer started
from. The cell is written only where it still holds the base (or holds what was typed already);
else both texts are kept, and the writer chooses.
"""

import enum
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from campaign.core.dates import format_moment
from campaign.core.errors import Conflict, refuse
from campaign.core.numbers import (
    format_decimal,
    known_id,
    parse_decimal,
    parse_points,
    typed_decimal,
)
from campaign.core.text import nfc, one_line

LONGEST = 20_000
"""So many characters one cell holds at most."""


class CellName(NamedTuple):
    """Tên ô: a letter for its kind, the row it is about and, where it has several, the part of it
    (`v:12:value`).
    """

    letter: str
    subject: str
    part: str = ""

    @property
    def number(self) -> int:
        """Mã số của dòng; 0, which no row has, where it is no number."""
        return known_id(self.subject)

    @property
    def row(self) -> str:
        """Dòng chứa ô, of whatever kind: `v:12` of `v:12:value`."""
        return f"{self.letter}:{self.subject}"


def cell_name(field: str) -> CellName:
    """Đọc tên ô; whether there is such a cell is for its page to say."""
    letter, _, rest = field.partition(":")
    subject, _, part = rest.partition(":")
    return CellName(letter, subject, part)


Reader = Callable[[str], Any]
"""Cách đọc một ô: the text that was typed as a value, or the sentence that refuses it."""


def optional(parse: Reader) -> Reader:
    """Ô có thể để trống: nothing typed is None, never zero."""
    return lambda text: parse(text.strip()) if text.strip() else None


def measure(decimals: int) -> Reader:
    """Ô số liệu."""
    return optional(lambda text: parse_decimal(text, decimals=decimals))


def points(maximum: Decimal | None, places: int) -> Reader:
    """Ô điểm, up to the maximum, with the plan's decimals."""
    return optional(lambda text: parse_points(text, maximum=maximum, places=places))


def choice(kinds: type[enum.StrEnum], sentence: str) -> Reader:
    """Ô chọn một trong mấy loại, refused by the sentence where it is none of them."""

    def read(text: str) -> enum.StrEnum:
        return kinds(text) if text in set(kinds) else refuse(sentence)

    return optional(read)


line: Reader = one_line
"""Ô chữ một dòng."""
prose: Reader = nfc
"""Ô chữ nhiều dòng, as it was typed."""


def read(text: str, reader: Reader) -> Any:
    """Đọc chữ vừa gõ; too much of it is refused."""
    if len(text) > LONGEST:
        refuse(f"Nhiều nhất {format_decimal(Decimal(LONGEST))} ký tự.")
    return reader(text)


def shown(value: Any) -> str:
    """Chữ trong ô: as a cell to type in shows a stored value."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return typed_decimal(value)
    return str(value)


class Writer(NamedTuple):
    """Người gõ ô này lần cuối, and when (None where nothing stands there any more)."""

    name: str
    at: datetime | None


def demand_unchanged(current: str, *, base: str, new: str, last: Callable[[], Writer]) -> None:
    """So rồi mới ghi: raises Conflict unless the cell still shows its base, or the new text."""
    if nfc(current) in {nfc(base), new}:
        return
    writer = last()
    raise Conflict(theirs=current, by=writer.name, at=format_moment(writer.at) if writer.at else "")
