"""Giải trình: why a unit got each of its points; the sum is the table's."""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any

from campaign.clarification.telling import Clarified
from campaign.core.dates import format_moment
from campaign.core.numbers import format_decimal, format_points
from campaign.divergence.rules import Threshold
from campaign.divergence.rules import Told as Divergence
from campaign.planning.rules import Aggregation
from campaign.ranking.queries import decided_words
from campaign.ranking.rules import aggregate_arithmetic, aggregate_words
from campaign.ranking.sums import Fallen, fallen_part
from campaign.ranking.table import Row
from campaign.reporting.rules import ClaimedFigure, Content, SelfAssessment
from campaign.scheme.rules.rescaling import rescaled, rescaling_words
from campaign.scheme.rules.sums import GroupTotal, Line, taken_words
from campaign.scheme.rules.table import Scheme, ScoredGroup
from campaign.scheme.rules.terms import JudgedBy
from campaign.verification.queries import Finisher
from campaign.verification.rules import (
    GivenPoints,
    UnitResult,
    VerifiedFigure,
    VerifiedUnit,
    own_scale_words,
    set_aside_reasons,
)

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
    reasons = set_aside_reasons(scheme, values, given)
    groups = []
    for group in scheme.groups:
        below = {node.id: node.code for node in group.nodes}
        lines = [
            (
                _line(criterion, row, scheme, result, content, values, given, marks, method)
                if criterion.id in result.maxima
                else _set_aside(criterion, reasons[criterion.id])
            )
            | {"section": below.get(criterion.group_id, "")}
            for criterion in group.criteria
            if criterion.id in result.maxima or criterion.id in reasons
        ]
        groups.append(_group(group, lines, row, scheme, result.maxima))
    return {
        "unit": row.name,
        "groups": groups,
        **_place(row, scheme),
        "reason": row.reason,
        "version_id": row.version_id,
        "verified_by": verified_words(finished),
        "decided_by": decided_words(row.standing, scheme),
        "remarks": list(row.remarks),
        "rescaled": row.rescaled,
        "rescaling": _shown(_rescaling(row), scheme.places),
        "tied_with": list(row.standing.tied_with) if row.standing else [],
    }


def _place(row: Row, scheme: Scheme) -> dict[str, Any]:
    return {
        "total": format_points(row.total, scheme.places) if row.total is not None else None,
        "rank": row.standing.rank if row.standing else None,
        "band": row.band,
        "band_reason": row.band_reason,
    }


def _rescaling(row: Row) -> Decimal | None:
    return row.counted.rescaling if row.counted and row.counted.is_rescaled else None


def with_clarification(data: dict[str, Any], told: Clarified | None) -> dict[str, Any]:
    """Giải trình điểm cùng ý kiến của đơn vị: both verifications of each criterion it answered, and
    how its round ended.
    """
    if told is None:
        return data
    more = _with_steps(data, {code: said.lines for code, said in told.by_code.items()})
    return more | {"verified_by": f"{data['verified_by']} {told.words}".strip()}


def with_divergence(
    data: dict[str, Any], rule: Threshold | None, told: Mapping[str, Divergence]
) -> dict[str, Any]:
    """Giải trình điểm cùng việc xem lại các ô chênh lệch, by code; nobody's mark is told apart."""
    if rule is None or not told:
        return data
    return _with_steps(data, {code: cell.lines(rule) for code, cell in told.items()})


