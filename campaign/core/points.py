"""Điểm: exact to the hundredth; rounded half-up first, summed afterwards (design decision 1)."""

from collections.abc import Collection, Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

POINT = Decimal("0.01")
ZERO = Decimal("0.00")
HUNDRED = Decimal(100)


def rounded(value: Fraction, places: int) -> Decimal:
    """Làm tròn: half-up (away from zero), from the exact value, however many digits it has."""
    above, below = value.numerator * 10**places, value.denominator
    whole = (2 * abs(above) + below) // (2 * below)
    return Decimal(f"{'-' if above < 0 and whole else ''}{whole}E-{places}")


def round_points(value: Decimal | Fraction) -> Decimal:
    """Làm tròn điểm: half-up (away from zero) to two decimals."""
    if isinstance(value, Fraction):
        return rounded(value, 2)
    return value.quantize(POINT, ROUND_HALF_UP)


def sum_points(values: Iterable[Decimal]) -> Decimal:
    """Cộng điểm, exactly."""
    return sum(values, ZERO)


def rescale_maxima(
    maxima: Mapping[int, Decimal], applicable: Collection[int], group_maximum: Decimal
) -> dict[int, Decimal]:
    """Quy đổi điểm tối đa: what applies is stretched to the group's maximum, to the last hundredth.

    `maxima` are the plan's (criterion → points), `applicable` those that apply. Hundredths left by
    rounding down go to the largest remainders, then to the lowest ids, so that the new maxima
    always sum to `group_maximum` (design decision 7).
    """
    chosen = sorted(applicable)
    total = sum_points(maxima[key] for key in chosen)
    if total in {0, group_maximum}:
        return {key: maxima[key] for key in chosen}
    stretch = Fraction(group_maximum) / Fraction(total)
    exact = {key: Fraction(maxima[key]) * stretch for key in chosen}
    given = {key: _cut(value) for key, value in exact.items()}
    left = int((group_maximum - sum_points(given.values())) / POINT)
    for key in sorted(chosen, key=lambda key: (Fraction(given[key]) - exact[key], key))[:left]:
        given[key] += POINT
    return given


def _cut(value: Fraction) -> Decimal:
    """Down to the hundredth."""
    return Decimal(f"{value.numerator * 100 // value.denominator}E-2")
