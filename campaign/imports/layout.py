"""Bố cục của bảng: in which columns the known heads stand, and which lines below are rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from campaign.imports.asides import Aside, aside
from campaign.imports.heads import FEWEST_HEADS, Head, title_key
from campaign.imports.importer import Importer
from campaign.imports.rules import Row
from campaign.papers.reading import Cell, Sheet

Passed = tuple[int, Aside, Sequence[Cell]]
"""Dòng bỏ qua: its number, why it is no row, and what it says."""
_ACROSS = 4
"""So many columns, all numbered, are the numbers of columns again on another page."""


@dataclass(frozen=True)
class Layout:
    """Bố cục: a sheet, its heads, and the column of each that is known."""

    importer: Importer
    sheet: Sheet
    head: Head
    columns: Mapping[str, int]

    def cells(self, line: Sequence[Cell]) -> dict[str, Cell]:
        """Các ô được đọc của một dòng."""
        return {
            key: line[place - 1] if place <= len(line) else None
            for key, place in self.columns.items()
        }


def rows_of(layout: Layout) -> tuple[list[Row], list[Passed]]:
    """Các dòng dữ liệu, and those beside them that are passed over."""
    rows: list[Row] = []
    passed: list[Passed] = []
    heads = _heads_said(layout)
    is_closed = False
    for number, line in layout.sheet.table(layout.head.number + 1):
        cells = layout.cells(line)
        if _repeats(cells, heads):
            kind: Aside | None = Aside.HEADS
        else:
            kind = _beside(layout, number, cells, rows, is_closed=is_closed)
        if kind is not None:
            passed.append((number, kind, line))
            is_closed = is_closed or kind is Aside.CLOSING
        elif any(cell is not None for cell in cells.values()):
            rows.append(_row(layout, number, cells))
    return rows, passed


def _heads_said(layout: Layout) -> list[dict[str, str | None]]:
    """What each line of the heads says, column by column."""
    return [
        {key: _said(cell) for key, cell in layout.cells(line).items()} for line in layout.head.lines
    ]


def _beside(
    layout: Layout, number: int, cells: Mapping[str, Cell], rows: Sequence[Row], *, is_closed: bool
) -> Aside | None:
    """What a line is beside the data, given the rows above it; nothing where it is a row."""
    kind = _aside(layout, number, is_first=not rows, is_closed=is_closed and bool(rows))
    return Aside.TOTAL if kind is None and _is_bare_sum(cells, rows) else kind


def _said(cell: Cell) -> str | None:
    """What a head says; nothing of a cell that is no text."""
    return title_key(cell) if isinstance(cell, str) else None


def _repeats(cells: Mapping[str, Cell], heads: Sequence[Mapping[str, str | None]]) -> bool:
    """Whether a row says the heads again, as every page of a printed table does."""
    written = [key for key, cell in cells.items() if cell is not None]
    if not written or not all(isinstance(cells[key], str) for key in written):
        return False
    return any(
        written == [key for key in head if head[key] is not None]
        and all(_said(cells[key]) == head[key] for key in written)
        for head in heads
    )


def _is_bare_sum(cells: Mapping[str, Cell], rows: Sequence[Row]) -> bool:
    """Dòng cộng không có chữ: numbers alone, each the sum of what stands above it."""
    written = {key: cell for key, cell in cells.items() if cell is not None}
    if not (written and rows) or not all(isinstance(cell, Decimal) for cell in written.values()):
        return False
    return all(
        cell == sum(above for row in rows if isinstance(above := row.cells[key], Decimal))
        for key, cell in written.items()
    )


def _aside(layout: Layout, number: int, *, is_first: bool, is_closed: bool) -> Aside | None:
    """What a line is beside the data; nothing where it is a row, empty where columns are read."""
    line = layout.sheet.rows[number - 1]
    cells = layout.cells(line)
    written = [key for key, cell in cells.items() if cell is not None]
    needed = [column.key for column in layout.importer.columns if column.is_required]
    is_whole = all(key in written for key in needed)
    is_across = len(written) == len(cells) >= _ACROSS
    kind = aside(
        line,
        is_whole=is_whole,
        is_first=is_first or is_across,
        is_lonely=len(written) <= 1,
        is_closed=is_closed,
    )
    if kind is None and not is_whole and _is_beside(layout, number, cells):
        return Aside.HEADING
    return kind


def _is_beside(layout: Layout, number: int, cells: Mapping[str, Cell]) -> bool:
    """Whether a row that lacks cells is words across the table: merged over it, or a sentence where
    a code belongs, with hardly anything beside it.
    """
    words = {key: cell for key, cell in cells.items() if cell is not None}
    if not words or not all(isinstance(cell, str) for cell in words.values()):
        return False
    merged = layout.sheet.merged
    covered = sum(
        (number, place) in merged and (number - 1, place) not in merged
        for place in range(1, len(layout.sheet.rows[number - 1]) + len(cells) + 1)
    )
    if len(words) == 1 and covered >= len(cells) - 1:
        return True
    first = layout.importer.columns[0]
    text = words.get(first.key)
    is_sentence = isinstance(text, str) and (" " in text or not any(map(str.isalnum, text)))
    return first.is_word and is_sentence and len(words) <= FEWEST_HEADS


def _row(layout: Layout, number: int, cells: Mapping[str, Cell]) -> Row:
    sheet = layout.sheet
    places = {key: (number, place) for key, place in layout.columns.items()}
    faults = {key: sheet.broken[place] for key, place in places.items() if place in sheet.broken}
    faults |= {
        key: "ô nằm trong vùng gộp. Hãy bỏ gộp ô rồi gửi lại."
        for key, place in places.items()
        if place in sheet.merged
    }
    shown = {key: sheet.shown[place] for key, place in places.items() if place in sheet.shown}
    return Row(number, sheet.name, cells, layout.columns, shown, faults)
