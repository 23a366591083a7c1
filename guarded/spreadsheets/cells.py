"""Trang và ô as JSON: each value as the file holds it, or as its cell shows it."""

import math
from datetime import date, datetime, time, timedelta
from typing import Any

from guarded.refusals import refuse
from guarded.spreadsheets.formats import as_code
from guarded.spreadsheets.limits import (
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    MOST_SHEETS,
    ROWS_IN_WORDS,
    TOO_MANY_CELLS,
)
from guarded.spreadsheets.seen import Seen

_ERRORS = frozenset({"#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"})


def sheets_of(book: Any, seen: dict[int, Seen]) -> list[dict[str, Any]]:
    """Các trang của tệp."""
    if len(book.sheet_names) > MOST_SHEETS:
        refuse(f"Tệp có quá nhiều trang tính; đọc tối đa {MOST_SHEETS}.")
    sheets: list[dict[str, Any]] = []
    cells = 0
    for place, meta in enumerate(book.sheets_metadata):
        sheet = book.get_sheet_by_index(place)
        if sheet.total_height > MOST_ROWS or sheet.total_width > MOST_COLUMNS:
            refuse(
                f"Trang «{sheet.name}» có {sheet.total_height} dòng, {sheet.total_width} cột; "
                f"mỗi trang đọc tối đa {ROWS_IN_WORDS} dòng, {MOST_COLUMNS} cột. "
                "Hãy xoá các dòng, cột thừa."
            )
        cells += sheet.total_height * sheet.total_width
        if cells > MOST_CELLS:
            refuse(TOO_MANY_CELLS)
        is_shown = "isible" in str(meta.visible) and "Hidden" not in str(meta.visible)
        sheets.append(_sheet(sheet, seen.get(place, Seen()), is_shown=is_shown))
    return sheets


def _sheet(sheet: Any, seen: Seen, *, is_shown: bool) -> dict[str, Any]:
    rows = [
        [_seen_as(value, (number, column), seen) for column, value in enumerate(row, start=1)]
        for number, row in enumerate(sheet.to_python(skip_empty_area=False), start=1)
    ]
    return {
        "name": sheet.name,
        "rows": rows,
        "merged": _merged(sheet),
        "covered": seen.merged,
        "is_shown": is_shown,
        "hidden_rows": seen.hidden,
        "hidden_columns": sorted(seen.hidden_columns),
    }


def _merged(sheet: Any) -> list[list[list[int]]]:
    try:
        return [[list(start), list(end)] for start, end in sheet.merged_cell_ranges or ()]
    except (AttributeError, TypeError, ValueError):
        return []


def _seen_as(value: Any, where: tuple[int, int], seen: Seen) -> Any:
    """A number shown as a percentage comes as the text that is seen, one shown as a code with it;
    a formula that gave no value comes as broken.
    """
    if where in seen.broken:
        return {"e": seen.broken[where]}
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        if where in seen.percents:
            return f"{value * 100:.15g} %"
        if where in seen.shown:
            return _cell(value) | {"s": seen.shown[where]}
        if where in seen.codes and float(value).is_integer():
            return _cell(value) | {"s": as_code(seen.codes[where], value)}
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
