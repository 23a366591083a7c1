"""Xếp hạng: totals computed from marks on read, never kept; and the frozen ones."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import chain
from typing import Any, NamedTuple

from sqlalchemy import Integer, Select, bindparam, func, select, type_coerce
from sqlalchemy.orm import joinedload

from campaign.audit.memory import remembered
from campaign.core.labelled import Labelled
from campaign.core.points import ZERO
from campaign.council import queries as council
from campaign.council.models import CouncilMember
from campaign.database import ROWS_AT_ONCE, Points, scaled_back
from campaign.enrolment.models import Participation
from campaign.enrolment.rules import ParticipationState
from campaign.extensions import db
from campaign.planning.models import Band, Block, Campaign, ReportingPeriod
from campaign.planning.queries import rows_of, scheme_of
from campaign.planning.rules import Aggregation, Phase, Rescaling, TieBreak
from campaign.planning.ties import step_words, tie_chain
from campaign.ranking.models import FrozenRanking, FrozenStanding
from campaign.ranking.order import Entry, Standing, rank
from campaign.ranking.rules import (
    Aggregate,
    BandRule,
    Judged,
    Tally,
    band_of,
    council_points,
    judged_total,
    share_of,
    tally_of,
)
from campaign.ranking.sums import GroupTotal, Line, Total, fallen_words, rescaling_step, totals
from campaign.reporting.models import Report, ReportVersion
from campaign.scheme.rules.table import Scheme, ScoredCriterion
from campaign.scheme.rules.terms import CriterionKind, JudgedBy
from campaign.scoring.models import Mark, ScoreSheet
from campaign.scoring.rules import FEWEST_OTHERS, MarkState
from campaign.units.models import Unit
from campaign.verification.queries import verified_results
from campaign.verification.rules import CriterionResult, UnitResult
from campaign.voting import results


class Part(Labelled):
    """Phần cộng vào tổng điểm."""

    CRITERION = "criterion", "tiêu chí"
    BONUS = "bonus", "thưởng vượt chỉ tiêu"
    CAP = "cap", "mức trần"
    RESCALING = "rescaling", "quy đổi"


class Column(NamedTuple):
    """Cột cộng vào tổng điểm: the criterion or group it is about, its head and its full name."""

    part: Part
    number: int
    head: str
    title: str


RESCALED_TO = {
    Rescaling.FULL_SCALE: "Quy đổi về thang điểm đầy đủ",
    Rescaling.SHARE: "Quy đổi ra tỷ lệ % của phần áp dụng",
}


@dataclass(slots=True)
class Row:
    """Đơn vị trên bảng xếp hạng: its lines, total and standing; without a standing, the reason."""

    id: int
    unit_id: int
    name: str
    short_name: str
    lines: dict[int, Line] = field(default_factory=dict)
    aggregates: dict[int, Aggregate] = field(default_factory=dict)
    counted: Total | None = None
    fallen: Sequence[str] = ()
    """Ký hiệu các nhóm điểm chuẩn không áp dụng."""
    uncounted: list[str] = field(default_factory=list)
    """Điểm thưởng, điểm trừ không tính được, and why: they cost no rank."""
    band: str = ""
    band_reason: str = ""
    standing: Standing | None = None
    decided_by: str = ""
    reason: str = ""
    version_id: int | None = None

    @property
    def total(self) -> Decimal | None:
        """Tổng điểm được tính; None where one of its points is missing."""
        return self.counted.points if self.counted else None

    @property
    def groups(self) -> Sequence[GroupTotal]:
        """Điểm các nhóm as counted."""
        return self.counted.groups if self.counted else ()

    @property
    def remarks(self) -> tuple[str, ...]:
        """Ghi chú bên tổng điểm: what does not apply and how the rest was re-scaled; what could not
        be counted.
        """
        return tuple(filter(None, (self.rescaled, *self.uncounted)))

    @property
    def rescaled(self) -> str:
        """Quy đổi bằng lời: which groups do not apply, and how the rest was re-scaled."""
        if self.counted is None:
            return ""
        return ", ".join(filter(None, (fallen_words(self.fallen), rescaling_step(self.counted))))

    def points_of(self, columns: Iterable[Column]) -> Iterator[Decimal | None]:
        """Điểm theo cột, each with its sign; None where there is none. They add up to the total."""
        return (self._point_of(column) for column in columns)

    def _point_of(self, column: Column) -> Decimal | None:
        if column.part is Part.CRITERION:
            line = self.lines.get(column.number)
            return line.signed if line else None
        if self.counted is None:
            return None
        if column.part is Part.RESCALING:
            return self.counted.rescaling
        group = next(row for row in self.counted.groups if row.group_id == column.number)
        return group.bonus if column.part is Part.BONUS else group.cut


@dataclass(frozen=True)
class Table:
    """Bảng xếp hạng của một khối: ranked rows in order, then the unranked with why."""

    block: Block
    scheme: Scheme
    ranked: Sequence[Row]
    unranked: Sequence[Row]
    rescaling: Rescaling = Rescaling.FULL_SCALE

    def without(self, unit_ids: Collection[int]) -> "Table":
        """Bảng không có các đơn vị này: their rows are not there, the others keep their places."""
        return replace(
            self,
            ranked=[row for row in self.ranked if row.unit_id not in unit_ids],
            unranked=[row for row in self.unranked if row.unit_id not in unit_ids],
        )

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """Các cột cộng lại thành tổng: every criterion; bonus, cap and re-scaling where they hold
        something.
        """
        found = [
            Column(
                Part.CRITERION,
                one.id,
                one.code,
                one.name if one.kind is not CriterionKind.PENALTY else f"{one.name} (điểm trừ)",
            )
            for one in self.scheme.criteria
        ]
        for group in self.scheme.groups:
            found += [
                Column(
                    Part.BONUS,
                    group.id,
                    f"{group.code}: vượt",
                    f"Thưởng vượt chỉ tiêu, tính vào nhóm {group.code}",
                ),
                Column(
                    Part.CAP,
                    group.id,
                    f"{group.code}: trần",
                    f"Phần vượt mức trần của nhóm {group.code}",
                ),
            ]
        found.append(Column(Part.RESCALING, 0, "Quy đổi", RESCALED_TO[self.rescaling]))
        return tuple(one for one in found if one.part is Part.CRITERION or self._holds(one))

    def _holds(self, column: Column) -> bool:
        return any(points for row in self.ranked for points in row.points_of([column]))


_TAKING, _NAMED = Participation.__table__.c, Unit.__table__.c
_UNITS = (
    select(_TAKING.id, _TAKING.unit_id, _NAMED.name, _NAMED.short_name)
    .where(
        _NAMED.id == _TAKING.unit_id,
        _TAKING.block_id == bindparam("block_id"),
        _TAKING.state == ParticipationState.CONFIRMED,
    )
    .order_by(_NAMED.sort_key, _TAKING.id)
)


def _units(block_id: int) -> dict[int, Row]:
    return {
        row[0]: Row(row[0], row[1], row[2], row[3])
        for row in db.session.execute(_UNITS, {"block_id": block_id})
    }


def tallies(
    block_id: int, method: Aggregation, *, in_full: bool = False
) -> dict[tuple[int, int], Tally]:
    """Cộng dồn điểm đã khoá của khối: one ordered walk of the marks; (participation, criterion) →
    tally.

    Holds what `method` needs, and `in_full` what every method and every explanation needs. Marks of
    a member for a
    unit he is kept away from do not count, whenever they were given.
    """
    mark = Mark.__table__.c
    points = type_coerce(mark.points, Integer)
    sheets = _counted_sheets(block_id)
    if not sheets:
        return {}
    columns = [mark.participation_id, mark.criterion_id]
    within = select(Participation.id).where(Participation.block_id == block_id)
    # The sum keeps the index of sheets out of it: walking the key of the marks in order is three
    # times as fast.
    given = mark.participation_id.in_(within) & (mark.sheet_id + 0).in_(sheets)
    kept = {sheet_id: hidden for sheet_id, hidden in sheets.items() if hidden}
    if in_full or method is Aggregation.MEDIAN or kept:
        return _tallies_by_mark(
            select(*columns, points, mark.sheet_id).where(given, points.is_not(None)), kept
        )
    extremes = [func.min(points), func.max(points)] if method is Aggregation.TRIMMED_MEAN else []
    statement = (
        select(*columns, func.count(points), func.sum(points), *extremes)
        .where(given)
        .group_by(*columns)
    )
    known: dict[tuple[int, ...], Tally] = {}  # a few sums stand for thousands of cells
    found: dict[tuple[int, int], Tally] = {}
    for participation_id, criterion_id, *sums in chain.from_iterable(
        db.session.execute(statement).partitions(ROWS_AT_ONCE)
    ):
        key = tuple(sums)
        if sums[0]:
            found[participation_id, criterion_id] = known.get(key) or known.setdefault(
                key, _tally(*sums)
            )
    return found


def rests_on_few_marks(block_id: int) -> bool:
    """Dựa vào quá ít phiếu: whether the points of a cell follow from a mark and fewer than three
    others.
    """
    return any(one.marks <= FEWEST_OTHERS for one in tallies(block_id, Aggregation.MEAN).values())


def _tally(count: int, total: int, *extremes: int) -> Tally:
    return Tally(count, _points(int(total)), *map(_points, extremes))


def _points(hundredths: int) -> Decimal:
    return scaled_back(hundredths, Points.places)


def _tallies_by_mark(
    statement: Select[Any], kept: Mapping[int, frozenset[int]]
) -> dict[tuple[int, int], Tally]:
    """The same from single marks, with extremes and middle, those that are set aside left out."""
    cells: dict[tuple[int, int], list[int]] = defaultdict(list)
    for participation_id, criterion_id, points, sheet_id in db.session.execute(statement):
        if participation_id not in kept.get(sheet_id, ()):
            cells[participation_id, criterion_id].append(points)
    return {
        cell: Tally(
            len(marks),
            _points(sum(marks)),
            _points(min(marks)),
            _points(max(marks)),
            _middle(marks),
        )
        for cell, marks in cells.items()
    }


def _middle(marks: list[int]) -> Decimal:
    """The median, exact to the half hundredth."""
    order, half = sorted(marks), len(marks) // 2
    if len(order) % 2:
        return _points(order[half])
    return (_points(order[half - 1]) + _points(order[half])) / 2


_LOCKED = select(ScoreSheet.id, ScoreSheet.member_id).where(
    ScoreSheet.block_id == bindparam("block_id"), ScoreSheet.locked_at.is_not(None)
)
_MARKERS = select(CouncilMember).where(
    CouncilMember.id.in_(_LOCKED.with_only_columns(ScoreSheet.member_id))
)


def _counted_sheets(block_id: int) -> dict[int, frozenset[int]]:
    """Phiếu được tính: locked sheets → participations whose marks on it are set aside by a
    recusal.
    """
    locked = db.session.execute(_LOCKED, {"block_id": block_id}).all()
    if not locked:
        return {}
    members = db.session.scalars(_MARKERS, {"block_id": block_id}).all()
    kept = council.recusals_by_member(members[0].campaign_id, members)
    hidden_units = {unit for row in kept.values() for unit in row}
    places = (
        {
            row.unit_id: row.id
            for row in db.session.execute(
                select(Participation.id, Participation.unit_id).where(
                    Participation.block_id == block_id, Participation.unit_id.in_(hidden_units)
                )
            )
        }
        if hidden_units
        else {}
    )
    marked = (
        {
            (row[0], row[1])
            for row in db.session.execute(
                select(Mark.sheet_id, Mark.participation_id)
                .where(Mark.participation_id.in_(places.values()))
                .distinct()
            )
        }
        if places
        else set()
    )
    return {
        row.id: frozenset(
            places[unit]
            for unit in kept[row.member_id]
            if unit in places and (row.id, places[unit]) in marked
        )
        for row in locked
    }


def table(
    campaign: Campaign,
    block: Block,
    *,
    method: Aggregation | None = None,
    scheme: Scheme | None = None,
    counted: Mapping[tuple[int, int], Tally] | None = None,
    verified: Mapping[int, UnitResult] | None = None,
) -> Table:
    """Bảng xếp hạng của khối, computed now; `counted` and `verified` spare the queries when both
    are at hand.
    """
    scheme = scheme or scheme_of(campaign.id)
    chosen = method or campaign.aggregation
    rows = _units(block.id)
    verified = verified if verified is not None else verified_results(campaign.id, scheme, block.id)
    counted = counted if counted is not None else tallies(block.id, chosen)
    way = _way(campaign, scheme, counted, chosen)
    ready: list[Row] = []
    for row in rows.values():
        result = verified.get(row.id)
        if result is None:
            row.reason = "báo cáo cuối kỳ chưa thẩm định xong"
            continue
        _fill(row, result, way)
        if not row.reason:
            _sum_up(row, way)
            ready.append(row)
    steps = tie_chain(campaign.tie_breaks, scheme.groups)
    kinds = {step.kind for step in steps}
    has_ties = len({row.counted.exact for row in ready if row.counted}) < len(ready)
    reported = _reported_at(block.id) if has_ties and TieBreak.EARLIER_REPORT in kinds else {}
    votes = (
        results.votes_between_units(campaign.id)
        if has_ties and TieBreak.COUNCIL_VOTE in kinds
        else ()
    )
    standings = rank([_entry(row, way, reported) for row in ready], steps, votes)
    for standing in standings:
        rows[standing.id].standing = standing
        rows[standing.id].decided_by = decided_words(standing, scheme)
    return Table(
        block,
        scheme,
        [rows[standing.id] for standing in standings],
        [row for row in rows.values() if row.standing is None],
        campaign.rescaling,
    )


def decided_words(standing: Standing | None, scheme: Scheme) -> str:
    """Vì sao đứng trên hay dưới đơn vị cùng tổng điểm; empty where nothing had to decide."""
    if standing is None:
        return ""
    if standing.decided_by is not None:
        return step_words(standing.decided_by, scheme.groups)
    return "tổng điểm chưa làm tròn" if standing.is_close else ""


def standings_of(campaign: Campaign, block: Block) -> dict[int, Standing]:
    """Thứ hạng của các đơn vị được xếp trong khối, by participation: worked out once for each state
    of the record.
    """

    def work_out() -> dict[int, Standing]:
        return {row.id: row.standing for row in table(campaign, block).ranked if row.standing}

    return remembered("standings", (campaign.id, block.id), work_out)


def row_alone(
    campaign: Campaign,
    one: Participation,
    scheme: Scheme,
    result: UnitResult,
    marks: Mapping[int, Sequence[Decimal]],
) -> Row:
    """Một đơn vị as the table has it, worked out from its own marks alone; its standing is the
    block's to give.
    """
    row = Row(one.id, one.unit_id, one.unit.name, one.unit.short_name)
    counted = {(one.id, criterion_id): tally_of(points) for criterion_id, points in marks.items()}
    way = _way(campaign, scheme, counted, campaign.aggregation)
    _fill(row, result, way)
    if not row.reason:
        _sum_up(row, way)
    return row


def _way(
    campaign: Campaign,
    scheme: Scheme,
    counted: Mapping[tuple[int, int], Tally],
    method: Aggregation,
) -> "_Counting":
    return _Counting(scheme, counted, method, campaign.minimum_marks, bands_of(campaign.id))


def bands_of(campaign_id: int) -> Sequence[BandRule]:
    """Các mức xếp loại, the highest first."""
    return [
        BandRule(row.name, row.from_points, row.floor_percent) for row in rows_of(Band, campaign_id)
    ]


class _Counting:
    """How the units of one block are counted: what is the same for all of them, worked out once."""

    def __init__(
        self,
        scheme: Scheme,
        counted: Mapping[tuple[int, int], Tally],
        method: Aggregation,
        minimum: int,
        bands: Sequence[BandRule],
    ) -> None:
        self.criteria, self.counted, self.method, self.minimum, self.bands = (
            scheme.criteria,
            counted,
            method,
            minimum,
            bands,
        )
        self.caps = {group.id: group.cap for group in scheme.groups}
        self.kinds = {group.id: group.kind for group in scheme.groups}
        self.codes = {criterion.id: criterion.code for criterion in scheme.criteria}
        self.scale = scheme.base_total
        self.base_groups = {
            group.id: group.code
            for group in scheme.groups
            if group.kind is CriterionKind.BASE and group.criteria
        }
        self.bonus_groups = {
            one.id: measured.bonus_group_id
            for one in scheme.criteria
            if (measured := scheme.indicators.get(one.indicator_id or 0))
        }
        self.lines: dict[tuple[int, Decimal, Tally], tuple[Aggregate, Line] | None] = {}
        self.floors_from = min(
            (band.from_points for band in bands if band.floor_percent is not None), default=None
        )

    def council_line(
        self, criterion: ScoredCriterion, maximum: Decimal, tally: Tally
    ) -> tuple[Aggregate, Line] | None:
        """The aggregate of a cell and its line; the same few tallies come thousands of times in one
        table.
        """
        key = (criterion.id, maximum, tally)
        if key not in self.lines:
            found = council_points(tally, self.method, criterion.maximum, maximum)
            self.lines[key] = found and (
                found[0],
                Line(criterion.id, criterion.group_id, criterion.kind, found[1], maximum),
            )
        return self.lines[key]


def _fill(row: Row, result: UnitResult, way: _Counting) -> None:
    """Work out each criterion's points; the first that cannot be worked out is the reason for
    having no rank.
    """
    row.version_id = result.version_id
    for criterion in way.criteria:
        maximum = result.maxima.get(criterion.id)
        if maximum is None:
            continue
        if criterion.judged_by is JudgedBy.COUNCIL:
            found = _council_line(row, criterion, maximum, way)
        else:
            found = _checked_line(row, criterion, result.results[criterion.id], way)
        if found is not None:
            row.lines[criterion.id] = found
    applying = {criterion.group_id for criterion in way.criteria if criterion.id in result.maxima}
    row.fallen = [code for group_id, code in way.base_groups.items() if group_id not in applying]
    if len(row.fallen) == len(way.base_groups):
        row.reason = row.reason or "không có tiêu chí điểm chuẩn nào áp dụng cho đơn vị"


def _council_line(
    row: Row, criterion: ScoredCriterion, maximum: Decimal, way: _Counting
) -> Line | None:
    tally = way.counted.get((row.id, criterion.id))
    found = way.council_line(criterion, maximum, tally) if tally else None
    if found is None or found[0].marks < way.minimum:
        marks = found[0].marks if found else 0
        _lacks(row, criterion, f"chưa đủ phiếu chấm: {criterion.code} có {marks}/{way.minimum}")
        return None
    row.aggregates[criterion.id], line = found
    return line


def _lacks(row: Row, criterion: ScoredCriterion, why: str) -> None:
    """What is missing of the base leaves the unit without a rank; of a bonus or penalty it is only
    not counted.
    """
    if criterion.kind is CriterionKind.BASE:
        row.reason = row.reason or why
    else:
        row.uncounted.append(f"{why}, không tính {criterion.kind.label}")


def _checked_line(
    row: Row, criterion: ScoredCriterion, result: CriterionResult, way: _Counting
) -> Line | None:
    if result.points is None:
        _lacks(row, criterion, f"{criterion.code} chưa có điểm: {'; '.join(result.steps)}")
        return None
    return Line(
        criterion.id,
        criterion.group_id,
        criterion.kind,
        result.points,
        result.maximum,
        result.bonus,
        way.bonus_groups.get(criterion.id),
    )


def _sum_up(row: Row, way: _Counting) -> None:
    row.counted = totals(list(row.lines.values()), way.caps, way.kinds, way.scale)
    needs_shares = way.floors_from is not None and row.counted.exact >= way.floors_from
    shares = (
        {
            way.codes[line.criterion_id]: share_of(line.points, line.maximum)
            for line in row.lines.values()
            if line.kind is CriterionKind.BASE
        }
        if needs_shares
        else {}
    )
    row.band, row.band_reason = band_of(row.counted.exact, shares, way.bands)


def _entry(row: Row, way: _Counting, reported: Mapping[int, datetime]) -> Entry:
    groups, penalties = {}, ZERO
    for group in row.groups:
        if way.base_groups.get(group.group_id) not in row.fallen:
            groups[group.group_id] = group.points
        if group.kind is CriterionKind.PENALTY:
            penalties -= group.points
    return Entry(
        row.id, row.counted.exact if row.counted else ZERO, groups, penalties, reported.get(row.id)
    )


def _reported_at(block_id: int) -> dict[int, datetime]:
    """When each unit's counted final report was submitted."""
    statement = (
        select(Report.participation_id, func.max(ReportVersion.submitted_at))
        .join(ReportVersion, ReportVersion.report_id == Report.id)
        .join(ReportingPeriod, ReportingPeriod.id == Report.period_id)
        .join(Participation, Participation.id == Report.participation_id)
        .where(ReportingPeriod.is_final, Participation.block_id == block_id)
        .group_by(Report.participation_id)
    )
    return {row[0]: row[1] for row in db.session.execute(statement)}


