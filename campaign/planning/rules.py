"""Phát động: what a plan is made of, and how an indicator becomes points."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from campaign.core.errors import RuleViolation
from campaign.core.labelled import Labelled
from campaign.core.numbers import all_digits, format_decimal, format_points
from campaign.core.points import HUNDRED, ZERO, round_points

FULL_SCALE = Decimal(100)
"""Thang điểm: base criteria sum to exactly this before launch (domain practice)."""
JUMP = 10


class Phase(Labelled):
    """Bước của phong trào (design §1): the furthest that has been opened."""

    DRAFT = "draft", "Dự thảo"
    LAUNCHED = "launched", "Phát động"
    REPORTING = "reporting", "Báo cáo"
    VERIFYING = "verifying", "Thẩm định"
    SCORING = "scoring", "Chấm điểm"
    MEETING = "meeting", "Họp Hội đồng"
    DECIDING = "deciding", "Quyết định"
    PUBLISHED = "published", "Công bố"

    @property
    def place(self) -> int:
        """Thứ tự của bước, from 0."""
        return _PLACES[self]


_PLACES = {phase: place for place, phase in enumerate(Phase)}


class Rounding(Labelled):
    """Làm tròn tiền thưởng: which way a rule set rounds."""

    CEIL_10000 = "ceil_10000", "làm tròn lên hàng chục nghìn đồng"
    NEAREST_10000 = "nearest_10000", "làm tròn đến hàng chục nghìn đồng gần nhất"
    NONE = "none", "không làm tròn"

    @property
    def choice(self) -> str:
        """Lựa chọn bằng lời: what no law knows says so."""
        return self.label if self is Rounding.CEIL_10000 else f"{self.label} (không có trong luật)"


class Direction(Labelled):
    """Chiều của chỉ tiêu."""

    AT_LEAST = "at_least", "đạt từ mức này trở lên"
    AT_MOST = "at_most", "không vượt quá mức này"
    BELOW = "below", "phải dưới mức này"
    WATCH = "watch", "chỉ theo dõi"


class Judgement(Labelled):
    """Cách đánh giá của chỉ tiêu (design decision 6)."""

    CUMULATIVE = "cumulative", "luỹ kế so với tiến độ phải đạt"
    GROWTH = "growth", "tăng trưởng so với cùng kỳ năm trước"
    LEVEL = "level", "mức đạt được"


class TargetOf(Labelled):
    """Mục tiêu tính cho cả năm, hay cho cả phong trào."""

    YEAR = "year", "cả năm"
    CAMPAIGN = "campaign", "cả phong trào"


class CountedBy(Labelled):
    """Cách tính phần thời gian đã qua của phong trào."""

    MONTHS = "months", "số tháng"
    DAYS = "days", "số ngày"


class ValueKind(Labelled):
    """Loại số liệu."""

    ESTIMATED = "estimated", "ước"
    PRELIMINARY = "preliminary", "sơ bộ"
    OFFICIAL = "official", "chính thức"


class JudgedBy(Labelled):
    """Ai cho điểm một tiêu chí."""

    INDICATOR = "indicator", "hệ thống tính theo chỉ tiêu"
    SECRETARIAT = "secretariat", "Thường trực"
    COUNCIL = "council", "Hội đồng"


class CriterionKind(Labelled):
    """Loại nhóm tiêu chí."""

    BASE = "base", "điểm chuẩn"
    BONUS = "bonus", "điểm thưởng"
    PENALTY = "penalty", "điểm trừ"


class Aggregation(Labelled):
    """Cách tổng hợp điểm Hội đồng (design decision 11)."""

    MEAN = "mean", "trung bình"
    MEDIAN = "median", "trung vị"
    TRIMMED_MEAN = (
        "trimmed_mean",
        "trung bình bỏ một điểm cao nhất, một điểm thấp nhất (từ 5 phiếu)",
    )


class OwnerPart(Labelled):
    """Vai của đơn vị đối với chỉ tiêu."""

    LEAD = "lead", "chủ trì"
    SUPPORT = "support", "phối hợp"


class TieBreak(Labelled):
    """Tiêu chí phụ khi bằng điểm, tried in the configured order."""

    GROUP = "group", "điểm một nhóm cao hơn"
    FEWER_PENALTIES = "fewer_penalties", "điểm trừ ít hơn"
    EARLIER_REPORT = "earlier_report", "nộp báo cáo đầy đủ sớm hơn"
    COUNCIL_VOTE = "council_vote", "Hội đồng biểu quyết"


DEFAULT_TIE_BREAKS = tuple(member.value for member in TieBreak if member is not TieBreak.GROUP)
"""Bằng điểm lúc mới lập: what needs no group; the default scoring table adds its own groups."""


class Rescaling(Labelled):
    """Khi cả một nhóm không áp dụng cho đơn vị: how its total stands beside the others'. Both give
    one order.
    """

    FULL_SCALE = "full_scale", "quy đổi về thang điểm đầy đủ"
    SHARE = "share", "xếp theo tỷ lệ % của phần áp dụng"


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


def rescaled(points: Decimal | Fraction, of: Decimal, to: Decimal) -> Decimal:
    """Quy đổi điểm from the plan's maximum to the unit's: exact, rounded once."""
    return round_points(points if of == to else Fraction(points) * Fraction(to) / Fraction(of))


def rescaling_words(
    points: Decimal | Fraction, of: Decimal, to: Decimal, worked_out: str = ""
) -> tuple[str, ...]:
    """Quy đổi điểm bằng lời, where it changes anything; points without an end are told as
    `worked_out`.
    """
    if of == to:
        return ()
    start = worked_out or all_digits(Fraction(points))
    return (
        f"quy đổi: {start} × {format_decimal(to)} ÷ {format_decimal(of)} = "
        f"{format_points(rescaled(points, of, to))}",
    )


def is_suspicious_jump(value: Decimal, previous: Decimal | None) -> bool:
    """Nhảy bất thường: ten times the earlier value, or a tenth of it (design decision 4)."""
    if not previous or not value:
        return False
    return abs(value) >= JUMP * abs(previous) or abs(value) * JUMP <= abs(previous)


def weight_problem(base_total: Decimal) -> str | None:
    """Tổng điểm chuẩn must be exactly 100 before launch."""
    if base_total == FULL_SCALE:
        return None
    return f"Tổng điểm chuẩn đang là {format_points(base_total)}, phải đúng 100."


def magnitude_warning(
    target: Decimal | None, growth: Decimal | None, previous: Decimal | None
) -> str | None:
    """Cảnh báo cỡ số: a target far from last year's value and growth, as "980 USD" for 980
    triệu.
    """
    if not target or not previous or growth is None:
        return None
    implied = previous * (1 + growth / 100)
    if implied and abs(target - implied) > abs(implied) / 20:
        return (
            f"Năm trước {format_decimal(previous)} và tăng {format_decimal(growth)} % thì mục "
            "tiêu khoảng "
            f"{format_decimal(implied, 2)}, khác mức đã nhập {format_decimal(target)}."
        )
    return None
