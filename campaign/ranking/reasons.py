"""Giải trình một tiêu chí: its points at each step, the arithmetic and the facts it rests on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from campaign.core.numbers import format_decimal, format_points
from campaign.planning.rules import Aggregation
from campaign.ranking.rules import aggregate_arithmetic, aggregate_words
from campaign.ranking.table import Row
from campaign.reporting.rules import ClaimedFigure, Content, SelfAssessment
from campaign.scheme.rules.rescaling import rescaled, rescaling_words
from campaign.scheme.rules.sums import Line, taken_words
from campaign.scheme.rules.table import Scheme, ScoredCriterion
from campaign.scheme.rules.terms import JudgedBy
from campaign.verification.rules import GivenPoints, UnitResult, VerifiedFigure

Arithmetic = tuple[tuple[str, ...], str, dict[str, Any]]
"""Cách tính một tiêu chí: its steps, the facts it rests on, and the ids of what was used."""


@dataclass(frozen=True, slots=True)
class Grounds:
    """Căn cứ điểm của một đơn vị: the table, what it reported, what was verified and marked."""

    row: Row
    scheme: Scheme
    result: UnitResult
    content: Content
    values: Mapping[int, VerifiedFigure]
    given: Mapping[int, GivenPoints]
    marks: Mapping[int, Sequence[Decimal]]
    method: Aggregation

    def shown(self, points: Decimal | None) -> str:
        """Points with the decimals of the plan; nothing where there are none."""
        return shown(points, self.scheme.places)


def shown(points: Decimal | None, places: int) -> str:
    """Điểm như trang cho thấy; nothing where there are none."""
    return "" if points is None else format_points(points, places)


def explained_line(criterion: ScoredCriterion, grounds: Grounds) -> dict[str, Any]:
    """Một tiêu chí áp dụng cho đơn vị: what was said of it at each step, and what came of it."""
    line = grounds.row.lines.get(criterion.id)
    checked = grounds.given.get(criterion.id)
    steps, facts, used = _arithmetic(criterion, grounds)
    return {
        **_head(criterion),
        **_points(criterion, grounds),
        "facts": facts,
        "steps": [*steps, *_taken(line, grounds), *_lost_bonus(line)],
        "comment": checked.comment if checked else "",
        "used": used,
        "share": int(line.kept * 100 / line.maximum) if line and line.maximum else 0,
    }


def set_aside(criterion: ScoredCriterion, reason: str) -> dict[str, Any]:
    """Tiêu chí không áp dụng cho đơn vị: named with its reason, and nothing counted."""
    nothing = dict.fromkeys(
        ("maximum", "self", "verified", "council", "points", "facts", "comment"), ""
    )
    return {
        **_head(criterion),
        **nothing,
        "steps": [f"Không áp dụng: {reason}"],
        "used": {},
        "share": 0,
    }


def _head(criterion: ScoredCriterion) -> dict[str, str]:
    """Tiêu chí nào, ai chấm."""
    return {
        "code": criterion.code,
        "name": criterion.name,
        "judged_by": criterion.judged_by.label,
        "kind": criterion.kind.value,
    }


def _points(criterion: ScoredCriterion, grounds: Grounds) -> dict[str, str]:
    """Điểm qua từng bước: claimed, verified, the Council's, and what counts."""
    line = grounds.row.lines.get(criterion.id)
    claimed = grounds.content.scores.get(criterion.id, SelfAssessment())
    maximum = grounds.result.maxima[criterion.id]
    return {
        "maximum": grounds.shown(maximum) if maximum.is_finite() else "",
        "self": grounds.shown(claimed.points),
        "verified": grounds.shown(_verified(criterion, grounds)),
        "council": grounds.shown(_by_council(criterion, grounds)),
        "points": grounds.shown(line.signed if line else None),
    }


def _verified(criterion: ScoredCriterion, grounds: Grounds) -> Decimal | None:
    """Điểm thẩm định: worked out, or given by whoever verified."""
    if criterion.id in grounds.result.results:
        return grounds.result.results[criterion.id].points
    checked = grounds.given.get(criterion.id)
    return checked.points if checked else None


def _by_council(criterion: ScoredCriterion, grounds: Grounds) -> Decimal | None:
    """Điểm Hội đồng, on the scale of the unit's maximum."""
    council = grounds.row.aggregates.get(criterion.id)
    if not council:
        return None
    maximum = grounds.result.maxima[criterion.id]
    return rescaled(council.value, criterion.maximum, maximum, grounds.scheme.places)


def _taken(line: Line | None, grounds: Grounds) -> tuple[str, ...]:
    """What a penalty takes from the criterion that it names, told at both."""
    if line is None or not (line.lost or line.taken_id):
        return ()
    codes = {criterion.id: criterion.code for criterion in grounds.scheme.criteria}
    return taken_words(line, grounds.row.lines, codes, grounds.scheme.places)


def _lost_bonus(line: Line | None) -> tuple[str, ...]:
    """Of a plan that was launched before bonuses had to name their group."""
    if line is None or not line.bonus or line.bonus_group_id is not None:
        return ()
    return ("không tính điểm thưởng này vì kế hoạch không có nhóm nhận",)


def _arithmetic(criterion: ScoredCriterion, grounds: Grounds) -> Arithmetic:
    """Cách tính: of what the Council marks by its marks, else as it was verified."""
    if criterion.judged_by is JudgedBy.COUNCIL:
        return _as_marked(criterion, grounds)
    checked = grounds.result.results[criterion.id]
    used = {"verified_value_id": checked.value_id, "verified_points_id": checked.points_id}
    return checked.steps, _facts(criterion, grounds), used


def _facts(criterion: ScoredCriterion, grounds: Grounds) -> str:
    """Số liệu của tiêu chí: the value that counts, of which kind, from which source."""
    indicator = grounds.scheme.indicators.get(criterion.indicator_id or 0)
    value = grounds.values.get(indicator.id) if indicator else None
    if indicator is None or value is None or value.counted is None:
        return ""
    claimed = grounds.content.values.get(indicator.id, ClaimedFigure())
    kind, source = value.kind.label if value.kind else "", claimed.source
    if value.official_value is not None:
        kind, source = "chính thức", value.official_source
    told = (
        f"{format_decimal(value.counted)} {indicator.symbol}",
        kind,
        source and f"nguồn: {source}",
    )
    return " · ".join(part for part in told if part)


def _as_marked(criterion: ScoredCriterion, grounds: Grounds) -> Arithmetic:
    """The arithmetic of a criterion that the Council marks."""
    aggregate = grounds.row.aggregates.get(criterion.id)
    if aggregate is None:
        return ("Chưa đủ phiếu chấm.",), "", {}
    places = grounds.scheme.places
    more = rescaling_words(
        aggregate.value,
        criterion.maximum,
        grounds.result.maxima[criterion.id],
        aggregate_arithmetic(aggregate, grounds.method),
        places=places,
    )
    steps = (aggregate_words(aggregate, grounds.method, places), *more)
    return steps, _marks_told(criterion, grounds), {"version_id": grounds.row.version_id}


def _marks_told(criterion: ScoredCriterion, grounds: Grounds) -> str:
    """Các điểm đã chấm, and by how many where only some are asked."""
    marks = grounds.marks.get(criterion.id, ())
    told = "Các điểm: " + "; ".join(format_decimal(mark) for mark in marks)
    return f"{told} (người được giao chấm: {len(marks)})" if criterion.markers.are_named else told
