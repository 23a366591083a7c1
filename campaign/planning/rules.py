"""Phát động: what a plan is made of, and how an indicator becomes points."""

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from campaign.core.errors import RuleViolation
from campaign.core.labelled import Labelled
from campaign.core.numbers import format_decimal, format_points
from campaign.core.points import HUNDRED, ZERO, round_points

FULL_SCALE = Decimal(100)
"""Thang điểm: base criteria sum to exactly this before launch (domain practice)."""
JUMP = 10
_PERCENT = Decimal("0.0001")


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
    TRIMMED_MEAN = "trimmed_mean", "trung bình bỏ một điểm cao nhất, một điểm thấp nhất (từ 5 phiếu)"


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
    """Khi cả một nhóm không áp dụng cho đơn vị: how its total stands beside the others'. Both give one order."""

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
            "kind": self.kind.value, "lost": str(self.lost), "unit": str(self.unit),
            "bands": [[str(start), str(share)] for start, share in self.bands],
            "lost_percent": str(self.lost_percent),
            "bonus_per_percent": str(self.bonus_per_percent), "bonus_cap": str(self.bonus_cap),
        }


def points_rule_from_data(data: Mapping[str, Any]) -> PointsRule:
    """Đọc quy tắc điểm as stored; a rule that makes no sense is refused."""
    bands = tuple((Decimal(start), Decimal(share)) for start, share in data.get("bands", ()))
    rule = PointsRule(
        kind=PointsRuleKind(data.get("kind", "linear")),
        lost=Decimal(data.get("lost", "0")), unit=Decimal(data.get("unit", "0.1")),
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
        problems.append(("Bảng mức đạt cần ít nhất một dòng, các mức khác nhau, mức cao hơn được tỷ lệ "
                         "điểm không thấp hơn, tỷ lệ từ 0 đến 100 %.", "bands"))
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
    return (bool(bands) and len(set(starts)) == len(starts) and all(start >= 0 for start in starts)
            and all(0 <= share <= HUNDRED for share in shares)
            and shares == sorted(shares, reverse=True))


class Observation(NamedTuple):
    """Số liệu để đánh giá: the value of a period with what it is held against.

    value and same_period_last_year in the indicator's unit; growth_target and expected_share in per cent.
    """

    value: Decimal | None
    target: Decimal | None = None
    growth_target: Decimal | None = None
    same_period_last_year: Decimal | None = None
    expected_share: Decimal | None = None


class Achievement(NamedTuple):
    """Mức đạt: per cent of what was expected; None with the problem where it cannot be worked out."""

    percent: Decimal | None
    actual: Decimal | None = None
    goal: Decimal | None = None
    is_met: bool | None = None
    problem: str | None = None
    of: "tuple[Direction, Judgement, Observation] | None" = None
    """What it was worked out from."""

    @property
    def steps(self) -> tuple[str, ...]:
        """Cách tính bằng lời, written when somebody reads it: a ranking of thousands needs the figures alone."""
        if self.of is None or self.actual is None or self.goal is None:
            return ()
        direction, judgement, seen = self.of
        first = _compared_words(judgement, seen, self.actual, self.goal)
        if direction is not Direction.AT_LEAST:
            return (*first, _limit_words(direction, self.actual, self.goal, is_met=bool(self.is_met)))
        if self.percent is None:
            return first
        return (*first, f"{_short(self.actual)} ÷ {_short(self.goal)} = {_short(self.percent)} %")


def achievement(direction: Direction, judgement: Judgement, seen: Observation) -> Achievement:
    """Mức đạt của một chỉ tiêu (design decision 6): what is missing gives no per cent, never zero.

    Cumulative: value ÷ (year's target × expected share). Growth: the index on the same period
    (value ÷ last year's) ÷ the index aimed at (1 + growth target). Level: value ÷ target. For a
    limit (at most, below) a kept limit is 100 %, a broken one limit ÷ value.
    """
    if direction is Direction.WATCH:
        return Achievement(None, seen.value, problem="Chỉ tiêu chỉ để theo dõi, không tính điểm.")
    if seen.value is None:
        return Achievement(None, problem="Chưa có số liệu.")
    compared = _compared(judgement, seen)
    if isinstance(compared, str):
        return Achievement(None, seen.value, problem=compared)
    (actual, goal), of = compared, (direction, judgement, seen)
    is_met = _is_met(direction, actual, goal)
    if direction is not Direction.AT_LEAST:
        return Achievement(HUNDRED if is_met else _kept_share(actual, goal), actual, goal, is_met, of=of)
    if goal <= 0:
        return Achievement(None, actual, goal, is_met, "Mức phải đạt không lớn hơn 0.", of)
    return Achievement((actual / goal * HUNDRED).quantize(_PERCENT, ROUND_HALF_UP), actual, goal, is_met, of=of)


def _is_met(direction: Direction, actual: Decimal, goal: Decimal) -> bool:
    if direction is Direction.AT_LEAST:
        return actual >= goal
    return actual < goal if direction is Direction.BELOW else actual <= goal


def _kept_share(actual: Decimal, goal: Decimal) -> Decimal:
    """Per cent of a broken limit: limit ÷ value."""
    return min((goal / actual * HUNDRED).quantize(_PERCENT, ROUND_HALF_UP), HUNDRED) if goal > 0 else ZERO


def _limit_words(direction: Direction, actual: Decimal, goal: Decimal, *, is_met: bool) -> str:
    word = "dưới" if direction is Direction.BELOW else "không quá"
    if is_met:
        return f"{_short(actual)}: {word} {_short(goal)}, đạt"
    return f"{_short(actual)}: không {word.removeprefix('không ')} {_short(goal)}, chưa đạt"


def _compared(judgement: Judgement, seen: Observation) -> tuple[Decimal, Decimal] | str:
    """What is held against what; or the sentence that says why nothing can be."""
    value = seen.value or ZERO
    if judgement is Judgement.GROWTH:
        return _growth(value, seen)
    if seen.target is None:
        return "Chưa có mức chỉ tiêu."
    if judgement is Judgement.LEVEL:
        return value, seen.target
    if seen.expected_share is None:
        return "Kỳ báo cáo chưa có tiến độ phải đạt."
    return value, seen.target * seen.expected_share / HUNDRED


def _growth(value: Decimal, seen: Observation) -> tuple[Decimal, Decimal] | str:
    if seen.growth_target is None:
        return "Chưa có mức tăng trưởng phải đạt."
    if seen.same_period_last_year is None:
        return "Chưa có số liệu cùng kỳ năm trước."
    if seen.same_period_last_year <= 0:
        return "Số liệu cùng kỳ năm trước phải lớn hơn 0."
    index = (value / seen.same_period_last_year * HUNDRED).quantize(_PERCENT, ROUND_HALF_UP)
    return index, HUNDRED + seen.growth_target


def _compared_words(judgement: Judgement, seen: Observation, actual: Decimal, goal: Decimal) -> tuple[str, ...]:
    if judgement is Judgement.GROWTH:
        return (f"So với cùng kỳ: {_short(seen.value or ZERO)} ÷ {_short(seen.same_period_last_year or ZERO)} = {_short(actual)} %",)
    if judgement is Judgement.LEVEL:
        return ()
    return (f"Tiến độ phải đạt: {_short(seen.target or ZERO)} × {_short(seen.expected_share or ZERO)} % = {_short(goal)}",)


class IndicatorPoints(NamedTuple):
    """Điểm của chỉ tiêu: base points, bonus, and the arithmetic; None where nothing can be worked out."""

    points: Decimal | None
    bonus: Decimal = ZERO
    problem: str | None = None
    of: "tuple[PointsRule, Achievement, Decimal, int] | None" = None
    """What they were worked out from: the rule, what was reached, the maximum, and the place in the block."""

    @property
    def steps(self) -> tuple[str, ...]:
        """Cách tính bằng lời, written when somebody reads it."""
        if self.of is None:
            return ()
        rule, reached, maximum, place = self.of
        if self.points is None:
            return reached.steps
        steps = (*reached.steps, f"{_raw_words(rule, reached, maximum, place)} = {format_points(self.points)} điểm")
        if self.bonus > 0:
            over = _short((reached.percent or ZERO) - HUNDRED)
            steps += (f"Vượt {over} % × {_short(rule.bonus_per_percent)}, tối đa {_short(rule.bonus_cap)}: "
                      f"thưởng {format_points(self.bonus)} điểm",)
        return steps


def indicator_points(rule: PointsRule, reached: Achievement, maximum: Decimal, *,
                     place: int | None = None) -> IndicatorPoints:
    """Điểm theo quy tắc: at most `maximum`, rounded half-up to two decimals; `place` in the block from 1."""
    if reached.percent is None or reached.actual is None or reached.goal is None:
        return IndicatorPoints(None, problem=reached.problem)
    of = rule, reached, maximum, place or 1
    if rule.kind is PointsRuleKind.RANK_IN_BLOCK and place is None:
        return IndicatorPoints(None, problem="Tính khi cả khối đã có số liệu.", of=of)
    raw = _raw_points(*of)
    return IndicatorPoints(round_points(min(max(raw, ZERO), maximum)), _bonus(rule, reached.percent), of=of)


def _bonus(rule: PointsRule, percent: Decimal) -> Decimal:
    over = percent - HUNDRED
    if over <= 0 or not rule.bonus_per_percent:
        return ZERO
    return round_points(min(over * rule.bonus_per_percent, rule.bonus_cap))


def _raw_points(rule: PointsRule, reached: Achievement, maximum: Decimal, place: int) -> Decimal:
    """Points before rounding."""
    percent = reached.percent or ZERO
    match rule.kind:
        case PointsRuleKind.LINEAR:
            return maximum * min(percent, HUNDRED) / HUNDRED
        case PointsRuleKind.STEP:
            return maximum - _missing(percent) * rule.lost
        case PointsRuleKind.BANDS:
            return maximum * _band_share(rule, percent) / HUNDRED
        case PointsRuleKind.ALL_OR_NOTHING:
            return maximum if reached.is_met else ZERO
        case PointsRuleKind.CEILING:
            return maximum - _times_over(rule, reached) * rule.lost
        case PointsRuleKind.RANK_IN_BLOCK:
            return maximum * (HUNDRED - rule.lost_percent * (place - 1)) / HUNDRED


def _raw_words(rule: PointsRule, reached: Achievement, maximum: Decimal, place: int) -> str:
    """The arithmetic that gives them."""
    percent, top = reached.percent or ZERO, _short(maximum)
    match rule.kind:
        case PointsRuleKind.LINEAR:
            return f"{_short(min(percent, HUNDRED))} % × {top}"
        case PointsRuleKind.STEP:
            return f"{top} − {_short(_missing(percent))} × {_short(rule.lost)}"
        case PointsRuleKind.BANDS:
            return f"mức {_short(percent)} % được {_short(_band_share(rule, percent))} % × {top}"
        case PointsRuleKind.ALL_OR_NOTHING:
            return f"đạt, đủ {top}" if reached.is_met else "không đạt"
        case PointsRuleKind.CEILING:
            return f"{top} − {_short(_times_over(rule, reached))} × {_short(rule.lost)}"
        case PointsRuleKind.RANK_IN_BLOCK:
            return f"thứ {place} trong khối: {top} − {_short(rule.lost_percent * (place - 1))} % × {top}"


def _missing(percent: Decimal) -> Decimal:
    """Whole per cents short of what was expected."""
    return max(HUNDRED - percent, ZERO).to_integral_value(ROUND_DOWN)


def _band_share(rule: PointsRule, percent: Decimal) -> Decimal:
    return next((share for start, share in rule.bands if percent >= start), ZERO)


def _times_over(rule: PointsRule, reached: Achievement) -> Decimal:
    """How many (started) units the value lies beyond the ceiling; touching a strict one counts once."""
    if reached.is_met or reached.actual is None or reached.goal is None:
        return Decimal(0)
    over = abs(reached.actual - reached.goal)
    return max((over / rule.unit).to_integral_value(ROUND_CEILING), Decimal(1))


@lru_cache(maxsize=5_000)
def _short(value: Decimal) -> str:
    """A number in a line of arithmetic: at most two decimals; targets and maxima come again with every unit."""
    return format_decimal(value.quantize(Decimal("0.01"), ROUND_HALF_UP))


def rescaled(points: Decimal, of: Decimal, to: Decimal) -> Decimal:
    """Quy đổi điểm from the plan's maximum to the unit's."""
    return round_points(points if of == to else points * to / of)


def rescaling_words(points: Decimal, of: Decimal, to: Decimal) -> tuple[str, ...]:
    """Quy đổi điểm bằng lời, where it changes anything."""
    if of == to:
        return ()
    return (f"quy đổi: {format_points(points)} × {format_decimal(to)} ÷ {format_decimal(of)} = {format_points(rescaled(points, of, to))}",)


def expected_share(ends_on: date) -> Decimal:
    """Tiến độ phải đạt: per cent of the year gone at the end of `ends_on`, by months (30/04: 33,3333)."""
    days = calendar.monthrange(ends_on.year, ends_on.month)[1]
    months = ends_on.month - 1 + Decimal(ends_on.day) / days
    return (months * HUNDRED / 12).quantize(_PERCENT, ROUND_HALF_UP)


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


def magnitude_warning(target: Decimal | None, growth: Decimal | None, previous: Decimal | None) -> str | None:
    """Cảnh báo cỡ số: a target far from last year's value and growth, as "980 USD" for 980 triệu."""
    if not target or not previous or growth is None:
        return None
    implied = previous * (1 + growth / 100)
    if implied and abs(target - implied) > abs(implied) / 20:
        return (f"Năm trước {format_decimal(previous)} và tăng {format_decimal(growth)} % thì mục tiêu khoảng "
                f"{format_decimal(implied, 2)}, khác mức đã nhập {format_decimal(target)}.")
    return None
