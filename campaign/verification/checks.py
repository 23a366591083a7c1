"""Kiểm tra trước khi hoàn thành thẩm định: what is still missing."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal

from campaign.core.points import ZERO
from campaign.core.text import one_line
from campaign.counts.rules import waiting
from campaign.reporting.listed import ListedOccurrence
from campaign.reporting.rules import ClaimedFigure, Content, SelfAssessment
from campaign.scheme.rules.checklist import ITEM, Ticks, unanswered
from campaign.scheme.rules.table import Scheme, ScoredCriterion
from campaign.scheme.rules.terms import CriterionKind, Direction, JudgedBy, Judgement
from campaign.verification.rules import GivenPoints, VerifiedFigure


def missing(
    scheme: Scheme,
    applicable: Collection[int],
    content: Content,
    values: Mapping[int, VerifiedFigure],
    points: Mapping[int, GivenPoints],
) -> list[tuple[str, str]]:
    """Còn thiếu trước khi hoàn thành: (sentence, field)."""
    criteria = [criterion for criterion in scheme.criteria if criterion.id in applicable]
    aside = {key for key, row in points.items() if row.not_applicable_reason}
    judged = [row for row in criteria if row.indicator_id and row.id not in aside]
    return [
        *_figures_missing(scheme, judged, content.values, values),
        *_scores_missing(criteria, content.scores, points),
    ]


def _figures_missing(
    scheme: Scheme,
    judged: Collection[ScoredCriterion],
    claimed: Mapping[int, ClaimedFigure],
    values: Mapping[int, VerifiedFigure],
) -> Iterator[tuple[str, str]]:
    """Of each number that is judged: itself, and that of last year where growth is asked."""
    measured = {row.indicator_id for row in judged}
    growing = {
        row.indicator_id for row in judged if scheme.judged[row.id].judgement is Judgement.GROWTH
    }
    for indicator in scheme.indicators.values():
        if indicator.id in measured and indicator.direction is not Direction.WATCH:
            number, name, checked = indicator.id, indicator.short_name, values.get(indicator.id)
            yield from _value_missing(number, name, claimed.get(number, ClaimedFigure()), checked)
            if number in growing:
                yield from _comparison_missing(number, name, checked)


def _scores_missing(
    criteria: Collection[ScoredCriterion],
    claimed: Mapping[int, SelfAssessment],
    points: Mapping[int, GivenPoints],
) -> Iterator[tuple[str, str]]:
    """Of each criterion that is ticked or given points: what was not, and why it differs."""
    for criterion in criteria:
        scored = claimed.get(criterion.id, SelfAssessment())
        given = points.get(criterion.id, GivenPoints(0, None))
        if criterion.checklist:
            yield from _ticks_missing(criterion, scored.ticks or {}, given)
        elif not criterion.is_worked_out:
            yield from _points_missing(criterion, scored.points, given)


def _ticks_missing(
    criterion: ScoredCriterion, claimed: Ticks, given: GivenPoints
) -> list[tuple[str, str]]:
    """Every item is met or not; a bonus or penalty that nobody claims needs no word."""
    is_silent = criterion.kind is not CriterionKind.BASE and not (claimed or given.ticks)
    if given.not_applicable_reason or is_silent:
        return []
    if left := unanswered(criterion.checklist, given.ticks):
        at = f"p:{criterion.id}:{ITEM}{left[0]}"
        return [(f"{criterion.code}: còn {len(left)} mục chưa đánh dấu.", at)]
    differs = any((given.ticks or {}).get(key) != said for key, said in claimed.items())
    if not differs or given.comment:
        return []
    sentence = f"{criterion.code}: khác đơn vị tự đánh dấu, hãy ghi nhận xét."
    return [(sentence, f"p:{criterion.id}:comment")]


def undecided(
    scheme: Scheme,
    applicable: Collection[int],
    listed: Mapping[int, Sequence[ListedOccurrence]],
    points: Mapping[int, GivenPoints],
) -> list[tuple[str, str]]:
    """Các lần chưa thẩm định, by criterion: (sentence, field); none where it does not apply."""
    aside = {key for key, row in points.items() if row.not_applicable_reason}
    waits = (
        (criterion, waiting(listed.get(criterion.id, ())))
        for criterion in scheme.counted
        if criterion.id in applicable and criterion.id not in aside
    )
    return [
        (f"{criterion.code}: còn {number} lần chưa thẩm định.", f"points:{criterion.id}")
        for criterion, number in waits
        if number
    ]


def _points_missing(
    criterion: ScoredCriterion, claimed: Decimal | None, given: GivenPoints
) -> list[tuple[str, str]]:
    """A criterion of bonus or penalty that nobody claims needs no word of the secretariat."""
    if given.not_applicable_reason:
        return []
    is_base = criterion.kind is CriterionKind.BASE
    claimed = claimed if is_base else claimed or ZERO
    if given.points is None:
        is_theirs = criterion.judged_by is JudgedBy.SECRETARIAT and (is_base or claimed)
        at = f"p:{criterion.id}:points"
        return [(f"{criterion.code}: chưa cho điểm.", at)] if is_theirs else []
    if given.points == claimed or given.comment:
        return []
    sentence = f"{criterion.code}: khác điểm tự chấm, hãy ghi nhận xét."
    return [(sentence, f"p:{criterion.id}:comment")]


def _value_missing(
    number: int, name: str, claimed: ClaimedFigure, checked: VerifiedFigure | None
) -> list[tuple[str, str]]:
    if checked is None or (checked.counted is None and not checked.not_applicable_reason):
        if checked is not None and checked.comment and claimed.value is None:
            return []
        return [
            (
                f"{name}: chưa có số thẩm định; nếu không áp dụng, hãy ghi lý do.",
                f"v:{number}:value",
            )
        ]
    if checked.counted is not None and checked.counted != claimed.value and not checked.comment:
        return [(f"{name}: khác số đơn vị báo, hãy ghi nhận xét.", f"v:{number}:comment")]
    return []


def _comparison_missing(
    number: int, name: str, checked: VerifiedFigure | None
) -> list[tuple[str, str]]:
    """Growth needs the same period of last year, or the unit is left without a rank."""
    if checked is None or checked.counted is None or checked.not_applicable_reason:
        return []
    if checked.comparison is None:
        return [
            (
                f"{name}: chưa có số cùng kỳ năm trước; nếu không áp dụng, hãy ghi lý do.",
                f"v:{number}:comparison",
            )
        ]
    if checked.comparison <= 0:
        return [(f"{name}: số cùng kỳ năm trước phải lớn hơn 0.", f"v:{number}:comparison")]
    return []


def remarks(
    scheme: Scheme, values: Mapping[int, VerifiedFigure], points: Mapping[int, GivenPoints]
) -> str:
    """Nhận xét đã ghi bên các chỉ tiêu và tiêu chí, a line each in the order of the page."""
    said = [
        *(
            (row.short_name or row.name, values[row.id].comment)
            for row in scheme.indicators.values()
            if row.id in values
        ),
        *((row.code, points[row.id].comment) for row in scheme.criteria if row.id in points),
    ]
    return ";\n".join(f"{name}: {one_line(text).rstrip('.;')}" for name, text in said if text)


def difference(first: Decimal | None, second: Decimal | None) -> Decimal | None:
    """Chênh lệch: second less first; None where one is missing."""
    return None if first is None or second is None else second - first
