"""Bảng gõ trong ô: the tables of a points rule, as they are typed and as they are shown again."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from campaign.core.errors import refuse
from campaign.core.numbers import NumberError, format_decimal, parse_decimal, typed_decimal

MOST_PERCENT = Decimal(1000)
Pairs = list[tuple[Decimal, Decimal]]


def _pairs(text: str, field: str, example: str, maximum: Decimal | None) -> Pairs:
    """Read lines like "90: 100"."""
    rows = []
    for line in filter(None, map(str.strip, text.splitlines())):
        start, colon, share = line.partition(":")
        if not colon:
            refuse(f"Dòng “{line}” cần dấu hai chấm, ví dụ “{example}”.", field)
        try:
            rows.append(
                (parse_decimal(start, maximum=maximum), parse_decimal(share, maximum=maximum))
            )
        except NumberError as error:
            refuse(f"Dòng “{line}”: {error}", field)
    return rows


def _row(text: str, field: str) -> list[Decimal]:
    """Read a row like "10-8-6"."""
    parts = [part for part in re.split(r"[-–;]", text) if part.strip()]
    try:
        return [parse_decimal(part) for part in parts]
    except NumberError as error:
        refuse(str(error), field)


READERS: Mapping[str, Callable[[str], list[Any]]] = {
    "bands": lambda text: _pairs(text, "bands", "90: 80", MOST_PERCENT),
    "levels": lambda text: _pairs(text, "levels", "5.000: 10", None),
    "places": lambda text: _row(text, "places"),
    "parts": lambda text: _row(text, "parts"),
}
"""Ô chứa bảng, by the parameter it gives."""


def table_text(rows: tuple[Any, ...]) -> str:
    """Bảng viết lại như đã gõ: pairs a line each, a row with dashes."""
    if rows and isinstance(rows[0], tuple):
        return "\n".join(": ".join(map(_number, pair)) for pair in rows)
    return "-".join(map(_number, rows))


def _number(value: Decimal) -> str:
    return typed_decimal(value) if value else format_decimal(value)
