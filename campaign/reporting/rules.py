"""Báo cáo: states, deadlines, and the checks before a report is submitted."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple

from campaign.core.labelled import Labelled
from campaign.core.numbers import format_decimal, format_points, known_id
from campaign.core.points import ZERO
from campaign.planning.rules import Phase
from campaign.scheme.rules.achievement import Achievement
from campaign.scheme.rules.indicators import MeasuredIndicator
from campaign.scheme.rules.magnitudes import Known, is_suspicious_jump, size_question
from campaign.scheme.rules.progress import NO_SHARES, Shares
from campaign.scheme.rules.table import Scheme, ScoredCriterion
from campaign.scheme.rules.terms import CriterionKind, Direction, JudgedBy, ValueKind
from campaign.scheme.rules.wording import WHOLE, percent_text

OPEN_PHASES = frozenset({Phase.REPORTING, Phase.VERIFYING, Phase.SCORING})
"""Steps in which units report; each period's own dates decide within them."""


def may_extend(phase: Phase) -> bool:
    """Còn gia hạn được: until reports are taken no more."""
    return phase.place < Phase.MEETING.place


class ReportState(Labelled):
    """Trạng thái báo cáo."""

    DRAFT = "draft", "đang soạn"
    AWAITING_SIGNATURE = "awaiting_signature", "chờ thủ trưởng ký"
    SUBMITTED = "submitted", "đã nộp, chờ thẩm định"
    RETURNED = "returned", "bị trả lại"
    VERIFIED = "verified", "đã thẩm định"

    @property
    def tone(self) -> str:
        """Màu của trạng thái."""
        return _STATE_TONES[self]


_STATE_TONES = {
    ReportState.DRAFT: "neutral",
    ReportState.AWAITING_SIGNATURE: "warn",
    ReportState.SUBMITTED: "info",
    ReportState.RETURNED: "bad",
    ReportState.VERIFIED: "ok",
}

EDITABLE = frozenset({ReportState.DRAFT, ReportState.RETURNED})
"""States in which the unit may write."""
SENT = frozenset({ReportState.SUBMITTED, ReportState.VERIFIED})
"""Đã nộp: what stands as submitted; one that was returned no longer does, until it is
signed again.
"""
UNSENT = EDITABLE | {ReportState.AWAITING_SIGNATURE}
"""Chưa nộp, or to be handed in anew."""


@dataclass(frozen=True, slots=True)
class Dates:
    """Hai hạn của một báo cáo: "đúng hạn đến" and "đóng nhận báo cáo sau", extensions and returns
    counted in.
    """

    due_on: date
    locks_on: date
    reason: str = ""


def effective_dates(
    due_on: date,
    locks_on: date,
    extensions: Sequence[tuple[date, date, str]],
    returns: Sequence[tuple[date, str]],
) -> Dates:
    """Hạn áp dụng: the last extension replaces the period's dates; a return never leaves less time
    than it gave.
    """
    reason = ""
    if extensions:
        due_on, locks_on, reason = extensions[-1]
    if returns:
        new_due, reason = returns[-1]
        due_on, locks_on = max(due_on, new_due), max(locks_on, new_due)
    return Dates(due_on, locks_on, reason)


def is_on_time(submitted: date, due_on: date) -> bool:
    """Đúng hạn: up to the end of the due day, Vietnamese time; no hidden grace (design decision
    25).
    """
    return submitted <= due_on


def is_locked(today: date, locks_on: date) -> bool:
    """Đã khoá: after the last day on which a report is taken."""
    return today > locks_on


@dataclass(frozen=True, slots=True)
class Claimed:
    """Số liệu của một chỉ tiêu trong báo cáo."""

    value: Decimal | None = None
    kind: ValueKind | None = None
    source: str = ""
    comparison: Decimal | None = None
    note: str = ""
    blank_reason: str = ""


@dataclass(frozen=True, slots=True)
class Scored:
    """Điểm tự chấm của một tiêu chí."""

    points: Decimal | None = None
    explanation: str = ""


