"""Chỉ tiêu: from a measured value to points, compared exactly, and rounded once at the very end."""

import calendar
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import NamedTuple

from campaign.core.numbers import all_digits, exact_decimal, format_decimal, format_points
from campaign.core.points import POINT, ZERO, round_points, rounded
from campaign.planning.rules import (
    CountedBy,
    Direction,
    Judgement,
    PointsRule,
    PointsRuleKind,
    TargetOf,
    rescaled,
    rescaling_words,
)

WHOLE = Fraction(100)
NONE = Fraction(0)
MONTHS = 12
FEW = 4
SHORT = 6
"""Nhiều nhất bấy nhiêu chữ số thập phân thì viết đủ: in a result, in a number a line goes
on from.
"""


class Share(NamedTuple):
    """Tiến độ phải đạt: a part of the whole, exact: 8 of 12 months, 47 of 65 days, or per cent."""

    part: Decimal
    whole: int = 100

    @property
    def exact(self) -> Fraction:
        """Phần của cả chỉ tiêu, 1 for all of it."""
        return Fraction(self.part) / self.whole

    @property
    def words(self) -> str:
        """Viết như được dùng: "8/12", or "66,67 %" as it was typed."""
        if self.whole == WHOLE:
            return f"{format_decimal(self.part)} %"
        return f"{format_decimal(self.part)}/{self.whole}"


class Shares(NamedTuple):
    """Tiến độ phải đạt của một kỳ, for targets of the year and for those of the campaign."""

    year: Share | None
    campaign: Share | None

    def of(self, target_of: TargetOf) -> Share | None:
        """Phần ứng với mục tiêu năm hay mục tiêu của cả phong trào."""
        return self.campaign if target_of is TargetOf.CAMPAIGN else self.year


NO_SHARES = Shares(None, None)
"""Kỳ không rõ tiến độ."""


def shares(
    ends_on: date,
    *,
    typed: tuple[Decimal | None, Decimal | None],
    campaign: tuple[date, date],
    by: CountedBy,
) -> Shares:
    """Tiến độ phải đạt của kỳ hết ngày `ends_on`: what was typed, else what the calendar says."""
    of_year, of_campaign = typed
    return Shares(
        year_share(ends_on) if of_year is None else Share(of_year),
        campaign_share(*campaign, ends_on, by) if of_campaign is None else Share(of_campaign),
    )


def year_share(ends_on: date) -> Share:
    """Phần của năm đã qua khi hết ngày `ends_on`, by months: 4/12 on 30/04."""
    days = calendar.monthrange(ends_on.year, ends_on.month)[1]
    if ends_on.day == days:
        return Share(Decimal(ends_on.month), MONTHS)
    return Share(Decimal((ends_on.month - 1) * days + ends_on.day), MONTHS * days)


def campaign_share(starts_on: date, ends_on: date, until: date, by: CountedBy) -> Share | None:
    """Phần của phong trào đã qua khi hết ngày `until`; None before its first day."""
    if until < starts_on:
        return None
    until = min(until, ends_on)
    if by is CountedBy.DAYS:
        return Share(Decimal((until - starts_on).days + 1), (ends_on - starts_on).days + 1)
    start = _months(starts_on, starts_on.day - 1)
    gone, whole = _months(until, until.day) - start, _months(ends_on, ends_on.day) - start
    if gone.denominator == whole.denominator == 1:
        return Share(Decimal(gone.numerator), whole.numerator)
    share = gone / whole
    return Share(Decimal(share.numerator), share.denominator)


def _months(day: date, days_gone: int) -> Fraction:
    """Months since the year 0, with so many days of the last one gone."""
    days = calendar.monthrange(day.year, day.month)[1]
    return day.year * MONTHS + day.month - 1 + Fraction(days_gone, days)


class Observation(NamedTuple):
    """Số liệu để đánh giá: the value of a period with what it is held against.

    value and same_period_last_year in the indicator's unit; growth_target in per cent.
    """

    value: Decimal | None
    target: Decimal | None = None
    growth_target: Decimal | None = None
    same_period_last_year: Decimal | None = None
    expected_share: Share | None = None


class Achievement(NamedTuple):
    """Mức đạt: exact per cent of what was expected; None, with the problem, where there is none."""

    percent: Fraction | None
    actual: Fraction | None = None
    goal: Fraction | None = None
    is_met: bool | None = None
    problem: str | None = None
    of: "tuple[Direction, Judgement, Observation] | None" = None
    """What it was worked out from."""

    @property
    def is_limit(self) -> bool:
        """Mức không được vượt: kept or broken, never exceeded for the better."""
        return self.of is not None and self.of[0] is not Direction.AT_LEAST

    @property
    def steps(self) -> tuple[str, ...]:
        """Cách tính bằng lời, written when somebody reads it."""
        return _reached_words(self, ())


