"""Bảng tính đơn vị."""

from collections.abc import Iterable, Sequence

from campaign.papers.workbook import Column, Kind, Table
from campaign.units.models import Unit
from campaign.units.successions.models import UnitSuccession

COLUMNS = (
    Column("Mã", width=12),
    Column("Tên", width=44),
    Column("Tên ngắn", width=24),
    Column("Loại", width=20),
    Column("Mã cấp trên", width=14),
    Column("Từ ngày", Kind.DAY),
    Column("Đến ngày", Kind.DAY),
    Column("Chức vụ người đứng đầu", width=24),
    Column("Ghi chú"),
)
SUCCESSIONS = (
    Column("Mã đơn vị cũ", width=14),
    Column("Đơn vị cũ", width=44),
    Column("Việc xảy ra", width=24),
    Column("Từ ngày", Kind.DAY),
    Column("Mã đơn vị mới", width=14),
    Column("Đơn vị mới", width=44),
    Column("Căn cứ", width=44),
)


def units(rows: Iterable[Unit]) -> list[Table]:
    """Danh sách đơn vị; the same columns as the file that brings units in."""
    cells = (
        (
            row.code,
            row.name,
            row.short_name,
            row.kind_row.name,
            row.parent.code if row.parent else "",
            row.valid_from,
            row.valid_to,
            row.head_title,
            "minh hoạ" if row.is_illustrative else "",
        )
        for row in rows
    )
    return [Table("Đơn vị", COLUMNS, cells)]


def successions(rows: Sequence[UnitSuccession]) -> list[Table]:
    """Nối tiếp của các đơn vị, on a sheet of its own; none where nothing was written."""
    if not rows:
        return []
    cells = (
        (
            row.predecessor.code,
            row.predecessor.name,
            row.kind.label,
            row.effective_on,
            row.successor.code if row.successor else "",
            row.successor.name if row.successor else "",
            row.basis,
        )
        for row in rows
    )
    return [Table("Nối tiếp", SUCCESSIONS, cells)]
