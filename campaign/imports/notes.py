"""Điều nên biết về tệp: what was read though it is hidden, what was not read, and what is missing;
said above the preview.
"""

from collections.abc import Iterable, Iterator, Sequence

from campaign.core.old_letters import converted_words
from campaign.imports.layout import Layout
from campaign.imports.rules import Row
from campaign.papers.reading import Book, Sheet
from campaign.papers.rules import column_name


def notes_of_table(layout: Layout, rows: Sequence[Row]) -> Iterator[str]:
    """Điều nên biết về bảng được đọc."""
    yield from _hidden(layout, rows)
    yield from _converted(layout.sheet)
    yield from _unread(layout, rows)
    absent = [
        column.title for column in layout.importer.columns if column.key not in layout.columns
    ]
    if absent:
        yield f"Tệp không có các cột: {_quoted(absent)}; phần đó giữ nguyên."


def notes_of_book(book: Book, sheet: Sheet, others: Sequence[Sheet]) -> Iterator[str]:
    """Điều nên biết về cả tệp: how it counts days, and which of its sheets was read."""
    if book.is_of_1904:
        yield (
            "Tệp đếm ngày từ năm 1904 (Excel trên máy Mac); ngày được đọc đúng như Excel hiển thị."
        )
    if not sheet.is_shown:
        yield f"Trang «{sheet.name}» đang ẩn trong tệp vẫn được đọc."
    if others:
        names = _quoted(other.name for other in others)
        yield f"Chỉ đọc trang «{sheet.name}»; các trang {names} cũng có bảng này nhưng không đọc."


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f"«{name}»" for name in names)


def _hidden(layout: Layout, rows: Sequence[Row]) -> Iterator[str]:
    sheet = layout.sheet
    hidden = sum(row.number in sheet.hidden_rows for row in rows)
    if hidden:
        yield f"{hidden} dòng đang ẩn trong tệp vẫn được đọc."
    titles = {column.key: column.title for column in layout.importer.columns}
    folded = [titles[key] for key, place in layout.columns.items() if place in sheet.hidden_columns]
    if folded:
        yield f"Cột đang ẩn trong tệp vẫn được đọc: {_quoted(folded)}."


def _converted(sheet: Sheet) -> Iterator[str]:
    if sheet.converted:
        converted = [(typed, str(sheet.at(*at))) for at, typed in sheet.converted.items()]
        yield converted_words(sheet.old_font, converted)


def _unread(layout: Layout, rows: Sequence[Row]) -> Iterator[str]:
    heads = layout.head.titles
    unknown = [
        str(cell)
        for place, cell in enumerate(heads, start=1)
        if cell is not None and place not in layout.columns.values()
    ]
    if unknown:
        yield f"Không đọc các cột: {_quoted(unknown)}."
    headless = {
        place
        for row in rows
        for place, cell in enumerate(layout.sheet.rows[row.number - 1], start=1)
        if cell is not None and (place > len(heads) or heads[place - 1] is None)
    }
    if headless:
        names = ", ".join(column_name(place) for place in sorted(headless))
        yield f"Không đọc các cột không có tiêu đề: {names}."
