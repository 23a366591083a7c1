"""Quy đổi điểm: from the plan's maximum to what a unit can reach."""

from decimal import Decimal
from fractions import Fraction

from campaign.core.numbers import all_digits, format_decimal, format_points
from campaign.core.points import round_points


def rescaled(points: Decimal | Fraction, of: Decimal, to: Decimal, places: int) -> Decimal:
    """Quy đổi điểm from the plan's maximum to the unit's: exact, rounded once."""
    exact = points if of == to else Fraction(points) * Fraction(to) / Fraction(of)
    return round_points(exact, places)


def rescaling_words(
    points: Decimal | Fraction,
    of: Decimal,
    to: Decimal,
    worked_out: str = "",
    *,
    places: int,
) -> tuple[str, ...]:
    """Quy đổi điểm bằng lời; points without an end are told as `worked_out`."""
    if of == to:
        return ()
    start = worked_out or all_digits(Fraction(points))
    return (
        f"quy đổi: {start} × {format_decimal(to)} ÷ {format_decimal(of)} = "
        f"{format_points(rescaled(points, of, to, places), places)}",
    )
