"""Giải trình: why a unit got each of its points, from rule, value, source and marks; the sum is the
table's.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from campaign.core.dates import format_moment
from campaign.core.numbers import format_decimal, format_points
from campaign.core.points import round_points
from campaign.planning.rules import Aggregation
from campaign.ranking.queries import Row, decided_words
from campaign.ranking.rules import aggregate_arithmetic, aggregate_words
from campaign.ranking.sums import GroupTotal, Line
from campaign.reporting.rules import ClaimedFigure, Content, SelfAssessment
from campaign.scheme.rules.rescaling import rescaling_words
from campaign.scheme.rules.table import Scheme, ScoredGroup
from campaign.scheme.rules.terms import JudgedBy
from campaign.verification.queries import Finisher
from campaign.verification.rules import GivenPoints, UnitResult, VerifiedFigure, set_aside_reasons

NOTHING: Mapping[str, Any] = {
    "unit": "",
    "rank": None,
    "total": None,
    "groups": [],
    "reason": "",
    "band": "",
    "band_reason": "",
    "decided_by": "",
    "tied_with": [],
    "verified_by": "",
    "rescaling": "",
    "rescaled": "",
    "remarks": [],
}
"""Giải trình của đơn vị chưa có điểm nào; also what a snapshot of an earlier version may lack."""


"""Thay cho các điểm while scoring is open: read before and after a sheet is locked, they would tell
whose they are.
"""


def explain(
    row: Row,
    scheme: Scheme,
    result: UnitResult,
    content: Content,
    values: Mapping[int, VerifiedFigure],
    given: Mapping[int, GivenPoints],
    marks: Mapping[int, list[Decimal]],
    method: Aggregation,
    finished: Finisher | None,
) -> dict[str, Any]:
    """Giải trình một đơn vị, as JSON of strings and ids, ready to be shown or frozen."""
    groups = []
    reasons = set_aside_reasons(scheme, values, given)
    for group in scheme.groups:
        lines = [
            _line(one, row, scheme, result, content, values, given, marks, method)
            if one.id in result.maxima
            else _set_aside(one, reasons[one.id])
            for one in group.criteria
            if one.id in result.maxima or one.id in reasons
        ]
        counted = next((found for found in row.groups if found.group_id == group.id), None)
        has_fallen = group.code in row.fallen
        groups.append(
            {
                "code": group.code,
                "name": group.name,
                "kind": group.kind.value,
                "cap": None if group.cap is None else format_points(group.cap),
                "points": _shown(counted.points if counted and not has_fallen else None),
                "lines": lines,
                "bonus": "không áp dụng cho đơn vị" if has_fallen else "",
                "adjustments": _adjustments(group, counted, row, scheme) if counted else [],
            }
        )
    return {
        "unit": row.name,
        "groups": groups,
        "total": format_points(row.total) if row.total is not None else None,
        "rank": row.standing.rank if row.standing else None,
        "band": row.band,
        "band_reason": row.band_reason,
        "reason": row.reason,
        "version_id": row.version_id,
        "verified_by": verified_words(finished),
        "decided_by": decided_words(row.standing, scheme),
        "remarks": list(row.remarks),
        "rescaled": row.rescaled,
        "rescaling": _shown(row.counted.rescaling)
        if row.counted and row.counted.is_rescaled
        else "",
        "tied_with": list(row.standing.tied_with) if row.standing else [],
    }


def verified_words(finished: Finisher | None) -> str:
    """Ai thẩm định, bản nào, lúc nào."""
    return (
        f"{finished.by} thẩm định xong lúc {format_moment(finished.at)}, theo báo cáo bản số "
        f"{finished.number}."
        if finished
        else ""
    )


def _lost_bonus(line: Line | None) -> tuple[str, ...]:
    """Of a plan that was launched before bonuses had to name their group."""
    if line is None or not line.bonus or line.bonus_group_id is not None:
        return ()
    return ("không tính điểm thưởng này vì kế hoạch không có nhóm nhận",)


def _adjustments(
    group: ScoredGroup, counted: GroupTotal, row: Row, scheme: Scheme
) -> list[dict[str, str]]:
    """What else is added to a group beside its criteria: bonuses of indicators, and what its cap
    changed.
    """
    found = []
    if counted.bonus:
        from_ = ", ".join(
            f"{one.code} ({format_points(line.bonus)})"
            for one in scheme.criteria
            if (line := row.lines.get(one.id)) and line.bonus and line.bonus_group_id == group.id
        )
        found.append(
            {"name": f"Thưởng vượt chỉ tiêu ở {from_}", "points": format_points(counted.bonus)}
        )
    if counted.cut and group.cap is not None:
        found.append(
            {
                "name": f"Phần vượt mức trần {format_points(group.cap)}",
                "points": format_points(counted.cut),
            }
        )
    return found


def _line(
    one: Any,
    row: Row,
    scheme: Scheme,
    result: UnitResult,
    content: Content,
    values: Mapping[int, VerifiedFigure],
    given: Mapping[int, GivenPoints],
    marks: Mapping[int, list[Decimal]],
    method: Aggregation,
) -> dict[str, Any]:
    line, claimed, checked = (
        row.lines.get(one.id),
        content.scores.get(one.id, SelfAssessment()),
        given.get(one.id),
    )
    steps, facts, used = _how(one, row, scheme, result, content, values, marks, method)
    verified = (
        result.results[one.id].points
        if one.id in result.results
        else (checked.points if checked else None)
    )
    council = row.aggregates.get(one.id)
    return {
        "code": one.code,
        "name": one.name,
        "judged_by": one.judged_by.label,
        "maximum": format_points(result.maxima[one.id]),
        "self": _shown(claimed.points),
        "verified": _shown(verified),
        "council": _shown(round_points(council.value)) if council else "",
        "points": _shown(line.signed if line else None),
        "facts": facts,
        "steps": [*steps, *_lost_bonus(line)],
        "comment": checked.comment if checked else "",
        "used": used,
        "share": int(line.points * 100 / line.maximum) if line and line.maximum else 0,
    }


def _set_aside(one: Any, reason: str) -> dict[str, Any]:
    """Tiêu chí không áp dụng cho đơn vị: named with its reason, and nothing counted."""
    nothing = dict.fromkeys(
        ("maximum", "self", "verified", "council", "points", "facts", "comment"), ""
    )
    return {
        "code": one.code,
        "name": one.name,
        "judged_by": one.judged_by.label,
        **nothing,
        "steps": [f"Không áp dụng: {reason}"],
        "used": {},
        "share": 0,
    }


def _how(
    one: Any,
    row: Row,
    scheme: Scheme,
    result: UnitResult,
    content: Content,
    values: Mapping[int, VerifiedFigure],
    marks: Mapping[int, list[Decimal]],
    method: Aggregation,
) -> tuple[tuple[str, ...], str, dict[str, Any]]:
    """The arithmetic, the facts it rests on, and the ids of what was used."""
    if one.judged_by is JudgedBy.COUNCIL:
        found = row.aggregates.get(one.id)
        if found is None:
            return ("Chưa đủ phiếu chấm.",), "", {}
        more = rescaling_words(
            found.value, one.maximum, result.maxima[one.id], aggregate_arithmetic(found, method)
        )
        facts = "Các điểm: " + "; ".join(format_decimal(mark) for mark in marks.get(one.id, ()))
        steps = (aggregate_words(found, method), *more)
        return steps, facts, {"version_id": row.version_id}
    checked = result.results[one.id]
    used = {"verified_value_id": checked.value_id, "verified_points_id": checked.points_id}
    indicator = scheme.indicators.get(one.indicator_id or 0)
    value = values.get(indicator.id) if indicator else None
    if indicator is None or value is None or value.counted is None:
        return checked.steps, "", used
    is_official = value.official_value is not None
    kind = "chính thức" if is_official else (value.kind.label if value.kind else "")
    source = (
        value.official_source
        if is_official
        else content.values.get(indicator.id, ClaimedFigure()).source
    )
    facts = " · ".join(
        part
        for part in (
            f"{format_decimal(value.counted)} {indicator.symbol}",
            kind,
            source and f"nguồn: {source}",
        )
        if part
    )
    return checked.steps, facts, used


def _shown(points: Decimal | None) -> str:
    return "" if points is None else format_points(points)
