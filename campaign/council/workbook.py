"""Bảng tính Hội đồng: its members, and the units each is kept away from, as one may know."""

from collections.abc import Iterable, Mapping

from campaign.council.models import CouncilMember
from campaign.council.queries import Ground
from campaign.papers.workbook import Cell, Column, Kind, Table

MEMBERS = (
    Column("Ông/Bà", width=8),
    Column("Họ và tên", width=30),
    Column("Chức danh", width=20),
    Column("Chức vụ", width=30),
    Column("Đơn vị", width=36),
    Column("Từ ngày", Kind.DAY),
    Column("Đến ngày", Kind.DAY),
    Column("Thôi từ ngày", Kind.DAY),
    Column("Lý do thôi", width=30),
)
KEPT = (
    Column("Thành viên", width=30),
    Column("Không chấm đơn vị", width=36),
    Column("Căn cứ", width=28),
    Column("Lý do", width=40),
)


def members(
    rows: Iterable[CouncilMember], grounds: Mapping[int, Mapping[int, Ground]]
) -> list[Table]:
    """Thành viên, and the recusals one may know, by member."""
    members = list(rows)
    kept = [
        (row.user.full_name, ground.unit_name, ground.origin.label, ground.reason)
        for row in members
        for ground in grounds.get(row.id, {}).values()
    ]
    return [
        Table("Thành viên", MEMBERS, [_member_cells(row) for row in members]),
        Table("Không chấm", KEPT, kept),
    ]


def _member_cells(row: CouncilMember) -> tuple[Cell, ...]:
    """Một thành viên: who they are, and since and until when they sit."""
    return (
        row.user.honorific,
        row.user.full_name,
        row.function.label,
        row.user.position,
        row.user.unit.name if row.user.unit else "",
        row.term_from,
        row.term_to,
        row.left_on,
        row.leaving_reason,
    )
