"""Đọc biểu đã điền: what stands in its cells now, wherever a column went."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from campaign.core.errors import RuleViolation, refuse
from campaign.core.listing import listing
from campaign.core.numbers import as_calculated, read_written, typed_decimal
from campaign.core.text import one_line
from campaign.papers.offline import FIRST_ROW, HIDDEN, MARK, MOST_SLOTS, FilledCell, Form, Slot
from campaign.papers.reading import Book, Cell, Sheet
from campaign.papers.rules import column_name, number_in, text_in, written


def read_back(book: Book, form: Form) -> list[FilledCell]:
    """Đọc biểu đã điền: every cell the form has today that the file has too; of another subject it
    is refused. A column that is not in the file any more changes nothing.
    """
    slots = _slots_of(form)
    filled: dict[str, FilledCell] = {}
    for known in _known(book, form):
        sheet = _sheet_of(book, known)
        column = _column_of(sheet, known)
        slot = slots.get(known.field)
        if slot is not None and column is not None and known.field not in filled:
            filled[known.field] = _filled(sheet, column, slot, known)
    return list(filled.values())


def _slots_of(form: Form) -> dict[str, Slot]:
    """Các ô của biểu hôm nay, by field."""
    return {
        cell.field: cell
        for page in form.pages
        for row in page.rows
        for cell in row
        if isinstance(cell, Slot)
    }


def absent_columns(book: Book, form: Form) -> list[str]:
    """Cột không còn trong tệp, each once with its page."""
    absent = (
        f"«{known.heading}» (trang «{known.page}»)"
        for known in _known(book, form)
        if _column_of(_sheet_of(book, known), known) is None
    )
    return list(dict.fromkeys(absent))


@dataclass(frozen=True, slots=True)
class _StoredSlot:
    """Ô của biểu lúc tải: as the hidden sheet keeps it."""

    field: str
    page: str
    row: int
    column: int
    base: str
    label: str
    heading: str


def _known(book: Book, form: Form) -> list[_StoredSlot]:
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


def _slotted(row: Sequence[Cell]) -> _StoredSlot:
    name, page, number, column, base, label, heading = (*row, *[None] * (7 - len(row)))[:7]
    if not all(map(isinstance, (name, page, number, column), (str, str, Decimal, Decimal))):
        refuse("Trang ẩn của biểu đã bị sửa. Hãy tải biểu mới.", "file")
    return _StoredSlot(
        str(name),
        str(page),
        int(str(number)),
        int(str(column)),
        str(base or ""),
        str(label or ""),
        str(heading or ""),
    )


def _sheet_of(book: Book, known: _StoredSlot) -> Sheet:
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


def _column_of(sheet: Sheet, known: _StoredSlot) -> int | None:
    """Where the column stands now, by its heading; nothing where it was taken out. Forms of before
    headings were kept stand by their numbers.
    """
    if not known.heading or len(sheet.rows) < FIRST_ROW:
        return known.column
    heads = [one_line(str(cell)) for cell in sheet.rows[FIRST_ROW - 2]]
    places = [place for place, head in enumerate(heads, start=1) if head == one_line(known.heading)]
    if len(places) > 1:
        names = listing(column_name(place) for place in places)
        refuse(
            f"Trang «{sheet.name}»: các cột {names} cùng tên «{known.heading}». "
            "Hãy bỏ cột thừa hoặc tải biểu mới.",
            "file",
        )
    return places[0] if places else None


def _filled(sheet: Sheet, column: int, slot: Slot, known: _StoredSlot) -> FilledCell:
    at = (known.row, column)
    value = problem = ""
    cell, note = _cell_at(sheet, at, slot)
    if at in sheet.merged:
        problem = "Ô này nằm trong vùng gộp. Hãy bỏ gộp ô rồi điền lại."
    elif at in sheet.broken:
        value, sentence = str(cell), sheet.broken[at]
        problem = f"{sentence[0].upper()}{sentence[1:]}"
    else:
        try:
            value = _as_before(slot, _text(slot, cell, sheet.shown.get(at, "")), known.base)
        except RuleViolation as violation:
            value, problem = written(cell), str(violation)
    return FilledCell(
        slot.field, known.base, value, sheet.place(*at), known.label, problem, slot.choices, note
    )


def _cell_at(sheet: Sheet, at: tuple[int, int], slot: Slot) -> tuple[Cell, str]:
    """What stands in a cell, and what is to be told of how it was read."""
    cell, note = _rounded(slot, sheet.at(*at))
    if at in sheet.converted:
        note = f"Chuyển từ phông chữ cũ {sheet.old_font}: “{sheet.converted[at]}”."
    return cell, note


def _as_before(slot: Slot, value: str, base: str) -> str:
    """The text of the form, where the number is still that one: 8,125 for 8,1250."""
    number = read_written(value) if slot.is_number else None
    return base if number is not None and number == read_written(base) else value


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
