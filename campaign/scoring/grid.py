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
    """Cột của bảng chấm: a group's given points, or one criterion of the council."""

    group: ScoredGroup
    criterion: ScoredCriterion | None = None


def columns_of(desk: Desk) -> list[Column]:
    """Cột của bảng chấm: per group what the rules and the secretariat give as one, then each cell of the council."""
    columns: list[Column] = []
    for group in desk.scheme.groups:
        if any(one.judged_by is not JudgedBy.COUNCIL for one in group.criteria):
            columns.append(Column(group))
        columns += [Column(group, one) for one in group.criteria if one.judged_by is JudgedBy.COUNCIL]
    return columns


Box = tuple[str, str, int]
"""Ô của bảng chấm: its kind, what stands in it, and its criterion. Kinds: given (by rules and secretariat), apart (does not
apply), abstained, open, saved, stale (a mark on an earlier report), shown (read-only).
"""


def boxes_of(desk: Desk, unit: queries.UnitRow, columns: Sequence[Column], given: Mapping[int, Decimal | None]) -> list[Box]:
    """Một hàng của bảng chấm."""
    unit_id, result, row = unit.id, desk.results[unit.id], []
    marks, maxima, version_id, is_open = desk.marks, result.maxima, result.version_id, desk.is_open
    for group, one in columns:
        if one is None:
            points = given[group.id]
            row.append(("given", "—" if points is None else format_points(points), 0))
        elif one.id not in maxima:
            row.append(("apart", "", 0))
        else:
            mark = marks.get((unit_id, one.id))
            if not is_open:
                row.append(_shut_box(mark))
            elif mark is None:
                row.append(("open", "", one.id))
            elif mark.points is None:
                row.append(("abstained", mark.note, 0))
            else:
                row.append(("saved" if mark.version_id == version_id else "stale", format_decimal(mark.points), one.id))
    return row


def _shut_box(mark: queries.Cell | None) -> Box:
    if mark is None:
        return "shown", "—", 0
    return ("abstained", mark.note, 0) if mark.points is None else ("shown", format_points(mark.points), 0)


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
