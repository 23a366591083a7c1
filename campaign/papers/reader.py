"""Đọc bảng tính trong vòng canh giữ: this file is run by itself, reads one file, then is gone.

Standard input is the file; standard output the cells as JSON. Exit code 3 with one Vietnamese
sentence where the
file is refused. Whatever a file does to the parser, it does it here, short of time and memory.
"""

import html
import io
import itertools
import json
import math
import os
import re
import resource
import struct
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, NoReturn

REFUSED = 3
"""How it ends where the file is refused, the sentence on its standard error."""
CPU_SECONDS = 10
MEMORY = 1024 * 1024 * 1024
MOST_SHEETS, MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 40, 20_100, 300, 1_000_000
LARGEST_UNPACKED = 120 * 1024 * 1024
MOST_PARTS = 2_000
_PIECE = 64 * 1024
_MOST_PLACED = 2_000_000
_LAST_COLUMN = 18_278
"""ZZZ: what comes after it is no column."""
_PLACED = re.compile(
    rb"<(?:\w+:)?(?:row(?=[\s/>])([^>]*)|c(?=[\s/>])([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c\s*>))",
    re.DOTALL,
)
"""Dòng hoặc ô của một trang, whatever prefix the program that wrote it gives its tags."""
_HIDDEN = re.compile(rb"\bhidden=[\"'](?:1|true)[\"']")
_COLUMN = re.compile(rb"<(?:\w+:)?col\s([^>]*)>")
_MIN, _MAX = re.compile(rb"\bmin=[\"'](\d{1,5})[\"']"), re.compile(rb"\bmax=[\"'](\d{1,5})[\"']")
_NUMBER = re.compile(rb"\br=[\"'](\d{1,9})[\"']")
_STYLE, _WHERE = (
    re.compile(rb"\bs=[\"'](\d+)[\"']"),
    re.compile(rb"\br=[\"']([A-Z]{1,4})(\d{1,9})[\"']"),
)
_ERROR, _VALUE = re.compile(rb"\bt=[\"']e[\"']"), re.compile(rb"<(?:\w+:)?v>([^<]*)<")
_FORMULA, _RESULT = re.compile(rb"<(?:\w+:)?f[\s/>]"), re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?>[^<]")
_TEXT = re.compile(rb"\bt=[\"'](?:str|inlineStr)[\"']")
_FORMAT = re.compile(
    rb"<(?:\w+:)?numFmt\b(?=[^>]*\bnumFmtId=[\"'](\d+)[\"'])"
    rb"(?=[^>]*\bformatCode=(?:\"([^\"]*)\"|'([^']*)'))"
)
_CELL_STYLES = re.compile(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
_ONE_STYLE = re.compile(rb'<(?:\w+:)?xf\b[^>]*\bnumFmtId="(\d+)"')
_SHEET, _PART_OF = (
    re.compile(rb"<(?:\w+:)?sheet\s[^>]*>"),
    re.compile(rb"\b\w+:id=[\"']([^\"']+)[\"']"),
)
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_ID, _TARGET = (
    re.compile(rb"\bId=[\"']([^\"']+)[\"']"),
    re.compile(rb"\bTarget=[\"']([^\"']+)[\"']"),
)
_OF_TABLE = re.compile(
    rb"<table:(table|table-column|table-row|table-cell|covered-table-cell)(?=[\s/>])([^>]*)>"
    rb"(?:\s*<text:p>([^<]{1,60})</text:p>)?"
)
_PLAIN_NUMBER = re.compile(rb'\boffice:value-type="float"')
_CODE = re.compile(r"(?!-?(?:0|[1-9]\d*)$)[^.,%]*\d[^.,%]*")
"""Chữ hiện của một số that is a code: 007, ĐV-7; not 7, 7,5, 1.000 or 8 %."""
_OF_1904 = re.compile(rb"<(?:\w+:)?workbookPr\b[^>]*\bdate1904=[\"'](?:1|true)[\"']")
_DATE_MODE = 0x22
_FORMAT_TOKEN = re.compile(
    r'"([^"]*)"|\\(.)|_.|\*.|\[[^\]]*\]|(General)|([0#?])|(.)', re.DOTALL | re.IGNORECASE
)
_PLAIN_MARKS = " -()+"
_FEWEST_ZEROS = 2
_ROWS_REPEATED = re.compile(rb'\btable:number-rows-repeated="(\d{1,9})"')
_COLUMNS_REPEATED = re.compile(rb'\btable:number-columns-repeated="(\d{1,9})"')
_COLLAPSED, _SHARE = (
    re.compile(rb'\btable:visibility="(?:collapse|filter)"'),
    re.compile(rb'\boffice:value-type="percentage"'),
)
_FAILED = re.compile(rb'\bcalcext:value-type="error"')
_ELSEWHERE = re.compile(
    rb"<table:(?:table-source|cell-range-source)\b|\btable:formula=\"[^\"]*(?:'|&apos;)file:"
)
_TELLING = re.compile(
    r"content\.xml|xl/(?:worksheets/[^/]+\.xml|styles\.xml|workbook\.xml|_rels/workbook\.xml\.rels)"
)
_ERRORS = frozenset({"#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"})
_SHIPPED_PERCENTS = {9, 10}
_NO_SECTOR, _ROOT_ENTRY = 0xFFFFFFFA, 5
_BEGIN, _END, _LOCKED, _NUMBER_FORMAT, _CELL_STYLE, _SHEET_AT = 0x809, 0x0A, 0x2F, 0x41E, 0xE0, 0x85
_COLUMNS_AT = 0x7D
_ROW, _NUMBER_CELL, _SHORT_CELL, _SHORT_CELLS, _FORMULA_CELL, _CODE_CELL = (
    0x208,
    0x203,
    0x27E,
    0xBD,
    0x06,
    0x205,
)
"""Mã bản ghi of an Excel 97 stream ([MS-XLS])."""
_ROW_IS_HIDDEN, _FAILED_RESULT, _EMPTY_RESULT, _CALCULATE_ON_OPENING = 0x20, 2, 3, 0x02
_SUMMARY = "\x05SummaryInformation"
"""The stream every office program writes beside the workbook, and no library that only writes
cells.
"""
_ERROR_CODES = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
_OTHER_ALPHABETS = (b"\xff\xfe", b"\xfe\xff")


class Refused(Exception):
    """Tệp không nhận: the sentence says why."""


def _refuse(sentence: str) -> NoReturn:
    raise Refused(sentence)


def main() -> int:
    """Bind this process first, then read."""
    given = sys.stdin.buffer.read()
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, ZipError  # noqa: PLC0415 - before the limits bite

    os.nice(10)
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    try:
        is_package = given.startswith(b"PK\x03\x04")
        seen, is_of_1904 = _look_inside(given) if is_package else _look_at_old(given)
        sheets = _sheets(CalamineWorkbook.from_filelike(io.BytesIO(given)), seen)
    except Refused as refusal:
        return _fail(str(refusal))
    except PasswordError:
        return _fail("Tệp có mật khẩu. Hãy bỏ mật khẩu rồi gửi lại.")
    except MemoryError:
        return _fail("Tệp quá lớn so với nội dung thật nên không mở.")
    except (
        CalamineError,
        ZipError,
        zipfile.BadZipFile,
        NotImplementedError,
        RuntimeError,
        EOFError,
        OSError,
        ValueError,
    ):
        return _fail("Tệp không phải bảng tính Excel (.xlsx, .xls), .ods hoặc .csv, hoặc đã hỏng.")
    found = {"sheets": sheets, "is_of_1904": is_of_1904}
    sys.stdout.buffer.write(json.dumps(found, ensure_ascii=False).encode())
    return 0


def _fail(sentence: str) -> int:
    sys.stderr.buffer.write(sentence.encode())
    return REFUSED


class _Seen:
    """What a sheet tells that its values do not: hidden rows, percentages, merged cells, formulas
    without a value.
    """

    def __init__(self) -> None:
        self.hidden: list[int] = []
        self.hidden_columns: set[int] = set()
        self.percents: set[tuple[int, int]] = set()
        self.codes: dict[tuple[int, int], str] = {}
        """Định dạng that shows the number of a cell as a code."""
        self.shown: dict[tuple[int, int], str] = {}
        """Chữ hiện of a cell whose number is shown as a code, where the file itself tells it."""
        self.merged: list[tuple[int, int]] = []
        self.broken: dict[tuple[int, int], str] = {}

    def hide_columns(self, first: int, last: int) -> None:
        """Keep which columns nobody sees."""
        self.hidden_columns |= set(range(first, min(last, MOST_COLUMNS) + 1))

    def note(self, where: tuple[int, int], style: str | None) -> None:
        """Keep how the number of a cell is shown, where that is not as it is."""
        if style == _PERCENT:
            self.percents.add(where)
        elif style:
            self.codes[where] = style


_PERCENT = "%"


def _telling(format_code: str) -> str:
    """What a number format makes of a number: a percentage, a code of digits and words, or nothing
    that matters.
    """
    if "%" in re.sub(r'"[^"]*"|\\.', "", format_code):
        return _PERCENT
    return format_code if _parts_of_code(format_code) else ""


def _parts_of_code(format_code: str) -> list[tuple[str, str]]:
    """Digits and words of a format that shows a code (000, "ĐV"00); none of any other format."""
    parts = []
    for quoted, escaped, general, digit, other in _FORMAT_TOKEN.findall(format_code):
        if other == ";":
            break
        if quoted or escaped:
            parts.append(("word", quoted or escaped))
        elif general or digit:
            parts.append(("digit", digit or "#"))
        elif other and other in _PLAIN_MARKS:
            parts.append(("word", other))
        elif other:
            return []
    zeros = sum(part == ("digit", "0") for part in parts)
    has_words = any(kind == "word" and text.strip(_PLAIN_MARKS) for kind, text in parts)
    has_digits = any(kind == "digit" for kind, _ in parts)
    return parts if has_digits and (zeros >= _FEWEST_ZEROS or has_words) else []


def _as_code(format_code: str, value: float) -> str:
    """The number as its cell shows it: 7 under 000 is 007."""
    parts = _parts_of_code(format_code)
    digits, shown = list(str(abs(int(value)))), []
    first = next(place for place, (kind, _) in enumerate(parts) if kind == "digit")
    for place, (kind, text) in reversed(list(enumerate(parts))):
        if kind == "word":
            shown.append(text)
        elif place == first:
            shown.append("".join(digits) or text.strip("#?"))
        else:
            shown.append(digits.pop() if digits else text.strip("#?"))
    return ("-" if value < 0 else "") + "".join(reversed(shown)).strip()


def _seen_in_part(part: bytes, styles: dict[int, str]) -> _Seen:
    """What one worksheet part of an .xlsx tells; `styles` are the cell styles that show a number
    as a percentage or a code.
    """
    seen = _Seen()
    for attributes in _COLUMN.findall(part):
        first, last = _MIN.search(attributes), _MAX.search(attributes)
        if first and last and _HIDDEN.search(attributes):
            seen.hide_columns(int(first[1]), int(last[1]))
    row = column = 0
    for of_row, of_cell, inside in _few(found.groups() for found in _PLACED.finditer(part)):
        if of_row is not None:
            number = _NUMBER.search(of_row)
            row, column = int(number[1]) if number else row + 1, 0
            if _HIDDEN.search(of_row):
                seen.hidden.append(row)
            continue
        where = _WHERE.search(of_cell)
        row, column = (int(where[2]), _column_number(where[1])) if where else (row, column + 1)
        if row > MOST_ROWS or column > _LAST_COLUMN:
            _refuse(
                f"Trang tính có ô ở dòng {row}; mỗi trang đọc tối đa {MOST_ROWS} dòng. Hãy xoá "
                "các dòng thừa."
            )
        style = _STYLE.search(of_cell) if styles else None
        if style:
            seen.note((row, column), styles.get(int(style[1])))
        if _ERROR.search(of_cell):
            told = _VALUE.search(inside or b"")
            seen.broken[row, column] = told[1].decode(errors="replace") if told else "#"
        elif (
            inside
            and _FORMULA.search(inside)
            and not _RESULT.search(inside)
            and not _TEXT.search(of_cell)
        ):
            seen.broken[row, column] = ""
    return seen


def _few(found: Iterator[Any]) -> Iterator[Any]:
    for place, one in enumerate(found):
        if place > _MOST_PLACED:
            _refuse("Tệp có quá nhiều ô nên không đọc.")
        yield one


def _seen_in_tables(content: bytes) -> list[_Seen]:
    """What each table of an .ods tells; rows and cells that are alike stand there once, with their
    number.
    """
    tables: list[_Seen] = []
    first = rows = column = 0
    for tag, attributes, text in _few(found.groups() for found in _OF_TABLE.finditer(content)):
        if tag == b"table":
            tables.append(_Seen())
            first, rows, column = 1, 0, 1
        elif tables and tag == b"table-column":
            repeated = _COLUMNS_REPEATED.search(attributes)
            columns = int(repeated[1]) if repeated else 1
            if _COLLAPSED.search(attributes):
                tables[-1].hide_columns(column, column + columns - 1)
            column += columns
        elif tables and tag == b"table-row":
            repeated = _ROWS_REPEATED.search(attributes)
            first, rows, column = first + rows, int(repeated[1]) if repeated else 1, 1
            if _COLLAPSED.search(attributes):
                tables[-1].hidden += range(first, min(first + rows, MOST_ROWS + 1))
        elif tables:
            repeated = _COLUMNS_REPEATED.search(attributes)
            columns = int(repeated[1]) if repeated else 1
            places = itertools.product(
                range(first, min(first + rows, MOST_ROWS + 1)),
                range(column, min(column + columns, MOST_COLUMNS + 1)),
            )
            _note(tables[-1], tag, attributes, text or b"", places)
            column += columns
    return tables


def _note(
    seen: _Seen, tag: bytes, attributes: bytes, text: bytes, places: Iterator[tuple[int, int]]
) -> None:
    if tag == b"covered-table-cell":
        seen.merged += places
    elif _SHARE.search(attributes):
        seen.percents.update(places)
    elif _FAILED.search(attributes):
        seen.broken.update((place, "#") for place in places)
    elif text and _PLAIN_NUMBER.search(attributes):
        shown = html.unescape(text.decode(errors="replace")).strip()
        if _CODE.fullmatch(shown):
            seen.shown.update((place, shown) for place in places)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _look_inside(package: bytes) -> tuple[dict[int, _Seen], bool]:
    """Refuse what could harm before anything is parsed; gives what each sheet, by its place, tells
    beside its values, and whether its days are counted from 1904.
    """
    parts: dict[str, bytes] = {}
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
            if _TELLING.fullmatch(name):
                parts[name] = bytes(part)
    return _told(parts), _OF_1904.search(parts.get("xl/workbook.xml", b"")) is not None


def _told(parts: dict[str, bytes]) -> dict[int, _Seen]:
    if "content.xml" in parts:
        return dict(enumerate(_seen_in_tables(parts["content.xml"])))
    styles = _telling_styles(parts.get("xl/styles.xml", b""))
    seen = {
        name: _seen_in_part(part, styles)
        for name, part in parts.items()
        if name.startswith("xl/worksheets/")
    }
    names = _parts_in_order(
        parts.get("xl/workbook.xml", b""), parts.get("xl/_rels/workbook.xml.rels", b"")
    )
    return {place: seen[name] for place, name in enumerate(names) if name in seen}


def _parts_in_order(book: bytes, relations: bytes) -> list[str]:
    """The part of each sheet in the order of the workbook, which a moved or removed sheet makes
    another than that of their names.
    """
    targets = {}
    for relation in _RELATION.findall(relations):
        name, target = _ID.search(relation), _TARGET.search(relation)
        if name and target:
            path = target[1].decode(errors="replace")
            targets[name[1]] = path.lstrip("/") if path.startswith("/") else f"xl/{path}"
    sheets = (_PART_OF.search(sheet) for sheet in _SHEET.findall(book))
    return [targets.get(sheet[1], "") if sheet else "" for sheet in sheets]


def _telling_styles(part: bytes) -> dict[int, str]:
    """What the cell styles that matter make of a number: 0,08 is seen as 8 %, 7 as 007."""
    formats = dict.fromkeys(_SHIPPED_PERCENTS, _PERCENT)
    for number, double, single in _FORMAT.findall(part):
        formats[int(number)] = _telling(html.unescape((double or single).decode(errors="replace")))
    styles = _CELL_STYLES.search(part)
    numbers = map(int, _ONE_STYLE.findall(styles[0] if styles else b""))
    return {place: formats[number] for place, number in enumerate(numbers) if formats.get(number)}


def _refuse_active(names: list[str]) -> None:
    if any(
        "vbaproject" in name.lower() or name.lower().startswith(("basic/", "scripts/"))
        for name in names
    ):
        _refuse("Tệp có macro. Hãy lưu lại dưới dạng .xlsx không có macro.")
    if "xl/workbook.bin" in names:
        _refuse("Không đọc tệp .xlsb. Hãy lưu lại dưới dạng .xlsx.")
    if any(name.startswith("xl/externalLinks/") for name in names):
        _refuse("Tệp có liên kết tới tệp khác. Hãy thay liên kết bằng giá trị rồi gửi lại.")
    if any("/embeddings/" in name or "/activeX/" in name for name in names):
        _refuse("Tệp có đối tượng nhúng. Hãy bỏ đối tượng đó rồi gửi lại.")


def _refuse_reaching(part: bytes) -> None:
    if b"<!DOCTYPE" in part or b"<!ENTITY" in part or part.startswith(_OTHER_ALPHABETS):
        _refuse("Tệp có khai báo XML không được phép.")
    if _ELSEWHERE.search(part):
        _refuse("Tệp có liên kết tới tệp khác. Hãy thay liên kết bằng giá trị rồi gửi lại.")
    if (
        b"<ddeLink" in part
        or b"office:dde-source" in part
        or re.search(rb"<f[^>]*>\s*(?:cmd|dde|msexcel)\s*\|", part, re.IGNORECASE)
    ):
        _refuse("Tệp có liên kết DDE tới chương trình khác. Hãy bỏ liên kết đó rồi gửi lại.")


def _look_at_old(content: bytes) -> tuple[dict[int, _Seen], bool]:
    """An .xls keeps macros in a storage of a fixed name; what its sheets tell beside their values
    is read from its records.
    """
    if not content.startswith(b"\xd0\xcf\x11\xe0"):
        _refuse("Tệp không phải bảng tính Excel (.xlsx, .xls), .ods hoặc .csv, hoặc đã hỏng.")
    if "_VBA_PROJECT".encode("utf-16-le") in content:
        _refuse("Tệp có macro. Hãy lưu lại dưới dạng .xlsx không có macro.")
    try:
        stream, is_calculated = _workbook_stream(content)
        is_of_1904 = any(
            kind == _DATE_MODE and data[:1] == b"\1" for kind, data in _few(_records(stream, 0))
        )
        return _seen_in_stream(stream, is_calculated=is_calculated), is_of_1904
    except (struct.error, IndexError):
        _refuse("Tệp không phải bảng tính Excel (.xlsx, .xls), .ods hoặc .csv, hoặc đã hỏng.")


def _workbook_stream(content: bytes) -> tuple[bytes, bool]:
    """The stream “Workbook” of an Excel 97 file, its sectors put together, and whether an office
    program, which calculates,
    wrote the file; an older one is refused.
    """
    size = 1 << struct.unpack_from("<H", content, 30)[0]
    first_folder, smallest, first_small, _, more_tables = struct.unpack_from(
        "<I4xIIII", content, 48
    )
    if size not in {512, 4096}:
        raise IndexError

    def sector(number: int) -> bytes:
        return content[(number + 1) * size : (number + 2) * size]

    places = [one for one in struct.unpack_from("<109I", content, 76) if one < _NO_SECTOR]
    for _ in range(len(content) // size):
        if more_tables >= _NO_SECTOR:
            break
        *more, more_tables = struct.unpack(f"<{size // 4}I", sector(more_tables))
        places += [one for one in more if one < _NO_SECTOR]
    table = _numbers(b"".join(map(sector, places)))
    folder = b"".join(map(sector, _chain(table, first_folder)))
    root = workbook = None
    is_calculated = False
    for entry in (folder[start : start + 128] for start in range(0, len(folder), 128)):
        name = entry[: max(struct.unpack_from("<H", entry, 64)[0] - 2, 0)].decode(
            "utf-16-le", "replace"
        )
        found = struct.unpack_from("<II", entry, 116)
        root = found if entry[66] == _ROOT_ENTRY else root
        workbook = found if name == "Workbook" else workbook
        is_calculated = is_calculated or name == _SUMMARY
    if workbook is None or root is None:
        _refuse("Tệp .xls của Excel đời trước 97 không đọc được. Hãy lưu lại dưới dạng .xlsx.")
    start, length = workbook
    if length >= smallest:
        return b"".join(map(sector, _chain(table, start)))[:length], is_calculated
    small, whole = (
        _numbers(b"".join(map(sector, _chain(table, first_small)))),
        b"".join(map(sector, _chain(table, root[0]))),
    )
    return b"".join(whole[one * 64 : one * 64 + 64] for one in _chain(small, start))[
        :length
    ], is_calculated


def _numbers(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])


def _chain(table: tuple[int, ...], first: int) -> Iterator[int]:
    """Sectors from `first` on; no longer than the table, so that a loop ends."""
    for _ in range(len(table)):
        if first >= _NO_SECTOR:
            return
        yield first
        first = table[first]


def _records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """Records of one part of the stream, to its end; parts within it, such as charts, are passed
    over.
    """
    depth = 0
    while start + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, start)
        depth += (kind == _BEGIN) - (kind == _END)
        if depth <= 0:
            return
        if depth == 1:
            yield kind, stream[start + 4 : start + 4 + length]
        start += 4 + length