class Outdated(NamedTuple):
    """Giải trình cũ: a reason whose value has changed since, and what the value was."""

    reason: str
    was: str


@dataclass(frozen=True)
class Content:
    """Nội dung một báo cáo, as plain values."""

    values: Mapping[int, Claimed] = field(default_factory=dict)
    narratives: Mapping[int, str] = field(default_factory=dict)
    scores: Mapping[int, Scored] = field(default_factory=dict)
    evidence: Sequence[Mapping[str, Any]] = ()
    answers: Mapping[str, str] = field(default_factory=dict)
    """Giải trình cảnh báo, by warning."""
    outdated: Mapping[str, Outdated] = field(default_factory=dict)
    """Giải trình của số liệu cũ, by warning; they no longer count."""

    @cached_property
    def attached(self) -> Mapping[tuple[str, int], list[Mapping[str, Any]]]:
        """Minh chứng theo chỗ gắn: of ("indicator", id), of ("criterion", id), and what stands for
        the whole at ("report", 0).
        """
        found: dict[tuple[str, int], list[Mapping[str, Any]]] = {}
        for row in self.evidence:
            place = (
                ("criterion", row["criterion_id"])
                if row["criterion_id"]
                else ("indicator", row["indicator_id"])
                if row["indicator_id"]
                else ("report", 0)
            )
            found.setdefault(place, []).append(row)
        return found


@dataclass(frozen=True)
class Demands:
    """Những gì một báo cáo phải có: indicators, tasks and criteria of this unit and period."""

    indicators: Sequence[MeasuredIndicator]
    tasks: Mapping[int, str]
    criteria: Sequence[ScoredCriterion]
    maxima: Mapping[int, Decimal]
    previous: Mapping[int, Decimal]
    guidance: Mapping[int, str] = field(default_factory=dict)
    """Gợi ý viết báo cáo, by task."""
    unit_id: int = 0
    shares: Shares = NO_SHARES


@dataclass(frozen=True, slots=True)
class Finding:
    """Điểm cần xem: an error cannot be passed; a warning (with its key) can be answered with a
    reason.
    """

    sentence: str
    anchor: str
    warning: str = ""

    @property
    def is_error(self) -> bool:
        """Lỗi, not a mere warning."""
        return not self.warning

    @property
    def subject(self) -> str:
        """Mục của báo cáo it is about: `v:12` of the field `v:12:value`."""
        return ":".join(self.anchor.split(":")[:2])


def findings(content: Content, demands: Demands) -> list[Finding]:
    """Kiểm tra trước khi nộp: what is missing or odd, in the order of the report."""
    found: list[Finding] = []
    for indicator in demands.indicators:
        found += _value_findings(
            indicator,
            content.values.get(indicator.id, Claimed()),
            demands.previous.get(indicator.id),
        )
        found += _size_findings(indicator, content.values.get(indicator.id, Claimed()), demands)
    found += [
        Finding(f"Chưa thuyết minh nhiệm vụ “{name}”.", f"n:{task}")
        for task, name in demands.tasks.items()
        if not content.narratives.get(task, "").strip()
    ]
    attached = {row["criterion_id"] for row in content.evidence}
    for criterion in demands.criteria:
        found += _score_findings(
            criterion,
            content.scores.get(criterion.id, Scored()),
            demands.maxima.get(criterion.id, ZERO),
            has_evidence=criterion.id in attached,
        )
    return found


