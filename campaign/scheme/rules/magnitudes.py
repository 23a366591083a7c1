"""Cỡ số: what to ask about a number that may be in another unit or without its comma."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Protocol

from campaign.core.numbers import format_decimal
from campaign.scheme.rules.progress import NO_SHARES, Share, Shares
from campaign.scheme.rules.terms import Direction, Judgement, TargetOf

WHOLE, MOST_INDEX = Decimal(100), Decimal(1000)
"""Một tỷ lệ is never more than the whole; an index of growth hardly more than ten times it."""


class Measured(Protocol):
    """Cách đo của một chỉ tiêu, as far as the size of its numbers hangs on it."""

    @property
    def symbol(self) -> str:
        """Ký hiệu đơn vị đo."""

    @property
    def direction(self) -> Direction:
        """Chiều của chỉ tiêu."""

    @property
    def judgement(self) -> Judgement:
        """Cách đánh giá."""

    @property
    def target_of(self) -> TargetOf:
        """Mục tiêu tính cho cả năm hay cả phong trào."""


@dataclass(frozen=True, slots=True)
class Measure:
    """Cách đo của một chỉ tiêu that is just being written."""

    symbol: str
    direction: Direction
    judgement: Judgement
    target_of: TargetOf


@dataclass(frozen=True, slots=True)
class Known:
    """Những số đã biết of an indicator, for the unit that reports."""

    target: Decimal | None = None
    last_year: Decimal | None = None
    same_period: Decimal | None = None
    last_period: Decimal | None = None
    """Số kỳ trước: a small number that is like it was asked about then."""
    shares: Shares = NO_SHARES
    """Tiến độ phải đạt đến cuối kỳ, of what accumulates."""

    @property
    def compared(self) -> list[Decimal]:
        """Các số so được về cỡ: of the whole, or of a year ago."""
        numbers = (self.target, self.last_year, self.same_period)
        return [number for number in numbers if number is not None]


def size_question(value: Decimal, indicator: Measured, known: Known) -> str | None:
    """Câu hỏi về cỡ của một số, or nothing: beyond a whole, below zero, ten times what is known."""
    is_percent = "%" in indicator.symbol or indicator.symbol.casefold() == "phần trăm"
    others = known.compared
    shown = f"{format_decimal(value)} {indicator.symbol}"
    most = MOST_INDEX if indicator.judgement is Judgement.GROWTH else WHOLE
    if is_percent and abs(value) > most and all(abs(number) <= most for number in others):
        meant = _meant(value, most, others)
        hint = f" Có phải là {format_decimal(meant)} không?" if meant is not None else ""
        return f"{shown} là quá {format_decimal(most)} %.{hint}"
    if value < 0 and all(number >= 0 for number in others) and (others or not is_percent):
        return f"{shown} là số âm. Có đúng không?"
    odd = list(_far_from(value, indicator, known))
    return (
        f"{shown} khác {', '.join(odd)} từ mười lần trở lên. Có nhầm đơn vị đo không?"
        if odd
        else None
    )


def _meant(value: Decimal, most: Decimal, known: Sequence[Decimal]) -> Decimal | None:
    """Số có lẽ đã bỏ sót dấu phẩy: with its comma it is like one that is known."""
    if not known:
        return value / 100 if abs(value / 100) <= most else None
    return next(
        (
            value / part
            for part in (10, 100, 1000)
            for number in known
            if abs(value / part) <= most and number <= 2 * value / part <= 4 * number
        ),
        None,
    )


def _far_from(value: Decimal, indicator: Measured, known: Known) -> Iterator[str]:
    """Each number known that is ten times the value or a tenth of it, in words.

    Of what accumulates, only the part due by the end of the period is compared where the value is
    less.
    """
    kept_low = indicator.direction in {Direction.AT_MOST, Direction.BELOW}
    stays_low = bool(known.last_period) and not is_suspicious_jump(value, known.last_period)
    for name, number, due in _known_numbers(indicator, known):
        is_less = abs(value) < abs(number)
        is_fine = is_less and (stays_low or (kept_low and name == "mục tiêu"))
        if not is_fine and is_suspicious_jump(value, number * due if is_less else number):
            yield f"{name} ({format_decimal(number)})"


def _known_numbers(indicator: Measured, known: Known) -> Iterator[tuple[str, Decimal, Decimal]]:
    """Từng số đã biết: its name, itself, and what part of it is due by the end of the period."""
    whole = indicator.judgement is not Judgement.CUMULATIVE
    of_target = Decimal(1) if whole else _part(known.shares.of(indicator.target_of))
    of_year = Decimal(1) if whole else _part(known.shares.year)
    for name, number, due in (
        ("mục tiêu", known.target, of_target),
        ("cả năm trước", known.last_year, of_year),
        ("cùng kỳ năm trước", known.same_period, Decimal(1)),
    ):
        if number is not None:
            yield name, number, due


def _part(share: Share | None) -> Decimal:
    """Phần đến hạn; nothing where the calendar does not tell."""
    exact = share.exact if share else Fraction(0)
    return Decimal(exact.numerator) / exact.denominator


JUMP = 10


def is_suspicious_jump(value: Decimal, previous: Decimal | None) -> bool:
    """Nhảy bất thường: ten times the earlier value, or a tenth of it (design decision 4)."""
    if not previous or not value:
        return False
    return abs(value) >= JUMP * abs(previous) or abs(value) * JUMP <= abs(previous)


@dataclass(frozen=True, slots=True)
class GivenNumbers:
    """Những số vừa giao cho một nơi, and the target of everybody, which hers is a part of."""

    target: Decimal | None = None
    growth: Decimal | None = None
    last_year: Decimal | None = None
    whole: Decimal | None = None


def plan_questions(given: GivenNumbers, indicator: Measured) -> Iterator[str]:
    """Câu hỏi về cỡ của những số trong kế hoạch: of the target, or last year's value alone, and of
    the growth.
    """
    value, known = given.target, Known(last_year=given.last_year)
    if value is None:
        value, known = given.last_year, Known()
    question = None if value is None else size_question(value, indicator, known)
    if question:
        yield question
    elif given.target and given.whole and abs(given.target) >= JUMP * abs(given.whole):
        yield (
            f"{format_decimal(given.target)} {indicator.symbol} gấp từ mười lần mục tiêu chung "
            f"({format_decimal(given.whole)}) trở lên. Có nhầm đơn vị đo không?"
        )
    if given.growth is not None and abs(given.growth) > WHOLE:
        yield _growth_question(given.growth)


def _growth_question(growth: Decimal) -> str:
    """Hỏi về một mức tăng quá 100 %, which may be an index."""
    meant = growth - WHOLE
    hint = (
        f"Nếu đó là chỉ số thì hãy ghi {format_decimal(meant)}."
        if 0 < meant <= WHOLE
        else "Có đúng không?"
    )
    verb = "Tăng" if growth > 0 else "Giảm"
    return f"{verb} {format_decimal(abs(growth))} % là quá 100 %. {hint}"


def magnitude_warning(
    target: Decimal | None, growth: Decimal | None, previous: Decimal | None
) -> str | None:
    """Cảnh báo cỡ số: a target far from last year's value and growth."""
    if not target or not previous or growth is None:
        return None
    implied = previous * (1 + growth / 100)
    if implied and abs(target - implied) > abs(implied) / 20:
        return (
            f"Năm trước {format_decimal(previous)} và tăng {format_decimal(growth)} % thì mục "
            "tiêu khoảng "
            f"{format_decimal(implied, 2)}, khác mức đã nhập {format_decimal(target)}."
        )
    return None
