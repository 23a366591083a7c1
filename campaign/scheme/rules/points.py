"""Điểm của chỉ tiêu: from what was reached to points, rounded once at the very end."""

from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import NamedTuple

from campaign.core.numbers import all_digits, format_decimal, format_points
from campaign.core.points import POINT, ZERO, round_points
from campaign.scheme.rules.achievement import NONE, Achievement, ratio, reached_words, terms_of
from campaign.scheme.rules.points_rule import PointsRule, PointsRuleKind
from campaign.scheme.rules.rescaling import rescaled, rescaling_words
from campaign.scheme.rules.wording import WHOLE, is_short, told_points


class IndicatorPoints(NamedTuple):
    """Điểm của chỉ tiêu: base points, bonus, and the arithmetic; None where there are none."""

    points: Decimal | None
    bonus: Decimal = ZERO
    problem: str | None = None
    of: "tuple[PointsRule, Achievement, Decimal, Decimal, int] | None" = None
    """Worked out from the rule, what was reached, the plan's maximum, the unit's, and the place."""

    @property
    def steps(self) -> tuple[str, ...]:
        """Cách tính bằng lời, written when somebody reads it."""
        if self.of is None:
            return ()
        rule, reached, maximum, to, place = self.of
        if self.points is None:
            return reached.steps
        steps = (
            *reached_words(reached, _levels(rule)),
            *_points_words(rule, reached, maximum, to, place),
        )
        return (*steps, _bonus_words(rule, reached, self.bonus)) if self.bonus > 0 else steps


def indicator_points(
    rule: PointsRule,
    reached: Achievement,
    maximum: Decimal,
    *,
    to: Decimal | None = None,
    place: int | None = None,
) -> IndicatorPoints:
    """Điểm theo quy tắc: re-scaled to the unit's maximum, rounded once; `place` in the block from
    1.

    Who missed what was asked never has all the points, however little was missing.
    """
    if reached.percent is None or reached.actual is None or reached.goal is None:
        return IndicatorPoints(None, problem=reached.problem)
    to = maximum if to is None else to
    of = rule, reached, maximum, to, place or 1
    if rule.kind is PointsRuleKind.RANK_IN_BLOCK and place is None:
        return IndicatorPoints(None, problem="Tính khi cả khối đã có số liệu.", of=of)
    raw = max(_raw_points(rule, reached, Fraction(maximum), place or 1), NONE)
    return IndicatorPoints(
        min(rescaled(raw, maximum, to), _most(rule, reached, to)),
        _bonus(rule, reached.percent),
        of=of,
    )


def _most(rule: PointsRule, reached: Achievement, maximum: Decimal) -> Decimal:
    """Điểm cao nhất có thể được: short of the maximum where a limit was broken or a target missed.

    A band and a place in the block of a target are the plan's own word on what is enough.
    """
    says_enough = (
        rule.kind in {PointsRuleKind.BANDS, PointsRuleKind.RANK_IN_BLOCK} and not reached.is_limit
    )
    if reached.is_met or says_enough:
        return maximum
    return max(_kept_points(rule, reached, maximum) - POINT, ZERO)


def _kept_points(rule: PointsRule, reached: Achievement, maximum: Decimal) -> Decimal:
    """Điểm của mức được giữ: what a limit that is kept earns; of bands not always the maximum."""
    if rule.kind is not PointsRuleKind.BANDS:
        return maximum
    share = _band(rule, reached._replace(percent=WHOLE, is_met=True))[1]
    return round_points(Fraction(maximum) * Fraction(share) / WHOLE)


def _bonus(rule: PointsRule, percent: Fraction) -> Decimal:
    over = percent - WHOLE
    if over <= 0 or not rule.bonus_per_percent:
        return ZERO
    return min(round_points(over * Fraction(rule.bonus_per_percent)), round_points(rule.bonus_cap))


def _raw_points(rule: PointsRule, reached: Achievement, maximum: Fraction, place: int) -> Fraction:
    """Points of the plan's maximum, exact."""
    percent = reached.percent or NONE
    match rule.kind:
        case PointsRuleKind.LINEAR:
            return maximum * min(percent, WHOLE) / WHOLE
        case PointsRuleKind.STEP:
            return maximum - _missing(percent) * Fraction(rule.lost)
        case PointsRuleKind.BANDS:
            return maximum * Fraction(_band(rule, reached)[1]) / WHOLE
        case PointsRuleKind.ALL_OR_NOTHING:
            return maximum if reached.is_met else NONE
        case PointsRuleKind.CEILING:
            return maximum - _times_over(rule, reached) * Fraction(rule.lost)
        case PointsRuleKind.RANK_IN_BLOCK:
            return maximum - (place - 1) * Fraction(rule.lost_percent) / WHOLE * maximum


def _missing(percent: Fraction) -> int:
    """Whole per cents short of what was expected."""
    return max(floor(WHOLE - percent), 0)


def _band(rule: PointsRule, reached: Achievement) -> tuple[Decimal | None, Decimal, Decimal | None]:
    """The band it falls into: from, share, below; what was missed never is in one from 100 %."""
    above: Decimal | None = None
    for start, share in rule.bands:
        if (reached.percent or NONE) >= start and (reached.is_met or start < WHOLE):
            return start, share, above
        above = start
    return None, Decimal(0), above


