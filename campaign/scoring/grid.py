"""Bảng chấm của khối: its columns, and what stands in each box of a row."""

import json
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from campaign.core.numbers import format_decimal, format_points
from campaign.core.points import ZERO
from campaign.scheme.rules.sums import Line, settled, totals
from campaign.scheme.rules.table import ScoredCriterion, ScoredGroup, reach, sections_of
from campaign.scheme.rules.terms import CriterionKind, JudgedBy, TakesFrom
from campaign.scoring import queries
from campaign.scoring.desk import Desk
from campaign.scoring.units import UnitRow
from campaign.verification.rules import UnitResult


class Column(NamedTuple):
    """Cột của bảng chấm: a group's given points, or one criterion of the council."""

    group: ScoredGroup
    criterion: ScoredCriterion | None = None
    is_theirs: bool = True
    """Do chính thành viên này chấm; what is given to others stands there as given."""

    @property
    def source(self) -> str:
        """Điểm đã có từ đâu, where the column is a group's."""
        first = next(
            (
                criterion
                for criterion in self.group.criteria
                if criterion.judged_by is not JudgedBy.COUNCIL
            ),
            None,
        )
        if first is None:
            return "vượt chỉ tiêu"
        return "hệ thống tính" if first.is_worked_out else "thẩm định"


def columns_of(desk: Desk) -> list[Column]:
    """Cột của bảng chấm: per group what rules and secretariat give, then the council's cells."""
    columns: list[Column] = []
    rewarded = {row.bonus_group_id for row in desk.scheme.indicators.values()}
    for group in desk.scheme.groups:
        if any(node.id in rewarded for node in group.outline) or any(
            criterion.judged_by is not JudgedBy.COUNCIL for criterion in group.criteria
        ):
            columns.append(Column(group))
        columns += [
            Column(group, criterion, criterion in desk.criteria)
            for criterion in group.criteria
            if criterion.judged_by is JudgedBy.COUNCIL
        ]
    return columns


Box = tuple[str, str, int]
"""Ô của bảng chấm: its kind, what stands in it, and its criterion. Kinds: given (by rules and
secretariat), apart (does not
apply), abstained, open, saved, stale (a mark on an earlier report), shown (read-only).
"""


def boxes_of(
    desk: Desk,
    unit: UnitRow,
    columns: Sequence[Column],
    given: Mapping[int, Decimal | None],
) -> list[Box]:
    """Một hàng của bảng chấm."""
    unit_id, result, row = unit.id, desk.results[unit.id], []
    marks, maxima, version_id, is_open = desk.marks, result.maxima, result.version_id, desk.is_open
    for group, criterion, is_theirs in columns:
        if criterion is None:
            points = given[group.id]
            shown = "—" if points is None else format_points(points, desk.scheme.places)
            row.append(("given", shown, 0))
        elif criterion.id not in maxima:
            row.append(("apart", "", 0))
        elif not is_theirs:
            row.append(("given", "—", 0))
        else:
            mark = marks.get((unit_id, criterion.id))
            if not is_open:
                row.append(_shut_box(mark, desk.scheme.places))
            elif mark is None:
                row.append(("open", "", criterion.id))
            elif mark.points is None:
                row.append(("abstained", mark.note, 0))
            else:
                row.append(
                    (
                        "saved" if mark.version_id == version_id else "stale",
                        format_decimal(mark.points),
                        criterion.id,
                    )
                )
    return row


def _shut_box(mark: queries.Cell | None, places: int) -> Box:
    if mark is None:
        return "shown", "—", 0
    return (
        ("abstained", mark.note, 0)
        if mark.points is None
        else ("shown", format_points(mark.points, places), 0)
    )


