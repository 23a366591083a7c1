"""Kiểm tra báo cáo trước khi nộp: what is missing, what looks odd, and the reasons given for it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from campaign.core.numbers import format_decimal, known_id
from campaign.core.points import ZERO
from campaign.reporting.rules import ClaimedFigure, Content, Demands, OutdatedAnswer, SelfAssessment
from campaign.scheme.rules.checklist import ItemAnswer
from campaign.scheme.rules.indicators import MeasuredIndicator
from campaign.scheme.rules.magnitudes import Known, is_suspicious_jump, size_question
from campaign.scheme.rules.table import ScoredCriterion
from campaign.scheme.rules.terms import CriterionKind, ValueKind


@dataclass(frozen=True, slots=True)
class Finding:
    """Điểm cần xem: an error stops; a warning (with its key) can be answered with a reason."""

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
    gaps: list[Finding] = []
    for indicator in demands.indicators:
        claimed = content.values.get(indicator.id, ClaimedFigure())
        gaps += _value_findings(indicator, claimed, demands.previous.get(indicator.id))
        gaps += _size_findings(indicator, claimed, demands)
    gaps += _narratives_missing(content, demands)
    attached = {row["criterion_id"] for row in content.evidence}
    for criterion in demands.criteria:
        gaps += _score_findings(
            criterion,
            content.scores.get(criterion.id, SelfAssessment()),
            demands.maxima.get(criterion.id, ZERO),
            has_evidence=criterion.id in attached,
        )
    return gaps


def _narratives_missing(content: Content, demands: Demands) -> list[Finding]:
    """Nhiệm vụ chưa thuyết minh."""
    return [
        Finding(f"Chưa thuyết minh nhiệm vụ “{name}”.", f"n:{task}")
        for task, name in demands.tasks.items()
        if not content.narratives.get(task, "").strip()
    ]


def _value_findings(
    indicator: MeasuredIndicator, claimed: ClaimedFigure, previous: Decimal | None
) -> list[Finding]:
    at, name = f"v:{indicator.id}", indicator.short_name
    if claimed.value is None:
        if claimed.blank_reason.strip():
            return []
        return [Finding(f"{name}: chưa có số liệu; nếu không có, hãy ghi lý do.", f"{at}:value")]
    gaps = []
    if claimed.kind is None:
        gaps.append(
            Finding(f"{name}: chưa chọn loại số liệu (ước, sơ bộ, chính thức).", f"{at}:kind")
        )
    if indicator.source_required and not claimed.source.strip():
        gaps.append(Finding(f"{name}: chưa ghi nguồn số liệu.", f"{at}:source"))
    gaps += _kind_findings(indicator, claimed.kind)
    return gaps + _jump_findings(indicator, claimed.value, previous)


def _kind_findings(indicator: MeasuredIndicator, kind: ValueKind | None) -> list[Finding]:
    """Số liệu khác loại mà kế hoạch cần."""
    needed = indicator.required_kind
    if not needed or not kind or kind is needed:
        return []
    sentence = f"{indicator.short_name}: cần số liệu {needed.label}, đang là {kind.label}."
    return [Finding(sentence, f"v:{indicator.id}:kind", warning=f"{KIND}:{indicator.id}")]


def _jump_findings(
    indicator: MeasuredIndicator, value: Decimal, previous: Decimal | None
) -> list[Finding]:
    """Số liệu khác kỳ trước từ mười lần trở lên."""
    if not is_suspicious_jump(value, previous):
        return []
    sentence = (
        f"{indicator.short_name}: {format_decimal(value)} khác kỳ trước "
        f"({format_decimal(previous or ZERO)}) từ mười lần "
        "trở lên. Có nhầm đơn vị đo không?"
    )
    return [Finding(sentence, f"v:{indicator.id}:value", warning=f"{JUMP}:{indicator.id}")]


def _size_findings(
    indicator: MeasuredIndicator, claimed: ClaimedFigure, demands: Demands
) -> list[Finding]:
    """Câu hỏi về cỡ số of each number; none where the last period already asks about it."""
    targets = indicator.targets_for(demands.unit_id, demands.block_id, demands.shares.period_id)
    last_year, before = targets.previous_year_value, demands.previous.get(indicator.id)
    questions: list[Finding] = []
    if claimed.value is not None and not is_suspicious_jump(claimed.value, before):
        known = Known(targets.target, last_year, claimed.comparison, before, demands.shares)
        if question := size_question(claimed.value, indicator, known):
            questions.append(_asked_of(indicator, "value", "", question))
    if claimed.comparison is not None:
        known = Known(last_year=last_year, shares=demands.shares)
        if question := size_question(claimed.comparison, indicator, known):
            questions.append(_asked_of(indicator, "comparison", ", cùng kỳ năm trước", question))
    return questions


def _asked_of(indicator: MeasuredIndicator, part: str, which: str, question: str) -> Finding:
    """Câu hỏi về cỡ của một số, as a warning that can be answered."""
    code = {"value": SCALE, "comparison": BASE}[part]
    sentence = f"{indicator.short_name}{which}: {question}"
    return Finding(sentence, f"v:{indicator.id}:{part}", warning=f"{code}:{indicator.id}")


def _score_findings(
    criterion: ScoredCriterion, scored: SelfAssessment, maximum: Decimal, *, has_evidence: bool
) -> list[Finding]:
    if criterion.checklist:
        claims = ItemAnswer.MET in (scored.ticks or {}).values()
        return _evidence_missing(criterion, claims=claims, has_evidence=has_evidence)
    if criterion.is_worked_out:
        return []
    gaps = []
    at = f"s:{criterion.id}:points"
    if scored.points is None and criterion.kind is CriterionKind.BASE:
        gaps.append(Finding(f"{criterion.code}: chưa tự chấm.", at))
    if scored.points is not None and scored.points > maximum:
        gaps.append(Finding(f"{criterion.code}: điểm tự chấm quá {format_decimal(maximum)}.", at))
    claims = bool(scored.points)
    return gaps + _evidence_missing(criterion, claims=claims, has_evidence=has_evidence)


def _evidence_missing(
    criterion: ScoredCriterion, *, claims: bool, has_evidence: bool
) -> list[Finding]:
    """Whoever claims points of a criterion that asks for evidence attaches some."""
    if not (criterion.evidence_required and claims) or has_evidence:
        return []
    return [Finding(f"{criterion.code}: cần ít nhất một minh chứng.", f"e:{criterion.id}")]


def blocking(seen: Sequence[Finding], answers: Mapping[str, str]) -> list[Finding]:
    """Còn phải xử lý: errors, and warnings nobody answered."""
    return [
        finding
        for finding in seen
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


def warned_of(warning: str, claimed: ClaimedFigure) -> str:
    """Số liệu bị cảnh báo: the kind or the value a reason is given for, one text for one value."""
    if warning.startswith(KIND):
        return claimed.kind.value if claimed.kind else ""
    value = claimed.comparison if warning.startswith(BASE) else claimed.value
    return "" if value is None else format(value.normalize(), "f")


def sorted_answers(
    rows: Iterable[tuple[str, str, str]], values: Mapping[int, ClaimedFigure]
) -> tuple[dict[str, str], dict[str, OutdatedAnswer]]:
    """Giải trình còn và hết giá trị, of (warning, reason, what it was given for): a reason counts
    for its own value alone.
    """
    counting: dict[str, str] = {}
    outdated: dict[str, OutdatedAnswer] = {}
    for warning, reason, about in rows:
        if about == warned_of(warning, values.get(answerable(warning, values), ClaimedFigure())):
            counting[warning] = reason
        else:
            outdated[warning] = OutdatedAnswer(reason, _was(about))
    return counting, outdated


def _was(about: str) -> str:
    """What a reason was given for, in words: a kind, a number, or an empty cell."""
    if about in set(ValueKind):
        return ValueKind(about).label
    return format_decimal(Decimal(about)) if about else "để trống"


def answered(seen: Sequence[Finding], answers: Mapping[str, str]) -> list[tuple[str, str]]:
    """Cảnh báo đã giải trình: each sentence with the unit's reason, for who signs and verifies."""
    return [
        (finding.sentence, answers[finding.warning])
        for finding in seen
        if finding.warning and answers.get(finding.warning, "").strip()
    ]
