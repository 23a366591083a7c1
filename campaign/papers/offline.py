"""Biểu điền ngoài mạng: a protected workbook with cells to fill in, and what comes back in it.

A hidden sheet says for what the form was made, and of each cell its field, where it stands and what
it held then.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from campaign.core.text import nfc

MARK = "ngonco-form-1"
HIDDEN = "_ngonco"
GUIDE = "Hướng dẫn"
FIRST_ROW = 4
MOST_SLOTS = 20_000
LONGEST_CELL = 32_000


@dataclass(frozen=True, slots=True)
class Slot:
    """Ô để điền: its field, what it holds now (as the page shows it), and what may be filled in."""

    field: str
    value: str = ""
    is_number: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    """Giá trị và tên của từng lựa chọn."""
    decimals: int | None = None
    """Số chữ số sau dấu phẩy a number is rounded to, where a formula gave more."""


@dataclass(frozen=True)
class Page:
    """Một trang của biểu: columns with widths, rows of texts and slots; the first names the row."""

    name: str
    columns: Sequence[tuple[str, int]]
    rows: Sequence[Sequence[str | Decimal | Slot | None]]
    guidance: str = ""


@dataclass(frozen=True)
class Form:
    """Một biểu: which kind, of what, for whom, with its pages."""

    kind: str
    subject: str
    title: str
    facts: Sequence[tuple[str, str]]
    guidance: Sequence[str]
    pages: Sequence[Page] = field(default=())


@dataclass(frozen=True, slots=True)
class FilledCell:
    """Ô đã điền: the field, what it held when the form was made, what stands in it now, where."""

    field: str
    base: str
    value: str
    place: str
    label: str
    problem: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    note: str = ""
    """Điều nên biết trước khi ghi: what stood in the cell before it was rounded."""

    def told(self, text: str) -> str:
        """Nội dung as a person reads it: a choice by its name."""
        return dict(self.choices).get(text, text)


@dataclass(frozen=True, slots=True)
class Change:
    """Thay đổi mà biểu mang về: what the page holds today, and whether somebody changed it since
    the form was made.
    """

    filled: FilledCell
    current: str
    problem: str = ""

    @property
    def is_conflict(self) -> bool:
        """Trên mạng đã có người sửa."""
        return not self.problem and plain_text(self.current) != plain_text(self.filled.base)


def plain_text(text: str) -> str:
    """One way to end a line, whatever a browser or a spreadsheet makes of it."""
    return nfc(text).strip()


def changes(filled: Sequence[FilledCell], current: Mapping[str, str]) -> list[Change]:
    """Những gì biểu thay đổi: cells left as they were, or as the page is, change nothing."""
    differing = []
    for cell in filled:
        now = current.get(cell.field, "")
        if cell.problem:
            differing.append(Change(cell, now, cell.problem))
        elif plain_text(cell.value) not in {plain_text(cell.base), plain_text(now)}:
            differing.append(Change(cell, now))
    return differing


def with_refusals(changes: Sequence[Change], refused: Mapping[str, Exception]) -> list[Change]:
    """Các thay đổi, with the sentence of each that the page itself would refuse, by its field."""
    return [
        replace(change, problem=str(refused[change.filled.field]))
        if change.filled.field in refused
        else change
        for change in changes
    ]