def given_by_group(desk: Desk, result: UnitResult) -> dict[int, Decimal | None]:
    """Điểm đã có theo nhóm, as the ranking counts them: within ceilings and floors, with bonuses
    for exceeded targets, penalties negative.

    None where something is still missing. A group with criteria that the Council judges waits with
    its bounds for the Council's marks.
    """
    lines = _given_lines(desk, result)
    whole = totals(
        lines,
        sections_of(desk.scheme.nodes),
        desk.scheme.base_total,
        places=desk.scheme.places,
    )
    counted = {group.group_id: group.points for group in whole.groups}
    by_group: dict[int, Decimal | None] = {}
    for group in desk.scheme.groups:
        own = {node.id for node in group.outline}
        asked = [row for row in group.criteria if row.id in result.results]
        known = [row for row in asked if result.results[row.id].points is not None]
        bonus = sum((line.bonus for line in lines if line.bonus_group_id in own), ZERO)
        total = sum((line.signed for line in lines if line.group_id in own), bonus)
        if not _waits(group):
            total = counted[group.id]
        by_group[group.id] = total if len(known) == len(asked) and (asked or bonus) else None
    return by_group


def _waits(group: ScoredGroup) -> bool:
    return any(row.judged_by is JudgedBy.COUNCIL for row in group.criteria)


def _given_lines(desk: Desk, result: UnitResult) -> Sequence[Line]:
    """Các dòng đã có điểm, from rules and the secretariat."""
    lines = []
    for row in desk.scheme.checked:
        checked = result.results.get(row.id)
        if checked is None:
            continue
        measured = desk.scheme.indicators.get(row.indicator_id or 0)
        points = ZERO if checked.points is None else checked.points
        lines.append(
            Line(
                row.id,
                row.group_id,
                row.kind,
                points,
                checked.maximum,
                checked.bonus,
                measured.bonus_group_id if measured else None,
                row.takes_from,
                row.taken_id,
                planned=row.maximum,
            )
        )
    return settled(lines, desk.scheme.places)


class Sums(NamedTuple):
    """Cách cộng một hàng, for the page to follow what is typed: JSON in the smallest parts of a
    point that the plan gives.

    given: by section, what counts as base, as bonus, and what penalties take from the total and
    from the section; held: criteria with points that a penalty may still take; shown: what the
    columns of given points add up to; maxima: of the cells that were re-scaled; scale: what applies
    and the full scale, where they differ; marks: those that stand and cannot be typed.
    """

    given: str
    held: str
    shown: int
    maxima: str
    scale: str
    marks: str


_WAYS = {
    (CriterionKind.PENALTY, TakesFrom.TOTAL): 2,
    (CriterionKind.PENALTY, TakesFrom.GROUP): 3,
    (CriterionKind.PENALTY, TakesFrom.CRITERION): 4,
}


def _way(kind: CriterionKind, takes_from: TakesFrom) -> int:
    """How a line counts, as sums.js numbers it: base, bonus, or what a penalty takes from."""
    return _WAYS.get((kind, takes_from), int(kind is CriterionKind.BONUS))


def plan_of(desk: Desk) -> str:
    """Cách cộng chung: the decimals of points, nodes [parent, ceiling, floor], cells [node,
    maximum, way, taken]; and [whole, scale] where units are ranked on another scale.
    """
    decimals = desk.scheme.places
    places = {node.id: place for place, node in enumerate(desk.scheme.nodes)}
    nodes = [
        [
            -1 if node.parent_id is None else places[node.parent_id],
            None if node.ceiling is None else _parts(node.ceiling, decimals),
            None if node.floor is None else _parts(node.floor, decimals),
        ]
        for node in desk.scheme.nodes
    ]
    cells = {
        row.id: [
            places[row.group_id],
            _parts(row.maximum, decimals),
            _way(row.kind, row.takes_from),
            row.taken_id or 0,
        ]
        for row in desk.criteria
    }
    plan: dict[str, object] = {"decimals": decimals, "nodes": nodes, "cells": cells}
    to, scale = desk.campaign.rescaling.ranked_on, desk.scheme.base_total
    if to is not None and to != scale:
        plan["ranked"] = [_parts(to, decimals), _parts(scale, decimals)]
    return _json(plan)


