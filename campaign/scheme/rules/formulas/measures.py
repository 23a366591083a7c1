"""Giá trị được xét trong phép tính: the value itself, of a growth how much it grew by."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from campaign.core.numbers import all_digits
from campaign.scheme.rules.achievement import growth_terms
from campaign.scheme.rules.formulas.formula import Case
from campaign.scheme.rules.wording import is_short, told


def measure_words(case: Case[Any], beside: Sequence[Fraction] = ()) -> tuple[tuple[str, ...], str]:
    """The line that gives the value, where it was worked out, and the value as it is told."""
    grown = growth_terms(case.reached)
    if grown is None:
        return (), all_digits(case.measure)
    shown = told(case.measure, beside)
    return (f"Mức tăng: {grown} = {shown}",), shown


def measure_text(case: Case[Any]) -> str:
    """The value as a line goes on from it, with all it takes to work it out."""
    grown = growth_terms(case.reached)
    if grown is None or is_short(case.measure):
        return all_digits(case.measure)
    return f"({grown})"
