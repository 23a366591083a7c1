"""Số đơn vị báo chưa thẩm định: what may be taken over at once, and what it agrees with."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from campaign.core.numbers import format_decimal, format_points
from campaign.reporting.rules import ClaimedFigure, Content, SelfAssessment
from campaign.scheme.rules.checklist import ItemAnswer
from campaign.scheme.rules.rescaling import rescaled
from campaign.scheme.rules.table import Scheme, ScoredCriterion
from campaign.scheme.rules.terms import JudgedBy
from campaign.verification.rules import (
    CriterionResult,
    GivenPoints,
    VerifiedFigure,
    VerifiedUnit,
)


class Claim(NamedTuple):
    """Số đơn vị báo ở một chỗ còn trống: a number, points or the items of a checklist."""

    letter: str
    number: int
    label: str
    claimed: str
    said: str
    is_equal: bool
    """Điểm đơn vị tự chấm bằng điểm tính ra từ số ấy: chosen beforehand."""

    @property
    def field(self) -> str:
        """Tên của chỗ ấy."""
        return f"{self.letter}:{self.number}"


def on_plans_scale(scheme: Scheme, maxima: Mapping[int, Decimal], content: Content) -> Content:
    """Báo cáo với điểm tự chấm trên thang của kế hoạch, on which the secretariat gives points: a
    unit to which less applies gives its own out of its re-scaled `maxima`.
    """
    scores = dict(content.scores)
    for row in scheme.criteria:
        score, of = scores.get(row.id), maxima.get(row.id, row.maximum)
        if score is None or score.points is None or row.is_worked_out or of == row.maximum:
            continue
        points = rescaled(score.points, of, row.maximum, scheme.places)
        scores[row.id] = replace(score, points=points)
    return replace(content, scores=scores)


def open_values(scheme: Scheme, unit: VerifiedUnit, content: Content) -> dict[int, ClaimedFigure]:
    """Số liệu đơn vị báo mà chưa ai thẩm định, of the indicators asked of the unit."""
    return {
        number: claimed
        for number, indicator in scheme.indicators.items()
        if scheme.asks(indicator, unit.unit_id, unit.block_id)
        and (claimed := content.values.get(number, ClaimedFigure())).value is not None
        and (checked := unit.values.get(number, VerifiedFigure(0, None, None, None))).value is None
        and not checked.not_applicable_reason
    }


def open_scores(
    scheme: Scheme, maxima: Mapping[int, Decimal], unit: VerifiedUnit, content: Content
) -> dict[int, SelfAssessment]:
    """Tiêu chí đơn vị đã tự chấm, tự đánh dấu mà Thường trực chưa nói gì."""
    return {
        row.id: claimed
        for row in scheme.criteria
        if row.id in maxima
        and (claimed := content.scores.get(row.id)) is not None
        and _is_open(row, claimed, unit.points.get(row.id, GivenPoints(0, None)))
    }


def _is_open(row: ScoredCriterion, claimed: SelfAssessment, given: GivenPoints) -> bool:
    if given.not_applicable_reason:
        return False
    if row.checklist:
        return bool(claimed.ticks) and not given.ticks
    return (
        row.judged_by is JudgedBy.SECRETARIAT
        and claimed.points is not None
        and given.points is None
        and claimed.points <= row.maximum
    )


def if_taken(
    unit: VerifiedUnit,
    values: Mapping[int, ClaimedFigure],
    scores: Mapping[int, SelfAssessment],
) -> VerifiedUnit:
    """Đơn vị như khi mọi số ấy đã được nhận: what its points would be is worked out from it."""
    known = dict(unit.values)
    for number, claimed in values.items():
        checked = known.get(number, VerifiedFigure(0, None, None, None))
        known[number] = _with_claimed(checked, claimed)
    points = dict(unit.points)
    for number, score in scores.items():
        if score.ticks:
            given = points.get(number, GivenPoints(0, None))
            points[number] = given._replace(ticks=score.ticks)
    return unit._replace(values=known, points=points)


def _with_claimed(checked: VerifiedFigure, claimed: ClaimedFigure) -> VerifiedFigure:
    """Số đơn vị báo thay chỗ trống; a kind and a number of last year that are there stay."""
    return checked._replace(
        value=claimed.value,
        kind=checked.kind or claimed.kind,
        comparison=claimed.comparison if checked.comparison is None else checked.comparison,
    )


def claims(
    scheme: Scheme,
    values: Mapping[int, ClaimedFigure],
    scores: Mapping[int, SelfAssessment],
    content: Content,
    results: Mapping[int, CriterionResult],
) -> list[Claim]:
    """Các chỗ nhận được, in the order of the page; `results` are the points as they would be."""
    return [
        *_of_values(scheme, values, content, results),
        *_of_scores(scheme, scores, content, results),
    ]


def _of_values(
    scheme: Scheme,
    values: Mapping[int, ClaimedFigure],
    content: Content,
    results: Mapping[int, CriterionResult],
) -> Iterator[Claim]:
    for number, claimed in values.items():
        indicator = scheme.indicators[number]
        told = _compared_by(number, scheme, content, results)
        kind = f", {claimed.kind.label}" if claimed.kind else ""
        yield Claim(
            "v",
            number,
            indicator.name,
            f"{format_decimal(claimed.value or Decimal(0))} {indicator.symbol}{kind}",
            "; ".join(words for words, _ in told if words),
            all(is_equal for _, is_equal in told),
        )


def _compared_by(
    indicator_id: int,
    scheme: Scheme,
    content: Content,
    results: Mapping[int, CriterionResult],
) -> list[tuple[str, bool]]:
    """Each criterion that takes the number, compared."""
    return [
        _compared(row, scheme, content, results)
        for row in scheme.criteria
        if row.indicator_id == indicator_id and row.id in results
    ]


def _of_scores(
    scheme: Scheme,
    scores: Mapping[int, SelfAssessment],
    content: Content,
    results: Mapping[int, CriterionResult],
) -> Iterator[Claim]:
    """Criteria in order; `scores` are on the plan's scale, `content` is as the unit wrote it."""
    for row in scheme.criteria:
        if (score := scores.get(row.id)) is None:
            continue
        if row.checklist:
            claimed = _ticked_words(row, score)
            words, is_equal = _compared(row, scheme, content, results)
        else:
            points = score.points or Decimal(0)
            claimed = f"{_told(points, scheme)}/{_told(row.maximum, scheme)} điểm"
            words, is_equal = _given_words(row, points, scheme, content), False
        yield Claim("p", row.id, f"{row.code}. {row.name}", claimed, words, is_equal)


