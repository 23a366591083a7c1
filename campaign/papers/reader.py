"""Đọc bảng tính trong vòng canh giữ: this file is run by itself, reads one file, then is gone.

Standard input is the file; standard output the cells as JSON. Exit code 1 with one Vietnamese sentence where the
file is refused. Whatever a file does to the parser, it does it here, short of time and memory.
"""

import io
import json
import re
import resource
import sys
import zipfile
from datetime import date, datetime, time, timedelta
from typing import Any, NoReturn

CPU_SECONDS = 10
MEMORY = 1024 * 1024 * 1024
MOST_SHEETS, MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 40, 20_000, 300, 1_000_000
LARGEST_UNPACKED = 120 * 1024 * 1024
MOST_PARTS = 2_000
_PIECE = 64 * 1024
_ROW = re.compile(rb"<row\b[^>]*>")
_HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')
_NUMBER = re.compile(rb'\br="(\d+)"')
_CELL = re.compile(rb'<c\b[^>]*\br="([A-Z]{1,4})(\d{1,9})"')
_STYLED = re.compile(rb"<c\b([^>]*)>")
_STYLE, _WHERE = re.compile(rb'\bs="(\d+)"'), re.compile(rb'\br="([A-Z]{1,3})(\d+)"')
_FORMAT = re.compile(rb'<numFmt\b[^>]*\bnumFmtId="(\d+)"[^>]*\bformatCode="([^"]*)"')
_CELL_STYLES, _ONE_STYLE = re.compile(rb"<cellXfs\b.*?</cellXfs>", re.DOTALL), re.compile(rb'<xf\b[^>]*\bnumFmtId="(\d+)"')
_SHIPPED_PERCENTS = {9, 10}


class Refused(Exception):
    """Tệp không nhận: the sentence says why."""


def _refuse(sentence: str) -> NoReturn:
    raise Refused(sentence)


