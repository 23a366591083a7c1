"""Bảng tính các lần đã kê: as it is sent out, and taken in again."""

from collections.abc import Iterable, Mapping

from campaign.papers.workbook import Column, Kind, Table
from campaign.reporting.models import Occurrence

DAY, KIND, TEXT, EVIDENCE = "Ngày", "Loại", "Nội dung", "Minh chứng"
COLUMNS = (
    Column(DAY, Kind.DAY),
    Column(KIND, width=28),
    Column(TEXT, width=60),
    Column(EVIDENCE, width=36),
    Column("Trạng thái", width=22),
    Column("Lý do", width=44),
)


def listed(rows: Iterable[Occurrence], files: Mapping[int, str]) -> list[Table]:
    """Các lần của một tiêu chí, each with what became of it; `files`: evidence by id."""
    lines = [
        (
            row.held_on,
            row.kind,
            row.text,
            files.get(row.evidence_id or 0, ""),
            row.state.label,
            row.reason,
        )
        for row in rows
    ]
    return [Table("Các lần", COLUMNS, lines)]