def _levels(rule: PointsRule) -> tuple[Fraction, ...]:
    return (
        tuple(Fraction(start) for start, _ in rule.bands)
        if rule.kind is PointsRuleKind.BANDS
        else ()
    )


def _times_over(rule: PointsRule, reached: Achievement) -> int:
    """How many (started) units the value lies beyond; touching a strict ceiling counts once."""
    if reached.is_met:
        return 0
    return max(ceil(_over(reached) / Fraction(rule.unit)), 1)


def _over(reached: Achievement) -> Fraction:
    return abs((reached.actual or NONE) - (reached.goal or NONE))


def _points_words(
    rule: PointsRule, reached: Achievement, maximum: Decimal, to: Decimal, place: int
) -> tuple[str, ...]:
    """The lines that give the points, floor and cap said; re-scaled in a line of its own."""
    raw = _raw_points(rule, reached, Fraction(maximum), place)
    *before, line = _raw_words(rule, reached, format_decimal(maximum), place)
    lowest = ", không dưới 0" if raw < 0 else ""
    kept, most = max(raw, NONE), _most(rule, reached, to)
    points = rescaled(kept, maximum, to)
    highest = f", chưa đạt nên không quá {format_decimal(most)}" if points > most else ""
    points = min(points, most)
    if maximum == to:
        return (*before, f"{line}{lowest}{highest} = {format_points(points)} điểm")
    worked_out = all_digits(kept)
    if rule.kind is PointsRuleKind.LINEAR and not is_short(kept):
        worked_out = line.rpartition(": ")[2]
    if highest:
        more: tuple[str, ...] = (
            f"quy đổi: {worked_out} × {format_decimal(to)} ÷ {format_decimal(maximum)}{highest} = "
            f"{format_points(points)}",
        )
    else:
        more = rescaling_words(kept, maximum, to, worked_out)
    return (*before, f"{line}{lowest} = {told_points(kept)} điểm", *more)


def _raw_words(rule: PointsRule, reached: Achievement, top: str, place: int) -> tuple[str, ...]:
    """What gives the points before rounding; the last line is a sum, perhaps after words and a
    colon.
    """
    percent = reached.percent or NONE
    match rule.kind:
        case PointsRuleKind.LINEAR:
            return (_linear_words(reached, percent, top),)
        case PointsRuleKind.STEP:
            return (_step_words(rule, reached, percent, top),)
        case PointsRuleKind.BANDS:
            return (_band_words(rule, reached, top),)
        case PointsRuleKind.ALL_OR_NOTHING:
            return (f"đạt, đủ {top}",) if reached.is_met else ("không đạt",)
        case PointsRuleKind.CEILING:
            return _ceiling_words(rule, reached, top)
        case PointsRuleKind.RANK_IN_BLOCK:
            lost = f"({place} − 1) × {format_decimal(rule.lost_percent)} % × {top}"
            return (f"thứ {place} trong khối: {top} − {lost}",)


def _linear_words(reached: Achievement, percent: Fraction, top: str) -> str:
    if percent > WHOLE:
        return f"không quá 100 %: 100 % × {top}"
    if is_short(percent):
        return f"{all_digits(percent)} % × {top}"
    return f"{top} × {ratio(reached)}"


def _step_words(rule: PointsRule, reached: Achievement, percent: Fraction, top: str) -> str:
    if reached.is_met:
        return f"đạt, đủ {top}"
    missing = _missing(percent)
    cut = " (bỏ phần lẻ)" if missing != WHOLE - percent else ""
    return f"thiếu {missing} %{cut}: {top} − {missing} × {format_decimal(rule.lost)}"


def _band_words(rule: PointsRule, reached: Achievement, top: str) -> str:
    start, share, above = _band(rule, reached)
    parts = [
        *([f"từ {format_decimal(start)} %"] if start is not None else []),
        *([f"dưới {format_decimal(above)} %"] if above is not None else []),
    ]
    why = (
        "chưa đạt, " if reached.is_limit and not reached.is_met and reached.percent == WHOLE else ""
    )
    return f"{why}mức {' đến '.join(parts)}: {format_decimal(share)} % × {top}"


def _ceiling_words(rule: PointsRule, reached: Achievement, top: str) -> tuple[str, ...]:
    if reached.is_met:
        return (f"đạt, đủ {top}",)
    terms, times = terms_of(reached), _times_over(rule, reached)
    first, last = (terms.actual, terms.goal) if reached.is_limit else (terms.goal, terms.actual)
    exact = _over(reached) / Fraction(rule.unit)
    how = ", ít nhất 1" if exact == 0 else ", làm tròn lên" if exact != times else ""
    return (
        f"Số lần trừ: ({first} − {last}) ÷ {format_decimal(rule.unit)}{how} = {times}",
        f"{top} − {times} × {format_decimal(rule.lost)}",
    )


def _bonus_words(rule: PointsRule, reached: Achievement, bonus: Decimal) -> str:
    return (
        f"Thưởng phần vượt: ({ratio(reached)} × 100 − 100) × "
        f"{format_decimal(rule.bonus_per_percent)}, "
        f"không quá {format_decimal(rule.bonus_cap)} = {format_points(bonus)} điểm"
    )
