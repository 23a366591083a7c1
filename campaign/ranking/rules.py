"""Xếp hạng: aggregation, totals, ranks with ties, bands, and how far the council agrees."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from statistics import median
from typing import NamedTuple

from campaign.core.numbers import format_decimal, format_points
from campaign.core.points import HUNDRED, ZERO, round_points
from campaign.planning.rules import Aggregation, CriterionKind, TieBreak, rescaled

TRIM_FROM = 5
"""Từ mấy phiếu thì bỏ điểm cao nhất và thấp nhất (design decision 11)."""
_FINE = Decimal("0.0001")


class Tally(NamedTuple):
    """Cộng dồn của một ô: as SQL gives it; points exact. The extremes and the middle only where they were asked for."""

    marks: int
    total: Decimal
    lowest: Decimal | None = None
    highest: Decimal | None = None
    middle: Decimal | None = None


class Aggregate(NamedTuple):
    """Điểm tổng hợp của một ô, exact, and how it came about."""

    value: Decimal
    marks: int
    lowest: Decimal | None = None
    highest: Decimal | None = None
    dropped: int = 0


class TallyTooPoor(ValueError):
    """The tally lacks what the method of aggregation needs: a mistake of ours, never of a user."""


def aggregate(tally: Tally, method: Aggregation) -> Aggregate | None:
    """Tổng hợp điểm Hội đồng: None where nobody gave a mark; missing is never zero (design decision 10)."""
    count, total, lowest, highest, middle = tally
    if count == 0:
        return None
    if method is Aggregation.MEDIAN:
        if middle is None:
            raise TallyTooPoor
        return Aggregate(middle, count, lowest, highest)
    if method is Aggregation.TRIMMED_MEAN and count >= TRIM_FROM:
        if lowest is None or highest is None:
            raise TallyTooPoor
        return Aggregate((total - lowest - highest) / (count - 2), count, lowest, highest, dropped=2)
    return Aggregate(total / count, count, lowest, highest)


def council_points(tally: Tally, method: Aggregation, of: Decimal, to: Decimal) -> tuple[Aggregate, Decimal] | None:
    """Điểm Hội đồng của một ô: the aggregate, and its points rescaled from the plan's maximum to the unit's."""
    found = aggregate(tally, method)
    return (found, rescaled(found.value, of, to)) if found else None


def tally_of(marks: Sequence[Decimal]) -> Tally:
    """Cộng dồn các điểm of one cell."""
    if not marks:
        return Tally(0, ZERO)
    return Tally(len(marks), sum(marks, ZERO), min(marks), max(marks), median(marks))


def aggregate_words(found: Aggregate, method: Aggregation) -> str:
    """Cách tổng hợp bằng lời: "trung bình 8 phiếu (8,5–9,5)"."""
    name = {Aggregation.MEAN: "trung bình", Aggregation.MEDIAN: "trung vị",
            Aggregation.TRIMMED_MEAN: "trung bình cắt" if found.dropped else "trung bình"}[method]
    span = ""
    if found.lowest is not None and found.highest is not None:
        span = f" ({format_decimal(found.lowest)}–{format_decimal(found.highest)})"
    return f"{name} {found.marks} phiếu{span}" + (", bỏ một cao nhất, một thấp nhất" if found.dropped else "")


class Entry(NamedTuple):
    """Đơn vị để xếp: its total and what ties are broken by."""

    id: int
    total: Decimal
    group_a: Decimal = ZERO
    group_b: Decimal = ZERO
    penalties: Decimal = ZERO
    reported_at: datetime | None = None


class Standing(NamedTuple):
    """Thứ hạng: 1-2-2-4; which tie-break decided, and all who share the rank, itself among them; none where it stands alone."""

    id: int
    rank: int
    total: Decimal
    sharing: tuple[int, ...] = ()
    decided_by: TieBreak | None = None

    @property
    def tied_with(self) -> tuple[int, ...]:
        """Đồng hạng với ai."""
        return tuple(other for other in self.sharing if other != self.id)


_TIE_KEYS: dict[TieBreak, Callable[[Entry], object]] = {
    TieBreak.GROUP_A: lambda entry: -entry.group_a,
    TieBreak.FEWER_PENALTIES: lambda entry: entry.penalties,
    TieBreak.GROUP_B: lambda entry: -entry.group_b,
    TieBreak.EARLIER_REPORT: lambda entry: (entry.reported_at is None, entry.reported_at or 0),
}
"""Smaller stands higher; what is unknown stands last."""
Key = tuple[object, ...]
Votes = Sequence[Mapping[int, int]]
"""Phiếu phân định đồng hạng: for each ballot, how many votes each unit got."""


def rank(entries: Sequence[Entry], chain: Sequence[TieBreak] = (), votes: Votes = ()) -> list[Standing]:
    """Xếp hạng: by total, then by the chain; what the chain leaves equal shares a rank and is shown as a tie."""
    equal: dict[Decimal, list[Entry]] = {}
    for entry in entries:
        equal.setdefault(entry.total, []).append(entry)
    standings: list[Standing] = []
    for total in sorted(equal, reverse=True):
        standings += _place(equal[total], chain, votes, first=len(standings) + 1)
    return standings


def _place(entries: Sequence[Entry], chain: Sequence[TieBreak], votes: Votes, *, first: int) -> list[Standing]:
    """The standings of units with one total, in the order the chain gives them."""
    if len(entries) == 1:
        return [Standing(entries[0].id, first, entries[0].total)]
    keys: dict[int, Key] = {entry.id: () for entry in entries}
    decided: TieBreak | None = None
    for step in chain:
        found: Mapping[int, object] = (_voted_places(keys, votes) if step is TieBreak.COUNCIL_VOTE
                                       else {entry.id: _TIE_KEYS[step](entry) for entry in entries})
        if len(set(found.values())) > 1:
            decided = decided or step
            keys = {unit: (*key, found[unit]) for unit, key in keys.items()}
    same: dict[Key, list[int]] = {}
    for unit in sorted(keys):
        same.setdefault(keys[unit], []).append(unit)
    total = entries[0].total
    standings: list[Standing] = []
    for key in sorted(same):
        place, units = first + len(standings), same[key]
        sharing = tuple(units) if len(units) > 1 else ()
        standings += [Standing(unit, place, total, sharing, decided) for unit in units]
    return standings


def _voted_places(keys: Mapping[int, Key], votes: Votes) -> dict[int, int]:
    """The Council's order inside each group that is still equal."""
    equal: dict[Key, list[int]] = {}
    for unit, key in keys.items():
        equal.setdefault(key, []).append(unit)
    return {unit: place for group in equal.values() for place, units in enumerate(by_votes(group, votes)) for unit in units}


