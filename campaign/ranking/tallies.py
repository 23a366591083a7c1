"""Điểm đã khoá: the marks that count, added up by cell."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import chain
from typing import Any, NamedTuple

from sqlalchemy import Integer, Select, bindparam, func, select, type_coerce

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
from campaign.scheme.rules.table import Scheme, reach, sections_of
from campaign.scheme.rules.terms import JudgedBy
from campaign.scoring.models import Mark, ScoreSheet
from campaign.scoring.rules import FEWEST_OTHERS, MarkState
from campaign.verification.rules import UnitResult


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
    mark = Mark.__table__.c
    points = type_coerce(mark.points, Integer)
    sheets = counted_sheets(block_id)
    if not sheets:
        return {}
    columns = [mark.participation_id, mark.criterion_id]
    within = select(Participation.id).where(Participation.block_id == block_id)
    # The sum keeps the index of sheets out of it: walking the key of the marks in order is three
    # times as fast.
    given = mark.participation_id.in_(within) & (mark.sheet_id + 0).in_(sheets)
    hidden = {sheet_id: aside for sheet_id, aside in sheets.items() if aside.is_any}
    if in_full or method is Aggregation.MEDIAN or hidden:
        return _tallies_by_mark(
            select(*columns, points, mark.sheet_id).where(given, points.is_not(None)), hidden
        )
    extremes = [func.min(points), func.max(points)] if method is Aggregation.TRIMMED_MEAN else []
    statement = (
        select(*columns, func.count(points), func.sum(points), *extremes)
        .where(given)
        .group_by(*columns)
    )
    return _tallies_by_sum(statement)


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
    named = markers_of(members[0].campaign_id)
    foreign = {
        row.id: frozenset(
            criterion
            for criterion, markers in named.items()
            if not markers.admits(row.function, row.user_id)
        )
        for row in members
    }
    recused = council.recusals_by_member(members[0].campaign_id, members)
    places = _participations(block_id, {unit for units in recused.values() for unit in units})
    marked = _marked(places.values())
    return {
        row.id: SetAside(
            frozenset(
                places[unit]
                for unit in recused[row.member_id]
                if unit in places and (row.id, places[unit]) in marked
            ),
            foreign[row.member_id],
        )
        for row in locked
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
    judged = [
        row
        for row in scheme.criteria
        if row.judged_by is JudgedBy.COUNCIL and not row.markers.are_named
    ]
    scale = reach(scheme.nodes, {row.id: row.maximum for row in judged}, judged)
    sections = sections_of(scheme.nodes)
    by_member: dict[int, dict[int, Fraction]] = defaultdict(dict)
    for (member_id, participation_id), marks in _marks_by_member(block_id).items():
        result = results.get(participation_id)
        asked = [row for row in judged if result is not None and row.id in result.maxima]
        if result is not None and asked and all(row.id in marks for row in asked):
            by_member[member_id][participation_id] = judged_total(
                [
                    Judged(
                        row.kind,
                        row.group_id,
                        marks[row.id],
                        row.maximum,
                        result.maxima[row.id],
                        row.id,
                        row.takes_from,
                        row.taken_id,
                    )
                    for row in asked
                ],
                sections,
                scale,
            )
    return by_member


def _marks_by_member(block_id: int) -> dict[tuple[int, int], dict[int, Decimal]]:
    """Member and participation → criterion → points, without what is set aside."""
    hidden = counted_sheets(block_id)
    mark = Mark.__table__.c
    statement = (
        select(
            mark.sheet_id,
            ScoreSheet.member_id,
            mark.participation_id,
            mark.criterion_id,
            mark.points,
        )
        .join(ScoreSheet, ScoreSheet.id == mark.sheet_id)
        .where(mark.sheet_id.in_(hidden), mark.state == MarkState.GIVEN.value)
    )
    given: dict[tuple[int, int], dict[int, Decimal]] = defaultdict(dict)
    for sheet_id, member_id, participation_id, criterion_id, points in db.session.execute(
        statement
    ):
        if not hidden[sheet_id].holds(participation_id, criterion_id):
            given[member_id, participation_id][criterion_id] = points
    return given