def _value_findings(
    indicator: MeasuredIndicator, claimed: Claimed, previous: Decimal | None
) -> list[Finding]:
    at, name = f"v:{indicator.id}", indicator.short_name
    if claimed.value is None:
        if claimed.blank_reason.strip():
            return []
        return [Finding(f"{name}: chưa có số liệu; nếu không có, hãy ghi lý do.", f"{at}:value")]
    found = []
    if claimed.kind is None:
        found.append(
            Finding(f"{name}: chưa chọn loại số liệu (ước, sơ bộ, chính thức).", f"{at}:kind")
        )
    if indicator.source_required and not claimed.source.strip():
        found.append(Finding(f"{name}: chưa ghi nguồn số liệu.", f"{at}:source"))
    if indicator.required_kind and claimed.kind and claimed.kind is not indicator.required_kind:
        found.append(
            Finding(
                f"{name}: cần số liệu {indicator.required_kind.label}, đang là "
                f"{claimed.kind.label}.",
                f"{at}:kind",
                warning=f"{KIND}:{indicator.id}",
            )
        )
    if is_suspicious_jump(claimed.value, previous):
        found.append(
            Finding(
                f"{name}: {format_decimal(claimed.value)} khác kỳ trước "
                f"({format_decimal(previous or ZERO)}) từ mười lần "
                "trở lên. Có nhầm đơn vị đo không?",
                f"{at}:value",
                warning=f"{JUMP}:{indicator.id}",
            )
        )
    return found


def _size_findings(
    indicator: MeasuredIndicator, claimed: Claimed, demands: Demands
) -> list[Finding]:
    """Câu hỏi về cỡ số, one for each number: of the value only where the last period does not ask
    already.
    """
    targets = indicator.targets_for(demands.unit_id)
    found = []
    asks = not is_suspicious_jump(claimed.value or ZERO, demands.previous.get(indicator.id))
    if claimed.value is not None and asks:
        known = Known(
            targets.target,
            targets.previous_year_value,
            claimed.comparison,
            demands.previous.get(indicator.id),
            demands.shares,
        )
        if question := size_question(claimed.value, indicator, known):
            found.append(
                Finding(
                    f"{indicator.short_name}: {question}",
                    f"v:{indicator.id}:value",
                    warning=f"{SCALE}:{indicator.id}",
                )
            )
    if claimed.comparison is not None:
        known = Known(last_year=targets.previous_year_value, shares=demands.shares)
        if question := size_question(claimed.comparison, indicator, known):
            found.append(
                Finding(
                    f"{indicator.short_name}, cùng kỳ năm trước: {question}",
                    f"v:{indicator.id}:comparison",
                    warning=f"{BASE}:{indicator.id}",
                )
            )
    return found


def _score_findings(
    criterion: ScoredCriterion, scored: Scored, maximum: Decimal, *, has_evidence: bool
) -> list[Finding]:
    if criterion.judged_by is JudgedBy.INDICATOR:
        return []
    found = []
    at = f"s:{criterion.id}:points"
    if scored.points is None and criterion.kind is CriterionKind.BASE:
        found.append(Finding(f"{criterion.code}: chưa tự chấm.", at))
    if scored.points is not None and scored.points > maximum:
        found.append(Finding(f"{criterion.code}: điểm tự chấm quá {format_decimal(maximum)}.", at))
    if criterion.evidence_required and scored.points and not has_evidence:
        found.append(Finding(f"{criterion.code}: cần ít nhất một minh chứng.", f"e:{criterion.id}"))
    return found


def blocking(found: Sequence[Finding], answers: Mapping[str, str]) -> list[Finding]:
    """Còn phải xử lý: errors, and warnings nobody answered."""
    return [
        finding
        for finding in found
        if finding.is_error or not answers.get(finding.warning, "").strip()
    ]


KIND, JUMP, SCALE, BASE = "kind", "jump", "scale", "base"
"""Codes of warnings: another kind than asked for; ten times the last value or a tenth of it; a size
that does not go with target and last year; such a size of the same period's number.
"""


def answerable(warning: str, indicators: Collection[int]) -> int:
    """Chỉ tiêu mà một cảnh báo nói tới; 0 where no such warning can be."""
    code, _, number = warning.partition(":")
    asked = known_id(number) if code in {KIND, JUMP, SCALE, BASE} else 0
    return asked if asked in indicators else 0


