"""Chỉ tiêu: from a measured value to points, compared exactly, and rounded once at the very end."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple, cast

from campaign.core.numbers import all_digits
from campaign.scheme.rules.progress import Share
from campaign.scheme.rules.terms import Direction, Judgement
from campaign.scheme.rules.wording import WHOLE, is_short, told

NONE = Fraction(0)


class Observation(NamedTuple):
    """Số liệu để đánh giá: the value of a period with what it is held against.

    value and same_period_last_year in the indicator's unit; growth_target in per cent.
    """

    value: Decimal | None
    target: Decimal | None = None
    growth_target: Decimal | None = None
    same_period_last_year: Decimal | None = None
    expected_share: Share | None = None
    target_from: str = ""
    """Mục tiêu nào, in words, where a unit might have had another."""
    is_of_period: bool = False
    """Mục tiêu của riêng kỳ này: no part of it is due, but all of it."""


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
    def has_target(self) -> bool:
        """Có mức phải đạt: of what is judged by growth, a growth."""
        if self.of is None:
            return False
        _, judgement, seen = self.of
        goal = seen.growth_target if judgement is Judgement.GROWTH else seen.target
        return goal is not None

    @property
    def steps(self) -> tuple[str, ...]:
        """Cách tính bằng lời, written when somebody reads it."""
        return reached_words(self, ())


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
    compared, of = _compared(judgement, seen), (direction, judgement, seen)
    if isinstance(compared, str):
        return Achievement(None, Fraction(seen.value), problem=compared, of=of)
    return _held_against(*compared, of)


def _held_against(
    actual: Fraction, goal: Fraction, of: tuple[Direction, Judgement, Observation]
) -> Achievement:
    """Mức đạt of what was reached: of a limit by whether it was kept, else by its share."""
    direction, *_ = of
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
    if judgement is Judgement.LEVEL or seen.is_of_period:
        return value, Fraction(seen.target)
    if seen.expected_share is None:
        return "Kỳ báo cáo chưa có tiến độ phải đạt."
    return value, Fraction(seen.target) * seen.expected_share.exact


def _growth(value: Fraction, seen: Observation) -> tuple[Fraction, Fraction] | str:
    if seen.growth_target is None:
        return "Chưa có mức tăng trưởng phải đạt."
    index = _index(value, seen)
    return index if isinstance(index, str) else (index, WHOLE + Fraction(seen.growth_target))


def _index(value: Fraction, seen: Observation) -> Fraction | str:
    """Chỉ số so với cùng kỳ; or the sentence that says why there is none."""
    if seen.same_period_last_year is None:
        return "Chưa có số liệu cùng kỳ năm trước."
    if seen.same_period_last_year <= 0:
        return "Số liệu cùng kỳ năm trước phải lớn hơn 0."
    return value / Fraction(seen.same_period_last_year) * WHOLE


def measured(reached: Achievement) -> Fraction | str:
    """Giá trị được xét, whatever the target: the value; of growth by how many per cent it grew.

    Where there is none, the sentence that says why.
    """
    if reached.of is None:
        return reached.problem or "Chưa có số liệu."
    _, judgement, seen = reached.of
    value = Fraction(seen.value or 0)
    if judgement is not Judgement.GROWTH:
        return value
    index = _index(value, seen)
    return index if isinstance(index, str) else index - WHOLE


def growth_terms(reached: Achievement) -> str | None:
    """Phép tính của mức tăng; None where the value itself is looked at."""
    if reached.of is None or reached.of[1] is not Judgement.GROWTH:
        return None
    seen = reached.of[2]
    value, last = Fraction(seen.value or 0), Fraction(seen.same_period_last_year or 0)
    index = value / last * WHOLE
    if is_short(index):
        return f"{all_digits(index)} − 100"
    return f"{all_digits(value)} ÷ {all_digits(last)} × 100 − 100"


def just_kept(reached: Achievement) -> Achievement:
    """Vừa đạt: what the same unit would have reached with a value just at what it is held against;
    of a strict limit with one just below it.
    """
    met = reached._replace(percent=WHOLE, actual=reached.goal, is_met=True)
    if reached.of is None or reached.goal is None:
        return met
    direction, judgement, seen = reached.of
    value = reached.goal
    if judgement is Judgement.GROWTH:
        value = value * Fraction(seen.same_period_last_year or 0) / WHOLE
    kept = Direction.AT_MOST if direction is Direction.BELOW else direction
    return met._replace(of=(kept, judgement, seen._replace(value=cast("Decimal", value))))


class Terms(NamedTuple):
    """What was compared, as a pencil needs it: value, goal, and the two parts of their quotient."""

    actual: str
    goal: str
    above: str
    below: str


_UNKNOWN = Direction.WATCH, Judgement.LEVEL, Observation(None)


def terms_of(reached: Achievement) -> Terms:
    """Những số đã so sánh, as a line of arithmetic has them."""
    _, judgement, seen = reached.of or _UNKNOWN
    value, goal = all_digits(Fraction(seen.value or 0)), reached.goal or NONE
    if judgement is Judgement.GROWTH:
        last = all_digits(Fraction(seen.same_period_last_year or 0))
        index = reached.actual or NONE
        actual = all_digits(index) if is_short(index) else f"{value} ÷ {last} × 100"
        return Terms(actual, all_digits(goal), value, f"{last} × {all_digits(goal)} %")
    goal_words = all_digits(goal)
    if judgement is Judgement.CUMULATIVE and not is_short(goal) and seen.expected_share:
        goal_words = f"{all_digits(Fraction(seen.target or 0))} × {seen.expected_share.words}"
    return Terms(value, goal_words, value, goal_words)


def _quotient(above: str, below: str) -> str:
    return f"{above} ÷ ({below})" if "×" in below else f"{above} ÷ {below}"


def ratio(reached: Achievement) -> str:
    """What gives the per cent: value ÷ goal, for a broken limit limit ÷ value."""
    terms = terms_of(reached)
    return (
        _quotient(terms.below, terms.above)
        if reached.is_limit
        else _quotient(terms.above, terms.below)
    )


def reached_words(reached: Achievement, beside: Sequence[Fraction]) -> tuple[str, ...]:
    """How far it was reached; the per cent told apart from the levels beside it."""
    if reached.of is None or reached.actual is None or reached.goal is None:
        return ()
    direction, judgement, seen = reached.of
    lines = (*_target_words(judgement, seen), *_compared_words(judgement, seen, reached))
    if reached.is_limit:
        lines += (_limit_words(direction, reached),)
    if reached.percent is None or (reached.is_limit and (reached.is_met or reached.goal <= 0)):
        return lines
    return (*lines, f"{ratio(reached)} = {told(reached.percent, beside)} %")


def _target_words(judgement: Judgement, seen: Observation) -> tuple[str, ...]:
    """Mục tiêu được dùng: named where units are given different ones."""
    if not seen.target_from:
        return ()
    if judgement is Judgement.GROWTH:
        return (f"Mức tăng {seen.target_from}: {all_digits(Fraction(seen.growth_target or 0))} %",)
    return (f"Mục tiêu {seen.target_from}: {all_digits(Fraction(seen.target or 0))}",)


def _compared_words(
    judgement: Judgement, seen: Observation, reached: Achievement
) -> tuple[str, ...]:
    if judgement is Judgement.LEVEL or reached.actual is None or reached.goal is None:
        return ()
    if judgement is Judgement.CUMULATIVE and seen.is_of_period:
        return ()
    if judgement is Judgement.GROWTH:
        index = _quotient(
            all_digits(Fraction(seen.value or 0)),
            all_digits(Fraction(seen.same_period_last_year or 0)),
        )
        return (f"So với cùng kỳ: {index} = {told(reached.actual, (reached.goal,))} %",)
    share = seen.expected_share.words if seen.expected_share else ""
    target = all_digits(Fraction(seen.target or 0))
    return (f"Tiến độ phải đạt: {target} × {share} = {told(reached.goal, (reached.actual,))}",)


def _limit_words(direction: Direction, reached: Achievement) -> str:
    actual, goal = reached.actual or NONE, reached.goal or NONE
    word = "dưới" if direction is Direction.BELOW else "không quá"
    value, limit = told(actual, (goal,)), told(goal, (actual,))
    if reached.is_met:
        return f"{value}: {word} {limit}, đạt"
    return f"{value}: không {word.removeprefix('không ')} {limit}, chưa đạt"
