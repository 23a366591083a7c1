"""Bảng tính đơn vị."""

from collections.abc import Iterable

from campaign.papers.workbook import Column, Kind, Table
from campaign.units.models import Unit

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


def units(rows: Iterable[Unit]) -> list[Table]:
    """Danh sách đơn vị; the same columns as the file that brings units in."""
    return [
        Table(
            "Đơn vị",
            COLUMNS,
            (
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
            ),
        )
    ]
