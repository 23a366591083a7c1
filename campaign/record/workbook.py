"""Bảng tính nhật ký: the lines of the page, not what changed in them."""

from collections.abc import Iterable

from campaign.audit.models import AuditEntry
from campaign.audit.names import ACTS
from campaign.papers.workbook import Cell, Column, Kind, Table

COLUMNS = (
    Column("Số", Kind.WHOLE, 10),
    Column("Lúc", Kind.MOMENT, 18),
    Column("Ai", width=44),
    Column("Việc", width=32),
    Column("Phong trào số", Kind.WHOLE, 12),
    Column("Mã băm", width=68),
)


def entries(rows: Iterable[AuditEntry]) -> list[Table]:
    """Nhật ký, newest first; each row is written and let go."""
    return [Table("Nhật ký", COLUMNS, (_cells(row) for row in rows))]


def _cells(row: AuditEntry) -> tuple[Cell, ...]:
    return (
        row.number,
        row.at,
        row.actor,
        ACTS.get(row.act, row.act),
        row.campaign_id,
        row.hash,
    )
