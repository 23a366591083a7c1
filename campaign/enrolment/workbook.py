"""Bảng tính đăng ký tham gia."""

from collections.abc import Iterable, Sequence

from campaign.core.dates import local_date
from campaign.enrolment.models import Participation
from campaign.papers.workbook import Cell, Column, Kind, Table

COLUMNS = (
    Column("Đơn vị", width=44),
    Column("Khối", width=30),
    Column("Trạng thái", width=18),
    Column("Giao ước", width=60),
    Column("Đăng ký ngày", Kind.DAY),
    Column("Xác nhận ngày", Kind.DAY),
    Column("Lý do rút", width=30),
)


def enrolments(rows: Iterable[Participation]) -> list[Table]:
    """Đơn vị tham gia, with their commitments."""
    return [Table("Đăng ký", COLUMNS, map(_line, rows))]


def _line(row: Participation) -> Sequence[Cell]:
    return (
        row.unit.name,
        row.block.name if row.block else "",
        row.state.label,
        row.commitments,
        local_date(row.enrolled_at),
        local_date(row.confirmed_at) if row.confirmed_at else None,
        row.withdrawal_reason,
    )
