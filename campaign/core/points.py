"""Điểm: exact to the plan's decimals; rounded half-up, then summed (design decision 1)."""

from collections.abc import Collection, Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

PLACES = 2
"""Số chữ số thập phân của điểm, where a plan says nothing else."""
MOST_PLACES = 4
ZERO = Decimal("0.00")
HUNDRED = Decimal(100)


def rounded(value: Fraction, places: int) -> Decimal:
    """Làm tròn: half-up (away from zero), from the exact value, however many digits it has."""
    above, below = value.numerator * 10**places, value.denominator
    whole = (2 * abs(above) + below) // (2 * below)
    return Decimal(f"{'-' if above < 0 and whole else ''}{whole}E-{places}")


def least_points(places: int) -> Decimal:
    """Điểm nhỏ nhất that a plan of so many decimals can tell apart: 0,01 of two."""
    return Decimal(1).scaleb(-places)


def round_points(value: Decimal | Fraction, places: int) -> Decimal:
    """Làm tròn điểm: half-up (away from zero) to the plan's decimals."""
    if isinstance(value, Fraction):
        return rounded(value, places)
    return value.quantize(least_points(places), ROUND_HALF_UP)


def sum_points(values: Iterable[Decimal]) -> Decimal:
    """Cộng điểm, exactly."""
    return sum(values, ZERO)


def rescale_maxima(
    maxima: Mapping[int, Decimal],
    applicable: Collection[int],
    group_maximum: Decimal,
    places: int = PLACES,
) -> dict[int, Decimal]:
    """Quy đổi điểm tối đa: what applies is stretched to the group's maximum, to the last place.

    `maxima` are the plan's (criterion → points), `applicable` those that apply. What rounding down
    leaves goes, one in the last place each, to the largest remainders, then to the lowest ids, so
    that the new maxima always sum to `group_maximum` (design decision 7).
    """
    kept = {key: maxima[key] for key in sorted(applicable)}
    total = sum_points(kept.values())
    if total in {0, group_maximum}:
        return kept
    return _stretched(kept, Fraction(group_maximum) / Fraction(total), group_maximum, places)


def _stretched(
    kept: Mapping[int, Decimal], stretch: Fraction, group_maximum: Decimal, places: int
) -> dict[int, Decimal]:
    """Each of them cut to the last place, and what is left over given out."""
    exact = {key: Fraction(value) * stretch for key, value in kept.items()}
    given = {key: _cut(value, places) for key, value in exact.items()}
    least = least_points(places)
    left = int((group_maximum - sum_points(given.values())) / least)
    for key in sorted(exact, key=lambda key: (Fraction(given[key]) - exact[key], key))[:left]:
        given[key] += least
    return given


def _cut(value: Fraction, places: int) -> Decimal:
    """Down to the last place."""
    return Decimal(f"{value.numerator * 10**places // value.denominator}E-{places}")
