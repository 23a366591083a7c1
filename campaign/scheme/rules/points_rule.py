"""Quy tắc điểm: what a plan says about the points of an indicator, as it is stored."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from campaign.core.labelled import Labelled
from campaign.core.points import ZERO


class PointsRuleKind(Labelled):
    """Loại quy tắc điểm (design decision 8): a closed set, no formulas."""

    LINEAR = "linear", "tỷ lệ thuận với mức đạt"
    STEP = "step", "trừ dần theo từng 1 % còn thiếu"
    BANDS = "bands", "theo bảng mức đạt"
    ALL_OR_NOTHING = "all_or_nothing", "đạt thì đủ điểm, không đạt thì 0"
    CEILING = "ceiling", "không được vượt: trừ điểm theo phần vượt"
    RANK_IN_BLOCK = "rank_in_block", "theo thứ hạng trong khối"


@dataclass(frozen=True, slots=True)
class PointsRule:
    """Quy tắc điểm: its kind and parameters; bonus only for over-achievement, capped.

    lost: points lost per 1 % missing (step) or per `unit` above the ceiling (ceiling);
    bands: (from per cent achieved, per cent of the maximum), highest first;
    lost_percent: per cent of the maximum lost per place (rank in block).
    """

    kind: PointsRuleKind = PointsRuleKind.LINEAR
    lost: Decimal = ZERO
    unit: Decimal = Decimal("0.1")
    bands: tuple[tuple[Decimal, Decimal], ...] = ()
    lost_percent: Decimal = Decimal(5)
    bonus_per_percent: Decimal = ZERO
    bonus_cap: Decimal = ZERO

    def to_data(self) -> dict[str, Any]:
        """Dạng lưu trữ: strings only, so that no number is ever a float."""
        return {
            "kind": self.kind.value,
            "lost": str(self.lost),
            "unit": str(self.unit),
            "bands": [[str(start), str(share)] for start, share in self.bands],
            "lost_percent": str(self.lost_percent),
            "bonus_per_percent": str(self.bonus_per_percent),
            "bonus_cap": str(self.bonus_cap),
        }
