"""Nhập từ bảng tính: a table of a file becomes rows by column title; each row says what it would do, or what is wrong."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import IO, Any, NoReturn

from campaign.accounts.models import User
from campaign.core.dates import format_date, parse_date
from campaign.core.errors import RuleViolation
from campaign.core.labelled import Labelled
from campaign.core.numbers import format_decimal
from campaign.core.permissions import Permission
from campaign.core.text import one_line, search_key
from campaign.extensions import db
from campaign.papers import workbook
from campaign.papers.reading import Book, Cell, Sheet, SpreadsheetRefused
from campaign.papers.rules import column_name, number_in
from campaign.planning.models import Campaign

MOST_ROWS = 1_500
_HEAD_WITHIN = 20
_FIRST_DAY = date(1899, 12, 30)
_SERIALS = range(10_000, 80_000)
"""Ngày viết thành số trong Excel: 1927 to 2119."""


class What(Labelled):
    """Dòng sẽ làm gì."""

    ADDED = "added", "thêm"
    CHANGED = "changed", "sửa"
    LEFT = "left", "giữ nguyên"
    WRONG = "wrong", "chưa đúng"


@dataclass(frozen=True, slots=True)
class Column:
    """Cột của tệp nhập: its title, an example, and whether a row needs it."""

    key: str
    title: str
    example: str | int | Decimal | date | None = None
    is_required: bool = False
    width: int = 20


@dataclass(frozen=True)
class Row:
    """Một dòng của tệp, with where each of its cells stands."""

    number: int
    sheet: str
    cells: Mapping[str, Cell]
    columns: Mapping[str, int]

    def place(self, key: str | None = None) -> str:
        """Trang «Đơn vị», dòng 5, cột C."""
        where = f"Trang «{self.sheet}», dòng {self.number}"
        return f"{where}, cột {column_name(self.columns[key])}" if key is not None and key in self.columns else where

    def _wrong(self, key: str, sentence: str) -> NoReturn:
        message = f"Cột {column_name(self.columns[key])}: {sentence}"
        raise RuleViolation(message, field=key)

    def text(self, key: str) -> str:
        """Chữ trong ô, on one line; a number or a day as it is written."""
        cell = self.cells.get(key)
        if cell is None:
            return ""
        if isinstance(cell, Decimal):
            return format_decimal(cell).replace(".", "") if cell == cell.to_integral_value() else format_decimal(cell)
        return format_date(cell) if isinstance(cell, date) else one_line(str(cell))

    def number_of(self, key: str, **limits: Any) -> Decimal | None:
        """Số trong ô; nothing where it is empty."""
        if self.cells.get(key) is None:
            return None
        try:
            return number_in(self.cells[key], **limits)
        except RuleViolation as violation:
            self._wrong(key, str(violation))

    def day(self, key: str) -> date | None:
        """Ngày trong ô: a date, its serial number in Excel, or dd/mm/yyyy."""
        cell = self.cells.get(key)
        if cell is None or (isinstance(cell, date) and not isinstance(cell, datetime)):
            return cell
        if isinstance(cell, Decimal) and cell == cell.to_integral_value() and int(cell) in _SERIALS:
            return _FIRST_DAY + timedelta(days=int(cell))
        try:
            return parse_date(self.text(key))
        except RuleViolation as violation:
            self._wrong(key, str(violation))

    def one_of(self, key: str, choices: type[Labelled]) -> Any:
        """Giá trị trong danh mục, by its Vietnamese name."""
        asked = search_key(self.text(key))
        found = next((one for one in choices if search_key(one.label) == asked), None)
        if found is None:
            labels = "; ".join(one.label for one in choices)
            self._wrong(key, f"“{self.text(key)}” không có trong danh mục. Hãy ghi một trong: {labels}.")
        return found


@dataclass(frozen=True, slots=True)
class Outcome:
    """Kết quả của một dòng: what it does to what, field by field; or the sentence that says what is wrong."""

    place: str
    label: str
    what: What
    details: tuple[tuple[str, str, str], ...] = ()
    """Trường, trước, sau."""
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Context:
    """Ai nhập, lúc nào, cho phong trào nào."""

    by: User
    at: datetime
    campaign: Campaign | None = None


@dataclass(frozen=True)
class Importer:
    """Một loại tệp nhập: `take` carries one row out and says what it did; `key` tells rows that mean the same,
    and rows whose keys differ in their tones alone are asked about.
    """

    slug: str
    title: str
    permission: Permission
    act: str
    guidance: Sequence[str]
    columns: Sequence[Column]
    take: Callable[[Context, Row], Outcome]
    key: Callable[[Row], str]
    order: Callable[[list[Row]], list[Row]] = field(default=list)
    of_campaign: bool = False


@dataclass(frozen=True)
class Table:
    """Bảng đọc được: rows and what should be known about the file."""

    rows: list[Row]
    notes: list[str]


def template(importer: Importer, about: workbook.About) -> IO[bytes]:
    """Tệp mẫu để điền: heads, one invented row, and what to know."""
    kinds = {int: workbook.Kind.WHOLE, Decimal: workbook.Kind.MEASURE, date: workbook.Kind.DAY}
    columns = [workbook.Column(one.title + (" *" if one.is_required else ""), kinds.get(type(one.example), workbook.Kind.TEXT), one.width)
               for one in importer.columns]
    return workbook.write([workbook.Table(importer.title, columns, [[one.example for one in importer.columns]])], about)


def table_of(importer: Importer, book: Book) -> Table:
    """Tìm bảng trong tệp: the first sheet with the needed heads; refuses what cannot be read for sure."""
    headed = [(sheet, found) for sheet in sorted(book.sheets, key=lambda one: not one.is_shown) if (found := _head(importer, sheet))]
    if headed:
        (sheet, (number, columns)), *others = headed
        table = _table(importer, sheet, number, columns, sheet.rows[number - 1])
        if not sheet.is_shown:
            table.notes.append(f"Trang «{sheet.name}» đang ẩn trong tệp vẫn được đọc.")
        if others:
            names = ", ".join(f"«{other.name}»" for other, _ in others)
            table.notes.append(f"Chỉ đọc trang «{sheet.name}»; các trang {names} cũng có bảng này nhưng không đọc.")
        return table
    needed = ", ".join(f"«{one.title}»" for one in importer.columns if one.is_required)
    message = f"Không thấy bảng có các cột {needed}. Hãy dùng tệp mẫu."
    raise SpreadsheetRefused(message, field="file")


def _head(importer: Importer, sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    """The row with every head a row needs, and in which column each stands."""
    for number, cells in enumerate(sheet.rows[:_HEAD_WITHIN], start=1):
        heads = {search_key(str(cell).rstrip(" *")): place for place, cell in enumerate(cells, start=1) if cell is not None}
        columns = {one.key: heads[search_key(one.title)] for one in importer.columns if search_key(one.title) in heads}
        if all(one.key in columns for one in importer.columns if one.is_required):
            return number, columns
    return None


def _table(importer: Importer, sheet: Sheet, head: int, columns: dict[str, int], cells: Sequence[Cell]) -> Table:
    rows = []
    for number, line in sheet.table(head + 1):
        for column in columns.values():
            if (number, column) in sheet.merged:
                message = f"{sheet.place(number, column)}: ô nằm trong vùng gộp. Hãy bỏ gộp ô rồi gửi lại."
                raise SpreadsheetRefused(message, field="file")
            if (number, column) in sheet.broken:
                message = f"{sheet.place(number, column)}: {sheet.broken[number, column]}"
                raise SpreadsheetRefused(message, field="file")
        found = {key: line[place - 1] if place <= len(line) else None for key, place in columns.items()}
        if any(cell is not None for cell in found.values()):
            rows.append(Row(number, sheet.name, found, columns))
    if not rows:
        message = f"Trang «{sheet.name}» không có dòng nào dưới dòng tiêu đề."
        raise SpreadsheetRefused(message, field="file")
    if len(rows) > MOST_ROWS:
        message = f"Tệp có {len(rows)} dòng; mỗi lần nhập tối đa {MOST_ROWS}. Hãy chia thành nhiều tệp."
        raise SpreadsheetRefused(message, field="file")
    return Table(rows, list(_notes(importer, sheet, rows, columns, cells)))


def _notes(importer: Importer, sheet: Sheet, rows: list[Row], columns: dict[str, int], cells: Sequence[Cell]) -> Iterator[str]:
    hidden = sum(row.number in sheet.hidden_rows for row in rows)
    if hidden:
        yield f"{hidden} dòng đang ẩn trong tệp vẫn được đọc."
    unknown = [str(cell) for place, cell in enumerate(cells, start=1) if cell is not None and place not in columns.values()]
    if unknown:
        yield "Không đọc các cột: " + ", ".join(f"«{one}»" for one in unknown) + "."
    absent = [one.title for one in importer.columns if one.key not in columns]
    if absent:
        yield "Tệp không có các cột: " + ", ".join(f"«{one}»" for one in absent) + "; phần đó giữ nguyên."


def carry_out(importer: Importer, context: Context, rows: Sequence[Row]) -> list[Outcome]:
    """Làm từng dòng: each in a savepoint of its own, so that every wrong one is told; the caller commits or rolls back."""
    seen: dict[str, int] = {}
    alike: dict[str, int] = {}
    found: dict[int, Outcome] = {}
    for row in importer.order(list(rows)):
        try:
            for column in importer.columns:
                if column.is_required and not row.text(column.key):
                    message = f"Cột {column_name(row.columns[column.key])}: thiếu «{column.title}»."
                    raise RuleViolation(message)
            key = importer.key(row)
            if key in seen:
                message = f"Trùng với dòng {seen[key]} của tệp này."
                raise RuleViolation(message)
            seen[key] = row.number
            with db.session.begin_nested():
                found[row.number] = importer.take(context, row)
            if (twin := alike.setdefault(search_key(key), row.number)) != row.number:
                question = f"Chỉ khác dấu với dòng {twin} của tệp này: có đúng là hai không?"
                found[row.number] = asking(found[row.number], question)
        except RuleViolation as violation:
            found[row.number] = Outcome(row.place(), row.text(importer.columns[0].key), What.WRONG, sentence=str(violation))
    return [found[number] for number in sorted(found)]


def asking(outcome: Outcome, question: str) -> Outcome:
    """Kết quả kèm một câu hỏi, which stops nothing."""
    return replace(outcome, sentence=f"{outcome.sentence} {question}".strip())


def compared(row: Row, label: str, before: Mapping[str, str] | None, after: Mapping[str, str]) -> Outcome:
    """Kết quả theo khác biệt between what was there and what is there now."""
    if before is None:
        return Outcome(row.place(), label, What.ADDED, tuple((name, "", text) for name, text in after.items() if text))
    details = tuple((name, before.get(name, ""), text) for name, text in after.items() if before.get(name, "") != text)
    return Outcome(row.place(), label, What.CHANGED if details else What.LEFT, details)