def _seen_in_stream(stream: bytes, *, is_calculated: bool) -> dict[int, _Seen]:
    """What each sheet of an Excel 97 file tells beside its values."""
    formats, styles, sheets = dict.fromkeys(_SHIPPED_PERCENTS, _PERCENT), [], []
    for kind, data in _few(_records(stream, 0)):
        if kind == _LOCKED:
            return {}
        if kind == _NUMBER_FORMAT:
            formats[struct.unpack_from("<H", data)[0]] = _telling(_format_text(data))
        elif kind == _CELL_STYLE:
            styles.append(struct.unpack_from("<H", data, 2)[0])
        elif kind == _SHEET_AT:
            sheets.append(struct.unpack_from("<I", data)[0])
    telling = {place: formats[number] for place, number in enumerate(styles) if formats.get(number)}
    return {
        place: _seen_in_records(_few(_records(stream, start)), telling, is_calculated=is_calculated)
        for place, start in enumerate(sheets)
    }


def _format_text(data: bytes) -> str:
    length, flags = struct.unpack_from("<HB", data, 2)
    if flags & 1:
        return data[5 : 5 + 2 * length].decode("utf-16-le", "replace")
    return data[5 : 5 + length].decode("latin-1")


def _error_code(kind: int, data: bytes) -> int | None:
    """The error a cell holds, or a formula gave."""
    if kind == _CODE_CELL and data[7]:
        return data[6]
    if kind == _FORMULA_CELL and data[6] == _FAILED_RESULT and data[12:14] == b"\xff\xff":
        return data[8]
    return None


