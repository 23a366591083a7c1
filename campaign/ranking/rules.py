"""Xếp hạng: aggregation, bands, and how far the council agrees."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import takewhile
from math import floor
from statistics import median
from typing import NamedTuple, cast

from campaign.core.numbers import all_digits, format_decimal, format_points
from campaign.core.points import PLACES, ZERO, round_points
from campaign.planning.rules import Aggregation
from campaign.scheme.rules.achievement import NONE
from campaign.scheme.rules.rescaling import rescaled
from campaign.scheme.rules.sums import Line, settled, totals
from campaign.scheme.rules.terms import CriterionKind, TakesFrom
from campaign.scheme.rules.tree import Section

TRIM_FROM = 5
"""Từ mấy phiếu thì bỏ điểm cao nhất và thấp nhất (design decision 11)."""


class Tally(NamedTuple):
    """Cộng dồn của một ô: as SQL gives it; points exact. The extremes and the middle only where
    they were asked for.
    """

    marks: int
    total: Decimal
    lowest: Decimal | None = None
    highest: Decimal | None = None
    middle: Decimal | None = None
    is_ruled: bool = False
    """Điểm do Chủ tịch quyết định stands in place of every mark of a cell that was looked at."""


class Aggregate(NamedTuple):
    """Điểm tổng hợp của một ô, exact, and how it came about."""

    value: Fraction
    marks: int
    lowest: Decimal | None = None
    highest: Decimal | None = None
    dropped: int = 0
    total: Decimal = ZERO
    """Tổng các điểm, the dropped ones among them."""
    is_ruled: bool = False


class TallyTooPoor(ValueError):
    """The tally lacks what the method of aggregation needs: a mistake of ours, never of a user."""


def aggregate(tally: Tally, method: Aggregation) -> Aggregate | None:
    """Tổng hợp điểm Hội đồng: None without a mark; missing is never zero (design decision 10)."""
    count, total, lowest, highest, middle, is_ruled = tally
    if count == 0:
        return None
    if is_ruled:
        value = Fraction(total) / count
        return Aggregate(value, count, lowest, highest, total=total, is_ruled=True)
    if method is Aggregation.MEDIAN:
        if middle is None:
            raise TallyTooPoor
        return Aggregate(Fraction(middle), count, lowest, highest, total=total)
    if method is Aggregation.TRIMMED_MEAN and count >= TRIM_FROM:
        return _trimmed(tally)
    return Aggregate(Fraction(total) / count, count, lowest, highest, total=total)


def _trimmed(tally: Tally) -> Aggregate:
    """Trung bình cắt: without one of the highest and one of the lowest."""
    count, total, lowest, highest = tally.marks, tally.total, tally.lowest, tally.highest
    if lowest is None or highest is None:
        raise TallyTooPoor
    value = Fraction(total - lowest - highest) / (count - 2)
    return Aggregate(value, count, lowest, highest, 2, total)


def council_points(
    tally: Tally, method: Aggregation, of: Decimal, to: Decimal, places: int = PLACES
) -> tuple[Aggregate, Decimal] | None:
    """Điểm Hội đồng của một ô: the aggregate, and its points on the scale of the unit's maximum."""
    result = aggregate(tally, method)
    return (result, rescaled(result.value, of, to, places)) if result else None


def tally_of(marks: Sequence[Decimal]) -> Tally:
    """Cộng dồn các điểm of one cell."""
    if not marks:
        return Tally(0, ZERO)
    return Tally(len(marks), sum(marks, ZERO), min(marks), max(marks), median(marks))


def ruled(tally: Tally, points: Decimal) -> Tally:
    """Cộng dồn của ô mà Chủ tịch đã quyết định điểm: as many marks, and that one value."""
    return Tally(tally.marks, points * tally.marks, points, points, points, is_ruled=True)


def aggregate_words(result: Aggregate, method: Aggregation, places: int = PLACES) -> str:
    """Cách tổng hợp bằng lời: "trung bình 8 phiếu (8,5–9,5): 72,4 ÷ 8 = 9,05"."""
    if result.is_ruled:
        decided = format_points(round_points(result.value, places), places)
        return f"điểm được quyết định cho ô chênh lệch ({result.marks} phiếu): {decided}"
    name = {
        Aggregation.MEAN: "trung bình",
        Aggregation.MEDIAN: "trung vị",
        Aggregation.TRIMMED_MEAN: "trung bình cắt" if result.dropped else "trung bình",
    }[method]
    span = ""
    if result.lowest is not None and result.highest is not None:
        span = f" ({format_decimal(result.lowest)}–{format_decimal(result.highest)})"
    without = ", bỏ một cao nhất, một thấp nhất" if result.dropped else ""
    worked_out = aggregate_arithmetic(result, method)
    given = format_points(round_points(result.value, places), places)
    return f"{name} {result.marks} phiếu{span}{without}: {worked_out} = {given}"