def achievement(direction: Direction, judgement: Judgement, seen: Observation) -> Achievement:
    """Mức đạt của một chỉ tiêu (design decision 6): what is missing gives no per cent, never zero.

    Cumulative: value ÷ (target × expected share). Growth: the index on the same period
    (value ÷ last year's) ÷ the index aimed at (1 + growth target). Level: value ÷ target. For a
    limit (at most, below) a kept limit is 100 %, a broken one limit ÷ value.
    """
    if direction is Direction.WATCH:
        return Achievement(
            None, _exact(seen.value), problem="Chỉ tiêu chỉ để theo dõi, không tính điểm."
        )
    if seen.value is None:
        return Achievement(None, problem="Chưa có số liệu.")
    compared = _compared(judgement, seen)
    if isinstance(compared, str):
        return Achievement(None, Fraction(seen.value), problem=compared)
    (actual, goal), of = compared, (direction, judgement, seen)
    is_met = _is_met(direction, actual, goal)
    if direction is not Direction.AT_LEAST:
        kept_share = goal / actual * WHOLE if goal > 0 and not is_met else NONE
        return Achievement(WHOLE if is_met else kept_share, actual, goal, is_met, of=of)
    if goal <= 0:
        return Achievement(None, actual, goal, is_met, "Mức phải đạt không lớn hơn 0.", of)
    return Achievement(actual / goal * WHOLE, actual, goal, is_met, of=of)


def _exact(value: Decimal | None) -> Fraction | None:
    return None if value is None else Fraction(value)


def _is_met(direction: Direction, actual: Fraction, goal: Fraction) -> bool:
    if direction is Direction.AT_LEAST:
        return actual >= goal
    return actual < goal if direction is Direction.BELOW else actual <= goal


def _compared(judgement: Judgement, seen: Observation) -> tuple[Fraction, Fraction] | str:
    """What is held against what; or the sentence that says why nothing can be."""
    value = Fraction(seen.value or 0)
    if judgement is Judgement.GROWTH:
        return _growth(value, seen)
    if seen.target is None:
        return "Chưa có mức chỉ tiêu."
    if judgement is Judgement.LEVEL:
        return value, Fraction(seen.target)
    if seen.expected_share is None:
        return "Kỳ báo cáo chưa có tiến độ phải đạt."
    return value, Fraction(seen.target) * seen.expected_share.exact


def _growth(value: Fraction, seen: Observation) -> tuple[Fraction, Fraction] | str:
    if seen.growth_target is None:
        return "Chưa có mức tăng trưởng phải đạt."
    if seen.same_period_last_year is None:
        return "Chưa có số liệu cùng kỳ năm trước."
    if seen.same_period_last_year <= 0:
        return "Số liệu cùng kỳ năm trước phải lớn hơn 0."
    return value / Fraction(seen.same_period_last_year) * WHOLE, WHOLE + Fraction(
        seen.growth_target
    )


def shown_percent(percent: Fraction) -> Decimal:
    """Mức đạt để hiện: two decimals, more where 100 % would read as reached or as missed."""
    return _apart(percent, (WHOLE,), 2)


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


def _told(value: Fraction, beside: Sequence[Fraction] = ()) -> str:
    """A result in a line: its digits where they are few, else rounded; whole only where it is
    whole.
    """
    exact = exact_decimal(value)
    if exact is not None and -int(exact.as_tuple().exponent) <= FEW:
        return format_decimal(exact)
    near = Fraction(floor(value))
    return format_decimal(_apart(value, (near, near + 1, *beside), 2))


def _told_points(points: Fraction) -> str:
    """The same of points, with two decimals at least."""
    cents = rounded(points, 2)
    return format_points(cents) if points == Fraction(cents) else _told(points)


def _is_short(value: Fraction) -> bool:
    """Whether all its digits may stand in a line that goes on from it."""
    exact = exact_decimal(value)
    return exact is not None and -int(exact.as_tuple().exponent) <= SHORT


class _Terms(NamedTuple):
    """What was compared, as a pencil needs it: value, goal, and the two parts of their quotient."""

    actual: str
    goal: str
    above: str
    below: str


_UNKNOWN = Direction.WATCH, Judgement.LEVEL, Observation(None)


