"""Dòng tiêu đề: where the heads of the columns stand, whatever is written around them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NoReturn

from campaign.core.errors import refuse
from campaign.core.text import one_line, search_key
from campaign.imports.importer import Importer
from campaign.papers.reading import Sheet

_HEAD_WITHIN = 20
FEWEST_HEADS = 2
"""So many known heads tell a row of heads from a word in passing."""


@dataclass(frozen=True)
class Head:
    """Dòng tiêu đề: its number, and in which columns each known head stands."""

    number: int
    places: Mapping[str, list[int]]

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
    """The row with most of the heads; nothing where no row has at least two of them."""
    titles = {title_key(column.title): column.key for column in importer.columns}
    best: Head | None = None
    for number, cells in enumerate(sheet.rows[:_HEAD_WITHIN], start=1):
        places: dict[str, list[int]] = {}
        for place, cell in enumerate(cells, start=1):
            key = titles.get(title_key(one_line(str(cell))))
            if key is not None:
                places.setdefault(key, []).append(place)
        if len(places) >= FEWEST_HEADS and (best is None or len(places) > len(best.places)):
            best = Head(number, places)
    return best


_NUMBERED_HEAD = re.compile(r"\A[(\[]?(?:\d{1,2}|[IVX]{1,5})(?:[)\]]|[.]\)?)\s*")
_TITLE_WORD = re.compile(r"[\w%]+")


def title_key(title: str) -> str:
    """Tên cột without what stands around it: "3. Tiền thưởng (đồng) (*)" as "tien thuong dong"."""
    return " ".join(_TITLE_WORD.findall(search_key(_NUMBERED_HEAD.sub("", title, count=1))))
