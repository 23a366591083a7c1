"""Thứ hạng: who stands where, and what decided among equal totals; pure."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import NamedTuple

from campaign.core.points import PLACES, ZERO, round_points
from campaign.planning.rules import TieBreak
from campaign.planning.ties import TieStep

Exact = Decimal | Fraction
"""Điểm chưa làm tròn: a fraction where a total was re-scaled."""


class Entry(NamedTuple):
    """Đơn vị để xếp: its exact total and what breaks ties; `groups`: those that apply to it."""

    id: int
    total: Exact
    groups: Mapping[int, Exact] = MappingProxyType({})
    penalties: Decimal = ZERO
    reported_at: datetime | None = None
    stretched: Collection[int] = ()
    """Các nhóm mà điểm ở đây đã quy đổi, since only a part of them applies."""


class Standing(NamedTuple):
    """Thứ hạng: 1-2-2-4; all who share the rank, itself among them; or the tie-break that set it
    apart from its equals.
    """

    id: int
    rank: int
    total: Decimal
    sharing: tuple[int, ...] = ()
    decided_by: TieStep | None = None
    is_close: bool = False
    """Bằng điểm đã làm tròn với đơn vị khác: the exact totals gave the order."""
    is_stretched: bool = False
    """Nhóm phân định được so trên phần áp dụng của từng đơn vị."""

    @property
    def tied_with(self) -> tuple[int, ...]:
        """Đồng hạng với ai."""
        return tuple(other for other in self.sharing if other != self.id)


_TIE_KEYS: dict[TieBreak, Callable[[Entry], object]] = {
    TieBreak.FEWER_PENALTIES: lambda entry: entry.penalties,
    TieBreak.EARLIER_REPORT: lambda entry: (entry.reported_at is None, entry.reported_at or 0),
}
"""Smaller stands higher; what is unknown stands last."""
Votes = Sequence[Mapping[int, int]]
"""Phiếu phân định đồng hạng: for each ballot, how many votes each unit got."""
Part = tuple[list[Entry], TieStep | None]
"""Những đơn vị còn bằng nhau, and the step that set them apart from the others."""


def rank(
    entries: Sequence[Entry],
    chain: Sequence[TieStep] = (),
    votes: Votes = (),
    *,
    places: int = PLACES,
) -> list[Standing]:
    """Xếp hạng: by total, then by the chain; what stays equal shares a rank, shown as a tie."""
    equal = _by_total(entries)
    alike = Counter(round_points(total, places) for total in equal)
    standings: list[Standing] = []
    for total in sorted(equal, reverse=True):
        shown = round_points(total, places)
        for units, step in _split(equal[total], chain, votes):
            standings += _placed(units, len(standings) + 1, shown, step, equal[total])
    return [row._replace(is_close=alike[row.total] > 1) for row in standings]


def _by_total(entries: Sequence[Entry]) -> dict[Exact, list[Entry]]:
    """Những đơn vị cùng tổng điểm, by number."""
    equal: dict[Exact, list[Entry]] = {}
    for entry in sorted(entries, key=lambda entry: entry.id):
        equal.setdefault(entry.total, []).append(entry)
    return equal


def _placed(
    units: Sequence[Entry],
    place: int,
    shown: Decimal,
    step: TieStep | None,
    equal: Sequence[Entry],
) -> list[Standing]:
    """Những đơn vị ở một hạng: who shares it, or what set the one there apart from its equals."""
    sharing = tuple(entry.id for entry in units) if len(units) > 1 else ()
    decided_by = None if sharing else step
    is_stretched = not sharing and _is_stretched(equal, step)
    return [
        Standing(entry.id, place, shown, sharing, decided_by, is_stretched=is_stretched)
        for entry in units
    ]


def _is_stretched(equal: Sequence[Entry], step: TieStep | None) -> bool:
    return step is not None and any(step.group_id in entry.stretched for entry in equal)


def _split(units: list[Entry], chain: Sequence[TieStep], votes: Votes) -> list[Part]:
    """The parts of units with one total, in the order the chain gives them."""
    if len(units) == 1 or not chain:
        return [(units, None)]
    step, *rest = chain
    parts = _parted(units, step, votes)
    if len(parts) == 1:
        return _split(units, rest, votes)
    return [
        (same, decided or step) for part in parts for same, decided in _split(part, rest, votes)
    ]


def _parted(units: list[Entry], step: TieStep, votes: Votes) -> list[list[Entry]]:
    """The units by one step, best first; a group that one of them lacks says nothing about them."""
    if step.kind is TieBreak.COUNCIL_VOTE:
        known = {entry.id: entry for entry in units}
        return [[known[number] for number in part] for part in by_votes(sorted(known), votes)]
    if step.kind is TieBreak.GROUP:
        number = step.group_id or 0
        if any(number not in entry.groups for entry in units):
            return [units]
        return _sorted_apart(units, lambda entry: -entry.groups[number])
    return _sorted_apart(units, _TIE_KEYS[step.kind])


def _sorted_apart(units: list[Entry], key: Callable[[Entry], object]) -> list[list[Entry]]:
    parts: dict[object, list[Entry]] = {}
    for entry in units:
        parts.setdefault(key(entry), []).append(entry)
    return [parts[key] for key in sorted(parts)]  # type: ignore[type-var] # keys of one step compare


def by_votes(group: Sequence[int], votes: Votes) -> list[list[int]]:
    """Phân định đồng hạng: the group in the order of the first vote held among all of it, the equal
    in that of the next.

    A vote that one of the group was not part of says nothing about it: a unit is never placed by a
    vote it did not stand in.
    """
    for number, vote in enumerate(votes):
        if len(group) > 1 and set(group) <= set(vote):
            parts: dict[int, list[int]] = {}
            for unit in group:
                parts.setdefault(vote[unit], []).append(unit)
            return [
                order
                for count in sorted(parts, reverse=True)
                for order in by_votes(parts[count], votes[number + 1 :])
            ]
    return [list(group)]