def _terms(reached: Achievement) -> _Terms:
    _, judgement, seen = reached.of or _UNKNOWN
    value, goal = all_digits(Fraction(seen.value or 0)), reached.goal or NONE
    if judgement is Judgement.GROWTH:
        last = all_digits(Fraction(seen.same_period_last_year or 0))
        index = reached.actual or NONE
        actual = all_digits(index) if _is_short(index) else f"{value} ÷ {last} × 100"
        return _Terms(actual, all_digits(goal), value, f"{last} × {all_digits(goal)} %")
    told = all_digits(goal)
    if judgement is Judgement.CUMULATIVE and not _is_short(goal) and seen.expected_share:
        told = f"{all_digits(Fraction(seen.target or 0))} × {seen.expected_share.words}"
    return _Terms(value, told, value, told)


def _quotient(above: str, below: str) -> str:
    return f"{above} ÷ ({below})" if "×" in below else f"{above} ÷ {below}"


def _ratio(reached: Achievement) -> str:
    """What gives the per cent: value ÷ goal, for a broken limit limit ÷ value."""
    terms = _terms(reached)
    return (
        _quotient(terms.below, terms.above)
        if reached.is_limit
        else _quotient(terms.above, terms.below)
    )


def _reached_words(reached: Achievement, beside: Sequence[Fraction]) -> tuple[str, ...]:
    """How far it was reached; the per cent told apart from the levels beside it."""
    if reached.of is None or reached.actual is None or reached.goal is None:
        return ()
    direction, judgement, seen = reached.of
    lines = _compared_words(judgement, seen, reached)
    if reached.is_limit:
        lines += (_limit_words(direction, reached),)
    if reached.percent is None or (reached.is_limit and (reached.is_met or reached.goal <= 0)):
        return lines
    return (*lines, f"{_ratio(reached)} = {_told(reached.percent, beside)} %")


def _compared_words(
    judgement: Judgement, seen: Observation, reached: Achievement
) -> tuple[str, ...]:
    if judgement is Judgement.LEVEL or reached.actual is None or reached.goal is None:
        return ()
    if judgement is Judgement.GROWTH:
        index = _quotient(
            all_digits(Fraction(seen.value or 0)),
            all_digits(Fraction(seen.same_period_last_year or 0)),
        )
        return (f"So với cùng kỳ: {index} = {_told(reached.actual, (reached.goal,))} %",)
    share = seen.expected_share.words if seen.expected_share else ""
    target = all_digits(Fraction(seen.target or 0))
    return (f"Tiến độ phải đạt: {target} × {share} = {_told(reached.goal, (reached.actual,))}",)


def _limit_words(direction: Direction, reached: Achievement) -> str:
    actual, goal = reached.actual or NONE, reached.goal or NONE
    word = "dưới" if direction is Direction.BELOW else "không quá"
    value, limit = _told(actual, (goal,)), _told(goal, (actual,))
    if reached.is_met:
        return f"{value}: {word} {limit}, đạt"
    return f"{value}: không {word.removeprefix('không ')} {limit}, chưa đạt"


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
            *_reached_words(reached, _levels(rule)),
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
    if rule.kind is PointsRuleKind.LINEAR and not _is_short(kept):
        worked_out = line.rpartition(": ")[2]
    if highest:
        more: tuple[str, ...] = (
            f"quy đổi: {worked_out} × {format_decimal(to)} ÷ {format_decimal(maximum)}{highest} = "
            f"{format_points(points)}",
        )
    else:
        more = rescaling_words(kept, maximum, to, worked_out)
    return (*before, f"{line}{lowest} = {_told_points(kept)} điểm", *more)


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
    if _is_short(percent):
        return f"{all_digits(percent)} % × {top}"
    return f"{top} × {_ratio(reached)}"


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
    terms, times = _terms(reached), _times_over(rule, reached)
    first, last = (terms.actual, terms.goal) if reached.is_limit else (terms.goal, terms.actual)
    exact = _over(reached) / Fraction(rule.unit)
    how = ", ít nhất 1" if exact == 0 else ", làm tròn lên" if exact != times else ""
    return (
        f"Số lần trừ: ({first} − {last}) ÷ {format_decimal(rule.unit)}{how} = {times}",
        f"{top} − {times} × {format_decimal(rule.lost)}",
    )


def _bonus_words(rule: PointsRule, reached: Achievement, bonus: Decimal) -> str:
    return (
        f"Thưởng phần vượt: ({_ratio(reached)} × 100 − 100) × "
        f"{format_decimal(rule.bonus_per_percent)}, "
        f"không quá {format_decimal(rule.bonus_cap)} = {format_points(bonus)} điểm"
    )