def _fault(kind: int, data: bytes, *, is_calculated: bool) -> str | None:
    """The error a cell holds; nothing in words for a formula whose writer left nothing or a bare 0
    as its result, for
    whoever opens the file to work out.
    """
    code = _error_code(kind, data)
    if code is not None:
        return _ERROR_CODES.get(code, "#")
    if kind != _FORMULA_CELL:
        return None
    is_bare = data[6:14] == bytes(8) or (data[6] == _EMPTY_RESULT and data[12:14] == b"\xff\xff")
    waits = not is_calculated or struct.unpack_from("<H", data, 14)[0] & _CALCULATE_ON_OPENING
    return "" if is_bare and waits else None


def _seen_in_records(
    records: Iterator[tuple[int, bytes]], styles: dict[int, str], *, is_calculated: bool
) -> _Seen:
    seen = _Seen()
    for kind, data in records:
        if kind == _ROW:
            row, flags = struct.unpack_from("<H10xH", data)
            if flags & _ROW_IS_HIDDEN:
                seen.hidden.append(row + 1)
        elif kind == _COLUMNS_AT:
            first_column, last_column, flags = struct.unpack_from("<HH4xH", data)
            if flags & 1:
                seen.hide_columns(first_column + 1, last_column + 1)
        elif kind in {_NUMBER_CELL, _SHORT_CELL, _FORMULA_CELL, _CODE_CELL}:
            row, column, style = struct.unpack_from("<HHH", data)
            seen.note((row + 1, column + 1), styles.get(style))
            fault = _fault(kind, data, is_calculated=is_calculated)
            if fault is not None:
                seen.broken[row + 1, column + 1] = fault
        elif kind == _SHORT_CELLS:
            row, column = struct.unpack_from("<HH", data)
            for place in range((len(data) - 6) // 6):
                style = struct.unpack_from("<H", data, 4 + place * 6)[0]
                seen.note((row + 1, column + place + 1), styles.get(style))
    return seen


def _sheets(book: Any, seen: dict[int, _Seen]) -> list[dict[str, Any]]:
    if len(book.sheet_names) > MOST_SHEETS:
        _refuse(f"Tệp có quá nhiều trang tính; đọc tối đa {MOST_SHEETS}.")
    found, cells = [], 0
    for place, meta in enumerate(book.sheets_metadata):
        sheet = book.get_sheet_by_index(place)
        if sheet.total_height > MOST_ROWS or sheet.total_width > MOST_COLUMNS:
            _refuse(
                f"Trang «{sheet.name}» có {sheet.total_height} dòng, {sheet.total_width} cột; "
                "mỗi trang đọc tối đa "
                f"{MOST_ROWS} dòng, {MOST_COLUMNS} cột. Hãy xoá các dòng, cột thừa."
            )
        cells += sheet.total_height * sheet.total_width
        if cells > MOST_CELLS:
            _refuse("Tệp có quá nhiều ô nên không đọc.")
        told = seen.get(place)
        rows = [
            [_seen_as(value, (number, column), told) for column, value in enumerate(row, start=1)]
            for number, row in enumerate(sheet.to_python(skip_empty_area=False), start=1)
        ]
        try:
            merged = [[list(start), list(end)] for start, end in sheet.merged_cell_ranges or ()]
        except (AttributeError, TypeError, ValueError):
            merged = []
        found.append(
            {
                "name": sheet.name,
                "rows": rows,
                "merged": merged,
                "covered": told.merged if told else [],
                "is_shown": "isible" in str(meta.visible) and "Hidden" not in str(meta.visible),
                "hidden_rows": told.hidden if told else [],
                "hidden_columns": sorted(told.hidden_columns) if told else [],
            }
        )
    return found


def _seen_as(value: Any, where: tuple[int, int], told: _Seen | None) -> Any:
    """A number shown as a percentage comes as the text that is seen, one shown as a code with it;
    a formula that gave no value comes as broken.
    """
    if told and where in told.broken:
        return {"e": told.broken[where]}
    if told and isinstance(value, (int, float)) and not isinstance(value, bool):
        if where in told.percents:
            return f"{value * 100:.15g} %"
        if where in told.shown:
            return _cell(value) | {"s": told.shown[where]}
        if where in told.codes and float(value).is_integer():
            return _cell(value) | {"s": _as_code(told.codes[where], value)}
    return _cell(value)


def _cell(value: Any) -> Any:
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, (int, float)):
        return {"n": f"{value:.15g}"} if math.isfinite(value) else {"e": "#NUM!"}
    if isinstance(value, datetime):
        is_day = value.time() == time()
        return {"d": value.date().isoformat()} if is_day else {"t": value.isoformat()}
    if isinstance(value, date):
        return {"d": value.isoformat()}
    if isinstance(value, (time, timedelta)):
        return {"c": str(value)}
    return {"e": value} if value in _ERRORS else str(value) or None


if __name__ == "__main__":
    sys.exit(main())
