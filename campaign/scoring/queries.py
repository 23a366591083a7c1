"""Chấm điểm: sheets and marks; a member reads only his own until scoring is closed."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    and_,
    bindparam,
    func,
    literal,
    or_,
    select,
    tuple_,
    union_all,
)
from sqlalchemy.orm import joinedload

from campaign.accounts.models import User
from campaign.core.errors import NotVisible
from campaign.council import queries as council
from campaign.council.models import CouncilMember
from campaign.council.queries import ACTIVE
from campaign.council.rules import CouncilFunction
from campaign.enrolment.models import Participation
from campaign.enrolment.rules import ParticipationState
from campaign.extensions import db
from campaign.planning.models import Block, ReportingPeriod
from campaign.reporting.models import Report, ReportVersion
from campaign.reporting.rules import Content, from_snapshot
from campaign.scheme.models import Criterion
from campaign.scheme.rules.table import Scheme
from campaign.scheme.rules.terms import JudgedBy
from campaign.scoring.models import Mark, ScoreSheet, SheetReopening
from campaign.scoring.rules import MarkState, council_criteria
from campaign.units.models import Unit
from campaign.verification.models import Verification, VerifiedPoints
from campaign.verification.queries import FINISHED_IN_BLOCK, maxima_of_finished


class UnitRow(NamedTuple):
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


_TAKING, _NAMED = Participation.__table__.c, Unit.__table__.c
_UNITS: Select[Any] = (
    select(
        _TAKING.id,
        _TAKING.unit_id,
        _NAMED.name,
        _NAMED.short_name,
        _TAKING.block_id,
        _NAMED.sort_key,
    )
    .select_from(Participation.__table__.join(Unit.__table__, _NAMED.id == _TAKING.unit_id))
    .where(_TAKING.block_id == bindparam("block_id"), _TAKING.state == ParticipationState.CONFIRMED)
)
_UNIT = _UNITS.where(_TAKING.id == bindparam("participation_id"))
_BY_NAME = _UNITS.order_by(_NAMED.sort_key, _TAKING.id)
_SEEN = _TAKING.unit_id.not_in(bindparam("hidden", expanding=True))


class _Listing(NamedTuple):
    """Câu lệnh dựng một lần: all units, one page of them, how many."""

    all: Select[Any]
    page: Select[Any]
    how_many: Select[Any]


def _listing(*seen: ColumnElement[bool]) -> _Listing:
    shown = _BY_NAME.where(*seen)
    return _Listing(
        shown,
        shown.limit(bindparam("limit")).offset(bindparam("offset")),
        select(func.count())
        .select_from(_TAKING.id.table)
        .where(
            _TAKING.block_id == bindparam("block_id"),
            _TAKING.state == ParticipationState.CONFIRMED,
            *seen,
        ),
    )


_EVERYBODY, _SOME = _listing(), _listing(_SEEN)


def units_of(
    block_id: int, hidden: frozenset[int], *, page: int | None = None, size: int = 0
) -> list[UnitRow]:
    """Đơn vị của khối mà thành viên được chấm, by name; the others do not exist for him. All, or
    one page from 1.
    """
    listing, given = _listed(block_id, hidden)
    if page is None:
        return list(map(UnitRow._make, db.session.execute(listing.all, given).all()))
    given |= {"limit": size, "offset": (page - 1) * size}
    return list(map(UnitRow._make, db.session.execute(listing.page, given).all()))


def _listed(block_id: int, hidden: frozenset[int]) -> tuple[_Listing, dict[str, Any]]:
    if not hidden:
        return _EVERYBODY, {"block_id": block_id}
    return _SOME, {"block_id": block_id, "hidden": list(hidden)}


def unit_of(block_id: int, participation_id: int, hidden: frozenset[int]) -> UnitRow:
    """Một đơn vị của khối; one he is kept away from does not exist for the member."""
    row = db.session.execute(
        _UNIT, {"block_id": block_id, "participation_id": participation_id}
    ).one_or_none()
    if row is None or row.unit_id in hidden:
        raise NotVisible
    return UnitRow(*row)


_DONE, _REPORT, _PERIOD = (model.__table__.c for model in (Verification, Report, ReportingPeriod))
_MARKABLE = _UNIT.add_columns(_DONE.version_id).where(
    _REPORT.participation_id == _TAKING.id,
    _PERIOD.id == _REPORT.period_id,
    _PERIOD.is_final,
    _DONE.report_id == _REPORT.id,
    _DONE.finished_at.is_not(None),
)


def markable_unit(
    block_id: int, participation_id: int, hidden: frozenset[int]
) -> tuple[UnitRow, int]:
    """Một đơn vị chấm được and the verified version of its final report; while that is not
    verified, or to a member kept
    away from it, it does not exist.
    """
    row = db.session.execute(
        _MARKABLE, {"block_id": block_id, "participation_id": participation_id}
    ).one_or_none()
    if row is None or row.unit_id in hidden:
        raise NotVisible
    *unit, version_id = row
    return UnitRow(*unit), version_id


_KEY = tuple_(Unit.sort_key, Participation.id)
_HERE = tuple_(bindparam("sort_key"), bindparam("id"))
_BESIDE = (
    select(Participation.id, Unit.short_name)
    .join(Unit, Unit.id + 0 == Participation.unit_id)
    .where(
        Participation.campaign_id == bindparam("campaign_id"),
        Participation.block_id + 0 == bindparam("block_id"),
        Participation.state == ParticipationState.CONFIRMED,
    )
    .limit(1)
)
"""One step along the index of names: the sums keep other indexes, and with them the whole block,
out of it.
"""


def _both_sides(beside: Select[int, str]) -> CompoundSelect[Any]:
    before = (
        beside.where(Unit.sort_key <= bindparam("sort_key"), _KEY < _HERE)
        .order_by(Unit.sort_key.desc(), Participation.id.desc())
        .subquery()
    )
    after = (
        beside.where(Unit.sort_key >= bindparam("sort_key"), _KEY > _HERE)
        .order_by(Unit.sort_key, Participation.id)
        .subquery()
    )
    return union_all(select(literal(0), before), select(literal(1), after))


_BOTH = _both_sides(_BESIDE)
_BOTH_SEEN = _both_sides(_BESIDE.where(Unit.id.not_in(bindparam("hidden", expanding=True))))


def neighbours(
    campaign_id: int, of: UnitRow, hidden: frozenset[int]
) -> tuple[Named | None, Named | None]:
    """Đơn vị đứng trước và đứng sau trong danh sách của thành viên, by name."""
    given: dict[str, Any] = {
        "campaign_id": campaign_id,
        "block_id": of.block_id,
        "sort_key": of.sort_key,
        "id": of.id,
    }

    rows = (
        db.session.execute(_BOTH_SEEN, given | {"hidden": list(hidden)})
        if hidden
        else db.session.execute(_BOTH, given)
    )
    found = {side: Named(*row) for side, *row in rows}
    return found.get(0), found.get(1)


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
    transaction ends, and reads it
    as it is then.
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
    """Chỗ ngồi của thành viên trước một khối: who he is, the block and his sheet if begun; for
    others it does not exist.
    """
    values = {"user_id": user_id, "campaign_id": campaign_id, "block_id": block_id, "day": day}
    found = db.session.execute(_SEAT, values).one_or_none()
    if found is None:
        raise NotVisible
    return found[0], found[1], found[2]


def sheets_of(member_id: int) -> dict[int, ScoreSheet]:
    """Các phiếu chấm của thành viên, by block."""
    return {
        row.block_id: row
        for row in db.session.scalars(select(ScoreSheet).where(ScoreSheet.member_id == member_id))
    }


class Cell(NamedTuple):
    """Ô điểm: without points it is an abstention, with its reason for a note (the table says so
    too).
    """

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
    """Điểm của một phiếu, of all units or `only` some participations: (participation, criterion) →
    cell.
    """
    if only is None:
        found = db.session.execute(_MARKS, {"sheet": sheet_id})
    elif len(only) == 1:
        found = db.session.execute(
            _MARKS_OF_ONE, {"sheet": sheet_id, "participation": next(iter(only))}
        )
    else:
        found = db.session.execute(
            _MARKS_OF_SOME, {"sheet": sheet_id, "participations": list(only)}
        )
    return {
        (unit, criterion): Cell(points, note, version)
        for unit, criterion, points, note, version in found.all()
    }


_SHOWN = select(_MARK.participation_id, _MARK.criterion_id, _MARK.points, _MARK.version_id).where(
    _MARK.sheet_id == bindparam("sheet"),
    _MARK.participation_id.in_(bindparam("participations", expanding=True)),
)
_REASONS = _MARKS_OF_SOME.where(_MARK.points.is_(None))


def marks_on_page(sheet_id: int, only: Collection[int]) -> dict[tuple[int, int], Cell]:
    """The same for one page of the grid, which shows no notes but the reasons of abstentions: from
    the index alone.
    """
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


@dataclass(frozen=True, slots=True)
class Filling:
    """Tiến độ một phiếu chấm: units of the block that exist for the member, how many can be marked,
    cells and marks.
    """

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


def _counting(listing: _Listing, *seen: ColumnElement[bool]) -> Select[Any]:
    """Units of the block, those that can be marked, the marks of the sheet that none of them has
    (nobody can add to those
    while nothing is settled), and the findings that set a criterion aside.
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


