"""Bảng chấm của khối: its columns, and what stands in each box of a row."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from campaign.core.numbers import format_decimal, format_points
from campaign.planning.rules import CriterionKind, JudgedBy
from campaign.planning.scheme import ScoredCriterion, ScoredGroup
from campaign.scoring import queries
from campaign.scoring.desk import Desk
from campaign.verification.rules import UnitResult


class Column(NamedTuple):
    """Cột của bảng chấm: a group's given points, or one criterion of the council; `words` end the label of its cells."""

    group: ScoredGroup
    criterion: ScoredCriterion | None = None
    words: str = ""


def columns_of(desk: Desk) -> list[Column]:
    """Cột của bảng chấm: per group what the rules and the secretariat give as one, then each cell of the council."""
    columns: list[Column] = []
    for group in desk.scheme.groups:
        if any(one.judged_by is not JudgedBy.COUNCIL for one in group.criteria):
            columns.append(Column(group))
        columns += [Column(group, one, f"{one.code}, tối đa {format_decimal(one.maximum)}")
                    for one in group.criteria if one.judged_by is JudgedBy.COUNCIL]
    return columns


class Box(NamedTuple):
    """Ô của bảng chấm: what stands in it. kind: given (by rules and secretariat), apart (does not apply), abstained,
    open, saved, stale (a mark on an earlier report), shown (read-only).
    """

    kind: str
    text: str = ""
    field: str = ""
    label: str = ""


def boxes_of(desk: Desk, unit: queries.UnitRow, columns: Sequence[Column], given: Mapping[int, Decimal | None]) -> list[Box]:
    """Một hàng của bảng chấm."""
    result, is_open, row = desk.results[unit.id], desk.is_open, []
    for group, one, words in columns:
        if one is None:
            points = given[group.id]
            row.append(Box("given", "—" if points is None else format_points(points)))
        elif one.id not in result.maxima:
            row.append(Box("apart"))
        else:
            mark = desk.marks.get((unit.id, one.id))
            row.append(_open_box(mark, result.version_id, f"m:{unit.id}:{one.id}", f"{unit.short_name}, {words}")
                       if is_open else _box(mark))
    return row


def _open_box(mark: queries.Cell | None, version_id: int, field: str, label: str) -> Box:
    if mark is None:
        return Box("open", "", field, label)
    if mark.points is None:
        return Box("abstained", mark.note)
    return Box("saved" if mark.version_id == version_id else "stale", format_decimal(mark.points), field, label)


def _box(mark: queries.Cell | None) -> Box:
    if mark is None:
        return Box("shown", "—")
    return Box("abstained", mark.note) if mark.points is None else Box("shown", format_points(mark.points))


def given_by_group(desk: Desk, result: UnitResult) -> dict[int, Decimal | None]:
    """Điểm đã có theo nhóm, as the ranking counts them: caps, what exceeding targets adds to the bonus, penalties negative.

    None where something is still missing. A cap over criteria the council judges too waits for the council's marks.
    """
    bonus = sum((one.bonus for one in result.results.values()), Decimal(0))
    found: dict[int, Decimal | None] = {}
    for group in desk.scheme.groups:
        points = [result.results[one.id].points for one in group.criteria if one.id in result.results]
        known = [value for value in points if value is not None]
        total = sum(known, bonus if group.kind is CriterionKind.BONUS else Decimal(0))
        if group.cap is not None and all(one.judged_by is not JudgedBy.COUNCIL for one in group.criteria):
            total = min(total, group.cap)
        counted = -total if group.kind is CriterionKind.PENALTY and total else total
        found[group.id] = counted if len(known) == len(points) and (points or total) else None
    return found
