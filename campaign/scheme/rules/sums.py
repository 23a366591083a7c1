"""Tổng điểm: lines go up the tree of the table, within ceilings and floors, to the total; pure."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple, cast

from campaign.core.numbers import format_decimal, format_points
from campaign.core.points import PLACES, ZERO, round_points
from campaign.scheme.rules.terms import CriterionKind, TakesFrom
from campaign.scheme.rules.tree import Section


class Line(NamedTuple):
    """Một dòng của bảng điểm: what a criterion gives a unit, and the bonus it gives elsewhere."""

    criterion_id: int
    group_id: int
    kind: CriterionKind
    points: Decimal
    maximum: Decimal
    bonus: Decimal = ZERO
    bonus_group_id: int | None = None
    takes_from: TakesFrom = TakesFrom.TOTAL
    taken_id: int | None = None
    """Tiêu chí mà điểm trừ này trừ vào."""
    lost: Decimal = ZERO
    """Phần bị điểm trừ của tiêu chí khác lấy đi."""
    planned: Decimal | None = None
    """Điểm tối đa của kế hoạch, where points are re-scaled: what is taken is re-scaled alike."""
    on_plan: Decimal | None = None
    """Điểm trên thang của kế hoạch, before they were re-scaled; None where they never were."""
    asked: Decimal = ZERO
    """Điểm trừ của tiêu chí khác, on the plan's scale."""

    @property
    def kept(self) -> Decimal:
        """Điểm còn lại của tiêu chí."""
        return self.points - self.lost if self.lost else self.points

    @property
    def share(self) -> Fraction:
        """Phần đạt được of the maximum: on the plan's scale, so that two units that did the same
        reach the same share, whatever else applies to them.
        """
        whole = self.maximum if self.planned is None else self.planned
        if not whole:
            return Fraction(0)
        if self.on_plan is None or whole == self.maximum:
            return Fraction(self.kept) / Fraction(self.maximum)
        return Fraction(max(self.on_plan - self.asked, ZERO)) / Fraction(whole)

    @property
    def signed(self) -> Decimal:
        """Điểm kèm dấu: a penalty takes away, here or from the criterion that it names."""
        return ZERO if self.taken_id is not None else signed(self.kind, self.kept)


def signed(kind: CriterionKind, points: Decimal) -> Decimal:
    """Điểm kèm dấu; nothing has no sign."""
    return -points if kind is CriterionKind.PENALTY and points else points


class GroupTotal(NamedTuple):
    """Điểm của một mục as counted; beside its lines and the sections below stand bonuses, what its
    ceiling took and what its floor gave back, each with its sign.
    """

    group_id: int
    points: Decimal
    bonus: Decimal = ZERO
    cut: Decimal = ZERO
    lift: Decimal = ZERO
    parent_id: int | None = None


