"""So với số cao nhất trong khối: one's own value over the best one, no target needed."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from campaign.core.numbers import all_digits
from campaign.scheme.rules.achievement import NONE
from campaign.scheme.rules.formulas.formula import Case, Formula, only_at_least
from campaign.scheme.rules.formulas.measures import measure_text, measure_words
from campaign.scheme.rules.points_rule import Parameters, PointsRuleKind
from campaign.scheme.rules.wording import is_short, told


@dataclass(frozen=True, slots=True)
class BestValue(Parameters):
    """So với số cao nhất: nothing to set."""

    kind = PointsRuleKind.BEST_VALUE


def _best(case: Case[Any], best: Fraction | None) -> Fraction:
    return max(best or NONE, case.measure)


def best_problem(case: Case[Any], best: Fraction | None) -> str | None:
    """Vì sao chưa so được với số cao nhất."""
    if _best(case, best) > 0:
        return None
    return "Trong khối chưa có số liệu nào lớn hơn 0."


def of_best(case: Case[Any], best: Fraction | None) -> Fraction:
    """Own value over the best, of the whole; nothing below 0."""
    return case.whole * max(case.measure, NONE) / _best(case, best)


def of_best_words(case: Case[Any], best: Fraction | None, among: str) -> tuple[str, ...]:
    """Phép tính so với số cao nhất."""
    most = _best(case, best)
    before, _ = measure_words(case)
    if case.measure <= 0:
        return (*before, f"không trên 0: 0 × {case.top}")
    if case.measure == most:
        return (*before, f"cao nhất {among}: 100 % × {case.top}")
    own, top = measure_text(case), all_digits(most)
    if not is_short(most):
        top = f"({top})" if "/" in top else top
    return (*before, f"số cao nhất {among} là {told(most)}: {case.top} × {own} ÷ {top}")


def _points(case: Case[BestValue]) -> Fraction:
    return of_best(case, case.standing.best)


def _words(case: Case[BestValue]) -> tuple[str, ...]:
    return of_best_words(case, case.standing.best, "trong khối")


def _lacks(case: Case[BestValue]) -> str | None:
    return best_problem(case, case.standing.best)


BEST_VALUE = Formula(
    BestValue,
    _points,
    _words,
    fits=only_at_least,
    lacks=_lacks,
    is_of_value=True,
    needs_block=True,
    may_be_endless=True,
)
