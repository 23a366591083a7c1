"""Biểu điền ngoài mạng: a protected workbook with cells to fill in, and what comes back in it.

A hidden sheet says for what the form was made, and of each cell its field, where it stands and what
it held then.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from io import BytesIO
from typing import IO, Any

from campaign.core.errors import RuleViolation, refuse
from campaign.core.numbers import as_calculated, parse_decimal, typed_decimal
from campaign.core.text import nfc, one_line
from campaign.papers.reading import Book, Cell, Sheet
from campaign.papers.rules import column_name, number_in, text_in, written

MARK = "ngonco-form-1"
HIDDEN = "_ngonco"
GUIDE = "Hướng dẫn"
FIRST_ROW = 4
MOST_SLOTS = 20_000
_LONGEST_CELL = 32_000


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
    """Một trang của biểu: columns with widths, rows of fixed texts and slots; the first cell names
    the row.
    """

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
    """Ô đã điền: the field, what it held when the form was made, what stands in it now, and
    where.
    """

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
    """Những gì biểu thay đổi: cells left as they were, or already the same on the page, change
    nothing.
    """
    found = []
    for cell in filled:
        now = current.get(cell.field, "")
        if cell.problem:
            found.append(Change(cell, now, cell.problem))
        elif _plain(cell.value) not in {_plain(cell.base), _plain(now)}:
            found.append(Change(cell, now))
    return found


def write(form: Form) -> IO[bytes]:
    """Lập biểu: only the cells to fill in are open; the rest is protected, without a password."""
    from xlsxwriter import Workbook  # noqa: PLC0415 - ten megabytes a worker needs only now

    target = BytesIO()
    book = Workbook(
        target,
        {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    styles = {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "head": book.add_format(
            {
                "bold": True,
                "text_wrap": True,
                "border": 1,
                "bg_color": "#F3EDE2",
                "valign": "vcenter",
            }
        ),
        "fixed": book.add_format(
            {"text_wrap": True, "border": 1, "valign": "top", "bg_color": "#F7F7F7"}
        ),
        "number": book.add_format(
            {
                "locked": False,
                "border": 1,
                "num_format": "#,##0.####",
                "valign": "top",
                "bg_color": "#FFFDF0",
            }
        ),
        "text": book.add_format(
            {
                "locked": False,
                "border": 1,
                "text_wrap": True,
                "num_format": "@",
                "valign": "top",
                "bg_color": "#FFFDF0",
            }
        ),
        "plain": book.add_format({"text_wrap": True, "valign": "top"}),
    }
    _guide(book, form, styles)
    known: list[_Known] = []
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


_Known = tuple[str, str, int, int, str, str, str]
"""Ô của biểu: field, sheet, row, column, base, the row's name and the column's."""


def _page(book: Any, page: Page, styles: dict[str, Any]) -> list[_Known]:
    """Write one page; gives what the hidden sheet keeps of each slot."""
    sheet = book.add_worksheet(page.name)
    sheet.write_string(0, 0, page.name, styles["title"])
    sheet.write_string(1, 0, page.guidance)
    for column, (heading, width) in enumerate(page.columns):
        sheet.set_column(column, column, width)
        sheet.write_string(FIRST_ROW - 2, column, heading, styles["head"])
    known: list[_Known] = []
    for number, row in enumerate(page.rows, start=FIRST_ROW):
        for column, cell in enumerate(row):
            if isinstance(cell, Slot):
                _slot(sheet, number - 1, column, cell, styles)
                known.append(
                    (
                        cell.field,
                        page.name,
                        number,
                        column + 1,
                        _plain(cell.value)[:_LONGEST_CELL],
                        str(row[0]),
                        page.columns[column][0],
                    )
                )
            elif isinstance(cell, Decimal):
                sheet.write_number(number - 1, column, cell, styles["fixed"])
            else:
                sheet.write_string(
                    number - 1, column, (cell or "")[:_LONGEST_CELL], styles["fixed"]
                )
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
        sheet.data_validation(
            row,
            column,
            row,
            column,
            {
                "validate": "list",
                "source": [label for _, label in slot.choices],
                "error_title": "Chưa đúng",
                "error_message": "Hãy chọn trong danh sách.",
            },
        )


def read_back(book: Book, form: Form) -> list[Filled]:
    """Đọc biểu đã điền: every cell the form has today that the file has too; of another subject it
    is
    refused. A column that is not in the file any more changes nothing.
    """
    slots = {
        cell.field: cell
        for page in form.pages
        for row in page.rows
        for cell in row
        if isinstance(cell, Slot)
    }
    found: dict[str, Filled] = {}
    for known in _known(book, form):
        sheet = _sheet_of(book, known)
        column = _column_of(sheet, known)
        slot = slots.get(known.field)
        if slot is not None and column is not None and known.field not in found:
            found[known.field] = _filled(sheet, column, slot, known)
    return list(found.values())


def absent_columns(book: Book, form: Form) -> list[str]:
    """Cột không còn trong tệp, each once with its page."""
    absent = (
        f"«{known.heading}» (trang «{known.page}»)"
        for known in _known(book, form)
        if _column_of(_sheet_of(book, known), known) is None
    )
    return list(dict.fromkeys(absent))


@dataclass(frozen=True, slots=True)
class _Slotted:
    """Ô của biểu lúc tải: as the hidden sheet keeps it."""

    field: str
    page: str
    row: int
    column: int
    base: str
    label: str
    heading: str


def _known(book: Book, form: Form) -> list[_Slotted]:
    if book.is_text:
        refuse(
            "Tệp chữ (.csv) không giữ được biểu. Hãy gửi lại chính tệp .xlsx đã tải từ trang này.",
            "file",
        )
    hidden = book.sheet(HIDDEN)
    if hidden is None or hidden.at(1, 1) != MARK or hidden.at(1, 2) != form.kind:
        refuse(
            "Tệp này không phải biểu tải từ trang này. "
            "Hãy tải biểu, điền rồi gửi lại chính tệp đó.",
            "file",
        )
    if hidden.at(1, 3) != form.subject:
        refuse("Biểu này của đơn vị, kỳ hoặc phiếu khác. Hãy tải biểu ở đúng trang này.", "file")
    return [_slotted(row) for row in hidden.rows[1:MOST_SLOTS]]


def _slotted(row: Sequence[Cell]) -> _Slotted:
    name, page, number, column, base, label, heading = (*row, *[None] * (7 - len(row)))[:7]
    is_whole = (
        isinstance(name, str)
        and isinstance(page, str)
        and isinstance(number, Decimal)
        and isinstance(column, Decimal)
    )
    if not is_whole:
        refuse("Trang ẩn của biểu đã bị sửa. Hãy tải biểu mới.", "file")
    return _Slotted(
        str(name),
        str(page),
        int(str(number)),
        int(str(column)),
        str(base or ""),
        str(label or ""),
        str(heading or ""),
    )


def _sheet_of(book: Book, known: _Slotted) -> Sheet:
    sheet = book.sheet(known.page)
    if sheet is None:
        refuse(f"Thiếu trang «{known.page}». Hãy tải biểu mới.", "file")
    if str(sheet.at(known.row, 1) or "") != known.label:
        refuse(
            f"{sheet.place(known.row)}: dòng đã bị dời hoặc đổi tên. "
            "Hãy tải biểu mới và chỉ điền các ô màu vàng.",
            "file",
        )
    return sheet


def _column_of(sheet: Sheet, known: _Slotted) -> int | None:
    """Where the column stands now, by its heading; nothing where it was taken out. Forms of before
    headings were kept stand by their numbers.
    """
    if not known.heading or len(sheet.rows) < FIRST_ROW:
        return known.column
    heads = [one_line(str(cell)) for cell in sheet.rows[FIRST_ROW - 2]]
    places = [place for place, head in enumerate(heads, start=1) if head == one_line(known.heading)]
    if len(places) > 1:
        names = " và ".join(column_name(place) for place in places)
        refuse(
            f"Trang «{sheet.name}»: các cột {names} cùng tên «{known.heading}». "
            "Hãy bỏ cột thừa hoặc tải biểu mới.",
            "file",
        )
    return places[0] if places else None


def _filled(sheet: Sheet, column: int, slot: Slot, known: _Slotted) -> Filled:
    at = (known.row, column)
    value = problem = ""
    cell, note = _rounded(slot, sheet.at(*at))
    if at in sheet.converted:
        note = f"Chuyển từ phông chữ cũ {sheet.old_font}: “{sheet.converted[at]}”."
    if at in sheet.merged:
        problem = "Ô này nằm trong vùng gộp. Hãy bỏ gộp ô rồi điền lại."
    elif at in sheet.broken:
        value, sentence = str(cell), sheet.broken[at]
        problem = f"{sentence[0].upper()}{sentence[1:]}"
    else:
        try:
            value = _text(slot, cell, sheet.shown.get(at, ""))
        except RuleViolation as violation:
            value, problem = written(cell), str(violation)
    return Filled(
        slot.field, known.base, value, sheet.place(*at), known.label, problem, slot.choices, note
    )


def _rounded(slot: Slot, cell: Cell) -> tuple[Cell, str]:
    """The number as it may be written, and what is to be told where that is not all of it."""
    if not isinstance(cell, Decimal) or slot.decimals is None:
        return cell, ""
    return as_calculated(cell, slot.decimals)


def _text(slot: Slot, cell: Cell, shown: str) -> str:
    """What the page's own field would hold."""
    if cell is None or cell == "—":
        return "" if cell is None else "—"
    if slot.is_number:
        return typed_decimal(number_in(cell))
    if slot.choices:
        values = {label.casefold(): value for value, label in slot.choices}
        if str(cell).casefold() not in values:
            labels = ", ".join(label for _, label in slot.choices)
            refuse(f"Hãy chọn một trong: {labels}.")
        return values[str(cell).casefold()]
    return text_in(cell, shown)
