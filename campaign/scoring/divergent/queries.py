"""Ô chênh lệch: which cells are looked at, whose turn it is, and what of them a person may see.

Only locked sheets are compared: who is still marking learns nothing of others, and as further
sheets are locked a spread only grows, so nobody has to wait for the last.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Integer, Select, func, select, type_coerce

from campaign.council import queries as council
from campaign.council.models import CouncilMember
from campaign.council.rules import CouncilFunction
from campaign.database import Points
from campaign.divergence.models import DivergenceAnswer, DivergenceRuling
from campaign.divergence.queries import Place, answers, rulings, threshold_of
from campaign.divergence.rules import CellState, Threshold, spread_of, state_of, waiting_members
from campaign.enrolment.models import Participation
from campaign.enrolment.rules import ParticipationState
from campaign.extensions import db
from campaign.planning.models import Campaign
from campaign.planning.queries import scheme_of
from campaign.planning.rules import DivergenceEnd
from campaign.scheme.models import Criterion
from campaign.scheme.rules.table import ScoredCriterion
from campaign.scoring.models import Mark, ScoreSheet
from campaign.scoring.rules import FEWEST_OTHERS
from campaign.units.models import Unit


class _Unit(NamedTuple):
    """Đơn vị của ô."""

    id: int
    unit_id: int
    block_id: int
    name: str


@dataclass(frozen=True, slots=True)
class DivergentCell:
    """Ô chênh lệch: its counted marks by member, what was said and decided, whose turn it is."""

    unit: _Unit
    criterion: ScoredCriterion
    marks: Mapping[int, Decimal]
    answers: Mapping[int, DivergenceAnswer]
    ruling: DivergenceRuling | None
    waiting: frozenset[int]
    decider: int | None
    is_free: bool
    """Người quyết định đã khoá phiếu của khối: what others marked no longer leads their hand."""
    state: CellState

    @property
    def key(self) -> str:
        """Tên của ô trên trang."""
        return f"c{self.unit.id}-{self.criterion.id}"

    @property
    def answered(self) -> int:
        """Bao nhiêu người không còn phải trả lời."""
        return len(self.marks) - len(self.waiting)

    @property
    def sentences(self) -> list[str]:
        """Các câu trả lời không kèm tên, in an order that tells nobody's."""
        return sorted(
            f"{'giữ' if row.points == row.before else 'đổi'} điểm: {row.sentence}"
            for row in self.answers.values()
        )

    def span_for(self, member_id: int) -> tuple[Decimal, Decimal] | None:
        """Khoảng điểm cho người quyết định; none where it would tell whose the marks are, or before
        their own sheet is locked.
        """
        if not self.is_free:
            return None
        others = [points for member, points in self.marks.items() if member != member_id]
        return (min(others), max(others)) if len(others) >= FEWEST_OTHERS else None


def divergent_cells(campaign: Campaign, day: date) -> list[DivergentCell]:
    """Các ô chênh lệch và các ô đã xem lại, by unit and criterion; none where no rule is."""
    rule = threshold_of(campaign)
    if rule is None:
        return []
    said, decided = answers(campaign.id), rulings(campaign.id)
    places = _far_apart(campaign.id, rule) | said.keys() | decided.keys()
    if not places:
        return []
    seats, units, marks = _seats(campaign.id, day), _units(places), _marks(places)
    known = _Known(rule, seats, marks, said, decided)
    return [
        cell
        for unit in units
        for criterion in scheme_of(campaign.id).criteria
        if (unit.id, criterion.id) in places and (cell := _cell(known, unit, criterion))
    ]


@dataclass(frozen=True, slots=True)
class _Seats:
    """Hội đồng: who sits, whom each is kept away from, and whose sheets are locked."""

    members: dict[int, CouncilMember]
    kept: Mapping[int, Mapping[int, Any]]
    able: frozenset[int]
    locked: frozenset[tuple[int, int]]

    def marks(self, member_id: int, criterion: ScoredCriterion) -> bool:
        """Được giao chấm tiêu chí này."""
        row = self.members[member_id]
        return criterion.markers.admits(row.function, row.user_id)

    def counted(
        self, unit_id: int, criterion: ScoredCriterion, marks: Mapping[int, Decimal]
    ) -> dict[int, Decimal]:
        """Điểm được tính của ô: without those that a recusal or the plan sets aside."""
        return {
            member: points
            for member, points in marks.items()
            if unit_id not in self.kept.get(member, {}) and self.marks(member, criterion)
        }

    def decider(self, unit_id: int) -> int | None:
        """Người quyết định: the chair, or a deputy where the chair is kept away from the unit."""
        free = {
            row.function: row.id
            for row in reversed(self.members.values())
            if row.id in self.able and unit_id not in self.kept[row.id]
        }
        return free.get(CouncilFunction.CHAIR) or free.get(CouncilFunction.VICE_CHAIR)

    def is_free(self, member_id: int | None, block_id: int, criterion: ScoredCriterion) -> bool:
        """Đã khoá phiếu của khối, or has no mark of this criterion to give."""
        return member_id is not None and (
            (member_id, block_id) in self.locked or not self.marks(member_id, criterion)
        )


class _Known(NamedTuple):
    """Điều đã biết về các ô: the plan's rule, who sits, marks, answers and rulings."""

    rule: Threshold
    seats: _Seats
    marks: Mapping[Place, Mapping[int, Decimal]]
    said: Mapping[Place, Mapping[int, DivergenceAnswer]]
    decided: Mapping[Place, DivergenceRuling]