def blocks(campaign_id: int) -> Sequence[Block]:
    """Các khối, in order."""
    found: Sequence[Block] = rows_of(Block, campaign_id)
    return found


def participation_row(campaign_id: int, participation_id: int) -> Participation | None:
    """Đơn vị tham gia, with unit and block."""
    return db.session.scalars(
        select(Participation)
        .where(Participation.id == participation_id, Participation.campaign_id == campaign_id)
        .options(joinedload(Participation.unit, innerjoin=True), joinedload(Participation.block))
    ).one_or_none()


def marks_of(block_id: int, participation_id: int) -> dict[int, list[Decimal]]:
    """Điểm được tính của một đơn vị theo tiêu chí, sorted by value so that no order tells whose
    they are.
    """
    sheets = _counted_sheets(block_id)
    statement = (
        select(Mark.criterion_id, Mark.sheet_id, Mark.points)
        .where(Mark.participation_id == participation_id, Mark.state == MarkState.GIVEN)
        .order_by(Mark.criterion_id, Mark.points)
    )
    found: dict[int, list[Decimal]] = defaultdict(list)
    for row in db.session.execute(statement):
        if row.sheet_id in sheets and participation_id not in sheets[row.sheet_id]:
            found[row.criterion_id].append(row.points)
    return found


