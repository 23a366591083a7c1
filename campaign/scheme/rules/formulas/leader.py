"""So với đơn vị dẫn đầu khối: a share of the points at the target, the rest on the way to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from campaign.core.numbers import all_digits, format_decimal
from campaign.core.points import HUNDRED
from campaign.scheme.rules.achievement import NONE, Achievement, ratio
from campaign.scheme.rules.formulas.best_value import best_problem, of_best, of_best_words
from campaign.scheme.rules.formulas.formula import Case, Formula, Problem, only_at_least
from campaign.scheme.rules.points_rule import Parameters, PointsRuleKind
from campaign.scheme.rules.wording import WHOLE, is_short


@dataclass(frozen=True, slots=True)
class Leader(Parameters):
    """So với dẫn đầu: per cent of the maximum at the target; who has none, by the best of those."""

    kind = PointsRuleKind.LEADER
    target_share: Decimal = Decimal(50)
    without_target: bool = False


def _lead(case: Case[Leader]) -> Fraction:
    """The per cent of the leader, never less than one's own."""
    leader = case.standing.leader
    return max(case.percent, (leader.percent if leader else None) or NONE)


def _points(case: Case[Leader]) -> Fraction:
    if not case.reached.has_target:
        return of_best(case, case.standing.best_untargeted)
    share = case.whole * Fraction(case.how.target_share) / WHOLE
    if case.percent <= WHOLE:
        return share * max(case.percent, NONE) / WHOLE
    return share + (case.whole - share) * (case.percent - WHOLE) / (_lead(case) - WHOLE)


def _words(case: Case[Leader]) -> tuple[str, ...]:
    if not case.reached.has_target:
        return of_best_words(case, case.standing.best_untargeted, "trong các đơn vị không giao")
    share = f"{format_decimal(case.how.target_share)} % × {case.top}"
    if case.percent <= 0:
        return (f"không trên 0 %: {share} × 0",)
    if case.percent <= WHOLE:
        part = f"{all_digits(case.percent)} %" if is_short(case.percent) else ratio(case.reached)
        return (f"chưa vượt mục tiêu: {share} × {part}",)
    rest = f"{format_decimal(HUNDRED - case.how.target_share)} % × {case.top}"
    leader = case.standing.leader
    lead = leader if leader and (leader.percent or NONE) > case.percent else case.reached
    way = f"{_above(case.reached)} ÷ {_above(lead)}"
    return (f"vượt mục tiêu, so với đơn vị dẫn đầu: {share} + {rest} × {way}",)


def _above(reached: Achievement) -> str:
    percent = reached.percent or NONE
    shown = all_digits(percent) if is_short(percent) else f"{ratio(reached)} × 100"
    return f"({shown} − 100)"


def _problems(how: Leader) -> Sequence[Problem]:
    if 0 < how.target_share < HUNDRED:
        return ()
    sentence = "Tỷ lệ điểm khi vừa đạt mục tiêu phải lớn hơn 0 và dưới 100 %."
    return [(sentence, "target_share")]


def _lacks(case: Case[Leader]) -> str | None:
    if case.reached.has_target:
        return None
    return best_problem(case, case.standing.best_untargeted)


def _takes_untargeted(how: Leader) -> bool:
    return how.without_target


def _told(how: Leader) -> str:
    free = "; không được giao thì so với số cao nhất" if how.without_target else ""
    return f"vừa đạt mục tiêu được {format_decimal(how.target_share)} % điểm tối đa{free}"


LEADER = Formula(
    Leader,
    _points,
    _words,
    _problems,
    told=_told,
    fits=only_at_least,
    lacks=_lacks,
    without_target=_takes_untargeted,
    needs_block=True,
    may_be_endless=True,
)