def sums_of(desk: Desk, unit: UnitRow, given: Mapping[int, Decimal | None]) -> Sums:
    """Cách cộng một hàng."""
    result, scheme = desk.results[unit.id], desk.scheme
    maxima, decimals = result.maxima, scheme.places
    changed = {
        criterion.id: _parts(maxima[criterion.id], decimals)
        for criterion in desk.criteria
        if maxima.get(criterion.id, criterion.maximum) != criterion.maximum
    }
    applicable = reach(scheme.nodes, maxima, scheme.criteria)
    is_rescaled = ZERO < applicable != scheme.base_total
    marks = (
        {}
        if desk.is_open
        else {
            criterion.id: _parts(mark.points, decimals)
            for criterion in desk.criteria
            if criterion.id in maxima
            and (mark := desk.marks.get((unit.id, criterion.id)))
            and mark.points is not None
        }
    )
    whole = {
        node.id for group in scheme.groups if given[group.id] is not None for node in group.outline
    }
    lines = [line for line in _given_lines(desk, result) if line.group_id in whole]
    by_node, held = _standing(desk, lines)
    return Sums(
        _json(by_node),
        _json(held) if held else "",
        sum(_parts(points, decimals) for points in given.values() if points is not None),
        _json(changed) if changed else "",
        _json([_parts(applicable, decimals), _parts(scheme.base_total, decimals)])
        if is_rescaled
        else "",
        _json(marks) if marks else "",
    )


def _standing(
    desk: Desk, lines: Sequence[Line]
) -> tuple[list[list[int] | int], dict[int, list[int]]]:
    """What stands in each section, and apart from it what a penalty takes from or is."""
    places = {node.id: place for place, node in enumerate(desk.scheme.nodes)}
    decimals = desk.scheme.places
    taken = {row.taken_id for row in desk.scheme.criteria}
    by_node: list[list[int] | int] = [0] * len(places)
    lifted = _lifted(desk)
    held = {}
    for line in lines:
        place, way = places[line.group_id], _way(line.kind, line.takes_from)
        if line.criterion_id in taken or line.taken_id is not None:
            held[line.criterion_id] = [
                place,
                _parts(line.points, decimals),
                way,
                line.taken_id or 0,
                *_stretch(line, decimals),
            ]
        else:
            if line.group_id in lifted and not by_node[place]:
                by_node[place] = [0, 0, 0, 0]
            _add(by_node, place, way, _parts(line.points, decimals))
        if line.bonus and line.bonus_group_id is not None:
            bonus = _parts(line.bonus, decimals)
            _add(by_node, places[line.bonus_group_id], 1, bonus)
    return by_node, held


def _lifted(desk: Desk) -> set[int]:
    """Mục có sàn, và các mục dưới nó: there a line without points is told from no line at all."""
    return {
        below.id for node in desk.scheme.nodes if node.floor is not None for below in node.outline
    }


def _stretch(line: Line, decimals: int) -> list[int]:
    """The plan's maximum and the unit's, where points are re-scaled between them."""
    if line.planned in {None, line.maximum} or line.planned is None:
        return []
    return [_parts(line.planned, decimals), _parts(line.maximum, decimals)]


def _add(by_node: list[list[int] | int], place: int, way: int, points: int) -> None:
    standing = by_node[place] or [0, 0, 0, 0]
    if points and isinstance(standing, list):
        standing[way] += points
        by_node[place] = standing


def adjusts(desk: Desk, sums: Iterable[Sums]) -> bool:
    """Whether columns may not add up by themselves: bounds over council criteria, re-scaling,
    penalties that take from a section or a criterion, another scale to rank on.
    """
    if desk.campaign.rescaling.ranked_on not in {None, desk.scheme.base_total}:
        return True
    return any(
        _waits(group)
        and any(node.ceiling is not None or node.floor is not None for node in group.outline)
        for group in desk.scheme.groups
    ) or any(
        [
            *(row.takes_from is not TakesFrom.TOTAL for row in desk.scheme.criteria),
            *(row.maxima or row.scale for row in sums),
        ]
    )


def _parts(points: Decimal, decimals: int) -> int:
    """Điểm as a whole number of the smallest part that the plan gives: hundredths of two."""
    return int(points.scaleb(decimals))


def _json(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))
