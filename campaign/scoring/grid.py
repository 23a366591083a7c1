"""Bảng chấm của khối: its columns, and what stands in each box of a row."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from campaign.core.numbers import format_decimal, format_points
from campaign.core.points import ZERO
from campaign.scheme.rules.sums import Line, settled, totals
from campaign.scheme.rules.table import ScoredCriterion, ScoredGroup, sections_of
from campaign.scheme.rules.terms import JudgedBy
from campaign.scoring import queries
from campaign.scoring.desk import Desk
from campaign.scoring.units import UnitRow
from campaign.verification.rules import CriterionResult, UnitResult


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
    return [_box(desk, unit, column, given) for column in columns]


def _box(desk: Desk, unit: UnitRow, column: Column, given: Mapping[int, Decimal | None]) -> Box:
    """Một ô: of a group what is given, of a criterion what the member marked or may mark."""
    result, places, criterion = desk.results[unit.id], desk.scheme.places, column.criterion
    if criterion is None:
        points = given[column.group.id]
        return "given", "—" if points is None else format_points(points, places), 0
    if criterion.id not in result.maxima:
        return "apart", "", 0
    if not column.is_theirs:
        return "given", "—", 0
    mark = desk.marks.get((unit.id, criterion.id))
    if not desk.is_open:
        return _shut_box(mark, places)
    return _open_box(mark, criterion.id, result.version_id)


def _open_box(mark: queries.Cell | None, criterion_id: int, version_id: int) -> Box:
    """Ô còn chấm được."""
    if mark is None:
        return "open", "", criterion_id
    if mark.points is None:
        return "abstained", mark.note, 0
    kind = "saved" if mark.version_id == version_id else "stale"
    return kind, format_decimal(mark.points), criterion_id


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
    lines, scheme = given_lines(desk, result), desk.scheme
    nodes = sections_of(scheme.nodes)
    whole = totals(lines, nodes, scheme.base_total, places=scheme.places)
    counted = {group.group_id: group.points for group in whole.groups}
    return {group.id: _given_of(group, lines, result, counted[group.id]) for group in scheme.groups}


def _given_of(
    group: ScoredGroup, lines: Sequence[Line], result: UnitResult, counted: Decimal
) -> Decimal | None:
    """Điểm đã có của một nhóm: as it is counted, or of one that waits the bare sum."""
    own = {node.id for node in group.outline}
    asked = [row for row in group.criteria if row.id in result.results]
    bonus = sum((line.bonus for line in lines if line.bonus_group_id in own), ZERO)
    if any(result.results[row.id].points is None for row in asked) or not (asked or bonus):
        return None
    if not waits(group):
        return counted
    return sum((line.signed for line in lines if line.group_id in own), bonus)


def waits(group: ScoredGroup) -> bool:
    """Nhóm còn chờ điểm của Hội đồng."""
    return any(row.judged_by is JudgedBy.COUNCIL for row in group.criteria)


def given_lines(desk: Desk, result: UnitResult) -> Sequence[Line]:
    """Các dòng đã có điểm, from rules and the secretariat."""
    lines = []
    for row in desk.scheme.checked:
        checked = result.results.get(row.id)
        if checked is None:
            continue
        measured = desk.scheme.indicators.get(row.indicator_id or 0)
        bonus_group_id = measured.bonus_group_id if measured else None
        lines.append(_given_line(row, checked, bonus_group_id))
    return settled(lines, desk.scheme.places)


def _given_line(
    criterion: ScoredCriterion, checked: CriterionResult, bonus_group_id: int | None
) -> Line:
    """Dòng của một tiêu chí đã thẩm định; nothing where its points are still missing."""
    return Line(
        criterion.id,
        criterion.group_id,
        criterion.kind,
        ZERO if checked.points is None else checked.points,
        checked.maximum,
        checked.bonus,
        bonus_group_id,
        criterion.takes_from,
        criterion.taken_id,
        planned=criterion.maximum,
    )
