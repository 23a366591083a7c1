"""Giải trình: why a unit got each of its points; the sum is the table's."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from campaign.clarification.telling import Clarified
from campaign.core.dates import format_moment
from campaign.core.numbers import format_points
from campaign.divergence.rules import Threshold
from campaign.divergence.rules import Told as Divergence
from campaign.planning.rules import Aggregation
from campaign.ranking.queries import decided_words
from campaign.ranking.reasons import Grounds, explained_line, set_aside, shown
from campaign.ranking.sums import Fallen, fallen_part
from campaign.ranking.table import Row
from campaign.reporting.rules import Content
from campaign.scheme.rules.sums import GroupTotal
from campaign.scheme.rules.table import Scheme, ScoredGroup
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
    return {
        "unit": row.name,
        "groups": _groups(Grounds(row, scheme, result, content, values, given, marks, method)),
        **_place(row, scheme, finished),
    }


def _groups(grounds: Grounds) -> list[dict[str, Any]]:
    """Các nhóm, each with its criteria: those that apply, and those set aside."""
    reasons = set_aside_reasons(grounds.scheme, grounds.values, grounds.given)
    return [_group(group, grounds, reasons) for group in grounds.scheme.groups]


def _lines(
    group: ScoredGroup, grounds: Grounds, reasons: Mapping[int, str]
) -> list[dict[str, Any]]:
    """Các tiêu chí của một nhóm: explained, or set aside for the reason given."""
    below = {node.id: node.code for node in group.nodes}
    applicable = grounds.result.maxima
    return [
        (
            explained_line(criterion, grounds)
            if criterion.id in applicable
            else set_aside(criterion, reasons[criterion.id])
        )
        | {"section": below.get(criterion.group_id, "")}
        for criterion in group.criteria
        if criterion.id in applicable or criterion.id in reasons
    ]


def _place(row: Row, scheme: Scheme, finished: Finisher | None) -> dict[str, Any]:
    """Tổng điểm, hạng, xếp loại, and what they came about by."""
    return {
        "total": format_points(row.total, scheme.places) if row.total is not None else None,
        "rank": row.standing.rank if row.standing else None,
        "band": row.band,
        "band_reason": row.band_reason,
        "reason": row.reason,
        "version_id": row.version_id,
        "verified_by": verified_words(finished),
        "decided_by": decided_words(row.standing, scheme),
        "remarks": list(row.remarks),
        "rescaled": row.rescaled,
        "rescaling": shown(_rescaling(row), scheme.places),
        "tied_with": list(row.standing.tied_with) if row.standing else [],
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
        and line["maximum"] != shown(own[line["code"]], scheme.places)
    }
    return _with_steps(data, told) if told else data


BLOCK_KEPT_AWAY = "Theo kế hoạch, thành viên Hội đồng không chấm cả khối của đơn vị mình."


def with_plan(data: dict[str, Any], *, recuses_block: bool) -> dict[str, Any]:
    """Giải trình điểm cùng điều kế hoạch định về người chấm."""
    more = [BLOCK_KEPT_AWAY] if recuses_block else []
    return data | {"remarks": [*data["remarks"], *more]}


def _group(group: ScoredGroup, grounds: Grounds, reasons: Mapping[int, str]) -> dict[str, Any]:
    """A group with its lines and the sections below it, in depth order."""
    return _section(group, grounds) | {
        "kind": group.kind.value,
        "lines": _lines(group, grounds, reasons),
        "sections": [_section(node, grounds) for node in group.nodes],
    }


def _section(node: ScoredGroup, grounds: Grounds) -> dict[str, Any]:
    """What a section adds up to, what bounds it, and what these and bonuses changed; nothing where
    nothing of it applies, which is said.
    """
    nodes = grounds.row.counted.nodes if grounds.row.counted else ()
    counted = next((total for total in nodes if total.group_id == node.id), None)
    fallen = fallen_part(node, grounds.result.maxima)
    is_whole = fallen is Fallen.WHOLE and not (counted and counted.points)
    return {
        "code": node.code,
        "name": node.name,
        "level": node.level,
        "cap": grounds.shown(node.ceiling) or None,
        "floor": grounds.shown(node.floor) or None,
        "points": "" if is_whole else grounds.shown(counted.points if counted else None),
        "bonus": fallen.label if fallen else "",
        "adjustments": _adjustments(node, counted, grounds) if counted else [],
    }


def verified_words(finished: Finisher | None) -> str:
    """Ai thẩm định, bản nào, lúc nào."""
    return (
        f"{finished.by} thẩm định xong lúc {format_moment(finished.at)}, theo báo cáo bản số "
        f"{finished.number}."
        if finished
        else ""
    )


def _adjustments(group: ScoredGroup, counted: GroupTotal, grounds: Grounds) -> list[dict[str, str]]:
    """What is added to a section beside what stands in it: bonuses, and what its bounds changed."""
    told = []
    if counted.bonus:
        told.append((_bonus_words(group, grounds), counted.bonus))
    if counted.cut and group.ceiling is not None:
        told.append((f"Phần vượt mức trần {grounds.shown(group.ceiling)}", counted.cut))
    if counted.lift:
        told.append((_lift_words(group, grounds), counted.lift))
    return [{"name": name, "points": grounds.shown(points)} for name, points in told]


def _bonus_words(group: ScoredGroup, grounds: Grounds) -> str:
    """Thưởng ở những tiêu chí nào."""
    from_ = ", ".join(
        f"{criterion.code} ({grounds.shown(line.bonus)})"
        for criterion in grounds.scheme.criteria
        if (line := grounds.row.lines.get(criterion.id))
        and line.bonus
        and line.bonus_group_id == group.id
    )
    return f"Thưởng vượt chỉ tiêu ở {from_}"


def _lift_words(group: ScoredGroup, grounds: Grounds) -> str:
    """Vì sao được nâng lên: the floor, or more was taken than was there."""
    if group.floor is None:
        return "Phần trừ quá số điểm đang có"
    return f"Phần dưới mức sàn {grounds.shown(group.floor)}"
