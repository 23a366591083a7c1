"""Bảng tính bảng điểm: groups and criteria, with the maxima of the unit that is asked for."""

from collections.abc import Mapping
from decimal import Decimal

from campaign.papers.workbook import Cell, Column, Kind, Table
from campaign.planning.scheme import Scheme

CRITERIA = (
    Column("Nhóm", width=8),
    Column("Tên nhóm", width=36),
    Column("Loại nhóm", width=16),
    Column("Mã", width=8),
    Column("Tiêu chí", width=44),
    Column("Tối đa", Kind.POINTS),
    Column("Ai cho điểm", width=22),
    Column("Minh chứng", width=14),
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
            one.code,
            one.name,
            one.maximum,
            one.judged_by.label,
            "cần minh chứng" if one.evidence_required else "",
            "phạm vi riêng" if one.blocks or one.units else "",
            one.guidance,
            *([] if maxima is None else [maxima.get(one.id)]),
        ]
        for group in scheme.groups
        for one in group.criteria
    ]
    return [Table("Bảng điểm", CRITERIA if maxima is None else (*CRITERIA, OF_UNIT), lines)]
