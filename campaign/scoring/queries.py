"""Chấm điểm: sheets and marks; until scoring is closed a member reads only their own."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import (
    and_,
    bindparam,
    select,
)
from sqlalchemy.orm import joinedload

from campaign.core.errors import NotVisible
from campaign.council.models import CouncilMember
from campaign.council.queries import ACTIVE
from campaign.extensions import db, visible_row
from campaign.planning.models import Block
from campaign.reporting.models import Report, ReportVersion
from campaign.reporting.rules import Content, from_snapshot
from campaign.scoring.models import Mark, ScoreSheet, SheetReopening
from campaign.scoring.rules import MarkState


def blocks_of(campaign_id: int) -> Sequence[Block]:
    """Các khối, in order."""
    return db.session.scalars(
        select(Block).where(Block.campaign_id == campaign_id).order_by(Block.position, Block.id)
    ).all()


_SHEET = select(ScoreSheet).where(
    ScoreSheet.member_id == bindparam("member_id"), ScoreSheet.block_id == bindparam("block_id")
)


_HELD_SHEET = _SHEET.with_for_update().execution_options(populate_existing=True)


def sheet_of(member_id: int, block_id: int, *, hold: bool = False) -> ScoreSheet | None:
    """Phiếu chấm của thành viên cho khối, if begun; `hold` keeps others from it until the
    transaction ends, and reads it as it is then.
    """
    statement = _HELD_SHEET if hold else _SHEET
    return db.session.scalars(
        statement, {"member_id": member_id, "block_id": block_id}
    ).one_or_none()


_SEAT = (
    ACTIVE.add_columns(Block, ScoreSheet)
    .join(
        Block,
        and_(Block.campaign_id == CouncilMember.campaign_id, Block.id == bindparam("block_id")),
    )
    .outerjoin(
        ScoreSheet, and_(ScoreSheet.member_id == CouncilMember.id, ScoreSheet.block_id == Block.id)
    )
)


def seat(
    user_id: int, campaign_id: int, block_id: int, day: date
) -> tuple[CouncilMember, Block, ScoreSheet | None]:
    """Chỗ ngồi của thành viên trước một khối, with the sheet if begun; others find nothing."""
    values = {"user_id": user_id, "campaign_id": campaign_id, "block_id": block_id, "day": day}
    row = db.session.execute(_SEAT, values).one_or_none()
    if row is None:
        raise NotVisible
    return row[0], row[1], row[2]


def sheets_of(member_id: int) -> dict[int, ScoreSheet]:
    """Các phiếu chấm của thành viên, by block."""
    return {
        row.block_id: row
        for row in db.session.scalars(select(ScoreSheet).where(ScoreSheet.member_id == member_id))
    }


class Cell(NamedTuple):
    """Ô điểm: without points it is an abstention, whose note is the reason."""

    points: Decimal | None
    note: str
    version_id: int

    @property
    def state(self) -> MarkState:
        """Đã chấm hay không chấm."""
        return MarkState.ABSTAINED if self.points is None else MarkState.GIVEN


_MARK = Mark.__table__.c
_MARKS = select(
    _MARK.participation_id, _MARK.criterion_id, _MARK.points, _MARK.note, _MARK.version_id
).where(_MARK.sheet_id == bindparam("sheet"))
_MARKS_OF_ONE = _MARKS.where(_MARK.participation_id == bindparam("participation"))
_MARKS_OF_SOME = _MARKS.where(
    _MARK.participation_id.in_(bindparam("participations", expanding=True))
)


def marks_of(sheet_id: int, only: Collection[int] | None = None) -> dict[tuple[int, int], Cell]:
    """Điểm của một phiếu by (participation, criterion), of all units or `only` some."""
    if only is None:
        rows = db.session.execute(_MARKS, {"sheet": sheet_id})
    elif len(only) == 1:
        rows = db.session.execute(
            _MARKS_OF_ONE, {"sheet": sheet_id, "participation": next(iter(only))}
        )
    else:
        rows = db.session.execute(_MARKS_OF_SOME, {"sheet": sheet_id, "participations": list(only)})
    return {
        (unit, criterion): Cell(points, note, version)
        for unit, criterion, points, note, version in rows.all()
    }


_SHOWN = select(_MARK.participation_id, _MARK.criterion_id, _MARK.points, _MARK.version_id).where(
    _MARK.sheet_id == bindparam("sheet"),
    _MARK.participation_id.in_(bindparam("participations", expanding=True)),
)
_REASONS = _MARKS_OF_SOME.where(_MARK.points.is_(None))


def marks_on_page(sheet_id: int, only: Collection[int]) -> dict[tuple[int, int], Cell]:
    """The same for one page of the grid, with the notes of abstentions alone: from the index."""
    given = {"sheet": sheet_id, "participations": list(only)}
    marks = {
        (unit, criterion): Cell(points, "", version)
        for unit, criterion, points, version in db.session.execute(_SHOWN, given).all()
    }
    if any(mark.points is None for mark in marks.values()):
        marks |= {
            (unit, criterion): Cell(*rest)
            for unit, criterion, *rest in db.session.execute(_REASONS, given)
        }
    return marks


def sheet(campaign_id: int, sheet_id: int) -> ScoreSheet:
    """Một phiếu chấm của phong trào, with its member."""
    statement = (
        select(ScoreSheet)
        .join(ScoreSheet.member)
        .where(ScoreSheet.id == sheet_id, CouncilMember.campaign_id == campaign_id)
        .options(
            joinedload(ScoreSheet.member).joinedload(CouncilMember.user),
            joinedload(ScoreSheet.block),
        )
    )
    return visible_row(statement)


class LastReopening(NamedTuple):
    """Lần mở lại phiếu: when and why."""

    at: datetime
    reason: str


_REOPENED = SheetReopening.__table__.c
_LAST_REOPENING = (
    select(_REOPENED.at, _REOPENED.reason)
    .where(_REOPENED.sheet_id == bindparam("sheet"))
    .order_by(_REOPENED.id.desc())
    .limit(1)
)


def last_reopening(sheet_id: int) -> LastReopening | None:
    """Lần mở lại phiếu cuối cùng."""
    row = db.session.execute(_LAST_REOPENING, {"sheet": sheet_id}).one_or_none()
    return LastReopening(*row) if row else None


def all_marks(block_id: int) -> dict[tuple[int, int], dict[int, Decimal]]:
    """Mọi điểm đã khoá của khối, after closing: (participation, criterion) → member → points."""
    mark = Mark.__table__.c
    statement = (
        select(mark.participation_id, mark.criterion_id, ScoreSheet.member_id, mark.points)
        .join(ScoreSheet, ScoreSheet.id == mark.sheet_id)
        .where(
            ScoreSheet.block_id == block_id,
            ScoreSheet.locked_at.is_not(None),
            mark.state == MarkState.GIVEN,
        )
    )
    marks: dict[tuple[int, int], dict[int, Decimal]] = defaultdict(dict)
    for participation_id, criterion_id, member_id, points in db.session.execute(statement):
        marks[participation_id, criterion_id][member_id] = points
    return marks


_SNAPSHOT = (
    select(ReportVersion.snapshot)
    .join(Report, Report.id == ReportVersion.report_id)
    .where(
        ReportVersion.id == bindparam("version_id"),
        Report.participation_id == bindparam("participation_id"),
    )
)


def final_content(participation_id: int, version_id: int) -> Content:
    """Nội dung bản báo cáo đã thẩm định."""
    snapshot: dict[str, Any] | None = db.session.scalar(
        _SNAPSHOT, {"version_id": version_id, "participation_id": participation_id}
    )
    if snapshot is None:
        raise NotVisible
    return from_snapshot(snapshot)
