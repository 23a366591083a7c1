"""Ô số: table cells of numbers, written at once; digits and signs need no escaping, and there may be thousands."""

from collections.abc import Iterable
from decimal import Decimal

from markupsafe import Markup

from campaign.core.numbers import format_points

NOTHING = "–"


def point_cells(values: Iterable[Decimal | None]) -> Markup:
    """Các ô điểm của một hàng; takes numbers only, so that no text of anybody gets in unescaped."""
    return Markup("".join(  # noqa: S704 - digits, commas and our own sign
        f'<td class="num">{NOTHING if value is None else format_points(value)}</td>' for value in values))
