"""Tệp .xls: what the records of its sheets tell beside the values."""

import struct
from collections.abc import Iterator

from guarded.refusals import refuse
from guarded.spreadsheets.compound import records, workbook_stream
from guarded.spreadsheets.formats import PERCENT, SHIPPED_PERCENTS, telling
from guarded.spreadsheets.limits import (
    LOCKED,
    NO_SPREADSHEET,
    few,
)
from guarded.spreadsheets.seen import Seen

_DATE_MODE = 0x22
_FILE_PASS, _NUMBER_FORMAT, _CELL_STYLE, _SHEET_AT = 0x2F, 0x41E, 0xE0, 0x85
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
_ERROR_CODES = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}


def look_at_old(content: bytes) -> tuple[dict[int, Seen], bool]:
    """An .xls keeps macros in a storage of a fixed name; what its sheets tell beside their values
    is read from its records.
    """
    if not content.startswith(b"\xd0\xcf\x11\xe0"):
        refuse(NO_SPREADSHEET)
    if "_VBA_PROJECT".encode("utf-16-le") in content:
        refuse("Tệp có macro. Hãy lưu lại dưới dạng .xlsx không có macro.")
    try:
        stream, is_calculated = workbook_stream(content)
        is_of_1904 = any(
            kind == _DATE_MODE and data[:1] == b"\1" for kind, data in few(records(stream, 0))
        )
        return _seen_in_stream(stream, is_calculated=is_calculated), is_of_1904
    except (struct.error, IndexError):
        refuse(NO_SPREADSHEET)


def _seen_in_stream(stream: bytes, *, is_calculated: bool) -> dict[int, Seen]:
    """What each sheet of an Excel 97 file tells beside its values."""
    formats, styles, sheets = dict.fromkeys(SHIPPED_PERCENTS, PERCENT), [], []
    for kind, data in few(records(stream, 0)):
        if kind == _FILE_PASS:
            refuse(LOCKED)
        if kind == _NUMBER_FORMAT:
            formats[struct.unpack_from("<H", data)[0]] = telling(_format_text(data))
        elif kind == _CELL_STYLE:
            styles.append(struct.unpack_from("<H", data, 2)[0])
        elif kind == _SHEET_AT:
            sheets.append(struct.unpack_from("<I", data)[0])
    telling_styles = {
        place: formats[number] for place, number in enumerate(styles) if formats.get(number)
    }
    return {
        place: _seen_in_records(
            few(records(stream, start)), telling_styles, is_calculated=is_calculated
        )
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
) -> Seen:
    seen = Seen()
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
