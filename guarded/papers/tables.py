"""Bảng: as many columns as cells, each as wide as its cells say, all within the page."""

import re
from fractions import Fraction
from typing import Any

from lxml import etree

from guarded.papers.fields import W

_HAIR = 57
"""A millimetre, in the twentieths of a point that Word measures widths with."""
_MOST_COLUMNS = 63
"""So many columns a table of Word may have."""


def fit_grids(tree: Any) -> None:
    """A table whose columns came from a list: as many in its grid as cells in its longest row."""
    for table in tree.iter(f"{W}tbl"):
        grid = table.find(f"{W}tblGrid")
        columns = [] if grid is None else grid.findall(f"{W}gridCol")
        most = max(
            (sum(map(_span, row.findall(f"{W}tc"))) for row in table.findall(f"{W}tr")), default=0
        )
        if not columns or not most or most == len(columns):
            continue
        widths = [_number(column.get(f"{W}w")) for column in columns]
        extra = sum(widths[most:]) // most
        for column, width in zip(columns, widths, strict=True):
            column.set(
                f"{W}w", str(width + extra if most < len(columns) else width * len(columns) // most)
            )
        for column in columns[most:]:
            grid.remove(column)
        for _ in range(most - len(columns)):
            etree.SubElement(grid, f"{W}gridCol", {f"{W}w": str(sum(widths) // most)})


def _span(cell: Any) -> int:
    span = cell.find(f"{W}tcPr/{W}gridSpan")
    return 1 if span is None else min(max(_number(span.get(f"{W}val")), 1), _MOST_COLUMNS)


def _number(text: str | None) -> int:
    return int(float(text)) if text and re.fullmatch(r"[0-9]{1,6}(\.[0-9]+)?", text) else 0


def settle_columns(document: Any) -> None:
    """Columns drawn from a list: each as wide as its cells say, and all within the page."""
    body = document.find(f"{W}body")
    room = _room(body)
    for table in () if body is None or not room else body.findall(f"{W}tbl"):
        rows = [row.findall(f"{W}tc") for row in table.findall(f"{W}tr")]
        columns = table.findall(f"{W}tblGrid/{W}gridCol")
        widths = [_width(cell) for cell in rows[0]] if rows else []
        if not all(widths) or {len(row) for row in rows} != {len(columns)} or _merges(table):
            continue
        if all(
            abs(_number(column.get(f"{W}w")) - width) < _HAIR
            for column, width in zip(columns, widths, strict=True)
        ):
            continue
        share = min(Fraction(1), Fraction(room, sum(widths)))
        for place, width in enumerate(widths):
            columns[place].set(f"{W}w", str(int(width * share)))
            for row in rows:
                _widen(row[place], int(width * share))


def _room(body: Any) -> int:
    """How wide the first section's words are; nothing where the file does not say."""
    section = None if body is None else next(body.iter(f"{W}sectPr"), None)
    size = None if section is None else section.find(f"{W}pgSz")
    margins = None if section is None else section.find(f"{W}pgMar")
    if size is None or margins is None:
        return 0
    sides = (_number(margins.get(f"{W}{side}")) for side in ("left", "right"))
    return max(_number(size.get(f"{W}w")) - sum(sides), 0)


def _merges(table: Any) -> bool:
    """Cells of several columns or rows have no one width."""
    own = (element for row in table.findall(f"{W}tr") for element in row.findall(f"{W}tc/{W}tcPr"))
    return any(
        properties.find(f"{W}{name}") is not None
        for properties in own
        for name in ("gridSpan", "vMerge", "hMerge")
    )


def _width(cell: Any) -> int:
    width = cell.find(f"{W}tcPr/{W}tcW")
    return 0 if width is None or width.get(f"{W}type") != "dxa" else _number(width.get(f"{W}w"))


def _widen(cell: Any, width: int) -> None:
    own = cell.find(f"{W}tcPr/{W}tcW")
    if own is not None:
        own.set(f"{W}w", str(width))
        own.set(f"{W}type", "dxa")
