"""Chấm điểm: sheets and marks; a member reads only his own until scoring is closed."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import and_, bindparam, func, literal, or_, select, tuple_, union_all
from sqlalchemy.orm import joinedload

from campaign.accounts.models import User
from campaign.core.errors import NotVisible
from campaign.council.models import CouncilMember
from campaign.enrolment.models import Participation
from campaign.enrolment.rules import ParticipationState
from campaign.extensions import db
from campaign.planning.models import Block
from campaign.reporting.models import Report, ReportVersion
from campaign.scoring.models import Mark, ScoreSheet, SheetReopening
from campaign.scoring.rules import MarkState
from campaign.units.models import Unit


@dataclass(frozen=True, slots=True)
class UnitRow:
    """Đơn vị trên phiếu chấm."""

    id: int
    unit_id: int
    name: str
    short_name: str
    block_id: int | None
    sort_key: str


class Named(NamedTuple):
    """Tên và số của một đơn vị tham gia."""

    id: int
    short_name: str


def units_of(block_id: int, hidden: frozenset[int]) -> list[UnitRow]:
    """Đơn vị của khối mà thành viên được chấm, by name; the others do not exist for him."""
    statement = (select(Participation.id, Participation.unit_id, Unit.name, Unit.short_name, Participation.block_id,
                        Unit.sort_key)
                 .join(Unit, Unit.id == Participation.unit_id)
                 .where(Participation.block_id == block_id, Participation.state == ParticipationState.CONFIRMED)
                 .order_by(Unit.sort_key, Participation.id))
    return [UnitRow(*row) for row in db.session.execute(statement) if row.unit_id not in hidden]


_UNIT = (select(Participation.id, Participation.unit_id, Unit.name, Unit.short_name, Participation.block_id, Unit.sort_key)
         .join(Unit, Unit.id == Participation.unit_id)
         .where(Participation.id == bindparam("participation_id"), Participation.block_id == bindparam("block_id"),
                Participation.state == ParticipationState.CONFIRMED))


def unit_of(block_id: int, participation_id: int, hidden: frozenset[int]) -> UnitRow:
    """Một đơn vị của khối; one he is kept away from does not exist for the member."""
    row = db.session.execute(_UNIT, {"block_id": block_id, "participation_id": participation_id}).one_or_none()
    if row is None or row.unit_id in hidden:
        raise NotVisible
    return UnitRow(*row)


_KEY = tuple_(Unit.sort_key, Participation.id)
_HERE = tuple_(bindparam("sort_key"), bindparam("id"))
_BESIDE = (select(Participation.id, Unit.short_name).join(Unit, Unit.id + 0 == Participation.unit_id)
           .where(Participation.campaign_id == bindparam("campaign_id"), Participation.block_id + 0 == bindparam("block_id"),
                  Participation.state == ParticipationState.CONFIRMED,
                  Unit.id.not_in(bindparam("hidden", expanding=True))).limit(1))
"""One step along the index of names: the sums keep other indexes, and with them the whole block, out of it."""
_BEFORE = (_BESIDE.where(Unit.sort_key <= bindparam("sort_key"), _KEY < _HERE)
           .order_by(Unit.sort_key.desc(), Participation.id.desc()).subquery())
_AFTER = _BESIDE.where(Unit.sort_key >= bindparam("sort_key"), _KEY > _HERE).order_by(Unit.sort_key, Participation.id).subquery()
_BOTH = union_all(select(literal(0), _BEFORE), select(literal(1), _AFTER))


def neighbours(campaign_id: int, of: UnitRow, hidden: frozenset[int]) -> tuple[Named | None, Named | None]:
    """Đơn vị đứng trước và đứng sau trong danh sách của thành viên, by name."""
    given = {"campaign_id": campaign_id, "block_id": of.block_id, "sort_key": of.sort_key, "id": of.id, "hidden": list(hidden)}
    found = {side: Named(*row) for side, *row in db.session.execute(_BOTH, given)}
    return found.get(0), found.get(1)


def blocks_of(campaign_id: int) -> Sequence[Block]:
    """Các khối, in order."""
    return db.session.scalars(select(Block).where(Block.campaign_id == campaign_id)
                              .order_by(Block.position, Block.id)).all()


_SHEET = select(ScoreSheet).where(ScoreSheet.member_id == bindparam("member_id"), ScoreSheet.block_id == bindparam("block_id"))


def sheet_of(member_id: int, block_id: int) -> ScoreSheet | None:
    """Phiếu chấm của thành viên cho khối, if begun."""
    return db.session.scalars(_SHEET, {"member_id": member_id, "block_id": block_id}).one_or_none()


def sheets_of(member_id: int) -> dict[int, ScoreSheet]:
    """Các phiếu chấm của thành viên, by block."""
    return {row.block_id: row for row in db.session.scalars(
        select(ScoreSheet).where(ScoreSheet.member_id == member_id))}


@dataclass(frozen=True, slots=True)
class Cell:
    """Ô điểm."""

    state: MarkState
    points: Decimal | None
    note: str
    version_id: int


_MARK = Mark.__table__.c
_MARKS = select(_MARK.participation_id, _MARK.criterion_id, _MARK.state, _MARK.points, _MARK.note,
                _MARK.version_id).where(_MARK.sheet_id == bindparam("sheet"))
_MARKS_OF_ONE = _MARKS.where(_MARK.participation_id == bindparam("participation"))


def marks_of(sheet_id: int, participation_id: int | None = None) -> dict[tuple[int, int], Cell]:
    """Điểm của một phiếu: (participation, criterion) → cell."""
    statement, given = _MARKS, {"sheet": sheet_id}
    if participation_id is not None:
        statement, given = _MARKS_OF_ONE, {"sheet": sheet_id, "participation": participation_id}
    return {(row[0], row[1]): Cell(row[2], row[3], row[4], row[5]) for row in db.session.execute(statement, given)}


def sheet(campaign_id: int, sheet_id: int) -> ScoreSheet:
    """Một phiếu chấm của phong trào, with its member."""
    statement = (select(ScoreSheet).join(ScoreSheet.member)
                 .where(ScoreSheet.id == sheet_id, CouncilMember.campaign_id == campaign_id)
                 .options(joinedload(ScoreSheet.member).joinedload(CouncilMember.user), joinedload(ScoreSheet.block)))
    found = db.session.scalars(statement).one_or_none()
    if found is None:
        raise NotVisible
    return found


def reopenings(sheet_id: int) -> Sequence[SheetReopening]:
    """Các lần mở lại phiếu, newest first."""
    return db.session.scalars(select(SheetReopening).where(SheetReopening.sheet_id == sheet_id)
                              .options(joinedload(SheetReopening.by)).order_by(SheetReopening.id.desc())).all()


@dataclass(frozen=True, slots=True)
class SheetProgress:
    """Tiến độ một phiếu: how many cells, never which marks; without a sheet where the member has not begun."""

    sheet_id: int | None
    full_name: str
    block_id: int
    is_locked: bool
    cells: int

    @property
    def label(self) -> str:
        """Trạng thái phiếu bằng chữ."""
        return "đã khoá" if self.is_locked else "chưa khoá" if self.sheet_id else "chưa bắt đầu"

    @property
    def tone(self) -> str:
        """Màu của trạng thái."""
        return "ok" if self.is_locked else "warn" if self.sheet_id else "neutral"


def progress(campaign_id: int) -> list[SheetProgress]:
    """Tiến độ chấm của Hội đồng, one row for each member and block with units, begun or not: one query."""
    done = select(Mark.sheet_id, func.count().label("cells")).group_by(Mark.sheet_id).subquery()
    taking_part = select(Participation.block_id).where(
        Participation.campaign_id == campaign_id, Participation.state == ParticipationState.CONFIRMED)
    statement = (select(ScoreSheet.id, User.full_name, Block.id, ScoreSheet.locked_at, func.coalesce(done.c.cells, 0))
                 .select_from(CouncilMember).join(User, User.id == CouncilMember.user_id)
                 .join(Block, Block.campaign_id == CouncilMember.campaign_id)
                 .outerjoin(ScoreSheet, and_(ScoreSheet.member_id == CouncilMember.id, ScoreSheet.block_id == Block.id))
                 .outerjoin(done, done.c.sheet_id == ScoreSheet.id)
                 .where(CouncilMember.campaign_id == campaign_id, Block.id.in_(taking_part),
                        or_(CouncilMember.left_on.is_(None), ScoreSheet.id.is_not(None)))
                 .order_by(User.sort_key, CouncilMember.id, Block.position, Block.id))
    return [SheetProgress(row[0], row[1], row[2], row[3] is not None, row[4]) for row in db.session.execute(statement)]


def unlocked_sheets(campaign_id: int) -> int:
    """Số phiếu chưa khoá, begun or not."""
    return sum(not row.is_locked for row in progress(campaign_id))


def all_marks(block_id: int) -> dict[tuple[int, int], dict[int, Decimal]]:
    """Mọi điểm đã khoá của khối, after closing: (participation, criterion) → member → points."""
    mark = Mark.__table__.c
    statement = (select(mark.participation_id, mark.criterion_id, ScoreSheet.member_id, mark.points)
                 .join(ScoreSheet, ScoreSheet.id == mark.sheet_id)
                 .where(ScoreSheet.block_id == block_id, ScoreSheet.locked_at.is_not(None),
                        mark.state == MarkState.GIVEN))
    found: dict[tuple[int, int], dict[int, Decimal]] = defaultdict(dict)
    for participation_id, criterion_id, member_id, points in db.session.execute(statement):
        found[participation_id, criterion_id][member_id] = points
    return found


_SNAPSHOT = (select(ReportVersion.snapshot).join(Report, Report.id == ReportVersion.report_id)
             .where(ReportVersion.id == bindparam("version_id"), Report.participation_id == bindparam("participation_id")))


def final_snapshot(participation_id: int, version_id: int) -> dict[str, Any]:
    """Nội dung bản báo cáo đã thẩm định."""
    found: dict[str, Any] | None = db.session.scalar(
        _SNAPSHOT, {"version_id": version_id, "participation_id": participation_id})
    if found is None:
        raise NotVisible
    return found