def by_votes(group: Sequence[int], votes: Votes) -> list[list[int]]:
    """Phân định đồng hạng: the group in the order of the first vote held among all of it, the equal in that of the next.

    A vote that one of the group was not part of says nothing about it: a unit is never placed by a vote it did not stand in.
    """
    for number, vote in enumerate(votes):
        if len(group) > 1 and set(group) <= set(vote):
            parts: dict[int, list[int]] = {}
            for unit in group:
                parts.setdefault(vote[unit], []).append(unit)
            return [order for count in sorted(parts, reverse=True) for order in by_votes(parts[count], votes[number + 1:])]
    return [list(group)]


@dataclass(frozen=True, slots=True)
class BandRule:
    """Mức xếp loại: from how many points; no criterion below `floor_percent` of its maximum."""

    name: str
    from_points: Decimal
    floor_percent: Decimal | None = None


def band_of(total: Decimal, shares: Mapping[str, Decimal], bands: Sequence[BandRule]) -> tuple[str, str]:
    """Xếp loại: the highest band whose points and floor both hold; ("", reason) below all. The reason names what fell short.

    `shares` are per cent of each criterion's maximum, by its code. Compared as they are, never as displayed.
    """
    missed: list[str] = []
    for band in sorted(bands, key=lambda row: row.from_points, reverse=True):
        if total < band.from_points:
            continue
        floor = ZERO if band.floor_percent is None else band.floor_percent
        if short := [f"{code} đạt {_cut(share)} %" for code, share in shares.items() if share < floor]:
            missed.append(f"không xếp {band.name} vì {', '.join(short)} điểm tối đa, dưới {format_decimal(floor)} %")
            continue
        return band.name, "; ".join(missed)
    return "", "; ".join(missed) or "chưa đạt mức nào"


def _cut(share: Decimal) -> str:
    """Cut, not rounded: what is below a floor never reads as if it had reached it."""
    return format_decimal(share.quantize(Decimal("0.01"), ROUND_FLOOR))


class Line(NamedTuple):
    """Một dòng của bảng điểm: what one criterion gives a unit."""

    criterion_id: int
    group_id: int
    kind: CriterionKind
    points: Decimal
    maximum: Decimal
    bonus: Decimal = ZERO


class GroupTotal(NamedTuple):
    """Điểm của một nhóm, its cap applied: bonus adds, penalty subtracts."""

    group_id: int
    kind: CriterionKind
    points: Decimal


