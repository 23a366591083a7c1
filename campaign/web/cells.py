"""Ô số: table cells of numbers, written at once; digits and signs need no escaping, and there may be thousands."""

from collections.abc import Iterable
from decimal import Decimal

from markupsafe import Markup

from campaign.core.numbers import format_points


def point_cells(values: Iterable[Decimal | None], *, nothing: str = "–") -> Markup:
    """Các ô điểm của một hàng: `nothing` (a plain sign) where there is none."""
    return Markup("".join(  # noqa: S704 - digits, commas and our own sign
        f'<td class="num">{nothing if value is None else format_points(value)}</td>' for value in values))