def main() -> int:
    """Bind this process first, then read."""
    given = sys.stdin.buffer.read()
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, ZipError  # noqa: PLC0415 - before the limits bite

    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    try:
        seen = _look_inside(given) if given.startswith(b"PK\x03\x04") else _look_at_old(given)
        found = _sheets(CalamineWorkbook.from_filelike(io.BytesIO(given)), seen)
    except Refused as refusal:
        return _fail(str(refusal))
    except PasswordError:
        return _fail("Tệp có mật khẩu. Hãy bỏ mật khẩu rồi gửi lại.")
    except MemoryError:
        return _fail("Tệp quá lớn so với nội dung thật nên không mở.")
    except (CalamineError, ZipError, zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        return _fail("Tệp không phải bảng tính Excel (.xlsx, .xls) hoặc .ods, hoặc đã hỏng.")
    sys.stdout.buffer.write(json.dumps(found, ensure_ascii=False).encode())
    return 0


def _fail(sentence: str) -> int:
    sys.stderr.write(sentence)
    return 1


class _Seen:
    """What a worksheet part tells that its values do not: hidden rows, and cells shown as percentages."""

    def __init__(self, part: bytes, percents: set[int]) -> None:
        self.hidden = _hidden_rows(part)
        self.percents = _percent_cells(part, percents) if percents else set()


def _look_inside(package: bytes) -> dict[str, _Seen]:
    """Refuse what could harm before anything is parsed; gives what each worksheet part tells beside its values."""
    sheets: dict[str, bytes] = {}
    percents: set[int] = set()
    unpacked = 0
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        names = archive.namelist()
        if len(names) > MOST_PARTS:
            _refuse("Tệp nén có quá nhiều phần bên trong nên không mở.")
        _refuse_active(names)
        for name in names:
            part = bytearray()
            with archive.open(name) as stream:
                while piece := stream.read(_PIECE):
                    unpacked += len(piece)
                    if unpacked > LARGEST_UNPACKED:
                        _refuse("Tệp nén bung ra quá lớn nên không mở.")
                    part += piece
            if name.endswith((".xml", ".rels")):
                _refuse_reaching(bytes(part))
            if re.fullmatch(r"xl/worksheets/[^/]+\.xml", name):
                sheets[name] = bytes(part)
            elif name == "xl/styles.xml":
                percents = _percent_styles(bytes(part))
    return {name: _Seen(part, percents) for name, part in sheets.items()}


def _percent_styles(part: bytes) -> set[int]:
    """Numbers of the cell styles that show a percentage: 0,08 is seen as 8 %."""
    formats = _SHIPPED_PERCENTS | {int(number) for number, code in _FORMAT.findall(part) if b"%" in code}
    styles = _CELL_STYLES.search(part)
    return {place for place, number in enumerate(_ONE_STYLE.findall(styles[0] if styles else b"")) if int(number) in formats}


def _percent_cells(part: bytes, percents: set[int]) -> set[tuple[int, int]]:
    found = set()
    for cell in _STYLED.findall(part):
        style, where = _STYLE.search(cell), _WHERE.search(cell)
        if style and where and int(style[1]) in percents:
            column = 0
            for letter in where[1]:
                column = column * 26 + letter - 64
            found.add((int(where[2]), column))
    return found


def _refuse_active(names: list[str]) -> None:
    if any("vbaproject" in name.lower() or name.lower().startswith(("basic/", "scripts/")) for name in names):
        _refuse("Tệp có macro. Hãy lưu lại dưới dạng .xlsx không có macro.")
    if any(name.startswith("xl/externalLinks/") for name in names):
        _refuse("Tệp có liên kết tới tệp khác. Hãy thay liên kết bằng giá trị rồi gửi lại.")
    if any("/embeddings/" in name or "/activeX/" in name for name in names):
        _refuse("Tệp có đối tượng nhúng. Hãy bỏ đối tượng đó rồi gửi lại.")


def _refuse_reaching(part: bytes) -> None:
    if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
        _refuse("Tệp có khai báo XML không được phép.")
    if b"<ddeLink" in part or b"office:dde-source" in part or re.search(rb"<f[^>]*>\s*(?:cmd|dde|msexcel)\s*\|", part, re.IGNORECASE):
        _refuse("Tệp có liên kết DDE tới chương trình khác. Hãy bỏ liên kết đó rồi gửi lại.")


def _hidden_rows(part: bytes) -> list[int]:
    for letters, number in _CELL.findall(part):
        if len(letters) > 3 or int(number) > MOST_ROWS:  # noqa: PLR2004 - XFD is the last column
            _refuse(f"Trang tính có ô ở dòng {int(number)}; mỗi trang đọc tối đa {MOST_ROWS} dòng. Hãy xoá các dòng thừa.")
    found = []
    for row in _ROW.findall(part):
        number = _NUMBER.search(row)
        if number and _HIDDEN.search(row):
            found.append(int(number[1]))
    return found


def _look_at_old(content: bytes) -> dict[str, _Seen]:
    """An .xls keeps macros in a storage of a fixed name."""
    if not content.startswith(b"\xd0\xcf\x11\xe0"):
        _refuse("Tệp không phải bảng tính Excel (.xlsx, .xls) hoặc .ods, hoặc đã hỏng.")
    if "_VBA_PROJECT".encode("utf-16-le") in content:
        _refuse("Tệp có macro. Hãy lưu lại dưới dạng .xlsx không có macro.")
    return {}


def _sheets(book: Any, seen: dict[str, _Seen]) -> list[dict[str, Any]]:
    if len(book.sheet_names) > MOST_SHEETS:
        _refuse(f"Tệp có quá nhiều trang tính; đọc tối đa {MOST_SHEETS}.")
    found, cells = [], 0
    for place, meta in enumerate(book.sheets_metadata):
        sheet = book.get_sheet_by_index(place)
        if sheet.total_height > MOST_ROWS or sheet.total_width > MOST_COLUMNS:
            _refuse(f"Trang «{sheet.name}» có {sheet.total_height} dòng, {sheet.total_width} cột; mỗi trang đọc tối đa "
                          f"{MOST_ROWS} dòng, {MOST_COLUMNS} cột. Hãy xoá các dòng, cột thừa.")
        cells += sheet.total_height * sheet.total_width
        if cells > MOST_CELLS:
            _refuse("Tệp có quá nhiều ô nên không đọc.")
        told = seen.get(f"xl/worksheets/sheet{place + 1}.xml")
        percents = told.percents if told else set()
        rows = [[_percent(value) if (number, column) in percents else _cell(value) for column, value in enumerate(row, start=1)]
                for number, row in enumerate(sheet.to_python(skip_empty_area=False), start=1)]
        try:
            merged = [[list(start), list(end)] for start, end in sheet.merged_cell_ranges or ()]
        except (AttributeError, TypeError, ValueError):
            merged = []
        found.append({"name": sheet.name, "rows": rows, "merged": merged, "is_shown": "isible" in str(meta.visible) and "Hidden" not in str(
            meta.visible), "hidden_rows": told.hidden if told else []})
    return found


def _percent(value: Any) -> Any:
    """A number shown as a percentage comes as the text that is seen."""
    return f"{value * 100:.15g} %" if isinstance(value, (int, float)) and not isinstance(value, bool) else _cell(value)


def _cell(value: Any) -> Any:
    if value is None or isinstance(value, (str, bool)):
        return value or None if isinstance(value, str) else value
    if isinstance(value, (int, float)):
        return {"n": f"{value:.15g}"}
    if isinstance(value, datetime):
        return {"d": value.date().isoformat()} if value.time() == time() else {"t": value.isoformat()}
    if isinstance(value, date):
        return {"d": value.isoformat()}
    if isinstance(value, (time, timedelta)):
        return str(value)
    return str(value)


if __name__ == "__main__":
    sys.exit(main())
