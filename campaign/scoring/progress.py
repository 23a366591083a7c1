"""Tiến độ chấm: how many cells of how many are marked, never which marks."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    bindparam,
    func,
    or_,
    select,
)

from campaign.accounts.models import User
from campaign.council import queries as council
from campaign.council.models import CouncilMember
from campaign.council.rules import CouncilFunction
from campaign.enrolment.models import Participation
from campaign.enrolment.rules import ParticipationState
from campaign.extensions import db
from campaign.planning.models import Block
from campaign.scheme.models import Criterion
from campaign.scheme.rules.table import Scheme, ScoredCriterion
from campaign.scheme.rules.terms import JudgedBy
from campaign.scoring.models import Mark, ScoreSheet
from campaign.scoring.queries import marks_of
from campaign.scoring.rules import council_criteria, criteria_of
from campaign.scoring.units import EVERYBODY, SEEN, SOME, Listing, listed, units_of
from campaign.verification.models import Verification, VerifiedPoints
from campaign.verification.queries import FINISHED_IN_BLOCK, maxima_of_finished

_MARK, _TAKING, _DONE = (model.__table__.c for model in (Mark, Participation, Verification))


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


_MARKS_OF_SHEET = (
    select(func.count()).select_from(Mark.__table__).where(_MARK.sheet_id == bindparam("sheet"))
)


_MARKS_OF_UNIT = (
    select(func.count())
    .select_from(Mark.__table__)
    .where(_MARK.sheet_id == bindparam("sheet"), _MARK.participation_id == _TAKING.id)
    .scalar_subquery()
)


_POINT, _CRITERION = VerifiedPoints.__table__.c, Criterion.__table__.c


_SET_ASIDE = (
    select(_POINT.id)
    .where(
        _POINT.verification_id == _DONE.id,
        _POINT.not_applicable_reason != "",
        _CRITERION.id == _POINT.criterion_id,
        _CRITERION.judged_by == JudgedBy.COUNCIL,
    )
    .exists()
)


def _counting(listing: Listing, *seen: ColumnElement[bool]) -> Select[Any]:
    """Units of the block, those open, the marks that belong to none of them (nobody can add to
    those while nothing is settled), and the findings that set a criterion aside.
    """
    finished = FINISHED_IN_BLOCK.where(*seen)
    counted = finished.with_only_columns(
        func.count().label("units"), func.sum(_MARKS_OF_UNIT).label("marks")
    ).subquery()
    aside = finished.where(_SET_ASIDE).with_only_columns(func.count())
    return select(
        listing.how_many.scalar_subquery(),
        counted.c.units,
        _MARKS_OF_SHEET.scalar_subquery() - func.coalesce(counted.c.marks, 0),
        aside.scalar_subquery(),
    )


_COUNTS_OF_ALL, _COUNTS_OF_SEEN = _counting(EVERYBODY), _counting(SOME, SEEN)


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
    _, given = listed(block_id, hidden)
    units, can_be_marked, astray, aside = db.session.execute(
        _COUNTS_OF_SEEN if hidden else _COUNTS_OF_ALL,
        given | {"campaign_id": campaign_id} | number,
    ).one()
    everything = council_criteria(scheme)
    criteria = everything if criteria is None else criteria
    are_named = any(row.markers.are_named for row in everything)
    if aside or held or are_named or any(row.units for row in criteria):
        asked_of = frozenset(row.id for row in criteria)
        return _filling_by_cell(campaign_id, scheme, block_id, sheet, hidden, units, held, asked_of)
    asked = sum(not row.blocks or block_id in row.blocks for row in criteria)
    marks = db.session.scalar(_MARKS_OF_SHEET, number) or 0
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
    asked = {
        (place.participation_id, criterion)
        for place, maxima in maxima_of_finished(campaign_id, scheme, block_id).items()
        if place.participation_id not in unseen | held
        for criterion in criteria.intersection(maxima)
    }
    done = asked.intersection(marks_of(sheet.id)) if sheet else ()
    return Filling(units, len({key for key, _ in asked}), len(asked), len(done))


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


def _sheets(campaign_id: int) -> Sequence[Any]:
    """A row for each member and block with units: their sheet, when locked, cells marked."""
    cells = select(func.count()).where(Mark.sheet_id == ScoreSheet.id).scalar_subquery()
    taking_part = select(Participation.block_id).where(
        Participation.campaign_id == campaign_id,
        Participation.state == ParticipationState.CONFIRMED,
    )
    statement = (
        select(
            CouncilMember,
            User.full_name,
            Block.id,
            ScoreSheet.id,
            ScoreSheet.locked_at,
            cells,
        )
        .select_from(CouncilMember)
        .join(User, User.id == CouncilMember.user_id)
        .join(Block, Block.campaign_id == CouncilMember.campaign_id)
        .outerjoin(
            ScoreSheet,
            and_(ScoreSheet.member_id == CouncilMember.id, ScoreSheet.block_id == Block.id),
        )
        .where(
            CouncilMember.campaign_id == campaign_id,
            Block.id.in_(taking_part),
            or_(CouncilMember.left_on.is_(None), ScoreSheet.id.is_not(None)),
        )
        .order_by(User.sort_key, CouncilMember.id, Block.position, Block.id)
    )
    return db.session.execute(statement).all()


def progress(
    campaign_id: int, scheme: Scheme, held: frozenset[int] = frozenset()
) -> list[SheetProgress]:
    """Tiến độ chấm của Hội đồng, one row for each member and block with units, begun or not;
    units (participations) that are `held` back are not asked for.
    """
    rows = _sheets(campaign_id)
    recusals = council.recusals_by_member(
        campaign_id, list({row[0].id: row[0] for row in rows}.values())
    )
    criteria = {
        member.id: frozenset(row.id for row in criteria_of(scheme, member.function, member.user_id))
        for member, *_ in rows
    }
    finished = {
        place: maxima
        for place, maxima in maxima_of_finished(campaign_id, scheme).items()
        if place.participation_id not in held
    }
    return [
        SheetProgress(
            sheet_id,
            name,
            member.function,
            block_id,
            locked_at is not None,
            done,
            sum(
                len(criteria[member.id].intersection(maxima))
                for place, maxima in finished.items()
                if place.block_id == block_id and place.unit_id not in recusals[member.id]
            ),
        )
        for member, name, block_id, sheet_id, locked_at, done in rows
        if criteria[member.id] or sheet_id
    ]


def unlocked_sheets(campaign_id: int, scheme: Scheme) -> int:
    """Số phiếu chưa khoá, begun or not; of whoever marks no criterion none is asked for."""
    return sum(
        locked_at is None and bool(criteria_of(scheme, member.function, member.user_id))
        for member, *_, locked_at, _ in _sheets(campaign_id)
    )
