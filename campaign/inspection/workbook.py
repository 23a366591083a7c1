"""Bảng tính kiểm tra thực tế: one line a visit."""

from collections.abc import Iterable, Sequence

from campaign.inspection.models import Inspection
from campaign.papers.workbook import Cell, Column, Kind, Table

INSPECTIONS = (
    Column("Ngày", Kind.DAY),
    Column("Đơn vị", width=44),
    Column("Đoàn kiểm tra", width=36),
    Column("Nội dung kiểm tra", width=44),
    Column("Kết quả", width=44),
    Column("Kết luận", width=44),
    Column("Người lập", width=26),
    Column("Lập lúc", Kind.MOMENT, 18),
)


def inspections(rows: Iterable[Inspection]) -> list[Table]:
    """Các cuộc kiểm tra thực tế, newest first."""
    return [Table("Kiểm tra thực tế", INSPECTIONS, map(_line, rows))]


def _line(row: Inspection) -> Sequence[Cell]:
    return (
        row.held_on,
        row.participation.unit.name,
        row.team,
        row.checked,
        row.findings,
        row.conclusion,
        row.recorded_by.full_name,
        row.recorded_at,
    )