def _ticked_words(row: ScoredCriterion, score: SelfAssessment) -> str:
    """How many items the unit ticked as met, of how many."""
    met = sum(said == ItemAnswer.MET for said in (score.ticks or {}).values())
    return f"{met}/{len(row.checklist)} mục đạt"


def _given_words(row: ScoredCriterion, points: Decimal, scheme: Scheme, content: Content) -> str:
    """By what the secretariat gives points, and what the unit wrote on the scale of its own."""
    files = len(content.attached.get(("criterion", row.id), ()))
    words = f"Thường trực cho điểm; {files} minh chứng"
    own = content.scores.get(row.id, SelfAssessment()).points
    if own is None or own == points:
        return words
    return f"Đơn vị ghi {_told(own, scheme)} theo điểm tối đa đã quy đổi; {words}"


def _told(points: Decimal, scheme: Scheme) -> str:
    return format_points(points, scheme.places)


def _compared(
    row: ScoredCriterion,
    scheme: Scheme,
    content: Content,
    results: Mapping[int, CriterionResult],
) -> tuple[str, bool]:
    """Điểm tự chấm bên điểm tính ra; where the unit gave none there is nothing to differ from."""
    own, result = content.scores.get(row.id, SelfAssessment()).points, results.get(row.id)
    points = result.points if result else None
    worked_out = "chưa tính được" if points is None else f"tính ra {_told(points, scheme)}"
    if own is None:
        return f"{row.code}: {worked_out}", points is not None
    if own == points:
        return f"{row.code}: tự chấm bằng điểm tính ra, {_told(own, scheme)}", True
    return f"{row.code}: tự chấm {_told(own, scheme)}, {worked_out}", False
