"""Nhập từ bảng tính: a table of a file becomes rows by column title; each row says what it would
do, or everything that is wrong in it.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any, NoReturn

from campaign.accounts.models import User
from campaign.core.errors import RuleViolation
from campaign.core.labelled import Labelled
from campaign.core.numbers import as_calculated
from campaign.core.permissions import Permission
from campaign.core.text import one_line, search_key
from campaign.extensions import db
from campaign.office.asides import Aside, aside, told
from campaign.office.held import Held
from campaign.papers import workbook
from campaign.papers.reading import Book, Cell, Sheet, SpreadsheetRefused
from campaign.papers.rules import column_name, day_in, number_in, text_in
from campaign.planning.models import Campaign

MOST_ROWS = 20_000
_HEAD_WITHIN = 20
_FEWEST_HEADS = 2
"""So many known heads tell a row of heads from a word in passing."""


class What(Labelled):
    """Dòng sẽ làm gì."""

    ADDED = "added", "thêm"
    CHANGED = "changed", "sửa"
    LEFT = "left", "giữ nguyên"
    WRONG = "wrong", "chưa đúng"


@dataclass(frozen=True)
class Row:
    """Một dòng của tệp, with where each of its cells stands, and which of them hold no value."""

    number: int
    sheet: str
    cells: Mapping[str, Cell]
    columns: Mapping[str, int]
    shown: Mapping[str, str] = field(default_factory=dict)
    """Chữ hiện of numbers that are shown as codes."""
    faults: Mapping[str, str] = field(default_factory=dict)
    """Ô hỏng: merged, or of a formula that failed."""
    told: list[str] = field(default_factory=list, compare=False)
    """Điều nên biết về dòng này, gathered while it is read."""

    def place(self) -> str:
        """Trang «Đơn vị», dòng 5."""
        return f"Trang «{self.sheet}», dòng {self.number}"

    def said(self, key: str | None, sentence: str) -> str:
        """Câu báo lỗi with the column it is about: "Cột C: …"."""
        if key is None or key not in self.columns:
            return sentence
        return f"Cột {column_name(self.columns[key])}: {sentence}"

    def label(self, key: str) -> str:
        """Chữ để gọi tên dòng, where the cell can be read."""
        if key in self.faults:
            return ""
        try:
            return self.text(key)
        except RuleViolation:
            return ""

    def text(self, key: str) -> str:
        """Chữ trong ô, on one line; a code as the cell shows it."""
        return " ".join(text_in(self.cells.get(key), self.shown.get(key, "")).split())

    def number_of(self, key: str, *, rounds: bool = False, **limits: Any) -> Decimal | None:
        """Số trong ô; nothing where it is empty. With `rounds` what a formula gave beyond the
        decimals is rounded, and told.
        """
        cell = self.cells.get(key)
        if rounds and isinstance(cell, Decimal):
            cell, note = as_calculated(cell, limits["decimals"])
            if note:
                self.told.append(self.said(key, note))
        return None if cell is None else number_in(cell, **limits)

    def day(self, key: str) -> date | None:
        """Ngày trong ô; nothing where it is empty."""
        return None if self.cells.get(key) is None else day_in(self.cells[key])

    def one_of(self, key: str, choices: Mapping[str, Labelled]) -> Any:
        """Giá trị trong danh mục, given by how it is searched for; nothing where it is empty."""
        text = self.text(key)
        chosen = choices.get(search_key(text))
        if chosen is None and text:
            labels = "; ".join(choice.label for choice in choices.values())
            message = f"“{text}” không có trong danh mục. Hãy ghi một trong: {labels}."
            raise RuleViolation(message)
        return chosen


@dataclass(frozen=True, slots=True)
class Context:
    """Ai nhập, lúc nào, cho phong trào nào, and what is held already."""

    by: User
    at: datetime
    campaign: Campaign | None = None
    held: Held = field(default_factory=Held)


Reader = Callable[[Context, Row, str], Any]
"""Cách đọc một ô: gives its value, or raises RuleViolation with the sentence that says why not."""


def text_read(_context: Context, row: Row, key: str) -> str:
    """Cột chữ."""
    return row.text(key)


def day_read(_context: Context, row: Row, key: str) -> date | None:
    """Cột ngày."""
    return row.day(key)


@dataclass(frozen=True, slots=True)
class Column:
    """Cột của tệp nhập: its title, an example, whether a row needs it, and how a cell is read."""

    key: str
    title: str
    example: str | int | Decimal | date | None = None
    is_required: bool = False
    width: int = 20
    read: Reader = text_read
    kind: workbook.Kind = workbook.Kind.TEXT
    is_word: bool = False
    """Một từ, such as a code or a year: what has spaces in it is something else."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Kết quả của một dòng: what it does to what, field by field; or what is wrong in it."""

    place: str
    label: str
    what: What
    details: tuple[tuple[str, str, str], ...] = ()
    """Trường, trước, sau."""
    faults: tuple[str, ...] = ()
    """Mọi chỗ chưa đúng của dòng, each with its column."""
    questions: tuple[str, ...] = ()
    """Chỗ nên xem lại, which stops nothing."""