_COUNTS_OF_ALL, _COUNTS_OF_SEEN = _counting(_EVERYBODY), _counting(_SOME, _SEEN)


def filling(
    campaign_id: int,
    scheme: Scheme,
    block_id: int,
    sheet: ScoreSheet | None,
    hidden: frozenset[int],
) -> Filling:
    """Tiến độ phiếu của một thành viên cho khối, counted by the database; cell by cell only where
    not all criteria apply
    to all units alike.
    """
    number = {"sheet": sheet.id if sheet else 0}
    _, given = _listed(block_id, hidden)
    units, can_be_marked, astray, aside = db.session.execute(
        _COUNTS_OF_SEEN if hidden else _COUNTS_OF_ALL,
        given | {"campaign_id": campaign_id} | number,
    ).one()
    criteria = council_criteria(scheme)
    if aside or any(row.units for row in criteria):
        return _filling_by_cell(campaign_id, scheme, block_id, sheet, hidden, units)
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
) -> Filling:
    criteria = frozenset(row.id for row in council_criteria(scheme))
    unseen = {row.id for row in units_of(block_id, frozenset())} - {
        row.id for row in units_of(block_id, hidden)
    }
    asked = {
        (one.participation_id, criterion)
        for one, maxima in maxima_of_finished(campaign_id, scheme, block_id).items()
        if one.participation_id not in unseen
        for criterion in criteria.intersection(maxima)
    }
    done = asked.intersection(marks_of(sheet.id)) if sheet else ()
    return Filling(units, len({key for key, _ in asked}), len(asked), len(done))


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
    found = db.session.scalars(statement).one_or_none()
    if found is None:
        raise NotVisible
    return found


