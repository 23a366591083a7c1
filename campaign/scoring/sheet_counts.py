"""Đếm cho một phiếu chấm: its units and marks, counted by the database and none of them read."""

from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, func, select

from campaign.enrolment.models import Participation
from campaign.scheme.models import Criterion
from campaign.scheme.rules.terms import JudgedBy
from campaign.scoring.models import Mark
from campaign.scoring.units import EVERYBODY, SEEN, SOME, Listing
from campaign.verification.models import Verification, VerifiedPoints
from campaign.verification.queries import FINISHED_IN_BLOCK

_MARK, _TAKING, _DONE = (model.__table__.c for model in (Mark, Participation, Verification))


MARKS_OF_SHEET = (
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
        MARKS_OF_SHEET.scalar_subquery() - func.coalesce(counted.c.marks, 0),
        aside.scalar_subquery(),
    )


COUNTS_OF_ALL, COUNTS_OF_SEEN = _counting(EVERYBODY), _counting(SOME, SEEN)
"""Số đơn vị, số đã mở, điểm lạc và tiêu chí không áp dụng: of the block, or of what is seen."""