def _agreeing(
    _context: Context,
    _row: Row,
    _values: Mapping[str, Any],
) -> Iterator[tuple[str, str]]:
    """Cells that need not agree with each other."""
    yield from ()


@dataclass(frozen=True)
class Importer:
    """Một loại tệp nhập: `take` carries out one row, given what it read from the columns the file
    has, and says what it did; `key` tells rows that mean the same, and rows whose keys differ in
    their tones alone are asked about; `check` names the columns that do not agree with each other,
    each with its sentence.
    """

    slug: str
    title: str
    permission: Permission
    act: str
    guidance: Sequence[str]
    columns: Sequence[Column]
    take: Callable[[Context, Row, Mapping[str, Any]], Outcome]
    key: Callable[[Row], str]
    order: Callable[[list[Row]], list[Row]] = field(default=list)
    of_campaign: bool = False
    check: Callable[[Context, Row, Mapping[str, Any]], Iterator[tuple[str, str]]] = _agreeing


@dataclass(frozen=True)
class Table:
    """Bảng đọc được: rows and what should be known about the file."""

    rows: list[Row]
    notes: list[str]


def template(importer: Importer, about: workbook.About) -> IO[bytes]:
    """Tệp mẫu để điền: heads, one invented row, and what to know."""
    columns = [
        workbook.Column(
            column.title + (" *" if column.is_required else ""), column.kind, column.width
        )
        for column in importer.columns
    ]
    example = [column.example for column in importer.columns]
    table = workbook.Table(importer.title, columns, [example], is_to_fill=True)
    return workbook.write([table], about)


def _refuse(message: str) -> NoReturn:
    raise SpreadsheetRefused(message, field="file")


@dataclass(frozen=True)
class _Head:
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


def table_of(importer: Importer, book: Book) -> Table:
    """Tìm bảng trong tệp: the first sheet with the needed heads; refuses what cannot be read."""
    heads = [
        (sheet, head)
        for sheet in sorted(book.sheets, key=lambda sheet: not sheet.is_shown)
        if (head := _head(importer, sheet))
    ]
    whole = [(sheet, head) for sheet, head in heads if not head.lacks(importer)]
    if not whole:
        _refuse_without_heads(importer, heads)
    filled = [pair for pair in whole if next(pair[0].table(pair[1].number + 1), None)] or whole
    (sheet, head), *others = filled
    table = _table(importer, sheet, head)
    if book.is_text:
        _refuse_longer_than_head(sheet, head.number, table.rows)
    if book.is_of_1904:
        table.notes.append(
            "Tệp đếm ngày từ năm 1904 (Excel trên máy Mac); ngày được đọc đúng như Excel hiển thị."
        )
    if not sheet.is_shown:
        table.notes.append(f"Trang «{sheet.name}» đang ẩn trong tệp vẫn được đọc.")
    if others:
        names = ", ".join(f"«{other.name}»" for other, _ in others)
        table.notes.append(
            f"Chỉ đọc trang «{sheet.name}»; các trang {names} cũng có bảng này nhưng không đọc."
        )
    return table


