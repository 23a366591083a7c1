"""Giải trình: why a unit got each of its points, from rule, value, source and marks; the sum is the table's."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from campaign.core.dates import format_moment
from campaign.core.numbers import format_decimal, format_points
from campaign.planning.rules import Aggregation, CriterionKind, JudgedBy, rescaled, rescaling_words
from campaign.planning.scheme import Scheme
from campaign.ranking.queries import Row
from campaign.ranking.rules import aggregate_words, rounding_words
from campaign.reporting.rules import Claimed, Content, Scored
from campaign.verification.queries import Finished
from campaign.verification.rules import Checked, Given, UnitResult

NOTHING: Mapping[str, Any] = {
    "unit": "", "rank": None, "total": None, "groups": [], "reason": "", "band": "", "band_reason": "", "decided_by": "",
    "tied_with": [], "verified_by": ""}
"""Giải trình của đơn vị chưa có điểm nào; also what a snapshot of an earlier version may lack."""


"""Thay cho các điểm while scoring is open: read before and after a sheet is locked, they would tell whose they are."""


def explain(row: Row, scheme: Scheme, result: UnitResult, content: Content, values: Mapping[int, Checked],
            given: Mapping[int, Given], marks: Mapping[int, list[Decimal]], method: Aggregation,
            finished: Finished | None) -> dict[str, Any]:
    """Giải trình một đơn vị, as JSON of strings and ids, ready to be shown or frozen."""
    groups = []
    for group in scheme.groups:
        lines = [_line(one, row, scheme, result, content, values, given, marks, method)
                 for one in group.criteria if one.id in result.maxima]
        counted = next((found.points for found in row.groups if found.group_id == group.id), None)
        groups.append({"code": group.code, "name": group.name, "kind": group.kind.value,
                       "cap": None if group.cap is None else format_points(group.cap),
                       "points": _shown(counted), "lines": lines,
                       "bonus": _indicator_bonus(row, scheme) if group.kind is CriterionKind.BONUS else ""})
    return {"unit": row.name, "groups": groups, "total": format_points(row.total) if row.total is not None else None,
            "rank": row.standing.rank if row.standing else None, "band": row.band, "band_reason": row.band_reason,
            "reason": row.reason, "version_id": row.version_id, "verified_by": verified_words(finished),
            "decided_by": row.standing.decided_by.label if row.standing and row.standing.decided_by else "",
            "tied_with": list(row.standing.tied_with) if row.standing else []}


def verified_words(finished: Finished | None) -> str:
    """Ai thẩm định, bản nào, lúc nào."""
    return f"{finished.by} thẩm định xong lúc {format_moment(finished.at)}, theo báo cáo bản số {finished.number}." if finished else ""


def _indicator_bonus(row: Row, scheme: Scheme) -> str:
    given = [(one.code, row.lines[one.id].bonus) for one in scheme.criteria if one.id in row.lines and row.lines[one.id].bonus]
    if not given:
        return ""
    where = ", ".join(f"{code} ({format_points(bonus)})" for code, bonus in given)
    return f"gồm {format_points(sum((bonus for _, bonus in given), Decimal(0)))} điểm thưởng vượt chỉ tiêu ở {where}"


def _line(one: Any, row: Row, scheme: Scheme, result: UnitResult, content: Content, values: Mapping[int, Checked],
          given: Mapping[int, Given], marks: Mapping[int, list[Decimal]], method: Aggregation) -> dict[str, Any]:
    line, claimed, checked = row.lines.get(one.id), content.scores.get(one.id, Scored()), given.get(one.id)
    steps, facts, used = _how(one, row, scheme, result, content, values, marks, method)
    verified = result.results[one.id].points if one.id in result.results else (checked.points if checked else None)
    council = row.aggregates.get(one.id)
    return {
        "code": one.code, "name": one.name, "judged_by": one.judged_by.label,
        "maximum": format_points(result.maxima[one.id]),
        "self": _shown(claimed.points), "verified": _shown(verified),
        "council": _shown(council.value) if council else "", "points": _shown(line.points if line else None),
        "facts": facts, "steps": list(steps), "comment": checked.comment if checked else "", "used": used,
        "share": int(line.points * 100 / line.maximum) if line and line.maximum else 0,
    }


def _how(one: Any, row: Row, scheme: Scheme, result: UnitResult, content: Content, values: Mapping[int, Checked],
         marks: Mapping[int, list[Decimal]], method: Aggregation) -> tuple[tuple[str, ...], str, dict[str, Any]]:
    """The arithmetic, the facts it rests on, and the ids of what was used."""
    if one.judged_by is JudgedBy.COUNCIL:
        found = row.aggregates.get(one.id)
        if found is None:
            return ("Chưa đủ phiếu chấm.",), "", {}
        given = found.value, one.maximum, result.maxima[one.id]
        more = rescaling_words(*given)
        rounded = rounding_words(found.value, rescaled(*given)) if not more else ""
        facts = "Các điểm: " + "; ".join(format_decimal(mark) for mark in marks.get(one.id, ()))
        steps = (aggregate_words(found, method), *((rounded,) if rounded else ()), *more)
        return steps, facts, {"version_id": row.version_id}
    checked = result.results[one.id]
    used = {"verified_value_id": checked.value_id, "verified_points_id": checked.points_id}
    indicator = scheme.indicators.get(one.indicator_id or 0)
    value = values.get(indicator.id) if indicator else None
    if indicator is None or value is None or value.counted is None:
        return checked.steps, "", used
    is_official = value.official_value is not None
    kind = "chính thức" if is_official else (value.kind.label if value.kind else "")
    source = value.official_source if is_official else content.values.get(indicator.id, Claimed()).source
    facts = " · ".join(part for part in (f"{format_decimal(value.counted)} {indicator.symbol}", kind,
                                         source and f"nguồn: {source}") if part)
    return checked.steps, facts, used


def _shown(points: Decimal | None) -> str:
    return "" if points is None else format_points(points)