def member_totals(
    scheme: Scheme, block_id: int, results: Mapping[int, UnitResult]
) -> dict[int, dict[int, Fraction]]:
    """Điểm mỗi thành viên cho mỗi đơn vị, as they count: member → participation → points on one
    scale.

    A unit of which he left a cell without a mark is not among his: what he did not say is no zero.
    """
    hidden = _counted_sheets(block_id)
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
        if participation_id not in hidden[sheet_id]:
            given[member_id, participation_id][criterion_id] = points
    judged = [one for one in scheme.criteria if one.judged_by is JudgedBy.COUNCIL]
    scale = sum((one.maximum for one in judged if one.kind is CriterionKind.BASE), ZERO)
    caps = {group.id: group.cap for group in scheme.groups}
    found: dict[int, dict[int, Fraction]] = defaultdict(dict)
    for (member_id, participation_id), marks in given.items():
        result = results.get(participation_id)
        asked = [one for one in judged if result is not None and one.id in result.maxima]
        if result is not None and asked and all(one.id in marks for one in asked):
            found[member_id][participation_id] = judged_total(
                [
                    Judged(
                        one.kind, one.group_id, marks[one.id], one.maximum, result.maxima[one.id]
                    )
                    for one in asked
                ],
                caps,
                scale,
            )
    return found