def _with_steps(data: dict[str, Any], by_code: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    groups = [
        group
        | {
            "lines": [
                line | {"steps": [*line["steps"], *by_code.get(line["code"], ())]}
                for line in group["lines"]
            ]
        }
        for group in data["groups"]
    ]
    return data | {"groups": groups}


def with_own_scale(data: dict[str, Any], scheme: Scheme, unit: VerifiedUnit) -> dict[str, Any]:
    """Giải trình điểm cùng thang mà đơn vị tự chấm, where what verification set aside has since
    stretched the rest.
    """
    then = scheme.maxima_for(unit.unit_id, unit.block_id)
    own = {row.code: then[row.id] for row in scheme.criteria if row.id in then}
    told = {
        line["code"]: (own_scale_words(own[line["code"]], scheme.places),)
        for group in data["groups"]
        for line in group["lines"]
        if line["self"]
        and line["maximum"]
        and line["maximum"] != _shown(own[line["code"]], scheme.places)
    }
    return _with_steps(data, told) if told else data


BLOCK_KEPT_AWAY = "Theo kế hoạch, thành viên Hội đồng không chấm cả khối của đơn vị mình."


def with_plan(data: dict[str, Any], *, recuses_block: bool) -> dict[str, Any]:
    """Giải trình điểm cùng điều kế hoạch định về người chấm."""
    more = [BLOCK_KEPT_AWAY] if recuses_block else []
    return data | {"remarks": [*data["remarks"], *more]}


def _group(
    group: ScoredGroup,
    lines: list[dict[str, Any]],
    row: Row,
    scheme: Scheme,
    applicable: Collection[int],
) -> dict[str, Any]:
    """A group with its lines and the sections below it, in depth order."""
    return _section(group, row, scheme, applicable) | {
        "kind": group.kind.value,
        "lines": lines,
        "sections": [_section(node, row, scheme, applicable) for node in group.nodes],
    }


def _section(
    node: ScoredGroup, row: Row, scheme: Scheme, applicable: Collection[int]
) -> dict[str, Any]:
    """What a section adds up to, what bounds it, and what these and bonuses changed; nothing where
    nothing of it applies, which is said.
    """
    nodes = row.counted.nodes if row.counted else ()
    counted = next((total for total in nodes if total.group_id == node.id), None)
    fallen = fallen_part(node, applicable)
    is_whole = fallen is Fallen.WHOLE and not (counted and counted.points)
    return {
        "code": node.code,
        "name": node.name,
        "level": node.level,
        "cap": _shown(node.ceiling, scheme.places) or None,
        "floor": _shown(node.floor, scheme.places) or None,
        "points": "" if is_whole else _shown(counted.points if counted else None, scheme.places),
        "bonus": fallen.label if fallen else "",
        "adjustments": _adjustments(node, counted, row, scheme) if counted else [],
    }


def verified_words(finished: Finisher | None) -> str:
    """Ai thẩm định, bản nào, lúc nào."""
    return (
        f"{finished.by} thẩm định xong lúc {format_moment(finished.at)}, theo báo cáo bản số "
        f"{finished.number}."
        if finished
        else ""
    )


def _taken(line: Line | None, row: Row, scheme: Scheme) -> tuple[str, ...]:
    """What a penalty takes from the criterion that it names, told at both."""
    if line is None or not (line.lost or line.taken_id):
        return ()
    return taken_words(
        line, row.lines, {one.id: one.code for one in scheme.criteria}, scheme.places
    )


def _lost_bonus(line: Line | None) -> tuple[str, ...]:
    """Of a plan that was launched before bonuses had to name their group."""
    if line is None or not line.bonus or line.bonus_group_id is not None:
        return ()
    return ("không tính điểm thưởng này vì kế hoạch không có nhóm nhận",)


def _adjustments(
    group: ScoredGroup, counted: GroupTotal, row: Row, scheme: Scheme
) -> list[dict[str, str]]:
    """What is added to a section beside what stands in it: bonuses, and what its bounds changed."""
    adjustments = []
    if counted.bonus:
        from_ = ", ".join(
            f"{criterion.code} ({format_points(line.bonus, scheme.places)})"
            for criterion in scheme.criteria
            if (line := row.lines.get(criterion.id))
            and line.bonus
            and line.bonus_group_id == group.id
        )
        adjustments.append(
            {
                "name": f"Thưởng vượt chỉ tiêu ở {from_}",
                "points": _shown(counted.bonus, scheme.places),
            }
        )
    if counted.cut and group.ceiling is not None:
        name = f"Phần vượt mức trần {_shown(group.ceiling, scheme.places)}"
        adjustments.append({"name": name, "points": _shown(counted.cut, scheme.places)})
    if counted.lift:
        name = (
            f"Phần dưới mức sàn {_shown(group.floor, scheme.places)}"
            if group.floor is not None
            else "Phần trừ quá số điểm đang có"
        )
        adjustments.append({"name": name, "points": _shown(counted.lift, scheme.places)})
    return adjustments


def _line(
    criterion: Any,
    row: Row,
    scheme: Scheme,
    result: UnitResult,
    content: Content,
    values: Mapping[int, VerifiedFigure],
    given: Mapping[int, GivenPoints],
    marks: Mapping[int, list[Decimal]],
    method: Aggregation,
) -> dict[str, Any]:
    line = row.lines.get(criterion.id)
    claimed = content.scores.get(criterion.id, SelfAssessment())
    checked = given.get(criterion.id)
    steps, facts, used = _how(criterion, row, scheme, result, content, values, marks, method)
    verified = (
        result.results[criterion.id].points
        if criterion.id in result.results
        else (checked.points if checked else None)
    )
    maximum, council = result.maxima[criterion.id], row.aggregates.get(criterion.id)
    given_by_council = (
        rescaled(council.value, criterion.maximum, maximum, scheme.places) if council else None
    )
    return {
        "code": criterion.code,
        "name": criterion.name,
        "judged_by": criterion.judged_by.label,
        "kind": criterion.kind.value,
        "maximum": format_points(maximum, scheme.places) if maximum.is_finite() else "",
        "self": _shown(claimed.points, scheme.places),
        "verified": _shown(verified, scheme.places),
        "council": _shown(given_by_council, scheme.places),
        "points": _shown(line.signed if line else None, scheme.places),
        "facts": facts,
        "steps": [*steps, *_taken(line, row, scheme), *_lost_bonus(line)],
        "comment": checked.comment if checked else "",
        "used": used,
        "share": int(line.kept * 100 / line.maximum) if line and line.maximum else 0,
    }


def _set_aside(criterion: Any, reason: str) -> dict[str, Any]:
    """Tiêu chí không áp dụng cho đơn vị: named with its reason, and nothing counted."""
    nothing = dict.fromkeys(
        ("maximum", "self", "verified", "council", "points", "facts", "comment"), ""
    )
    return {
        "code": criterion.code,
        "name": criterion.name,
        "judged_by": criterion.judged_by.label,
        "kind": criterion.kind.value,
        **nothing,
        "steps": [f"Không áp dụng: {reason}"],
        "used": {},
        "share": 0,
    }


def _how(
    criterion: Any,
    row: Row,
    scheme: Scheme,
    result: UnitResult,
    content: Content,
    values: Mapping[int, VerifiedFigure],
    marks: Mapping[int, list[Decimal]],
    method: Aggregation,
) -> tuple[tuple[str, ...], str, dict[str, Any]]:
    """The arithmetic, the facts it rests on, and the ids of what was used."""
    if criterion.judged_by is JudgedBy.COUNCIL:
        given = marks.get(criterion.id, ())
        return _how_marked(
            criterion, row, result.maxima[criterion.id], given, method, scheme.places
        )
    checked = result.results[criterion.id]
    used = {"verified_value_id": checked.value_id, "verified_points_id": checked.points_id}
    indicator = scheme.indicators.get(criterion.indicator_id or 0)
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


def _how_marked(
    criterion: Any,
    row: Row,
    maximum: Decimal,
    marks: Sequence[Decimal],
    method: Aggregation,
    places: int,
) -> tuple[tuple[str, ...], str, dict[str, Any]]:
    """The arithmetic of a criterion that the Council marks."""
    aggregate = row.aggregates.get(criterion.id)
    if aggregate is None:
        return ("Chưa đủ phiếu chấm.",), "", {}
    more = rescaling_words(
        aggregate.value,
        criterion.maximum,
        maximum,
        aggregate_arithmetic(aggregate, method),
        places=places,
    )
    facts = "Các điểm: " + "; ".join(format_decimal(mark) for mark in marks)
    if criterion.markers.are_named:
        facts += f" (người được giao chấm: {len(marks)})"
    return (
        (aggregate_words(aggregate, method, places), *more),
        facts,
        {"version_id": row.version_id},
    )


def _shown(points: Decimal | None, places: int) -> str:
    return "" if points is None else format_points(points, places)