def warned_of(warning: str, claimed: Claimed) -> str:
    """Số liệu bị cảnh báo: the kind or the value a reason is given for, one text for one value."""
    if warning.startswith(KIND):
        return claimed.kind.value if claimed.kind else ""
    value = claimed.comparison if warning.startswith(BASE) else claimed.value
    return "" if value is None else format(value.normalize(), "f")


def sorted_answers(
    rows: Iterable[tuple[str, str, str]], values: Mapping[int, Claimed]
) -> tuple[dict[str, str], dict[str, Outdated]]:
    """Giải trình còn và hết giá trị, of (warning, reason, what it was given for): a reason counts
    for its own value alone.
    """
    counting: dict[str, str] = {}
    outdated: dict[str, Outdated] = {}
    for warning, reason, about in rows:
        if about == warned_of(warning, values.get(answerable(warning, values), Claimed())):
            counting[warning] = reason
        else:
            was = (
                ValueKind(about).label
                if about in set(ValueKind)
                else format_decimal(Decimal(about))
                if about
                else "để trống"
            )
            outdated[warning] = Outdated(reason, was)
    return counting, outdated


def answered(found: Sequence[Finding], answers: Mapping[str, str]) -> list[tuple[str, str]]:
    """Cảnh báo đã giải trình: the sentence of each warning with the unit's reason, for whoever
    signs and verifies.
    """
    return [
        (finding.sentence, answers[finding.warning])
        for finding in found
        if finding.warning and answers.get(finding.warning, "").strip()
    ]


def progress_text(found: Achievement) -> str:
    """Tiến độ, in a few words beside the cell."""
    if found.percent is None:
        return found.problem or ""
    if found.is_met:
        return f"đạt {percent_text(found.percent)}"
    if found.percent == WHOLE:
        return "chưa đạt: bằng đúng mức phải ở dưới"
    return f"mới đạt {percent_text(found.percent)}"


def rule_points_text(scored: Scored) -> str:
    """Điểm tự tính, in a few words."""
    return "chưa tính được" if scored.points is None else format_points(scored.points)


def concerned(scheme: Scheme, unit_id: int, block_id: int | None) -> list[MeasuredIndicator]:
    """Chỉ tiêu đơn vị phải báo: those asked of it, watched ones too."""
    return [
        row
        for row in scheme.indicators.values()
        if row.direction is Direction.WATCH or scheme.asks(row, unit_id, block_id)
    ]


def to_snapshot(content: Content) -> dict[str, Any]:
    """Ảnh chụp nội dung: JSON of strings, the same on every machine."""

    def text(value: Decimal | None) -> str | None:
        return None if value is None else str(value)

    return {
        "values": {
            str(key): {
                "value": text(row.value),
                "kind": row.kind.value if row.kind else None,
                "source": row.source,
                "comparison": text(row.comparison),
                "note": row.note,
                "blank_reason": row.blank_reason,
            }
            for key, row in content.values.items()
        },
        "narratives": {str(key): row for key, row in content.narratives.items()},
        "scores": {
            str(key): {"points": text(row.points), "explanation": row.explanation}
            for key, row in content.scores.items()
        },
        "evidence": [dict(row) for row in content.evidence],
        "answers": dict(content.answers),
    }


def from_snapshot(data: Mapping[str, Any]) -> Content:
    """Đọc lại ảnh chụp."""

    def number(value: str | None) -> Decimal | None:
        return None if value is None else Decimal(value)

    return Content(
        values={
            int(key): Claimed(
                number(row["value"]),
                ValueKind(row["kind"]) if row["kind"] else None,
                row["source"],
                number(row["comparison"]),
                row["note"],
                row["blank_reason"],
            )
            for key, row in data.get("values", {}).items()
        },
        narratives={int(key): row for key, row in data.get("narratives", {}).items()},
        scores={
            int(key): Scored(number(row["points"]), row["explanation"])
            for key, row in data.get("scores", {}).items()
        },
        evidence=data.get("evidence", []),
        answers=data.get("answers", {}),
    )
