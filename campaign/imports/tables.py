"""Bảng của tệp nhập: the sheet with the needed heads becomes rows, or the file is refused."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from campaign.core.errors import refuse
from campaign.core.listing import listing
from campaign.core.numbers import format_decimal
from campaign.imports.asides import asides_told
from campaign.imports.heads import Head, head_of, refuse_without_heads
from campaign.imports.importer import Importer
from campaign.imports.layout import Layout, rows_of
from campaign.imports.notes import notes_of_book, notes_of_table
from campaign.imports.rules import Row
from campaign.papers.reading import Book, Sheet
from campaign.papers.rules import column_name

MOST_ROWS = 20_000


@dataclass(frozen=True)
class Table:
    """Bảng đọc được: rows and what should be known about the file."""

    rows: list[Row]
    notes: list[str]


def table_of(importer: Importer, book: Book) -> Table:
    """Tìm bảng trong tệp: the first sheet with the needed heads; refuses what cannot be read."""
    heads = _headed(importer, book)
    whole = [(sheet, head) for sheet, head in heads if not head.lacks(importer)]
    if not whole and importer.older is not None and _is_of(importer.older, book):
        return table_of(importer.older, book)
    if not whole:
        refuse_without_heads(importer, heads)
    filled = [pair for pair in whole if next(pair[0].table(pair[1].number + 1), None)] or whole
    (sheet, head), *others = filled
    table = _table(importer, sheet, head)
    if book.is_text:
        _refuse_longer_than_head(sheet, len(head.titles), table.rows)
    table.notes.extend(notes_of_book(book, sheet, [other for other, _ in others]))
    return table


def _headed(importer: Importer, book: Book) -> list[tuple[Sheet, Head]]:
    """The sheets with heads of this table, those that are shown before those that are hidden."""
    return [
        (sheet, head)
        for sheet in sorted(book.sheets, key=lambda sheet: not sheet.is_shown)
        if (head := head_of(importer, sheet))
    ]


def _is_of(importer: Importer, book: Book) -> bool:
    """Whether a sheet of the file has all the heads that this table needs."""
    heads = (head_of(importer, sheet) for sheet in book.sheets)
    return any(head is not None and not head.lacks(importer) for head in heads)


def _refuse_longer_than_head(sheet: Sheet, width: int, rows: Sequence[Row]) -> None:
    """Of a text file a row longer than its heads was parted wrongly: 1,5 is two cells."""
    longer = next((row.number for row in rows if len(sheet.rows[row.number - 1]) > width), None)
    if longer is not None:
        refuse(
            f"Dòng {longer} có {len(sheet.rows[longer - 1])} ô, dòng tiêu đề chỉ có {width}. "
            "Dấu ngăn cột nằm trong một ô (như dấu phẩy của số thập phân) thì ô đó phải để trong "
            "dấu ngoặc kép.",
            "file",
        )


def _table(importer: Importer, sheet: Sheet, head: Head) -> Table:
    _demand_single_heads(importer, sheet, head)
    columns = {key: places[0] for key, places in head.places.items()}
    layout = Layout(importer, sheet, head, columns)
    rows, passed = rows_of(layout)
    if not rows:
        refuse(f"Trang «{sheet.name}» không có dòng nào dưới dòng tiêu đề.", "file")
    if len(rows) > MOST_ROWS:
        refuse(
            f"Tệp có {format_decimal(Decimal(len(rows)))} dòng; mỗi lần nhập tối đa "
            f"{format_decimal(Decimal(MOST_ROWS))}. Hãy chia thành nhiều tệp.",
            "file",
        )
    return Table(rows, [*filter(None, [asides_told(passed)]), *notes_of_table(layout, rows)])


def _demand_single_heads(importer: Importer, sheet: Sheet, head: Head) -> None:
    for column in importer.columns:
        places = head.places.get(column.key, ())
        if len(places) > 1:
            names = listing(column_name(place) for place in places)
            refuse(
                f"Trang «{sheet.name}», dòng {head.number}: các cột {names} cùng tên "
                f"«{column.title}». Hãy bỏ hoặc đổi tên cột thừa rồi gửi lại.",
                "file",
            )