def _refuse_longer_than_head(sheet: Sheet, head: int, rows: Sequence[Row]) -> None:
    """Of a text file a row longer than its heads was parted where it should not be: 1,5 is two
    cells.
    """
    width = len(sheet.rows[head - 1])
    longer = next((row.number for row in rows if len(sheet.rows[row.number - 1]) > width), None)
    if longer is not None:
        _refuse(
            f"Dòng {longer} có {len(sheet.rows[longer - 1])} ô, dòng tiêu đề chỉ có {width}. "
            "Dấu ngăn cột "
            "nằm trong một ô (như dấu phẩy của số thập phân) thì ô đó phải để trong dấu ngoặc kép."
        )


def _refuse_without_heads(importer: Importer, heads: Sequence[tuple[Sheet, _Head]]) -> NoReturn:
    """Only what is missing, where the table was nearly there; else what it should look like."""
    if heads:
        sheet, head = max(heads, key=lambda pair: len(pair[1].places))
        missing = ", ".join(f"«{title}»" for title in head.lacks(importer))
        _refuse(
            f"Trang «{sheet.name}», dòng {head.number}: thiếu cột {missing}. "
            "Hãy thêm cột rồi gửi lại, hoặc dùng tệp mẫu."
        )
    needed = ", ".join(f"«{column.title}»" for column in importer.columns if column.is_required)
    _refuse(f"Không thấy bảng có các cột {needed}. Hãy dùng tệp mẫu.")


def _head(importer: Importer, sheet: Sheet) -> _Head | None:
    """The row with most of the heads; nothing where no row has at least two of them."""
    titles = {_title_key(column.title): column.key for column in importer.columns}
    best: _Head | None = None
    for number, cells in enumerate(sheet.rows[:_HEAD_WITHIN], start=1):
        places: dict[str, list[int]] = {}
        for place, cell in enumerate(cells, start=1):
            key = titles.get(_title_key(one_line(str(cell))))
            if key is not None:
                places.setdefault(key, []).append(place)
        if len(places) >= _FEWEST_HEADS and (best is None or len(places) > len(best.places)):
            best = _Head(number, places)
    return best


_NUMBERED_HEAD = re.compile(r"\A[(\[]?(?:\d{1,2}|[IVX]{1,5})(?:[)\]]|[.]\)?)\s*")
_TITLE_WORD = re.compile(r"[\w%]+")


def _title_key(title: str) -> str:
    """Tên cột without what is written around it: "3. Tiền thưởng (đồng) (*)" as "tien
    thuong dong".
    """
    return " ".join(_TITLE_WORD.findall(search_key(_NUMBERED_HEAD.sub("", title, count=1))))


def _table(importer: Importer, sheet: Sheet, head: _Head) -> Table:
    for column in importer.columns:
        places = head.places.get(column.key, ())
        if len(places) > 1:
            names = " và ".join(column_name(place) for place in places)
            _refuse(
                f"Trang «{sheet.name}», dòng {head.number}: các cột {names} cùng tên "
                f"«{column.title}». Hãy bỏ hoặc đổi tên cột thừa rồi gửi lại."
            )
    columns = {key: places[0] for key, places in head.places.items()}
    rows, passed = _rows(importer, sheet, head.number, columns)
    if not rows:
        _refuse(f"Trang «{sheet.name}» không có dòng nào dưới dòng tiêu đề.")
    if len(rows) > MOST_ROWS:
        _refuse(
            f"Tệp có {len(rows)} dòng; mỗi lần nhập tối đa {MOST_ROWS}. Hãy chia thành nhiều tệp."
        )
    notes = _notes(importer, sheet, rows, columns, sheet.rows[head.number - 1])
    return Table(rows, [*filter(None, [told(passed)]), *notes])