class Reopened(NamedTuple):
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


def last_reopening(sheet_id: int) -> Reopened | None:
    """Lần mở lại phiếu cuối cùng."""
    found = db.session.execute(_LAST_REOPENING, {"sheet": sheet_id}).one_or_none()
    return Reopened(*found) if found else None


@dataclass(frozen=True, slots=True)
class SheetProgress:
    """Tiến độ một phiếu: how many cells of how many, never which marks; without a sheet where the
    member has not begun.
    """

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
    """A row for each member and block with units, begun or not: member, his name, block, sheet,
    when locked, cells marked.
    """
    done = select(Mark.sheet_id, func.count().label("cells")).group_by(Mark.sheet_id).subquery()
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
            func.coalesce(done.c.cells, 0),
        )
        .select_from(CouncilMember)
        .join(User, User.id == CouncilMember.user_id)
        .join(Block, Block.campaign_id == CouncilMember.campaign_id)
        .outerjoin(
            ScoreSheet,
            and_(ScoreSheet.member_id == CouncilMember.id, ScoreSheet.block_id == Block.id),
        )
        .outerjoin(done, done.c.sheet_id == ScoreSheet.id)
        .where(
            CouncilMember.campaign_id == campaign_id,
            Block.id.in_(taking_part),
            or_(CouncilMember.left_on.is_(None), ScoreSheet.id.is_not(None)),
        )
        .order_by(User.sort_key, CouncilMember.id, Block.position, Block.id)
    )
    return db.session.execute(statement).all()


def progress(campaign_id: int, scheme: Scheme) -> list[SheetProgress]:
    """Tiến độ chấm của Hội đồng, one row for each member and block with units, begun or not."""
    rows = _sheets(campaign_id)
    kept = council.recusals_by_member(
        campaign_id, list({row[0].id: row[0] for row in rows}.values())
    )
    criteria = frozenset(row.id for row in council_criteria(scheme))
    cells = {
        one: len(criteria.intersection(maxima))
        for one, maxima in maxima_of_finished(campaign_id, scheme).items()
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
                count
                for one, count in cells.items()
                if one.block_id == block_id and one.unit_id not in kept[member.id]
            ),
        )
        for member, name, block_id, sheet_id, locked_at, done in rows
    ]


def unlocked_sheets(campaign_id: int) -> int:
    """Số phiếu chưa khoá, begun or not."""
    return sum(locked_at is None for *_, locked_at, _ in _sheets(campaign_id))


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
    found: dict[tuple[int, int], dict[int, Decimal]] = defaultdict(dict)
    for participation_id, criterion_id, member_id, points in db.session.execute(statement):
        found[participation_id, criterion_id][member_id] = points
    return found


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
    found: dict[str, Any] | None = db.session.scalar(
        _SNAPSHOT, {"version_id": version_id, "participation_id": participation_id}
    )
    if found is None:
        raise NotVisible
    return from_snapshot(found)
