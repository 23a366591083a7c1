"""Đọc bảng tính: a file from outside becomes sheets of plain cells, or is refused with a sentence;
it is opened in a guarded process.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

from campaign.core.errors import refuse
from campaign.core.old_letters import read_old
from campaign.core.text import nfc
from campaign.papers import apart
from campaign.papers.rules import column_name

LARGEST_UPLOAD = 10 * 1024 * 1024
SECONDS = 90
"""By the clock, for a machine that does something else; what may be worked is bounded apart."""
_ROOT = Path(__file__).parents[2]
_READER = _ROOT / "guarded" / "spreadsheets" / "run.py"
_TEXT_READER = _READER.with_name("run_text.py")
_REFUSED = 3
_PACKAGES = (b"PK", b"\xd0\xcf\x11\xe0")
"""Đầu tệp of a workbook; anything else is read as text, or is refused there."""
Cell = str | bool | Decimal | date | time | None
"""Giá trị một ô: as the file holds it, before anybody says what it should be."""


@dataclass(frozen=True)
class Sheet:
    """Một trang tính: rows as far as something is written; row and column numbers start at 1."""

    name: str
    rows: list[list[Cell]]
    merged: frozenset[tuple[int, int]] = field(default=frozenset())
    """Ô nằm trong vùng gộp, but for its first one."""
    hidden_rows: frozenset[int] = field(default=frozenset())
    hidden_columns: frozenset[int] = field(default=frozenset())
    broken: dict[tuple[int, int], str] = field(default_factory=dict)
    """Ô có công thức không cho giá trị, with the sentence that says so."""
    shown: dict[tuple[int, int], str] = field(default_factory=dict)
    """Chữ hiện of a number that its cell shows as a code: 7 as 007."""
    is_shown: bool = True
    old_font: str = ""
    """Phông chữ cũ most of its texts were typed in, where some were."""
    converted: dict[tuple[int, int], str] = field(default_factory=dict)
    """Ô gõ bằng phông cũ, read as today's letters, with what stood there."""

    def at(self, row: int, column: int) -> Cell:
        """Giá trị ở một ô; nothing outside what is written."""
        if not 0 < row <= len(self.rows):
            return None
        line = self.rows[row - 1]
        return line[column - 1] if 0 < column <= len(line) else None

    def place(self, row: int, column: int | None = None) -> str:
        """Nơi trong tệp, as a message names it: Trang «Đơn vị», dòng 5, cột C."""
        where = f"Trang «{self.name}», dòng {row}"
        return where if column is None else f"{where}, cột {column_name(column)}"

    def table(self, first: int) -> Iterator[tuple[int, list[Cell]]]:
        """Các dòng có chữ from row `first` on, with their numbers; empty ones are passed over."""
        for number, row in enumerate(self.rows[first - 1 :], start=first):
            if any(cell is not None for cell in row):
                yield number, row


@dataclass(frozen=True)
class Book:
    """Một tệp bảng tính."""

    sheets: list[Sheet]
    is_of_1904: bool = False
    """Đếm ngày từ năm 1904, as Excel on a Mac may; its days are read as they are shown."""
    is_text: bool = False

    def sheet(self, name: str) -> Sheet | None:
        """Trang theo tên."""
        return next(
            (sheet for sheet in self.sheets if sheet.name.casefold() == name.casefold()), None
        )


def read(stream: IO[bytes]) -> Book:
    """Đọc tệp .xlsx, .xls, .ods hoặc .csv. A refused file leaves nothing behind."""
    content = _content(stream)
    try:
        reader = _READER if content.startswith(_PACKAGES) else _TEXT_READER
        done = apart.run(reader, content, seconds=SECONDS, environment={"PYTHONPATH": str(_ROOT)})
    except apart.TookTooLong:
        refuse("Tệp đọc quá lâu nên bị dừng.", "file")
    if done.returncode == _REFUSED:
        refuse(done.stderr.decode(errors="replace").strip(), "file")
    if done.returncode != 0:
        refuse("Tệp quá lớn hoặc quá phức tạp nên không đọc được.", "file")
    given = json.loads(done.stdout)
    return Book(
        [_sheet(sheet) for sheet in given["sheets"]],
        given["is_of_1904"],
        given.get("is_text", False),
    )