def _rows(
    importer: Importer,
    sheet: Sheet,
    head: int,
    columns: Mapping[str, int],
) -> tuple[list[Row], list[tuple[int, Aside, Sequence[Cell]]]]:
    """The rows of data, and those beside them that are passed over."""
    needed = [column.key for column in importer.columns if column.is_required]
    rows: list[Row] = []
    passed: list[tuple[int, Aside, Sequence[Cell]]] = []
    is_closed = False
    heads = {key: sheet.at(head, place) for key, place in columns.items()}
    for number, line in sheet.table(head + 1):
        cells = {
            key: line[place - 1] if place <= len(line) else None for key, place in columns.items()
        }
        written = [key for key, cell in cells.items() if cell is not None]
        is_whole = all(key in written for key in needed)
        is_across = len(written) == len(columns) >= _ACROSS
        kind = (
            Aside.HEADS
            if _repeats(cells, heads)
            else aside(
                line,
                is_whole=is_whole,
                is_first=not rows or is_across,
                is_lonely=len(written) <= 1,
                is_closed=is_closed and bool(rows),
            )
        )
        if kind is None and not is_whole and _is_beside(importer, sheet, number, cells):
            kind = Aside.HEADING
        if kind is not None:
            passed.append((number, kind, line))
            is_closed = is_closed or kind is Aside.CLOSING
        elif written:
            rows.append(
                Row(
                    number,
                    sheet.name,
                    cells,
                    columns,
                    _shown(sheet, number, columns),
                    _faults(sheet, number, columns),
                )
            )
    return rows, passed


_ACROSS = 4
"""So many columns, all numbered, are the numbers of columns again on another page."""


def _repeats(cells: Mapping[str, Cell], heads: Mapping[str, Cell]) -> bool:
    """Whether a row says the heads again, as every page of a printed table does."""
    return all(
        isinstance(cell, str) and _title_key(cell) == _title_key(str(heads[key]))
        for key, cell in cells.items()
    )


def _is_beside(importer: Importer, sheet: Sheet, number: int, cells: Mapping[str, Cell]) -> bool:
    """Whether a row that lacks cells is words across the table: merged over it, or a sentence where
    a code belongs, with hardly anything beside it.
    """
    words = {key: cell for key, cell in cells.items() if cell is not None}
    if not words or not all(isinstance(cell, str) for cell in words.values()):
        return False
    covered = sum(
        (number, place) in sheet.merged and (number - 1, place) not in sheet.merged
        for place in range(1, len(sheet.rows[number - 1]) + len(cells) + 1)
    )
    if len(words) == 1 and covered >= len(cells) - 1:
        return True
    first = importer.columns[0]
    text = words.get(first.key)
    is_sentence = isinstance(text, str) and (" " in text or not any(map(str.isalnum, text)))
    return first.is_word and is_sentence and len(words) <= _FEWEST_HEADS


def _shown(sheet: Sheet, number: int, columns: Mapping[str, int]) -> dict[str, str]:
    return {
        key: sheet.shown[number, place]
        for key, place in columns.items()
        if (number, place) in sheet.shown
    }


def _faults(sheet: Sheet, number: int, columns: Mapping[str, int]) -> dict[str, str]:
    faults = {
        key: sheet.broken[number, place]
        for key, place in columns.items()
        if (number, place) in sheet.broken
    }
    return faults | {
        key: "ô nằm trong vùng gộp. Hãy bỏ gộp ô rồi gửi lại."
        for key, place in columns.items()
        if (number, place) in sheet.merged
    }


def _notes(
    importer: Importer,
    sheet: Sheet,
    rows: list[Row],
    columns: Mapping[str, int],
    cells: Sequence[Cell],
) -> Iterator[str]:
    hidden = sum(row.number in sheet.hidden_rows for row in rows)
    if hidden:
        yield f"{hidden} dòng đang ẩn trong tệp vẫn được đọc."
    titles = {column.key: column.title for column in importer.columns}
    folded = [titles[key] for key, place in columns.items() if place in sheet.hidden_columns]
    if folded:
        yield (
            "Cột đang ẩn trong tệp vẫn được đọc: "
            + ", ".join(f"«{title}»" for title in folded)
            + "."
        )
    if sheet.converted:
        (at, typed), *_ = sheet.converted.items()
        yield (
            f"{len(sheet.converted)} ô gõ bằng phông chữ cũ {sheet.old_font}, đã chuyển thành "
            "chữ Unicode: "
            f"“{typed}” thành “{sheet.at(*at)}”. Hãy xem lại từng dòng trước khi ghi."
        )
    unknown = [
        str(cell)
        for place, cell in enumerate(cells, start=1)
        if cell is not None and place not in columns.values()
    ]
    if unknown:
        yield "Không đọc các cột: " + ", ".join(f"«{title}»" for title in unknown) + "."
    headless = {
        place
        for row in rows
        for place, cell in enumerate(sheet.rows[row.number - 1], start=1)
        if cell is not None and (place > len(cells) or cells[place - 1] is None)
    }
    if headless:
        names = ", ".join(column_name(place) for place in sorted(headless))
        yield f"Không đọc các cột không có tiêu đề: {names}."
    absent = [column.title for column in importer.columns if column.key not in columns]
    if absent:
        names = ", ".join(f"«{title}»" for title in absent)
        yield f"Tệp không có các cột: {names}; phần đó giữ nguyên."