def _seats(campaign_id: int, day: date) -> _Seats:
    rows = council.members(campaign_id)
    statement = (
        select(_SHEET.member_id, _SHEET.block_id)
        .join(CouncilMember, CouncilMember.id == _SHEET.member_id)
        .where(CouncilMember.campaign_id == campaign_id, _SHEET.locked_at.is_not(None))
    )
    return _Seats(
        {row.id: row for row in rows},
        council.recusals_by_member(campaign_id, rows),
        frozenset(row.id for row in rows if not row.why_away(day)),
        frozenset((member, block) for member, block in db.session.execute(statement)),
    )


def _cell(known: _Known, unit: _Unit, criterion: ScoredCriterion) -> DivergentCell | None:
    """The cell, or nothing where without those set aside its marks are not far apart."""
    place, seats, maximum = (unit.id, criterion.id), known.seats, criterion.maximum
    said, ruling = known.said.get(place, {}), known.decided.get(place)
    marks = seats.counted(unit.unit_id, criterion, known.marks.get(place, {}))
    if not (known.rule.is_reached(spread_of(marks.values()), maximum) or said or ruling):
        return None
    waiting = waiting_members(marks, {key: row.points for key, row in said.items()}, seats.able)
    decider = seats.decider(unit.unit_id)
    is_decided, has_decider = ruling is not None, decider is not None
    state = state_of(
        known.rule, maximum, marks, waiting, is_decided=is_decided, has_decider=has_decider
    )
    is_free = seats.is_free(decider, unit.block_id, criterion)
    return DivergentCell(unit, criterion, marks, said, ruling, waiting, decider, is_free, state)


def open_cells(campaign: Campaign, day: date) -> list[DivergentCell]:
    """Các ô chênh lệch còn mở: scoring does not close over them."""
    return [cell for cell in divergent_cells(campaign, day) if cell.state is not CellState.OVER]


def asked_of(shown: Sequence[DivergentCell], member_id: int) -> list[DivergentCell]:
    """Các ô thành viên này phải trả lời."""
    return [cell for cell in shown if cell.state is CellState.MEMBERS and member_id in cell.waiting]


def decided_by(
    campaign: Campaign, shown: Sequence[DivergentCell], member_id: int
) -> list[DivergentCell]:
    """Các ô chờ người này quyết định, also while an answer of others is still missing; their own
    comes first. None where the plan lets the members end it.
    """
    if campaign.divergence_ended_by is not DivergenceEnd.CHAIR:
        return []
    return [
        cell
        for cell in shown
        if cell.state is not CellState.OVER
        and cell.decider == member_id
        and member_id not in cell.waiting
    ]


_MARK, _SHEET, _TAKING = (model.__table__.c for model in (Mark, ScoreSheet, Participation))


def _far_apart(campaign_id: int, rule: Threshold) -> set[Place]:
    """Ô có điểm đã khoá chênh từ mức của kế hoạch, found by the database; those set aside by a
    recusal are still among the marks.
    """
    statement = _marked_cells(campaign_id).having(_reaches(rule))
    return {
        (participation, criterion) for participation, criterion in db.session.execute(statement)
    }


def _marked_cells(campaign_id: int) -> Select[int, int]:
    """Các ô có điểm đã khoá, their marks together."""
    return (
        select(_MARK.participation_id, _MARK.criterion_id)
        .join(ScoreSheet.__table__, _SHEET.id == _MARK.sheet_id)
        .join(Participation.__table__, _TAKING.id == _MARK.participation_id)
        .join(Criterion.__table__, Criterion.__table__.c.id == _MARK.criterion_id)
        .where(
            _TAKING.campaign_id == campaign_id,
            _TAKING.state == ParticipationState.CONFIRMED,
            _SHEET.locked_at.is_not(None),
            _MARK.points.is_not(None),
        )
        .group_by(_MARK.participation_id, _MARK.criterion_id, Criterion.__table__.c.maximum)
    )


def _reaches(rule: Threshold) -> ColumnElement[bool]:
    """The rule of `Threshold.is_reached`, in whole parts of a point."""
    points = type_coerce(_MARK.points, Integer)
    spread = func.max(points) - func.min(points)
    if rule.points is not None:
        return spread >= int(rule.points.scaleb(Points.places))
    maximum = type_coerce(Criterion.__table__.c.maximum, Integer)
    return spread * 100 >= maximum * (rule.percent or 0)


def _units(places: Collection[Place]) -> list[_Unit]:
    statement = (
        select(Participation.id, Participation.unit_id, Participation.block_id, Unit.short_name)
        .join(Unit, Unit.id == Participation.unit_id)
        .where(
            Participation.id.in_({participation for participation, _ in places}),
            Participation.state == ParticipationState.CONFIRMED,
        )
        .order_by(Unit.sort_key, Participation.id)
    )
    return [_Unit._make(row) for row in db.session.execute(statement)]


def _marks(places: Collection[Place]) -> dict[Place, dict[int, Decimal]]:
    """Điểm đã khoá của các ô, by member."""
    statement = (
        select(_MARK.participation_id, _MARK.criterion_id, _SHEET.member_id, _MARK.points)
        .join(ScoreSheet.__table__, _SHEET.id == _MARK.sheet_id)
        .where(
            _MARK.participation_id.in_({participation for participation, _ in places}),
            _MARK.criterion_id.in_({criterion for _, criterion in places}),
            _SHEET.locked_at.is_not(None),
            _MARK.points.is_not(None),
        )
    )
    by_place: dict[Place, dict[int, Decimal]] = {}
    for participation, criterion, member, points in db.session.execute(statement):
        by_place.setdefault((participation, criterion), {})[member] = points
    return by_place
