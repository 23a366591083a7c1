"""Tính thử một quy tắc: seven values side by side, and the line through all between them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from campaign.core.points import rounded
from campaign.scheme.rules.achievement import Achievement
from campaign.scheme.rules.formulas.known import FORMULAS
from campaign.scheme.rules.points_rule import PointsRule
from campaign.scheme.rules.terms import Judgement
from campaign.scheme.rules.wording import WHOLE

SEVEN = 7
BETWEEN = 12
"""So many steps are drawn between two of the seven values."""
LITTLE, MUCH = Fraction(7, 10), Fraction(11, 10)
"""Từ phần nào đến phần nào của mục tiêu is looked at, at the least."""
WIDTH, HEIGHT = 300, 120
"""Khung vẽ, in units of the picture."""


class Sample(NamedTuple):
    """Một giá trị thử with its points; at a place in the block for rules that go by places."""

    at: Decimal
    points: Decimal


class Drawing(NamedTuple):
    """Bảy giá trị và đường vẽ qua chúng."""

    samples: tuple[Sample, ...]
    line: str
    """Các điểm của đường, as a picture takes them."""
    dots: tuple[tuple[int, int], ...]
    highest: Decimal
    is_by_place: bool


def drawing(
    rule: PointsRule,
    reached: Achievement,
    points_at: Callable[[Decimal], Decimal | None],
    *,
    decimals: int,
    size: int,
) -> Drawing | None:
    """Bảy giá trị quanh số đã thử, or the places of a block; nothing where no points come of it."""
    asked, fine = _asked(rule, reached, decimals, size)
    known = {
        value: points
        for value in sorted({*asked, *fine})
        if (points := points_at(value)) is not None
    }
    samples = tuple(Sample(value, known[value]) for value in asked if value in known)
    is_by_place = FORMULAS[rule.kind].is_by_place
    return _drawn(samples, known, is_by_place=is_by_place) if samples else None


def _asked(
    rule: PointsRule, reached: Achievement, decimals: int, size: int
) -> Iterator[tuple[Decimal, ...]]:
    """Bảy giá trị được hỏi, then those the line goes through: values, or places of the block."""
    if FORMULAS[rule.kind].is_by_place:
        ends = Fraction(1), Fraction(max(size, 2))
        decimals = 0
    else:
        ends = _ends(rule, reached)
        decimals = _finely(*ends, decimals)
    for count in (SEVEN, (SEVEN - 1) * BETWEEN + 1):
        yield _evenly(*ends, count, decimals)


def _drawn(
    samples: tuple[Sample, ...], known: Mapping[Decimal, Decimal], *, is_by_place: bool
) -> Drawing:
    """Đường qua mọi giá trị đã biết, and the dots of the seven on it."""
    highest = max(known.values())
    spots = {value: _spot(value, points, known, highest) for value, points in known.items()}
    line = " ".join(f"{x},{y}" for x, y in spots.values())
    dots = tuple(spots[sample.at] for sample in samples)
    return Drawing(samples, line, dots, highest, is_by_place)


def _spot(
    value: Decimal, points: Decimal, known: Iterable[Decimal], highest: Decimal
) -> tuple[int, int]:
    values = list(known)
    wide = (values[-1] - values[0]) or Decimal(1)
    across = (value - values[0]) / wide * WIDTH
    down = HEIGHT - points / (highest or Decimal(1)) * HEIGHT
    return round(across), round(down)


def _evenly(low: Fraction, high: Fraction, count: int, decimals: int) -> tuple[Decimal, ...]:
    """So many values from the one to the other, as they may be typed; in order, none twice."""
    step = (high - low) / (count - 1)
    return tuple(sorted({rounded(low + step * number, decimals) for number in range(count)}))


def _finely(low: Fraction, high: Fraction, decimals: int) -> int:
    """Số chữ số thập phân để bảy giá trị khác nhau: those that are typed, more where too few."""
    while len(_evenly(low, high, SEVEN, decimals)) < SEVEN:
        decimals += 1
    return decimals


def _ends(rule: PointsRule, reached: Achievement) -> tuple[Fraction, Fraction]:
    """From where to where: all that the rule and the target name, and a little beyond."""
    marks = [*_marks(rule, reached)]
    low, high = min(marks), max(marks)
    if low == high:
        return low - abs(low) / 2 - (not low) * 3, high + abs(high) / 2 + (not high) * 3
    beyond = (high - low) / 4
    return (max(low - beyond, Fraction(0)) if low >= 0 else low - beyond), high + beyond


def _marks(rule: PointsRule, reached: Achievement) -> Sequence[Fraction]:
    """Những giá trị đáng xem: what was typed, the target, the levels of the rule."""
    if reached.of is None:
        return [Fraction(0)]
    formula, (_, judgement, seen) = FORMULAS[rule.kind], reached.of
    last = Fraction(seen.same_period_last_year or 0)
    is_growth = judgement is Judgement.GROWTH
    marks = [Fraction(seen.value)] if seen.value is not None else []
    goal = reached.goal
    if goal is not None and is_growth:
        goal = goal * last / WHOLE
    levels = formula.levels(rule.how)
    if formula.is_of_value:
        marks += [last * (level + WHOLE) / WHOLE if is_growth else level for level in levels]
    elif goal is not None:
        marks += [goal, *(goal * level / WHOLE for level in levels)]
        marks += [last, 2 * goal - last] if is_growth else [goal * LITTLE, goal * MUCH]
    return marks or [Fraction(0)]