def carry_out(importer: Importer, context: Context, rows: Sequence[Row]) -> list[Outcome]:
    """Làm từng dòng, so that all that is wrong is told; what is compared was loaded once, and is
    written in one go when the caller commits. With a row that is wrong he rolls back.
    """
    with db.session.no_autoflush:
        return _carried_out(importer, context, rows)


def _carried_out(importer: Importer, context: Context, rows: Sequence[Row]) -> list[Outcome]:
    seen: dict[str, int] = {}
    alike: dict[str, int] = {}
    outcomes: dict[int, Outcome] = {}
    for row in importer.order(list(rows)):
        values, faults = _values(importer, context, row)
        faults += [row.said(key, said) for key, said in importer.check(context, row, values)]
        key = _key(importer, row)
        if key is not None and key in seen:
            faults.append(f"Trùng với dòng {seen[key]} của tệp này.")
        elif key is not None:
            seen[key] = row.number
        outcome = (
            _wrong(importer, row, faults) if faults else _taken(importer, context, row, values)
        )
        twin = alike.setdefault(search_key(key or f"|{row.number}"), row.number)
        if twin != row.number and outcome.what is not What.WRONG:
            question = f"Chỉ khác dấu với dòng {twin} của tệp này: có đúng là hai không?"
            outcome = asking(outcome, question)
        outcomes[row.number] = outcome
    return [outcomes[number] for number in sorted(outcomes)]


def _values(importer: Importer, context: Context, row: Row) -> tuple[dict[str, Any], list[str]]:
    """What the cells hold, by the columns the file has; and all that cannot be read."""
    values: dict[str, Any] = {}
    faults = []
    for column in importer.columns:
        if column.key not in row.columns:
            continue
        try:
            if column.key in row.faults:
                _wrong_cell(row.faults[column.key])
            if column.is_required and row.cells.get(column.key) is None:
                _wrong_cell(f"thiếu «{column.title}».")
            values[column.key] = column.read(context, row, column.key)
        except RuleViolation as violation:
            faults.append(row.said(column.key, str(violation)))
    return values, faults


def _wrong_cell(sentence: str) -> NoReturn:
    raise RuleViolation(sentence)


def _key(importer: Importer, row: Row) -> str | None:
    """What tells the row from others; nothing where that cannot be read or is not there."""
    try:
        key = importer.key(row)
    except RuleViolation:
        return None
    return key if key.strip("|") else None


def _taken(importer: Importer, context: Context, row: Row, values: Mapping[str, Any]) -> Outcome:
    try:
        return asking(importer.take(context, row, values), *row.told)
    except RuleViolation as violation:
        return _wrong(importer, row, [row.said(violation.field, str(violation))])


def _wrong(importer: Importer, row: Row, faults: Sequence[str]) -> Outcome:
    label = row.label(importer.columns[0].key)
    return Outcome(row.place(), label, What.WRONG, faults=tuple(faults))


def asking(outcome: Outcome, *questions: str) -> Outcome:
    """Kết quả kèm câu hỏi, which stop nothing."""
    return replace(outcome, questions=(*outcome.questions, *questions))


def compared(
    row: Row, label: str, before: Mapping[str, str] | None, after: Mapping[str, str]
) -> Outcome:
    """Kết quả theo khác biệt between what was there and what is there now."""
    if before is None:
        given = tuple((name, "", text) for name, text in after.items() if text)
        return Outcome(row.place(), label, What.ADDED, given)
    details = tuple(
        (name, before.get(name, ""), text)
        for name, text in after.items()
        if before.get(name, "") != text
    )
    return Outcome(row.place(), label, What.CHANGED if details else What.LEFT, details)
