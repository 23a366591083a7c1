"""Tiến độ chấm: how many cells of how many are marked, never which marks."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import and_, func, or_, select

from campaign.accounts.models import User
from campaign.council import queries as council
from campaign.council.models import CouncilMember
from campaign.council.rules import CouncilFunction
from campaign.enrolment.models import Participation
from campaign.enrolment.rules import ParticipationState
from campaign.extensions import db
from campaign.planning.models import Block
from campaign.scheme.rules.table import Scheme, ScoredCriterion
from campaign.scoring.models import Mark, ScoreSheet
from campaign.scoring.queries import marks_of
from campaign.scoring.rules import council_criteria, criteria_of
from campaign.scoring.sheet_counts import COUNTS_OF_ALL, COUNTS_OF_SEEN, MARKS_OF_SHEET
from campaign.scoring.units import listing_for, units_of
from campaign.verification.queries import VerifiedPlace, maxima_of_finished


@dataclass(frozen=True, slots=True)
class Filling:
    """Tiến độ một phiếu chấm: units that exist for the member, those open, cells and marks."""

    units: int
    open: int
    cells: int
    done: int

    @property
    def left(self) -> int:
        """Số ô chưa chấm."""
        return self.cells - self.done


def filling(
    campaign_id: int,
    scheme: Scheme,
    block_id: int,
    sheet: ScoreSheet | None,
    hidden: frozenset[int],
    held: frozenset[int] = frozenset(),
    criteria: Sequence[ScoredCriterion] | None = None,
) -> Filling:
    """Tiến độ phiếu của một thành viên cho khối, counted by the database; cell by cell only where
    not all criteria apply to all units alike, or units (participations) are `held` back, or the
    member marks other `criteria` than the whole council.
    """
    number = {"sheet": sheet.id if sheet else 0}
    _, given = listing_for(block_id, hidden)
    units, can_be_marked, astray, aside = db.session.execute(
        COUNTS_OF_SEEN if hidden else COUNTS_OF_ALL,
        given | {"campaign_id": campaign_id} | number,
    ).one()
    everything = council_criteria(scheme)
    criteria = everything if criteria is None else criteria
    are_named = any(row.markers.are_named for row in everything)
    if aside or held or are_named or any(row.units for row in criteria):
        asked_of = frozenset(row.id for row in criteria)
        return _filling_by_cell(campaign_id, scheme, block_id, sheet, hidden, units, held, asked_of)
    asked = sum(not row.blocks or block_id in row.blocks for row in criteria)
    marks = db.session.scalar(MARKS_OF_SHEET, number) or 0
    return Filling(units, can_be_marked, can_be_marked * asked, marks - astray)


def _filling_by_cell(
    campaign_id: int,
    scheme: Scheme,
    block_id: int,
    sheet: ScoreSheet | None,
    hidden: frozenset[int],
    units: int,
    held: frozenset[int],
    criteria: frozenset[int],
) -> Filling:
    unseen = {row.id for row in units_of(block_id, frozenset())} - {
        row.id for row in units_of(block_id, hidden)
    }
    finished = maxima_of_finished(campaign_id, scheme, block_id)
    asked = _asked_cells(finished, unseen | held, criteria)
    done = asked.intersection(marks_of(sheet.id)) if sheet else ()
    return Filling(units, len({key for key, _ in asked}), len(asked), len(done))


def _asked_cells(
    finished: Mapping[VerifiedPlace, Collection[int]],
    left_out: Collection[int],
    criteria: frozenset[int],
) -> set[tuple[int, int]]:
    """Các ô chấm được: participation and criterion, without the participations `left_out`."""
    return {
        (place.participation_id, criterion)
        for place, maxima in finished.items()
        if place.participation_id not in left_out
        for criterion in criteria.intersection(maxima)
    }


@dataclass(frozen=True, slots=True)
class SheetProgress:
    """Tiến độ một phiếu, begun or not: how many cells of how many, never which marks."""

    sheet_id: int | None
    full_name: str
    function: CouncilFunction
    block_id: int
    is_locked: bool
    cells: int
    asked: int

    @property
    def left(self) -> int:
        """Số ô còn thiếu: on a locked sheet those that could be marked only after it was locked."""
        return max(self.asked - self.cells, 0)

    @property
    def label(self) -> str:
        """Trạng thái phiếu bằng chữ."""
        return "đã khoá" if self.is_locked else "chưa khoá" if self.sheet_id else "chưa bắt đầu"

    @property
    def tone(self) -> str:
        """Màu của trạng thái."""
        return "ok" if self.is_locked else "warn" if self.sheet_id else "neutral"


class _Seat(NamedTuple):
    """Chỗ của một phiếu, begun or not: whose, of which block, when locked, cells marked."""

    member: CouncilMember
    name: str
    block_id: int
    sheet_id: int | None
    locked_at: datetime | None
    done: int


_CELLS = select(func.count()).where(Mark.sheet_id == ScoreSheet.id).scalar_subquery()


_SEATS = (
    select(CouncilMember, User.full_name, Block.id, ScoreSheet.id, ScoreSheet.locked_at, _CELLS)
    .select_from(CouncilMember)
    .join(User, User.id == CouncilMember.user_id)
    .join(Block, Block.campaign_id == CouncilMember.campaign_id)
    .outerjoin(
        ScoreSheet,
        and_(ScoreSheet.member_id == CouncilMember.id, ScoreSheet.block_id == Block.id),
    )
    .order_by(User.sort_key, CouncilMember.id, Block.position, Block.id)
)
"""Mỗi thành viên với mỗi khối, and the sheet if it was begun."""


def _seats(campaign_id: int) -> list[_Seat]:
    """One for each member and block with units; of who has left only those with a sheet."""
    taking_part = select(Participation.block_id).where(
        Participation.campaign_id == campaign_id,
        Participation.state == ParticipationState.CONFIRMED,
    )
    statement = _SEATS.where(
        CouncilMember.campaign_id == campaign_id,
        Block.id.in_(taking_part),
        or_(CouncilMember.left_on.is_(None), ScoreSheet.id.is_not(None)),
    )
    return [_Seat._make(row) for row in db.session.execute(statement)]


def progress(
    campaign_id: int, scheme: Scheme, held: frozenset[int] = frozenset()
) -> list[SheetProgress]:
    """Tiến độ chấm của Hội đồng, one row for each member and block with units, begun or not;
    units (participations) that are `held` back are not asked for.
    """
    seats = _seats(campaign_id)
    members = {seat.member.id: seat.member for seat in seats}
    recusals = council.recusals_by_member(campaign_id, list(members.values()))
    finished = _verified(campaign_id, scheme, held)
    criteria = {number: _criteria(scheme, member) for number, member in members.items()}
    return [
        _of_seat(seat, criteria[seat.member.id], finished, recusals[seat.member.id])
        for seat in seats
        if criteria[seat.member.id] or seat.sheet_id
    ]


def _verified(
    campaign_id: int, scheme: Scheme, held: frozenset[int]
) -> dict[VerifiedPlace, Mapping[int, Decimal]]:
    """Đơn vị đã thẩm định xong, with the maxima of what applies; without those held back."""
    return {
        place: maxima
        for place, maxima in maxima_of_finished(campaign_id, scheme).items()
        if place.participation_id not in held
    }


def _criteria(scheme: Scheme, member: CouncilMember) -> frozenset[int]:
    """Tiêu chí mà thành viên chấm."""
    return frozenset(row.id for row in criteria_of(scheme, member.function, member.user_id))


def _of_seat(
    seat: _Seat,
    criteria: frozenset[int],
    finished: Mapping[VerifiedPlace, Collection[int]],
    kept_from: Collection[int],
) -> SheetProgress:
    """Tiến độ của một phiếu: of the verified units of its block that its owner may mark."""
    asked = sum(
        len(criteria.intersection(maxima))
        for place, maxima in finished.items()
        if place.block_id == seat.block_id and place.unit_id not in kept_from
    )
    is_locked, function = seat.locked_at is not None, seat.member.function
    return SheetProgress(
        seat.sheet_id, seat.name, function, seat.block_id, is_locked, seat.done, asked
    )


def unlocked_sheets(campaign_id: int, scheme: Scheme) -> int:
    """Số phiếu chưa khoá, begun or not; of whoever marks no criterion none is asked for."""
    return sum(
        seat.locked_at is None and bool(_criteria(scheme, seat.member))
        for seat in _seats(campaign_id)
    )
