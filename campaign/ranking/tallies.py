"""Điểm đã khoá: the marks that count, added up by cell."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import chain
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Integer, Select, bindparam, func, select, type_coerce

from campaign.council import queries as council
from campaign.council.models import CouncilMember
from campaign.database import ROWS_AT_ONCE, points_of
from campaign.divergence.queries import ruled_points
from campaign.enrolment.models import Participation
from campaign.extensions import db
from campaign.planning.models import Campaign
from campaign.planning.rules import Aggregation
from campaign.ranking.rules import Judged, Tally, judged_total, ruled
from campaign.scheme.queries import markers_of
from campaign.scheme.rules.table import Scheme, ScoredCriterion, reach, sections_of
from campaign.scheme.rules.terms import JudgedBy
from campaign.scoring.models import Mark, ScoreSheet
from campaign.scoring.rules import FEWEST_OTHERS, MarkState
from campaign.verification.rules import UnitResult

_MARK = Mark.__table__.c
_CELL = (_MARK.participation_id, _MARK.criterion_id)
_POINTS = type_coerce(_MARK.points, Integer)


class SetAside(NamedTuple):
    """Điểm không tính của một phiếu: of units kept from the member, of criteria given to others."""

    participations: frozenset[int] = frozenset()
    criteria: frozenset[int] = frozenset()

    @property
    def is_any(self) -> bool:
        """Có điểm không tính."""
        return bool(self.participations or self.criteria)

    def holds(self, participation_id: int, criterion_id: int) -> bool:
        """Whether this mark does not count."""
        return participation_id in self.participations or criterion_id in self.criteria


NOTHING = SetAside()


def counted_tallies(
    campaign: Campaign, block_id: int, method: Aggregation, *, in_full: bool = False
) -> dict[tuple[int, int], Tally]:
    """Cộng dồn điểm của khối as they count."""
    return with_rulings(campaign, tallies(block_id, method, in_full=in_full))


def with_rulings(
    campaign: Campaign, cells: dict[tuple[int, int], Tally]
) -> dict[tuple[int, int], Tally]:
    """The same where the mark of a cell was decided: that one in place of all."""
    return cells | {
        cell: ruled(cells[cell], points)
        for cell, points in ruled_points(campaign).items()
        if cell in cells
    }


def tallies(
    block_id: int, method: Aggregation, *, in_full: bool = False
) -> dict[tuple[int, int], Tally]:
    """Cộng dồn điểm đã khoá của khối: one ordered walk of the marks; (participation, criterion) →
    tally.

    Holds what `method` needs, and `in_full` what every method and every explanation needs. Marks of
    a member for a unit they are kept away from do not count, whenever they were given.
    """
    sheets = counted_sheets(block_id)
    if not sheets:
        return {}
    given = _given(block_id, sheets)
    hidden = {sheet_id: aside for sheet_id, aside in sheets.items() if aside.is_any}
    if in_full or method is Aggregation.MEDIAN or hidden:
        return _tallies_by_mark(_each_mark(given), hidden)
    return _tallies_by_sum(_sums(given, method))


def _given(block_id: int, sheets: Collection[int]) -> ColumnElement[bool]:
    """Các điểm trên các phiếu này, of the units of the block."""
    within = select(Participation.id).where(Participation.block_id == block_id)
    # The sum keeps the index of sheets out of it: walking the key of the marks in order is three
    # times as fast.
    return _MARK.participation_id.in_(within) & (_MARK.sheet_id + 0).in_(sheets)


def _each_mark(given: ColumnElement[bool]) -> Select[Any]:
    """Từng điểm, with the sheet it stands on."""
    return select(*_CELL, _POINTS, _MARK.sheet_id).where(given, _POINTS.is_not(None))


def _sums(given: ColumnElement[bool], method: Aggregation) -> Select[Any]:
    """Số điểm và tổng của từng ô; the extremes where the method drops them."""
    extremes = [func.min(_POINTS), func.max(_POINTS)] if method is Aggregation.TRIMMED_MEAN else []
    return (
        select(*_CELL, func.count(_POINTS), func.sum(_POINTS), *extremes)
        .where(given)
        .group_by(*_CELL)
    )


def _tallies_by_sum(statement: Select[Any]) -> dict[tuple[int, int], Tally]:
    known: dict[tuple[int, ...], Tally] = {}  # a few sums stand for thousands of cells
    by_cell: dict[tuple[int, int], Tally] = {}
    for participation_id, criterion_id, *sums in chain.from_iterable(
        db.session.execute(statement).partitions(ROWS_AT_ONCE)
    ):
        key = tuple(sums)
        if sums[0]:
            by_cell[participation_id, criterion_id] = known.get(key) or known.setdefault(
                key, _tally(*sums)
            )
    return by_cell


def rests_on_few_marks(block_id: int) -> bool:
    """Dựa vào quá ít phiếu: whether a cell follows from a mark and fewer than three others."""
    cells = tallies(block_id, Aggregation.MEAN).values()
    return any(tally.marks <= FEWEST_OTHERS for tally in cells)


def _tally(count: int, total: int, *extremes: int) -> Tally:
    lowest, highest = map(points_of, extremes) if extremes else (None, None)
    return Tally(count, points_of(int(total)), lowest, highest)


def _tallies_by_mark(
    statement: Select[Any], hidden: Mapping[int, SetAside]
) -> dict[tuple[int, int], Tally]:
    """The same from single marks, with extremes and middle, those that are set aside left out."""
    cells: dict[tuple[int, int], list[int]] = defaultdict(list)
    for participation_id, criterion_id, points, sheet_id in db.session.execute(statement):
        if not hidden.get(sheet_id, NOTHING).holds(participation_id, criterion_id):
            cells[participation_id, criterion_id].append(points)
    return {
        cell: Tally(
            len(marks),
            points_of(sum(marks)),
            points_of(min(marks)),
            points_of(max(marks)),
            _middle(marks),
        )
        for cell, marks in cells.items()
    }


def _middle(marks: list[int]) -> Decimal:
    """The median, exact to the half of the last place."""
    order, half = sorted(marks), len(marks) // 2
    if len(order) % 2:
        return points_of(order[half])
    return (points_of(order[half - 1]) + points_of(order[half])) / 2


_LOCKED = select(ScoreSheet.id, ScoreSheet.member_id).where(
    ScoreSheet.block_id == bindparam("block_id"), ScoreSheet.locked_at.is_not(None)
)


_MARKERS = select(CouncilMember).where(
    CouncilMember.id.in_(_LOCKED.with_only_columns(ScoreSheet.member_id))
)


def counted_sheets(block_id: int) -> dict[int, SetAside]:
    """Phiếu được tính: locked sheets → the marks on them that do not count."""
    locked = db.session.execute(_LOCKED, {"block_id": block_id}).all()
    if not locked:
        return {}
    members = db.session.scalars(_MARKERS, {"block_id": block_id}).all()
    foreign = _given_to_others(members)
    kept_from = _kept_from(block_id, members)
    marked = _marked(set().union(*kept_from.values()))
    return {
        row.id: SetAside(
            frozenset(unit for unit in kept_from[row.member_id] if (row.id, unit) in marked),
            foreign[row.member_id],
        )
        for row in locked
    }


def _given_to_others(members: Sequence[CouncilMember]) -> dict[int, frozenset[int]]:
    """Tiêu chí giao cho người khác chấm: member → criteria."""
    named = markers_of(members[0].campaign_id)
    return {
        row.id: frozenset(
            criterion
            for criterion, markers in named.items()
            if not markers.admits(row.function, row.user_id)
        )
        for row in members
    }


def _kept_from(block_id: int, members: Sequence[CouncilMember]) -> dict[int, set[int]]:
    """Đơn vị của khối mà thành viên không được chấm: member → participations."""
    recused = council.recusals_by_member(members[0].campaign_id, members)
    places = _participations(block_id, {unit for units in recused.values() for unit in units})
    return {
        member: {places[unit] for unit in units if unit in places}
        for member, units in recused.items()
    }


def _participations(block_id: int, unit_ids: Collection[int]) -> dict[int, int]:
    """Units of the block → their participations; no query where none is asked for."""
    if not unit_ids:
        return {}
    statement = select(Participation.id, Participation.unit_id).where(
        Participation.block_id == block_id, Participation.unit_id.in_(unit_ids)
    )
    return {row.unit_id: row.id for row in db.session.execute(statement)}


def _marked(participation_ids: Collection[int]) -> set[tuple[int, int]]:
    """Sheets with marks for these participations; no query where none is asked for."""
    if not participation_ids:
        return set()
    statement = (
        select(Mark.sheet_id, Mark.participation_id)
        .where(Mark.participation_id.in_(participation_ids))
        .distinct()
    )
    return {(row[0], row[1]) for row in db.session.execute(statement)}


def marks_of(block_id: int, participation_id: int) -> dict[int, list[Decimal]]:
    """Điểm được tính của một đơn vị theo tiêu chí, sorted so that no order tells whose they are."""
    sheets = counted_sheets(block_id)
    statement = (
        select(Mark.criterion_id, Mark.sheet_id, Mark.points)
        .where(Mark.participation_id == participation_id, Mark.state == MarkState.GIVEN)
        .order_by(Mark.criterion_id, Mark.points)
    )
    by_criterion: dict[int, list[Decimal]] = defaultdict(list)
    for row in db.session.execute(statement):
        aside = sheets.get(row.sheet_id)
        if aside is not None and not aside.holds(participation_id, row.criterion_id):
            by_criterion[row.criterion_id].append(row.points)
    return by_criterion


def member_totals(
    scheme: Scheme, block_id: int, results: Mapping[int, UnitResult]
) -> dict[int, dict[int, Fraction]]:
    """Điểm mỗi thành viên cho mỗi đơn vị, as they count: member → participation → points on one
    scale.

    A unit of which they left a cell without a mark is left out: what is not said is no zero. What
    is given to some of them alone is not compared: others say nothing of it.
    """
    by_all = _marked_by_all(scheme)
    scale = reach(scheme.nodes, {row.id: row.maximum for row in by_all}, by_all)
    sections = sections_of(scheme.nodes)
    by_member: dict[int, dict[int, Fraction]] = defaultdict(dict)
    for (member_id, participation_id), marks in _marks_by_member(block_id).items():
        if judged := _judged(by_all, marks, results.get(participation_id)):
            by_member[member_id][participation_id] = judged_total(judged, sections, scale)
    return by_member


def _marked_by_all(scheme: Scheme) -> list[ScoredCriterion]:
    """Tiêu chí mà cả Hội đồng chấm."""
    return [
        row
        for row in scheme.criteria
        if row.judged_by is JudgedBy.COUNCIL and not row.markers.are_named
    ]


def _judged(
    criteria: Sequence[ScoredCriterion], marks: Mapping[int, Decimal], result: UnitResult | None
) -> list[Judged]:
    """Các điểm một thành viên cho một đơn vị; none where one of those asked for is missing."""
    asked = [row for row in criteria if result is not None and row.id in result.maxima]
    if result is None or not all(row.id in marks for row in asked):
        return []
    return [_judged_mark(row, marks[row.id], result.maxima[row.id]) for row in asked]


def _judged_mark(criterion: ScoredCriterion, points: Decimal, maximum: Decimal) -> Judged:
    """Một điểm, on the scale of the plan and of the unit."""
    return Judged(
        criterion.kind,
        criterion.group_id,
        points,
        criterion.maximum,
        maximum,
        criterion.id,
        criterion.takes_from,
        criterion.taken_id,
    )


def _marks_by_member(block_id: int) -> dict[tuple[int, int], dict[int, Decimal]]:
    """Member and participation → criterion → points, without what is set aside."""
    hidden = counted_sheets(block_id)
    statement = (
        select(_MARK.sheet_id, ScoreSheet.member_id, *_CELL, _MARK.points)
        .join(ScoreSheet, ScoreSheet.id == _MARK.sheet_id)
        .where(_MARK.sheet_id.in_(hidden), _MARK.state == MarkState.GIVEN.value)
    )
    given: dict[tuple[int, int], dict[int, Decimal]] = defaultdict(dict)
    for sheet_id, member_id, participation_id, criterion_id, points in db.session.execute(
        statement
    ):
        if not hidden[sheet_id].holds(participation_id, criterion_id):
            given[member_id, participation_id][criterion_id] = points
    return given
