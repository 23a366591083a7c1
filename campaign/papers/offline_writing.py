"""Lập biểu điền ngoài mạng: only the cells to fill in are open; a hidden sheet keeps the rest."""

from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO
from typing import IO, Any

from campaign.core.numbers import read_written
from campaign.papers.offline import (
    FIRST_ROW,
    GUIDE,
    HIDDEN,
    LONGEST_CELL,
    MARK,
    Form,
    Page,
    Slot,
    plain_text,
)

_Known = tuple[str, str, int, int, str, str, str]
"""Ô của biểu: field, sheet, row, column, base, the row's name and the column's."""
_TO_FILL = {"locked": False, "border": 1, "valign": "top", "bg_color": "#FFFDF0"}
_STYLES: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 14},
    "head": {
        "bold": True,
        "text_wrap": True,
        "border": 1,
        "bg_color": "#F3EDE2",
        "valign": "vcenter",
    },
    "fixed": {"text_wrap": True, "border": 1, "valign": "top", "bg_color": "#F7F7F7"},
    "number": {**_TO_FILL, "num_format": "#,##0.####"},
    "text": {**_TO_FILL, "text_wrap": True, "num_format": "@"},
    "plain": {"text_wrap": True, "valign": "top"},
}


def write_form(form: Form) -> IO[bytes]:
    """Lập biểu: only the cells to fill in are open; the rest is protected, without a password."""
    from xlsxwriter import Workbook  # noqa: PLC0415 - ten megabytes a worker needs only now

    target = BytesIO()
    book = Workbook(
        target,
        {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    styles = {name: book.add_format(style) for name, style in _STYLES.items()}
    _guide(book, form, styles)
    known: list[_Known] = []
    for page in form.pages:
        known += _page(book, page, styles)
    _keep(book, form, known)
    book.close()
    target.seek(0)
    return target


def _keep(book: Any, form: Form, known: Sequence[_Known]) -> None:
    """The hidden sheet: for what the form was made, and what each of its cells held then."""
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


def _page(book: Any, page: Page, styles: dict[str, Any]) -> list[_Known]:
    """Write one page; gives what the hidden sheet keeps of each slot."""
    sheet = book.add_worksheet(page.name)
    _heads(sheet, page, styles)
    known: list[_Known] = []
    for number, row in enumerate(page.rows, start=FIRST_ROW):
        for column, cell in enumerate(row):
            if isinstance(cell, Slot):
                _slot(sheet, number - 1, column, cell, styles)
                known.append(_kept(page, number, column, cell))
            elif isinstance(cell, Decimal):
                sheet.write_number(number - 1, column, cell, styles["fixed"])
            else:
                sheet.write_string(number - 1, column, (cell or "")[:LONGEST_CELL], styles["fixed"])
    _set_up(sheet)
    return known


def _heads(sheet: Any, page: Page, styles: dict[str, Any]) -> None:
    """The name of the page, what to know of it, and the heads of its columns."""
    sheet.write_string(0, 0, page.name, styles["title"])
    sheet.write_string(1, 0, page.guidance)
    for column, (heading, width) in enumerate(page.columns):
        sheet.set_column(column, column, width)
        sheet.write_string(FIRST_ROW - 2, column, heading, styles["head"])


def _kept(page: Page, number: int, column: int, slot: Slot) -> _Known:
    """What the hidden sheet keeps of one slot."""
    return (
        slot.field,
        page.name,
        number,
        column + 1,
        plain_text(slot.value)[:LONGEST_CELL],
        str(page.rows[number - FIRST_ROW][0]),
        page.columns[column][0],
    )


def _set_up(sheet: Any) -> None:
    """How a page is looked at, printed and protected."""
    sheet.freeze_panes(FIRST_ROW - 1, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(FIRST_ROW - 2)
    sheet.protect("", {"format_rows": True, "format_columns": True})


def _slot(sheet: Any, row: int, column: int, slot: Slot, styles: dict[str, Any]) -> None:
    style = styles["number" if slot.is_number else "text"]
    names, value = dict(slot.choices), plain_text(slot.value)
    if not value:
        sheet.write_blank(row, column, None, style)
    elif slot.is_number and (number := read_written(value)) is not None:
        sheet.write_number(row, column, number, style)
    else:
        sheet.write_string(row, column, names.get(value, value)[:LONGEST_CELL], style)
    if slot.choices:
        sheet.data_validation(row, column, row, column, _one_of(slot.choices))


def _one_of(choices: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Danh sách chọn, and what Excel says of anything else."""
    return {
        "validate": "list",
        "source": [label for _, label in choices],
        "error_title": "Chưa đúng",
        "error_message": "Hãy chọn trong danh sách.",
    }
