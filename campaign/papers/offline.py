"""Biểu điền ngoài mạng: a protected workbook with cells to fill in, and what comes back in it.

A hidden sheet says for what the form was made, and of each cell its field, where it stands and what it held then.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from io import BytesIO
from typing import IO, Any, NoReturn

from campaign.core.errors import RuleViolation
from campaign.core.numbers import format_decimal, parse_decimal, typed_decimal
from campaign.core.text import nfc
from campaign.papers.reading import Book, Cell, Sheet
from campaign.papers.rules import number_in

MARK = "ngonco-form-1"
HIDDEN = "_ngonco"
GUIDE = "Hướng dẫn"
FIRST_ROW = 4
MOST_SLOTS = 20_000
_LONGEST_CELL = 32_000


class FormRefused(RuleViolation):
    """Biểu không nhận: the sentence says why."""


@dataclass(frozen=True, slots=True)
class Slot:
    """Ô để điền: its field, what it holds now (as the page shows it), and what may be filled in."""

    field: str
    value: str = ""
    is_number: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    """Giá trị và tên của từng lựa chọn."""


@dataclass(frozen=True)
class Page:
    """Một trang của biểu: columns with widths, rows of fixed texts and slots; the first cell names the row."""

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
class Filled:
    """Ô đã điền: the field, what it held when the form was made, what stands in it now, and where."""

    field: str
    base: str
    value: str
    place: str
    label: str
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """Thay đổi mà biểu mang về: what the page holds today, and whether somebody changed it since the form was made."""

    filled: Filled
    current: str
    problem: str = ""

    @property
    def is_conflict(self) -> bool:
        """Trên mạng đã có người sửa."""
        return not self.problem and _plain(self.current) != _plain(self.filled.base)


def _plain(text: str) -> str:
    """One way to end a line, whatever a browser or a spreadsheet makes of it."""
    return nfc(text).strip()


def changes(filled: Sequence[Filled], current: Mapping[str, str]) -> list[Change]:
    """Những gì biểu thay đổi: cells left as they were, or already the same on the page, change nothing."""
    found = []
    for one in filled:
        now = current.get(one.field, "")
        if one.problem:
            found.append(Change(one, now, one.problem))
        elif _plain(one.value) not in {_plain(one.base), _plain(now)}:
            found.append(Change(one, now))
    return found


def write(form: Form) -> IO[bytes]:
    """Lập biểu: only the cells to fill in are open; the rest is protected, without a password."""
    from xlsxwriter import Workbook  # noqa: PLC0415 - ten megabytes a worker needs only now

    target = BytesIO()
    book = Workbook(target, {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
    styles = {
        "title": book.add_format({"bold": True, "font_size": 14}), "head": book.add_format(
            {"bold": True, "text_wrap": True, "border": 1, "bg_color": "#F3EDE2", "valign": "vcenter"}),
        "fixed": book.add_format({"text_wrap": True, "border": 1, "valign": "top", "bg_color": "#F7F7F7"}),
        "number": book.add_format({"locked": False, "border": 1, "num_format": "#,##0.####", "valign": "top", "bg_color": "#FFFDF0"}),
        "text": book.add_format(
            {"locked": False, "border": 1, "text_wrap": True, "num_format": "@", "valign": "top", "bg_color": "#FFFDF0"}),
        "plain": book.add_format({"text_wrap": True, "valign": "top"})}
    _guide(book, form, styles)
    known: list[tuple[str, str, int, int, str, str]] = []
    for page in form.pages:
        known += _page(book, page, styles)
    hidden = book.add_worksheet(HIDDEN)
    hidden.write_row(0, 0, [MARK, form.kind, form.subject])
    for place, row in enumerate(known, start=1):
        for column, value in enumerate(row):
            if isinstance(value, int):
                hidden.write_number(place, column, value)
            else:
                hidden.write_string(place, column, value)
    hidden.very_hidden()
    hidden.protect()
    book.close()
    target.seek(0)
    return target


def _guide(book: Any, form: Form, styles: dict[str, Any]) -> None:
    sheet = book.add_worksheet(GUIDE)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 90)
    sheet.write_string(0, 0, form.title, styles["title"])
    for row, (name, text) in enumerate(form.facts, start=2):
        sheet.write_string(row, 0, name, styles["plain"])
        sheet.write_string(row, 1, text, styles["plain"])
    for row, text in enumerate(form.guidance, start=3 + len(form.facts)):
        sheet.write_string(row, 1, text, styles["plain"])
    sheet.protect()


def _page(book: Any, page: Page, styles: dict[str, Any]) -> list[tuple[str, str, int, int, str, str]]:
    """Write one page; gives field, sheet, row, column, base and the row's name of each slot."""
    sheet = book.add_worksheet(page.name)
    sheet.write_string(0, 0, page.name, styles["title"])
    sheet.write_string(1, 0, page.guidance)
    for column, (heading, width) in enumerate(page.columns):
        sheet.set_column(column, column, width)
        sheet.write_string(FIRST_ROW - 2, column, heading, styles["head"])
    known = []
    for number, row in enumerate(page.rows, start=FIRST_ROW):
        for column, cell in enumerate(row):
            if isinstance(cell, Slot):
                _slot(sheet, number - 1, column, cell, styles)
                known.append((cell.field, page.name, number, column + 1, _plain(cell.value)[:_LONGEST_CELL], str(row[0])))
            elif isinstance(cell, Decimal):
                sheet.write_number(number - 1, column, cell, styles["fixed"])
            else:
                sheet.write_string(number - 1, column, (cell or "")[:_LONGEST_CELL], styles["fixed"])
    sheet.freeze_panes(FIRST_ROW - 1, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(FIRST_ROW - 2)
    sheet.protect("", {"format_rows": True, "format_columns": True})
    return known


def _slot(sheet: Any, row: int, column: int, slot: Slot, styles: dict[str, Any]) -> None:
    style = styles["number" if slot.is_number else "text"]
    names, value = dict(slot.choices), _plain(slot.value)
    if not value:
        sheet.write_blank(row, column, None, style)
    elif slot.is_number and value != "—":
        sheet.write_number(row, column, parse_decimal(value), style)
    else:
        sheet.write_string(row, column, names.get(value, value)[:_LONGEST_CELL], style)
    if slot.choices:
        sheet.data_validation(row, column, row, column, {
            "validate": "list", "source": [label for _, label in slot.choices], "error_title": "Chưa đúng",
            "error_message": "Hãy chọn trong danh sách."})


def read_back(book: Book, form: Form) -> list[Filled]:
    """Đọc biểu đã điền: every cell the form has today that the file has too; of another subject it is refused."""
    hidden = book.sheet(HIDDEN)
    if hidden is None or hidden.at(1, 1) != MARK or hidden.at(1, 2) != form.kind:
        _refuse("Tệp này không phải biểu tải từ trang này. Hãy tải biểu, điền rồi gửi lại chính tệp đó.")
    if hidden.at(1, 3) != form.subject:
        _refuse("Biểu này của đơn vị, kỳ hoặc phiếu khác. Hãy tải biểu ở đúng trang này.")
    slots = {cell.field: cell for page in form.pages for row in page.rows for cell in row if isinstance(cell, Slot)}
    found, seen = [], set()
    for row in hidden.rows[1:MOST_SLOTS]:
        name, page, number, column, base, label = (*row, *[None] * (6 - len(row)))[:6]
        if not (isinstance(name, str) and isinstance(page, str) and isinstance(number, Decimal) and isinstance(column, Decimal)):
            _refuse("Trang ẩn của biểu đã bị sửa. Hãy tải biểu mới.")
        sheet = book.sheet(page)
        if sheet is None:
            _refuse(f"Thiếu trang «{page}». Hãy tải biểu mới.")
        if str(sheet.at(int(number), 1) or "") != str(label or ""):
            _refuse(f"{sheet.place(int(number))}: dòng đã bị dời hoặc đổi tên. Hãy tải biểu mới và chỉ điền các ô màu vàng.")
        if name in slots and name not in seen:
            seen.add(name)
            found.append(_filled(sheet, int(number), int(column), slots[name], str(base or ""), str(label or "")))
    return found


def _refuse(sentence: str) -> NoReturn:
    raise FormRefused(sentence, field="file")


def _filled(sheet: Sheet, row: int, column: int, slot: Slot, base: str, label: str) -> Filled:
    place, cell = sheet.place(row, column), sheet.at(row, column)
    if (row, column) in sheet.merged:
        return Filled(slot.field, base, "", place, label, "Ô này nằm trong vùng gộp. Hãy bỏ gộp ô rồi điền lại.")
    if (row, column) in sheet.broken:
        sentence = sheet.broken[row, column]
        return Filled(slot.field, base, str(cell), place, label, f"{sentence[0].upper()}{sentence[1:]}")
    try:
        return Filled(slot.field, base, _text(slot, cell), place, label)
    except RuleViolation as violation:
        return Filled(slot.field, base, "" if cell is None else str(cell), place, label, str(violation))


def _text(slot: Slot, cell: Cell) -> str:
    """What the page's own field would hold."""
    if cell is None or cell == "—":
        return "" if cell is None else "—"
    if slot.is_number:
        return typed_decimal(number_in(cell))
    if slot.choices:
        values = {label.casefold(): value for value, label in slot.choices}
        if str(cell).casefold() not in values:
            message = "Hãy chọn một trong: " + ", ".join(label for _, label in slot.choices) + "."
            raise RuleViolation(message)
        return values[str(cell).casefold()]
    return format_decimal(cell) if isinstance(cell, Decimal) else str(cell)