def latest_frozen(campaign_id: int) -> FrozenRanking | None:
    """Bảng xếp hạng đã chốt có hiệu lực: the last one."""
    return db.session.scalars(
        select(FrozenRanking)
        .where(FrozenRanking.campaign_id == campaign_id)
        .options(joinedload(FrozenRanking.by))
        .order_by(FrozenRanking.id.desc())
        .limit(1)
    ).one_or_none()


def frozen_standings(ranking_id: int) -> Sequence[FrozenStanding]:
    """Thứ hạng đã chốt, by block and rank, the unranked last."""
    return db.session.scalars(
        select(FrozenStanding)
        .where(FrozenStanding.ranking_id == ranking_id)
        .options(joinedload(FrozenStanding.participation).joinedload(Participation.unit))
        .order_by(
            FrozenStanding.block_id,
            FrozenStanding.rank.is_(None),
            FrozenStanding.rank,
            FrozenStanding.id,
        )
    ).all()


def published_ranking(campaign_id: int) -> Sequence[FrozenStanding]:
    """Kết quả đã công bố; empty before publication."""
    phase = db.session.scalar(select(Campaign.phase).where(Campaign.id == campaign_id))
    frozen = latest_frozen(campaign_id) if phase is Phase.PUBLISHED else None
    return frozen_standings(frozen.id) if frozen else []


@dataclass(frozen=True)
class Tie:
    """Đồng hạng trong bảng đã chốt: units of one block that share a rank."""

    block: Block
    rank: int
    units: Sequence[FrozenStanding]


def ties(frozen: FrozenRanking) -> list[Tie]:
    """Các đồng hạng còn lại, block by block."""
    groups: dict[tuple[int, int], list[FrozenStanding]] = defaultdict(list)
    for row in frozen_standings(frozen.id):
        if row.rank is not None:
            groups[row.block_id, row.rank].append(row)
    known = {block.id: block for block in blocks(frozen.campaign_id)}
    return [
        Tie(known[block_id], place, rows)
        for (block_id, place), rows in groups.items()
        if len(rows) > 1
    ]


def is_outvoted(frozen: FrozenRanking) -> bool:
    """Hội đồng đã phân định đồng hạng sau khi bảng này được chốt."""
    return any(
        one.closed_at is not None and one.closed_at > frozen.at
        for one, _ in results.rank_ballots(frozen.campaign_id)
    )
