"""Tổng điểm: what criteria, bonuses, caps and re-scaling add up to, each with its sign; pure."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from campaign.core.numbers import format_decimal, format_points
from campaign.core.points import ZERO, round_points
from campaign.planning.rules import Rescaling
from campaign.planning.ties import group_words
from campaign.scheme.rules.terms import CriterionKind


class Line(NamedTuple):
    """Một dòng của bảng điểm: what a criterion gives a unit, and the bonus it gives elsewhere."""

    criterion_id: int
    group_id: int
    kind: CriterionKind
    points: Decimal
    maximum: Decimal
    bonus: Decimal = ZERO
    bonus_group_id: int | None = None

    @property
    def signed(self) -> Decimal:
        """Điểm với dấu của nó: a penalty takes away."""
        return signed(self.kind, self.points)


def signed(kind: CriterionKind, points: Decimal) -> Decimal:
    """Điểm với dấu của nó; nothing has no sign."""
    return -points if kind is CriterionKind.PENALTY and points else points


class GroupTotal(NamedTuple):
    """Điểm của một nhóm as counted; in it bonuses and what its cap changed, each with its sign."""

    group_id: int
    kind: CriterionKind
    points: Decimal
    bonus: Decimal = ZERO
    cut: Decimal = ZERO


class Total(NamedTuple):
    """Tổng điểm của một đơn vị: its groups, re-scaled where less than the full scale applies."""

    groups: Sequence[GroupTotal]
    base: Decimal
    applicable: Decimal
    """Điểm chuẩn tối đa của phần áp dụng."""
    scale: Decimal
    """Thang điểm đầy đủ."""

    @property
    def earned(self) -> Decimal:
        """Cộng các nhóm, before re-scaling."""
        return sum((group.points for group in self.groups), ZERO)

    @property
    def is_rescaled(self) -> bool:
        """Có nhóm không áp dụng: the base points count for more than they are."""
        return ZERO < self.applicable != self.scale

    @property
    def exact(self) -> Decimal | Fraction:
        """Tổng chưa làm tròn: bonus and penalties stay as they are."""
        if not self.is_rescaled:
            return self.earned
        return Fraction(self.base) * Fraction(self.scale) / Fraction(self.applicable) + Fraction(
            self.earned - self.base
        )

    @property
    def points(self) -> Decimal:
        """Tổng điểm được tính."""
        return round_points(self.exact)

    @property
    def rescaling(self) -> Decimal:
        """Phần thêm khi quy đổi."""
        return self.points - self.earned


def totals(
    lines: Sequence[Line],
    caps: Mapping[int, Decimal | None],
    kinds: Mapping[int, CriterionKind],
    scale: Decimal,
) -> Total:
    """Tổng điểm: lines by group, bonuses in the group they name, caps, penalties negative, and what
    of the scale applies.
    """
    sums, bonuses = dict.fromkeys(kinds, ZERO), dict.fromkeys(kinds, ZERO)
    base = applicable = ZERO
    for line in lines:
        sums[line.group_id] += line.points
        if line.bonus and line.bonus_group_id in bonuses:
            bonuses[line.bonus_group_id] += line.bonus
        if line.kind is CriterionKind.BASE:
            base += line.points
            applicable += line.maximum
    groups = []
    for group_id, kind in kinds.items():
        whole, cap = sums[group_id] + bonuses[group_id], caps[group_id]
        counted = whole if cap is None else min(whole, cap)
        groups.append(
            GroupTotal(
                group_id,
                kind,
                signed(kind, counted),
                bonuses[group_id],
                signed(kind, counted - whole),
            )
        )
    return Total(groups, base, applicable, scale)


def rescaling_step(total: Total) -> str:
    """Quy đổi bằng lời: "quy đổi 55,00 × 100 ÷ 60 = 91,67"; empty where nothing is re-scaled."""
    if not total.is_rescaled:
        return ""
    exact = Fraction(total.base) * Fraction(total.scale) / Fraction(total.applicable)
    shown = round_points(exact)
    rounded = "" if shown == exact else ", làm tròn hai chữ số"
    return (
        f"quy đổi {format_points(total.base)} × {format_decimal(total.scale)} ÷ "
        f"{format_decimal(total.applicable)}"
        f"{rounded} = {format_points(shown)}"
    )


def fallen_words(codes: Sequence[str]) -> str:
    """Nhóm không áp dụng bằng lời: "không áp dụng nhóm A, nhóm C"."""
    return f"không áp dụng {', '.join(map(group_words, codes))}" if codes else ""


def measure_words(rescaling: Rescaling) -> str:
    """Tên của con số dùng để xếp hạng, as the plan chose it."""
    return "Tỷ lệ, %" if rescaling is Rescaling.SHARE else "Tổng điểm"