class Total(NamedTuple):
    """Tổng điểm của một đơn vị: its sections, re-scaled where less than the full scale applies."""

    nodes: Sequence[GroupTotal]
    """Mọi mục, in depth order."""
    base: Decimal
    applicable: Decimal
    """Điểm chuẩn tối đa của phần áp dụng."""
    scale: Decimal
    """Thang điểm đầy đủ."""
    penalties: Decimal = ZERO
    """Điểm bị trừ, as far as it counts."""
    places: int = PLACES
    """Số chữ số thập phân của điểm."""
    ranked_on: Decimal | None = None
    """Thang để xếp hạng, where it is not the table's own: 100 of a plan that ranks on per cent."""

    @property
    def groups(self) -> Sequence[GroupTotal]:
        """Điểm các nhóm, the sections at the top."""
        return [node for node in self.nodes if node.parent_id is None]

    @property
    def earned(self) -> Decimal:
        """Cộng các nhóm, before re-scaling."""
        return sum((group.points for group in self.groups[1:]), _first(self.groups))

    @property
    def beside(self) -> Decimal:
        """Điểm thưởng, điểm trừ và phần do trần, sàn: what is never re-scaled by what applies."""
        return self.earned - self.base

    @property
    def is_on_own_scale(self) -> bool:
        """Xếp hạng theo chính thang điểm của bảng."""
        return self.ranked_on in {None, self.scale}

    @property
    def is_rescaled(self) -> bool:
        """Có phần không áp dụng: the base points count for more than they are; or all of them are
        ranked on another scale.
        """
        return self.counted_of != self.scale or not self.is_on_own_scale

    @property
    def counted_of(self) -> Decimal:
        """Điểm chuẩn được tính trên bao nhiêu: what applies; the whole where nothing does."""
        return self.applicable if self.applicable > ZERO else self.scale

    @property
    def exact_points(self) -> Decimal | Fraction:
        """Tổng chưa làm tròn, on the scale of the table: bonus and penalties stay as they are."""
        if self.counted_of == self.scale:
            return self.earned
        return self._stretched + Fraction(self.beside)

    @property
    def _stretched(self) -> Fraction:
        return Fraction(self.base) * Fraction(self.scale) / Fraction(self.counted_of)

    @property
    def exact(self) -> Decimal | Fraction:
        """Con số để xếp hạng, chưa làm tròn: the same order on whichever scale."""
        if self.is_on_own_scale:
            return self.exact_points
        return Fraction(self.exact_points) * Fraction(self.ranked_on or 1) / Fraction(self.scale)

    @property
    def points(self) -> Decimal:
        """Tổng điểm được tính; what is not re-scaled is added as it is."""
        if not self.is_rescaled:
            points = self.earned
        elif self.is_on_own_scale:
            points = round_points(self._stretched, self.places) + self.beside
        else:
            points = round_points(self.exact, self.places)
        return round_points(points, self.places)

    @property
    def rescaling(self) -> Decimal:
        """Phần thêm khi quy đổi."""
        return self.points - self.earned


def _first(groups: Sequence[GroupTotal]) -> Decimal:
    return groups[0].points if groups else ZERO


class BonusNowhere(ValueError):
    """A bonus names a section that is not in the table: a mistake of ours, never of a user."""


class _Sum:
    """Những gì đứng ở một mục; decimals, or fractions where nothing was rounded yet."""

    __slots__ = (
        "applicable",
        "base",
        "bonus",
        "earned",
        "from_here",
        "from_total",
        "is_empty",
        "minus",
        "none",
    )

    def __init__(self, none: Any) -> None:
        """Nothing: no base, bonus or section below, no penalty that takes from here or above."""
        self.none = self.earned = self.from_here = self.from_total = none
        self.bonus = self.base = self.applicable = self.minus = none
        self.is_empty = True

    def take(self, line: Line) -> None:
        """Cộng một dòng."""
        self.is_empty = False
        if line.taken_id is not None:
            return
        if line.kind is CriterionKind.PENALTY:
            self.minus += line.points
            if line.takes_from is TakesFrom.GROUP:
                self.from_here += line.points
            else:
                self.from_total += line.points
            return
        self.earned += line.kept
        if line.kind is CriterionKind.BASE:
            self.base += line.kept
            self.applicable += line.maximum

    def hold(self, below: "_Sum", section: Section) -> GroupTotal:
        """Cộng một mục con: what it has within its bounds, which is given back."""
        counted = below.bounded(section)
        self.earned += counted.points
        self.base += below.base
        self.applicable += below.applicable
        self.minus += below.minus
        self.is_empty = self.is_empty and below.is_empty
        return counted

    def bounded(self, section: Section) -> GroupTotal:
        """Điểm của mục: penalties that take from it take what it has, then ceiling and floor hold.

        A floor of its own says how far down they may go; else they stop at nothing. Where nothing
        applies there is nothing that bounds could hold.
        """
        if self.is_empty:
            return GroupTotal(section.id, self.none, parent_id=section.parent_id)
        left = self.earned - self.from_here
        points = left - self.from_total
        lift = cut = self.none
        if section.floor is None and self.from_here:
            lift = max(left, min(self.earned, self.none)) - left
            points += lift
        if section.ceiling is not None:
            cut = min(section.ceiling - points, self.none)
            points += cut
            self.base = min(self.base, section.ceiling)
            self.applicable = min(self.applicable, section.ceiling)
        if section.floor is not None:
            lift = max(section.floor - points, self.none)
            points += lift
        self.minus = max(self.minus - lift, self.none)
        return GroupTotal(section.id, points, self.bonus, cut, lift, section.parent_id)


