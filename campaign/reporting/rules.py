"""Báo cáo: states, deadlines, and the checks before a report is submitted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple

from campaign.core.labelled import Labelled
from campaign.core.numbers import format_points
from campaign.core.points import PLACES
from campaign.planning.rules import Phase
from campaign.reporting.listed import Lists, lists_data, lists_from_data
from campaign.scheme.rules.achievement import Achievement
from campaign.scheme.rules.checklist import Ticks
from campaign.scheme.rules.indicators import MeasuredIndicator
from campaign.scheme.rules.progress import NO_SHARES, Shares
from campaign.scheme.rules.table import Scheme, ScoredCriterion, ScoredGroup
from campaign.scheme.rules.terms import Direction, ValueKind
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
"""Đã nộp: what stands as submitted; a returned one does not until it is signed again."""
UNSENT = EDITABLE | {ReportState.AWAITING_SIGNATURE}
"""Chưa nộp, or to be handed in anew."""


@dataclass(frozen=True, slots=True)
class Dates:
    """Hai hạn của một báo cáo: due and locked, extensions and returns counted in."""

    due_on: date
    locks_on: date
    reason: str = ""


def effective_dates(
    due_on: date,
    locks_on: date,
    extensions: Sequence[tuple[date, date, str]],
    returns: Sequence[tuple[date, str]],
) -> Dates:
    """Hạn áp dụng: the last extension counts; a return never leaves less time than it gave."""
    reason = ""
    if extensions:
        due_on, locks_on, reason = extensions[-1]
    if returns:
        new_due, reason = returns[-1]
        due_on, locks_on = max(due_on, new_due), max(locks_on, new_due)
    return Dates(due_on, locks_on, reason)


def is_on_time(submitted: date, due_on: date) -> bool:
    """Đúng hạn: up to the end of the due day in Vietnam, no hidden grace (design decision 25)."""
    return submitted <= due_on


def is_locked(today: date, locks_on: date) -> bool:
    """Đã khoá: after the last day on which a report is taken."""
    return today > locks_on


@dataclass(frozen=True, slots=True)
class ClaimedFigure:
    """Số liệu của một chỉ tiêu trong báo cáo."""

    value: Decimal | None = None
    kind: ValueKind | None = None
    source: str = ""
    comparison: Decimal | None = None
    note: str = ""
    blank_reason: str = ""


@dataclass(frozen=True, slots=True)
class SelfAssessment:
    """Điểm tự chấm của một tiêu chí."""

    points: Decimal | None = None
    explanation: str = ""
    ticks: Ticks | None = None
    """Các mục đơn vị đánh dấu, of a checklist."""


class OutdatedAnswer(NamedTuple):
    """Giải trình cũ: a reason whose value has changed since, and what the value was."""

    reason: str
    was: str


@dataclass(frozen=True)
class Content:
    """Nội dung một báo cáo, as plain values."""

    values: Mapping[int, ClaimedFigure] = field(default_factory=dict)
    narratives: Mapping[int, str] = field(default_factory=dict)
    scores: Mapping[int, SelfAssessment] = field(default_factory=dict)
    evidence: Sequence[Mapping[str, Any]] = ()
    answers: Mapping[str, str] = field(default_factory=dict)
    """Giải trình cảnh báo, by warning."""
    outdated: Mapping[str, OutdatedAnswer] = field(default_factory=dict)
    """Giải trình của số liệu cũ, by warning; they no longer count."""
    occurrences: Lists = field(default_factory=dict)
    """Các lần kê trong báo cáo này, by criterion."""

    @cached_property
    def attached(self) -> Mapping[tuple[str, int], list[Mapping[str, Any]]]:
        """Minh chứng theo chỗ gắn: of ("indicator", id), of ("criterion", id), and what stands for
        the whole at ("report", 0).
        """
        files: dict[tuple[str, int], list[Mapping[str, Any]]] = {}
        for row in self.evidence:
            place = (
                ("criterion", row["criterion_id"])
                if row["criterion_id"]
                else ("indicator", row["indicator_id"])
                if row["indicator_id"]
                else ("report", 0)
            )
            files.setdefault(place, []).append(row)
        return files


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
    block_id: int | None = None
    shares: Shares = NO_SHARES
    places: int = PLACES
    """Số chữ số thập phân của điểm."""
    headings: Mapping[int, Sequence[ScoredGroup]] = field(default_factory=dict)
    """Các mục bắt đầu ở từng tiêu chí."""

    @property
    def checklists(self) -> Mapping[int, ScoredCriterion]:
        """Tiêu chí theo danh mục, by number."""
        return {row.id: row for row in self.criteria if row.checklist}


def progress_text(reached: Achievement) -> str:
    """Tiến độ, in a few words beside the cell."""
    if reached.percent is None:
        return reached.problem or ""
    if reached.is_met:
        return f"đạt {percent_text(reached.percent)}"
    if reached.percent == WHOLE:
        return "chưa đạt: bằng đúng mức phải ở dưới"
    return f"mới đạt {percent_text(reached.percent)}"


def rule_points_text(scored: SelfAssessment, places: int) -> str:
    """Điểm tự tính, in a few words."""
    return "chưa tính được" if scored.points is None else format_points(scored.points, places)


def concerned(scheme: Scheme, unit_id: int, block_id: int | None) -> list[MeasuredIndicator]:
    """Chỉ tiêu đơn vị phải báo: those asked of it, watched ones too."""
    return [
        row
        for row in scheme.indicators.values()
        if row.direction is Direction.WATCH or scheme.asks(row, unit_id, block_id)
    ]


def to_snapshot(content: Content) -> dict[str, Any]:
    """Ảnh chụp nội dung: JSON of strings, the same on every machine."""
    return {
        "values": {str(key): _figure_data(row) for key, row in content.values.items()},
        "narratives": {str(key): row for key, row in content.narratives.items()},
        "scores": {str(key): _score_data(row) for key, row in content.scores.items()},
        "evidence": [dict(row) for row in content.evidence],
        "answers": dict(content.answers),
        **({"occurrences": lists_data(content.occurrences)} if content.occurrences else {}),
    }


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def _figure_data(row: ClaimedFigure) -> dict[str, str | None]:
    return {
        "value": _text(row.value),
        "kind": row.kind.value if row.kind else None,
        "source": row.source,
        "comparison": _text(row.comparison),
        "note": row.note,
        "blank_reason": row.blank_reason,
    }


def _score_data(row: SelfAssessment) -> dict[str, Any]:
    ticks = {"ticks": dict(row.ticks)} if row.ticks else {}
    return {"points": _text(row.points), "explanation": row.explanation} | ticks


def from_snapshot(data: Mapping[str, Any]) -> Content:
    """Đọc lại ảnh chụp."""
    return Content(
        values={int(key): _figure_from(row) for key, row in data.get("values", {}).items()},
        narratives={int(key): row for key, row in data.get("narratives", {}).items()},
        scores={
            int(key): SelfAssessment(_number(row["points"]), row["explanation"], row.get("ticks"))
            for key, row in data.get("scores", {}).items()
        },
        evidence=data.get("evidence", []),
        answers=data.get("answers", {}),
        occurrences=lists_from_data(data.get("occurrences", {})),
    )


def _number(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _figure_from(row: Mapping[str, Any]) -> ClaimedFigure:
    return ClaimedFigure(
        _number(row["value"]),
        ValueKind(row["kind"]) if row["kind"] else None,
        row["source"],
        _number(row["comparison"]),
        row["note"],
        row["blank_reason"],
    )
