"""Quy tắc điểm: what a plan says about the points of an indicator, as it is stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from campaign.core.errors import RuleViolation
from campaign.core.labelled import Labelled
from campaign.core.points import HUNDRED, ZERO


class PointsRuleKind(Labelled):
    """Loại quy tắc điểm (design decision 8): a closed set, no formulas."""

    LINEAR = "linear", "tỷ lệ thuận với mức đạt"
    STEP = "step", "trừ dần theo từng 1 % còn thiếu"
    BANDS = "bands", "theo bảng mức đạt"
    ALL_OR_NOTHING = "all_or_nothing", "đạt thì đủ điểm, không đạt thì 0"
    CEILING = "ceiling", "không được vượt: trừ điểm theo phần vượt"
    RANK_IN_BLOCK = "rank_in_block", "theo thứ hạng trong khối"


class BadPointsRule(RuleViolation):
    """Tham số quy tắc điểm không hợp lệ."""


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


def points_rule_from_data(data: Mapping[str, Any]) -> PointsRule:
    """Đọc quy tắc điểm as stored; a rule that makes no sense is refused."""
    bands = tuple((Decimal(start), Decimal(share)) for start, share in data.get("bands", ()))
    rule = PointsRule(
        kind=PointsRuleKind(data.get("kind", "linear")),
        lost=Decimal(data.get("lost", "0")),
        unit=Decimal(data.get("unit", "0.1")),
        bands=tuple(sorted(bands, reverse=True)),
        lost_percent=Decimal(data.get("lost_percent", "5")),
        bonus_per_percent=Decimal(data.get("bonus_per_percent", "0")),
        bonus_cap=Decimal(data.get("bonus_cap", "0")),
    )
    for sentence, field in _rule_problems(rule):
        raise BadPointsRule(sentence, field=field)
    return rule


def _rule_problems(rule: PointsRule) -> Sequence[tuple[str, str]]:
    problems = []
    if rule.kind in {PointsRuleKind.STEP, PointsRuleKind.CEILING} and rule.lost <= 0:
        problems.append(("Hãy nhập số điểm bị trừ, lớn hơn 0.", "lost"))
    if rule.kind is PointsRuleKind.CEILING and rule.unit <= 0:
        problems.append(("Hãy nhập phần vượt cho mỗi lần trừ, lớn hơn 0.", "unit"))
    if rule.kind is PointsRuleKind.BANDS and not _is_falling(rule.bands):
        problems.append(
            (
                "Bảng mức đạt cần ít nhất một dòng, các mức khác nhau, mức cao hơn được tỷ lệ "
                "điểm không thấp hơn, tỷ lệ từ 0 đến 100 %.",
                "bands",
            )
        )
    if rule.kind is PointsRuleKind.RANK_IN_BLOCK and not 0 < rule.lost_percent <= HUNDRED:
        problems.append(("Tỷ lệ trừ mỗi bậc phải lớn hơn 0 và không quá 100 %.", "lost_percent"))
    if rule.bonus_per_percent < 0 or rule.bonus_cap < 0:
        problems.append(("Điểm thưởng không được âm.", "bonus_cap"))
    if (rule.bonus_per_percent > 0) != (rule.bonus_cap > 0):
        problems.append(("Điểm thưởng cần cả mức cho mỗi 1 % vượt và mức tối đa.", "bonus_cap"))
    return problems


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
