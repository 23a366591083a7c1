"""Bảng tính văn bản: the papers that were filed, each with its hash."""

from collections.abc import Iterable, Sequence

from campaign.office.models import FiledPaper
from campaign.papers.workbook import Cell, Column, Kind, Table

FILED = (
    Column("Loại văn bản", width=34),
    Column("Văn bản", width=60),
    Column("Số liệu lúc", Kind.MOMENT, 18),
    Column("Lưu lúc", Kind.MOMENT, 18),
    Column("Người lưu", width=26),
    Column("Cỡ, byte", Kind.WHOLE),
    Column("Mã băm SHA-256", width=68),
)


def filed(rows: Iterable[FiledPaper]) -> list[Table]:
    """Văn bản đã lưu, newest first."""
    return [Table("Văn bản đã lưu", FILED, [_line(row) for row in rows])]


def _line(row: FiledPaper) -> Sequence[Cell]:
    return (
        row.kind.label,
        row.title,
        row.data_at,
        row.at,
        row.by.full_name,
        row.size,
        row.sha256,
    )
