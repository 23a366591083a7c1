"""Tệp .ods: what its tables tell beside the values."""

import html
import itertools
import re
from collections.abc import Iterator

from guarded.spreadsheets.formats import CODE
from guarded.spreadsheets.limits import (
    MOST_COLUMNS,
    MOST_ROWS,
    few,
)
from guarded.spreadsheets.seen import Seen

_OF_TABLE = re.compile(
    rb"<table:(table|table-column|table-row|table-cell|covered-table-cell)(?=[\s/>])([^>]*)>"
    rb"(?:\s*<text:p(?:\s[^>]{0,200})?>(?:<text:span[^>]{0,200}>)?([^<]{1,60})<)?"
)
_PLAIN_NUMBER = re.compile(rb'\boffice:value-type="float"')
_ROWS_REPEATED = re.compile(rb'\btable:number-rows-repeated="(\d{1,9})"')
_COLUMNS_REPEATED = re.compile(rb'\btable:number-columns-repeated="(\d{1,9})"')
_COLLAPSED, _SHARE = (
    re.compile(rb'\btable:visibility="(?:collapse|filter)"'),
    re.compile(rb'\boffice:value-type="percentage"'),
)
_FAILED = re.compile(rb'\bcalcext:value-type="error"')


def seen_in_tables(content: bytes) -> list[Seen]:
    """What each table of an .ods tells; equal rows and cells stand once, with their number."""
    tables: list[Seen] = []
    first = rows = column = 0
    for tag, attributes, text in few(match.groups() for match in _OF_TABLE.finditer(content)):
        if tag == b"table":
            tables.append(Seen())
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
    seen: Seen, tag: bytes, attributes: bytes, text: bytes, places: Iterator[tuple[int, int]]
) -> None:
    if tag == b"covered-table-cell":
        seen.merged += places
    elif _SHARE.search(attributes):
        seen.percents.update(places)
    elif _FAILED.search(attributes):
        seen.broken.update((place, "#") for place in places)
    elif text and _PLAIN_NUMBER.search(attributes):
        shown = html.unescape(text.decode(errors="replace")).strip()
        if CODE.fullmatch(shown):
            seen.shown.update((place, shown) for place in places)
