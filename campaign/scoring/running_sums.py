"""Cách cộng từng hàng: what the page of the grid needs to follow the sums as marks are typed."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from campaign.core.points import ZERO
from campaign.scheme.rules.sums import Line
from campaign.scheme.rules.table import Scheme, reach
from campaign.scheme.rules.terms import CriterionKind, TakesFrom
from campaign.scoring.desk import Desk
from campaign.scoring.grid import given_lines, waits
from campaign.scoring.units import UnitRow
from campaign.verification.rules import UnitResult


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
    plan: dict[str, object] = {
        "decimals": decimals,
        "nodes": _plan_of_nodes(desk.scheme),
        "cells": _plan_of_cells(desk),
    }
    to, scale = desk.campaign.rescaling.ranked_on, desk.scheme.base_total
    if to is not None and to != scale:
        plan["ranked"] = [_parts(to, decimals), _parts(scale, decimals)]
    return _json(plan)


def _places(scheme: Scheme) -> dict[int, int]:
    """Thứ tự của từng mục, by which the page names it."""
    return {node.id: place for place, node in enumerate(scheme.nodes)}


def _plan_of_nodes(scheme: Scheme) -> list[list[int | None]]:
    """Các mục: parent, ceiling and floor of each."""
    places = _places(scheme)
    return [
        [
            -1 if node.parent_id is None else places[node.parent_id],
            None if node.ceiling is None else _parts(node.ceiling, scheme.places),
            None if node.floor is None else _parts(node.floor, scheme.places),
        ]
        for node in scheme.nodes
    ]


def _plan_of_cells(desk: Desk) -> dict[int, list[int]]:
    """Các ô của một hàng: node, maximum, way and what is taken of each criterion."""
    places = _places(desk.scheme)
    return {
        row.id: [
            places[row.group_id],
            _parts(row.maximum, desk.scheme.places),
            _way(row.kind, row.takes_from),
            row.taken_id or 0,
        ]
        for row in desk.criteria
    }


def sums_of(desk: Desk, unit: UnitRow, given: Mapping[int, Decimal | None]) -> Sums:
    """Cách cộng một hàng."""
    result, scheme = desk.results[unit.id], desk.scheme
    lines = _counted_lines(desk, result, given)
    held = _held(desk, lines)
    shown = [_parts(points, scheme.places) for points in given.values() if points is not None]
    return Sums(
        _json(_in_sections(desk, lines, held)),
        _json_of(held),
        sum(shown),
        _json_of(_changed_maxima(desk, result)),
        _json_of(_scales(scheme, result)),
        _json_of({} if desk.is_open else _marks_that_stand(desk, unit, result)),
    )


def _counted_lines(
    desk: Desk, result: UnitResult, given: Mapping[int, Decimal | None]
) -> list[Line]:
    """Các dòng của những nhóm không còn thiếu điểm nào."""
    whole = {
        node.id
        for group in desk.scheme.groups
        if given[group.id] is not None
        for node in group.outline
    }
    return [line for line in given_lines(desk, result) if line.group_id in whole]


def _changed_maxima(desk: Desk, result: UnitResult) -> dict[int, int]:
    """Điểm tối đa của các ô đã quy đổi."""
    return {
        criterion.id: _parts(result.maxima[criterion.id], desk.scheme.places)
        for criterion in desk.criteria
        if result.maxima.get(criterion.id, criterion.maximum) != criterion.maximum
    }


def _scales(scheme: Scheme, result: UnitResult) -> list[int]:
    """Phần áp dụng và thang đầy đủ, where they differ."""
    applicable = reach(scheme.nodes, result.maxima, scheme.criteria)
    if not ZERO < applicable != scheme.base_total:
        return []
    return [_parts(applicable, scheme.places), _parts(scheme.base_total, scheme.places)]


def _marks_that_stand(desk: Desk, unit: UnitRow, result: UnitResult) -> dict[int, int]:
    """Điểm đã chấm ở các ô áp dụng."""
    return {
        criterion.id: _parts(mark.points, desk.scheme.places)
        for criterion in desk.criteria
        if criterion.id in result.maxima
        and (mark := desk.marks.get((unit.id, criterion.id)))
        and mark.points is not None
    }


def _held(desk: Desk, lines: Sequence[Line]) -> dict[int, list[int]]:
    """Dòng mà điểm trừ trừ vào, hoặc chính điểm trừ ấy: apart from the section it stands in."""
    places, decimals = _places(desk.scheme), desk.scheme.places
    taken = {row.taken_id for row in desk.scheme.criteria}
    return {
        line.criterion_id: [
            places[line.group_id],
            _parts(line.points, decimals),
            _way(line.kind, line.takes_from),
            line.taken_id or 0,
            *_stretch(line, decimals),
        ]
        for line in lines
        if line.criterion_id in taken or line.taken_id is not None
    }


def _in_sections(desk: Desk, lines: Sequence[Line], held: Collection[int]) -> list[list[int] | int]:
    """What stands in each section, without what is `held` apart from it."""
    places, decimals, lifted = _places(desk.scheme), desk.scheme.places, _lifted(desk)
    by_node: list[list[int] | int] = [0] * len(places)
    for line in lines:
        place = places[line.group_id]
        if line.criterion_id not in held:
            if line.group_id in lifted and not by_node[place]:
                by_node[place] = [0, 0, 0, 0]
            _add(by_node, place, _way(line.kind, line.takes_from), _parts(line.points, decimals))
        if line.bonus and line.bonus_group_id is not None:
            _add(by_node, places[line.bonus_group_id], 1, _parts(line.bonus, decimals))
    return by_node


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
        waits(group)
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


def _json_of(values: Collection[int]) -> str:
    """The same of what is not empty."""
    return _json(values) if values else ""
