"""Dòng tiêu đề: where the heads of the columns stand, whatever is written around them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NoReturn

from campaign.core.errors import refuse
from campaign.core.text import one_line, search_key
from campaign.imports.importer import Importer
from campaign.papers.reading import Cell, Sheet

_HEAD_WITHIN = 20
FEWEST_HEADS = 2
"""So many known heads tell a row of heads from a word in passing."""


@dataclass(frozen=True)
class Head:
    """Dòng tiêu đề: its last line, the words over each column, and where each known head stands."""

    number: int
    titles: Sequence[Cell]
    places: Mapping[str, list[int]]
    lines: Sequence[Sequence[Cell]] = ()
    """Các dòng của tiêu đề as the file writes them: one, or two."""

    def lacks(self, importer: Importer) -> list[str]:
        """Titles a row needs that are not there."""
        return [
            column.title
            for column in importer.columns
            if column.is_required and column.key not in self.places
        ]


def refuse_without_heads(importer: Importer, heads: Sequence[tuple[Sheet, Head]]) -> NoReturn:
    """Only what is missing, where the table was nearly there; else what it should look like."""
    if heads:
        sheet, head = max(heads, key=lambda pair: len(pair[1].places))
        missing = ", ".join(f"«{title}»" for title in head.lacks(importer))
        refuse(
            f"Trang «{sheet.name}», dòng {head.number}: thiếu cột {missing}. "
            "Hãy thêm cột rồi gửi lại, hoặc dùng tệp mẫu.",
            "file",
        )
    needed = ", ".join(f"«{column.title}»" for column in importer.columns if column.is_required)
    refuse(f"Không thấy bảng có các cột {needed}. Hãy dùng tệp mẫu.", "file")


def head_of(importer: Importer, sheet: Sheet) -> Head | None:
    """The row with most of the heads, or two rows that have more of them together; nothing where
    none has at least two.
    """
    known = {title_key(column.title): column.key for column in importer.columns}
    numbers = range(1, min(_HEAD_WITHIN, len(sheet.rows)) + 1)
    heads = [head(sheet, number, known) for head in (_single, _double) for number in numbers]
    best = max(heads, key=lambda head: len(head.places), default=None)
    return best if best is not None and len(best.places) >= FEWEST_HEADS else None


def _single(sheet: Sheet, number: int, known: Mapping[str, str]) -> Head:
    line = sheet.rows[number - 1]
    return Head(number, line, _places(line, known), (line,))


def _double(sheet: Sheet, number: int, known: Mapping[str, str]) -> Head:
    """Tiêu đề hai dòng: a head over a part of the columns, and the heads of these below it; a line
    that says something under a head of a single column is none of them.
    """
    columns = range(1, max(map(len, sheet.rows[number - 1 : number + 1])) + 1)
    titles: list[Cell] = []
    is_head = False
    for place in columns:
        above, below = _over(sheet, number, place), sheet.at(number + 1, place)
        is_single = _key_of(above, known) is not None and (number, place + 1) not in sheet.merged
        if below is not None and (is_single or not isinstance(below, str)):
            return Head(number, (), {})
        titles.append(_joined(above, below, known))
        is_head = is_head or (below is not None and _key_of(titles[-1], known) is not None)
    if not is_head:
        return Head(number, (), {})
    lines = tuple(sheet.rows[number - 1 : number + 1])
    return Head(number + 1, titles, _places(titles, known), lines)


def _over(sheet: Sheet, row: int, place: int) -> Cell:
    """What stands over a column: its own cell, or the one that is merged over it."""
    while (row, place) in sheet.merged and sheet.at(row, place) is None and place > 1:
        place -= 1
    return sheet.at(row, place)


def _joined(above: Cell, below: Cell, known: Mapping[str, str]) -> Cell:
    """Tiêu đề của một cột under another: "Số" under "Quyết định" is "Số quyết định"."""
    if above is None or below is None:
        return above if below is None else below
    spelled = (below, f"{below} {above}", f"{above} {below}", above)
    return next((title for title in spelled if _key_of(title, known)), f"{above} {below}")


def _places(titles: Sequence[Cell], known: Mapping[str, str]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for place, title in enumerate(titles, start=1):
        key = _key_of(title, known)
        if key is not None:
            places.setdefault(key, []).append(place)
    return places


def _key_of(title: Cell, known: Mapping[str, str]) -> str | None:
    return None if title is None else known.get(title_key(one_line(str(title))))


_NUMBERED_HEAD = re.compile(r"\A[(\[]?(?:\d{1,2}|[IVX]{1,5})(?:[)\]]|[.]\)?)\s*")
_TITLE_WORD = re.compile(r"[\w%]+")


def title_key(title: str) -> str:
    """Tên cột without what stands around it: "3. Tiền thưởng (đồng) (*)" as "tien thuong dong"."""
    return " ".join(_TITLE_WORD.findall(search_key(_NUMBERED_HEAD.sub("", title, count=1))))