def totals(lines: Sequence[Line], caps: Mapping[int, Decimal | None], kinds: Mapping[int, CriterionKind],
           bonus_group: int | None) -> tuple[Decimal, list[GroupTotal]]:
    """Tổng điểm: base lines as they are; bonus of indicators joins the bonus group; caps; penalties subtract."""
    sums = dict.fromkeys(kinds, ZERO)
    for line in lines:
        sums[line.group_id] += line.points
        if line.bonus and bonus_group is not None:
            sums[bonus_group] += line.bonus
    groups, total = [], ZERO
    for group_id, points in sums.items():
        cap, kind = caps[group_id], kinds[group_id]
        counted = points if cap is None else min(points, cap)
        if kind is CriterionKind.PENALTY and counted:
            counted = -counted
        groups.append(GroupTotal(group_id, kind, counted))
        total += counted
    return total, groups


@dataclass(frozen=True, slots=True)
class Agreement:
    """Độ đồng thuận: Kendall's W between 0 and 1, or why it is undefined; from how many raters and units."""

    w: Decimal | None
    raters: int
    units: int
    problem: str = ""


def kendalls_w(scores: Mapping[int, Mapping[int, Decimal]]) -> Agreement:
    """Hệ số Kendall W, tie-corrected: rater → unit → total; only units every rater scored are compared."""
    raters = [row for row in scores.values() if row]
    shared = sorted(set.intersection(*(set(row) for row in raters))) if raters else []
    m, n = len(raters), len(shared)
    if m < 2 or n < 2:  # noqa: PLR2004 - one rater or one unit cannot disagree
        return Agreement(None, m, n, "cần ít nhất hai phiếu cùng chấm ít nhất hai đơn vị")
    sums = dict.fromkeys(shared, Decimal(0))
    ties = 0
    for row in raters:
        for unit, place in _mid_ranks({unit: row[unit] for unit in shared}).items():
            sums[unit] += place
        ties += sum(size ** 3 - size for size in Counter(row[unit] for unit in shared).values())
    mean = sum(sums.values(), Decimal(0)) / n
    spread = sum(((value - mean) ** 2 for value in sums.values()), Decimal(0))
    below = m * m * (n ** 3 - n) - m * ties
    if below == 0:
        return Agreement(None, m, n, "mọi phiếu cho các đơn vị điểm bằng nhau")
    w = (12 * spread / below).quantize(_FINE, ROUND_HALF_UP)
    return Agreement(min(max(w, Decimal(0)), Decimal(1)), m, n)


def _mid_ranks(values: Mapping[int, Decimal]) -> dict[int, Decimal]:
    """Places from 1 for the highest; equal values share the middle of their places."""
    order = sorted(values.values(), reverse=True)
    first = {value: order.index(value) + 1 for value in set(order)}
    size = Counter(order)
    return {unit: first[value] + Decimal(size[value] - 1) / 2 for unit, value in values.items()}


@dataclass(frozen=True, slots=True)
class Spread:
    """Độ phân tán của một tiêu chí: the widest cell and the mean range."""

    criterion_id: int
    cells: int
    mean_range: Decimal
    widest: Decimal


def spread(criterion_id: int, tallies: Sequence[Tally]) -> Spread | None:
    """Phân tán điểm của một tiêu chí, over the cells with at least two marks."""
    ranges = [row.highest - row.lowest for row in tallies
              if row.marks > 1 and row.highest is not None and row.lowest is not None]
    if not ranges:
        return None
    return Spread(criterion_id, len(ranges), round_points(sum(ranges, ZERO) / len(ranges)), max(ranges))


def order_changes(ranks: Mapping[Aggregation, Mapping[int, int]], base: Aggregation) -> dict[Aggregation, dict[int, int]]:
    """Thứ hạng đổi thế nào nếu tổng hợp cách khác: method → unit → its other rank, only where it differs."""
    return {method: {unit: place for unit, place in found.items() if place != ranks[base].get(unit)}
            for method, found in ranks.items() if method is not base}


def share_of(points: Decimal, maximum: Decimal) -> Decimal:
    """Tỷ lệ đạt, per cent of the maximum."""
    return points * HUNDRED / maximum if maximum else ZERO


def rounding_words(exact: Decimal, rounded: Decimal) -> str:
    """Làm tròn bằng lời, where something was rounded: "làm tròn 13,3125 → 13,31"."""
    if exact == rounded:
        return ""
    return f"làm tròn {format_decimal(exact, 4)} → {format_points(rounded)}"
