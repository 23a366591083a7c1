"""Tệp .xlsx: what its parts tell beside the values."""

import html
import re

from guarded.refusals import refuse
from guarded.spreadsheets.formats import PERCENT, SHIPPED_PERCENTS, telling
from guarded.spreadsheets.limits import (
    MOST_ROWS,
    ROWS_IN_WORDS,
    few,
)
from guarded.spreadsheets.seen import Seen

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
_ONE_STYLE = re.compile(rb"<(?:\w+:)?xf\b([^>]*)>")
_OF_FORMAT = re.compile(rb"\bnumFmtId=[\"'](\d+)[\"']")
_SHEET, _PART_OF = (
    re.compile(rb"<(?:\w+:)?sheet\s[^>]*>"),
    re.compile(rb"\b\w+:id=[\"']([^\"']+)[\"']"),
)
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_ID, _TARGET = (
    re.compile(rb"\bId=[\"']([^\"']+)[\"']"),
    re.compile(rb"\bTarget=[\"']([^\"']+)[\"']"),
)


def seen_in_part(part: bytes, styles: dict[int, str]) -> Seen:
    """What one worksheet part of an .xlsx tells; `styles` are the cell styles that show a number
    as a percentage or a code.
    """
    seen = Seen()
    for attributes in _COLUMN.findall(part):
        first, last = _MIN.search(attributes), _MAX.search(attributes)
        if first and last and _HIDDEN.search(attributes):
            seen.hide_columns(int(first[1]), int(last[1]))
    row = column = 0
    for of_row, of_cell, inside in few(match.groups() for match in _PLACED.finditer(part)):
        if of_row is not None:
            number = _NUMBER.search(of_row)
            row, column = int(number[1]) if number else row + 1, 0
            if _HIDDEN.search(of_row):
                seen.hidden.append(row)
            continue
        where = _WHERE.search(of_cell)
        row, column = (int(where[2]), _column_number(where[1])) if where else (row, column + 1)
        if row > MOST_ROWS or column > _LAST_COLUMN:
            refuse(
                f"Trang tính có ô ở dòng {row}; mỗi trang đọc tối đa {ROWS_IN_WORDS} dòng. Hãy xoá "
                "các dòng thừa."
            )
        style = _STYLE.search(of_cell) if styles else None
        if style:
            seen.note((row, column), styles.get(int(style[1])))
        if _ERROR.search(of_cell):
            error = _VALUE.search(inside or b"")
            seen.broken[row, column] = error[1].decode(errors="replace") if error else "#"
        elif (
            inside
            and _FORMULA.search(inside)
            and not _RESULT.search(inside)
            and not _TEXT.search(of_cell)
        ):
            seen.broken[row, column] = ""
    return seen


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def parts_in_order(book: bytes, relations: bytes) -> list[str]:
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


def telling_styles(part: bytes) -> dict[int, str]:
    """What the cell styles that matter make of a number: 0,08 is seen as 8 %, 7 as 007."""
    formats = dict.fromkeys(SHIPPED_PERCENTS, PERCENT)
    for number, double, single in _FORMAT.findall(part):
        formats[int(number)] = telling(html.unescape((double or single).decode(errors="replace")))
    styles = _CELL_STYLES.search(part)
    telling_of: dict[int, str] = {}
    for place, attributes in enumerate(_ONE_STYLE.findall(styles[0] if styles else b"")):
        number = _OF_FORMAT.search(attributes)
        if number and formats.get(int(number[1])):
            telling_of[place] = formats[int(number[1])]
    return telling_of
