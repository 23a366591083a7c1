"""Cách tính điểm một đơn vị: from tallies and checked results to lines and a total."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from campaign.core.points import HUNDRED, ZERO, round_points
from campaign.council.named import RequiredMarks
from campaign.planning.rules import Aggregation, Rescaling
from campaign.ranking.bands import Decided, voted_band
from campaign.ranking.order import Entry, Exact
from campaign.ranking.rules import (
    Aggregate,
    BandRule,
    Tally,
    band_of,
    bands_reached,
    council_points,
)
from campaign.ranking.table import Row
from campaign.scheme.rules.sums import Line, settled, totals
from campaign.scheme.rules.table import Scheme, ScoredCriterion, sections_of
from campaign.scheme.rules.terms import CriterionKind, JudgedBy
from campaign.scheme.rules.tree import Section, gathered
from campaign.verification.rules import CriterionResult, UnitResult


@dataclass
class Counting:
    """How the units of one block are counted: what is the same for all of them, worked out once."""

    scheme: Scheme
    counted: Mapping[tuple[int, int], Tally]
    method: Aggregation
    required: RequiredMarks
    bands: Sequence[BandRule]
    votes: Mapping[int, Decided] | None = None
    """Phiếu xếp loại, by participation, where the Council gives the bands."""
    rescaling: Rescaling = Rescaling.FULL_SCALE
    lines: dict[tuple[int, Decimal, Tally], tuple[Aggregate, Line] | None] = field(
        default_factory=dict, init=False
    )

    @cached_property
    def places(self) -> int:
        """Số chữ số của điểm."""
        return self.scheme.places

    @cached_property
    def scale(self) -> Decimal:
        """Thang điểm đầy đủ."""
        return self.scheme.base_total

    @cached_property
    def sections(self) -> Sequence[Section]:
        """Các mục, as points are summed up in them."""
        return sections_of(self.scheme.nodes)

    @cached_property
    def codes(self) -> Mapping[int, str]:
        """Ký hiệu của từng tiêu chí."""
        return {criterion.id: criterion.code for criterion in self.scheme.criteria}

    @cached_property
    def base_groups(self) -> Mapping[int, tuple[str, set[int]]]:
        """Các nhóm có điểm chuẩn: their code, and the criteria that give it."""
        return {
            group.id: (group.code, base)
            for group in self.scheme.groups
            if (base := {row.id for row in group.criteria if row.kind is CriterionKind.BASE})
        }

    @cached_property
    def reaches(self) -> Mapping[int, tuple[Sequence[Section], Decimal]]:
        """Mỗi nhóm có điểm chuẩn cho nhiều nhất bao nhiêu điểm, with its sections."""
        return {
            group.id: (sections_of(group.outline), group.maximum)
            for group in self.scheme.groups
            if group.id in self.base_groups
        }

    @cached_property
    def bonus_groups(self) -> Mapping[int, int | None]:
        """Tiêu chí có chỉ tiêu → the group its bonus goes to."""
        return {
            criterion.id: measured.bonus_group_id
            for criterion in self.scheme.criteria
            if (measured := self.scheme.indicators.get(criterion.indicator_id or 0))
        }

    @cached_property
    def floors_from(self) -> Decimal | None:
        """Từ bao nhiêu điểm thì có mức xếp loại đòi mức sàn."""
        return min(
            (band.from_points for band in self.bands if band.floor_percent is not None),
            default=None,
        )

    def council_line(
        self, criterion: ScoredCriterion, maximum: Decimal, tally: Tally
    ) -> tuple[Aggregate, Line] | None:
        """The aggregate of a cell and its line; the same few tallies come thousands of times."""
        key = (criterion.id, maximum, tally)
        if key not in self.lines:
            result = council_points(tally, self.method, criterion.maximum, maximum, self.places)
            self.lines[key] = result and (
                result[0],
                _line(criterion, result[1], maximum, round_points(result[0].value, self.places)),
            )
        return self.lines[key]


def fill(row: Row, result: UnitResult, way: Counting) -> None:
    """Tính điểm từng tiêu chí; the first that cannot be worked out is why there is no rank."""
    row.version_id = result.version_id
    for criterion in way.scheme.criteria:
        maximum = result.maxima.get(criterion.id)
        if maximum is None:
            continue
        if criterion.judged_by is JudgedBy.COUNCIL:
            line = _council_line(row, criterion, maximum, way)
        else:
            line = _checked_line(row, criterion, result.results[criterion.id], way)
        if line is not None:
            row.lines[criterion.id] = line
    row.lines = {line.criterion_id: line for line in settled(list(row.lines.values()), way.places)}
    row.fallen = [code for code, base in way.base_groups.values() if base.isdisjoint(result.maxima)]
    if len(row.fallen) == len(way.base_groups):
        row.reason = row.reason or "không có tiêu chí điểm chuẩn nào áp dụng cho đơn vị"


def _council_line(
    row: Row, criterion: ScoredCriterion, maximum: Decimal, way: Counting
) -> Line | None:
    tally = way.counted.get((row.id, criterion.id))
    result = way.council_line(criterion, maximum, tally) if tally else None
    needed = way.required.of(criterion.id, row.unit_id)
    if result is None or result[0].marks < needed:
        marks = result[0].marks if result else 0
        _lacks(row, criterion, f"chưa đủ phiếu chấm: {criterion.code} có {marks}/{needed}")
        return None
    row.aggregates[criterion.id], line = result
    return line


def _lacks(row: Row, criterion: ScoredCriterion, why: str) -> None:
    """Missing of the base it costs the rank; of a bonus or penalty it is only not counted."""
    if criterion.kind is CriterionKind.BASE:
        row.reason = row.reason or why
    else:
        row.uncounted.append(f"{why}, không tính {criterion.kind.label}")


def _checked_line(
    row: Row, criterion: ScoredCriterion, result: CriterionResult, way: Counting
) -> Line | None:
    if result.points is None:
        _lacks(row, criterion, f"{criterion.code} chưa có điểm: {'; '.join(result.steps)}")
        return None
    return _line(
        criterion,
        result.points,
        result.maximum,
        result.on_plan,
        result.bonus,
        way.bonus_groups.get(criterion.id),
    )


def _line(
    criterion: ScoredCriterion,
    points: Decimal,
    maximum: Decimal,
    on_plan: Decimal | None,
    bonus: Decimal = ZERO,
    bonus_group_id: int | None = None,
) -> Line:
    return Line(
        criterion.id,
        criterion.group_id,
        criterion.kind,
        points,
        maximum,
        bonus,
        bonus_group_id,
        criterion.takes_from,
        criterion.taken_id,
        planned=criterion.maximum,
        on_plan=on_plan,
    )


def sum_up(row: Row, way: Counting) -> None:
    """Cộng tổng: the total of what was filled in, and the band it reaches."""
    row.counted = totals(
        list(row.lines.values()),
        way.sections,
        way.scale,
        places=way.places,
        ranked_on=way.rescaling.ranked_on,
    )
    total = row.counted.exact_points
    shares = _shares(row, way, total)
    if way.votes is None:
        row.band, row.band_reason = band_of(total, shares, way.bands, way.places)
        return
    row.reached, missed = bands_reached(total, shares, way.bands, way.places)
    row.band, row.band_reason = voted_band(row.reached, missed, way.votes.get(row.id, {}))


def _shares(row: Row, way: Counting, total: Exact) -> dict[str, Fraction]:
    """Tỷ lệ đạt của các tiêu chí điểm chuẩn, by code; only where the total reaches a band that has
    a floor.
    """
    if way.floors_from is None or total < way.floors_from:
        return {}
    return {
        way.codes[line.criterion_id]: line.share * Fraction(HUNDRED)
        for line in row.lines.values()
        if line.kind is CriterionKind.BASE
    }


def entry_of(row: Row, way: Counting, reported: Mapping[int, datetime]) -> Entry:
    """Đơn vị as the order needs it: exact total, points by group, penalties, time of report."""
    if row.counted is None:
        return Entry(row.id, ZERO, reported_at=reported.get(row.id))
    fallen = {group_id for group_id, (code, _) in way.base_groups.items() if code in row.fallen}
    more = _stretched(row, way) if row.counted.counted_of != way.scale else {}
    points = {node.group_id: node.points for node in row.counted.groups}
    return Entry(
        row.id,
        row.counted.exact,
        {key: more.get(key, given) for key, given in points.items() if key not in fallen},
        row.counted.penalties,
        reported.get(row.id),
        more.keys(),
    )


def _stretched(row: Row, way: Counting) -> dict[int, Fraction]:
    """Điểm các nhóm mà chỉ một phần áp dụng, on the group's own scale: nobody is set behind an
    equal for having been given less to reach.
    """
    points = {node.group_id: node.points for node in row.counted.groups} if row.counted else {}
    base = [line for line in row.lines.values() if line.kind is CriterionKind.BASE]
    stretched = {}
    for group_id, (sections, whole) in way.reaches.items():
        applies = gathered(sections, _by_section(base, lambda line: line.maximum))
        if 0 < applies < whole:
            kept = Fraction(gathered(sections, _by_section(base, lambda line: line.kept)))
            stretch = Fraction(whole) / Fraction(applies)
            stretched[group_id] = Fraction(points[group_id]) + kept * (stretch - 1)
    return stretched


def _by_section(lines: Sequence[Line], points_of: Callable[[Line], Decimal]) -> dict[int, Decimal]:
    own: dict[int, Decimal] = {}
    for line in lines:
        own[line.group_id] = own.get(line.group_id, ZERO) + points_of(line)
    return own
