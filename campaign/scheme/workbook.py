"""Bảng tính của bảng điểm: targets and what is given to each unit; groups and criteria."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from campaign.core.text import text_sort_key
from campaign.papers.workbook import Cell, Column, Kind, Table
from campaign.scheme.models import MeasureUnit
from campaign.scheme.rules.indicators import MeasuredIndicator
from campaign.scheme.rules.table import Scheme
from campaign.scheme.rules.telling import rule_words

TARGETS = (
    Column("Chỉ tiêu", width=44),
    Column("Đơn vị đo", width=12),
    Column("Chiều", width=24),
    Column("Cách đánh giá", width=30),
    Column("Mục tiêu", Kind.MEASURE),
    Column("Tính cho", width=16),
    Column("Tăng trưởng, %", Kind.MEASURE),
    Column("Năm trước", Kind.MEASURE),
    Column("Quy tắc điểm", width=60),
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
    indicators: Iterable[MeasuredIndicator], names: Mapping[int, tuple[str, str]]
) -> list[Table]:
    """Chỉ tiêu và chỉ tiêu giao; `names` gives code and name of each unit."""
    rows = list(indicators)
    return [
        Table("Chỉ tiêu", TARGETS, (_target_line(row) for row in rows)),
        Table(
            "Chỉ tiêu giao",
            GIVEN,
            (line for row in rows for line in _given_lines(row, names)),
        ),
    ]


def _target_line(row: MeasuredIndicator) -> tuple[Cell, ...]:
    return (
        row.name,
        row.symbol,
        row.direction.label,
        row.judgement.label,
        row.year_target,
        row.target_of.label,
        row.growth_target,
        row.previous_year_value,
        rule_words(row.rule),
        "chưa đối chiếu" if row.is_doubted else "",
    )


def _given_lines(
    row: MeasuredIndicator, names: Mapping[int, tuple[str, str]]
) -> Iterator[tuple[Cell, ...]]:
    """What is given to each unit, by their names."""
    unknown = ("", "")
    for unit_id in sorted(
        row.allocations, key=lambda unit_id: text_sort_key(names.get(unit_id, unknown)[1])
    ):
        given = row.allocations[unit_id]
        yield (
            row.name,
            *names.get(unit_id, unknown),
            given.target,
            given.growth_target,
            given.previous_year_value,
        )


CRITERIA = (
    Column("Nhóm", width=8),
    Column("Tên nhóm", width=36),
    Column("Loại nhóm", width=16),
    Column("Trần nhóm", Kind.POINTS),
    Column("Mã", width=8),
    Column("Tiêu chí", width=44),
    Column("Tối đa", Kind.POINTS),
    Column("Ai cho điểm", width=28),
    Column("Chỉ tiêu", width=36),
    Column("Minh chứng", width=16),
    Column("Phạm vi", width=16),
    Column("Hướng dẫn chấm", width=60),
)
OF_UNIT = Column("Với đơn vị này", Kind.POINTS)


def criteria(scheme: Scheme, maxima: Mapping[int, Decimal] | None) -> list[Table]:
    """Bảng điểm; a criterion that does not apply to the unit has an empty cell."""
    lines: list[list[Cell]] = [
        [
            group.code,
            group.name,
            group.kind.label,
            group.cap,
            criterion.code,
            criterion.name,
            criterion.maximum,
            criterion.judged_by.label,
            scheme.indicators[criterion.indicator_id].name if criterion.indicator_id else "",
            "cần minh chứng" if criterion.evidence_required else "không bắt buộc",
            "phạm vi riêng" if criterion.blocks or criterion.units else "",
            criterion.guidance,
            *([] if maxima is None else [maxima.get(criterion.id)]),
        ]
        for group in scheme.groups
        for criterion in group.criteria
    ]
    return [Table("Bảng điểm", CRITERIA if maxima is None else (*CRITERIA, OF_UNIT), lines)]


MEASURE_UNITS = (Column("Đơn vị đo", width=40), Column("Ký hiệu", width=20))


def measure_units(rows: Iterable[MeasureUnit]) -> list[Table]:
    """Danh mục đơn vị đo."""
    return [Table("Đơn vị đo", MEASURE_UNITS, [(row.name, row.symbol) for row in rows])]