def aggregate_arithmetic(result: Aggregate, method: Aggregation) -> str:
    """Phép tính của điểm tổng hợp, as it is used further: "72,4 ÷ 8"; of a median itself."""
    if method is Aggregation.MEDIAN or result.is_ruled:
        return all_digits(result.value)
    total = format_decimal(result.total)
    if result.dropped and result.lowest is not None and result.highest is not None:
        total = f"({total} − {format_decimal(result.lowest)} − {format_decimal(result.highest)})"
    return f"{total} ÷ {result.marks - result.dropped}"


@dataclass(frozen=True, slots=True)
class BandRule:
    """Mức xếp loại: from how many points; no criterion below `floor_percent` of its maximum."""

    name: str
    from_points: Decimal
    floor_percent: Decimal | None = None


def band_of(
    total: Decimal | Fraction,
    shares: Mapping[str, Decimal | Fraction],
    bands: Sequence[BandRule],
    places: int = PLACES,
) -> tuple[str, str]:
    """Xếp loại: the highest band whose points and floor both hold; ("", reason) below all. The
    reason names what fell short.
    """
    reached, missed = bands_reached(total, shares, bands, places)
    if reached:
        return reached[0], "; ".join(missed)
    return "", "; ".join(missed) or "chưa đạt mức nào"


def bands_reached(
    total: Decimal | Fraction,
    shares: Mapping[str, Decimal | Fraction],
    bands: Sequence[BandRule],
    places: int = PLACES,
) -> tuple[list[str], list[str]]:
    """Các mức mà điểm và mức sàn đều đạt, highest first; and what fell short of those above.

    `shares` are per cent of each criterion's maximum, by its code. Compared as they are, never as
    displayed.
    """
    from_the_top = sorted(bands, key=lambda row: row.from_points, reverse=True)
    told = [(band.name, _shortfall(total, shares, band, places)) for band in from_the_top]
    reached = [name for name, short in told if short is None]
    above = takewhile(lambda row: row[1] is not None, told)
    return reached, [short for _, short in above if short]


def _shortfall(
    total: Decimal | Fraction, shares: Mapping[str, Decimal | Fraction], band: BandRule, places: int
) -> str | None:
    """Vì sao không đạt một mức; None where it is reached, "" where the total is plainly below."""
    if total < band.from_points:
        if round_points(total, places) < band.from_points:
            return ""
        return (
            f"không xếp {band.name} vì tổng chưa làm tròn còn dưới "
            f"{format_points(band.from_points, places)}"
        )
    least = ZERO if band.floor_percent is None else band.floor_percent
    short = [f"{code} đạt {_cut(share)} %" for code, share in shares.items() if share < least]
    if not short:
        return None
    words = f"{', '.join(short)} điểm tối đa, dưới {format_decimal(least)} %"
    return f"không xếp {band.name} vì {words}"


def _cut(share: Decimal | Fraction) -> str:
    """Cut, not rounded: what is below a floor never reads as if it had reached it."""
    return format_decimal(Decimal(floor(share * 100)).scaleb(-2))


class Judged(NamedTuple):
    """Một điểm của thành viên, out of the plan's maximum `of`, counted out of the unit's `to`."""

    kind: CriterionKind
    group_id: int
    points: Decimal
    of: Decimal
    to: Decimal
    criterion_id: int = 0
    takes_from: TakesFrom = TakesFrom.TOTAL
    taken_id: int | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """Độ đồng thuận: Kendall's W between 0 and 1, or why it is undefined; from how many raters,
    over which units.
    """

    w: Decimal | None
    raters: int
    compared: tuple[int, ...]
    problem: str = ""

    @property
    def units(self) -> int:
        """Số đơn vị so được."""
        return len(self.compared)


def judged_total(given: Sequence[Judged], sections: Sequence[Section], scale: Decimal) -> Fraction:
    """Điểm một thành viên cho một đơn vị as it counts: the share of the base they judged, on the
    scale of the Council's base criteria; bonus and penalty added, each section within its bounds.

    Nothing is rounded: fractions go up the tree as points do.
    """
    lines = [_judged_line(row) for row in given]
    bounds = [
        section._replace(ceiling=_bound(section.ceiling), floor=_bound(section.floor))
        for section in sections
    ]
    return Fraction(totals(settled(lines, None), bounds, scale, Fraction(0)).exact)