def _content(stream: IO[bytes]) -> bytes:
    """What was sent; nothing, and too much, are refused."""
    content = stream.read(LARGEST_UPLOAD + 1)
    if not content:
        refuse("Tệp rỗng.", "file")
    if len(content) > LARGEST_UPLOAD:
        refuse(f"Tệp lớn hơn {LARGEST_UPLOAD // 1024 // 1024} MB.", "file")
    return content


_Cells = Mapping[tuple[int, int], Any]
"""Các ô có gì đó, as the guarded process gives them: text and what is marked."""


def _sheet(given: dict[str, Any]) -> Sheet:
    cells = _cells_of(given["rows"])
    marked = {at: cell for at, cell in cells.items() if isinstance(cell, dict)}
    font, today, converted = _converted(cells)
    rows = _rows_of(given["rows"], today)
    covered = {(row, column) for row, column in given["covered"]}
    return Sheet(
        nfc(given["name"]),
        rows,
        frozenset(_merged(given["merged"], len(rows)) | covered),
        frozenset(given["hidden_rows"]),
        frozenset(given["hidden_columns"]),
        {at: _without_value(cell["e"]) for at, cell in marked.items() if "e" in cell},
        {at: nfc(cell["s"]) for at, cell in marked.items() if "s" in cell},
        given["is_shown"],
        font,
        converted,
    )


def _cells_of(rows: list[list[Any]]) -> _Cells:
    return {
        (number, column): cell
        for number, row in enumerate(rows, start=1)
        for column, cell in enumerate(row, start=1)
        if cell is not None
    }


def _converted(cells: _Cells) -> tuple[str, Mapping[str, str], dict[tuple[int, int], str]]:
    """Chữ gõ bằng phông cũ: the font, each text as it is written today, and where it stood."""
    typed = {at: cell for at, cell in cells.items() if isinstance(cell, str) and not cell.isascii()}
    font, today = read_old(list(dict.fromkeys(typed.values())))
    converted = {at: text for at, text in typed.items() if text in today}
    return font.name if font else "", today, converted


def _rows_of(given: list[list[Any]], today: Mapping[str, str]) -> list[list[Cell]]:
    """The rows in today's letters, as far as something is written."""
    rows = [
        _trimmed([_value(today.get(cell, cell) if isinstance(cell, str) else cell) for cell in row])
        for row in given
    ]
    while rows and not rows[-1]:
        rows.pop()
    return rows


def _merged(areas: list[list[list[int]]], rows: int) -> set[tuple[int, int]]:
    """Every cell of the merged areas but the first of each, as far as they are read."""
    return {
        (row + 1, column + 1)
        for (top, left), (bottom, right) in areas
        for row in range(top, min(bottom, top + rows) + 1)
        for column in range(left, min(right, left + 300) + 1)
        if (row, column) != (top, left)
    }


def _without_value(error: str) -> str:
    if error:
        return f"công thức trong ô bị lỗi ({error}). Hãy sửa thành giá trị đúng."
    return "công thức trong ô chưa được tính. Hãy mở tệp bằng Excel, lưu lại rồi gửi."


def _trimmed(row: list[Cell]) -> list[Cell]:
    while row and row[-1] is None:
        row.pop()
    return row


def _clock(text: str) -> Cell:
    """A time of day; a span longer than a day comes as text."""
    try:
        return time.fromisoformat(text.zfill(8))
    except ValueError:
        return text


def _value(cell: Any) -> Cell:
    if isinstance(cell, dict):
        if "n" in cell:
            return Decimal(cell["n"])
        if "e" in cell:
            return cell["e"] or "="
        if "c" in cell:
            return _clock(cell["c"])
        return date.fromisoformat(cell["d"]) if "d" in cell else datetime.fromisoformat(cell["t"])
    if isinstance(cell, str):
        return nfc(cell).strip() or None
    return cell  # type: ignore[no-any-return]
