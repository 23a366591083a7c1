"""Bảng chấm của khối: its columns, and what stands in each box of a row."""

import json
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from campaign.core.numbers import format_decimal, format_points
from campaign.core.points import ZERO
from campaign.scheme.rules.table import ScoredCriterion, ScoredGroup
from campaign.scheme.rules.terms import CriterionKind, JudgedBy
from campaign.scoring import queries
from campaign.scoring.desk import Desk
from campaign.scoring.units import UnitRow
from campaign.verification.rules import UnitResult


class Column(NamedTuple):
    """Cột của bảng chấm: a group's given points, or one criterion of the council."""

    group: ScoredGroup
    criterion: ScoredCriterion | None = None

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
        if group.id in rewarded or any(
            criterion.judged_by is not JudgedBy.COUNCIL for criterion in group.criteria
        ):
            columns.append(Column(group))
        columns += [
            Column(group, criterion)
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
    for group, criterion in columns:
        if criterion is None:
            points = given[group.id]
            row.append(("given", "—" if points is None else format_points(points), 0))
        elif criterion.id not in maxima:
            row.append(("apart", "", 0))
        else:
            mark = marks.get((unit_id, criterion.id))
            if not is_open:
                row.append(_shut_box(mark))
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


def _shut_box(mark: queries.Cell | None) -> Box:
    if mark is None:
        return "shown", "—", 0
    return (
        ("abstained", mark.note, 0)
        if mark.points is None
        else ("shown", format_points(mark.points), 0)
    )


def given_by_group(desk: Desk, result: UnitResult) -> dict[int, Decimal | None]:
    """Điểm đã có theo nhóm, as the ranking counts them: caps, bonuses for exceeded targets,
    penalties negative.

    None where something is still missing. A cap over criteria the council judges too waits for the
    council's marks.
    """
    bonuses = _bonuses(desk, result)
    by_group: dict[int, Decimal | None] = {}
    for group in desk.scheme.groups:
        points = [
            result.results[criterion.id].points
            for criterion in group.criteria
            if criterion.id in result.results
        ]
        known = [value for value in points if value is not None]
        total = sum(known, bonuses.get(group.id, ZERO))
        if group.cap is not None and all(
            criterion.judged_by is not JudgedBy.COUNCIL for criterion in group.criteria
        ):
            total = min(total, group.cap)
        counted = -total if group.kind is CriterionKind.PENALTY and total else total
        by_group[group.id] = counted if len(known) == len(points) and (points or total) else None
    return by_group


def _bonuses(desk: Desk, result: UnitResult) -> dict[int, Decimal]:
    """Thưởng vượt chỉ tiêu, by the bonus group that each indicator names."""
    by_group: dict[int, Decimal] = {}
    for criterion in desk.scheme.checked:
        measured = desk.scheme.indicators.get(criterion.indicator_id or 0)
        if measured and measured.bonus_group_id and criterion.id in result.results:
            number = measured.bonus_group_id
            by_group[number] = by_group.get(number, ZERO) + result.results[criterion.id].bonus
    return by_group


class Sums(NamedTuple):
    """Cách cộng một hàng, for the page to follow what is typed: JSON in hundredths of a point.

    given: by group, without sign; maxima: of the cells that were re-scaled; scale: what applies and
    the full scale, where they differ; marks: those that stand and cannot be typed.
    """

    given: str
    maxima: str
    scale: str
    marks: str


def plan_of(desk: Desk) -> str:
    """Cách cộng chung: groups [sign, cap, is base], cells [group, maximum], in hundredths."""
    groups = [
        [
            -1 if group.kind is CriterionKind.PENALTY else 1,
            None if group.cap is None else _hundredths(group.cap),
            int(group.kind is CriterionKind.BASE),
        ]
        for group in desk.scheme.groups
    ]
    cells = {
        criterion.id: [place, _hundredths(criterion.maximum)]
        for place, group in enumerate(desk.scheme.groups)
        for criterion in group.criteria
        if criterion.judged_by is JudgedBy.COUNCIL
    }
    return json.dumps({"groups": groups, "cells": cells}, separators=(",", ":"))


def sums_of(desk: Desk, unit: UnitRow, given: Mapping[int, Decimal | None]) -> Sums:
    """Cách cộng một hàng."""
    maxima, scheme = desk.results[unit.id].maxima, desk.scheme
    known = [abs(_hundredths(given[group.id] or ZERO)) for group in scheme.groups]
    changed = {
        criterion.id: _hundredths(maxima[criterion.id])
        for criterion in desk.criteria
        if maxima.get(criterion.id, criterion.maximum) != criterion.maximum
    }
    applicable = sum(
        (
            maxima[criterion.id]
            for criterion in scheme.criteria
            if criterion.kind is CriterionKind.BASE and criterion.id in maxima
        ),
        ZERO,
    )
    is_rescaled = ZERO < applicable != scheme.base_total
    marks = (
        {}
        if desk.is_open
        else {
            criterion.id: _hundredths(mark.points)
            for criterion in desk.criteria
            if criterion.id in maxima
            and (mark := desk.marks.get((unit.id, criterion.id)))
            and mark.points is not None
        }
    )
    return Sums(
        _json(known),
        _json(changed) if changed else "",
        _json([_hundredths(applicable), _hundredths(scheme.base_total)]) if is_rescaled else "",
        _json(marks) if marks else "",
    )


def adjusts(desk: Desk, sums: Iterable[Sums]) -> bool:
    """Whether columns may not add up by themselves: caps over council criteria, re-scaling."""
    return any(
        group.cap is not None
        and any(criterion.judged_by is JudgedBy.COUNCIL for criterion in group.criteria)
        for group in desk.scheme.groups
    ) or any(row.maxima or row.scale for row in sums)


def _hundredths(points: Decimal) -> int:
    return int(points * 100)


def _json(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))