def _judged_line(judged: Judged) -> Line:
    """Dòng của một điểm, exact, on the scale of the unit's maximum."""
    return Line(
        judged.criterion_id,
        judged.group_id,
        judged.kind,
        _exact(_share(judged)),
        _exact(judged.to if judged.to.is_finite() else judged.points),
        takes_from=judged.takes_from,
        taken_id=judged.taken_id,
        planned=_exact(judged.of) if judged.of.is_finite() else None,
    )


def _share(judged: Judged) -> Decimal | Fraction:
    """Điểm on the scale of the unit's maximum; what is no base is never re-scaled."""
    if judged.kind is not CriterionKind.BASE:
        return judged.points
    return Fraction(judged.points) * Fraction(judged.to) / Fraction(judged.of)


def _exact(points: Decimal | Fraction) -> Decimal:
    return cast("Decimal", Fraction(points))


def _bound(bound: Decimal | Fraction | None) -> Fraction | None:
    return None if bound is None else Fraction(bound)


def kendalls_w(scores: Mapping[int, Mapping[int, Decimal | Fraction]]) -> Agreement:
    """Hệ số Kendall W, tie-corrected: rater → unit → total; only units that all scored."""
    raters = [row for row in scores.values() if row]
    shared = sorted(set.intersection(*(set(row) for row in raters))) if raters else []
    m, n = len(raters), len(shared)
    if m < 2 or n < 2:  # noqa: PLR2004 - one rater or one unit cannot disagree
        return Agreement(
            None, m, tuple(shared), "cần ít nhất hai phiếu cùng chấm ít nhất hai đơn vị"
        )
    compared = [{unit: row[unit] for unit in shared} for row in raters]
    ties = sum(size**3 - size for row in compared for size in Counter(row.values()).values())
    below = m * m * (n**3 - n) - m * ties
    if below == 0:
        return Agreement(None, m, tuple(shared), "mọi phiếu cho các đơn vị điểm bằng nhau")
    return Agreement(_four_decimals(12 * _spread_of_places(compared) / below), m, tuple(shared))


def _spread_of_places(compared: Sequence[Mapping[int, Decimal | Fraction]]) -> Fraction:
    """Tổng bình phương độ lệch of what each unit's places add up to."""
    places = [_mid_places(row) for row in compared]
    sums = [sum((place[unit] for place in places), NONE) for unit in places[0]]
    mean = sum(sums, NONE) / len(sums)
    return sum(((value - mean) ** 2 for value in sums), NONE)


def _four_decimals(w: Fraction) -> Decimal:
    """Bốn chữ số, half of the last one up."""
    return Decimal((20_000 * w.numerator + w.denominator) // (2 * w.denominator)).scaleb(-4)


def _mid_places(values: Mapping[int, Decimal | Fraction]) -> dict[int, Fraction]:
    """Places from the lowest up; equal values share the middle of their places."""
    order = sorted(values.values())
    first: dict[Decimal | Fraction, int] = {}
    for place, value in enumerate(order):
        first.setdefault(value, place)
    size = Counter(order)
    return {unit: first[value] + Fraction(size[value], 2) for unit, value in values.items()}


@dataclass(frozen=True, slots=True)
class Spread:
    """Độ phân tán của một tiêu chí: the widest cell and the mean range."""

    criterion_id: int
    cells: int
    mean_range: Decimal
    widest: Decimal


def spread(criterion_id: int, tallies: Sequence[Tally], places: int = PLACES) -> Spread | None:
    """Phân tán điểm của một tiêu chí, over the cells with at least two marks."""
    ranges = [
        row.highest - row.lowest
        for row in tallies
        if row.marks > 1 and row.highest is not None and row.lowest is not None
    ]
    if not ranges:
        return None
    mean = round_points(sum(ranges, ZERO) / len(ranges), max(places, PLACES))
    return Spread(criterion_id, len(ranges), mean, max(ranges))


def order_changes(
    ranks: Mapping[Aggregation, Mapping[int, int]], base: Aggregation
) -> dict[Aggregation, dict[int, int]]:
    """Thứ hạng nếu tổng hợp theo cách khác: method → unit → rank, where it differs."""
    return {
        method: {unit: place for unit, place in places.items() if place != ranks[base].get(unit)}
        for method, places in ranks.items()
        if method is not base
    }


def tie_words(decided_by: str, *, is_tied: bool) -> str:
    """Bằng điểm bằng lời, beside a rank: that it is shared, or what set it apart from its equals;
    empty where nobody has as many points.
    """
    if is_tied:
        return "đồng hạng"
    return f"phân định theo: {decided_by}" if decided_by else ""
