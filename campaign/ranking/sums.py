"""Tổng điểm bằng lời: how a total was re-scaled, and what units are ranked by."""

from collections.abc import Collection
from decimal import Decimal
from fractions import Fraction

from campaign.core.labelled import Labelled
from campaign.core.numbers import format_decimal, format_points
from campaign.core.points import round_points
from campaign.planning.rules import Rescaling
from campaign.planning.ties import group_words
from campaign.scheme.rules.sums import Total
from campaign.scheme.rules.table import ScoredGroup
from campaign.scheme.rules.terms import CriterionKind


def rescaling_step(total: Total) -> str:
    """Quy đổi bằng lời: "quy đổi 55,00 × 100 ÷ 60 = 91,67"; empty where nothing is re-scaled.

    Where units are ranked on another scale all their points are told, else the base alone.
    """
    if not total.is_rescaled:
        return ""
    to = total.scale if total.ranked_on is None else total.ranked_on
    exact = Fraction(total.base) * Fraction(to) / Fraction(total.counted_of)
    words = _stretched_words(total.base, to, total.counted_of, total.places)
    if not total.is_on_own_scale and total.beside:
        exact = Fraction(total.exact)
        sign = "−" if total.beside < 0 else "+"
        words += f" {sign} {_stretched_words(abs(total.beside), to, total.scale, total.places)}"
    shown = round_points(exact, total.places)
    rounded = "" if shown == exact else f", làm tròn {_ROUNDED[total.places]}"
    return f"quy đổi {words}{rounded} = {format_points(shown, total.places)}"


def _stretched_words(points: Decimal, to: Decimal, of: Decimal, places: int) -> str:
    return f"{format_points(points, places)} × {format_decimal(to)} ÷ {format_decimal(of)}"


_ROUNDED = ("đến số nguyên", "một chữ số", "hai chữ số", "ba chữ số", "bốn chữ số")
"""Làm tròn thế nào, by the decimals of the plan."""


class Fallen(Labelled):
    """Phần của một mục không áp dụng cho đơn vị."""

    WHOLE = "whole", "không áp dụng cho đơn vị"
    BASE = "base", "phần điểm chuẩn không áp dụng cho đơn vị"


def fallen_part(node: ScoredGroup, applicable: Collection[int]) -> Fallen | None:
    """Phần nào của mục không áp dụng: all that stands in it, or its base, whatever is left."""
    if node.criteria and not any(row.id in applicable for row in node.criteria):
        return Fallen.WHOLE
    base = [row.id for row in node.criteria if row.kind is CriterionKind.BASE]
    return Fallen.BASE if base and not any(key in applicable for key in base) else None


def fallen_words(codes: Collection[str]) -> str:
    """Nhóm không áp dụng bằng lời: "không áp dụng nhóm A, nhóm C"."""
    return f"không áp dụng {', '.join(map(group_words, codes))}" if codes else ""


def measure_words(rescaling: Rescaling) -> str:
    """Tên của con số dùng để xếp hạng, as the plan chose it."""
    return "Tỷ lệ, %" if rescaling is Rescaling.SHARE else "Tổng điểm"
