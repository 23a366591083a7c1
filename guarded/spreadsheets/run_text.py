"""Đọc tệp chữ (.csv, .txt) trong vòng canh giữ: run by itself as `run.py` is, and answers like
it.

A text file does not say how it is written: the alphabet is UTF-8, UTF-16 or Windows-1258, columns
are parted by comma, semicolon or tab; whatever is none of these is refused.
"""

import csv
import io
import json
import re
import sys
import unicodedata
from collections.abc import Iterator
from typing import Any

from guarded.process import bind, end_refused
from guarded.refusals import Refused, refuse
from guarded.spreadsheets.limits import (
    CPU_SECONDS,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    NO_SPREADSHEET,
    ROWS_IN_WORDS,
    TOO_LARGE,
    TOO_MANY_CELLS,
)

_LONGEST_CELL = 100_000
_LOOKED_AT = 200
"""So many first lines tell what parts the columns."""
_NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f]")
_SEPARATORS = ";\t,"
_OPENINGS = {
    "<html": "Tệp là trang web (HTML). Hãy mở bằng Excel rồi lưu lại dưới dạng .xlsx.",
    "<!doctype html": "Tệp là trang web (HTML). Hãy mở bằng Excel rồi lưu lại dưới dạng .xlsx.",
    "<table": "Tệp là trang web (HTML). Hãy mở bằng Excel rồi lưu lại dưới dạng .xlsx.",
    "<?xml": "Tệp là XML. Hãy mở bằng Excel rồi lưu lại dưới dạng .xlsx.",
    "{\\rtf": "Tệp là văn bản RTF, không phải bảng tính. Hãy lưu bảng dưới dạng .xlsx.",
    "%pdf": "Tệp là PDF, không phải bảng tính. Hãy gửi bảng dưới dạng .xlsx.",
}
_OLD_LETTER = re.compile(
    r"\w[µ¶·¸¹¼½¾¨©ª«¬®]|[µ¶·¸¹¼½¾¨©ª«¬®]\w"
    r"|[aeouyAEOUY][ùøûõïéèúüëäàáåãÙØÛÕÏÉÈÚÜËÄÀÁÅÃ]|[öôÖÔ][ùøûõïÙØÛÕÏ]"
)
"""Chữ TCVN3 hoặc VNI, as Windows-1252 shows it."""


def main() -> int:
    """Bind this process first, then read."""
    given = sys.stdin.buffer.read()
    bind(cpu_seconds=CPU_SECONDS)
    csv.field_size_limit(_LONGEST_CELL)
    try:
        rows = _rows(_text(given))
    except Refused as refusal:
        return end_refused(str(refusal))
    except csv.Error:
        return end_refused(NO_SPREADSHEET)
    except MemoryError:
        return end_refused(TOO_LARGE)
    sheet = {
        "name": "Tệp CSV",
        "rows": rows,
        "merged": [],
        "covered": [],
        "is_shown": True,
        "hidden_rows": [],
        "hidden_columns": [],
    }
    book = {"sheets": [sheet], "is_of_1904": False, "is_text": True}
    sys.stdout.buffer.write(json.dumps(book, ensure_ascii=False).encode())
    return 0


def _text(given: bytes) -> str:
    """The text in the alphabet it is written in."""
    text = _decoded(given)
    opening = text[:64].lstrip().lower()
    for start, sentence in _OPENINGS.items():
        if opening.startswith(start):
            refuse(sentence)
    if _NO_TEXT.search(text):
        refuse(NO_SPREADSHEET)
    return text


def _decoded(given: bytes) -> str:
    try:
        if given.startswith((b"\xff\xfe", b"\xfe\xff")):
            return given.decode("utf-16")
        if _is_wide(given[1::2]):
            return given.decode("utf-16-le")
        if _is_wide(given[::2]):
            return given.decode("utf-16-be")
    except UnicodeDecodeError:
        refuse(NO_SPREADSHEET)
    try:
        return given.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _of_one_byte(given)


def _is_wide(half: bytes) -> bool:
    """Every other byte is mostly zero: UTF-16 without a mark at its beginning."""
    start = half[:2000]
    return bool(start) and start.count(0) * 2 > len(start)


def _of_one_byte(given: bytes) -> str:
    """Windows-1258, as Excel in Việt Nam writes “CSV”; letters of TCVN3 and VNI are left as every
    other program shows them, for whoever looks at the cells.
    """
    western = given.decode("cp1252", "replace")
    if _is_old(western):
        return western
    try:
        text = unicodedata.normalize("NFC", given.decode("cp1258"))
    except UnicodeDecodeError:
        return western
    return western if any(unicodedata.combining(letter) for letter in text) else text


def _is_old(western: str) -> bool:
    strange = sum(letter > "\x7f" for letter in western)
    return len(_OLD_LETTER.findall(western)) * 3 > strange


def _rows(text: str) -> list[list[str | None]]:
    first, _, rest = text.partition("\n")
    if first.rstrip("\r").lower() in {f"sep={mark}" for mark in _SEPARATORS}:
        return _parted(rest, first[4])
    return _parted(text, _separator(text))


def _separator(text: str) -> str:
    """What parts the columns: what parts most lines into as many columns as the first ones."""
    lines = "\n".join(text.splitlines()[:_LOOKED_AT])
    scores = {}
    for mark in _SEPARATORS:
        widths = [len(row) for row in csv.reader(io.StringIO(lines), delimiter=mark) if any(row)]
        common = max(set(widths), key=lambda width: (widths.count(width), width), default=1)
        scores[mark] = (common > 1, widths.count(common) if common > 1 else 0, common)
    best = max(_SEPARATORS, key=lambda mark: scores[mark])
    if not scores[best][0] and not any(mark in lines for mark in _SEPARATORS):
        refuse(NO_SPREADSHEET)
    return best


def _parted(text: str, separator: str) -> list[list[str | None]]:
    rows: list[list[str | None]] = []
    cells = 0
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    for row in _whole(lines):
        cells += len(row)
        if len(rows) >= MOST_ROWS:
            refuse(
                f"Tệp có hơn {ROWS_IN_WORDS} dòng; đọc tối đa {ROWS_IN_WORDS}. "
                "Hãy chia thành nhiều tệp."
            )
        if len(row) > MOST_COLUMNS or cells > MOST_CELLS:
            refuse(TOO_MANY_CELLS)
        rows.append([cell.strip() or None for cell in row])
    return rows


def _whole(lines: Any) -> Iterator[list[str]]:
    """The rows, as long as every quote that is opened is closed where a cell ends."""
    before = 0
    try:
        for row in lines:
            yield row
            before = lines.line_num
    except csv.Error as error:
        if "field larger" in str(error):
            raise
        refuse(
            f'Dòng {before + 1}: dấu ngoặc kép (") mở đầu một ô mà không đóng ở cuối ô. Dấu ngoặc '
            "kép trong nội dung phải viết hai lần, hoặc hãy lưu bảng dưới dạng .xlsx."
        )


if __name__ == "__main__":
    sys.exit(main())
