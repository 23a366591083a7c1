"""Thang đo: scales with round ticks, and places along them in per cent of the picture's width."""

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import NamedTuple

from campaign.core.numbers import format_decimal

Number = Decimal | Fraction
WHOLE = 100
LETTER = Fraction(23, 10)
"""Bề rộng một chữ trên màn hình hẹp nhất, in per cent of the picture's width."""
_ROUND_STEPS = (Fraction(1), Fraction(2), Fraction(5, 2), Fraction(5), Fraction(10))
_BIG_WORDS = ((10**9, "tỷ"), (10**6, "triệu"))


class Tick(NamedTuple):
    """Vạch chia: its place, what is written there, and to which side."""

    at: str
    words: str
    anchor: str


class Part(NamedTuple):
    """Một phần của mức cao nhất."""

    value: Number
    most: Number


class Scale(NamedTuple):
    """Thang đo: from where to where, and by which steps."""

    low: Fraction
    high: Fraction
    step: Fraction

    def share(self, value: Number) -> Fraction:
        """Chỗ của một số, in per cent of the way; what lies outside stands at the edge."""
        way = (Fraction(value) - self.low) / (self.high - self.low) * WHOLE
        return max(Fraction(0), min(Fraction(WHOLE), way))

    def at(self, value: Number) -> str:
        """Chỗ của một số, as an attribute has it."""
        return percent(self.share(value))

    def ticks(self, unit: str = "") -> tuple[Tick, ...]:
        """Các vạch chia, the outer ones written inwards; the last one says the unit, and the one
        before it nothing where the two would touch on a narrow screen.
        """
        last = f"{short_number(self.high)} {unit}".rstrip()
        room = WHOLE - len(last) * LETTER - LETTER / 2
        told = []
        for value in self.steps:
            words = last if value == self.high else short_number(value)
            reaches = self.share(value) + len(words) * LETTER / 2
            is_crowded = self.low < value < self.high and reaches > room
            told.append(Tick(self.at(value), "" if is_crowded else words, self._anchor(value)))
        return tuple(told)

    @property
    def steps(self) -> tuple[Fraction, ...]:
        """Các số trên thang."""
        count = int((self.high - self.low) / self.step)
        return tuple(self.low + self.step * place for place in range(count + 1))

    def _anchor(self, value: Fraction) -> str:
        if value == self.low:
            return "start"
        return "end" if value == self.high else "middle"


def scale_of(values: Iterable[Number | None], *, from_zero: bool = True, most: int = 4) -> Scale:
    """Thang đo chứa mọi số: at most about `most` steps; one of 0 to 1 where there is no number.

    Without `from_zero` it holds the numbers closely, for marks whose differences are small.
    """
    known = [Fraction(value) for value in values if value is not None]
    if from_zero or not known:
        known.append(Fraction(0))
    low, high = min(known), max(known)
    if low == high:
        high, low = (high + 1, low) if from_zero else (high + 1, low - 1)
    step = _round_step((high - low) / most)
    return Scale(low // step * step, -(-high // step) * step, step)


def _round_step(wanted: Fraction) -> Fraction:
    """Bước tròn: the smallest of 1, 2, 2,5 and 5 times a power of ten that is no less."""
    power = Fraction(1)
    while power * 10 <= wanted:
        power *= 10
    while power > wanted:
        power /= 10
    return next(power * step for step in _ROUND_STEPS if power * step >= wanted)


def percent(share: Fraction) -> str:
    """Phần trăm của bề rộng: "12.5%", with two decimals at most."""
    return f"{_rounded(share, 2)}%"


def number(value: Number, decimals: int = 1) -> str:
    """Số để đọc: rounded, the Vietnamese way."""
    return format_decimal(Decimal(_rounded(Fraction(value), decimals)))


def difference(value: Number, decimals: int = 2) -> str:
    """Khoảng cách để đọc: rounded, yet never to nothing where there is one."""
    return number(value, _telling(Fraction(value), Fraction(0), decimals))


def below_whole(share: Fraction, decimals: int = 1) -> str:
    """Phần trăm chưa đủ để đọc: rounded, yet never to 100."""
    return number(share, _telling(share, Fraction(WHOLE), decimals))


def _telling(value: Fraction, other: Fraction, decimals: int) -> int:
    """So many decimals that it does not read as the other number, unless it is that."""
    while value != other and Fraction(_rounded(value, decimals)) == other:
        decimals += 1
    return decimals


def short_number(value: Number) -> str:
    """Số ngắn trên thang: "1,5 tỷ", "44.462"."""
    exact = Fraction(value)
    for size, word in _BIG_WORDS:
        if abs(exact) >= size:
            return f"{number(exact / size)} {word}"
    return number(exact, 2)


def _rounded(value: Fraction, decimals: int) -> str:
    """A plain number of so many decimals at most."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    text = f"{exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP):f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def shortened(name: str, most: int) -> str:
    """Tên cắt cho vừa hình; the whole one stands in the table."""
    return name if len(name) <= most else f"{name[: most - 1].rstrip()}…"


def middle(values: Sequence[Number], part: Fraction = Fraction(1, 2)) -> Fraction:
    """Trung vị, or another part of the way through the sorted numbers, between two of them."""
    ordered = sorted(Fraction(value) for value in values)
    place = part * (len(ordered) - 1)
    before = int(place)
    after = min(before + 1, len(ordered) - 1)
    return ordered[before] + (ordered[after] - ordered[before]) * (place - before)
