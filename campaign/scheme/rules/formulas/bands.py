"""Theo bảng mức đạt: a share of the points from each level on."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from campaign.core.numbers import format_decimal
from campaign.core.points import HUNDRED
from campaign.scheme.rules.formulas.formula import Case, Formula, Problem
from campaign.scheme.rules.points_rule import Parameters, PointsRuleKind
from campaign.scheme.rules.wording import WHOLE


@dataclass(frozen=True, slots=True)
class Bands(Parameters):
    """Bảng mức đạt: (from per cent achieved, per cent of the maximum), highest first."""

    kind = PointsRuleKind.BANDS
    bands: tuple[tuple[Decimal, Decimal], ...] = ()


def _band(case: Case[Bands]) -> tuple[Decimal | None, Decimal, Decimal | None]:
    """The band it falls into: from, share, below; what was missed never is in one from 100 %."""
    above: Decimal | None = None
    for start, share in case.how.bands:
        if case.percent >= start and (case.reached.is_met or start < WHOLE):
            return start, share, above
        above = start
    return None, Decimal(0), above


def _points(case: Case[Bands]) -> Fraction:
    return case.whole * Fraction(_band(case)[1]) / WHOLE


def _words(case: Case[Bands]) -> tuple[str, ...]:
    start, share, above = _band(case)
    parts = [
        *([f"từ {format_decimal(start)} %"] if start is not None else []),
        *([f"dưới {format_decimal(above)} %"] if above is not None else []),
    ]
    is_broken = case.reached.is_limit and not case.reached.is_met and case.percent == WHOLE
    why = "chưa đạt, " if is_broken else ""
    return (f"{why}mức {' đến '.join(parts)}: {format_decimal(share)} % × {case.top}",)


def _problems(how: Bands) -> Sequence[Problem]:
    if _is_falling(how.bands):
        return ()
    sentence = (
        "Bảng mức đạt cần ít nhất một dòng, các mức khác nhau, mức cao hơn được tỷ lệ "
        "điểm không thấp hơn, tỷ lệ từ 0 đến 100 %."
    )
    return [(sentence, "bands")]


def _is_falling(bands: tuple[tuple[Decimal, Decimal], ...]) -> bool:
    starts = [start for start, _ in bands]
    shares = [share for _, share in bands]
    return (
        bool(bands)
        and len(set(starts)) == len(starts)
        and all(start >= 0 for start in starts)
        and all(0 <= share <= HUNDRED for share in shares)
        and shares == sorted(shares, reverse=True)
    )


def _levels(how: Bands) -> tuple[Fraction, ...]:
    return tuple(Fraction(start) for start, _ in how.bands)


def _told(how: Bands) -> str:
    rows = (f"từ {format_decimal(a)} % được {format_decimal(b)} % điểm" for a, b in how.bands)
    return ", ".join(rows)


BANDS = Formula(Bands, _points, _words, _problems, _levels, _told, says_enough=True)
