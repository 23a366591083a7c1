"""Viết số trong phép tính: rounded to so few digits that each still says the truth."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import floor

from campaign.core.numbers import decimals_of, exact_decimal, format_decimal, format_points
from campaign.core.points import PLACES, rounded

WHOLE = Fraction(100)
FEW = 4
SHORT = 6
"""Nhiều nhất bấy nhiêu chữ số thập phân thì viết đủ: in a result, in a number it goes on from."""


def shown_percent(percent: Fraction, places: int = 2) -> Decimal:
    """Mức đạt để hiện: two decimals, more where 100 % would read as reached or as missed."""
    return _apart(percent, (WHOLE,), places)


def percent_text(percent: Fraction) -> str:
    """Mức đạt bằng chữ: "97,13 %"."""
    shown = shown_percent(percent)
    return f"{format_decimal(shown, -int(shown.as_tuple().exponent))} %"


def _apart(value: Fraction, beside: Sequence[Fraction], places: int) -> Decimal:
    """Rounded to so few digits that it still stands on its own side of each number beside it."""
    shown = rounded(value, places)
    while Fraction(shown) != value and any(
        not _on_its_side(Fraction(shown), value, other) for other in beside
    ):
        places += 1
        shown = rounded(value, places)
    return shown


def _on_its_side(shown: Fraction, value: Fraction, other: Fraction) -> bool:
    return value == other or (shown != other and (shown < other) == (value < other))


def told(value: Fraction, beside: Sequence[Fraction] = (), places: int = 2) -> str:
    """A result in a line: its digits where they are few, else rounded."""
    exact = exact_decimal(value)
    if exact is not None and decimals_of(exact) <= FEW:
        return format_decimal(exact)
    near = Fraction(floor(value))
    return format_decimal(_apart(value, (near, near + 1, *beside), places))


def told_points(points: Fraction, places: int = PLACES) -> str:
    """The same of points, with the plan's decimals at least."""
    shown = rounded(points, places)
    if points == Fraction(shown):
        return format_points(shown, places)
    return told(points, places=max(places, 2))


def is_short(value: Fraction) -> bool:
    """Whether all its digits may stand in a line that goes on from it."""
    exact = exact_decimal(value)
    return exact is not None and decimals_of(exact) <= SHORT