def settled(lines: Sequence[Line], places: int | None = PLACES) -> Sequence[Line]:
    """Trừ vào tiêu chí: what penalties take from the criterion they name, down to nothing; without
    `places` nothing is rounded.
    """
    asked: dict[int, Decimal] = {}
    for line in lines:
        if line.taken_id is not None:
            known = asked.get(line.taken_id)
            asked[line.taken_id] = line.points if known is None else known + line.points
    if not asked:
        return lines
    return [
        line._replace(
            lost=line.points - _left(line, asked[line.criterion_id], places),
            asked=asked[line.criterion_id],
        )
        if line.criterion_id in asked
        else line
        for line in lines
    ]


def _left(line: Line, asked: Decimal, places: int | None) -> Decimal:
    """What a criterion keeps of its points when so much is asked of it on the plan's scale."""
    if line.planned in {None, line.maximum}:
        return line.points - min(line.points, asked)
    taken = Fraction(asked) * Fraction(line.maximum) / Fraction(line.planned or line.maximum)
    exact = max(Fraction(line.points) - taken, Fraction(0))
    return cast("Decimal", exact) if places is None else round_points(exact, places)


def totals(
    lines: Sequence[Line],
    sections: Sequence[Section],
    scale: Decimal,
    none: Any = ZERO,
    places: int = PLACES,
    ranked_on: Decimal | None = None,
) -> Total:
    """Tổng điểm: each line in its section, bonuses in the one they name, sections into those that
    hold them, within ceilings and floors; `sections` in depth order, `lines` settled.
    """
    sums = _sums_of(lines, sections, none)
    whole = sums[None]
    nodes = [
        sums[section.parent_id].hold(sums[section.id], section) for section in reversed(sections)
    ]
    return Total(nodes[::-1], whole.base, whole.applicable, scale, whole.minus, places, ranked_on)


def _sums_of(
    lines: Sequence[Line], sections: Sequence[Section], none: Any
) -> dict[int | None, _Sum]:
    """Các dòng cộng vào mục của mình, bonuses into the one they name, and for the whole, under no
    number, what criteria lost to penalties; sections stay apart.
    """
    sums: dict[int | None, _Sum] = {section.id: _Sum(none) for section in sections}
    sums[None] = _Sum(none)
    sums[None].minus = sum((line.lost for line in lines if line.lost), none)
    for line in lines:
        sums[line.group_id].take(line)
        if line.bonus and line.bonus_group_id is not None:
            if line.bonus_group_id not in sums:
                raise BonusNowhere(line)
            sums[line.bonus_group_id].earned += line.bonus
            sums[line.bonus_group_id].bonus += line.bonus
            sums[line.bonus_group_id].is_empty = False
    return sums


def taken_words(
    line: Line, lines: Mapping[int, Line], codes: Mapping[int, str], places: int = PLACES
) -> tuple[str, ...]:
    """Trừ vào tiêu chí bằng lời: of a penalty that names one, and of a criterion that lost some."""
    if line.taken_id is not None:
        if not line.points:
            return ()
        if line.taken_id not in lines:
            return (f"không trừ được: {codes[line.taken_id]} không có điểm",)
        return (f"trừ vào điểm của {codes[line.taken_id]}, đã bớt ở đó",)
    if not line.lost:
        return ()
    takers = [row for row in lines.values() if row.taken_id == line.criterion_id and row.points]
    minus = _minus_words(line, takers, codes)
    cut = ", không dưới 0" if line.lost == line.points else ""
    return (f"{format_decimal(line.points)} − {minus}{cut} = {format_points(line.kept, places)}",)


def _minus_words(line: Line, takers: Sequence[Line], codes: Mapping[int, str]) -> str:
    """Những gì bị bớt of a criterion, re-scaled where the criterion is."""
    minus = " − ".join(
        f"{format_decimal(row.points)} ({codes[row.criterion_id]})" for row in takers
    )
    if line.planned in {None, line.maximum}:
        return minus
    whole = f"({minus.replace(' − ', ' + ')})" if len(takers) > 1 else minus
    planned = format_decimal(line.planned or line.maximum)
    return f"{whole} × {format_decimal(line.maximum)} ÷ {planned}"
