"""Bảng tính của bảng điểm: targets and what is given to each unit; groups and criteria."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from campaign.core.text import text_sort_key
from campaign.papers.workbook import Cell, Column, Kind, Table
from campaign.scheme.criterion_cells import Rules, criterion_cell
from campaign.scheme.models import MeasureUnit
from campaign.scheme.rule_cells import rule_cell
from campaign.scheme.rules.indicators import AllocatedTarget, MeasuredIndicator
from campaign.scheme.rules.table import Scheme, ScoredCriterion, ScoredGroup
from campaign.scheme.rules.targets import GivenTo, Numbers
from campaign.scheme.rules.telling import rule_words

TARGETS = (
    Column("Chỉ tiêu", width=44),
    Column("Tên ngắn", width=20),
    Column("Đơn vị đo", width=18),
    Column("Số chữ số thập phân", Kind.WHOLE, 20),
    Column("Chiều", width=24),
    Column("Cách đánh giá", width=30),
    Column("Tính cho", width=16),
    Column("Mục tiêu", Kind.MEASURE),
    Column("Tăng trưởng, %", Kind.MEASURE),
    Column("Năm trước", Kind.MEASURE),
    Column("Loại số liệu", width=16),
    Column("Nguồn số liệu", width=20),
    Column("Nguồn giao", width=36),
    Column("Quy tắc điểm", width=60),
    Column("Nhóm thưởng", width=12),
    Column("Quy tắc bằng lời", width=60),
    Column("Đối chiếu", width=16),
)
GIVEN = (
    Column("Chỉ tiêu", width=44),
    Column("Mã đơn vị", width=12),
    Column("Đơn vị", width=44),
    Column("Mục tiêu giao", Kind.MEASURE),
    Column("Tăng trưởng giao, %", Kind.MEASURE),
    Column("Thực hiện năm trước", Kind.MEASURE),
)


def targets(
    indicators: Iterable[MeasuredIndicator],
    names: Mapping[int, tuple[str, str]],
    groups: Mapping[int, str],
) -> list[Table]:
    """Chỉ tiêu và chỉ tiêu giao, as they are imported; `names` gives code and name of each unit,
    `groups` the codes of the groups that take bonuses.
    """
    rows = list(indicators)
    return [
        Table("Chỉ tiêu", TARGETS, (_target_line(row, groups) for row in rows)),
        Table(
            "Chỉ tiêu giao",
            GIVEN,
            (line for row in rows for line in _given_lines(row, names)),
        ),
    ]


def _target_line(row: MeasuredIndicator, groups: Mapping[int, str]) -> tuple[Cell, ...]:
    return (
        row.name,
        row.short_name if row.short_name != row.name else "",
        row.measure_unit,
        row.decimals,
        row.direction.label,
        row.judgement.label,
        row.target_of.label,
        row.year_target,
        row.growth_target,
        row.previous_year_value,
        row.required_kind.label if row.required_kind else "",
        "bắt buộc ghi nguồn" if row.source_required else "không bắt buộc",
        row.source,
        rule_cell(row.rule),
        groups.get(row.bonus_group_id or 0, ""),
        rule_words(row.rule, row.direction),
        "chưa đối chiếu" if row.is_doubted else "",
    )


def _given_lines(
    row: MeasuredIndicator, names: Mapping[int, tuple[str, str]]
) -> Iterator[tuple[Cell, ...]]:
    """What is given to each unit, by their names."""
    unknown = ("", "")
    for unit_id in sorted(
        row.allocations.keys() | row.last_year.keys(),
        key=lambda unit_id: text_sort_key(names.get(unit_id, unknown)[1]),
    ):
        known = AllocatedTarget(None, None, row.last_year.get(unit_id))
        given = row.allocations.get(unit_id, known)
        yield (
            row.name,
            *names.get(unit_id, unknown),
            given.target,
            given.growth_target,
            given.previous_year_value,
        )


GIVEN_MORE = (
    Column("Chỉ tiêu", width=44),
    Column("Khối", width=36),
    Column("Mã đơn vị", width=12),
    Column("Kỳ báo cáo", width=24),
    Column("Mục tiêu giao", Kind.MEASURE),
    Column("Tăng trưởng giao, %", Kind.MEASURE),
)


def given_targets(
    indicators: Iterable[MeasuredIndicator],
    units: Mapping[int, tuple[str, str]],
    blocks: Mapping[int, str],
    periods: Mapping[int, str],
) -> Table:
    """Mục tiêu theo khối, theo kỳ, as they are imported."""
    lines = [
        (
            name,
            blocks.get(key.block_id or 0, ""),
            units.get(key.unit_id or 0, ("", ""))[0],
            periods.get(key.period_id or 0, ""),
            *numbers,
        )
        for name, key, numbers in _given_more(indicators)
    ]
    return Table("Mục tiêu theo khối, theo kỳ", GIVEN_MORE, lines)


def _given_more(
    indicators: Iterable[MeasuredIndicator],
) -> Iterator[tuple[str, GivenTo, Numbers]]:
    """Of each indicator unit by unit, block by block, period by period; who is not named first."""
    for row in indicators:
        ordered = sorted(row.given.items(), key=lambda given: [number or 0 for number in given[0]])
        for key, numbers in ordered:
            yield row.name, key, numbers


CRITERIA = (
    Column("Cấp", Kind.WHOLE, 8),
    Column("Mã", width=10),
    Column("Tiêu chí", width=44),
    Column("Loại", width=16),
    Column("Tối đa", Kind.POINTS),
    Column("Trần", Kind.POINTS),
    Column("Sàn", Kind.POINTS),
    Column("Trừ vào", width=16),
    Column("Ai cho điểm", width=28),
    Column("Chỉ tiêu", width=36),
    Column("Quy tắc", width=60),
    Column("Minh chứng", width=16),
    Column("Phạm vi", width=16),
    Column("Hướng dẫn chấm", width=60),
)
OF_UNIT = Column("Với đơn vị này", Kind.POINTS)


def criteria(scheme: Scheme, maxima: Mapping[int, Decimal] | None) -> list[Table]:
    """Bảng điểm, a row for each section and criterion; one that does not apply to the unit has an
    empty cell.
    """
    lines = [line for node in scheme.nodes for line in _node_lines(scheme, node, maxima)]
    return [Table("Bảng điểm", CRITERIA if maxima is None else (*CRITERIA, OF_UNIT), lines)]


def _node_lines(
    scheme: Scheme, node: ScoredGroup, maxima: Mapping[int, Decimal] | None
) -> Iterator[list[Cell]]:
    of_unit: list[Cell] = [] if maxima is None else [None]
    bounds: list[Cell] = [node.ceiling, node.floor]
    nothing: list[Cell] = [""] * (len(CRITERIA) - 7)
    yield [node.level, node.code, node.name, "", None, *bounds, *nothing, *of_unit]
    for row in node.own:
        of_row = [] if maxima is None else [_limited(maxima.get(row.id))]
        yield [node.level + 1, *_criterion_cells(scheme, row), *of_row]


def _criterion_cells(scheme: Scheme, row: ScoredCriterion) -> tuple[Cell, ...]:
    """Một tiêu chí, but for its level and what it gives one unit."""
    return (
        row.code,
        row.name,
        row.kind.label,
        row.maximum if row.is_limited else None,
        None,
        None,
        scheme.taking_words(row),
        row.judged_by.label,
        scheme.indicators[row.indicator_id].name if row.indicator_id else "",
        criterion_cell(Rules(row.count_rule, row.own_way, row.checklist or None)),
        "cần minh chứng" if row.evidence_required else "không bắt buộc",
        "phạm vi riêng" if row.blocks or row.units else "",
        row.guidance,
    )


def _limited(points: Decimal | None) -> Decimal | None:
    return points if points is not None and points.is_finite() else None


MEASURE_UNITS = (Column("Đơn vị đo", width=40), Column("Ký hiệu", width=20))


def measure_units(rows: Iterable[MeasureUnit]) -> list[Table]:
    """Danh mục đơn vị đo."""
    return [Table("Đơn vị đo", MEASURE_UNITS, [(row.name, row.symbol) for row in rows])]
